"""Draws of who is who, from weighed pairs: how unsure a linkage is, in whole partitions.

p(partition) is proportional to exp(sum of the weights of pairs in one person) times a prior on how
often a person stands on one list: at most once where the list has no duplicates, else each further
time by a factor (after Sadinle 2014 and 2018). Gibbs steps move one record at a time, within blocks
that no link of the least weight connects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from standwith.account.linkage.cluster import Link, UnusableLinks, best_links, checked, components
from standwith.account.linkage.compiled import compiled

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
LEAST = log(0.01 / 0.99)  # links below one in a hundred are left out
BURN = 50
ABSENT = -6.0  # log-odds of a pair in one block that nobody compared
AGAIN = 0.2  # prior factor for each further record of a person on one list
MOST = 50_000  # records, above which draws would not fit
LARGEST = 2000  # records of a block, above which only surer links hold one together


@dataclass(frozen=True, slots=True)
class Draws:
    """Partitions: records in a fixed order, and the person of each (draws x records)."""

    records: tuple[str, ...]
    persons: Ints

    def together(self, left: str, right: str) -> float:
        """Share of the draws in which two records are one person."""
        i, j = self.records.index(left), self.records.index(right)
        return float((self.persons[:, i] == self.persons[:, j]).mean())

    def counts(self) -> Ints:
        """Number of persons in each draw."""
        ordered = np.sort(self.persons, axis=1)
        found: Ints = 1 + (np.diff(ordered, axis=1) != 0).sum(axis=1)
        return found


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
        UnusableLinks: see ``best_links``; or no record is there, or no draw is asked for.
    """
    if min(count, thin, len(records)) < 1:
        raise UnusableLinks("ask for one draw at least, of one record at least")
    held = [link for link in checked(links, records) if link.weight >= LEAST]
    names = tuple(sorted(records))
    place = {name: i for i, name in enumerate(names)}
    lists, on = np.unique([records[name] for name in names], return_inverse=True)
    alone = np.isin(lists, sorted(single))
    start = best_links(records, held, single=single).labels()
    found = np.tile(np.arange(len(names), dtype=np.int64), (count, 1))
    for block, inside in _blocks(names, held):
        columns = np.array([place[name] for name in block], dtype=np.int64)
        begun = np.array([start[name] for name in block], dtype=np.int64)
        chances = rng.random((BURN + count * thin, len(block)))
        drawn = _drawn(_weights(block, inside), on[columns], alone, begun, chances, count)
        found[:, columns] = columns[drawn]
    return Draws(names, found)


def _drawn(
    weights: Floats,
    lists: Ints,
    alone: NDArray[np.bool_],
    begun: Ints,
    chances: Floats,
    count: int,
) -> Ints:
    """Draw the persons of a block (draws x records), begun with some."""
    now: Ints = np.unique(begun, return_inverse=True)[1].astype(np.int64)
    drawn = np.empty((count, len(now)), dtype=np.int64)
    _gibbs(weights, lists, alone, now, chances, drawn)
    return drawn


def _blocks(
    names: Iterable[str], links: list[Link]
) -> Iterator[tuple[tuple[str, ...], list[Link]]]:
    """Give the records that links connect, with these links; large blocks by surer links alone."""
    persons = components(names, links, LEAST).persons
    block = {name: i for i, person in enumerate(persons) for name in person}
    inside: dict[int, list[Link]] = {}
    for link in links:
        inside.setdefault(block[link.left], []).append(link)
    for i, held in sorted(inside.items()):
        if len(persons[i]) <= LARGEST:
            yield persons[i], held
        else:
            floor = min(link.weight for link in held) + 1
            yield from _blocks(persons[i], [link for link in held if link.weight >= floor])


def _weights(block: tuple[str, ...], links: list[Link]) -> Floats:
    """Write the weights of all pairs of a block; those without a link are not alike."""
    place = {name: i for i, name in enumerate(block)}
    found = np.full((len(block), len(block)), ABSENT)
    for link in links:
        i, j = place[link.left], place[link.right]
        found[i, j] = found[j, i] = link.weight
    return found


@compiled
def _gibbs(
    weights: Floats, lists: Ints, alone: NDArray[np.bool_], now: Ints, chances: Floats, drawn: Ints
) -> None:
    """Fill draws x records of a block; a person is numbered by its first record in the block."""
    size = len(lists)
    count = len(drawn)
    thin = (len(chances) - BURN) // count
    for sweep in range(len(chances)):
        for record in range(size):
            now[record] = _person(
                record, weights[record], lists, alone, now, chances[sweep, record]
            )
        after = sweep - BURN
        if after >= 0 and after % thin == thin - 1:
            first = np.full(size + 1, -1)
            for record in range(size):
                if first[now[record]] < 0:
                    first[now[record]] = record
                drawn[after // thin, record] = first[now[record]]


@compiled
def _person(
    record: int, weights: Floats, lists: Ints, alone: NDArray[np.bool_], now: Ints, chance: float
) -> int:
    """Choose a person for a record anew: one of those there are, or one of its own."""
    scores = _scores(record, weights, lists, alone, now)
    shares = np.cumsum(np.exp(scores - scores.max()))
    for label in range(len(shares)):
        if chance * shares[-1] < shares[label]:
            return label
    return len(shares) - 1


@compiled
def _scores(
    record: int, weights: Floats, lists: Ints, alone: NDArray[np.bool_], now: Ints
) -> Floats:
    """Sum the weights of a record with each person; minus infinity where it may not be one.

    The first label that nobody has stands for a person of its own, with 0.
    """
    scores = np.zeros(len(lists) + 1)
    taken = np.zeros(len(lists) + 1, np.bool_)
    for i in range(len(lists)):
        if i != record:
            taken[now[i]] = True
            scores[now[i]] += weights[i]
            if lists[i] == lists[record]:
                scores[now[i]] += -np.inf if alone[lists[record]] else np.log(AGAIN)
    fresh = np.flatnonzero(~taken)
    scores[fresh[1:]] = -np.inf
    return scores
