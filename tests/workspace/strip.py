"""A second writing of the policy, in the tests alone: who may see a row, and a database without the rest."""

from __future__ import annotations

from django.apps import apps
from django.db import connection
from tests.workspace.conftest import World

from standwith.services import moment
from standwith.services.sight import whole_database
from standwith.store.models.labelled import Labelled
from standwith.store.models.people import Person
from standwith.store.models.policy import Membership
from standwith.store.models.search import Term, Word

BITS = {"watch": 1, "assess": 2, "choose": 4, "act": 8, "account": 16, "publish": 32}


def may_see(person: Person, label: object, purpose: str | None) -> bool:
    """Whether a person may see what carries a label, for one purpose or for any within."""
    purposes = [purpose] if purpose else ["watch", "assess", "choose", "act", "account"]
    return any(_may(person, label, word) for word in purposes)


def _may(person: Person, label: object, purpose: str) -> bool:
    key = label.key  # type: ignore[attr-defined]
    level, compartments, purposes, consents = key.split("|")
    rank = ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"].index(level)
    if person.roles == "administrator" or not person.is_active:
        return False
    if purpose not in purposes.split(",") or "analyse" not in consents:
        return False
    if not person.institution.home and (rank > 2 or "share" not in consents):
        return False
    wanted = [c for c in compartments.split(",") if c]
    if not wanted:
        return rank == 0
    return all(_inside(person, c, rank, purpose) for c in wanted)


def _inside(person: Person, compartment: str, rank: int, purpose: str) -> bool:
    for held in Membership.objects.filter(person=person, compartment_id=compartment):
        standing = held.until is None or held.until > moment.now()
        if standing and held.clearance >= rank and held.purposes & BITS[purpose]:
            return True
    return False


def strip(world: World, key: str) -> int:
    """Remove physically everything that a person may not see; return how many rows went."""
    person = Person.objects.select_related("institution").get(pk=world.people[key])
    gone = 0
    with whole_database():
        for table in (Term, Word):
            for row in table.unguarded.select_related("label"):
                if not may_see(person, row.label, None):
                    row.delete()
        for model in reversed(list(apps.get_app_config("store").get_models())):
            if issubclass(model, Labelled):
                for item in model.unguarded.select_related("label"):
                    if not may_see(person, item.label, None):
                        gone += 1
                        model.unguarded.filter(pk=item.pk).delete()
    connection.close()
    return gone
