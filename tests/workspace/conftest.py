"""A workspace for each test: a copy of a furnished one, on SQLite or on PostgreSQL.

STANDWITH_TEST_DATABASE=postgresql runs the same tests on a server that is started for them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from tests.workspace.register_texts import COURT, FAMILIES, SECRET

# This file is loaded twice, as a conftest and as a module: both must mean the same folder.
_MARK = f"STANDWITH_TEST_HOME_{os.getpid()}"
HOME = Path(os.environ.setdefault(_MARK, "") or tempfile.mkdtemp(prefix="standwith-test-"))
os.environ[_MARK] = str(HOME)
os.environ["STANDWITH_HOME"] = str(HOME)
os.environ.pop("STANDWITH_DATABASE", None)
os.environ["DJANGO_SETTINGS_MODULE"] = "standwith.web.settings"
# The browser's driver runs a loop in the process of the tests, and the ORM would refuse to work there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from standwith.services.keys import make_keys, read_keys  # noqa: E402 - after the environment

make_keys(HOME)
import django  # noqa: E402 - likewise

django.setup()

from django.conf import settings  # noqa: E402 - after set-up
from django.core.management import call_command  # noqa: E402 - likewise
from django.db import connections  # noqa: E402 - likewise
from django.test import Client  # noqa: E402 - likewise

from standwith.account.registry.recognition import Asked  # noqa: E402 - likewise
from standwith.kernel.policy import WITHIN, Purpose, Reader  # noqa: E402 - likewise
from standwith.kernel.sensitivity import Sensitivity  # noqa: E402 - likewise
from standwith.services import (  # noqa: E402 - likewise
    account,
    cases,
    claims,
    compartments,
    decisions,
    editions,
    factors,
    kept,
    measures,
    pairs,
    people,
    promotions,
    recognitions,
    registered,
    relations,
    staging,
    tasks,
)
from standwith.services import help as helping  # noqa: E402 - likewise
from standwith.services.cases import Marking  # noqa: E402 - likewise
from standwith.services.password import Argon2  # noqa: E402 - likewise
from standwith.store.models.people import Factor, Person  # noqa: E402 - likewise

Argon2.memory_cost, Argon2.time_cost, Argon2.parallelism = 64, 1, 1
(HOME / "static").mkdir(exist_ok=True)
settings.ALLOWED_HOSTS = ["testserver", "localhost"]
settings.REQUEST_PACE = (1e9, 1e9)
POSTGRESQL = os.environ.get("STANDWITH_TEST_DATABASE") == "postgresql"
PASSWORD = "correct horse battery staple"  # noqa: S105 - of invented people
TEAM = {
    "head": ("Hanna Head", "Ministry", ("head",)),
    "second": ("Selma Second", "Ministry", ("head",)),
    "desk": ("Dario Desk", "Ministry", ("desk",)),
    "counsel": ("Clara Counsel", "Ministry", ("counsel",)),
    "mission": ("Mikko Mission", "Mission in Minsk", ("mission",)),
    "auditor": ("Aino Auditor", "Ministry", ("auditor",)),
    "stranger": ("Stefan Stranger", "Ministry", ("desk",)),
    "ally": ("Aldo Ally", "Ally's ministry", ("ally",)),
    "admin": ("Ada Admin", "Ministry", ("administrator",)),
}
AT_HOME = frozenset({"Ministry", "Mission in Minsk"})


@dataclass
class World:
    """A furnished workspace: people by key, compartments and records by name."""

    people: dict[str, str] = field(default_factory=dict)
    compartments: dict[str, str] = field(default_factory=dict)
    records: dict[str, str] = field(default_factory=dict)
    home: Path = HOME

    def reader(self, key: str) -> Reader:
        """Load a person as a reader, as of now."""
        row = Person.objects.select_related("institution").get(pk=self.people[key])
        return account.reader_from(row)

    def client(self, key: str) -> Client:
        """Sign a person in, without the forms."""
        client = Client()
        row = Person.objects.get(pk=self.people[key])
        session = client.session
        now = __import__("time").time()
        session.update({"person": str(row.pk), "epoch": row.epoch, "since": now, "seen": now})
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
        return client


def code_of(person: UUID | str, *, later: int = 0) -> str:
    """Return the present code of a person's app, or of a later step."""
    from standwith.services import moment

    row = Factor.objects.filter(person_id=person, kind="totp").latest("created_at")
    at = int(moment.now().timestamp()) + 30 * later
    return factors._totp(row).generate(at).decode()


def join(handle: str, name: str, institution: str, roles: tuple[str, ...]) -> str:
    """Invite somebody, and walk through joining."""
    invited = people.Invited(handle, name, institution, roles)
    token = people.invite_from_host(invited, home=institution in AT_HOME)
    person = people.join(token, PASSWORD)
    factors.start_totp(person)
    factors.confirm_totp(person, code_of(person))
    return str(person)


