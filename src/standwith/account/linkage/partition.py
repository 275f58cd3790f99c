"""Draws of who is who, from weighed pairs: how unsure a linkage is, in whole partitions.

Gibbs steps give one record at a time a person anew, within blocks that no link of the least weight
connects. A record joins a person by the log-odds m + g(k) + h, and is one of its own by 0:

- m is the mean, over the person's k records, of what was found alike and unlike (the weight without
  its prior): what two records of a person have alike with a third is nearly the same evidence, and
  is counted once.
- g says how many records persons have, learned from the linkage itself: the odds of joining a given
  person of k records are (k + 1) n_{k+1} / (n_k n_1), with n_k persons of k records (empirical
  Bayes, after Robbins 1956).
- h is what lists allow: nobody twice where a list has no duplicates, else a factor for each further
  time (after Sadinle 2014 and 2018).

These steps define the draws (a dependency network, Heckerman and others 2000).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
PRIOR = -6.0  # log-odds that weights begin with, before anything was compared
ABSENT = -4.0  # what a pair in one block that nobody compared speaks against being one person
PILOT = 20  # draws from which the numbers of records of a person are learned
SIZES = 8
AGAIN = 0.2  # prior factor for each further record of a person on one list
MOST = 50_000  # records, above which draws would not fit
THIN = 2
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


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before: the log-odds that weights begin with, and those of joining a person.

    ``growth`` has one for a person of 1, 2, ... records; it is learned where it is empty.
    """

    prior: float = PRIOR
    growth: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class _Block:
    """Records that links connect: their columns, what pairs have alike, lists, where to begin."""

    columns: Ints
    evidence: Floats
    lists: Ints
    begun: Ints

    def run(self, alone: NDArray[np.bool_], growth: Floats, chances: Floats, count: int) -> Ints:
        """Draw the persons of a block (draws x records), as places in the block."""
        now: Ints = np.unique(self.begun, return_inverse=True)[1].astype(np.int64)
        drawn = np.empty((count, len(now)), dtype=np.int64)
        _gibbs(self.evidence, self.lists, alone[self.lists], growth, (now, chances, drawn))
        return drawn


def draw(
    records: Mapping[str, str],
    links: Iterable[Link],
    rng: Generator,
    *,
    single: frozenset[str] = frozenset(),
    count: int = 200,
    known: Known | None = None,
) -> Draws:
    """Draw partitions; ``records`` has the list of each record, ``single`` has no duplicates.

    The same seed and the same records and links, in whatever order, give the same draws.

    Raises:
        UnusableLinks: see ``best_links``; or no record is there, or no draw is asked for.
    """
    if min(count, len(records)) < 1:
        raise UnusableLinks("ask for one draw at least, of one record at least")
    names = tuple(sorted(records))
    held = checked(links, records)
    start = best_links(records, held, single=single).labels()
    lists, on = np.unique([records[name] for name in names], return_inverse=True)
    known = known or Known()
    blocks = _made(names, held, on, start, known.prior)
    alone = np.isin(lists, sorted(single))
    begun = np.array([start[name] for name in names], dtype=np.int64)
    odds = np.array(known.growth) if known.growth else grown(begun[None])
    if not known.growth:
        odds = grown(_all(blocks, len(names), alone, odds, rng, PILOT))
    return Draws(names, _all(blocks, len(names), alone, odds, rng, count))


def grown(persons: Ints) -> Floats:
    """Learn from partitions (draws x records) the log-odds of joining a person of 1, 2, ... .

    Half a person is added to each size, so that none is impossible.
    """
    counted = np.zeros(SIZES + 2)
    for row in persons:
        sizes = np.unique(row, return_counts=True)[1]
        counted += np.bincount(np.minimum(sizes, SIZES + 1), minlength=SIZES + 2)
    n = counted / len(persons) + 0.5
    sizes = np.arange(1, SIZES + 1)
    found: Floats = np.log((sizes + 1) * n[2:] / (n[1:-1] * n[1]))
    return found


def _all(
    blocks: Sequence[_Block],
    size: int,
    alone: NDArray[np.bool_],
    growth: Floats,
    rng: Generator,
    count: int,
) -> Ints:
    """Draw the persons of all records (draws x records), numbered by their first record."""
    found = np.tile(np.arange(size, dtype=np.int64), (count, 1))
    for block in blocks:
        chances = rng.random((BURN + count * THIN, len(block.columns)))
        found[:, block.columns] = block.columns[block.run(alone, growth, chances, count)]
    return found


