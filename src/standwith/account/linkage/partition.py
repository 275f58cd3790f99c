"""Draws of who is who, from weighed pairs: how unsure a linkage is, in whole partitions.

p(partition) is proportional to exp(sum of the weights of pairs in one person) times a prior on how
often a person stands on one list: at most once where the list has no duplicates, else each further
time by a factor (after Sadinle 2014 and 2018). Gibbs steps move one record at a time, within blocks
that no link of the least weight connects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from standwith.account.linkage.cluster import Link, UnusableLinks, best_links, components

LEAST = log(0.01 / 0.99)  # links below one in a hundred are left out
BURN = 50
ABSENT = -6.0  # log-odds of a pair in one block that nobody compared
AGAIN = 0.2  # prior factor for each further record of a person on one list


@dataclass(frozen=True, slots=True)
class Draws:
    """Partitions: records in a fixed order, and the person of each (draws x records)."""

    records: tuple[str, ...]
    persons: NDArray[np.int64]

    def together(self, left: str, right: str) -> float:
        """Share of the draws in which two records are one person."""
        i, j = self.records.index(left), self.records.index(right)
        return float((self.persons[:, i] == self.persons[:, j]).mean())

    def counts(self) -> NDArray[np.int64]:
        """Number of persons in each draw."""
        return np.array([len(np.unique(row)) for row in self.persons])


def draw(
    records: Mapping[str, str],
    links: Iterable[Link],
    rng: Generator,
    *,
    single: frozenset[str] = frozenset(),
    count: int = 200,
    thin: int = 2,
) -> Draws:
    """Draw partitions; ``records`` has the list of each record, ``single`` has no duplicates.

    The same seed and the same records and links, in whatever order, give the same draws.

    Raises:
        UnusableLinks: see ``best_links``; or no draw is asked for.
    """
    if count < 1 or thin < 1:
        raise UnusableLinks("ask for one draw at least")
    held = [link for link in links if link.weight >= LEAST]
    names = tuple(sorted(records))
    place = {name: i for i, name in enumerate(names)}
    found = np.tile(np.arange(len(names), dtype=np.int64), (count, 1))
    start = best_links(records, held, single=single).labels()
    for person in components(names, held, LEAST).persons:
        if len(person) > 1:
            block = _Block.of(person, records, held, single, start)
            _run(block, found, [place[name] for name in person], rng, thin)
    return Draws(names, found)


@dataclass(slots=True)
class _Block:
    """Records that links connect: weights of all pairs, lists, and who is who now."""

    weights: NDArray[np.float64]
    lists: list[str]
    single: frozenset[str]
    now: list[int]

    @classmethod
    def of(
        cls,
        person: tuple[str, ...],
        records: Mapping[str, str],
        links: list[Link],
        single: frozenset[str],
        start: Mapping[str, int],
    ) -> _Block:
        """Write the weights of a block; pairs without a link were not compared, or not alike."""
        place = {name: i for i, name in enumerate(person)}
        weights = np.full((len(person), len(person)), ABSENT)
        for link in links:
            if link.left in place and link.right in place:
                i, j = place[link.left], place[link.right]
                weights[i, j] = weights[j, i] = link.weight
        begun = [start[name] for name in person]
        numbers = {label: i for i, label in enumerate(dict.fromkeys(begun))}
        lists = [records[name] for name in person]
        return cls(weights, lists, single, [numbers[label] for label in begun])

    def step(self, record: int, rng: Generator) -> None:
        """Give a record a person anew: one of those there are, or one of its own."""
        mine = self.lists[record]
        others: dict[int, list[int]] = {}
        for i, label in enumerate(self.now):
            if i != record:
                others.setdefault(label, []).append(i)
        fresh = next(label for label in range(len(self.now) + 1) if label not in others)
        choices, scores = [fresh], [0.0]
        for label, members in others.items():
            again = sum(self.lists[i] == mine for i in members)
            if again and mine in self.single:
                continue
            choices.append(label)
            scores.append(float(self.weights[record, members].sum()) + again * log(AGAIN))
        top = max(scores)
        shares = np.cumsum([exp(score - top) for score in scores])
        at = int(np.searchsorted(shares, rng.random() * shares[-1]))
        self.now[record] = choices[min(at, len(choices) - 1)]


def _run(
    block: _Block, found: NDArray[np.int64], columns: list[int], rng: Generator, thin: int
) -> None:
    """Fill the draws of a block; persons are numbered by their first record in the whole."""
    for number in range(-BURN, len(found) * thin):
        for record in range(len(columns)):
            block.step(record, rng)
        if number >= 0 and number % thin == thin - 1:
            first: dict[int, int] = {}
            for column, label in zip(columns, block.now, strict=True):
                first.setdefault(label, column)
            found[number // thin, columns] = [first[label] for label in block.now]
