"""The registry in the workspace: lists in, searched, counted, reported, with the policy layer on.

    python benchmarks/register_lists.py [--persons 50000]

A workspace on SQLite is made in a temporary folder. Invented persons come in by the services that
the pages use; pages are asked for whole, in the process that makes them.
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
    ("completion of two letters", "/search.json?q=an"),
    ("completion of a word", "/search.json?q=ahmadi"),
)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--persons", type=int, default=50_000)
    asked = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["STANDWITH_HOME"] = folder
        from tests.workspace.conftest import furnish

        world = prepare(furnish)
        print(f"{asked.persons:,} invented persons in three lists\n\n| what | measured | limit |")
        print("|---|---|---|")
        for line in measured(world, asked.persons):
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
    from tests.workspace.register_lists import bring, invented, written

    from standwith.services import editions, figures, promotions, registered, verification

    lists = {name: written(rows) for name, rows in invented(persons, seed=3).lists.items()}
    rows = sum(text.count("\n") - 1 for text in lists.values())
    begun, staged = time.perf_counter(), []
    for name, text in lists.items():
        staged.append(bring(world, text, source=f"made-{name}"))
    yield rate("rows staged", rows, begun, "5,000 a second")
    begun = time.perf_counter()
    for one in staged:
        promotions.promote_list(world.reader("desk"), one, "a measurement")
    yield rate("rows promoted", rows, begun)
    client = world.client("desk")
    for name, path in PAGES:
        limit = "50 ms" if name.startswith("completion") else "150 ms"
        yield timed(name, partial(client.get, path), limit)
    first = registered.list_persons(world.reader("desk"), {}).rows[0]["id"]
    yield timed("page of a person", lambda: client.get(f"/registry/persons/{first}/"), "200 ms")
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
