"""The charts of the annual report, drawn from its tables and from the spells behind them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np

from standwith.account.registry.annual import Asked
from standwith.account.registry.law import LONG, YEAR
from standwith.account.registry.record import Episode, Sentence
from standwith.account.registry.spells import Spells
from standwith.account.registry.survival import TimeHeld, competing
from standwith.account.reports.layout import Cell, Chart, Table, bars, value_of, word
from standwith.account.reports.stocks import yearly

Point = tuple[Cell, float | None]
_STEPS = 60  # points of a curve that are drawn


def drawn(
    tables: Mapping[str, Table],
    held: Spells,
    left: TimeHeld,
    episodes: Sequence[Episode],
    asked: Asked,
) -> list[Chart]:
    """Draw all charts of a year."""
    column = {name: list(_column(tables[key], at)) for name, key, at in _BARS}
    return [
        bars("top_ten", "now", column["top_ten"]),
        Chart("map", "map", (("now", tuple(column["top_ten"])),), ("n.unique",)),
        Chart("ten_years", "lines", (("all", tuple(_years(held, asked))),), ("n.unique",)),
        waterfall(tables["flows"]),
        months(held, asked.year),
        bars("families", "persons", column["families"]),
        histogram(episodes),
        curve(left),
        endings(left),
        bars("ends", "all", column["ends"]),
        Chart("ages", "bars", (("all", tuple(column["ages"])),), ("n.unique",)),
        genders(tables["gender_and_age"]),
        bars("groups", "persons", column["groups"]),
        bars("tactics", "persons", column["tactics"]),
    ]


_BARS = (
    ("top_ten", "world", 2),
    ("families", "families", 1),
    ("ends", "ends", -1),
    ("ages", "gender_and_age", -1),
    ("groups", "groups", 1),
    ("tactics", "tactics", 2),
)


def _column(table: Table, at: int) -> Iterator[Point]:
    """Points of a column, without the row of all together."""
    return ((row[0], value_of(row[at])) for row in table.rows if row[0] != word("all"))


def _years(held: Spells, asked: Asked) -> list[Point]:
    return [({"t": day}, float(n)) for day, n in yearly(held, asked)]


def waterfall(table: Table) -> Chart:
    """From the stock before to the stock now, step by step."""
    row = next((row for row in table.rows if row[0] == word("all")), None)
    heads = [name for name, _ in table.columns]
    points = [] if row is None else [
        (word(name), float(cell))
        for name, cell in list(zip(heads, row, strict=True))[1:]
        if cell or name in {"before", "now"}
    ]  # fmt: skip
    return Chart("flows", "waterfall", (("all", tuple(points)),), ("n.residual",))


def months(held: Spells, year: int) -> Chart:
    """Persons taken and gone in each month of the year, by the middle of uncertain dates."""
    begin, ended = held.reading("middle", unsure=True)
    first = [date(year, month, 1).toordinal() for month in range(1, 13)]
    edges = np.array([*first, date(year + 1, 1, 1).toordinal()])
    series = []
    for name, days in (("taken", begin), ("gone", ended)):
        counts = np.diff(np.searchsorted(np.sort(days), edges))
        points = [({"t": f"{year}-{i + 1:02}"}, float(n)) for i, n in enumerate(counts)]
        series.append((name, tuple(points)))
    return Chart("months", "lines", tuple(series), ("n.episodes",))


def histogram(episodes: Sequence[Episode]) -> Chart:
    """Sentences by length in years; ten and more, life and death in the last."""
    edges = (0, 1, 2, 3, 5, 7, LONG)
    names = [f"{low:g}-{high:g}" for low, high in pairwise(edges)]
    names.append(f"{LONG:g}+")
    terms = (charge.sentence for one in episodes for charge in one.charges)
    years = [found for term in terms if (found := _years_of(term)) is not None]
    counts = Counter(names[bisect_right(edges[1:], one)] for one in years)
    points = tuple(({"t": name}, float(counts[name])) for name in names)
    return Chart("sentence_lengths", "bars", (("sentences", points),), ("n.sentences",))


def _years_of(term: Sentence | None) -> float | None:
    """Years of a sentence to custody; of life and death as many as the longest bar begins with."""
    if term is None or term.suspended:
        return None
    if term.ends_never:
        return LONG
    return term.days / YEAR if term.days else None


def curve(left: TimeHeld) -> Chart:
    """The share still held over time (Kaplan and Meier 1958)."""
    if not len(left.days):
        return Chart("time_held", "steps", (("held", ()),), ("n.censored",))
    found = left.curve()
    points = _thinned(found.times, found.share)
    return Chart("time_held", "steps", (("held", ((0.0, 100.0), *points)),), ("n.censored",))


def endings(left: TimeHeld) -> Chart:
    """The shares gone by release, death or otherwise (Aalen and Johansen 1978)."""
    names = {1: "cause released", 2: "cause dead", 3: "cause other"}
    curves = competing(left.days.tolist(), left.cause.tolist()) if len(left.days) else {}
    series = [
        (names[cause], ((0.0, 0.0), *_thinned(times, shares)))
        for cause, (times, shares) in curves.items()
    ]
    return Chart("endings", "steps", tuple(series), ("n.competing",))


def _thinned(times: Any, shares: Any) -> tuple[tuple[float, float], ...]:  # noqa: ANN401 - columns of numbers
    """Keep so many points of a curve as can be drawn, the last among them; shares in per cent."""
    if not len(times):
        return ()
    places = np.unique(np.linspace(0, len(times) - 1, _STEPS).round().astype(int))
    return tuple((float(times[i]), 100 * float(shares[i])) for i in places)


def genders(table: Table) -> Chart:
    """Persons by gender."""
    row = table.rows[-1]
    points = tuple(
        (word(name), value_of(cell))
        for (name, _), cell in list(zip(table.columns, row, strict=True))[1:-1]
    )
    return Chart("genders", "bars", (("all", points),), ("n.unique",))
