"""The brief as data: everything that the renderings show; they decide nothing."""

from __future__ import annotations

from dataclasses import dataclass

from standwith.assess.picture import Assessment
from standwith.assess.policy import Profile
from standwith.choose.advice import Advice
from standwith.choose.audit import Audit
from standwith.choose.recommendation import Change, Question, Recommendation
from standwith.kernel.argument import Argument
from standwith.kernel.sensitivity import Sensitivity, joined


@dataclass(frozen=True, slots=True)
class EvidenceGrade:
    """A letter, the sum s that it comes from, and how many studies stand behind it."""

    letter: str
    s: float
    studies: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an advised action stands in the ranking.

    ``called`` says what a source asks in this very case (2 strongly, 1 weakly, 0 nothing, -1
    against): it comes before any score. ``central`` are the mean weights that put it first.
    """

    band: int
    called: int
    utility: float
    first: float
    confidence: float | None
    central: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class Item:
    """One recommendation with its standing, reasons and what would change it."""

    recommendation: Recommendation
    standing: Standing | None
    evidence: EvidenceGrade
    because: tuple[Argument, ...]
    would_change: tuple[Change, ...]
    conflicts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything that the renderings show; they decide nothing."""

    assessment: Assessment
    profile: str
    profiles: tuple[Profile, ...]
    items: tuple[Item, ...]
    questions: tuple[Question, ...]
    timeliness: Audit
    catalogue_version: str
    catalogue_sha256: str

    @property
    def marking(self) -> Sensitivity:
        """AMBER, because a ranking leaks intent, or what its claims ask for if that is more."""
        labels = (claim.sensitivity for claim in self.assessment.situation.claims)
        return joined((Sensitivity.AMBER, *labels))

    def with_advice(self, *advice: Advice) -> tuple[Item, ...]:
        """List the items of given verdicts, best band first, then in catalogue order."""
        chosen = [item for item in self.items if item.recommendation.advice in advice]
        return tuple(sorted(chosen, key=lambda i: i.standing.band if i.standing else 99))
