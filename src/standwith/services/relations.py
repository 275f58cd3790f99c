"""Persons who belong together: family, one arrest, one trial, one work; as a source says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from standwith.kernel.policy import Label, Purpose, Reader
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import moment
from standwith.services.change import changing
from standwith.services.invalid import Invalid
from standwith.services.labels import LEVELS, label_of
from standwith.services.listing import Listing, Spec, all_rows, list_rows
from standwith.services.sight import NothingThere, Sight, looking
from standwith.store.models.people import Person
from standwith.store.models.register import RegisteredPerson, Relation

Data = dict[str, Any]
KINDS = ("family", "arrested_with", "tried_with", "works_with", "represents", "other")


@dataclass(frozen=True, slots=True)
class Related:
    """With whom a person belongs together, how, who says so, and how secret that is."""

    other: str
    kind: str
    cited: str
    sensitivity: str


@dataclass(frozen=True, slots=True)
class Found:
    """The relations of a person: the name, and a page of them."""

    name: str
    listing: Listing


def list_relations(reader: Reader, identifier: str, query: Mapping[str, str]) -> Found:
    """List with whom a person belongs together.

    Raises:
        NothingThere: there is no such person for this reader.
    """
    with looking(reader, Purpose.ACCOUNT) as sight:
        row = sight.one(RegisteredPerson, identifier)
        return Found(row.name, list_rows(_of(sight, row), _spec(row), query))


def export_relations(reader: Reader, identifier: str, query: Mapping[str, str]) -> list[Data]:
    """Return all relations of a person.

    Raises:
        NothingThere: there is no such person for this reader.
    """
    with looking(reader, Purpose.ACCOUNT) as sight:
        row = sight.one(RegisteredPerson, identifier)
        return list(all_rows(_of(sight, row), _spec(row), query))


def _of(sight: Sight, row: RegisteredPerson) -> QuerySet[Any]:
    return sight.of(Relation).filter(Q(one=row) | Q(other=row))


def _spec(row: RegisteredPerson) -> Spec[Relation]:
    def show(found: Relation) -> Data:
        end = found.other if found.one_id == row.pk else found.one
        return {
            "id": str(found.pk),
            "kind": found.kind,
            "person": str(end.pk),
            "name": end.name,
            "cited": found.cited,
            "recorded": found.recorded,
            "tlp": LEVELS[found.label.level].value,
        }

    return Spec(("kind", "id"), {"kind": "Kind"}, show, ("label", "one", "other"))


def relate(reader: Reader, identifier: str, said: Related) -> str:
    """Record that two persons belong together, under the labels of both; return the id.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such person.
        Invalid: with the problems of each field.
    """
    _check(said)
    with changing(reader, Purpose.ACCOUNT, "registry.state") as change:
        first = change.sight.one(RegisteredPerson, identifier)
        second = _end(change.sight, said.other)
        if first.pk == second.pk:
            raise Invalid({"other": ["that is the same person"]})
        row = Relation(
            one=first,
            other=second,
            kind=said.kind,
            cited=said.cited.strip(),
            recorded=moment.today().isoformat(),
            author=Person.objects.get(pk=reader.id),
        )
        held = label_of(first.own_label)
        own = Label(held.compartments, held.sensitivity | Sensitivity(said.sensitivity))
        change.add(row, own=own, below=[first, second])
    return str(row.pk)


def _check(said: Related) -> None:
    wrong = {}
    if said.kind not in KINDS:
        wrong["kind"] = [f"choose {', '.join(KINDS)}"]
    if len(said.cited.strip()) < 3:
        wrong["cited"] = ["name the source: who says it, where"]
    if said.sensitivity not in {level.value for level in LEVELS}:
        wrong["sensitivity"] = ["choose a level of the Traffic Light Protocol"]
    if wrong:
        raise Invalid(wrong)


def _end(sight: Sight, other: str) -> RegisteredPerson:
    """Return the other person; who mistypes an id is told at the field."""
    try:
        return sight.one(RegisteredPerson, other.strip())
    except NothingThere as error:
        raise Invalid({"other": ["no person of the registry has this id"]}) from error


def withdraw_relation(reader: Reader, identifier: str) -> str:
    """Take back a relation; that it stood stays in the log. Return the id of one of the two.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such relation.
    """
    with changing(reader, Purpose.ACCOUNT, "registry.state") as change:
        row = change.sight.one(Relation, identifier)
        change.note(row, "withdrawn", LEVELS[row.label.level])
        person = str(row.one_id)
        row.delete()
    return person
