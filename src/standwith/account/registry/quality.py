"""How good the records are: how late they come, how complete they are, who says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

import numpy as np

from standwith.account.registry.comparison import Share
from standwith.account.registry.record import Episode
from standwith.account.registry.spells import Spells

MONTH = 30.4375


@dataclass(frozen=True, slots=True)
class Lag:
    """Days from an arrest to its record; figures from ``incomplete_from`` on will still grow."""

    number: int
    median: float
    ninth: float
    incomplete_from: date


def reporting_lag(held: Spells, known: date) -> Lag | None:
    """Measure how late arrests become known, by the middle of uncertain dates; None without any.

    The last twice the median lag (in whole months, one at least) before ``known`` is called
    incomplete: later arrests of short lag alone are seen there (right truncation).
    """
    begin, _ = held.reading("middle", unsure=True)
    days = (held.recorded - begin)[held.recorded >= begin]
    if not len(days):
        return None
    median, ninth = (float(x) for x in np.quantile(days, (0.5, 0.9)))
    months = max(1, 2 * ceil(median / MONTH))
    return Lag(
        len(days), median, ninth, date.fromordinal(known.toordinal() - round(months * MONTH))
    )


def completeness(rows: Sequence[Mapping[str, object]]) -> dict[str, Share]:
    """Count, for each field of any row, the rows that have a value; 0 and false are values."""
    fields = sorted({name for row in rows for name in row})
    return {
        name: Share(sum(row.get(name) not in (None, "", (), []) for row in rows), len(rows))
        for name in fields
    }


def corroborated(episodes: Iterable[Episode], known: date) -> Share:
    """Of the episodes known on a day, those that two sources or more speak of."""
    several = whole = 0
    for episode in episodes:
        if episode.recorded <= known:
            said = {name for event in episode.events if event.recorded <= known
                    for name in event.sources}  # fmt: skip
            whole += 1
            several += len(said) >= 2
    return Share(several, whole)
