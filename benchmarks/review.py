"""How many looks a review of duplicates takes, and how many of the duplicates it reaches.

    python benchmarks/review.py [--persons 600] [--seeds 3]

Invented persons on three dirty lists in several scripts, with the truth about them. A reviewer who
knows the truth takes the pairs that the workspace offers, one after the other, until none is left.
The limits are .98 of the pairs of lists that tell of one person, and 1.2 looks for each join. A
list that names one person under two ids keeps them apart for good, so lists are counted.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Review, and print a row for each seed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--persons", type=int, default=600)
    parser.add_argument("--seeds", type=int, default=3)
    asked = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    print("| persons | seed | rows | pairs of lists | reached | looks for each join | seconds |")
    print("|---|---|---|---|---|---|---|")
    for seed in range(1, asked.seeds + 1):
        reviewed_apart(asked.persons, seed)


def reviewed_apart(persons: int, seed: int) -> None:
    """Review in a process of its own, because a process has one workspace."""
    process = os.fork()
    if process == 0:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["STANDWITH_HOME"] = folder
            print(reviewed(persons, seed), flush=True)
        os._exit(0)
    _, status = os.waitpid(process, 0)
    if status:
        raise SystemExit(1)


def reviewed(persons: int, seed: int) -> str:
    """Take lists in, review them, and write what it came to."""
    from register_lists import prepare
    from tests.workspace.conftest import furnish
    from tests.workspace.register_lists import invented, register, written
    from tests.workspace.test_pairs import closed, review

    from standwith.services import pairs

    world, made = prepare(furnish), invented(persons, seed=seed)
    for name, rows in made.lists.items():
        register(world, written(rows), source=f"made-{name}")
    begun = time.perf_counter()
    pairs.find_pairs(world.reader("desk"))
    found = time.perf_counter() - begun
    truth = {f"made-{name}:{key}": who for (name, key), who in made.truth.items()}
    looks, joins = review(world, truth)
    reached, wanted = closed(world, truth)
    number = sum(map(len, made.lists.values()))
    told = (f"{persons:,}", seed, f"{number:,}", f"{wanted:,}", f"{reached / wanted:.3f}",
            f"{looks / joins:.2f}", f"{found:.1f}")  # fmt: skip
    return f"| {' | '.join(map(str, told))} |"


if __name__ == "__main__":
    main()
