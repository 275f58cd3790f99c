"""Spells as columns: what figures over a million episodes are counted from.

Every question is answered in three readings of uncertain dates: ``least`` (begun and not ended for
sure), ``middle`` (each date at the middle of its days) and ``most`` (perhaps begun, perhaps not
ended). A reading of a spell lies inside the next, so least <= middle <= most always.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from standwith.account.registry.record import Episode
from standwith.account.registry.timeline import EARLIEST, OPEN, Spell, spell
from standwith.account.registry.vocabulary import UNSURE, Status
from standwith.kernel.collector import at_rest

Ints = NDArray[np.int64]
READINGS = ("least", "middle", "most")
KINDS = tuple(Status)
NO_END = -1
_UNSURE = np.array([KINDS.index(status) for status in KINDS if status in UNSURE])


@dataclass(frozen=True, slots=True)
class Spells:
    """Columns of equal length; ``person`` and ``country`` are places in ``persons``, ``countries``.

    ``begin`` and ``ended`` have two rows, the first and the last day that each may be; ``end`` is a
    place in ``KINDS`` or NO_END.
    """

    episodes: tuple[str, ...]
    persons: tuple[str, ...]
    countries: tuple[str, ...]
    person: Ints
    country: Ints
    begin: Ints
    ended: Ints
    end: Ints
    recorded: Ints

    def __len__(self) -> int:
        """Count the spells."""
        return len(self.person)

    def reading(self, name: str, *, unsure: bool) -> tuple[Ints, Ints]:
        """Give first day held and first day not held, in one of READINGS.

        ``unsure`` says whether the middle reading takes those for held of whom nobody knows: the
        inclusion policy of the headline. It changes neither ``least`` nor ``most``.
        """
        if name == "least":
            return self.begin[1], np.maximum(self.begin[1], self.ended[0])
        if name == "most":
            return self.begin[0], self.ended[1]
        doubt = np.isin(self.end, _UNSURE)
        begin, ended = _middle(self.begin), _middle(self.ended)
        return begin, np.where(doubt, self.ended[1] if unsure else self.ended[0], ended)

    def chosen(self, mask: NDArray[np.bool_]) -> Spells:
        """Keep the spells of a mask; persons and countries keep their places."""
        places = np.flatnonzero(mask)
        return Spells(
            tuple(self.episodes[i] for i in places) if self.episodes else (),
            self.persons,
            self.countries,
            self.person[places],
            self.country[places],
            self.begin[:, places],
            self.ended[:, places],
            self.end[places],
            self.recorded[places],
        )


def _middle(days: Ints) -> Ints:
    """The middle of first and last day; where one of them is not known, the other."""
    middle: Ints = np.where(days[1] == OPEN, days[0], days.sum(axis=0) // 2)
    return np.where((days[0] == EARLIEST) & (days[1] != OPEN), days[1], middle)


def spells_of(episodes: Iterable[Episode], known: date, *, unconfirmed: bool = False) -> Spells:
    """Work out all spells from what was known on a day; unconfirmed ones are left out."""
    with at_rest():
        found = (spell(episode, known) for episode in episodes)
        return columns([one for one in found if one is not None and (one.confirmed or unconfirmed)])


def columns(rows: Sequence[Spell]) -> Spells:
    """Write spells as columns, persons and countries in the order of their names."""
    persons, person = _places([row.person for row in rows])
    countries, country = _places([row.country for row in rows])
    ends = [NO_END if row.end is None else KINDS.index(row.end) for row in rows]
    return Spells(
        tuple(row.episode for row in rows),
        persons,
        countries,
        person,
        country,
        _ints([row.begin for row in rows]).reshape(-1, 2).T,
        _ints([row.ended for row in rows]).reshape(-1, 2).T,
        _ints(ends),
        _ints([row.recorded.toordinal() for row in rows]),
    )


def _places(names: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    """Give the different names, sorted, and the place of each among them."""
    held = tuple(sorted(set(names)))
    place = {name: i for i, name in enumerate(held)}
    return held, _ints([place[name] for name in names])


def _ints(values: Sequence[object]) -> Ints:
    return np.array(values, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Blocks:
    """Stretches in which a person was held without a gap in one country; arrays of equal length."""

    person: Ints
    country: Ints
    begin: Ints
    ended: Ints


def blocks(held: Spells, reading: str, *, unsure: bool = True, by_country: bool = True) -> Blocks:
    """Join what overlaps or touches, per person (and country), so that nobody is counted twice.

    Without ``by_country`` the country of a block is 0. Stretches of no day are left out.
    """
    begin, ended = held.reading(reading, unsure=unsure)
    country = held.country if by_country else np.zeros_like(held.country)
    order = np.lexsort((begin, country, held.person))
    order = order[begin[order] < ended[order]]
    key = held.person[order] * max(1, len(held.countries)) + country[order]
    begin, ended = begin[order], ended[order]
    group = np.unique(key, return_inverse=True)[1].astype(np.int64)
    reach = np.maximum.accumulate(ended + group * (OPEN + 1)) - group * (OPEN + 1)
    first = np.ones(len(order), dtype=bool)
    first[1:] = (group[1:] != group[:-1]) | (begin[1:] > reach[:-1])
    starts = np.flatnonzero(first)
    last = np.append(starts[1:], len(order))[: len(starts)] - 1
    return Blocks(held.person[order][starts], country[order][starts], begin[starts], reach[last])
