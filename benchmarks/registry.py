"""The registry at size: staging of dirty rows, spells, and all figures of a year.

    python benchmarks/registry.py [PERSONS]

Persons are invented. The published limits are 5,000 rows a second to stage, and 30 seconds for the
figures of a year of a million persons with a million and a half episodes.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import date, timedelta

from numpy.random import PCG64, Generator

from standwith.account.registry.annual import Asked, annual
from standwith.account.registry.mapping import propose
from standwith.account.registry.promotion import promote
from standwith.account.registry.record import Episode, StatusEvent
from standwith.account.registry.spells import spells_of
from standwith.account.registry.staging import Row, stage
from standwith.account.registry.stock import stock
from standwith.account.registry.synthetic import synthesize
from standwith.account.registry.vocabulary import Status
from standwith.kernel.period import parse_period

COUNTRIES = 60
LAST = date(2024, 6, 1)


def say(what: str, seconds: float, number: int, limit: str) -> None:
    """Print a row."""
    rate = number / seconds
    print(f"{what:<44} {number:>10,} {seconds:>8.2f} s {rate:>12,.0f} a second   {limit}")


def staging() -> None:
    """Stage and promote the rows of three dirty lists."""
    world = synthesize(20_000, Generator(PCG64(1)))
    rows = [(name, [Row(f"line {i}", row) for i, row in enumerate(held, start=2)])
            for name, held in world.lists.items()]  # fmt: skip
    begin = time.perf_counter()
    number = 0
    for name, held in rows:
        staged = stage(held, propose(list(held[0].cells)), LAST)
        promote(staged.observations, name, "BY", LAST)
        number += staged.rows
    say("rows staged and promoted", time.perf_counter() - begin, number, ">= 5,000 a second")


def episodes(persons: int, rng: Generator) -> list[Episode]:
    """Invent three episodes for every two persons, in many countries."""
    found = []
    starts = rng.integers(date(2000, 1, 1).toordinal(), LAST.toordinal(), size=persons * 3 // 2)
    lengths = rng.exponential(500, size=len(starts)).astype(int) + 1
    lands = rng.integers(COUNTRIES, size=len(starts))
    for i, (start, length, land) in enumerate(zip(starts, lengths, lands, strict=True)):
        day = date.fromordinal(int(start))
        end = day + timedelta(days=int(length))
        events = [_event(f"e{i}a", Status.ARRESTED, day)]
        if end < LAST:
            events.append(_event(f"e{i}b", Status.RELEASED_SERVED, end))
        person = f"p{i % persons}"
        found.append(Episode(f"e{i}", person, f"C{land:02}", tuple(events), day))
    return found


def _event(name: str, status: Status, day: date) -> StatusEvent:
    return StatusEvent(name, status, parse_period(day.isoformat()), day, ("list",))


def figures(persons: int) -> None:
    """Work out spells, a monthly stock by country, and the figures of a year."""
    held = episodes(persons, Generator(PCG64(1)))
    begin = time.perf_counter()
    spells = spells_of(held, LAST)
    say("episodes to spells", time.perf_counter() - begin, len(held), "")
    months = [date(year, month, 1) for year in range(2000, 2024) for month in range(1, 13)]
    begin = time.perf_counter()
    stock(spells, months)
    say(f"stock, {len(months)} months, {COUNTRIES} countries", time.perf_counter() - begin,
        len(held), "")  # fmt: skip
    begin = time.perf_counter()
    found = annual(held, Asked(2023, LAST))
    say("all figures of a year", time.perf_counter() - begin, len(held), "<= 30 s for 1.5 million")
    print(f"publishable: {found['publishable']}; held {found['stock']['all'][1]['value']:,}")
    changed = [replace(held[0], country="C99"), *held[1:]]
    print(f"one episode moved: {annual(changed, Asked(2023, LAST)) != found}")


def main() -> None:
    """Print the table."""
    staging()
    figures(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)


if __name__ == "__main__":
    main()
