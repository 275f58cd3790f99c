"""Actions of the catalogue, as the engine reads them."""

from __future__ import annotations

from dataclasses import dataclass

from standwith.kernel.source import Citation

DIMENSIONS = ("where", "target", "nature", "goals", "phases", "tier")


@dataclass(frozen=True, slots=True)
class Precondition:
    """A gate of an action; with ``when`` it binds only in that case and blocks nothing before."""

    gate: str
    when: str = ""
    profile: str = ""
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Risk:
    """Who may be harmed, how badly (low, medium, high), and what lowers it."""

    to: str
    what: str
    severity: str
    mitigation: str


@dataclass(frozen=True, slots=True)
class Action:
    """One record of the catalogue; codes are those of docs/reference/codes."""

    id: str
    title: str
    paraphrase: str
    where: tuple[str, ...]
    who: tuple[str, ...]
    target: tuple[str, ...]
    nature: tuple[str, ...]
    goals: tuple[str, ...]
    phases: tuple[int, ...]
    tier: str
    recipient: str
    preconditions: tuple[Precondition, ...]
    limits: tuple[str, ...]
    apt_when: tuple[str, ...]
    substitute: str
    substitute_actions: tuple[str, ...]
    risks: tuple[Risk, ...]
    evidence_for: tuple[str, ...]
    evidence_against: tuple[str, ...]
    notice_days: tuple[int, int]
    cost_eur: tuple[int, int]
    reversibility: float
    coalition_fit: float
    part_of: str | None
    parts: tuple[str, ...]
    requires: tuple[str, ...]
    conflicts: tuple[tuple[str, str], ...]
    overlaps: tuple[str, ...]
    citation: Citation

    def values(self, dimension: str) -> tuple[str, ...]:
        """Return the codes of this action in one of the six dimensions."""
        value = getattr(self, dimension)
        return (value,) if isinstance(value, str) else tuple(str(code) for code in value)
