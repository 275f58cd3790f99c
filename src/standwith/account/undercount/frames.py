"""Capture tables from data frames and arrays, for notebooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from standwith.account.linkage.cluster import UnusableLinks
from standwith.account.linkage.frames import Frame, columns_of
from standwith.account.undercount.capture import CaptureTable, UnusableTable, from_rows
from standwith.account.undercount.read import COUNTS


def from_frame(frame: Frame, *, lists: Sequence[str] | None = None) -> CaptureTable:
    """Build a table from columns of 0 and 1: a row for each pattern with its count, or each person.

    Columns are the lists (all but the counts, or those that are named); in_LIST is read as LIST.

    Raises:
        UnusableTable: a column is missing, or a cell is no 0, 1 or count.
    """
    try:
        held = columns_of(frame)
    except UnusableLinks as error:
        raise UnusableTable(str(error)) from error
    names, counted = _parted(held, lists)
    rows = list(zip(*(held[name] for name in names), strict=True))
    counts = held[counted] if counted else [1] * len(rows)
    return _table([name.removeprefix("in_") for name in names], rows, counts)


def _parted(held: Mapping[str, object], lists: Sequence[str] | None) -> tuple[list[str], str]:
    """Tell the columns of lists from the one of counts, where there is one."""
    counted = sorted(set(COUNTS) & set(held) - set(lists or ()))
    names = list(lists) if lists else [name for name in held if name not in counted]
    missing = [name for name in names if name not in held]
    if missing:
        raise UnusableTable(f"no column {missing[0]!r}; there are {', '.join(held)}")
    if len(counted) > 1:
        raise UnusableTable(f"name one column of counts, not {' and '.join(counted)}")
    return names, "".join(counted)


def from_matrix(persons: ArrayLike, lists: Sequence[str]) -> CaptureTable:
    """Build a table from a matrix of persons x lists, 1 where a person is on a list.

    Raises:
        UnusableTable: it is no such matrix; a person on no list cannot have been counted.
    """
    held = np.asarray(persons)
    if held.ndim != 2 or held.shape[1] != len(lists):
        raise UnusableTable(f"give a matrix of persons x {len(lists)} lists")
    return _table(list(lists), [tuple(row) for row in held.tolist()], [1] * len(held))


def _table(
    names: list[str], rows: Sequence[Sequence[object]], counts: Sequence[object]
) -> CaptureTable:
    made = []
    for number, (row, count) in enumerate(zip(rows, counts, strict=True), start=1):
        if any(cell not in {0, 1} for cell in row):
            raise UnusableTable(f"row {number}: write 0 or 1 for each of {len(names)} lists")
        if not isinstance(count, int | float) or count != count or int(count) != count:  # noqa: PLR0124 - NaN
            raise UnusableTable(f"row {number}: {count!r} is no count; write a whole number")
        made.append(([int(bool(cell)) for cell in row], int(count)))
    return from_rows(names, made)
