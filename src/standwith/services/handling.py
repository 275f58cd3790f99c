"""How a record may be used: level, purposes, consents. Stricter at once, looser by two persons."""

from __future__ import annotations

from dataclasses import dataclass

from standwith.kernel.policy import Consent, Label, Purpose, Reader, may
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import moment
from standwith.services.audience import Audience, audience
from standwith.services.change import Change, ChangedMeanwhile, changing
from standwith.services.derivation import relabel, row_of
from standwith.services.erasure import find_record
from standwith.services.invalid import Invalid
from standwith.services.labels import LEVELS, label_of
from standwith.services.second import agree
from standwith.services.sight import NothingThere, looking, tell_database, whole_database
from standwith.store.models.labelled import Labelled
from standwith.store.models.people import Person
from standwith.store.models.policy import Proposal
from standwith.store.record import kind_of, record_of

KIND = "loosen"


@dataclass(frozen=True, slots=True)
class Handling:
    """What is set on a record; what it derives from may ask for more."""

    sensitivity: str
    purposes: tuple[str, ...]
    consents: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Handled:
    """How a record may be used now, by itself and by what it derives from, and by whom."""

    kind: str
    version: int
    own: Handling
    effective: Handling
    who: Audience


def read_handling(reader: Reader, record: str) -> Handled:
    """Return how a record may be used.

    Raises:
        NothingThere: there is no such record for this reader.
    """
    with looking(reader, Purpose.ACCOUNT) as sight:
        row = find_record(sight, record)
        own, effective = _words(label_of(row.own_label)), _words(label_of(row.label))
        return Handled(kind_of(row), row.version, own, effective, audience(row, Purpose.ASSESS))


def _words(label: Label) -> Handling:
    return Handling(
        label.sensitivity.value,
        tuple(item.value for item in Purpose if item in label.purposes),
        tuple(item.value for item in Consent if item in label.consents),
    )


def set_handling(reader: Reader, record: str, asked: Handling, *, seen: int) -> str:
    """Set how a record may be used; what rests on it follows.

    Returns "changed", or "proposed" where the record would become more widely usable: then a head
    of the compartment who is not the reader must agree.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such record.
        Invalid: a level, purpose or consent is none, or the reason is missing.
        ChangedMeanwhile: somebody else changed the record.
    """
    with changing(reader, Purpose.ACCOUNT, "record.handle") as change:
        row = find_record(change.sight, record)
        if row.version != seen:
            raise ChangedMeanwhile(record_of(row)["fields"])
        old = label_of(row.own_label)
        new = _label(asked, old)
        if old | new != new:
            _propose(change, row, asked)
            return "proposed"
        if not may(reader, Purpose.ACCOUNT, new).allowed:
            raise NothingThere("you could not read it afterwards; choose a lower level")
        _apply(change, row, new, asked.reason)
        return "changed"


def _label(asked: Handling, old: Label) -> Label:
    try:
        level = Sensitivity(asked.sensitivity)
        purposes = frozenset(map(Purpose, asked.purposes))
        consents = frozenset(map(Consent, asked.consents))
    except ValueError as error:
        raise Invalid({"sensitivity": ["choose from the levels and words of the form"]}) from error
    if len(asked.reason.strip()) < 5:
        raise Invalid({"reason": ["say in a few words why"]})
    if level not in LEVELS or not purposes & {Purpose.ACCOUNT}:
        raise Invalid({"purposes": ["account stays: somebody must be able to correct this"]})
    if Consent.ANALYSE not in consents:
        raise Invalid({"consents": ["without consent to analyse, propose to erase it instead"]})
    return Label(old.compartments, level, purposes, consents)


def _apply(change: Change, row: Labelled, new: Label, reason: str) -> None:
    with whole_database():
        fresh = row_of(row.pk)
        if fresh is not None:
            count = relabel(change, fresh, new, "relabelled")
            change.remark("handling", row.pk, {"reason": reason, "rows": count})
            change.close()
    tell_database(change.reader.id, change.sight.purpose)


def _propose(change: Change, row: Labelled, asked: Handling) -> None:
    body = {
        "record": str(row.pk),
        "sensitivity": asked.sensitivity,
        "purposes": list(asked.purposes),
        "consents": list(asked.consents),
    }
    compartment = min(label_of(row.label).compartments, default=None)
    if compartment is None:
        raise Invalid({"sensitivity": ["this is public already"]})
    proposal = Proposal.objects.create(
        kind=KIND,
        body=body,
        reason=asked.reason.strip(),
        compartment_id=compartment,
        proposed_by=Person.objects.get(pk=change.reader.id),
        proposed_at=moment.now(),
    )
    change.note(proposal, "proposed")


def agree_handling(reader: Reader, proposal: str) -> None:
    """Agree to let a record be used more widely, and do it.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such proposal or record.
        NeedsAnother: it is the reader's own.
    """
    with changing(reader, Purpose.ACCOUNT, "compartment.approve") as change:
        held = agree(change, reader, proposal, KIND)
        row = find_record(change.sight, held.body["record"])
        words = {name: held.body[name] for name in ("sensitivity", "purposes", "consents")}
        asked = Handling(**words, reason=held.reason)
        _apply(change, row, _label(asked, label_of(row.own_label)), held.reason)
