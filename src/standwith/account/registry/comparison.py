"""Figures beside figures: change, who stayed, who came again, how few countries hold most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from standwith.account.registry.spells import KINDS, Spells, blocks
from standwith.account.registry.vocabulary import DEATHS

_DEAD = np.array([KINDS.index(status) for status in sorted(DEATHS)])


@dataclass(frozen=True, slots=True)
class Change:
    """The change between two figures; ``percent`` is None where the first is 0."""

    before: int
    after: int

    @property
    def absolute(self) -> int:
        """By how many persons."""
        return self.after - self.before

    @property
    def percent(self) -> float | None:
        """By how many per cent of the first."""
        return 100 * self.absolute / self.before if self.before else None


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; ``value`` is None where the whole is empty, which is not 0 per cent."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share, from 0 to 1."""
        return self.part / self.whole if self.whole else None

    def agrees(self, published: float, digits: int = 0) -> bool:
        """Whether a published percentage is this share, rounded to so many digits."""
        return self.whole > 0 and round(100 * self.part / self.whole, digits) == published

    def __str__(self) -> str:
        """Write part, whole and per cent."""
        if self.value is None:
            return f"{self.part:,} of {self.whole:,}"
        return f"{self.part:,} of {self.whole:,} ({100 * self.value:.1f} %)"


def carry_over(now: frozenset[str], before: frozenset[str]) -> Share:
    """Of the persons held in a period, those who were held in the one before already."""
    return Share(len(now & before), len(now))


def rearrested(held: Spells, years: int, known: date) -> Share:
    """Of those who left custody at least ``years`` before ``known``, those held anew within them.

    By the middle of uncertain dates; who died or of whom nobody knows did not leave. Only who can
    be followed for all the years is counted, so that recent releases do not lower the share.
    """
    joined = blocks(held, "middle", unsure=True, by_country=False)
    order = np.lexsort((joined.begin, joined.person))
    person, begin, ended = joined.person[order], joined.begin[order], joined.ended[order]
    dead = np.unique(held.person[np.isin(held.end, _DEAD)])
    span = round(365.25 * years)
    free = ended + span <= known.toordinal()
    last = np.append(person[1:] != person[:-1], True)
    free &= ~(last & np.isin(person, dead))
    again = np.zeros(len(person), dtype=bool)
    again[:-1] = (person[1:] == person[:-1]) & (begin[1:] <= ended[:-1] + span)
    return Share(int((free & again).sum()), int(free.sum()))


@dataclass(frozen=True, slots=True)
class Concentration:
    """How far persons are held by few states: shares of the largest, and sum of squared shares."""

    top: Mapping[int, Share]
    herfindahl: float | None


def concentration(counts: Mapping[str, int], tops: Sequence[int] = (1, 5, 10)) -> Concentration:
    """Measure concentration over countries (Herfindahl 1950; Hirschman 1945)."""
    held = sorted(counts.values(), reverse=True)
    whole = sum(held)
    top = {k: Share(sum(held[:k]), whole) for k in tops}
    return Concentration(top, sum((n / whole) ** 2 for n in held) if whole else None)


@dataclass(frozen=True, slots=True)
class Population:
    """Inhabitants of a country, with the source and year that a rate must name."""

    inhabitants: int
    year: int
    source: str


def per_million(persons: int, population: Population) -> float:
    """Give persons per million inhabitants.

    Raises:
        ValueError: the country has no inhabitants.
    """
    if population.inhabitants <= 0:
        raise ValueError(f"{population.source}: a population of {population.inhabitants} has none")
    return persons * 1e6 / population.inhabitants
