"""The second person: one way to take up what another person proposed, and to agree to it."""

from __future__ import annotations

from standwith.kernel.policy import Reader
from standwith.services import moment
from standwith.services.change import Change
from standwith.services.sight import NothingThere, as_uuid
from standwith.store.models.people import Person
from standwith.store.models.policy import Proposal


class NeedsAnother(PermissionError):  # noqa: N818 - named for the situation
    """The act needs a second person, who is not the first."""


def agree(change: Change, reader: Reader, proposal: str, kind: str) -> Proposal:
    """Agree to a proposal of a kind that waits in a compartment of the reader's.

    Raises:
        NothingThere: there is none for this reader.
        NeedsAnother: it is the reader's own.
    """
    rows = Proposal.objects.select_for_update().filter(kind=kind, state="proposed")
    row = rows.filter(pk=as_uuid(proposal)).first()
    if row is None or reader.membership(str(row.compartment_id)) is None:
        raise NothingThere("there is nothing to decide here")
    if str(row.proposed_by_id) == reader.id:
        raise NeedsAnother("another person must agree to what you proposed")
    row.decided_by, row.decided_at = Person.objects.get(pk=reader.id), moment.now()
    row.state = "agreed"
    row.save()
    change.note(row, "agreed")
    return row
