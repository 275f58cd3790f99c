"""The first run: tables, the first invitation, and, where wanted, the demo cases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from standwith.kernel.policy import Reader
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import people
from standwith.services.account import reader_from
from standwith.services.cases import Marking, load_shipped, shipped_cases
from standwith.services.compartments import open_compartment
from standwith.services.place import home
from standwith.store.models.people import Person
from standwith.store.models.policy import Compartment

DEMO = "Demo cases"


@dataclass(frozen=True, slots=True)
class FirstRun:
    """What the first run prints: the folder, and the token of the first invitation, if any."""

    home: Path
    token: str | None


def prepare(institution: str, *, demo: bool) -> FirstRun:
    """Bring the database up to date; invite the first person; note that demo cases are wanted."""
    bring_up_to_date()
    call_command("collectstatic", verbosity=0, interactive=False)
    token = people.found_workspace(institution)
    mark = home() / "load-demo"
    if demo and not Compartment.objects.filter(name=DEMO).exists():
        mark.touch(mode=0o600)
    return FirstRun(home(), token)


def bring_up_to_date() -> None:
    """Make or change the tables, as this release needs them."""
    call_command("migrate", verbosity=0, interactive=False)


def welcome(reader: Reader) -> None:
    """Load the demo cases for the first head who has signed in, if they are wanted."""
    mark = home() / "load-demo"
    if "head" not in reader.roles or not mark.exists():
        return
    with transaction.atomic():
        compartment = open_compartment(reader, DEMO)
        member = reader_from(Person.objects.select_related("institution").get(pk=reader.id))
        for name in shipped_cases():
            load_shipped(member, name, Marking(compartment, Sensitivity.GREEN))
    mark.unlink(missing_ok=True)
