"""The figures of a year: every table from the same spells, each with its unit and its doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from standwith.account.registry.comparison import (
    Change,
    Share,
    carry_over,
    concentration,
    rearrested,
)
from standwith.account.registry.flows import Balance, Editions, Figure
from standwith.account.registry.law import Sentences, legal_basis, sentences
from standwith.account.registry.quality import corroborated, reporting_lag
from standwith.account.registry.record import Episode
from standwith.account.registry.spells import Spells
from standwith.account.registry.stock import Count, during, persons_during, stock, total
from standwith.account.registry.survival import TimeHeld, restricted_mean, time_held

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A year, what was known when, and whether the headline holds those of whom nobody knows.

    ``published`` is the stock at the begin of the year that the last edition printed, by country
    ("" for all together), and ``edition`` what was known when it was made; then the flows also
    tell what became known since.
    """

    year: int
    known: date
    unsure: bool = True
    published: Mapping[str, int] | None = None
    edition: date | None = None

    @property
    def ends(self) -> date:
        """First day after the year, on which the stock is taken as it begins."""
        return date(self.year + 1, 1, 1)

    @property
    def begins(self) -> date:
        """First day of the year."""
        return date(self.year, 1, 1)


def annual(
    episodes: Sequence[Episode], asked: Asked, survivors: Mapping[str, str] | None = None
) -> Data:
    """Work out the figures of a year as plain data; ``publishable`` is false with a residual."""
    return annual_of(editions_of(episodes, asked, survivors or {}), asked)


def annual_of(editions: Editions, asked: Asked) -> Data:
    """Work out the figures of a year from the two editions that lie at its begin and its end."""
    held, episodes = editions.after, editions.held
    flows = _flows(editions, asked)
    residuals = {place: one.residual for place, one in flows.items() if one.residual}
    known = [one for one in episodes if one.recorded <= asked.known]
    return {
        "year": asked.year,
        "known": asked.known.isoformat(),
        "unit": "persons; one person counts once, however many episodes overlap",
        "policy": _POLICY[asked.unsure],
        "ranges": "from dates and ends that are not known; not from who is who on several lists",
        "stock": _stock(held, asked),
        "during": _during(held, asked),
        "flows": {place: _balance(one) for place, one in flows.items()},
        "residuals": residuals,
        "publishable": not residuals,
        "law": _law(known),
        "time_held": _held(time_held(held, asked.ends)),
        "rearrested": {
            f"within {n} years": _share(rearrested(held, n, asked.known)) for n in (1, 3)
        },
        "quality": _quality(held, known, asked),
    }


_POLICY = {
    True: "the headline holds persons of whom nobody knows whether they are still held",
    False: "the headline leaves out persons of whom nobody knows whether they are still held",
}


def editions_of(
    episodes: Sequence[Episode], asked: Asked, survivors: Mapping[str, str]
) -> Editions:
    """Put the stocks at begin and end of a year side by side, with what was known of each."""
    opening = Figure(asked.begins, asked.edition or asked.known, asked.unsure)
    return Editions(episodes, opening, Figure(asked.ends, asked.known, asked.unsure), survivors)


def _flows(editions: Editions, asked: Asked) -> dict[str, Balance]:
    """Balances of the year for all together ("") and for each country."""
    found, printed_then = {}, asked.published or {}
    places = {"", *printed_then, *editions.before.countries, *editions.after.countries}
    for place in sorted(places):
        one = editions.balance(place or None)
        printed = printed_then.get(place)
        found[place] = one if printed is None else replace(one, opening=printed)
    return found


def _stock(held: Spells, asked: Asked) -> Data:
    days = [asked.begins, asked.ends]
    whole = total(held, days, unsure=asked.unsure)
    rows = stock(held, days, unsure=asked.unsure)
    spread = concentration({place: row[1].value for place, row in rows.items()})
    return {
        "days": [day.isoformat() for day in days],
        "all": [_count(one) for one in whole],
        "change": _change(whole),
        "countries": {place: [_count(one) for one in row] for place, row in rows.items()},
        "changes": {place: _change(row) for place, row in rows.items()},
        "concentration": {f"first {k}": _share(one) for k, one in spread.top.items()},
        "herfindahl": spread.herfindahl,
    }


def _during(held: Spells, asked: Asked) -> Data:
    places, whole = during(held, asked.begins, asked.ends, unsure=asked.unsure)
    now, before = (persons_during(held, year, unsure=asked.unsure)
                   for year in (asked.year, asked.year - 1))  # fmt: skip
    return {
        "all": _count(whole),
        "countries": {place: _count(one) for place, one in places.items()},
        "held_the_year_before": _share(carry_over(now, before)),
    }


def _balance(one: Balance) -> Data:
    return {
        "opening": one.opening,
        "into": {name: n for name, n in one.into.items() if n},
        "out_of": {name: n for name, n in one.out_of.items() if n},
        "closing": one.closing,
        "residual": one.residual,
    }


def _law(episodes: Sequence[Episode]) -> Data:
    basis = legal_basis(episodes)
    terms: Sentences = sentences(charge for one in episodes for charge in one.charges)
    return {
        "families": {family: _share(one) for family, one in basis.families},
        "note": "one person may be charged under several families; shares may exceed 100 %",
        "no_charge": _share(basis.no_charge),
        "sentences": {
            "number": terms.number,
            "quartiles_years": list(terms.quartiles) if terms.quartiles else None,
            "ten_years_or_more": _share(terms.long),
            "life": terms.life,
            "death": terms.death,
            "unread": terms.unread,
        },
    }


def _held(found: TimeHeld) -> Data:
    if not len(found.days):
        return {"number": 0}
    curve = found.curve()
    low, high = curve.interval()
    return {
        "number": len(found.days),
        "still_held": int((found.cause == 0).sum()),
        "median_days": curve.quantile(0.5),
        "median_95": [low, high],
        "restricted_mean_days": restricted_mean(curve),
        "mean_of_the_released_alone": found.naive_mean(),
        "note": "the mean of the released alone is too short: it leaves out who is still held",
    }


def _quality(held: Spells, episodes: Sequence[Episode], asked: Asked) -> Data:
    lag = reporting_lag(held, asked.known)
    return {
        "two_sources": _share(corroborated(episodes, asked.known)),
        "begin_known_to_the_day": _share(
            Share(int((held.begin[0] == held.begin[1]).sum()), len(held))
        ),
        "lag_days": None if lag is None else {"median": lag.median, "p90": lag.ninth},
        "incomplete_from": None if lag is None else lag.incomplete_from.isoformat(),
    }


def _count(one: Count) -> dict[str, int]:
    return {"value": one.value, "least": one.least, "most": one.most}


def _change(row: Sequence[Count]) -> Data:
    one = Change(row[0].value, row[-1].value)
    return {"absolute": one.absolute, "percent": one.percent}


def _share(one: Share) -> Data:
    return {"part": one.part, "whole": one.whole, "share": one.value}
