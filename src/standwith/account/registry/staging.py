"""Staging: every row of a register as an observation, with its raw cells and what is odd in it.

A finding withholds a field or a reading of it, never the person; a row that cannot be an
observation is quarantined with the reason, and rows in are rows staged and quarantined.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from standwith.account.registry.dates import DateRead, Manner, read_date, settle
from standwith.account.registry.mapping import DATES, FieldMap
from standwith.account.registry.statuses import Told, told
from standwith.kernel.period import Period, parse_period

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_FORMULA = re.compile(r"^[=+@\t\r]|^-(?!\d|\s*$)")
_STARTS = frozenset("=+@-\t\r")
YOUNGEST, OLDEST = 5, 110


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a register as it came: where it stands, and its cells by head."""

    where: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Something odd in a field of a row; ``withheld`` says that the field is not used."""

    code: str
    field: str
    detail: str
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Observation:
    """A row that speaks of a person: the raw cells, texts and dates by field, and anomalies.

    ``key`` is the id in its source; the place of the row where there is none, or several rows have
    it, so that no two rows are taken for one person.
    """

    where: str
    raw: Mapping[str, str]
    texts: Mapping[str, str]
    dates: Mapping[str, Period]
    told: Told
    anomalies: tuple[Anomaly, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A row that is no observation, and why."""

    where: str
    raw: str
    reason: str


@dataclass(frozen=True, slots=True)
class Staged:
    """What a file came to: rows in are observations and quarantined rows, with none lost."""

    mapping: FieldMap
    observations: tuple[Observation, ...]
    quarantined: tuple[Quarantined, ...]

    @property
    def rows(self) -> int:
        """Rows that came in."""
        return len(self.observations) + len(self.quarantined)


def stage(
    rows: Sequence[Row], mapping: FieldMap, today: date, refused: Sequence[Quarantined] = ()
) -> Staged:
    """Stage all rows; what a column of dates leaves open is settled from the whole column first.

    ``today`` is the day of the import; ``refused`` are rows that the file itself lost.
    """
    manners = {field: _settled(rows, mapping, field, today) for field in DATES
               if field in mapping.columns}  # fmt: skip
    held = replace(mapping, manners=manners)
    found, gone = list[Observation](), list(refused)
    for row in rows:
        texts = {field: _clean(row.cells.get(column, ""))
                 for field, column in mapping.columns.items()}  # fmt: skip
        if not any(texts.values()):
            whole = " | ".join(row.cells.values())
            gone.append(Quarantined(row.where, whole, "no mapped cell holds anything"))
        else:
            found.append(_observation(row, texts, held, today))
    return Staged(held, tuple(_together(found)), tuple(gone))


def _settled(rows: Sequence[Row], mapping: FieldMap, field: str, today: date) -> Manner:
    given = mapping.manners.get(field, Manner())
    column = mapping.columns[field]
    found = settle((row.cells.get(column, "") for row in rows), today)
    return Manner(given.calendar or found.calendar, given.order or found.order)


