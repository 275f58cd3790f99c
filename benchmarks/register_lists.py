"""The registry in the workspace: lists in, searched, counted, reported, with the policy layer on.

    python benchmarks/register_lists.py [--persons 50000] [--no-figures]

A workspace on SQLite is made in a temporary folder, or in PostgreSQL where STANDWITH_DATABASE names
one. Invented persons come in by the services that pages and the host use; pages are asked for
whole, in the process that makes them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from tests.workspace.conftest import World

ROOT = Path(__file__).parents[1]
REPEATS = 30
PAGES = (
    ("persons", "/registry/"),
    ("persons of one status", "/registry/?status=unsure"),
    ("persons by a Han character", f"/registry/?q={quote('李')}"),
    ("persons by a Latin word", "/registry/?q=ahmadi"),
    ("persons by a word in Arabic letters", f"/registry/?q={quote('احمدی')}"),
    ("persons by two words", "/registry/?q=andrey+shcherbak"),
    ("persons of no such name", "/registry/?q=zzzz"),
    ("timeline", "/registry/timeline"),
    ("map", "/registry/map"),
    ("acts", "/registry/acts/"),
    ("completion of two letters", "/search.json?q=an"),
    ("completion of a word", "/search.json?q=ahmadi"),
)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--persons", type=int, default=50_000)
    parser.add_argument("--no-figures", action="store_true", help="Leave out what takes minutes.")
    asked = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["STANDWITH_HOME"] = folder
        from tests.workspace.conftest import furnish

        world = prepare(furnish)
        print(f"{asked.persons:,} invented persons in three lists\n\n| what | measured | limit |")
        print("|---|---|---|")
        lines = [measured(world, asked.persons)]
        lines += [] if asked.no_figures else [figured(world)]
        for line in chain.from_iterable(lines):
            print(line, flush=True)


def prepare(furnish: Callable[[], World]) -> World:
    """Make a workspace with people in it."""
    from django.core.management import call_command
    from django.db import connections

    connections["default"].close()
    call_command("migrate", verbosity=0)
    return furnish()


def measured(world: World, persons: int) -> Iterator[str]:
    """Give a line of the table for each thing that is measured."""
    from tests.workspace.register_lists import invented, written

    from standwith.cli.bring import seldom_collected
    from standwith.services import promotions

    lists = {name: written(rows) for name, rows in invented(persons, seed=3).lists.items()}
    rows = sum(text.count("\n") - 1 for text in lists.values())
    begun, staged = time.perf_counter(), []
    for name, text in lists.items():
        with seldom_collected():
            staged.append(brought(world, name, text))
    yield rate("rows staged", rows, begun, "5,000 a second")
    begun = time.perf_counter()
    for one in staged:
        promotions.promote_list(world.reader("desk"), one, "a measurement")
    yield rate("rows promoted", rows, begun)
    client = world.client("desk")
    for name, path in PAGES:
        limit = "50 ms" if name.startswith("completion") else "150 ms"
        yield timed(name, partial(client.get, path), limit)
    first = related(world)
    for name, tail in (("page of a person", ""), ("5,000 relations of a person", "relations")):
        path = f"/registry/persons/{first}/{tail}"
        yield timed(name, partial(client.get, path), "200 ms")


def brought(world: World, name: str, text: str) -> str:
    """Bring a list in as the host does."""
    from standwith.kernel.sensitivity import Sensitivity
    from standwith.services.cases import Marking
    from standwith.services.staging import Offered, bring_list

    offered = Offered(f"made-{name}", "BY", "2024-06-01", f"{name}.csv", text.encode())
    marking = Marking(world.compartments["desk"], Sensitivity.GREEN)
    return bring_list(world.reader("desk"), offered, marking, lambda _done, _total: None)


def related(world: World) -> str:
    """Relate one person to five thousand others; return the id."""
    from standwith.kernel.policy import Purpose
    from standwith.services.batches import Batch
    from standwith.services.change import changing
    from standwith.services.labels import label_of
    from standwith.store.models.people import Person
    from standwith.store.models.register import RegisteredPerson, Relation

    with changing(world.reader("desk"), Purpose.ACCOUNT, "registry.state") as change:
        rows = change.sight.of(RegisteredPerson).filter(source__startswith="made")
        first, *others = rows.select_related("label", "own_label").order_by("id")[:5001]
        author, batch = Person.objects.get(pk=world.reader("desk").id), Batch(change)
        made = [Relation(one=first, other=other, kind="works_with", cited="a list",
                         recorded="2024-06-01", author=author) for other in others]  # fmt: skip
        batch.add(made, label_of(first.own_label), [first])
        batch.close()
    return str(first.pk)


def figured(world: World) -> Iterator[str]:
    """Give the lines of what is worked out from all persons."""
    from standwith.services import editions, figures, verification

    query = {"year": "2023", "known": "2024-06-01"}
    yield once(
        "figures of a year", lambda: figures.read_figures(world.reader("desk"), query), "30 s"
    )
    desk, kept = world.reader("desk"), list[str]()
    make = lambda: kept.append(editions.make_edition(desk, query, public=False))  # noqa: E731 - timed
    yield once("edition made", make, "60 s")
    yield once("its PDF", lambda: editions.write_edition(desk, kept[0], "pdf", "en"), "60 s")
    yield once("log and rows verified", verification.verify)


def rate(name: str, number: int, begun: float, limit: str = "") -> str:
    """Write how many a second."""
    return f"| {name} | {number / (time.perf_counter() - begun):,.0f} a second | {limit} |"


def once(name: str, work: Callable[[], object], limit: str = "") -> str:
    """Write how long something took."""
    begun = time.perf_counter()
    work()
    return f"| {name} | {time.perf_counter() - begun:.1f} s | {limit} |"


def timed(name: str, work: Callable[[], object], limit: str) -> str:
    """Write median and 95th percentile of many times, after one that warms up."""
    work()
    times = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - begun))
    p95 = statistics.quantiles(times, n=20)[-1]
    return f"| {name} | p95 {p95:.0f} ms, median {statistics.median(times):.0f} ms | {limit} |"


if __name__ == "__main__":
    main()
