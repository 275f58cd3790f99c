"""The law used, the sentences, how long people are held and how it ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from standwith.account.registry.record import Episode
from standwith.account.registry.spells import KINDS, Spells
from standwith.account.registry.survival import DEAD, OTHER, RELEASED, TimeHeld, competing
from standwith.account.registry.vocabulary import DEATHS, ENDS, Status
from standwith.account.reports.layout import Cell, Row, Table, country, text, word

Data = Mapping[str, Any]


def families(found: Data) -> Table:
    """Persons by family of the laws they are charged under."""
    rows = [
        (word(f"family {name}"), one["part"], one["whole"], _percent(one))
        for name, one in found["law"]["families"].items()
    ]
    heads = (
        ("family", "label"),
        ("persons", "count"),
        ("with_known_charge", "count"),
        ("percent", "percent"),
    )
    return Table("families", heads, tuple(rows), ("n.several_laws", "n.law_recalled"))


def _percent(one: Data) -> float | None:
    return 100 * one["part"] / one["whole"] if one["whole"] else None


def charges(episodes: Sequence[Episode], most: int = 20) -> Table:
    """The charges most often used, as registers write them, by country."""
    persons: dict[tuple[str, str], set[str]] = {}
    for one in episodes:
        for charge in one.charges:
            said = charge.article or charge.raw
            if said:
                persons.setdefault((one.country, said), set()).add(one.person)
    ranked = sorted(persons.items(), key=lambda item: (-len(item[1]), item[0]))
    rows = [(country(code), text(said), len(who)) for (code, said), who in ranked[:most]]
    heads = (("country", "label"), ("charge", "label"), ("persons", "count"))
    return Table("charges", heads, tuple(rows), ("n.several_laws",))


def without_trial(episodes: Sequence[Episode], known: date) -> Table:
    """Persons held without a charge, before a trial, sentenced; by country."""
    stages = ("no_charge", "before_trial", "sentenced", "unknown")
    found: dict[str, Counter[str]] = {}
    for one in episodes:
        if not _ended(one, known):
            found.setdefault(one.country, Counter())[_stage(one, known)] += 1
    rows = [(country(code), *(n[stage] for stage in stages)) for code, n in sorted(found.items())]
    heads = (("country", "label"), *((f"stage {name}", "count") for name in stages))
    return Table("without_trial", heads, tuple(rows), ("n.episodes",))


def _ended(one: Episode, known: date) -> bool:
    return any(event.status in ENDS and event.recorded <= known for event in one.events)


def _stage(one: Episode, known: date) -> str:
    told = {event.status for event in one.events if event.recorded <= known}
    families_ = {charge.family.value for charge in one.charges}
    if told & {Status.SENTENCED, Status.CONVICTED} or any(c.sentence for c in one.charges):
        return "sentenced"
    if "no_charge" in families_:
        return "no_charge"
    if told & {Status.CHARGED, Status.INDICTED, Status.REMANDED, Status.TRIAL_OPEN}:
        return "before_trial"
    return "unknown"


def sentences(found: Data) -> Table:
    """How long the sentences are."""
    terms = found["law"]["sentences"]
    low, middle, high = terms["quartiles_years"] or (None, None, None)
    long = terms["ten_years_or_more"]
    rows = (
        (word("sentences read"), terms["number"]),
        (word("sentences first_quartile"), _years(low)),
        (word("sentences median"), _years(middle)),
        (word("sentences third_quartile"), _years(high)),
        (word("sentences ten_years"), long["part"]),
        (word("sentences life"), terms["life"]),
        (word("sentences death"), terms["death"]),
        (word("sentences unread"), terms["unread"]),
    )
    return Table("sentences", (("measure", "label"), ("value", "number")), rows, ("n.sentences",))


def _years(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def time_held(found: Data) -> Table:
    """How long people are held, those who still are included, beside the biased mean."""
    held = found["time_held"]
    low, high = held.get("median_95", (None, None))
    rows = (
        (word("time episodes"), held["number"]),
        (word("time still_held"), held.get("still_held")),
        (word("time median"), held.get("median_days")),
        (word("time median_low"), low),
        (word("time median_high"), high),
        (word("time mean_followed"), held.get("restricted_mean_days")),
        (word("time mean_released"), held.get("mean_of_the_released_alone")),
    )
    return Table("time_held", (("measure", "label"), ("days", "days")), rows, ("n.censored",))


YEARS = (0.5, 1, 2, 3, 5)


def endings(held: TimeHeld) -> Table:
    """Share released, dead or gone otherwise within some years (competing risks)."""
    curves = competing(held.days.tolist(), held.cause.tolist()) if len(held.days) else {}
    rows = []
    for years in YEARS:
        gone = [_at(curves.get(cause), 365.25 * years) for cause in (RELEASED, DEAD, OTHER)]
        still = None if not curves else 100 - sum(gone)
        rows.append((years, *gone, still))
    heads = (
        ("years", "years"),
        ("cause released", "percent"),
        ("cause dead", "percent"),
        ("cause other", "percent"),
        ("cause held", "percent"),
    )
    return Table("endings", heads, tuple(rows), ("n.competing",))


def _at(curve: Any, days: float) -> float:  # noqa: ANN401 - times and shares, or nothing
    if curve is None:
        return 0.0
    times, shares = curve
    at = int(np.searchsorted(times, days, side="right"))
    return 100 * float(shares[at - 1]) if at else 0.0


def _summed(label: Cell, counts: Sequence[int]) -> Row:
    """A row of counts with their sum."""
    return (label, *counts, sum(counts))


def ends_of(held: Spells, year: int) -> Table:
    """Ends of custody in the year, by kind and country."""
    _, ended = held.reading("middle", unsure=True)
    first, after = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
    inside = (ended >= first) & (ended < after) & (held.end >= 0)
    counts = Counter(
        (held.countries[held.country[i]], KINDS[held.end[i]])
        for i in np.flatnonzero(inside)
        if KINDS[held.end[i]] in ENDS
    )
    places = sorted({place for place, _ in counts})
    met = {kind for _, kind in counts}
    kinds = sorted((kind for kind in Status if kind in met), key=DEATHS.__contains__)
    rows = [
        _summed(word(f"status {kind}"), [counts[place, kind] for place in places]) for kind in kinds
    ]
    heads = [("end", "label"), *((f"@{place}", "count") for place in places), ("all", "count")]
    return Table("ends", tuple(heads), tuple(rows), ("n.ends",))
