"""How often an estimate is right, and how often it is refused where it must be: simulated truths.

    python benchmarks/undercount_studies.py [refusal] [linkage] [SIZE]

refusal: tables that many numbers of persons fit alike (a class that no list meets, two lists that
chase each other in a way that no other shows) must be refused, warned of or answered widely;
tables of independent lists must be answered. linkage: invented persons on four lists in three
scripts; intervals over draws of the linkage beside those of equal spelling and of one linkage.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.random import PCG64, Generator
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.account.made_lists import LISTS, lists

from standwith.account.linkage.partition import Known, draw
from standwith.account.undercount.averaging import average, tables_of
from standwith.account.undercount.capture import CaptureTable
from standwith.account.undercount.estimate import estimate
from standwith.engine.linkage.link import link

TIMES = 40
WIDE = 0.5  # relative width from which an answer is no confident one


def mixed(classes: Sequence[tuple[int, NDArray[np.float64]]], rng: Generator) -> CaptureTable:
    """Draw persons of classes, each a number and the chances of the lists."""
    width = len(classes[0][1])
    places = 2 ** np.arange(width)[::-1]
    counts = np.zeros(2**width, dtype=np.int64)
    for size, chances in classes:
        on = rng.random((size, width)) < chances
        counts += np.bincount(on @ places, minlength=2**width)
    counts[0] = 0
    return CaptureTable(tuple("abcde"[:width]), counts)


def unseen(rng: Generator) -> tuple[CaptureTable, int]:
    """20,000 of whom 18,000 are hardly met: a class of fewer that is met as often looks alike."""
    low, high = rng.uniform(0.08, 0.25, 4), rng.uniform(0.4, 0.7, 4)
    hidden = rng.uniform(0.003, 0.012, 4)
    return mixed([(1000, high), (1000, low), (18_000, hidden)], rng), 20_000


def chased(rng: Generator) -> tuple[CaptureTable, int]:
    """2,000 of whom half are met by all lists together or by none, as if by one list."""
    high, low = rng.uniform(0.55, 0.8, 4), rng.uniform(0.02, 0.06, 4)
    return mixed([(600, high), (1400, low)], rng), 2000


def thin(rng: Generator) -> tuple[CaptureTable, int]:
    """Lists that hardly meet: what is seen twice is a handful."""
    return mixed([(6000, rng.uniform(0.004, 0.02, 4))], rng), 6000


def independent(rng: Generator) -> tuple[CaptureTable, int]:
    """2,000 persons whom four or five lists find independently."""
    return mixed([(2000, rng.uniform(0.15, 0.45, int(rng.integers(4, 6))))], rng), 2000


def copied(rng: Generator) -> tuple[CaptureTable, int]:
    """2,000 persons, the second list taking part of its names from the first."""
    base = rng.uniform(0.2, 0.4, 4)
    half = base.copy()
    half[0], half[1] = min(0.95, 1.6 * base[0]), min(0.95, 1.8 * base[1])
    other = base.copy()
    other[0], other[1] = 0.4 * base[0], 0.2 * base[1]
    return mixed([(1000, half), (1000, other)], rng), 2000


def refusal(times: int) -> None:
    """Print how often each family is refused, answered widely, answered, and rightly."""
    families: dict[str, Callable[[Generator], tuple[CaptureTable, int]]] = {
        "unseen class": unseen, "chased": chased, "thin": thin,
        "independent": independent, "one pair copied": copied,
    }  # fmt: skip
    print(f"{'family':<18}{'refused':>9}{'wide':>7}{'sure':>7}{'held':>7}  of {times}")
    for name, make in families.items():
        seen = Counter[str]()
        for seed in range(times):
            rng = Generator(PCG64(seed))
            table, truth = make(rng)
            found = estimate(table, "dga", rng)
            if found.interval is None or found.result is None:
                seen["refused"] += 1
                continue
            low, high = found.interval
            seen["wide" if (high - low) / found.result.median >= WIDE else "sure"] += 1
            seen["held"] += low <= truth <= high
        row = "".join(f"{seen[key]:>{9 if key == 'refused' else 7}}"
                      for key in ("refused", "wide", "sure", "held"))  # fmt: skip
        print(f"{name:<18}{row}", flush=True)


def linkage(times: int, size: int = 300) -> None:
    """Print how often intervals hold the truth, by how the linkage is carried."""
    held = Counter[str]()
    begun = time.perf_counter()
    for seed in range(times):
        records, _ = lists(size, 100 + seed)
        linked = link(records, single=frozenset(LISTS))
        where = linked.where()
        rng = Generator(PCG64(seed))
        draws = draw(
            where, linked.links, rng, single=linked.single, count=100, known=Known(linked.prior)
        )
        on = [where[record] for record in draws.records]
        labels = linked.clusters.labels()
        names = {record.id: record.name or record.id for record in records}
        numbers = {name: i for i, name in enumerate(sorted(set(names.values())))}
        ways = {
            "over draws": draws.persons,
            "one linkage": np.array([[labels[r] for r in draws.records]]),
            "equal spelling": np.array([[numbers[names[r]] for r in draws.records]]),
        }
        for way, persons in ways.items():
            found = average(tables_of(persons, on, LISTS))
            held[way] += found.low <= size <= found.high
    print(f"{size} persons, {times} times, {time.perf_counter() - begun:.0f} s:")
    for way, count in held.items():
        print(f"  {way:<16} {count / times:.2f} of the 95 % intervals hold the truth")


def main() -> None:
    """Run the studies that are asked for."""
    asked = [word for word in sys.argv[1:] if not word.isdigit()] or ["refusal", "linkage"]
    times = next((int(word) for word in sys.argv[1:] if word.isdigit()), TIMES)
    for name in asked:
        {"refusal": refusal, "linkage": linkage}[name](times)


if __name__ == "__main__":
    main()
