"""What is believed of the phase: a distribution with its reasons."""

from __future__ import annotations

from dataclasses import dataclass

from standwith.kernel.argument import Argument


@dataclass(frozen=True, slots=True)
class PhaseBelief:
    """One phase with its probability; ``held`` when it belongs to the smallest set over 90 %."""

    phase: int
    name: str
    probability: float
    held: bool


@dataclass(frozen=True, slots=True)
class PhaseEstimate:
    """All phases, and the signs that speak."""

    beliefs: tuple[PhaseBelief, ...]
    reasons: tuple[Argument, ...]

    @property
    def held(self) -> frozenset[int]:
        """The phases that the advice must hold for; empty when there is no sign at all."""
        return frozenset(belief.phase for belief in self.beliefs if belief.held)
