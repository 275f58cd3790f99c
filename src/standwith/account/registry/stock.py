"""How many persons were held: on a day, on many days, and on any day of a year.

Two counts of the field are kept apart. Point prevalence counts who is held as a day begins (the
prison census of 1 December is one); period prevalence counts who was held on any day of a period.
A person counts once, however many episodes overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from standwith.account.registry.spells import READINGS, Blocks, Ints, Spells, blocks


@dataclass(frozen=True, slots=True)
class Count:
    """A number of persons by the middle of uncertain dates, and the least and most it may be."""

    value: int
    least: int
    most: int

    def __str__(self) -> str:
        """Write the number, with its range where dates leave one."""
        if self.least == self.most:
            return f"{self.value:,}"
        return f"{self.value:,} ({self.least:,} to {self.most:,})"


def stock(held: Spells, days: Sequence[date], *, unsure: bool = True) -> dict[str, list[Count]]:
    """Count persons held as each day begins, by country; sorted days are not needed.

    ``unsure`` counts in the middle reading those of whom nobody knows whether they are held still.
    """
    when = np.array([day.toordinal() for day in days], dtype=np.int64)
    found = {name: _at(blocks(held, name, unsure=unsure), when, len(held.countries))
             for name in READINGS}  # fmt: skip
    return {
        country: [_count(found, i, j) for j in range(len(when))]
        for i, country in enumerate(held.countries)
    }


def total(held: Spells, days: Sequence[date], *, unsure: bool = True) -> list[Count]:
    """Count persons held anywhere as each day begins; who is held in two countries counts once."""
    when = np.array([day.toordinal() for day in days], dtype=np.int64)
    found = {name: _at(blocks(held, name, unsure=unsure, by_country=False), when, 1)
             for name in READINGS}  # fmt: skip
    return [_count(found, 0, j) for j in range(len(when))]


def _count(found: dict[str, Ints], *place: int) -> Count:
    least, middle, most = (int(found[name][place]) for name in READINGS)
    return Count(middle, least, most)


def _at(joined: Blocks, when: Ints, countries: int) -> Ints:
    """Count by begins less ends up to each day (countries x days): a sweep, not a join."""
    found = np.zeros((countries, len(when)), dtype=np.int64)
    for country in range(countries):
        mine = joined.country == country
        begun = np.searchsorted(np.sort(joined.begin[mine]), when, side="right")
        found[country] = begun - np.searchsorted(np.sort(joined.ended[mine]), when, side="right")
    return found


def during(
    held: Spells, first: date, after: date, *, unsure: bool = True
) -> tuple[dict[str, Count], Count]:
    """Count persons held on any day from ``first`` to before ``after``, by country and in all.

    Who was arrested and released on one day of the period was held.

    Raises:
        ValueError: the period has no day.
    """
    if after <= first:
        raise ValueError(f"a period from {first} to before {after} has no day; swap the two")
    found = {name: _during(held, name, (first, after), unsure=unsure) for name in READINGS}
    whole = {name: len(np.unique(pairs[0])) for name, pairs in found.items()}
    places = {name: np.bincount(pairs[1], minlength=len(held.countries))
              for name, pairs in found.items()}  # fmt: skip
    by_country = {country: _count(places, i) for i, country in enumerate(held.countries)}
    return by_country, Count(whole["middle"], whole["least"], whole["most"])


def _during(held: Spells, reading: str, span: tuple[date, date], *, unsure: bool) -> Ints:
    """Persons and countries (2 x number) of the period, each pair once."""
    begin, ended = held.reading(reading, unsure=unsure)
    first, after = (day.toordinal() for day in span)
    mask = (begin < after) & (ended > first) & (begin < ended)
    brief = (begin >= first) & (begin < after)
    if reading == "least":
        brief &= held.begin[0] >= first
    mask |= brief
    return np.unique(np.stack((held.person[mask], held.country[mask])), axis=1)


def persons_during(held: Spells, year: int, *, unsure: bool = True) -> frozenset[str]:
    """Name the persons held on any day of a year, by the middle of uncertain dates."""
    span = date(year, 1, 1), date(year + 1, 1, 1)
    pairs = _during(held, "middle", span, unsure=unsure)
    return frozenset(held.persons[i] for i in pairs[0])


def persons_at(
    held: Spells, day: date, *, country: str | None = None, unsure: bool = True
) -> frozenset[str]:
    """Name the persons behind a figure of ``stock``, by the middle of uncertain dates."""
    pairs = present(held, day, unsure=unsure)
    return frozenset(person for person, place in pairs if country in {None, place})


def present(held: Spells, day: date, *, unsure: bool = True) -> list[tuple[str, str]]:
    """Name persons and countries of the spells that hold as a day begins, by the middle."""
    begin, ended = held.reading("middle", unsure=unsure)
    places = np.flatnonzero((begin <= day.toordinal()) & (day.toordinal() < ended))
    rows = zip(held.person[places].tolist(), held.country[places].tolist(), strict=True)
    return [(held.persons[person], held.countries[country]) for person, country in rows]
