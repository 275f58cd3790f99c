"""The shipped catalogue, as the engine reads it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from standwith.choose.action import Action, Precondition, Risk
from standwith.choose.release import current
from standwith.kernel.document import Data
from standwith.kernel.source import Citation


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
