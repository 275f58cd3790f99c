"""Gates first: one action, one organisation, one profile, one verdict, with every reason.

Nothing is scored here. Fact gates open on true alone; a false one holds, an unknown one asks, a
contested one shows both sides. Sign-offs never stop advice: they become pending approvals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from standwith.assess.evidence import Evidence
from standwith.assess.fact import fact_definitions
from standwith.assess.picture import Assessment
from standwith.assess.policy import Profile
from standwith.assess.situation import Organisation
from standwith.choose.action import Action
from standwith.choose.advice import Advice
from standwith.choose.binding import Binding, bind, subject_of
from standwith.choose.decision import Decision, GateFinding
from standwith.choose.row import Row
from standwith.choose.table import View, holds, rows
from standwith.kernel.verdict import Verdict, conjunction, disjunction

PHASE = ("phase", "")
"""The key under which a phase that fits may be assumed."""

_OF_GATE = {
    Verdict.FALSE: Advice.HOLD,
    Verdict.UNKNOWN: Advice.NEEDS_INFO,
    Verdict.BOTH: Advice.CONTESTED,
}


Assumptions = Mapping[tuple[str, str], Verdict]
"""Values put in the place of what is known: by (fact, subject), or by ("criterion", id)."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What holds of an action in this situation for every organisation."""

    action: Action
    binding: Binding
    rows: tuple[Row, ...]
    fits: Verdict
    apt: Verdict


class Judge:
    """Decides actions in one assessed situation under one profile."""

    def __init__(self, assessment: Assessment, profile: Profile) -> None:
        """Prepare what does not depend on the action."""
        self.assessment = assessment
        self.profile = profile
        self.situation = assessment.situation
        self.evidence = Evidence(assessment.situation)
        self.phases = assessment.phase.held
        day = self.situation.as_of
        mine = [r for r in rows() if profile.base in r.profiles and r.in_force(day)]
        self._rows: dict[str, list[Row]] = {}
        for row in mine:
            for action in row.actions:
                self._rows.setdefault(action, []).append(row)
        self._views = {
            organisation.id: _view(assessment, self.evidence, organisation)
            for organisation in self.situation.organisations
        }
        self._views[""] = _view(assessment, self.evidence, None)
        self._plans: dict[int, _Plan] = {}
        self._looked: dict[tuple[str, str], Verdict] = {}
        self.scope = self._scope()

    def recipients(self, action: Action) -> tuple[Organisation | None, ...]:
        """List the organisations for which an action is decided; (None,) where it has none."""
        if action.recipient == "movement":
            return self.situation.organisations
        if action.recipient == "armed":
            armed = tuple(o for o in self.situation.organisations if o.kind == "armed")
            return armed or (None,)
        return (None,)

    def decide(
        self,
        action: Action,
        organisation: Organisation | None,
        assumed: Assumptions = MappingProxyType({}),
    ) -> Decision:
        """Decide one action, with some facts or criteria assumed to be otherwise."""
        plan = self._plan(action)
        name = organisation.id if organisation else ""
        found = tuple(self._gates(plan.binding, action.id, name, assumed))
        view = self._views[name]
        if assumed:
            view = _assuming(view, assumed)
        hit = tuple(r for r in plan.rows if holds(r.when, view)) if plan.rows else ()
        fits = assumed.get(PHASE) or plan.fits
        advice = self._advise(action, found, hit, fits, plan.apt)
        counsel = any(row.outcome == "counsel" for row in hit)
        binding = plan.binding
        return Decision(
            action.id,
            self.profile.id,
            name or None,
            advice,
            found,
            hit,
            fits,
            plan.apt,
            binding.pending_with_counsel if counsel else binding.pending,
            binding.first,
        )

    def _plan(self, action: Action) -> _Plan:
        """Work out once what does not depend on the organisation; kept by identity."""
        known = self._plans.get(id(action))
        if known is None:
            known = _Plan(
                action,
                bind(action, self.profile),
                tuple(self._rows.get(action.id, ())),
                self._fits(action),
                self._apt(action),
            )
            self._plans[id(action)] = known
        return known

    def _held(self, action: Action) -> list[Advice]:
        own = [Advice.HOLD] if action.id in self.profile.hold else []
        return own if self.scope is None else [*own, self.scope]

    def look(self, fact: str, subject: str) -> Verdict:
        """Look a fact up in the evidence; subjects of persons are the actions themselves."""
        key = (fact, subject)
        if key not in self._looked:
            self._looked[key] = _look(self.evidence, fact, subject)
        return self._looked[key]

    def _scope(self) -> Advice | None:
        outside = [self._held_of(key) for key in self.profile.out_of_scope_if]
        if Verdict.TRUE in outside:
            return Advice.OUT_OF_SCOPE
        if Verdict.BOTH in outside:
            return Advice.CONTESTED
        needed = conjunction(self._held_of(key) for key in self.profile.context_needed)
        if needed.opens:
            return None
        return Advice.OUT_OF_SCOPE if needed is Verdict.FALSE else _OF_GATE[needed]

    def _held_of(self, criterion: str) -> Verdict:
        """Return what is held of a criterion; one that is not in force does not apply."""
        finding = self.assessment.criteria.get(criterion)
        return finding.verdict if finding else Verdict.NOT_APPLICABLE

    def _gates(
        self, binding: Binding, action: str, organisation: str, assumed: Assumptions
    ) -> Iterable[GateFinding]:
        for gate in binding.gates:
            subject = subject_of(gate.fact, action, organisation)
            verdict = assumed.get((gate.fact, subject)) or self.look(gate.fact, subject)
            if gate.otherwise:
                other = subject_of(gate.otherwise, action, organisation)
                verdict |= assumed.get((gate.otherwise, other)) or self.look(gate.otherwise, other)
            yield GateFinding(gate.code, gate.fact, subject, verdict)

    def _fits(self, action: Action) -> Verdict:
        if not self.phases:
            return Verdict.UNKNOWN
        return Verdict.TRUE if self.phases & set(action.phases) else Verdict.FALSE

    def _apt(self, action: Action) -> Verdict:
        evidence = self.evidence
        words = action.apt_when
        if "always" in words:
            return Verdict.TRUE
        return disjunction(evidence.verdict(fact) for fact in words if fact != "never")

    def _advise(
        self,
        action: Action,
        found: tuple[GateFinding, ...],
        hit: tuple[Row, ...],
        fits: Verdict,
        apt: Verdict,
    ) -> Advice:
        if action.tier in _NEVER:
            unwarranted = any(row.outcome == Advice.NOT_WARRANTED.value for row in hit)
            return Advice.NOT_WARRANTED if unwarranted else _NEVER[action.tier]
        held = [_OF_GATE[v] for v in (*(f.verdict for f in found), fits) if not v.opens]
        held += [Advice(row.outcome) for row in hit if row.outcome not in _REMARKS]
        held += self._held(action)
        open_to = Advice.RECOMMEND if apt is Verdict.TRUE else Advice.PERMIT
        return max(held, key=lambda advice: advice.strictness, default=open_to)


