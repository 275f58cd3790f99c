"""Sensitivity by the Traffic Light Protocol 2.0 (FIRST, 2022)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import reduce


class Sensitivity(Enum):
    """How far a value may travel; the order is CLEAR < GREEN < AMBER < AMBER+STRICT < RED."""

    CLEAR = "TLP:CLEAR"
    GREEN = "TLP:GREEN"
    AMBER = "TLP:AMBER"
    AMBER_STRICT = "TLP:AMBER+STRICT"
    RED = "TLP:RED"

    @property
    def level(self) -> int:
        """Rank from 0 (may be published) to 4 (for the eyes of those present)."""
        return list(Sensitivity).index(self)

    def __or__(self, other: Sensitivity) -> Sensitivity:
        """Join: what derives from two values is as sensitive as the more sensitive one."""
        return self if self.level >= other.level else other

    def __and__(self, other: Sensitivity) -> Sensitivity:
        """Meet: the less sensitive of two."""
        return self if self.level <= other.level else other

    def may_reach(self, clearance: Sensitivity) -> bool:
        """Whether a reader cleared up to ``clearance`` may see a value so marked."""
        return self.level <= clearance.level


def joined(labels: Iterable[Sensitivity]) -> Sensitivity:
    """Join all labels; with none, CLEAR."""
    return reduce(Sensitivity.__or__, labels, Sensitivity.CLEAR)
