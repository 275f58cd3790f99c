"""How many are in custody on a day, when releases often go unrecorded.

Durations are known to lie between two days, or beyond one; their distribution is estimated without
a form (Turnbull 1976). The number still held is a sum of unlike chances. Three numbers are always
given: those confirmed, those expected, and those not known to be released.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

import numpy as np
from numpy.random import Generator

from standwith.account.undercount.capture import UnusableTable
from standwith.account.undercount.walk import Floats

RECENT = 30  # days within which a confirmation counts as present
_ROUNDS, _CLOSE = 500, 1e-7


@dataclass(frozen=True, slots=True)
class Deprivation:
    """One episode in days: arrest, last day confirmed in custody, and release if it is known.

    ``release`` is the day, or the last day by which the person was free; None where unknown.
    """

    arrest: float
    confirmed: float
    release: float | None = None


@dataclass(frozen=True, slots=True)
class Stock:
    """The number in custody on a day: least, expected with its 95 % interval, most.

    ``by_flow`` is arrivals a day times mean duration (Little 1961), a check from another side;
    None where durations have no end in the data.
    """

    confirmed: int
    expected: float
    low: float
    high: float
    not_released: int
    by_flow: float | None


def stock(
    episodes: Sequence[Deprivation], day: float, rng: Generator, *, draws: int = 200
) -> Stock:
    """Count who is in custody on a day; the interval holds chance and what is unknown of durations.

    Raises:
        UnusableTable: there is no episode, or days are out of order.
    """
    _check(episodes)
    begun = [e for e in episodes if e.arrest <= day]
    if not begun:
        raise UnusableTable("no arrest lies before that day")
    chances = _held(begun, turnbull(begun), day)
    numbers = np.array([_drawn(begun, day, rng) for _ in range(draws)])
    low, high = np.quantile(numbers, (0.025, 0.975))
    least = sum(1 for e in begun if _certain(e, day))
    return Stock(
        least,
        float(chances.sum()),
        float(min(low, chances.sum())),
        float(max(high, chances.sum())),
        sum(1 for e in begun if e.release is None or e.release > day),
        _by_flow(begun, day),
    )


def _check(episodes: Sequence[Deprivation]) -> None:
    if not episodes:
        raise UnusableTable("there is no episode")
    for number, e in enumerate(episodes, start=1):
        if e.confirmed < e.arrest or (e.release is not None and e.release < e.confirmed):
            raise UnusableTable(f"episode {number}: arrest, confirmation and release out of order")


def _certain(episode: Deprivation, day: float) -> bool:
    return episode.confirmed >= day - RECENT and (episode.release is None or episode.release > day)


@dataclass(frozen=True, slots=True)
class Durations:
    """A distribution of durations: mass on intervals (from, to], the last one without end."""

    begins: Floats
    ends: Floats
    mass: Floats

    def beyond(self, days: Floats | float) -> Floats:
        """Chance that a duration is longer; inside an interval the mass is spread evenly."""
        at = np.atleast_1d(np.asarray(days, dtype=float))[:, None]
        width = np.where(np.isinf(self.ends), 1.0, np.maximum(self.ends - self.begins, 1e-9))
        inside = np.clip((at - self.begins) / width, 0, 1)
        past = np.where(np.isinf(self.ends), 0.0, np.where(at >= self.ends, 1.0, inside))
        found: Floats = 1 - past @ self.mass
        return found


def turnbull(episodes: Sequence[Deprivation]) -> Durations:
    """Estimate the distribution of durations by self-consistency (Turnbull 1976)."""
    lows = np.array([e.confirmed - e.arrest for e in episodes])
    highs = np.array([inf if e.release is None else e.release - e.arrest for e in episodes])
    begins, ends = _innermost(lows, highs)
    inside = (lows[:, None] <= begins[None, :]) & (ends[None, :] <= highs[:, None])
    mass = np.full(len(begins), 1 / len(begins))
    for _ in range(_ROUNDS):
        each = inside * mass
        then = (each / each.sum(axis=1, keepdims=True)).mean(axis=0)
        done = np.abs(then - mass).max() < _CLOSE
        mass = then
        if done:
            break
    return Durations(begins, ends, mass)


def _innermost(lows: Floats, highs: Floats) -> tuple[Floats, Floats]:
    """Find the intervals that begin at a left end and reach the next right end without another."""
    known = lows == highs
    begun, ended = lows[~known].tolist(), highs[~known].tolist()
    points = sorted({(x, 1) for x in begun} | {(x, 0) for x in ended})
    found = [
        (a, b) for (a, left), (b, other) in pairwise(points) if left == 1 and other == 0 and a < b
    ]
    exact = sorted(set(lows[known].tolist()))
    found = sorted({*found, *((x, x) for x in exact)})
    return np.array([a for a, _ in found]), np.array([b for _, b in found])


def _held(episodes: Sequence[Deprivation], durations: Durations, day: float) -> Floats:
    """Chance of each to be in custody on the day, given what is known of the episode."""
    lows = np.array([e.confirmed - e.arrest for e in episodes])
    until = np.array([day - e.arrest for e in episodes])
    highs = np.array([inf if e.release is None else e.release - e.arrest for e in episodes])
    after, known = durations.beyond(until), durations.beyond(lows)
    end = np.where(np.isinf(highs), 0.0, durations.beyond(np.where(np.isinf(highs), 0, highs)))
    span = known - end
    share = np.where(span > 1e-12, (after - end) / np.maximum(span, 1e-12), 0.0)
    found: Floats = np.clip(share, 0, 1)
    found[lows >= until] = 1.0
    found[highs <= until] = 0.0
    return found


def _drawn(episodes: Sequence[Deprivation], day: float, rng: Generator) -> float:
    """Resample the episodes for the durations, and draw who is held."""
    again = [episodes[i] for i in rng.integers(0, len(episodes), len(episodes))]
    chances = _held(episodes, turnbull(again), day)
    return float((rng.random(len(chances)) < chances).sum())


def _by_flow(episodes: Sequence[Deprivation], day: float) -> float | None:
    durations = turnbull(episodes)
    if durations.mass[np.isinf(durations.ends)].sum() > 1e-6:
        return None
    first = min(e.arrest for e in episodes)
    if day <= first:
        return None
    middle = (durations.begins + durations.ends) / 2
    return float(len(episodes) / (day - first) * (middle @ durations.mass))