_NEVER = {"REF": Advice.REFERENCE_ONLY, "T3": Advice.PROHIBITED}
_REMARKS = frozenset({"measured", "counsel"})


def _look(evidence: Evidence, fact: str, subject: str) -> Verdict:
    scope = fact_definitions()[fact].scope
    if fact == "request":
        action, _, organisation = subject.partition("@")
        return evidence.requested(action, organisation or None)
    if scope == "situation":
        return _expected(evidence) if fact == "repression-expected" else evidence.verdict(fact)
    if scope == "organisation" and not subject:
        return evidence.any_organisation(fact)
    return evidence.verdict(fact, subject)


def _expected(evidence: Evidence) -> Verdict:
    """Repression is to be expected while a movement goes on, unless a source says otherwise.

    Source: icnc-guide L158.
    """
    said = evidence.status("repression-expected")
    if said.claims:
        return said.verdict
    return evidence.verdict("movement-active")


def _view(assessment: Assessment, evidence: Evidence, organisation: Organisation | None) -> View:
    own = assessment.organisations[organisation.id] if organisation else {}
    found = {**assessment.criteria, **own}
    words = {key: (finding.verdict.value, finding.grade) for key, finding in found.items()}

    def criterion(key: str) -> tuple[str, str]:
        return words.get(key, ("unknown", "unknown"))

    def fact(key: str) -> tuple[str, str]:
        status = evidence.status(key)
        return status.verdict.value, status.grade

    return View(criterion, fact, organisation.kind if organisation else "")


_GRADES = {Verdict.TRUE: "met", Verdict.FALSE: "not"}


def _assuming(view: View, assumed: Assumptions) -> View:
    def criterion(key: str) -> tuple[str, str]:
        verdict = assumed.get(("criterion", key))
        return (verdict.value, _GRADES[verdict]) if verdict else view.criterion(key)

    def fact(key: str) -> tuple[str, str]:
        verdict = assumed.get((key, ""))
        return (verdict.value, _GRADES[verdict]) if verdict else view.fact(key)

    return View(criterion, fact, view.organisation)