def furnish() -> World:
    """Make people, two compartments, a case with claims of all levels, and work on it."""
    world = World({key: join(key, *row) for key, row in TEAM.items()})
    head = world.reader("head")
    world.compartments["desk"] = compartments.open_compartment(head, "Belarus desk")
    world.compartments["sources"] = compartments.open_compartment(world.reader("head"), "Sources")
    _let_in(world)
    _fill(world)
    _register(world)
    return world


def _let_in(world: World) -> None:
    places = {
        "second": Sensitivity.RED,
        "desk": Sensitivity.AMBER_STRICT,
        "counsel": Sensitivity.RED,
        "mission": Sensitivity.AMBER,
        "auditor": Sensitivity.AMBER_STRICT,
    }
    for key, level in places.items():
        asked = compartments.Grant(world.people[key], level, WITHIN, None, "works on it")
        compartments.grant(world.reader("head"), world.compartments["desk"], asked)
    asked = compartments.Grant(
        world.people["ally"], Sensitivity.GREEN, WITHIN, None, "agreed share"
    )
    compartments.grant(world.reader("head"), world.compartments["desk"], asked)
    (waiting,) = compartments.circles(world.reader("head"))[0].proposals
    compartments.decide(world.reader("second"), waiting.id, agree=True)


def claim_form(**changed: str) -> claims.ClaimForm:
    """Make a claim that can be recorded in the Belarus case."""
    said = {
        "fact": "torture",
        "about": "situation",
        "value": "true",
        "valid": "2020-08-10",
        "recorded": "2020-08-18",
        "source": "belarus-2020",
        "lines": "12",
        "grade": "B2",
        "note": "heard from released people",
        "authoritative": "",
        "sensitivity": "TLP:GREEN",
    }
    return claims.ClaimForm(**(said | changed))


def _fill(world: World) -> None:
    head, desk = world.reader("head"), world.compartments["desk"]
    case = cases.load_shipped(head, "belarus-2020", Marking(desk, Sensitivity.GREEN))
    world.records["belarus"] = case
    secret = Marking(world.compartments["sources"], Sensitivity.RED)
    world.records["secret"] = cases.load_shipped(head, "myanmar-2023", secret)
    world.records["red"] = claims.record_claim(
        head, case, claim_form(sensitivity="TLP:RED", note="a guard named Tolik says so")
    )
    source = {
        "id": "guard",
        "title": "Interview with a guard",
        "author": "mission",
        "published": "2020-08-15",
        "citation": "Interview of 15 August 2020",
    }
    claims.record_source(head, case, source, "TLP:AMBER+STRICT")
    world.records["derived"] = claims.record_claim(
        head, case, claim_form(source="guard", lines="", note="cells hold forty")
    )
    decisions.keep_assessment(world.reader("desk"), case, "icnc")
    kept_here = kept.list_kept(world.reader("desk"), case)["rows"]
    world.records["kept"] = kept_here[0]["id"]
    for level in ("TLP:GREEN", "TLP:AMBER", "TLP:RED"):
        who = world.people["mission"] if level == "TLP:AMBER" else ""
        new = tasks.NewTask(f"Visit the trial {level[4:]}", "", who, "2020-08-20", level)
        world.records[f"task {level[4:]}"] = tasks.assign(head, case, new)
    tasks.comment(world.reader("head"), world.records["task GREEN"], "The court opens at nine.")


def _register(world: World) -> None:
    """Take in three lists, one of them secret; compare, join two, add what a source says."""
    desk, head = world.reader("desk"), world.reader("head")
    lists = (
        ("list", desk, "court", COURT, Sensitivity.GREEN),
        ("families", desk, "families", FAMILIES, Sensitivity.GREEN),
        ("secret list", head, "court", SECRET, Sensitivity.RED),
    )
    for name, reader, source, text, level in lists:
        offered = staging.Offered(source, "BY", "2024-06-01", f"{source}.csv", text.encode())
        marking = Marking(world.compartments["desk"], level)
        world.records[name] = staging.stage_list(reader, offered, marking)
        promotions.promote_list(reader, world.records[name], "few rows, on purpose")
    pairs.find_pairs(head)
    for row in registered.export_persons(head, {}):
        world.records[f"person {row['source']} {row['name']} {row['tlp'][4:]}"] = row["id"]
    for row in pairs.export_pairs(head, {}):
        world.records[f"pair {row['one']} / {row['other']} {row['tlp'][4:]}"] = row["id"]
    world.records["person"] = world.records["person court 李敏 GREEN"]
    world.records["secret person"] = world.records["person court Pilip Sakret RED"]
    said = registered.Said("note", "seen in the yard by Tolik", "", "a guard", "B2", "TLP:RED")
    world.records["statement"] = registered.state(head, world.records["person"], said)
    found = [row for row in pairs.export_pairs(desk, {}) if "李敏" in {row["one"], row["other"]}]
    world.records["pair"] = found[0]["id"]
    _cases(world)


