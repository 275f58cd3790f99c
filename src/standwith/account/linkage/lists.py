"""Lists of persons from text: one row for each record, columns found by their heads."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from standwith.account.linkage.cluster import UnusableLinks
from standwith.account.linkage.weigh import Record, as_date

# What a column may be called; the first is our own name for it.
HEADS = {
    "id": ("id", "unique_id", "record_id", "no", "number"),
    "name": (
        "name", "full_name", "person", "имя", "фио", "піб", "імя", "الاسم", "نام", "姓名", "이름",
    ),
    "given": ("given", "given_name", "first_name", "forename"),
    "family": ("family", "family_name", "surname", "last_name"),
    "born": ("born", "birth_date", "date_of_birth", "dob", "year_of_birth", "birth_year"),
    "sex": ("sex", "gender"),
    "happened": ("happened", "arrested", "arrest_date", "date_of_arrest", "detained", "date"),
    "place": ("place", "city", "town", "birth_place", "region", "location"),
    "code": ("code", "case_number", "document", "passport", "id_number"),
}  # fmt: skip
MOST = 5_000_000


def read_list(name: str, text: str, columns: Mapping[str, str] | None = None) -> list[Record]:
    """Read a list as comma-separated values; ``columns`` names heads that are not known.

    Records are called LIST:ID, or LIST:LINE where the list has no ids.

    Raises:
        UnusableLinks: with the list and line, what is wrong there, and how to mend it.
    """
    try:
        return _records(name, text.removeprefix("\ufeff"), columns or {})
    except csv.Error as error:
        raise UnusableLinks(f"{name}: no comma-separated text ({error}); save it anew") from error


def _records(name: str, text: str, columns: Mapping[str, str]) -> list[Record]:
    rows = csv.reader(StringIO(text, newline=""), strict=True)
    head = [cell.strip() for cell in next(rows, [])]
    at = _places(name, head, columns)
    found = [_record(name, row, at, rows.line_num) for row in _filled(name, rows, len(head))]
    return _checked(name, found)


def read_rows(
    name: str, head: Sequence[str], rows: Iterable[Sequence[str]], columns: Mapping[str, str]
) -> list[Record]:
    """Read a list from rows of cells; records without an id are called by the number of the row.

    Raises:
        UnusableLinks: see ``read_list``.
    """
    at = _places(name, list(head), columns)
    return _checked(name, [_record(name, row, at, i) for i, row in enumerate(rows, start=1)])


def _checked(name: str, found: list[Record]) -> list[Record]:
    if not found:
        raise UnusableLinks(f"{name}: no record under the head")
    counted = Counter(record.id for record in found)
    key, times = counted.most_common(1)[0]
    if times > 1:
        raise UnusableLinks(f"{name}: the id {key!r} stands {times} times; each needs its own")
    return found


def _filled(name: str, rows: Iterator[list[str]], width: int) -> Iterator[list[str]]:
    for row in rows:
        if not "".join(row).strip():
            continue
        if len(row) != width:
            raise UnusableLinks(
                f"{name}: a row has {len(row)} cells under {width} columns: {row[:3]}"
            )
        yield [cell.strip() for cell in row]


def _places(name: str, head: list[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Find the column of each field: as named by the caller, else by what it is called."""
    plain = [cell.casefold().replace(" ", "_") for cell in head]
    found = dict[str, int]()
    for field, calls in HEADS.items():
        asked = columns.get(field)
        if asked is not None and asked not in head:
            raise UnusableLinks(f"{name}: no column {asked!r}; there are {', '.join(head)}")
        places = [head.index(asked)] if asked else [plain.index(c) for c in calls if c in plain]
        if places:
            found[field] = places[0]
    if not found.keys() & {"name", "given", "family"}:
        raise UnusableLinks(
            f"{name}: no column of names among {', '.join(head)}; say which with name="
        )
    return found


def _record(name: str, row: Sequence[str], at: Mapping[str, int], line: int) -> Record:
    held = {field: row[place] or None for field, place in at.items()}
    called = held.get("name") or " ".join(filter(None, (held.get("given"), held.get("family"))))
    for field in ("born", "happened"):
        text = held.get(field)
        if text is not None and as_date(text) is None:
            raise UnusableLinks(
                f"{name}, line {line}: {text!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD"
            )
    key = f"{name}:{held.get('id') or line}"
    rest = {field: held.get(field) for field in ("born", "sex", "happened", "place", "code")}
    return Record(key, name, called or None, **rest)
