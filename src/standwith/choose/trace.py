"""Argument trees of recommendations: verdict, rule, fact, claim, passage."""

from __future__ import annotations

from collections.abc import Iterator

from standwith.assess.fact import fact_definitions
from standwith.assess.situation import SITUATION
from standwith.choose.action import Action
from standwith.choose.advice import Advice
from standwith.choose.codes import TIERS
from standwith.choose.decide import Judge
from standwith.choose.decision import Decision, GateFinding
from standwith.choose.gate import gates
from standwith.kernel.argument import Argument
from standwith.kernel.source import Citation
from standwith.kernel.verdict import Verdict

_HOUSE = Citation("icnc-guide", "254")


def because(judge: Judge, action: Action, decision: Decision) -> tuple[Argument, ...]:
    """List the reasons of a decision, the deciding ones first; what calls for it comes last."""
    reasons = [_tier(action)]
    if decision.advice in {Advice.REFERENCE_ONLY, Advice.PROHIBITED}:
        return (*reasons, *_substitute(action))
    reasons += [_gate(judge, finding) for finding in decision.gates]
    reasons += [_row(judge, decision, row.id) for row in decision.rows]
    reasons += _scope(judge)
    if own := judge.profile.hold.get(action.id):
        reasons.append(Argument(own, Verdict.FALSE, f"{judge.profile.id} hold"))
    reasons += (_phase(judge, action, decision), _apt(judge, action, decision))
    return tuple(sorted(reasons, key=lambda r: (r.rule == "apt", _WEIGHT[r.verdict])))


_WEIGHT = {
    Verdict.FALSE: 0,
    Verdict.UNKNOWN: 1,
    Verdict.BOTH: 2,
    Verdict.TRUE: 3,
    Verdict.NOT_APPLICABLE: 4,
}


def _tier(action: Action) -> Argument:
    barred = action.tier in {"T3", "REF"}
    verdict = Verdict.FALSE if barred else Verdict.TRUE
    text = f"tier {action.tier}: {TIERS[action.tier]}"
    return Argument(text, verdict, action.tier, action.citation)


def _substitute(action: Action) -> Iterator[Argument]:
    if action.substitute:
        names = f" ({', '.join(action.substitute_actions)})" if action.substitute_actions else ""
        text = f"lawful substitute: {action.substitute}{names}"
        yield Argument(text, Verdict.TRUE, "substitute", action.citation)


def _gate(judge: Judge, finding: GateFinding) -> Argument:
    gate = gates()[finding.gate]
    return Argument(
        gate.title, finding.verdict, finding.gate, gate.citation, (_fact(judge, finding),)
    )


def _fact(judge: Judge, finding: GateFinding) -> Argument:
    definition = fact_definitions()[finding.fact]
    evidence = judge.evidence
    if definition.scope == "person":
        argument = evidence.argue(finding.fact, finding.subject)
        return argument if argument.premises else _per_person(finding)
    if finding.fact == "request":
        asks = [r for r in judge.situation.requests if finding.subject.split("@")[0] in r.actions]
        leaves = tuple(Argument(r.note, finding.verdict, r.id, r.source) for r in asks)
        text = (
            "verified request in force"
            if finding.verdict is Verdict.TRUE
            else ("no verified request in force")
        )
        return Argument(text, finding.verdict, "request", premises=leaves)
    return evidence.argue(finding.fact, finding.subject or SITUATION)


def _per_person(finding: GateFinding) -> Argument:
    text = "to be shown for each person before anything happens"
    return Argument(text, Verdict.UNKNOWN, finding.fact)


def _row(judge: Judge, decision: Decision, row_id: str) -> Argument:
    row = next(row for row in decision.rows if row.id == row_id)
    verdicts = {"needs-info": Verdict.UNKNOWN, "contested": Verdict.BOTH}
    remark = {"measured": Verdict.TRUE, "counsel": Verdict.TRUE}
    verdict = verdicts.get(row.outcome) or remark.get(row.outcome, Verdict.FALSE)
    own = judge.assessment.organisations.get(decision.organisation or "", {})
    seen = _named(str(row.when))
    found = [own.get(name) or judge.assessment.criteria.get(name) for name in seen]
    return Argument(
        row.because,
        verdict,
        row.id,
        row.citation,
        tuple(finding.argument for finding in found if finding is not None),
    )


def _named(text: str) -> tuple[str, ...]:
    return tuple(name for name in _CRITERIA if f"'{name}'" in text)


_CRITERIA = ("R1", "R2", "R3", "R4", "R5", "R6", "J5", "J6")


def _scope(judge: Judge) -> Iterator[Argument]:
    if judge.scope is None:
        return
    for key in (*judge.profile.out_of_scope_if, *judge.profile.context_needed):
        if key in judge.assessment.criteria:
            yield judge.assessment.criteria[key].argument


def _phase(judge: Judge, action: Action, decision: Decision) -> Argument:
    fits = ", ".join(str(phase) for phase in action.phases)
    held = ", ".join(str(phase) for phase in sorted(judge.phases)) or "not known"
    text = f"fits phase {fits}; the movement is in phase {held}"
    return Argument(text, decision.fits_phase, "K12", _HOUSE)


def _apt(judge: Judge, action: Action, decision: Decision) -> Argument:
    if "always" in action.apt_when:
        return Argument("apt at any time", Verdict.TRUE, "apt", action.citation)
    evidence = judge.evidence
    facts = [fact for fact in action.apt_when if fact != "never"]
    premises = tuple(evidence.argue(fact) for fact in facts)
    text = f"called for by: {', '.join(facts)}" if facts else "no fact calls for it by itself"
    verdict = decision.apt if facts else Verdict.NOT_APPLICABLE
    return Argument(text, verdict, "apt", action.citation, premises)
