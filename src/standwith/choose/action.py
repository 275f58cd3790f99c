"""Actions of the catalogue, as the engine reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from standwith.choose.release import current
from standwith.kernel.document import Data
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


@cache
def catalogue() -> Mapping[str, Action]:
    """Return the actions of the shipped release by id, in catalogue order."""
    return {row["id"]: read_action(row) for row in current()["actions"] if _live(row)}


def _live(row: Data) -> bool:
    return bool(row["status"] == "active")


def read_action(row: Data) -> Action:
    """Read a record that fits the schema of actions."""
    estimates, relations, first = row["estimates"], row["relations"], row["sources"][0]
    substitute = row["substitute"] or {"text": {"en": ""}, "actions": []}
    return Action(
        id=row["id"],
        title=row["title"]["en"],
        paraphrase=row["paraphrase"]["en"],
        **{key: tuple(row[key]) for key in _LISTS},
        tier=row["tier"],
        recipient=row["recipient"],
        preconditions=tuple(Precondition(**item) for item in row["preconditions"]),
        substitute=substitute["text"]["en"],
        substitute_actions=tuple(substitute["actions"]),
        risks=tuple(Risk(**item) for item in row["risks"]),
        evidence_for=tuple(row["evidence"]["for"]),
        evidence_against=tuple(row["evidence"]["against"]),
        notice_days=(estimates["notice_days"]["min"], estimates["notice_days"]["typical"]),
        cost_eur=(estimates["cost_eur"]["low"], estimates["cost_eur"]["high"]),
        reversibility=float(estimates["reversibility"]),
        coalition_fit=float(estimates["coalition_fit"]),
        part_of=relations["part_of"],
        parts=tuple(relations["parts"]),
        requires=tuple(relations["requires"]),
        conflicts=tuple((item["action"], item["why"]) for item in relations["conflicts"]),
        overlaps=tuple(relations["overlaps"]),
        citation=Citation(first["source"], first["lines"]),
    )


_LISTS = ("where", "who", "target", "nature", "goals", "phases", "limits", "apt_when")
