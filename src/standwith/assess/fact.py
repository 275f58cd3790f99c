"""The facts that gates and criteria ask for: what to ask, of whom, and what asking may cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from standwith.kernel.pack import read_json


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """A fact of the vocabulary; ``scope`` is situation, organisation, person or phase.

    The phase is no claim: it is estimated from signs.
    """

    id: str
    scope: str
    question: str
    ask: str
    risk_of_asking: str


@cache
def fact_definitions() -> Mapping[str, FactDefinition]:
    """Return the vocabulary of facts by id, in the order of the file."""
    rows = read_json("catalogue/release.json")["facts"]
    return {
        row["id"]: FactDefinition(
            row["id"], row["scope"], row["question"]["en"], row["ask"]["en"], row["risk_of_asking"]
        )
        for row in rows
    }
