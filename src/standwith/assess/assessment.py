"""The assessment of a situation: context, phase, and each criterion for each organisation."""

from __future__ import annotations

from datetime import date

from standwith.assess.criteria import criteria, evaluate
from standwith.assess.evidence import Evidence
from standwith.assess.fact import fact_definitions
from standwith.assess.finding import Finding
from standwith.assess.phase import estimate
from standwith.assess.picture import Assessment
from standwith.assess.situation import Situation, as_known


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
    return Assessment(known, context, estimate(known.phase_evidence), general, separate)


def _findings(evidence: Evidence, scope: str, subject: str | None) -> dict[str, Finding]:
    day = evidence.situation.as_of
    chosen = ((k, c) for k, c in criteria().items() if c.decidable and c.scope == scope)
    return {k: evaluate(c, evidence, subject) for k, c in chosen if c.in_force(day)}
