"""Invented lists in three scripts for the tests of the registry, and short ways to bring them in."""

from __future__ import annotations

import csv
from io import StringIO

from numpy.random import PCG64, Generator
from tests.workspace.conftest import World
from tests.workspace.register_texts import COURT

from standwith.account.registry.synthetic import World as Invented
from standwith.account.registry.synthetic import synthesize
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import promotions, staging
from standwith.services.cases import Marking


def bring(
    world: World,
    text: str = COURT,
    *,
    who: str = "desk",
    source: str = "court",
    known: str = "2024-06-01",
    country: str = "BY",
    level: Sensitivity = Sensitivity.GREEN,
    name: str = "list.csv",
    **more: object,
) -> str:
    """Stage a list; return its id."""
    offered = staging.Offered(source, country, known, name, text.encode(), **more)  # type: ignore[arg-type]
    return staging.stage_list(
        world.reader(who), offered, Marking(world.compartments["desk"], level)
    )


def register(world: World, text: str = COURT, **more: object) -> str:
    """Stage and promote a list; return its id."""
    found = bring(world, text, **more)  # type: ignore[arg-type]
    promotions.promote_list(world.reader("desk"), found, "promoted for a test of the registry")
    return found


def written(rows: list[dict[str, str]]) -> str:
    """Write rows as comma-separated values."""
    out = StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def invented(persons: int = 60, seed: int = 5) -> Invented:
    """Make lists of invented persons with the faults of real ones, and the truth."""
    return synthesize(persons, Generator(PCG64(seed)))
