"""Figures of the registry in words and plain tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Data = Mapping[str, Any]


def annual_text(found: Data) -> str:
    """Write the figures of a year, as ``annual`` gives them, for a terminal."""
    stock, spell = found["stock"], found["during"]
    lines = [
        f"Deprived of liberty, {found['year']}, as known on {found['known']}",
        f"Unit: {found['unit']}. {found['policy'][0].upper()}{found['policy'][1:]}.",
        f"Ranges come {found['ranges']}.",
        "",
        (
            f"Held as {stock['days'][1]} began: {_count(stock['all'][1])}; a year before "
            f"{_count(stock['all'][0])} ({_change(stock['change'])})."
        ),
        (
            f"Held on any day of {found['year']}: {_count(spell['all'])}; of them the year before: "
            f"{_share(spell['held_the_year_before'])}."
        ),
        "",
        *(_country(place, found) for place in stock["countries"]),
        "",
        *(_flow(place or "all", one) for place, one in found["flows"].items()),
        "",
        *_law(found["law"]),
        *_time(found["time_held"]),
        *_quality(found["quality"]),
    ]
    if found["residuals"]:
        rest = ", ".join(f"{place or 'all'} {n:+,}" for place, n in found["residuals"].items())
        lines.append(f"NOT TO BE PUBLISHED: flows leave a residual ({rest}).")
    return "\n".join(lines) + "\n"


def _country(place: str, found: Data) -> str:
    row = found["stock"]["countries"][place]
    on = found["during"]["countries"].get(place, {"value": 0, "least": 0, "most": 0})
    return f"  {place}  {_count(row[1]):>24}  in the year {_count(on):>24}"


def _flow(place: str, one: Data) -> str:
    into = [f"+{n:,} {name.replace('_', ' ')}" for name, n in one["into"].items()]
    out_of = [f"-{n:,} {name.replace('_', ' ')}" for name, n in one["out_of"].items()]
    rest = "closes" if not one["residual"] else f"residual {one['residual']:+,}"
    parts = [f"{one['opening']:,}", *into, *out_of, f"= {one['closing']:,} ({rest})"]
    return f"  {place}: {' '.join(parts)}"


def _law(law: Data) -> list[str]:
    terms = law["sentences"]
    lines = [f"  {family}: {_share(one)}" for family, one in law["families"].items()]
    if terms["quartiles_years"]:
        low, middle, high = terms["quartiles_years"]
        lines.append(
            f"Sentences: {terms['number']:,}; median {middle:.1f} years ({low:.1f} to {high:.1f} "
            f"the middle half); ten years or more {_share(terms['ten_years_or_more'])}; "
            f"life {terms['life']:,}, death {terms['death']:,}; not read {terms['unread']:,}."
        )
    return lines


def _time(held: Data) -> list[str]:
    if not held["number"]:
        return []
    median = "not reached" if held["median_days"] is None else f"{held['median_days']:,.0f} days"
    low, high = ("?" if end is None else f"{end:,.0f}" for end in held["median_95"])
    alone = held["mean_of_the_released_alone"]
    beside = "" if alone is None else f" Mean of the released alone: {alone:,.0f} days, too short."
    return [
        (
            f"Time held: {held['number']:,} episodes, {held['still_held']:,} not ended; "
            f"median {median} (95 % {low} to {high}).{beside}"
        )
    ]


def _quality(quality: Data) -> list[str]:
    lag = quality["lag_days"]
    lines = [
        (
            f"Quality: two sources or more {_share(quality['two_sources'])}; "
            f"begin known to the day {_share(quality['begin_known_to_the_day'])}."
        )
    ]
    if lag is not None:
        lines.append(
            f"Arrests become known after {lag['median']:,.0f} days (median; nine in ten within "
            f"{lag['p90']:,.0f}): figures from {quality['incomplete_from']} on will grow."
        )
    return lines


def _count(one: Data) -> str:
    if one["least"] == one["most"]:
        return f"{one['value']:,}"
    return f"{one['value']:,} ({one['least']:,} to {one['most']:,})"


def _change(one: Data) -> str:
    if one["percent"] is None:
        return f"{one['absolute']:+,}"
    return f"{one['absolute']:+,}, {one['percent']:+.1f} %"


def _share(one: Data) -> str:
    shown = "" if one["share"] is None else f" ({100 * one['share']:.1f} %)"
    return f"{one['part']:,} of {one['whole']:,}{shown}"
