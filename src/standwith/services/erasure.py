"""Erasure: the row goes, the key of its log entries is destroyed, and the log stays whole.

Erasing needs two persons: one proposes with the legal basis, another agrees. What remains is a
tombstone in the log: that something was erased, when, and under which basis.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import CASCADE

from standwith.kernel.policy import Purpose, Reader
from standwith.services import moment, terms
from standwith.services.batches import Batch
from standwith.services.change import Change, changing
from standwith.services.invalid import Invalid
from standwith.services.labels import label_of
from standwith.services.promotions import refresh
from standwith.services.second import agree
from standwith.services.sight import NothingThere, Sight, as_uuid
from standwith.store.models.labelled import Labelled
from standwith.store.models.log import RecordKey
from standwith.store.models.people import Person
from standwith.store.models.policy import Proposal
from standwith.store.models.register import Leaf, Observation, RegisteredPerson


def propose_erasure(reader: Reader, record: str, basis: str) -> str:
    """Propose to erase a record on a legal basis; return the id of the proposal.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such record.
        Invalid: no basis is given.
    """
    if len(basis.strip()) < 10:
        raise Invalid({"reason": ["name the legal basis of the erasure in a sentence"]})
    with changing(reader, Purpose.ACCOUNT, "record.erase") as change:
        row = find_record(change.sight, record)
        compartment = min(label_of(row.label).compartments)
        proposal = Proposal.objects.create(
            kind="erasure",
            body={"record": str(row.pk)},
            reason=basis.strip(),
            compartment_id=compartment,
            proposed_by=Person.objects.get(pk=reader.id),
            proposed_at=moment.now(),
        )
        change.note(proposal, "proposed")
    return str(proposal.pk)


def find_record(sight: Sight, record: str) -> Labelled:
    """Return the row of a record, of whatever kind.

    Raises:
        NothingThere: there is none that may be seen.
    """
    identifier = as_uuid(record)
    for model in apps.get_app_config("store").get_models():
        if issubclass(model, Labelled):
            row = sight.of(model).filter(pk=identifier).first()
            if row is not None:
                return row
    raise NothingThere("there is no such record, or it is not for you")


def agree_erasure(reader: Reader, proposal: str) -> None:
    """Agree to an erasure that another person proposed, and carry it out.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such proposal.
        NeedsAnother: it is the reader's own.
    """
    with changing(reader, Purpose.ACCOUNT, "record.erase") as change:
        held = agree(change, reader, proposal, "erasure")
        _erase(change, find_record(change.sight, held.body["record"]), held.reason)


def _erase(change: Change, row: Labelled, basis: str) -> None:
    """Erase a row and everything that hangs on it, each with a tombstone."""
    gone = [*_dependants(row), row]
    for item in gone:
        change.note(item, "erased", label_of(item.label).sensitivity)
    change.remark("erasure-basis", UUID(change.reader.id), {"basis": basis, "rows": len(gone)})
    change.close()
    for item in gone:
        RecordKey.objects.filter(record=item.pk).update(wrapped=None, erased_at=moment.now())
        Leaf.objects.filter(record=item.pk).update(salt=None)
        terms.forget(item.pk)
    for item in gone:
        type(item).unguarded.filter(pk=item.pk).delete()
    if isinstance(row, Observation):
        _tell_anew(change, row)


def _tell_anew(change: Change, row: Observation) -> None:
    """Let what a person's columns show no longer come from a row that is erased."""
    people = change.sight.of(RegisteredPerson).filter(line=row.line, key=row.key)
    batch = Batch(change)
    refresh(change.sight, batch, list(people.select_related("label", "own_label")))
    batch.close()


def _told_with(row: Labelled) -> list[Any]:
    """List what goes with a person or a row of a list, for one is told from the other."""
    if isinstance(row, RegisteredPerson):
        rows = Observation.unguarded.select_related("label").filter(line=row.line, key=row.key)
        return list(rows)
    return _told_by_it_alone(row) if isinstance(row, Observation) else []


def _told_by_it_alone(row: Observation) -> list[Any]:
    """List the persons of whom no other row tells, with all that hangs on them."""
    same = {"line": row.line, "key": row.key}
    if row.reason or Observation.unguarded.filter(**same, reason="").exclude(pk=row.pk).exists():
        return []
    people = RegisteredPerson.unguarded.select_related("label").filter(**same)
    found = [item for one in people for item in (*_dependants(one), one)]
    return [item for item in found if item.pk != row.pk]


def _goes(field: Any) -> bool:  # noqa: ANN401 - a column of any kind
    """Whether rows go with what this column points to."""
    return field.remote_field.on_delete is CASCADE


def _dependants(row: Labelled) -> list[Any]:
    """List the rows that the database will delete with a row, deepest first."""
    found = _told_with(row)
    for model in apps.get_app_config("store").get_models():
        if not issubclass(model, Labelled):
            continue
        for field in model._meta.concrete_fields:  # noqa: SLF001 - Django's documented API of models
            points_here = field.is_relation and field.related_model is type(row) and _goes(field)
            if points_here:
                below = model.unguarded.select_related("label").filter(**{field.name: row.pk})
                for item in below:
                    found += [*_dependants(item), item]
    return list({item.pk: item for item in found}.values())
