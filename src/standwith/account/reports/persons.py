"""Who is held: gender, age at arrest, groups and occupations, with small numbers withheld."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from standwith.account.registry.disclosure import UnprotectedTable, withhold
from standwith.account.registry.record import Person
from standwith.account.registry.spells import Spells
from standwith.account.reports.layout import WITHHELD, Cell, Row, Table, text, word

Persons = Mapping[str, tuple[Person, ...]]
AGES = ((0, 17), (18, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 110))
UNKNOWN = "unknown"
_GENDERS = {
    "female": ("f", "female", "w", "woman", "ж", "жен", "женский", "жін", "زن", "أنثى", "女", "여"),
    "male": ("m", "male", "man", "м", "муж", "мужской", "чол", "مرد", "ذكر", "男", "남"),
}


def gender_of(persons: Iterable[Person]) -> str:
    """Tell the gender that all sources of a person agree on; unknown where they do not."""
    found = {
        name
        for one in persons
        for name, words in _GENDERS.items()
        if one.gender.strip().casefold() in words
    }
    other = any(one.gender.strip() and not _known(one.gender) for one in persons)
    if len(found) == 1 and not other:
        return found.pop()
    return "other" if other and not found else UNKNOWN


def _known(text_: str) -> bool:
    return any(text_.strip().casefold() in words for words in _GENDERS.values())


def age_at(persons: Iterable[Person], day: date) -> int | None:
    """Years of age on a day by the births that sources tell; None where none tells the year."""
    for one in persons:
        if one.born and one.born.first and one.born.last:
            middle = (one.born.first.toordinal() + one.born.last.toordinal()) / 2
            years = int((day.toordinal() - middle) // 365.25)
            return years if 0 <= years <= AGES[-1][1] else None
    return None


def band_of(age: int | None) -> str:
    """Name the band of an age."""
    if age is None:
        return UNKNOWN
    return next(f"{low}-{high}" for low, high in AGES if low <= age <= high)


def first_begins(held: Spells) -> dict[str, date]:
    """Day on which each person was first taken, by the middle of uncertain dates."""
    begin, _ = held.reading("middle", unsure=True)
    order = np.argsort(-begin, kind="stable")
    return {held.persons[held.person[i]]: date.fromordinal(int(begin[i])) for i in order}


def gender_and_age(
    people: Sequence[str], persons: Persons, taken: Mapping[str, date], *, public: bool
) -> Table:
    """Count persons by age at arrest and gender; in public, small numbers are withheld."""
    genders = ("female", "male", "other", UNKNOWN)
    bands = [*(f"{low}-{high}" for low, high in AGES), UNKNOWN]
    counts = Counter(
        (band_of(age_at(persons.get(one, ()), taken[one])), gender_of(persons.get(one, ())))
        for one in people
        if one in taken
    )
    cells = [[counts[band, gender] for gender in genders] for band in bands]
    rows = _with_sums([word(f"age {band}") for band in bands], cells, public=public)
    heads = [("age", "label"), *((f"gender {one}", "count") for one in genders), ("all", "count")]
    notes = ("n.withheld",) if public else ()
    return Table("gender_and_age", tuple(heads), tuple(rows), ("n.unique", *notes))


def _with_sums(labels: Sequence[Cell], cells: list[list[int]], *, public: bool) -> list[Row]:
    """Lay out counts with their sums, which stay as they are."""
    shown = _protected(cells) if public else cells
    rows: list[Row] = [
        (label, *line, sum(row)) for label, line, row in zip(labels, shown, cells, strict=True)
    ]
    sums = [sum(column) for column in zip(*cells, strict=True)]
    return [*rows, (word("all"), *sums, sum(sums))]


def _protected(cells: Sequence[Sequence[int]]) -> list[list[Cell]]:
    """Withhold small numbers, and others so that the totals do not give them away."""
    try:
        found = withhold(np.array(cells, dtype=np.int64)).cells()
    except UnprotectedTable:
        return [[WITHHELD for _ in row] for row in cells]
    return [[WITHHELD if n is None else n for n in row] for row in found]


def _told(held: Iterable[Person]) -> set[tuple[str, str]]:
    """Groups and occupations that sources tell of a person; not known where none does."""
    found = set[tuple[str, str]]()
    for one in held:
        found |= {("w", f"group {group}") for group in one.groups}
        if one.occupation.strip():
            found.add(("t", one.occupation.strip().casefold()))
    return found or {("w", UNKNOWN)}


def groups(people: Sequence[str], persons: Persons, *, public: bool, most: int = 25) -> Table:
    """Count persons by target group, else by occupation as lists write it."""
    counts = Counter[tuple[str, str]]()
    for one in people:
        counts.update(_told(persons.get(one, ())))
    fewest = 5 if public else 1
    rows = [
        (word(name) if kind == "w" else text(name), n)
        for (kind, name), n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if n >= fewest
    ]
    heads = (("group", "label"), ("persons", "count"))
    return Table("groups", heads, tuple(rows[:most]), ("n.several",))
