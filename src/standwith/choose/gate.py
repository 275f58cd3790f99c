"""The house gates: facts that open, sign-offs that become tasks, coordination that comes first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from standwith.choose.release import current
from standwith.kernel.source import Citation

SIGN_OFF_WORDS = {
    "EV": "evidence",
    "LB": "legal-basis",
    "RB": "risk",
    "ID": "identity-protection",
    "NE": "neutrality",
    "LO": "local-ownership",
    "P1": "intention-and-proportionality",
}
COUNSEL = ("counsel", "second-approver")


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate: ``kind`` is fact, sign-off or coordination; a fact gate names its fact."""

    code: str
    title: str
    kind: str
    fact: str
    citation: Citation


@cache
def gates() -> Mapping[str, Gate]:
    """Return the gates of the shipped release by code."""
    return {
        row["code"]: Gate(
            row["code"],
            row["title"]["en"],
            row["kind"],
            row["fact"] or "",
            Citation(row["sources"][0]["source"], row["sources"][0]["lines"]),
        )
        for row in current()["gates"]
    }