def _cases(world: World) -> None:
    """Recognise, restrict, seek, intervene, help; and make two editions, of the desk and secret."""
    desk, head, circle = world.reader("desk"), world.reader("head"), world.compartments["desk"]
    asked = Asked(
        "WGAD", "the Working Group", ["II"], True, False, "an opinion of its own, on paper", "A/1"
    )
    person = world.records["person"]
    world.records["recognition"] = recognitions.propose_recognition(desk, person, asked)
    told = {"when": "2023-08-01", "source": "a lawyer", "country": "BY", "person": person}
    for name, kind, level, more in (
        ("measure", "restriction", Sensitivity.GREEN, {"tactic": "travel_ban"}),
        ("notice", "notice", Sensitivity.GREEN, {"notice": "red"}),
        ("secret measure", "intervention", Sensitivity.RED, {"means": "demarche", "by": "us"}),
    ):
        marking = Marking(circle, level)
        world.records[name] = measures.record_measure(head, kind, told | more, marking)
    involved = told | {"name": "Judge Example", "degree": "carried_out", "minor": "no"}
    marking = Marking(circle, Sensitivity.GREEN)
    world.records["involvement"] = measures.record_measure(desk, "involvement", involved, marking)
    other = world.records["person court Aung Ko Win GREEN"]
    for name, level in (("relation", Sensitivity.GREEN), ("secret relation", Sensitivity.RED)):
        related = relations.Related(other, "family", "a cousin", level.value)
        world.records[name] = relations.relate(head, person, related)
    opened = helping.Intake("A journalist at risk", "emergency", "Ada Sample", "1990", "a ticket")
    for name, level in (("help", Sensitivity.GREEN), ("secret help", Sensitivity.RED)):
        world.records[name] = helping.open_help(head, opened, Marking(circle, level))
    for name, reader in (("edition", desk), ("secret edition", head)):
        year = {"year": "2023", "known": "2024-06-01"}
        world.records[name] = editions.make_edition(reader, year, public=False)


def _clone() -> Iterator[Path]:
    """Give a copy of the furnished database to the connection."""
    connection = connections["default"]
    connection.close()
    home = Path(tempfile.mkdtemp(prefix="standwith-one-"))
    for name in ("keys.json", "checkpoint.latest"):
        if (HOME / name).exists():
            shutil.copy2(HOME / name, home)
    name = _copy(home)
    connection.settings_dict["NAME"] = name
    kept, settings.STANDWITH_HOME = settings.STANDWITH_HOME, home
    yield home
    connection.close()
    settings.STANDWITH_HOME = kept
    _drop(name)
    shutil.rmtree(home, ignore_errors=True)


def _copy(home: Path) -> str:
    if not POSTGRESQL:
        shutil.copy2(HOME / "furnished.sqlite3", home / "workspace.sqlite3")
        return str(home / "workspace.sqlite3")
    from tests.workspace.server import run

    name = f"t{uuid.uuid4().hex[:12]}"
    run(f"CREATE DATABASE {name} TEMPLATE furnished OWNER standwith")
    return name


def _drop(name: str) -> None:
    if POSTGRESQL:
        from tests.workspace.server import run

        with suppress(Exception):
            run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def furnished() -> World:
    """The one workspace that all others are copies of."""
    connection = connections["default"]
    connection.close()  # a test without a workspace may have opened another file before
    if POSTGRESQL:
        from tests.workspace.server import address

        from standwith.services.address import database

        held = {**connection.settings_dict, **database(address("furnished"), HOME)}
        connections.settings["default"] = held
        with suppress(AttributeError):
            del connections["default"]
    else:
        connection.settings_dict["NAME"] = str(HOME / "furnished.sqlite3")
    call_command("migrate", verbosity=0)
    world = furnish()
    if not POSTGRESQL:
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections["default"].close()
    return world


@pytest.fixture
def world(furnished: World) -> Iterator[World]:
    """A workspace of this test's own."""
    for home in _clone():
        yield World(furnished.people, dict(furnished.compartments), dict(furnished.records), home)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Move the clock of the services by a number of seconds."""
    from datetime import timedelta

    from standwith.services import moment

    real = moment.now

    def shift(seconds: float) -> None:
        monkeypatch.setattr(moment, "now", lambda: real() + timedelta(seconds=seconds))

    return shift


__all__ = ["Purpose", "World", "read_keys"]
