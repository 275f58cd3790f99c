"""Time in custody: how long people are held, those who are still held included.

Who is still held is censored, not left out: the mean of those who were released is too short,
because the long detentions are the ones that have not ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from standwith.account.registry.spells import KINDS, NO_END, Spells
from standwith.account.registry.vocabulary import DEATHS, RELEASES, UNSURE, Status

Floats = NDArray[np.float64]
TWO_SIDED = 1.959964


@dataclass(frozen=True, slots=True)
class Curve:
    """Share still held after each time at which somebody left, with Greenwood's standard error."""

    times: Floats
    share: Floats
    error: Floats
    at_risk: Floats

    def at(self, time: float) -> float:
        """Give the share still held after a time."""
        place = int(np.searchsorted(self.times, time, side="right"))
        return float(self.share[place - 1]) if place else 1.0

    def quantile(self, share: float) -> float | None:
        """Give the first time at which no more than ``1 - share`` are held; None: not reached."""
        reached = np.flatnonzero(self.share <= 1 - share + 1e-12)
        return float(self.times[reached[0]]) if len(reached) else None

    def interval(self, share: float = 0.5) -> tuple[float | None, float | None]:
        """Give 95 % limits of a quantile, by log-log limits (Brookmeyer and Crowley 1982).

        None where the limit is not reached in the time that was followed.
        """
        low, high = (self._limit(sign) for sign in (-1, 1))
        ends = (np.flatnonzero(limit <= 1 - share) for limit in (low, high))
        first, last = (float(self.times[end[0]]) if len(end) else None for end in ends)
        return first, last

    def _limit(self, sign: int) -> Floats:
        """Lower (-1) or upper (1) 95 % limit of the share, on the scale log(-log S)."""
        inside = (self.share > 0) & (self.share < 1)
        found = self.share.copy()
        shown = self.share[inside]
        spread = TWO_SIDED * self.error[inside] / np.abs(shown * np.log(shown))
        found[inside] = shown ** np.exp(-sign * spread)
        return found


def kaplan_meier(times: Sequence[float], left: Sequence[bool]) -> Curve:
    """Estimate the share still held (Kaplan and Meier 1958; error by Greenwood 1926).

    ``times`` are how long each was followed, ``left`` whether custody ended then; else censored.

    Raises:
        ValueError: nobody is given, a time is negative, or the two differ in length.
    """
    held, events = _followed(times, left)
    when, leaving = np.unique(held[events], return_counts=True)
    risk = len(held) - np.searchsorted(np.sort(held), when, side="left")
    share = np.cumprod(1 - leaving / risk).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(risk > leaving, leaving / (risk * (risk - leaving)), 0.0)
    error = share * np.sqrt(np.cumsum(terms))
    return Curve(when, share, error.astype(np.float64), risk.astype(np.float64))


def _followed(times: Sequence[float], left: Sequence[bool]) -> tuple[Floats, NDArray[np.bool_]]:
    held, events = np.asarray(times, dtype=np.float64), np.asarray(left, dtype=bool)
    if not len(held) or len(held) != len(events):
        raise ValueError("give one time and one end for each person, and at least one person")
    if (held < 0).any() or not np.isfinite(held).all():
        raise ValueError("a time in custody is negative or endless; check begin and end")
    return held, events


def competing(times: Sequence[float], causes: Sequence[int]) -> dict[int, tuple[Floats, Floats]]:
    """Give the share that has left by each cause over time (Aalen and Johansen 1978).

    ``causes`` is 0 for those still held; other numbers are causes. For each cause the times at
    which anybody left, and the share gone by that cause; all shares and that still held sum to 1.

    Raises:
        ValueError: see ``kaplan_meier``.
    """
    why = np.asarray(causes, dtype=np.int64)
    curve = kaplan_meier(times, list(why > 0))
    held = np.asarray(times, dtype=np.float64)
    before = np.concatenate(([1.0], curve.share[:-1])) if len(curve.share) else curve.share
    found = {}
    for cause in sorted(set(why.tolist()) - {0}):
        mine = np.sort(held[why == cause])
        at = np.searchsorted(mine, curve.times, "right") - np.searchsorted(mine, curve.times)
        found[cause] = (curve.times, np.cumsum(before * at / curve.at_risk))
    return found


RELEASED, DEAD, OTHER = 1, 2, 3


@dataclass(frozen=True, slots=True)
class TimeHeld:
    """Days in custody of each spell, and its cause: 0 still held, RELEASED, DEAD or OTHER."""

    days: Floats
    cause: NDArray[np.int64]

    def curve(self) -> Curve:
        """The share still held, whatever ended custody."""
        return kaplan_meier(self.days.tolist(), (self.cause > 0).tolist())

    def naive_mean(self) -> float | None:
        """Mean days of those who left: too short, shown only beside the curve to say so."""
        gone = self.days[self.cause > 0]
        return float(gone.mean()) if len(gone) else None


def time_held(held: Spells, day: date) -> TimeHeld:
    """Work out how long each spell had lasted by a day, by the middle of uncertain dates.

    Those of whom nobody knows are followed to the day on which they were last known to be held.
    """
    begin, last = held.reading("middle", unsure=False)
    end, now = held.end, day.toordinal()
    follow = np.minimum(last, now)
    begun = begin <= follow
    doubt = np.isin(end, [KINDS.index(status) for status in UNSURE]) | (end == NO_END)
    cause = np.where(doubt | (last > now), 0, np.array([*_CAUSES, 0])[end])
    return TimeHeld((follow - begin)[begun].astype(np.float64), cause[begun])


def _cause(status: Status) -> int:
    if status in RELEASES:
        return RELEASED
    return DEAD if status in DEATHS else OTHER


_CAUSES = tuple(_cause(status) for status in KINDS)


def restricted_mean(curve: Curve) -> float | None:
    """Mean days to the last time followed (restricted mean): area under the curve."""
    if not len(curve.times):
        return None
    steps = np.diff(np.concatenate(([0.0], curve.times)))
    return float((steps * np.concatenate(([1.0], curve.share[:-1]))).sum())
