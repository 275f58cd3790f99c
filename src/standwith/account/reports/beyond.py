"""Beyond prison: other tactics, acts across borders, notices, what was done; and the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from standwith.account.registry.measures import (
    WITHIN,
    Intervention,
    Leverage,
    Matrix,
    Measure,
    Notice,
    Restriction,
    Transnational,
    matrix,
    outcome,
    released_after,
)
from standwith.account.registry.quality import completeness
from standwith.account.registry.spells import Spells
from standwith.account.reports.layout import Cell, Row, Table, country, percent, word

Data = Mapping[str, Any]


def known_by(measures: Sequence[Measure], known: date) -> list[Measure]:
    """Keep what was known on a day."""
    return [one for one in measures if one.known.recorded <= known]


def _of_year(one: Measure, year: int) -> bool:
    day = one.known.when.first or one.known.when.last
    return day is not None and day.year == year


def tactics(measures: Sequence[Measure], year: int) -> Table:
    """Persons by tactic short of prison in the year, by country."""
    found: dict[tuple[str, str], set[str]] = {}
    for one in measures:
        if isinstance(one, Restriction) and _of_year(one, year):
            found.setdefault((one.tactic, one.country), set()).add(one.person)
    rows = [
        (word(f"tactic {name}"), country(code), len(who))
        for (name, code), who in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    heads = (("tactic", "label"), ("country", "label"), ("persons", "count"))
    return Table("tactics", heads, tuple(rows), ("n.several",))


def transnational(measures: Sequence[Measure], year: int) -> tuple[Table, Matrix]:
    """Acts of states against persons in other states, by origin, host and tactic."""
    acts = [one for one in measures if isinstance(one, Transnational)]
    found = matrix(acts, date(year, 1, 1), date(year + 1, 1, 1))
    rows: list[Row] = [
        (country(origin), country(host), word(f"tactic {name}"), n,
         found.persons[origin, host, name])
        for (origin, host, name), n in sorted(found.acts.items(), key=lambda x: (-x[1], x[0]))
    ]  # fmt: skip
    if rows:
        sums = sum(found.acts.values()), sum(found.persons.values())
        rows.append((word("all"), None, None, *sums))
    heads = (
        ("origin", "label"),
        ("host", "label"),
        ("tactic", "label"),
        ("acts", "count"),
        ("persons", "count"),
    )
    return Table("transnational", heads, tuple(rows), ("n.transnational",)), found


def notices(measures: Sequence[Measure], known: date) -> Table:
    """Notices by issuing state: how many, and how far the requests to the Commission came."""
    held = [one for one in measures if isinstance(one, Notice)]
    counts = Counter((one.issuer, outcome(one)) for one in held)
    steps = sorted({step for _, step in counts})
    rows = [
        (country(issuer), *(counts[issuer, step] for step in steps),
         sum(counts[issuer, step] for step in steps))
        for issuer in sorted({one.issuer for one in held})
    ]  # fmt: skip
    heads = [("issuer", "label"), *((f"step {step}", "count") for step in steps), ("all", "count")]
    return Table("notices", tuple(heads), tuple(rows), ("n.notices", f"=asof {known.isoformat()}"))


def leverage(measures: Sequence[Measure]) -> Table:
    """Persons detained to press another state, by who holds and who is pressed."""
    counts = Counter((one.holder, one.pressed) for one in measures if isinstance(one, Leverage))
    rows = [(country(a), country(b), n) for (a, b), n in sorted(counts.items())]
    heads = (("holder", "label"), ("pressed", "label"), ("persons", "count"))
    return Table("leverage", heads, tuple(rows), ("n.leverage",))


def interventions(measures: Sequence[Measure], held: Spells, known: date) -> Table:
    """What was done for persons held, and how many were released within some days after."""
    done = [one for one in measures if isinstance(one, Intervention)]
    after = {days: released_after(done, held, known, days) for days in WITHIN}
    counts = Counter(one.means for one in done)
    rows = []
    for means, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        shares: list[Cell] = []
        for days in WITHIN:
            one = after[days].get(means)
            shares += [None, None] if one is None else [one.part, percent(one)]
        rows.append((word(f"means {means}"), n, *shares))
    heads = [("means", "label"), ("done", "count")]
    for days in WITHIN:
        heads += [(f"released_within_{days}", "count"), (f"share_within_{days}", "percent")]
    return Table("interventions", tuple(heads), tuple(rows), ("n.not_causal",))


def quality(found: Data, rows: Sequence[Mapping[str, object]]) -> Table:
    """How good the records are: sources, precision of dates, lag, completeness of each field."""
    held = found["quality"]
    lines: list[Row] = [
        _line("two_sources", held["two_sources"]),
        _line("begin_to_the_day", held["begin_known_to_the_day"]),
    ]
    lag = held["lag_days"]
    lines.append((word("quality lag_median"), None, None, None if lag is None else lag["median"]))
    lines.append((word("quality lag_ninth"), None, None, None if lag is None else lag["p90"]))
    for name, one in completeness(rows).items():
        lines.append((word(f"field {name}"), one.part, one.whole, percent(one)))
    heads = (("measure", "label"), ("part", "count"), ("whole", "count"), ("value", "number"))
    return Table("quality", heads, tuple(lines), ("n.undercount",))


def _line(name: str, one: Data) -> Row:
    share = 100 * one["part"] / one["whole"] if one["whole"] else None
    return word(f"quality {name}"), one["part"], one["whole"], share
