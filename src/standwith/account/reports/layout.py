"""Tables and charts of a report as plain data: numbers and words by key, in no language.

A cell is a number; a count with its range ``[value, least, most]``; a word ``{"w": key}``; a
country ``{"c": code}``; a text as it is ``{"t": text}``; ``{"x": 1}`` where a small number is
withheld; or None where it is not known, which is never shown as 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from standwith.account.registry.comparison import Share
from standwith.account.registry.stock import Count

Cell = Any
Row = tuple[Cell, ...]
WITHHELD: Cell = {"x": 1}


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its key, columns as (key of the head, form of the cells), rows, keys of notes."""

    id: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Write the table as plain data."""
        return {
            "id": self.id,
            "columns": [list(one) for one in self.columns],
            "rows": [list(row) for row in self.rows],
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its key, kind (bars, lines, steps, waterfall, map), and series of points.

    A series is a word and its points, each a cell or number across and a number up.
    """

    id: str
    kind: str
    series: tuple[tuple[str, tuple[tuple[Cell, float | None], ...]], ...]
    notes: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Write the chart as plain data."""
        return {
            "id": self.id,
            "kind": self.kind,
            "series": [[name, [list(point) for point in points]] for name, points in self.series],
            "notes": list(self.notes),
        }


def word(key: object) -> Cell:
    """A word by its key."""
    return {"w": str(key)}


def country(code: str) -> Cell:
    """A country by its code; all together where there is none."""
    return {"c": code} if code else word("all")


def text(value: str) -> Cell:
    """A text as it is."""
    return {"t": value}


def counted(one: Count) -> Cell:
    """A count, with its range where dates leave one."""
    return one.value if one.least == one.most else [one.value, one.least, one.most]


def ranged(one: Mapping[str, int]) -> Cell:
    """A count that was written as plain data, with its range where dates leave one."""
    return counted(Count(one["value"], one["least"], one["most"]))


def value_of(cell: Cell) -> float | None:
    """The number of a cell, where it has one."""
    if isinstance(cell, list):
        return float(cell[0])
    return float(cell) if isinstance(cell, int | float) else None


def percent(one: Share) -> float | None:
    """A share in per cent; None where there is no whole."""
    return None if one.value is None else 100 * one.value


def bars(chart: str, name: str, rows: Iterable[tuple[Cell, float | None]], most: int = 10) -> Chart:
    """Make a chart of bars, the longest first."""
    held = [(cell, value) for cell, value in rows if value]
    held.sort(key=lambda point: -(point[1] or 0))
    return Chart(chart, "bars", ((name, tuple(held[:most])),), ("n.unique",))
