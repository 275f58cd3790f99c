"""Data frames and arrays as they come in notebooks: anything that has columns with names.

pandas, polars, pyarrow and plain dictionaries of columns are read alike; none of them is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from standwith.account.linkage.cluster import UnusableLinks
from standwith.account.linkage.lists import read_rows
from standwith.account.linkage.weigh import Record

Frame = Any  # whatever has columns


def columns_of(frame: Frame) -> dict[str, list[Any]]:
    """Return the columns of a frame as lists; what is missing in any way is None.

    Raises:
        UnusableLinks: it has no columns, or they differ in length.
    """
    names = getattr(frame, "column_names", None) or getattr(frame, "columns", None)
    if names is None and isinstance(frame, Mapping):
        names = frame.keys()
    if names is None:
        raise UnusableLinks(f"{type(frame).__name__} has no columns; give a data frame")
    found = {str(name): [_plain(value) for value in _values(frame[name])] for name in names}
    if len({len(column) for column in found.values()}) > 1:
        raise UnusableLinks("the columns differ in length")
    return found


def _values(column: Any) -> list[Any]:  # noqa: ANN401 - whatever a column is
    for method in ("to_pylist", "to_list", "tolist"):
        if hasattr(column, method):
            return list(getattr(column, method)())
    return list(column)


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a cell is
    """Make one nothing of NaN, NaT and NA."""
    missing = value is None or type(value).__name__ in {"NaTType", "NAType"}
    if missing or (isinstance(value, float) and np.isnan(value)):
        return None
    return value


def records_of(
    frames: Mapping[str, Frame], columns: Mapping[str, str] | None = None
) -> list[Record]:
    """Read the records of several lists, each a frame; heads as ``read_list`` knows them.

    Raises:
        UnusableLinks: see ``read_list``.
    """
    found = list[Record]()
    for name, frame in frames.items():
        held = columns_of(frame)
        rows: Sequence[Sequence[Any]] = list(zip(*held.values(), strict=True))
        cells = [["" if cell is None else _written(cell) for cell in row] for row in rows]
        found += read_rows(name, list(held), cells, columns or {})
    return found


def _written(cell: Any) -> str:  # noqa: ANN401 - whatever a cell is
    """Write a cell as text: a time at midnight as its day, a whole float as a whole number."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).removesuffix("T00:00:00").removesuffix(" 00:00:00")
