"""Decision tables: rows with a condition, an outcome, a passage and validity dates.

All rows that hit are collected and shown; the strictest outcome counts. Hit policies that stop
at the first row are not offered, because they hide reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from standwith.choose.row import Row
from standwith.kernel.document import Data
from standwith.kernel.pack import names, read_yaml
from standwith.kernel.source import Citation


@dataclass(frozen=True, slots=True)
class View:
    """What a condition may look at: the words of verdicts and grades, by name."""

    criterion: Callable[[str], tuple[str, str]]
    fact: Callable[[str], tuple[str, str]]
    organisation: str


@cache
def rows() -> tuple[Row, ...]:
    """Return the rows of all shipped tables, in the order of their files."""
    return tuple(_read(row) for name in names("rules") for row in read_yaml(name).data["rules"])


def holds(condition: Mapping[str, Data], view: View) -> bool:
    """Whether a condition is met: tests name a criterion, a fact or a kind of organisation."""
    if "all" in condition:
        return all(holds(part, view) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, view) for part in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], view)
    return _test(condition, view)


def _test(condition: Mapping[str, Data], view: View) -> bool:
    if "organisation" in condition:
        return view.organisation in condition["organisation"]
    if "criterion" in condition:
        return _fits(condition, view.criterion(condition["criterion"]))
    if "fact" in condition:
        return _fits(condition, view.fact(condition["fact"]))
    return bool(condition.get("always", False))


def _fits(condition: Mapping[str, Data], found: tuple[str, str]) -> bool:
    verdict, grade = found
    return verdict in condition.get("verdict", ()) or grade in condition.get("grade", ())


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _read(row: Data) -> Row:
    first = row["sources"][0]
    return Row(
        row["id"],
        row["title"]["en"],
        tuple(row["profiles"]),
        frozenset(row["actions"]),
        row["when"],
        row["outcome"],
        row["because"]["en"],
        Citation(first["source"], str(first["lines"])),
        _day(row["valid"]["from"]),
        _day(row["valid"]["to"]),
    )
