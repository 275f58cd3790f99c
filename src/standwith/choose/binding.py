"""What binds an action under a profile: its fact gates, its sign-offs, what comes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from standwith.assess.fact import fact_definitions
from standwith.assess.policy import Profile
from standwith.choose.action import Action, Precondition
from standwith.choose.gate import COUNSEL, SIGN_OFF_WORDS, gates


@dataclass(frozen=True, slots=True)
class BoundGate:
    """A fact gate with the fact it asks for, and the fact that may stand in for it."""

    code: str
    fact: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class Binding:
    """All that binds an action under a profile, whatever the situation is."""

    gates: tuple[BoundGate, ...]
    pending: tuple[str, ...]
    pending_with_counsel: tuple[str, ...]
    first: tuple[str, ...]


def bind(action: Action, profile: Profile) -> Binding:
    """Work out what binds an action; the icnc policy lets nothing stand in for a gate."""
    bound = tuple(
        BoundGate(
            item.gate,
            gates()[item.gate].fact,
            gates()[item.otherwise].fact if item.otherwise and profile.base != "icnc" else "",
        )
        for item in fact_gates(action, profile)
    )
    barred = action.tier in {"T3", "REF"}
    return Binding(
        bound,
        () if barred else pending_of(action, profile),
        () if barred else pending_of(action, profile, counsel=True),
        coming_first(action),
    )


def fact_gates(action: Action, profile: Profile) -> tuple[Precondition, ...]:
    """List the fact gates that bind an action under a profile without any condition."""
    listed = [item for item in _binding(action, profile) if _kind(item.gate) == "fact"]
    codes = {item.gate for item in listed}
    added = (code for code in dict.fromkeys(_added(action, profile)) if code not in codes)
    return (*listed, *(Precondition(code) for code in added))


def _added(action: Action, profile: Profile) -> Iterable[str]:
    yield from (code for code in profile.gates.get(action.id, ()) if _kind(code) == "fact")
    if profile.nonviolent_recipients and action.recipient in {"movement", "armed"}:
        yield "NV"


def _binding(action: Action, profile: Profile) -> Iterable[Precondition]:
    for item in action.preconditions:
        if not item.when and item.profile in {"", profile.base}:
            yield item


def pending_of(action: Action, profile: Profile, *, counsel: bool = False) -> tuple[str, ...]:
    """List the sign-offs that an action waits for, in words; T2 adds counsel and a second hand."""
    codes = [item.gate for item in _binding(action, profile)]
    codes += profile.gates.get(action.id, ())
    words = [SIGN_OFF_WORDS[code] for code in codes if code in SIGN_OFF_WORDS]
    if action.tier == "T2" or counsel:
        words += COUNSEL
    if action.tier == "T1" and not words:
        words.append("risk")
    return tuple(dict.fromkeys(words))


def coming_first(action: Action) -> tuple[str, ...]:
    """List what comes before an action: CN for the coalition, then the actions it requires."""
    gates_met = (p.gate for p in action.preconditions if not p.when)
    coordinated = any(_kind(gate) == "coordination" for gate in gates_met)
    return (*(("CN",) if coordinated else ()), *action.requires)


def subject_of(fact: str, action: str, organisation: str) -> str:
    """Name what a fact is about: nothing further, an organisation, or the action's persons."""
    scope = fact_definitions()[fact].scope
    if fact == "request":
        return f"{action}@{organisation}"
    return {"situation": "", "organisation": organisation}.get(scope, action)


def _kind(gate: str) -> str:
    known = gates().get(gate)
    return known.kind if known else "rule"
