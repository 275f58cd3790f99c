"""Gates: what a table must hold before a number is published; each says value, limit and mend."""

from __future__ import annotations

from dataclasses import dataclass

from standwith.account.undercount.capture import CaptureTable, patterns

LEAST_LISTS = 3
LEAST_PERSONS = 30
LEAST_OVERLAP = 10
FEW = 30


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition: whether it holds, what was found, what is asked, and how to mend it."""

    id: str
    passed: bool
    value: float
    limit: float
    reason: str
    blocks: bool = True


def gates(table: CaptureTable) -> tuple[Gate, ...]:
    """Look at a table before anything is estimated from it."""
    return (
        _lists(table),
        _empty(table),
        _short(table),
        _persons(table),
        _overlap(table),
        _connected(table),
        _copies(table),
    )


def refused(found: tuple[Gate, ...]) -> bool:
    """Whether a gate that blocks did not pass."""
    return any(gate.blocks and not gate.passed for gate in found)


def _lists(table: CaptureTable) -> Gate:
    reason = "with two lists independence cannot be tested; add a third, or give the bound alone"
    return Gate("lists", table.width >= LEAST_LISTS, table.width, LEAST_LISTS, reason)


def _empty(table: CaptureTable) -> Gate:
    least = min(table.sizes().values())
    return Gate("empty-list", least >= 1, least, 1, "a list without persons; leave it out")


def _short(table: CaptureTable) -> Gate:
    least = min(table.sizes().values())
    reason = "a list of few persons says little of its dependence; join it with one like it"
    return Gate("short-list", least >= FEW, least, FEW, reason, blocks=False)


def _persons(table: CaptureTable) -> Gate:
    reason = "too few persons; widen the stratum, or give the documented minimum alone"
    return Gate("persons", table.n >= LEAST_PERSONS, table.n, LEAST_PERSONS, reason)


def _overlap(table: CaptureTable) -> Gate:
    twice = int(table.frequencies()[1:].sum())
    reason = "too few persons are on two lists; check the linkage, or add a list that meets others"
    return Gate("overlap", twice >= LEAST_OVERLAP, twice, LEAST_OVERLAP, reason)


def _connected(table: CaptureTable) -> Gate:
    bits = patterns(table.width)
    met = {0}
    for _ in range(table.width):
        for pattern, count in zip(bits, table.counts, strict=True):
            on = {j for j in range(table.width) if pattern[j]}
            if count and on & met:
                met |= on
    reason = "lists fall into groups that share nobody; estimate each group's population apart"
    return Gate("connected", len(met) == table.width, len(met), table.width, reason)


def _copies(table: CaptureTable) -> Gate:
    """Whether no list lies wholly inside another, as a copy does."""
    bits = patterns(table.width)
    inside = 0
    for i in range(table.width):
        for j in range(table.width):
            own = int(table.counts[bits[:, i] == 1].sum())
            outside = int(table.counts[(bits[:, i] == 1) & (bits[:, j] == 0)].sum())
            inside += i != j and own > 0 and outside == 0
    reason = "a list lies wholly inside another: if it was copied, merge the two"
    return Gate("copied-list", inside == 0, inside, 0, reason)
