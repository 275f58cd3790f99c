"""Plain data of catalogue, assessment and brief: the JSON that other programs may rely on.

The schemas stand in docs/reference/schemas and ship in ``data/schemas``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from standwith.assess.finding import Finding
from standwith.assess.picture import Assessment
from standwith.choose.action import Action
from standwith.choose.audit import Audit
from standwith.choose.page import Brief, Item, Standing
from standwith.choose.recommendation import Change, ProfileAdvice, Question
from standwith.kernel.argument import Argument
from standwith.kernel.source import Citation

Plain = dict[str, Any]


def citation(value: Citation) -> Plain:
    """Write a citation."""
    return {"source": value.source, "lines": value.lines}


def argument(value: Argument) -> Plain:
    """Write an argument tree; leaves carry the passage."""
    row: Plain = {
        "statement": value.statement,
        "verdict": value.verdict.value,
        "rule": value.rule,
        "source": citation(value.citation) if value.citation else None,
    }
    if value.premises:
        row["because"] = [argument(part) for part in value.premises]
    return row


def action(value: Action) -> Plain:
    """Write an entry of the catalogue as ``catalogue list`` gives it."""
    return {
        "id": value.id,
        "title": value.title,
        "tier": value.tier,
        "where": list(value.where),
        "who": list(value.who),
        "target": list(value.target),
        "nature": list(value.nature),
        "goals": list(value.goals),
        "phases": list(value.phases),
        "preconditions": [item.gate for item in value.preconditions],
        "substitute": value.substitute or None,
        "sources": [citation(value.citation)],
    }


def assessment(value: Assessment, profile: str) -> Plain:
    """Write an assessment: context, phase, and each criterion for each organisation."""
    situation = value.situation
    return {
        "case": situation.id,
        "as_of": situation.as_of.isoformat(),
        "profile": profile,
        "context": [argument(item) for item in value.context],
        "phase": [
            {
                "phase": belief.phase,
                "name": belief.name,
                "probability": round(belief.probability, 4),
                "held": belief.held,
                "because": [argument(r) for r in value.phase.reasons] if belief.held else [],
            }
            for belief in value.phase.beliefs
        ],
        "organisations": {
            organisation.id: {
                "name": str(organisation.name),
                "kind": organisation.kind,
                "criteria": _findings(value.organisations[organisation.id]),
            }
            for organisation in situation.organisations
        },
        "criteria": _findings(value.criteria),
    }


def _findings(found: Mapping[str, Finding]) -> Plain:
    return {
        key: {
            "verdict": finding.verdict.value,
            "grade": finding.grade,
            "because": [argument(part) for part in finding.argument.premises],
        }
        for key, finding in found.items()
    }


def brief(value: Brief) -> Plain:
    """Write a brief: one recommendation for every entry of the catalogue."""
    situation = value.assessment.situation
    return {
        "case": situation.id,
        "as_of": situation.as_of.isoformat(),
        "profile": value.profile,
        "catalogue": {"version": value.catalogue_version, "sha256": value.catalogue_sha256},
        "sensitivity": value.marking.value,
        "recommendations": [_item(item) for item in value.items],
        "questions": [_question(item) for item in value.questions],
        "warnings": [
            {"text": item.text, "source": citation(item.source)} for item in situation.warnings
        ],
        "timeliness": _timeliness(value.timeliness),
        "sources": _sources(value),
    }


def _item(item: Item) -> Plain:
    advice = item.recommendation
    return {
        "action": advice.action.id,
        "title": advice.action.title,
        "verdict": advice.advice.value,
        "profiles": {p.profile: _under(p) for p in advice.profiles},
        "pending": list(advice.pending),
        "first": list(advice.governing.first),
        "limits": [*advice.action.limits, *advice.remarks],
        "band": item.standing.band if item.standing else None,
        "ranking": _standing(item.standing) if item.standing else None,
        "evidence": _evidence(item),
        "because": [argument(reason) for reason in item.because],
        "would_change_if": [_change(change) for change in item.would_change],
        "conflicts": [{"action": other, "why": why} for other, why in item.conflicts],
        "substitute": advice.action.substitute or None,
    }


def _under(value: ProfileAdvice) -> Plain:
    return {
        "verdict": value.advice.value,
        "fit_for": list(value.fit_for),
        "organisations": {
            d.organisation: d.advice.value for d in value.decisions if d.organisation
        },
    }


def _standing(value: Standing) -> Plain:
    sure = value.confidence
    return {
        "called_for": value.called,
        "utility": round(value.utility, 4),
        "first_rank_acceptability": round(value.first, 4),
        "confidence": None if sure is None else round(sure, 4),
        "central_weights": None if value.central is None else [round(w, 4) for w in value.central],
    }


def _evidence(item: Item) -> Plain:
    grade, value = item.evidence, item.recommendation.action
    return {
        "grade": grade.letter,
        "s": round(grade.s, 4),
        "studies": grade.studies,
        "for": list(value.evidence_for),
        "against": list(value.evidence_against),
    }


def _change(value: Change) -> Plain:
    return {
        "facts": [
            {"fact": fact, "about": subject or "situation", "becomes": verdict.value}
            for fact, subject, verdict in value.assumed
        ],
        "verdict": value.advice.value,
    }


def _question(value: Question) -> Plain:
    return {
        "fact": value.fact,
        "about": value.subject or "situation",
        "question": value.text,
        "ask": value.ask,
        "risk_of_asking": value.risk_of_asking,
        "value": round(value.value, 4),
        "evpi": round(value.evpi, 4),
        "unlocks": list(value.unlocks),
        "helps": list(value.helps),
    }


def _timeliness(value: Audit) -> list[Plain]:
    rows: list[Plain] = [{"finding": text} for text in value.findings]
    return rows + [
        {
            "actor": lag.act.actor,
            "act": lag.act.what,
            "tool": lag.act.tool,
            "days": {"least": lag.least, "most": lag.most},
            "source": citation(lag.act.source),
        }
        for lag in value.lags
    ]


def _sources(value: Brief) -> list[Plain]:
    situation = value.assessment.situation
    return [
        {"id": s.id, "title": s.title, "author": s.author, "citation": s.citation}
        for s in situation.sources.values()
        if s.published <= situation.as_of
    ]
