"""Decisions on record: one person proposes, another decides, and counsel is heard for tier 2 up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from standwith.choose.catalogue import catalogue
from standwith.kernel.policy import Label, Purpose, Reader, join
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import moment, terms
from standwith.services.audience import audience
from standwith.services.briefs import read_brief
from standwith.services.cases import standing_claims
from standwith.services.change import Change, changing
from standwith.services.invalid import Invalid
from standwith.services.labels import LEVELS, label_of
from standwith.services.listing import Listing, Spec, all_rows, list_rows
from standwith.services.second import NeedsAnother
from standwith.services.sight import Sight, looking
from standwith.store.models.case import Situation
from standwith.store.models.people import Person
from standwith.store.models.work import Assessment, Decision
from standwith.store.record import canonical

Data = dict[str, Any]
COUNSEL_FROM = ("T2",)


class NeedsCounsel(PermissionError):  # noqa: N818 - named for the situation
    """Counsel was not heard, or advised against, on an action that needs it."""


def _show(row: Decision) -> Data:
    action = catalogue().get(row.action)
    return {
        "id": str(row.pk),
        "situation": str(row.situation_id),
        "case": row.situation.slug,
        "action": row.action,
        "title": action.title if action else row.action,
        "tier": row.tier,
        "advice": row.advice,
        "reason": row.reason,
        "state": row.state,
        "proposed_by": row.proposed_by.name,
        "proposed_at": row.written_at.date().isoformat(),
        "needs_counsel": row.tier in COUNSEL_FROM,
        "counsel": row.counsel_by.name if row.counsel_by else None,
        "counsel_allows": row.counsel_allows,
        "counsel_view": row.counsel_view,
        "decided_by": row.decided_by.name if row.decided_by else None,
        "decided_at": row.decided_at.date().isoformat() if row.decided_at else None,
        "decided_why": row.decided_why,
        "brief_sha256": row.brief_sha256,
        "tlp": LEVELS[row.label.level].value,
        "version": row.version,
    }


SPEC: Spec[Decision] = Spec(
    order=("-written_at", "id"),
    facets={"state": "State", "tier": "Tier", "action": "Action"},
    show=_show,
    related=("label", "situation", "proposed_by", "counsel_by", "decided_by"),
)


def list_decisions(reader: Reader, query: Mapping[str, str]) -> Listing:
    """List the decisions that the reader may see."""
    with looking(reader, Purpose.CHOOSE) as sight:
        return list_rows(sight.of(Decision), SPEC, query)


def export_decisions(reader: Reader, query: Mapping[str, str]) -> list[Data]:
    """Return all decisions of a query."""
    with looking(reader, Purpose.CHOOSE) as sight:
        return list(all_rows(sight.of(Decision), SPEC, query))


def read_decision(reader: Reader, identifier: str) -> Data:
    """Return one decision.

    Raises:
        NothingThere: there is none for this reader.
    """
    with looking(reader, Purpose.CHOOSE) as sight:
        row = _decision(sight, identifier)
        own = str(row.proposed_by_id) == reader.id
        return _show(row) | {"own": own, "who": audience(row, Purpose.CHOOSE)}


def _decision(sight: Sight, identifier: str) -> Decision:
    row = sight.one(Decision, identifier)
    return sight.of(Decision).select_related(*SPEC.related).get(pk=row.pk)


def propose(reader: Reader, situation: str, action: str, reason: str) -> str:
    """Propose to do an action, on the brief as it stands for the reader; return the decision's id.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such situation.
        Invalid: the action is unknown or never done as worded, or no reason is given.
    """
    worked = read_brief(reader, situation)
    advice = {row["action"]: row["verdict"] for row in worked.brief["recommendations"]}
    _check_proposal(action, advice.get(action, ""), reason)
    with changing(reader, Purpose.CHOOSE, "decision.propose") as change:
        head = change.sight.one(Situation, situation)
        row = Decision(
            situation=head,
            action=action,
            tier=catalogue()[action].tier,
            advice=advice[action],
            reason=reason.strip(),
            proposed_by=Person.objects.get(pk=reader.id),
            brief_sha256=worked.sha256,
        )
        change.add(row, own=_derived(change, head), below=[head])
        terms.index(row, [catalogue()[action].title])
    return str(row.pk)


def _derived(change: Change, head: Situation) -> Label:
    """The brief rests on every claim that was seen, and is AMBER itself: a ranking shows intent."""
    claims = standing_claims(change.sight, head)
    own = Label(label_of(head.label).compartments, Sensitivity.AMBER)
    return join((own, *(label_of(claim.label) for claim in claims)))


def _check_proposal(action: str, advice: str, reason: str) -> None:
    problems: dict[str, list[str]] = {}
    if not advice:
        problems["action"] = [
            f"{action!r} is no action of the catalogue; choose one from the brief"
        ]
    elif advice in {"prohibited", "reference-only"}:
        problems["action"] = [f"the catalogue says {advice}: choose its lawful substitute"]
    if len(reason.strip()) < 10:
        problems["reason"] = ["say in a sentence why; it stands on record"]
    if problems:
        raise Invalid(problems)


def advise(reader: Reader, identifier: str, *, allows: bool, view: str) -> None:
    """Record the view of counsel.

    Raises:
        NotAllowed, NothingThere: the reader is no counsel, or there is no such decision.
        NeedsAnother: counsel proposed it; Invalid: no view, or it is decided already.
    """
    with changing(reader, Purpose.CHOOSE, "decision.advise") as change:
        row = _open(change, identifier)
        if str(row.proposed_by_id) == reader.id:
            raise NeedsAnother("counsel does not advise on the own proposal")
        if len(view.strip()) < 10:
            raise Invalid({"view": ["give the legal view in a sentence or more"]})
        row.counsel_by = Person.objects.get(pk=reader.id)
        row.counsel_allows, row.counsel_view = allows, view.strip()
        change.amend(row, "advised")


def _open(change: Change, identifier: str) -> Decision:
    row = change.sight.one(Decision, identifier)
    if row.state != "proposed":
        raise Invalid({"": [f"this was {row.state} already; propose it anew to change that"]})
    return row


def decide(reader: Reader, identifier: str, *, approve: bool, why: str) -> None:
    """Approve or refuse what another person proposed.

    Raises:
        NotAllowed, NothingThere: the reader does not decide, or there is no such decision.
        NeedsAnother: it is the reader's own proposal, or counsel and decider are one.
        NeedsCounsel: counsel was not heard, or advised against.
        Invalid: no reason, or it is decided already.
    """
    with changing(reader, Purpose.CHOOSE, "decision.decide") as change:
        row = _open(change, identifier)
        if reader.id in {str(row.proposed_by_id), str(row.counsel_by_id)}:
            raise NeedsAnother("four eyes: another person must decide on this")
        if len(why.strip()) < 10:
            raise Invalid({"why": ["say in a sentence why; it stands on record"]})
        if approve and row.tier in COUNSEL_FROM and not row.counsel_allows:
            raise NeedsCounsel(f"{row.tier} needs counsel's yes first; ask counsel for a view")
        row.state = "approved" if approve else "refused"
        row.decided_by, row.decided_at = Person.objects.get(pk=reader.id), moment.now()
        row.decided_why = why.strip()
        change.amend(row, row.state)


def keep_assessment(reader: Reader, situation: str, profile: str) -> str:
    """Keep the brief as it stands now, to be read again later; return the hash of its inputs.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such situation.
    """
    worked = read_brief(reader, situation, profile=profile)
    with changing(reader, Purpose.CHOOSE, "assessment.keep") as change:
        head = change.sight.one(Situation, situation)
        row = Assessment(
            situation=head,
            as_of=worked.brief["as_of"],
            profile=profile,
            sha256=worked.sha256,
            body=canonical({"brief": worked.sha256, "verdicts": _verdicts(worked.brief)}),
            author=Person.objects.get(pk=reader.id),
        )
        change.add(row, own=_derived(change, head), below=[head])
    return worked.sha256


def _verdicts(brief: Data) -> Data:
    return {row["action"]: row["verdict"] for row in brief["recommendations"]}
