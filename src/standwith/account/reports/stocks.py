"""How many are held, by country, on days and over the year: change, flows, who stayed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from standwith.account.registry.annual import Asked
from standwith.account.registry.comparison import Population, per_million
from standwith.account.registry.spells import Spells
from standwith.account.registry.stock import stock, total
from standwith.account.reports.layout import (
    Cell,
    Row,
    Table,
    counted,
    country,
    ranged,
    text,
    word,
)

Data = Mapping[str, Any]


def world(found: Data) -> Table:
    """Persons held by country as the year began and as it ended, with the change."""
    held = found["stock"]
    rows = [
        (country(code), *map(ranged, row), change["absolute"], change["percent"])
        for code, row in held["countries"].items()
        for change in [held["changes"][code]]
    ]
    rows.sort(key=lambda row: (-_number(row[2]), str(row[0])))
    whole = held["change"]
    last = (word("all"), *map(ranged, held["all"]), whole["absolute"], whole["percent"])
    heads = (
        ("country", "label"),
        ("before", "count"),
        ("now", "count"),
        ("change", "number"),
        ("change_percent", "percent"),
    )
    return Table("world", heads, (*rows, last), ("n.like_for_like", "n.ranges", "n.two_countries"))


def _number(cell: Cell) -> int:
    return int(cell[0] if isinstance(cell, list) else cell)


def during(found: Data) -> Table:
    """Persons held on any day of the year, by country."""
    held = found["during"]
    rows = [(country(code), ranged(one)) for code, one in held["countries"].items()]
    rows.sort(key=lambda row: (-_number(row[1]), str(row[0])))
    heads = (("country", "label"), ("in_the_year", "count"))
    return Table("during", heads, (*rows, (word("all"), ranged(held["all"]))), ("n.period",))


def census(held: Spells, asked: Asked) -> Table:
    """Persons held as 1 December begins, this year and the four before, by country."""
    days = [date(year, 12, 1) for year in range(asked.year - 4, asked.year + 1)]
    rows: list[Row] = [
        (country(code), *map(counted, row))
        for code, row in stock(held, days, unsure=asked.unsure).items()
    ]
    rows.sort(key=lambda row: (-_number(row[-1]), str(row[0])))
    whole = (word("all"), *map(counted, total(held, days, unsure=asked.unsure)))
    heads = (("country", "label"), *((f"={day.isoformat()}", "count") for day in days))
    return Table("census", heads, (*rows, whole), ("n.point",))


def flows(found: Data) -> Table:
    """The identity of flows, by country: what came in and went out, and what is left over."""
    into, out_of = (
        sorted({name for one in found["flows"].values() for name in one[side]})
        for side in ("into", "out_of")
    )
    rows = [
        (
            country(code),
            one["opening"],
            *(one["into"].get(name, 0) for name in into),
            *(-one["out_of"].get(name, 0) for name in out_of),
            one["closing"],
            one["residual"],
        )
        for code, one in found["flows"].items()
    ]
    rows.sort(key=lambda row: (row[0] == word("all"), str(row[0])))
    heads = [("country", "label"), ("before", "count")]
    heads += [(f"flow {name}", "number") for name in (*into, *out_of)]
    heads += [("now", "count"), ("residual", "number")]
    return Table("flows", tuple(heads), tuple(rows), ("n.residual",))


def revisions(found: Data, before: Data | None) -> Table:
    """What the last edition printed for the begin of the year, and what is known of it now."""
    heads = (
        ("country", "label"),
        ("printed", "count"),
        ("known_now", "count"),
        ("change", "number"),
    )
    if before is None:
        return Table("revisions", heads, (), ("n.no_edition_before",))
    printed = {code: row[-1]["value"] for code, row in before["stock"]["countries"].items()}
    now = {code: row[0]["value"] for code, row in found["stock"]["countries"].items()}
    rows = [
        (country(code), printed.get(code, 0), now.get(code, 0),
         now.get(code, 0) - printed.get(code, 0))
        for code in sorted(printed.keys() | now.keys())
    ]  # fmt: skip
    whole = before["stock"]["all"][-1]["value"], found["stock"]["all"][0]["value"]
    rows.append((word("all"), *whole, whole[1] - whole[0]))
    return Table("revisions", heads, tuple(rows), ("n.revisions",))


def stayed(found: Data) -> Table:
    """Who was held the year before already, who is new, who was taken again after release."""
    held = found["during"]["held_the_year_before"]
    again = found["rearrested"]
    rows = [
        _shared("carry_over", held),
        _shared("new_this_year", held | {"part": held["whole"] - held["part"]}),
        *(_shared(name.replace(" ", "_"), one) for name, one in again.items()),
    ]
    return Table("stayed", _SHARES, tuple(rows), ("n.rearrest",))


_SHARES = (("share_of", "label"), ("part", "count"), ("whole", "count"), ("percent", "percent"))


def _shared(name: str, one: Data) -> Row:
    share = 100 * one["part"] / one["whole"] if one["whole"] else None
    return word(f"share {name}"), one["part"], one["whole"], share


def concentration(found: Data) -> Table:
    """How far persons are held by few countries."""
    held = found["stock"]
    rows = [_shared(name.replace(" ", "_"), one) for name, one in held["concentration"].items()]
    rows.append((word("share herfindahl"), None, None, _hundredfold(held["herfindahl"])))
    return Table("concentration", _SHARES, tuple(rows), ("n.herfindahl",))


def _hundredfold(value: float | None) -> float | None:
    return None if value is None else 100 * value


def rates(found: Data, populations: Mapping[str, Population]) -> Table:
    """Persons per million inhabitants, each with the source and year of the inhabitants."""
    rows = []
    for code, row in found["stock"]["countries"].items():
        one = populations.get(code)
        rate = None if one is None else per_million(row[-1]["value"], one)
        said = None if one is None else text(f"{one.source} ({one.year})")
        rows.append((country(code), ranged(row[-1]), rate, said))
    heads = (
        ("country", "label"),
        ("now", "count"),
        ("per_million", "number"),
        ("inhabitants_by", "label"),
    )
    return Table("rates", heads, tuple(rows), ("n.rates",))


def yearly(held: Spells, asked: Asked, years: int = 10) -> Sequence[tuple[str, int]]:
    """Persons held as each year of ten begins, and as the last one ends."""
    days = [date(year, 1, 1) for year in range(asked.year - years + 2, asked.year + 2)]
    return [
        (day.isoformat(), one.value)
        for day, one in zip(days, total(held, days, unsure=asked.unsure), strict=True)
    ]
