"""Coming back after password or second factor were lost, without a way round the compartments.

An administrator makes the link, and must not be able to read content with it. So the account loses
every place in every compartment; each waits for a head of that compartment, who knows the person.
"""

from __future__ import annotations

from uuid import UUID

from standwith.kernel.policy import Purpose, Reader
from standwith.services import moment
from standwith.services.change import Change, changing
from standwith.store.models.exchange import Token
from standwith.store.models.people import Factor, Invitation, Person, RecoveryCode
from standwith.store.models.policy import Membership, Proposal

KIND = "return"


class UnusableInvitation(ValueError):  # noqa: N818 - named for the situation
    """An invitation that cannot be made or used; the message says why."""


def come_back(link: Invitation, person: Person, hashed: str) -> UUID:
    """Set the new password, take all factors, tokens and places away; return the person.

    Raises:
        UnusableInvitation: the link was used meanwhile, or the account was closed.
    """
    reader = Reader(str(person.pk), frozenset(person.roles.split()), True, (), moment.now())
    with changing(reader, Purpose.ACCOUNT, "account.own") as change:
        fresh = Invitation.objects.filter(pk=link.pk, used_at=None).update(used_at=moment.now())
        if not fresh or not Person.objects.filter(pk=person.pk, is_active=True).exists():
            raise UnusableInvitation("this link was used meanwhile; ask for a new one")
        _renew(change, person, hashed)
        link.refresh_from_db()
        change.note(link, "used")
        for held in Membership.objects.filter(person=person):
            _let_wait(change, held, person)
    return person.pk


def _renew(change: Change, row: Person, hashed: str) -> None:
    for model in (Factor, RecoveryCode):
        model.objects.filter(person=row).delete()
    for held in Token.objects.filter(person=row, revoked_at=None):
        held.revoked_at = moment.now()
        held.save()
        change.note(held, "revoked")
    row.password, row.epoch, row.enrolled_at = hashed, row.epoch + 1, None
    row.save()
    change.note(row, "returned")


def _let_wait(change: Change, held: Membership, person: Person) -> None:
    """Withdraw a place, and propose it again; one of an emergency just ends."""
    if not held.emergency:
        proposal = Proposal.objects.create(
            kind=KIND,
            body={
                "person": str(person.pk),
                "clearance": held.clearance,
                "purposes": held.purposes,
                "until": held.until.isoformat() if held.until else None,
            },
            reason="came back after password or second factor were lost",
            compartment=held.compartment,
            proposed_by=person,
            proposed_at=moment.now(),
        )
        change.note(proposal, "proposed")
    change.note(held, "withdrawn")
    held.delete()
