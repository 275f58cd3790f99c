"""The assessment of a situation: context, phase, and each criterion for each organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from standwith.assess.criteria import Finding, criteria, evaluate
from standwith.assess.evidence import Evidence
from standwith.assess.fact import fact_definitions
from standwith.assess.phase import PhaseEstimate, estimate
from standwith.assess.situation import Situation, as_known
from standwith.kernel.argument import Argument


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was known on a day, and what it comes to."""

    situation: Situation
    evidence: Evidence
    context: tuple[Argument, ...]
    phase: PhaseEstimate
    criteria: Mapping[str, Finding]
    organisations: Mapping[str, Mapping[str, Finding]]


def assess(situation: Situation, *, as_of: date) -> Assessment:
    """Assess a situation from what was known on a day; organisations are kept apart."""
    known = as_known(situation, as_of=as_of)
    evidence = Evidence(known)
    general = _findings(evidence, "situation", None)
    separate = {o.id: _findings(evidence, "organisation", o.id) for o in known.organisations}
    context = tuple(
        evidence.argue(fact)
        for fact, definition in fact_definitions().items()
        if definition.scope == "situation" and evidence.status(fact).claims
    )
    return Assessment(known, evidence, context, estimate(known.phase_evidence), general, separate)


def _findings(evidence: Evidence, scope: str, subject: str | None) -> dict[str, Finding]:
    chosen = ((k, c) for k, c in criteria().items() if c.decidable and c.scope == scope)
    return {key: evaluate(criterion, evidence, subject) for key, criterion in chosen}
