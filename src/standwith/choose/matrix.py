"""Any two of the six dimensions as a matrix of action ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from standwith.choose.action import DIMENSIONS, Action
from standwith.choose.codes import CODES


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows and columns are codes in their usual order; cells hold ids in catalogue order."""

    row_dimension: str
    column_dimension: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], tuple[str, ...]]


def matrix(actions: Iterable[Action], rows: str, columns: str) -> Matrix:
    """Sort actions into cells; an action with several codes stands in several cells.

    Raises:
        ValueError: a dimension is unknown, or both are the same.
    """
    _check(rows, columns)
    found: dict[tuple[str, str], list[str]] = {}
    for action in actions:
        for cell in product(action.values(rows), action.values(columns)):
            found.setdefault(cell, []).append(action.id)
    return Matrix(
        rows,
        columns,
        tuple(code for code in CODES[rows] if code in {down for down, _ in found}),
        tuple(code for code in CODES[columns] if code in {across for _, across in found}),
        {key: tuple(ids) for key, ids in found.items()},
    )


def _check(rows: str, columns: str) -> None:
    for name in (rows, columns):
        if name not in DIMENSIONS:
            message = f"{name!r} is no dimension; write {', '.join(DIMENSIONS)}"
            raise ValueError(message)
    if rows == columns:
        raise ValueError("rows and columns are the same dimension; choose two")
