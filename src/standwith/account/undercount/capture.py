"""Capture tables: how many persons stand on which lists, and on no other.

Cells are the subsets of K lists in lexicographic order, 0...0 first, the first list slowest. The
first cell, on no list, is what an estimate is about; it is unobserved and never a number here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

MOST_LISTS = 20
MOST_PERSONS = 10**12
Counts = NDArray[np.int64]


class UnusableTable(ValueError):  # noqa: N818 - named for the situation
    """A table from which nothing can be estimated; the message says what, where and the mend."""


@dataclass(frozen=True, slots=True)
class CaptureTable:
    """Counts of capture patterns over named lists.

    ``counts`` has 2**K entries in the order of the module; entry 0 is 0 and means unobserved.
    ``structural`` are the patterns that cannot occur, such as a release before a list was founded.
    """

    lists: tuple[str, ...]
    counts: Counts
    structural: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """Check what no estimator can repair.

        Raises:
            UnusableTable: names, sizes, counts or structural zeros do not make a table.
        """
        _check_names(self.lists)
        if self.counts.shape != (2 ** len(self.lists),):
            raise UnusableTable(f"{len(self.lists)} lists have {2 ** len(self.lists)} patterns")
        if self.counts[0] or (self.counts < 0).any() or self.counts.sum() > MOST_PERSONS:
            raise UnusableTable("counts are whole, not negative, and none is on no list")
        if any(self.counts[cell] for cell in self.structural):
            raise UnusableTable("a pattern that cannot occur was counted; mend one of the two")

    @property
    def n(self) -> int:
        """Number of persons on at least one list."""
        return int(self.counts.sum())

    @property
    def width(self) -> int:
        """Number of lists."""
        return len(self.lists)

    def sizes(self) -> dict[str, int]:
        """Count the persons of each list."""
        bits = patterns(self.width)
        return {name: int(self.counts @ bits[:, j]) for j, name in enumerate(self.lists)}

    def frequencies(self) -> Counts:
        """Count the persons who are on exactly 1, 2, ... K lists (shape K)."""
        on = patterns(self.width).sum(axis=1)
        return np.array([self.counts[on == k].sum() for k in range(1, self.width + 1)])

    def margin(self, chosen: Sequence[int]) -> Counts:
        """Sum the counts over the lists that are not chosen (2**len(chosen) cells).

        Its first cell holds the persons who are on none of the chosen lists, but on another.
        """
        bits = patterns(self.width)[:, list(chosen)]
        weights = 2 ** np.arange(len(chosen))[::-1]
        cells = bits @ weights if len(chosen) else np.zeros(len(self.counts), dtype=np.int64)
        return np.bincount(cells, self.counts, 2 ** len(chosen)).astype(np.int64)

    def merge(self, first: str, second: str) -> CaptureTable:
        """Merge two lists into one, as where one copies the other; n stays.

        Raises:
            UnusableTable: a list is unknown, or only two are left.
        """
        i, j = self._place(first), self._place(second)
        if i == j or self.width < 3:
            raise UnusableTable("merge two different lists, and keep two at least")
        bits = patterns(self.width).copy()
        bits[:, i] |= bits[:, j]
        kept = [k for k in range(self.width) if k != j]
        names = [f"{first}+{second}" if k == i else self.lists[k] for k in kept]
        made = from_rows(names, zip(bits[:, kept].tolist(), self.counts.tolist(), strict=True))
        may = {_cell(bits[h, kept]) for h in range(len(bits)) if h not in self.structural}
        return replace(made, structural=frozenset(range(1, len(made.counts))) - may)

    def inside(self, name: str) -> CaptureTable:
        """Keep the persons of one list, and drop its column: their number is then known.

        Those who stand on no other list are the unobserved cell, and are dropped too.

        Raises:
            UnusableTable: the list is unknown, or fewer than two others are left.
        """
        j = self._place(name)
        if self.width < 3:
            raise UnusableTable("a test inside a list needs two others at least")
        bits = patterns(self.width)
        kept = [k for k in range(self.width) if k != j]
        rows = [
            (bits[h, kept].tolist(), int(self.counts[h]))
            for h in range(len(self.counts))
            if bits[h, j] and bits[h, kept].any()
        ]
        made = from_rows([self.lists[k] for k in kept], rows)
        never = (bits[h, kept] for h in self.structural if bits[h, j])
        return replace(made, structural=frozenset(map(_cell, never)) - {0})

    def impossible(self, patterns_of: Iterable[Sequence[int]]) -> CaptureTable:
        """Say which patterns cannot occur, such as a release before a list was founded.

        Raises:
            UnusableTable: a pattern has another length, or was counted.
        """
        found = set(self.structural)
        for pattern in patterns_of:
            if len(pattern) != self.width or set(pattern) - {0, 1} or not any(pattern):
                raise UnusableTable(f"{pattern} is no pattern of {self.width} lists")
            found.add(_cell(np.array(pattern)))
        return replace(self, structural=frozenset(found))

    def _place(self, name: str) -> int:
        if name not in self.lists:
            raise UnusableTable(f"there is no list {name!r}; there are {', '.join(self.lists)}")
        return self.lists.index(name)


def _cell(pattern: NDArray[np.int64]) -> int:
    """Return the place of a pattern, the first list slowest."""
    return int("".join(map(str, pattern.tolist())), 2)


def _check_names(names: Sequence[str]) -> None:
    if not 2 <= len(names) <= MOST_LISTS:
        raise UnusableTable(f"{len(names)} lists; an estimate needs 2, and takes {MOST_LISTS}")
    if len(set(names)) < len(names) or not all(name.strip() for name in names):
        raise UnusableTable("each list needs a name of its own")


def patterns(width: int) -> NDArray[np.int64]:
    """Write all patterns over so many lists (shape 2**width x width, values 0 and 1)."""
    return np.array(list(product((0, 1), repeat=width)), dtype=np.int64)


def from_rows(names: Iterable[str], rows: Iterable[tuple[Sequence[int], int]]) -> CaptureTable:
    """Build a table from patterns with their counts; a pattern that comes twice is added up.

    Raises:
        UnusableTable: a pattern has another length or other values, or a count is none.
    """
    lists = tuple(names)
    _check_names(lists)
    counts = np.zeros(2 ** len(lists), dtype=np.int64)
    for number, (pattern, count) in enumerate(rows, start=1):
        if len(pattern) != len(lists) or set(pattern) - {0, 1}:
            raise UnusableTable(f"row {number}: write 0 or 1 for each of {len(lists)} lists")
        _check_count(number, count)
        cell = _cell(np.array(pattern))
        if cell:
            counts[cell] += int(count)
        elif count:
            raise UnusableTable(f"row {number}: somebody on no list cannot have been counted")
    return CaptureTable(lists, counts)


def _check_count(row: int, count: int) -> None:
    if isinstance(count, bool) or int(count) != count or not 0 <= count <= MOST_PERSONS:
        raise UnusableTable(f"row {row}: {count!r} is no count; write a whole number")


def from_cells(names: Iterable[str], cells: Mapping[str, int]) -> CaptureTable:
    """Build a table from patterns written as texts, such as 1010.

    Raises:
        UnusableTable: see ``from_rows``.
    """
    rows = [([int(c) if c in "01" else 2 for c in text], n) for text, n in cells.items()]
    return from_rows(names, rows)
