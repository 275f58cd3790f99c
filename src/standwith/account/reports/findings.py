"""The key findings of an edition: sentences by key, with the numbers that each rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from standwith.account.reports.layout import Table, value_of, word

Data = Mapping[str, Any]


def findings(found: Data, tables: Mapping[str, Table]) -> list[dict[str, Any]]:
    """Write five to ten findings; one that nothing is known for is left out."""
    return [{"key": key, "with": told, "table": table} for key, told, table in _all(found, tables)]


Finding = tuple[str, dict[str, Any], str]


def _all(found: Data, tables: Mapping[str, Table]) -> Iterator[Finding]:
    held, change = found["stock"]["all"][-1], found["stock"]["change"]
    day = found["stock"]["days"][-1]
    yield (
        "f.held",
        {"n": held["value"], "low": held["least"], "high": held["most"], "day": day},
        "world",
    )
    yield _change(change), {"n": abs(change["absolute"]), "share": change["percent"]}, "world"
    inside = found["during"]["all"]
    yield "f.during", {"n": inside["value"], "year": found["year"]}, "during"
    stayed = found["during"]["held_the_year_before"]
    if stayed["whole"]:
        yield "f.stayed", _shared(stayed), "stayed"
    first = next((row for row in tables["world"].rows if "c" in row[0]), None)
    if first is not None and value_of(first[2]):
        told = {"country": first[0]["c"], "n": int(value_of(first[2]) or 0)}
        yield "f.most", told, "world"
    yield from _law(found, tables)
    yield from _course(found, tables)


def _change(change: Data) -> str:
    if not change["absolute"]:
        return "f.same"
    way = "up" if change["absolute"] > 0 else "down"
    return f"f.{way}" if change["percent"] is not None else f"f.{way}_from_none"


def _shared(one: Data) -> dict[str, Any]:
    return {"n": one["part"], "whole": one["whole"], "share": 100 * one["part"] / one["whole"]}


def _law(found: Data, tables: Mapping[str, Table]) -> Iterator[Finding]:
    top = next(iter(tables["families"].rows), None)
    if top is not None:
        told = {"family": top[0]["w"], "n": top[1], "whole": top[2], "share": top[3]}
        yield "f.family", told, "families"
    long = found["law"]["sentences"]["ten_years_or_more"]
    if long["whole"]:
        yield "f.long", _shared(long), "sentences"


def _course(found: Data, tables: Mapping[str, Table]) -> Iterator[Finding]:
    held = found["time_held"]
    if held.get("median_days") is not None:
        yield "f.median", {"days": held["median_days"], "n": held["number"]}, "time_held"
    for kind, key in (("died_in_custody", "f.died"), ("executed", "f.executed")):
        row = next((r for r in tables["ends"].rows if r[0] == word(f"status {kind}")), None)
        if row is not None:
            yield key, {"n": row[-1], "year": found["year"]}, "ends"
    if not found["publishable"]:
        yield "f.residual", {"n": len(found["residuals"])}, "flows"
