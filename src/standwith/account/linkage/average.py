"""Persons from weighed pairs by average linkage, in whole arrays: millions of links in seconds.

Two persons are joined while the mean weight over all pairs of their records is large enough; a
pair that nobody compared counts as ``absent``. In each round those are joined that are each other's
best (mutual nearest neighbours), which gives the same persons as joining the best pair of all first
(Bruynooghe 1978: averages never rise by joining).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standwith.account.linkage.cluster import Clusters, Link, UnusableLinks, checked

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
ABSENT, LEAST = -3.0, -2.0  # mean log-odds; the mean over many pairs needs less than one pair alone
MOST_SINGLE = 62


def average_links(
    records: Mapping[str, str],
    links: Iterable[Link],
    *,
    single: frozenset[str] = frozenset(),
    apart: Iterable[tuple[str, str]] = (),
    absent: float = ABSENT,
    least: float = LEAST,
) -> Clusters:
    """Join records by the mean weight of their pairs; the other terms are those of best_links.

    A link that would be taken alone, and was not, is told with its reason.

    Raises:
        UnusableLinks: see ``best_links``; or ``absent`` is not below ``least``.
    """
    names = sorted(records)
    place = {name: i for i, name in enumerate(names)}
    held, parted = checked(links, place), _parted(apart, place)
    masks = single_masks([records[name] for name in names], single)
    ends = [(link.left, link.right) for link in held] + sorted(parted)
    left, right = (np.array([place[pair[i]] for pair in ends], dtype=np.int64) for i in (0, 1))
    weights = np.array([link.weight for link in held] + [-np.inf] * len(parted), dtype=np.float64)
    labels = joined(left, right, weights, masks, absent=absent, least=least)
    persons: dict[int, list[str]] = {}
    for name, label in zip(names, labels.tolist(), strict=True):
        persons.setdefault(label, []).append(name)
    likely = [link for link in held if link.weight >= least]
    refused = _refused(likely, dict(zip(names, labels.tolist(), strict=True)), masks, parted)
    return Clusters(tuple(sorted(map(tuple, persons.values()))), refused)


def _refused(
    links: Iterable[Link],
    persons: Mapping[str, int],
    masks: Ints,
    parted: set[tuple[str, str]],
) -> tuple[tuple[Link, str], ...]:
    """List the links whose records are two persons, with the reason."""
    whole = np.zeros_like(masks)
    np.bitwise_or.at(whole, list(persons.values()), masks)
    found = []
    for link in links:
        one, other = persons[link.left], persons[link.right]
        if one != other:
            found.append((link, _reason(link, bool(whole[one] & whole[other]), parted)))
    return tuple(found)


def _parted(apart: Iterable[tuple[str, str]], place: Mapping[str, int]) -> set[tuple[str, str]]:
    """Write pairs that were decided to be two persons, the smaller name first."""
    found = {(min(pair), max(pair)) for pair in apart}
    unknown = [pair for pair in sorted(found) if not set(pair) <= set(place)]
    if unknown:
        raise UnusableLinks(f"a decision names {unknown[0]}, and one of them is no record")
    return found


def single_masks(lists: list[str], single: frozenset[str]) -> Ints:
    """Write for each record the list it is on as one bit, where that list has nobody twice.

    Raises:
        UnusableLinks: more lists have nobody twice than a number has bits.
    """
    if len(single) > MOST_SINGLE:
        raise UnusableLinks(f"{len(single)} lists without duplicates; {MOST_SINGLE} can be kept")
    bits = {name: 1 << i for i, name in enumerate(sorted(single))}
    return np.array([bits.get(name, 0) for name in lists], dtype=np.int64)


def _reason(link: Link, twice: bool, parted: set[tuple[str, str]]) -> str:  # noqa: FBT001 - a fact
    """Say why a link between two persons was not enough."""
    if (link.left, link.right) in parted:
        return "somebody decided that they are two persons"
    if twice:
        return "one person would be twice on a list that has nobody twice"
    return "the other records of the two persons speak against it"


@dataclass(slots=True)
class _State:
    """Persons as they grow: sums and numbers of the weights between them, sizes, lists."""

    left: Ints
    right: Ints
    sums: Floats
    numbers: Ints
    sizes: Ints
    masks: Ints
    labels: Ints

    def means(self, absent: float) -> Floats:
        """Mean weight between each two persons; minus infinity where they may not be joined."""
        pairs = self.sizes[self.left] * self.sizes[self.right]
        found: Floats = (self.sums + (pairs - self.numbers) * absent) / pairs
        return np.where(self.masks[self.left] & self.masks[self.right], -np.inf, found)

    def keep(self, chosen: NDArray[np.bool_]) -> None:
        """Forget the other pairs."""
        self.left, self.right = self.left[chosen], self.right[chosen]
        self.sums, self.numbers = self.sums[chosen], self.numbers[chosen]

    def join(self, into: Ints, gone: Ints) -> None:
        """Make pairs of persons one, and add up what they have with others."""
        target = np.arange(len(self.sizes))
        target[gone] = into
        np.add.at(self.sizes, into, self.sizes[gone])
        np.bitwise_or.at(self.masks, into, self.masks[gone])
        self.labels = target[self.labels]
        left, right = target[self.left], target[self.right]
        self.left, self.right = np.minimum(left, right), np.maximum(left, right)
        self.keep(self.left != self.right)
        self.add_up()

    def add_up(self) -> None:
        """Make one of what is known of two persons in several places."""
        keys = self.left * len(self.sizes) + self.right
        order = np.argsort(keys, kind="stable")
        first = np.flatnonzero(np.diff(keys[order], prepend=-1))
        if len(first):
            self.sums = np.add.reduceat(self.sums[order], first)
            self.numbers = np.add.reduceat(self.numbers[order], first)
        self.left, self.right = np.divmod(keys[order][first], len(self.sizes))


def joined(
    left: Ints, right: Ints, weights: Floats, masks: Ints, *, absent: float, least: float
) -> Ints:
    """Number the person of each record by its first record; ``masks`` has a bit for each list.

    Pairs are of places in ``masks``; one that comes twice is added up.

    Raises:
        UnusableLinks: ``absent`` is not below ``least``, so that strangers would be joined.
    """
    if absent >= least:
        raise UnusableLinks("a pair that nobody compared must weigh less than what joins persons")
    count = len(masks)
    low, high = np.minimum(left, right), np.maximum(left, right)
    sizes, ones = np.ones(count, np.int64), np.ones(len(left), np.int64)
    state = _State(low, high, weights.copy(), ones, sizes, masks.copy(), np.arange(count))
    state.add_up()
    while len(state.left):
        means = state.means(absent)
        alive = means >= least
        loud = np.zeros(count, bool)
        loud[state.left[alive]] = loud[state.right[alive]] = True
        held = loud[state.left] & loud[state.right]
        means = means[held]
        state.keep(held)
        if len(means):
            state.join(*_mutual(state.left, state.right, means, least))
    return state.labels


def _mutual(left: Ints, right: Ints, means: Floats, least: float) -> tuple[Ints, Ints]:
    """Return the pairs that are each other's best; equals are ordered by mixed numbers.

    Were they ordered by place, many equal records would be joined one in a round.
    """
    alive = np.flatnonzero(means >= least)
    mixed = (left[alive].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) ^ (
        right[alive].astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    )
    order = alive[np.lexsort((right[alive], left[alive], mixed, -means[alive]))]
    rank = np.full(max(int(right.max()), int(left.max())) + 1, len(order))
    np.minimum.at(rank, left[order], np.arange(len(order)))
    np.minimum.at(rank, right[order], np.arange(len(order)))
    mine = np.arange(len(order))
    chosen = order[(rank[left[order]] == mine) & (rank[right[order]] == mine)]
    return left[chosen], right[chosen]
