"""Compartments: who leads, who belongs, and the acts that need a second person.

To let somebody else's reader in, to enter in an emergency, to export and to erase, one person
proposes with a reason and another decides. An emergency place lasts an hour and raises an alarm.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from standwith.kernel.policy import WITHIN, Purpose, Reader
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import moment
from standwith.services.change import Change, changing
from standwith.services.labels import LEVELS, purpose_bits, purposes_of
from standwith.services.second import NeedsAnother
from standwith.services.sight import NothingThere, as_uuid
from standwith.store.models.people import Person
from standwith.store.models.policy import Compartment, Membership, Proposal

EMERGENCY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Grant:
    """A place in a compartment that is given: to whom, up to which level, until when, why."""

    person: str
    clearance: Sensitivity
    purposes: frozenset[Purpose]
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """A membership as members see it."""

    person: str
    name: str
    institution: str
    home: bool
    clearance: str
    purposes: tuple[str, ...]
    until: datetime | None
    emergency: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Circle:
    """A compartment as its members see it; ``proposals`` wait for a second person."""

    id: str
    name: str
    lead: str
    leads: bool
    places: tuple[Place, ...]
    proposals: tuple[Proposed, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """An act that waits for a second person."""

    id: str
    kind: str
    text: str
    reason: str
    by: str
    own: bool
    at: datetime


def open_compartment(reader: Reader, name: str) -> str:
    """Open a compartment and lead it.

    Raises:
        NotAllowed: only heads open compartments.
        ValueError: the name is empty or taken.
    """
    if not name.strip():
        raise ValueError("give the compartment a name")
    with changing(reader, Purpose.ACCOUNT, "compartment.open") as change:
        if Compartment.objects.filter(name=name.strip()).exists():
            raise ValueError("there is a compartment of this name; choose another")
        lead = Person.objects.get(pk=reader.id)
        row = Compartment.objects.create(name=name.strip(), lead=lead, created_at=moment.now())
        change.note(row, "opened")
        grant = Grant(reader.id, Sensitivity.RED, frozenset(Purpose), None, "leads it")
        _place(change, row, grant, by=lead)
    return str(row.pk)


def _place(
    change: Change, compartment: Compartment, grant: Grant, *, by: Person, emergency: bool = False
) -> None:
    row, _ = Membership.objects.update_or_create(
        compartment=compartment,
        person_id=as_uuid(grant.person),
        defaults={
            "clearance": grant.clearance.level,
            "purposes": purpose_bits(grant.purposes),
            "until": grant.until,
            "granted_by": by,
            "reason": grant.reason,
            "emergency": emergency,
        },
    )
    change.note(row, "granted")


def grant(reader: Reader, compartment: str, asked: Grant) -> str:
    """Give a colleague a place, or propose one for a reader of another institution.

    Returns "granted", or "proposed" where a second person must agree: an outside reader is an
    added recipient.

    Raises:
        NothingThere: the reader does not lead such a compartment, or there is no such person.
        ValueError: the clearance is more than the reader's institution may have.
    """
    with changing(reader, Purpose.ACCOUNT, "compartment.lead") as change:
        row = _led(reader, compartment)
        person = _person(asked.person)
        _check_grant(asked, person)
        by = Person.objects.get(pk=reader.id)
        if person.institution.home:
            _place(change, row, asked, by=by)
            return "granted"
        _propose(change, row, "recipient", _grant_body(asked), asked.reason, by)
        return "proposed"


def _led(reader: Reader, compartment: str) -> Compartment:
    row = Compartment.objects.filter(pk=as_uuid(compartment), lead=as_uuid(reader.id)).first()
    if row is None or reader.membership(str(row.pk)) is None:
        raise NothingThere("there is no compartment of this kind that you lead")
    return row


def _person(identifier: str) -> Person:
    rows = Person.objects.select_related("institution").filter(is_active=True)
    row = rows.filter(pk=as_uuid(identifier)).first()
    if row is None:
        raise NothingThere("there is no such person")
    return row


def _check_grant(asked: Grant, person: Person) -> None:
    if not asked.reason.strip():
        raise ValueError("say why this person needs to know")
    if "administrator" in person.roles.split():
        raise ValueError("an administrator reads no content")
    if not person.institution.home and asked.clearance.level > Sensitivity.AMBER.level:
        raise ValueError("beyond TLP:AMBER a value stays within the organisation (TLP 2.0)")


def _grant_body(asked: Grant) -> dict[str, object]:
    return {
        "person": asked.person,
        "clearance": asked.clearance.level,
        "purposes": purpose_bits(asked.purposes),
        "until": asked.until.isoformat() if asked.until else None,
    }


def _propose(
    change: Change,
    compartment: Compartment,
    kind: str,
    body: dict[str, object],
    reason: str,
    by: Person,
) -> Proposal:
    row = Proposal.objects.create(
        kind=kind,
        body=body,
        reason=reason,
        compartment=compartment,
        proposed_by=by,
        proposed_at=moment.now(),
    )
    change.note(row, "proposed")
    return row


def withdraw(reader: Reader, compartment: str, person: str) -> None:
    """Take a place away; the reader's next page no longer shows anything of the compartment.

    Raises:
        NothingThere: the reader does not lead it, or there is no such place.
        ValueError: it is the lead's own.
    """
    if person == reader.id:
        raise ValueError("the lead stays; hand the compartment over first")
    with changing(reader, Purpose.ACCOUNT, "compartment.lead") as change:
        row = _led(reader, compartment)
        held = Membership.objects.filter(compartment=row, person_id=as_uuid(person)).first()
        if held is None:
            raise NothingThere("there is no such place")
        change.note(held, "withdrawn")
        held.delete()


def hand_over(reader: Reader, compartment: str, person: str) -> None:
    """Let another member lead a compartment.

    Raises:
        NothingThere: the reader does not lead it, or the other has no lasting place up to RED.
    """
    with changing(reader, Purpose.ACCOUNT, "compartment.lead") as change:
        row = _led(reader, compartment)
        places = Membership.objects.filter(compartment=row, person_id=as_uuid(person), until=None)
        held = places.filter(clearance=Sensitivity.RED.level).select_related("person").first()
        if held is None or not held.person.is_active:
            raise NothingThere("only a member with a lasting place up to TLP:RED can lead")
        row.lead = held.person
        row.save()
        change.note(row, "handed-over")


def ask_emergency(reader: Reader, compartment: str, reason: str) -> None:
    """Ask for an hour in a compartment that one does not belong to; another person decides.

    The name of a compartment is given in full: nobody is told which there are. A name that does
    not exist is answered in the same way.

    Raises:
        ValueError: no reason is given.
    """
    if len(reason.strip()) < 10:
        raise ValueError("say in a sentence what the emergency is")
    with changing(reader, Purpose.ACCOUNT, "compartment.emergency") as change:
        row = Compartment.objects.filter(name=compartment.strip()).first()
        change.remark("emergency", UUID(reader.id), {"name": compartment, "reason": reason})
        if row is not None:
            by = Person.objects.get(pk=reader.id)
            _propose(change, row, "emergency", {"person": reader.id}, reason, by)


def decide(reader: Reader, proposal: str, *, agree: bool) -> None:
    """Decide on what another person proposed.

    Raises:
        NothingThere: there is nothing to decide for this reader.
        NeedsAnother: it is the reader's own proposal.
    """
    with changing(reader, Purpose.ACCOUNT, "compartment.approve") as change:
        row = _pending(reader, proposal)
        if str(row.proposed_by_id) == reader.id:
            raise NeedsAnother("another person must decide on what you proposed")
        by = Person.objects.get(pk=reader.id)
        row.decided_by, row.decided_at = by, moment.now()
        row.state = "agreed" if agree else "refused"
        row.save()
        change.note(row, row.state)
        if agree:
            _carry_out(change, row, by)


def _pending(reader: Reader, proposal: str) -> Proposal:
    rows = Proposal.objects.select_for_update().filter(state="proposed", pk=as_uuid(proposal))
    row = rows.first()
    inside = row and (row.kind == "emergency" or reader.membership(str(row.compartment_id)))
    if row is None or not inside:
        raise NothingThere("there is nothing to decide here")
    return row


def _carry_out(change: Change, row: Proposal, by: Person) -> None:
    if row.kind == "emergency":
        if _stands(row):
            return
        until = moment.now() + EMERGENCY
        asked = Grant(row.body["person"], Sensitivity.AMBER_STRICT, WITHIN, until, row.reason)
        _place(change, row.compartment, asked, by=by, emergency=True)
        return
    if row.kind in {"recipient", "return"}:
        text = row.body["until"]
        until_day = datetime.fromisoformat(text) if text else None
        level, purposes = LEVELS[row.body["clearance"]], purposes_of(row.body["purposes"])
        asked = Grant(row.body["person"], level, purposes, until_day, row.reason)
        _place(change, row.compartment, asked, by=by)


def _stands(row: Proposal) -> bool:
    """Whether the asker has a standing place already, which an hour must not replace."""
    rows = Membership.objects.filter(compartment=row.compartment, person=row.body["person"])
    return rows.filter(until=None).exists()


def circles(reader: Reader) -> list[Circle]:
    """List the compartments that the reader belongs to, with places and what waits."""
    held = [m.compartment for m in reader.memberships if m.stands_at(reader.now)]
    rows = Compartment.objects.select_related("lead").filter(pk__in=held).order_by("name")
    return [_circle(reader, row) for row in rows]


def _circle(reader: Reader, row: Compartment) -> Circle:
    places = Membership.objects.filter(compartment=row).select_related("person__institution")
    waiting = Proposal.objects.filter(compartment=row, state="proposed").exclude(kind="emergency")
    return Circle(
        str(row.pk),
        row.name,
        row.lead.name,
        str(row.lead_id) == reader.id,
        tuple(_shown(place) for place in places.order_by("person__name")),
        tuple(_proposed(reader, item) for item in waiting.select_related("proposed_by")),
    )


def _shown(row: Membership) -> Place:
    return Place(
        str(row.person_id),
        row.person.name,
        row.person.institution.name,
        row.person.institution.home,
        LEVELS[row.clearance].value,
        tuple(sorted(item.value for item in purposes_of(row.purposes))),
        row.until,
        row.emergency,
        row.reason,
    )


def _proposed(reader: Reader, row: Proposal) -> Proposed:
    name = Person.objects.get(pk=row.body["person"]).name if "person" in row.body else ""
    text = {
        "recipient": f"let {name} in",
        "emergency": f"an hour for {name}",
        "return": f"let {name} back in: make sure in person who it is",
        "loosen": "let a record be used more widely",
        "publish": f"publish {len(row.body.get('people', ()))} cases",
    }.get(row.kind, row.kind)
    own = str(row.proposed_by_id) == reader.id
    return Proposed(
        str(row.pk), row.kind, text, row.reason, row.proposed_by.name, own, row.proposed_at
    )


def alarms(reader: Reader) -> list[Proposed]:
    """List emergencies that wait for a head, or were granted in a compartment one belongs to."""
    rows = Proposal.objects.filter(kind="emergency").select_related("proposed_by")
    if "head" in reader.roles:
        return [_proposed(reader, row) for row in rows.filter(state="proposed")]
    return []


def emergencies_in(reader: Reader) -> list[Place]:
    """List the emergency places in the compartments of the reader: each is an alarm."""
    held = [m.compartment for m in reader.memberships if m.stands_at(reader.now)]
    rows = Membership.objects.filter(compartment_id__in=held, emergency=True)
    return [_shown(row) for row in rows.select_related("person__institution")]