def _clean(text: str) -> str:
    """NFC, without controls of direction, blanks as one; the raw cell is kept beside it."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _BIDI.sub("", text))
    return " ".join(text.split())


def _observation(row: Row, texts: dict[str, str], mapping: FieldMap, today: date) -> Observation:
    odd = list(_cells(row, mapping))
    dates = dict[str, Period]()
    for field in (field for field in DATES if texts.get(field)):
        found = read_date(texts[field], mapping.manners.get(field))
        trouble = _dated(field, found, today)
        odd += trouble
        if found.period is not None and not trouble and field != "died":
            dates[field] = found.period
    says, disordered = told(texts), _ordered(dates)
    for anomaly in disordered:
        dates.pop(anomaly.field, None)
    odd += _missing(texts) + disordered + _expired(dates, today)
    odd += _aged(texts, dates) + _dead(texts, says)
    kept = {field: text for field, text in texts.items() if text}
    return Observation(row.where, dict(row.cells), kept, dates, says, tuple(odd), row.where)


def _missing(texts: Mapping[str, str]) -> list[Anomaly]:
    return [] if texts.get("name") else [Anomaly("MISSING_NAME", "name", "no name", withheld=True)]


def _dead(texts: Mapping[str, str], says: Told) -> list[Anomaly]:
    detail = "kept back until two sources or an editor say so"
    claimed = says.dead or texts.get("died")
    return [Anomaly("DEATH_CLAIM", "died", detail, withheld=True)] if claimed else []


def _cells(row: Row, mapping: FieldMap) -> Iterable[Anomaly]:
    fields = {column: field for field, column in mapping.columns.items()}
    for column, text in row.cells.items():
        field = fields.get(column, column)
        if not text.isascii() and _BIDI.search(text):
            yield Anomaly("BIDI_CONTROL", field, "controls of direction were taken out")
        if text[:1] in _STARTS and _FORMULA.match(text):
            yield Anomaly("FORMULA_CELL", field, "begins as a formula; kept as plain text")


def _dated(field: str, found: DateRead, today: date) -> list[Anomaly]:
    if found.trouble is not None:
        return [Anomaly(found.trouble, field, f"{found.raw!r}", withheld=True)]
    first = found.period.first if found.period else None
    if field != "ends" and first is not None and first > today:
        return [Anomaly("FUTURE_EVENT_DATE", field, f"{found.raw!r}", withheld=True)]
    return []


# What must come first, what after it, and which of the two is withheld where it does not.
_IN_ORDER = (
    ("born", "arrested", "born"),
    ("arrested", "tried", "tried"),
    ("arrested", "released", "released"),
    ("arrested", "ends", "ends"),
)


def _ordered(dates: Mapping[str, Period]) -> list[Anomaly]:
    return [
        Anomaly("ORDER_VIOLATION", field, f"{late} {dates[late]} before {early} {dates[early]}",
                withheld=True)
        for early, late, field in _IN_ORDER
        if early in dates and late in dates and _before(dates[late], dates[early])
    ]  # fmt: skip


def _expired(dates: Mapping[str, Period], today: date) -> list[Anomaly]:
    ends = dates.get("ends")
    if not ends or "released" in dates or not _before(ends, parse_period(today.isoformat())):
        return []
    return [Anomaly("TERM_EXPIRED", "ends", f"{ends} is over; whether free is not known")]


def _before(one: Period, other: Period) -> bool:
    """Whether one is over before the other can begin."""
    return one.last is not None and other.first is not None and one.last < other.first


def _aged(texts: Mapping[str, str], dates: Mapping[str, Period]) -> list[Anomaly]:
    """Compare ages with what may be, and with the date of birth."""
    said = int(texts["age"]) if texts.get("age", "").isdecimal() else None
    worked = _age(dates)
    if said is not None and worked is not None and abs(said - worked) > 1:
        detail = f"age {said}, by the dates about {worked}"
        return [Anomaly("AGE_DISAGREES", "age", detail, withheld=True)]
    age = said if worked is None else worked
    if age is None or YOUNGEST <= age <= OLDEST:
        return []
    return [Anomaly("AGE_IMPLAUSIBLE", "age", f"{age} years", withheld=True)]


def _age(dates: Mapping[str, Period]) -> int | None:
    """Years from the year of birth to the year of the arrest."""
    born, taken = dates.get("born"), dates.get("arrested")
    if not born or not taken or not born.first or not taken.first:
        return None
    return taken.first.year - born.first.year


def _together(found: Sequence[Observation]) -> Iterable[Observation]:
    """Mark rows that share an id, an address, or name and full birth date under different ids."""
    ids = Counter(one.texts["id"] for one in found if "id" in one.texts)
    keys = [_key(one, ids) for one in found]
    urls = _owners((one.texts.get("url", ""), key) for one, key in zip(found, keys, strict=True))
    signs = [_signature(one) for one in found]
    signed = _owners(zip(signs, keys, strict=True))
    for one, key, sign in zip(found, keys, signs, strict=True):
        own, url = one.texts.get("id", ""), one.texts.get("url", "")
        odd = (
            *_if(ids[own] > 1, "DUPLICATE_SOURCE_ID", "id", own),
            *_if(len(urls.get(url, ())) > 1, "SOURCE_URL_COLLISION", "url", url),
            *_if(len(signed.get(sign, ())) > 1, "STRONG_SIGNATURE_COLLISION", "name", "born"),
        )
        yield replace(one, key=key, anomalies=(*one.anomalies, *odd))


def _if(holds: bool, code: str, field: str, detail: str) -> tuple[Anomaly, ...]:  # noqa: FBT001 - a condition, named at the call
    return (Anomaly(code, field, detail),) if holds else ()


def _key(one: Observation, ids: Counter[str]) -> str:
    own = one.texts.get("id", one.where)
    return own if ids[own] <= 1 else f"{own} ({one.where})"


def _owners(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found = defaultdict[str, set[str]](set)
    for value, key in pairs:
        if value:
            found[value].add(key)
    return found


def _signature(one: Observation) -> str:
    born = one.dates.get("born")
    full = born is not None and born.first is not None and born.first == born.last
    return f"{one.texts['name'].casefold()} {born}" if full and "name" in one.texts else ""
