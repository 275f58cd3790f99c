"""Who can see a record: the answer that every page of a record gives."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from standwith.kernel.policy import Purpose, may
from standwith.services import account
from standwith.services.labels import LEVELS, label_of
from standwith.store.models.labelled import Labelled
from standwith.store.models.people import Person
from standwith.store.models.policy import Compartment, Label, Membership


@dataclass(frozen=True, slots=True)
class Audience:
    """The level, the compartments, and by name who may see a record for a purpose."""

    level: str
    compartments: tuple[str, ...]
    people: tuple[str, ...]
    outside: tuple[str, ...]


def audience(row: Labelled, purpose: Purpose) -> Audience:
    """Tell who can see a record; only somebody who sees it may be told."""
    return audience_of(row.label, purpose)


def audience_of(row: Label, purpose: Purpose) -> Audience:
    """Tell who can see what carries a label."""
    label = label_of(row)
    names = Compartment.objects.filter(pk__in=label.compartments).order_by("name")
    rows = Person.objects.select_related("institution").filter(is_active=True).order_by("name")
    inside = rows.filter(pk__in=_members(label.compartments)) if label.compartments else rows
    found = [p for p in inside if may(account.reader_from(p), purpose, label).allowed]
    return Audience(
        LEVELS[row.level].value,
        tuple(names.values_list("name", flat=True)),
        tuple(person.name for person in found if person.institution.home),
        tuple(f"{p.name} ({p.institution.name})" for p in found if not p.institution.home),
    )


def _members(compartments: frozenset[str]) -> list[UUID]:
    rows = Membership.objects.filter(compartment_id__in=compartments)
    return list(rows.values_list("person_id", flat=True).distinct())
