"""A row of a decision table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from standwith.kernel.source import Citation


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a decision table."""

    id: str
    title: str
    profiles: tuple[str, ...]
    actions: frozenset[str]
    when: Mapping[str, Any]
    outcome: str
    because: str
    citation: Citation
    valid_from: date | None
    valid_to: date | None

    def in_force(self, day: date) -> bool:
        """Whether the row is valid on a day; its last day is included."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)
