"""Tables that do not give a person away: small cells are withheld, and others with them.

A cell of few persons is withheld; so that it cannot be worked out from the totals, others of its
row and column are withheld too. Rows and columns are the nodes of a graph and withheld cells its
edges: a cell can be worked out exactly if and only if its edge is a bridge (Gusfield 1988), so
cells are withheld until there is none. Totals stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
FEWEST = 5


class UnprotectedTable(ValueError):  # noqa: N818 - named for the situation
    """A table whose small cells cannot be withheld while its totals stay."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A table with its withheld cells: those that are small, and those that protect them."""

    counts: Ints
    small: Bools
    beside: Bools

    @property
    def hidden(self) -> Bools:
        """All cells that are not shown."""
        return self.small | self.beside

    def cells(self) -> list[list[int | None]]:
        """Rows of the table; None is withheld."""
        return [
            [None if gone else int(n) for n, gone in zip(row, hidden, strict=True)]
            for row, hidden in zip(self.counts, self.hidden, strict=True)
        ]


def withhold(counts: Ints, fewest: int = FEWEST) -> Withheld:
    """Withhold cells of 1 to ``fewest - 1`` persons, and the smallest others that protect them.

    Raises:
        UnprotectedTable: the table has one row or column, or is no table of counts; show less.
    """
    table = np.asarray(counts, dtype=np.int64)
    if table.ndim != 2 or (table < 0).any():
        raise UnprotectedTable("give a table of counts, none below 0")
    small = (table > 0) & (table < fewest)
    if small.any() and min(table.shape) < 2:
        raise UnprotectedTable("one row gives its small cells away by the total; leave it out")
    hidden = small.copy()
    while (cell := _bridge(hidden)) is not None:
        hidden |= _around(table, hidden, cell)
    return Withheld(table, small, hidden & ~small)


def _around(table: Ints, hidden: Bools, cell: tuple[int, int]) -> Bools:
    """Close a rectangle through a cell: the one that withholds the fewest persons more."""
    row, column = cell
    cost = np.where(hidden, 0, table + 1)
    whole = cost + cost[row][None, :] + cost[:, column][:, None]
    whole[row, :] = whole[:, column] = np.iinfo(np.int64).max
    far, across = divmod(int(whole.argmin()), table.shape[1])
    found = np.zeros(hidden.shape, dtype=bool)
    for place in ((row, column), (row, across), (far, column), (far, across)):
        found[place] = True
    return found


def _bridge(hidden: Bools) -> tuple[int, int] | None:
    """Find a withheld cell that rows and columns without it no longer connect."""
    for row, column in zip(*np.nonzero(hidden), strict=True):
        rest = hidden.copy()
        rest[row, column] = False
        if not _joined(rest, int(row), int(column)):
            return int(row), int(column)
    return None


def _joined(hidden: Bools, row: int, column: int) -> bool:
    """Whether a row and a column meet over withheld cells."""
    rows = np.zeros(hidden.shape[0], dtype=bool)
    rows[row] = True
    while True:
        columns: Bools = np.any(hidden[rows], axis=0)
        more: Bools = rows | np.any(hidden[:, columns], axis=1)
        if columns[column] or np.array_equal(more, rows):
            return bool(columns[column])
        rows = more
