"""The picture of a case: what was known on a day, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standwith.assess.belief import PhaseEstimate
from standwith.assess.finding import Finding
from standwith.assess.situation import Situation
from standwith.kernel.argument import Argument


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was known on a day, and what it comes to."""

    situation: Situation
    context: tuple[Argument, ...]
    phase: PhaseEstimate
    criteria: Mapping[str, Finding]
    organisations: Mapping[str, Mapping[str, Finding]]
