"""Recognition of a person under a standard: what a body holds, when, on which criteria.

Nothing here says that a person is a political prisoner. It checks the form of what people decide:
a standard with its criteria, the clause of exclusion looked at, reasons, and two persons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Criteria by standard, in our own words. PACE is Resolution 1900 (2012) of the Parliamentary
# Assembly; Guidelines those of 2013 of non-governmental organisations; WGAD the five categories.
STANDARDS: Mapping[str, Mapping[str, str]] = {
    "PACE1900": {
        "a": "detained in breach of freedom of thought, expression or assembly",
        "b": "detained for purely political reasons, without any offence",
        "c": "for political motives, length or conditions out of all proportion",
        "d": "for political motives, treated otherwise than others",
        "e": "after clearly unfair proceedings that political motives explain",
    },
    "Guidelines-3.1": {
        "beliefs": "for beliefs alone",
        "exercise": "for the peaceful exercise of rights",
        "defender": "for work in defence of rights",
        "belonging": "for belonging to a group",
    },
    "Guidelines-3.2": {
        "unfair": "political motive, and the trial was unfair",
        "fabricated": "political motive, and the offence was invented or none",
        "disproportionate": "political motive, and out of proportion",
        "selective": "political motive, and selective",
    },
    "WGAD": {
        "I": "no legal basis",
        "II": "for the exercise of protected rights",
        "III": "fair trial denied so gravely that detention is arbitrary",
        "IV": "asylum seekers or migrants held at length without review",
        "V": "discrimination",
    },
    "CPJ": {"work": "for work as a journalist"},
    "PEN": {"writing": "for writing or speech"},
    "FoRB": {"belief": "for religion or belief"},
    "Amnesty": {"conscience": "prisoner of conscience"},
    "AAPP": {"political": "political prisoner by its definition"},
    "own": {"own": "by a standard of our own, set out in the reasoning"},
}
# Standards that exclude violence: the clause must be looked at before anything is decided.
EXCLUDING = frozenset({"PACE1900", "Guidelines-3.1", "Guidelines-3.2", "Amnesty"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is proposed: standard, whose assessment, criteria, exclusion, reasons, source."""

    standard: str
    body: str
    criteria: Sequence[str]
    exclusion_checked: bool
    exclusion_found: bool
    reasoning: str
    cited: str
    conflict: str = ""


def problems(asked: Asked) -> dict[str, str]:
    """Say what is wrong with the form of a proposal, by field; nothing where it can be decided."""
    known = STANDARDS.get(asked.standard)
    if known is None:
        return {"standard": f"choose {', '.join(STANDARDS)}"}
    wrong = _unheard(asked)
    if not asked.criteria or not set(asked.criteria) <= known.keys():
        told = "; ".join(f"{key}: {said}" for key, said in known.items())
        wrong["criteria"] = f"choose from {told}"
    if asked.standard in EXCLUDING and not asked.exclusion_checked:
        wrong["exclusion_checked"] = "look at the clause of exclusion (violence) first"
    if asked.exclusion_found:
        wrong["exclusion_found"] = "excluded under this standard; that makes no prosecution lawful"
    return wrong


_LEAST = (
    ("body", 2, "whose assessment is it?"),
    ("reasoning", 20, "give the reasons"),
    ("cited", 3, "name the sources"),
)


def _unheard(asked: Asked) -> dict[str, str]:
    """Say which texts are missing or too short to be one."""
    return {name: what for name, least, what in _LEAST
            if len(getattr(asked, name).strip()) < least}  # fmt: skip