def _made(
    names: Sequence[str], links: list[Link], on: Ints, start: Mapping[str, int], prior: float
) -> list[_Block]:
    place = {name: i for i, name in enumerate(names)}
    parts = list(_blocks(names, [link for link in links if link.weight >= LEAST]))
    inside = _within(parts, links)
    found = []
    for i, part in enumerate(parts):
        columns = np.array([place[name] for name in part], dtype=np.int64)
        begun = np.array([start[name] for name in part], dtype=np.int64)
        found.append(_Block(columns, _evidence(part, inside[i], prior), on[columns], begun))
    return found


def _within(parts: Sequence[tuple[str, ...]], links: Iterable[Link]) -> dict[int, list[Link]]:
    """Give each block the links between its own records."""
    block = {name: i for i, part in enumerate(parts) for name in part}
    found: dict[int, list[Link]] = {}
    for link in links:
        if link.left in block and block[link.left] == block.get(link.right):
            found.setdefault(block[link.left], []).append(link)
    return found


def _blocks(names: Iterable[str], links: list[Link]) -> Iterator[tuple[str, ...]]:
    """Give the records that links connect; large blocks are held together by surer links alone."""
    for person in components(names, links, LEAST).persons:
        if 1 < len(person) <= LARGEST:
            yield person
        elif len(person) > LARGEST:
            members = set(person)
            held = [link for link in links if link.left in members]
            floor = min(link.weight for link in held) + 1
            yield from _blocks(person, [link for link in held if link.weight >= floor])


def _evidence(block: tuple[str, ...], links: list[Link], prior: float) -> Floats:
    """Write what all pairs of a block have alike; those without a link are not."""
    place = {name: i for i, name in enumerate(block)}
    found = np.full((len(block), len(block)), ABSENT)
    for link in links:
        i, j = place[link.left], place[link.right]
        found[i, j] = found[j, i] = link.weight - prior
    return found


@compiled
def _gibbs(
    evidence: Floats,
    lists: Ints,
    alone: NDArray[np.bool_],
    growth: Floats,
    state: tuple[Ints, Floats, Ints],
) -> None:
    """Fill draws x records of a block; a person is numbered by its first record in the block."""
    now, chances, drawn = state
    size, count = len(lists), len(drawn)
    for sweep in range(len(chances)):
        for record in range(size):
            sums, members, again = _company(record, evidence[record], lists, now)
            scores = _scores(sums, members, again, growth)
            if alone[record]:
                scores[again > 0] = -np.inf
            shares = np.cumsum(np.exp(scores - scores.max()))
            now[record] = min(np.searchsorted(shares, chances[sweep, record] * shares[-1]), size)
        after = sweep - BURN
        if after >= 0 and after % THIN == THIN - 1 and after // THIN < count:
            _first(now, drawn[after // THIN])


@compiled
def _first(now: Ints, row: Ints) -> None:
    """Number each person by its first record."""
    first = np.full(len(now) + 1, -1)
    for record in range(len(now)):
        if first[now[record]] < 0:
            first[now[record]] = record
        row[record] = first[now[record]]


@compiled
def _company(
    record: int, evidence: Floats, lists: Ints, now: Ints
) -> tuple[Floats, Floats, Floats]:
    """Sum for each person its evidence with a record, its records, and those of the same list."""
    size = len(lists)
    sums, members, again = np.zeros(size + 1), np.zeros(size + 1), np.zeros(size + 1)
    for i in range(size):
        if i != record:
            sums[now[i]] += evidence[i]
            members[now[i]] += 1
            again[now[i]] += lists[i] == lists[record]
    return sums, members, again


@compiled
def _scores(sums: Floats, members: Floats, again: Floats, growth: Floats) -> Floats:
    """Score each person for a record; the first label that nobody has is a person of its own."""
    found = np.full(len(sums), -np.inf)
    found[np.flatnonzero(members == 0)[0]] = 0.0
    for label in np.flatnonzero(members > 0):
        odds = growth[min(int(members[label]), len(growth)) - 1]
        found[label] = sums[label] / members[label] + odds + again[label] * np.log(AGAIN)
    return found
