"""Counts of what a reader may see, from numbers that the database keeps with each change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Sum

from standwith.services.sight import Sight
from standwith.store.counts import COUNTED
from standwith.store.models.search import Tally

_COLUMNS = ("first", "second", "third")
Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are of each combination of values; ``names`` are those of the values."""

    names: tuple[str, ...]
    cells: Mapping[Cell, int]

    def total(self, asked: Mapping[str, str]) -> int:
        """Count the rows that have all values that are asked for."""
        return sum(n for cell, n in self.cells.items() if self._fits(cell, asked))

    def by(self, name: str, asked: Mapping[str, str]) -> dict[str, int]:
        """Count by one value among the rows that have the others that are asked for."""
        at, found = self.names.index(name), Counter[str]()
        others = {key: value for key, value in asked.items() if key != name}
        for cell, n in self.cells.items():
            if self._fits(cell, others):
                found[cell[at]] += n
        return dict(found)

    def found_in(self, asked: Mapping[str, str]) -> dict[str, set[str]]:
        """List the values of every column among the rows that have those asked for."""
        cells = [cell for cell in self.cells if self._fits(cell, asked)]
        return {name: {cell[i] for cell in cells} for i, name in enumerate(self.names)}

    def _fits(self, cell: Cell, asked: Mapping[str, str]) -> bool:
        return all(cell[self.names.index(name)] == value for name, value in asked.items())


def counts_of(sight: Sight, kind: str) -> Counts:
    """Count all rows of a kind that a sight shows, under each combination of values.

    Raises:
        KeyError: the rows of this kind are not counted.
    """
    names = COUNTED[kind]
    columns = _COLUMNS[: len(names)]
    rows = Tally.unguarded.filter(kind=kind, label_id__in=sight.labels, n__gt=0)
    summed = rows.values_list(*columns).annotate(count=Sum("n"))
    return Counts(names, {tuple(row[:-1]): int(row[-1]) for row in summed})
