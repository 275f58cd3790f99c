"""Gates of an import, the comparison with the list before, and the receipt that adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from standwith.account.registry.mapping import LEAST
from standwith.account.registry.staging import Staged

# Texts of the observations of a list, by their keys.
Texts = Mapping[str, Mapping[str, str]]

MOST_UNNAMED, MOST_QUARANTINED, MOST_FALL, MOST_FALLEN, MOST_UNPLACED = 0.01, 0.2, 50, 0.1, 0.25


@dataclass(frozen=True, slots=True)
class Limits:
    """How many rows a list may have, and how many its source says that it has (None: unsaid)."""

    least: int = 1
    most: int = 10_000_000
    claimed: int | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """A check of the whole list; one that is not passed stops the import."""

    id: str
    passed: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed against the list before, by the ids of the source.

    ``changed`` is, for each id, the old and the new text of each field.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: Mapping[str, Mapping[str, tuple[str, str]]]
    same: int


def gates(staged: Staged, limits: Limits, before: Texts | None = None) -> tuple[Gate, ...]:
    """Check a list as a whole, and against the one before it from the same source."""
    rows, people = staged.rows, len(staged.observations)
    unnamed = _share(staged, "MISSING_NAME")
    lost = len(staged.quarantined) / rows if rows else 0.0
    said = limits.claimed
    found = [
        Gate("columns", staged.mapping.essential >= LEAST,
             f"{staged.mapping.essential:.0%} of the essential fields have a column"),
        Gate("rows", limits.least <= people <= limits.most,
             f"{people:,} rows with a person; {limits.least:,} to {limits.most:,} are expected"),
        Gate("names", unnamed <= MOST_UNNAMED, f"{unnamed:.1%} of the rows have no name"),
        Gate("quarantine", lost <= MOST_QUARANTINED, f"{lost:.1%} of the rows are quarantined"),
        Gate("claimed-total", said is None or said == rows,
             "the source claims no total" if said is None else
             f"the source claims {said:,}, the file has {rows:,}"),
    ]  # fmt: skip
    return (*found, *(_against(texts_of(staged), before) if before else ()))


def _share(staged: Staged, code: str) -> float:
    rows = staged.observations
    hit = sum(any(odd.code == code for odd in one.anomalies) for one in rows)
    return hit / len(rows) if rows else 0.0


def texts_of(staged: Staged) -> dict[str, Mapping[str, str]]:
    """Give the texts of each observation by its key."""
    return {one.key: one.texts for one in staged.observations}


def _against(now: Texts, before: Texts) -> tuple[Gate, Gate]:
    was, are = len(before), len(now)
    fall = was - are
    steep = fall >= MOST_FALL and fall > MOST_FALLEN * was
    rise = _unplaced(now) - _unplaced(before)
    return (
        Gate("total-drop", not steep, f"{was:,} persons before, {are:,} now"),
        Gate("places", rise <= MOST_UNPLACED, f"rows without a prison: {rise:+.0%}"),
    )


def _unplaced(rows: Texts) -> float:
    return sum("prison" not in one for one in rows.values()) / len(rows) if rows else 0.0


def difference(old: Texts, new: Texts) -> Difference:
    """Compare two lists of one source, by its ids: added, removed, and changed field by field."""
    both = sorted(old.keys() & new.keys())
    changed = {key: found for key in both if (found := _changed(old[key], new[key]))}
    return Difference(
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(old.keys() - new.keys())),
        changed,
        len(both) - len(changed),
    )


def _changed(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    fields = sorted(old.keys() | new.keys())
    pairs = {field: (old.get(field, ""), new.get(field, "")) for field in fields}
    return {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}


def receipt(
    staged: Staged, checks: tuple[Gate, ...], held: Mapping[str, Any], found: Difference | None
) -> dict[str, Any]:
    """Write what came in, what was staged and what was not; ``held`` names file, hash and day."""
    codes = Counter(odd.code for one in staged.observations for odd in one.anomalies)
    told: dict[str, Any] = dict(held) | {
        "rows": staged.rows,
        "staged": len(staged.observations),
        "quarantined": len(staged.quarantined),
        "anomalies": dict(sorted(codes.items())),
        "columns": dict(sorted(staged.mapping.columns.items())),
        "columns_left": list(staged.mapping.left),
        "gates": [{"id": g.id, "passed": g.passed, "detail": g.detail} for g in checks],
        "stopped": not all(gate.passed for gate in checks),
    }
    if found is not None:
        told["against_the_list_before"] = {
            "added": len(found.added),
            "removed": len(found.removed),
            "changed": len(found.changed),
            "same": found.same,
        }
    return told
