"""Publication of cases: proposed by one person, agreed by another; and what then leaves the house.

Only who is spoken of publicly can be proposed. What leaves is a copy of few fields, made anew each
time from what is published then; a case that is no longer published is in no later copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from standwith.kernel.policy import Purpose, Reader
from standwith.publish.site import site
from standwith.services import moment
from standwith.services.change import Change, changing
from standwith.services.editions import named
from standwith.services.figures import cases, now_known
from standwith.services.invalid import Invalid
from standwith.services.labels import label_of
from standwith.services.second import agree
from standwith.services.sight import NothingThere
from standwith.store.models.people import Person
from standwith.store.models.policy import Proposal
from standwith.store.models.register import RegisteredPerson

KIND = "publish"
MOST = 500


def propose_publication(reader: Reader, people: Sequence[str], reason: str) -> str:
    """Propose to publish cases; return the id of the proposal.

    Raises:
        NotAllowed, NothingThere: the reader may not, or sees not all of them.
        Invalid: there are none, too many, or one is not spoken of publicly.
    """
    if not 1 <= len(people) <= MOST:
        raise Invalid({"people": [f"choose from 1 to {MOST} persons"]})
    if len(reason.strip()) < 10:
        raise Invalid({"reason": ["say in a sentence why these may be published"]})
    with changing(reader, Purpose.ACCOUNT, "registry.publish") as change:
        rows = [change.sight.one(RegisteredPerson, key) for key in dict.fromkeys(people)]
        compartment = _compartment(rows)
        proposal = Proposal.objects.create(
            kind=KIND,
            body={"people": [str(row.pk) for row in rows]},
            reason=reason.strip(),
            compartment_id=compartment,
            proposed_by=Person.objects.get(pk=reader.id),
            proposed_at=moment.now(),
        )
        change.note(proposal, "proposed")
    return str(proposal.pk)


def _compartment(rows: Sequence[RegisteredPerson]) -> str:
    """Check that all are spoken of publicly; return the one compartment they belong to."""
    quiet = [row.name for row in rows if row.advocacy != "public"]
    if quiet:
        told = ", ".join(quiet[:5])
        raise Invalid({"people": [f"not spoken of publicly: {told}; set that first"]})
    found = {key for row in rows for key in label_of(row.label).compartments}
    if len(found) != 1:
        raise Invalid({"people": ["choose persons of one compartment"]})
    return found.pop()


def agree_publication(reader: Reader, proposal: str) -> None:
    """Agree to publish cases, and mark them so; who is spoken of otherwise by now is left out.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such proposal.
        NeedsAnother: it is the reader's own.
    """
    with changing(reader, Purpose.ACCOUNT, "compartment.approve") as change:
        held = agree(change, reader, proposal, KIND)
        for key in held.body["people"]:
            _publish(change, key)


def _publish(change: Change, key: str) -> None:
    try:
        row = change.sight.one(RegisteredPerson, key)
    except NothingThere:
        return
    if row.advocacy == "public" and not row.published:
        row.published = moment.today().isoformat()
        change.amend(row, "published")


def unpublish(reader: Reader, identifier: str) -> None:
    """Take a case out of what is published from now on; one person is enough.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such person.
    """
    with changing(reader, Purpose.ACCOUNT, "registry.publish") as change:
        row = change.sight.one(RegisteredPerson, identifier)
        row.published = ""
        change.amend(row, "unpublished")


def public_site(reader: Reader, language: str) -> bytes:
    """Write the published cases as a folder of pages, CSV and JSON, in one archive.

    Raises:
        NotAllowed: the reader may not.
        ValueError: there are no words in the language.
    """
    with changing(reader, Purpose.ACCOUNT, "registry.publish") as change:
        vintage = now_known()
        found = named(cases(change.sight, vintage, outward=True), vintage.known)
        change.remark("site", UUID(reader.id), {"cases": len(found), "language": language})
    return site(found, vintage.known, language)
