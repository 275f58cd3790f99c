"""Gates first: one action, one organisation, one profile, one verdict, with every reason.

Nothing is scored here. Fact gates open on true alone; a false one holds, an unknown one asks, a
contested one shows both sides. Sign-offs never stop advice: they become pending approvals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from standwith.assess.assessment import Assessment
from standwith.assess.criteria import Finding
from standwith.assess.evidence import Evidence
from standwith.assess.fact import fact_definitions
from standwith.assess.profile import Profile
from standwith.assess.situation import Organisation
from standwith.choose.action import Action, Precondition
from standwith.choose.advice import Advice
from standwith.choose.gate import COUNSEL, SIGN_OFF_WORDS, gates
from standwith.choose.table import Row, View, holds, rows
from standwith.kernel.verdict import Verdict, disjunction

PHASE = ("phase", "")
"""The key under which a phase that fits may be assumed."""

_OF_GATE = {
    Verdict.FALSE: Advice.HOLD,
    Verdict.UNKNOWN: Advice.NEEDS_INFO,
    Verdict.BOTH: Advice.CONTESTED,
}
_BARRED = frozenset({Advice.PROHIBITED, Advice.REFERENCE_ONLY})


@dataclass(frozen=True, slots=True)
class GateFinding:
    """A fact gate and what is known of it; subject names the organisation or action it is about."""

    gate: str
    fact: str
    subject: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict on one action for one organisation (None: no recipient) under one profile."""

    action: str
    profile: str
    organisation: str | None
    advice: Advice
    gates: tuple[GateFinding, ...]
    rows: tuple[Row, ...]
    fits_phase: Verdict
    apt: Verdict
    pending: tuple[str, ...]
    first: tuple[str, ...]


Assumptions = Mapping[tuple[str, str], Verdict]
"""Values put in the place of what is known: by (fact, subject), or by ("criterion", id)."""


class Judge:
    """Decides actions in one assessed situation under one profile."""

    def __init__(self, assessment: Assessment, profile: Profile) -> None:
        """Prepare what does not depend on the action."""
        self.assessment = assessment
        self.profile = profile
        self.situation = assessment.situation
        self.phases = assessment.phase.held
        day = self.situation.as_of
        mine = [r for r in rows() if profile.base in r.profiles and r.in_force(day)]
        self._rows: dict[str, list[Row]] = {}
        for row in mine:
            for action in row.actions:
                self._rows.setdefault(action, []).append(row)
        self._views = {
            organisation.id: _view(assessment, organisation)
            for organisation in self.situation.organisations
        }
        self._views[""] = _view(assessment, None)
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
        found = tuple(self._gates(action, organisation, assumed))
        view = self._views[organisation.id if organisation else ""]
        if assumed:
            view = _assuming(view, assumed)
        hit = tuple(r for r in self._rows.get(action.id, ()) if holds(r.when, view))
        fits = assumed.get(PHASE) or self._fits(action)
        apt = self._apt(action)
        advice = self._advise(action, found, hit, fits, apt)
        pending = self._pending(action, advice, hit)
        first = coming_first(action)
        name = organisation.id if organisation else None
        return Decision(
            action.id, self.profile.id, name, advice, found, hit, fits, apt, pending, first
        )

    def _held(self, action: Action) -> list[Advice]:
        own = [Advice.HOLD] if action.id in self.profile.hold else []
        return own if self.scope is None else [*own, self.scope]

    def _pending(self, action: Action, advice: Advice, hit: tuple[Row, ...]) -> tuple[str, ...]:
        if advice in _BARRED:
            return ()
        counsel = any(row.outcome == "counsel" for row in hit)
        return pending_of(action, self.profile, counsel=counsel)

    def look(self, fact: str, subject: str) -> Verdict:
        """Look a fact up in the evidence; subjects of persons are the actions themselves."""
        evidence = self.assessment.evidence
        scope = fact_definitions()[fact].scope
        if fact == "request":
            action, _, organisation = subject.partition("@")
            return evidence.requested(action, organisation or None)
        if scope == "situation":
            return _expected(evidence) if fact == "repression-expected" else evidence.verdict(fact)
        if scope == "organisation" and not subject:
            return evidence.any_organisation(fact)
        return evidence.verdict(fact, subject)

    def _scope(self) -> Advice | None:
        findings = self.assessment.criteria
        for key in self.profile.out_of_scope_if:
            if findings[key].verdict is Verdict.TRUE:
                return Advice.OUT_OF_SCOPE
            if findings[key].verdict is Verdict.BOTH:
                return Advice.CONTESTED
        for key in self.profile.context_needed:
            if findings[key].verdict is Verdict.FALSE:
                return Advice.OUT_OF_SCOPE
            if not findings[key].verdict.opens:
                return _OF_GATE[findings[key].verdict]
        return None

    def _gates(
        self, action: Action, organisation: Organisation | None, assumed: Assumptions
    ) -> Iterable[GateFinding]:
        name = organisation.id if organisation else ""

        def lookup(fact: str, subject: str) -> Verdict:
            return assumed.get((fact, subject)) or self.look(fact, subject)

        for gate in fact_gates(action, self.profile):
            fact = gates()[gate.gate].fact
            subject = subject_of(fact, action.id, name)
            verdict = lookup(fact, subject)
            if gate.otherwise and self.profile.base != "icnc":
                other = gates()[gate.otherwise].fact
                verdict = disjunction((verdict, lookup(other, subject_of(other, action.id, name))))
            yield GateFinding(gate.gate, fact, subject, verdict)

    def _fits(self, action: Action) -> Verdict:
        if not self.phases:
            return Verdict.UNKNOWN
        return Verdict.TRUE if self.phases & set(action.phases) else Verdict.FALSE

    def _apt(self, action: Action) -> Verdict:
        evidence = self.assessment.evidence
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


def fact_gates(action: Action, profile: Profile) -> tuple[Precondition, ...]:
    """List the fact gates that bind an action under a profile without any condition."""
    listed = [item for item in _binding(action, profile) if _kind(item.gate) == "fact"]
    codes = {item.gate for item in listed}
    extra = [code for code in profile.gates.get(action.id, ()) if _kind(code) == "fact"]
    if profile.nonviolent_recipients and action.recipient in {"movement", "armed"}:
        extra.append("NV")
    return (*listed, *(Precondition(code) for code in extra if code not in codes))


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


def _expected(evidence: Evidence) -> Verdict:
    """Repression is to be expected while a movement goes on, unless a source says otherwise.

    Source: icnc-guide L158.
    """
    said = evidence.status("repression-expected")
    if said.claims:
        return said.verdict
    return evidence.verdict("movement-active")


def _view(assessment: Assessment, organisation: Organisation | None) -> View:
    own: Mapping[str, Finding] = assessment.organisations[organisation.id] if organisation else {}

    def criterion(key: str) -> tuple[str, str]:
        finding = own.get(key) or assessment.criteria.get(key)
        return (finding.verdict.value, finding.grade) if finding else ("unknown", "unknown")

    def fact(key: str) -> tuple[str, str]:
        status = assessment.evidence.status(key)
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
