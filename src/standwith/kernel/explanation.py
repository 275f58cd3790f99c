"""Explanations of a score: contributions that sum to it."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one named part adds to a score, and why."""

    part: str
    amount: float
    detail: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A score with its parts, largest amount first."""

    parts: tuple[Contribution, ...]

    @property
    def score(self) -> float:
        """The sum of the contributions: there is no other score."""
        return fsum(part.amount for part in self.parts)


def explain(parts: dict[str, tuple[float, str]]) -> Explanation:
    """Order named (amount, detail) pairs by size, ties by name."""
    rows = [Contribution(name, amount, detail) for name, (amount, detail) in parts.items()]
    return Explanation(tuple(sorted(rows, key=lambda row: (-abs(row.amount), row.part))))
