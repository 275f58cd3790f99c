"""One answer from several: imputation replicates, and strata that are added up by draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
from scipy.stats import norm, t

from standwith.account.undercount.walk import Floats

FEW = 10  # replicates, below which the spread between them is poorly known
_LEAST = 0.1


class TooFew(ValueError):  # noqa: N818 - named for the situation
    """There is nothing to combine, or too little."""


@dataclass(frozen=True, slots=True)
class Replicate:
    """One completed data set: documented persons, and draws of the number of persons."""

    n: int
    draws: Floats


@dataclass(frozen=True, slots=True)
class Combined:
    """Documented persons and the estimate over replicates, with its 95 % interval.

    ``within`` and ``between`` are the variances of log n0; ``warning`` says what weakens them.
    """

    n: int
    estimate: int
    low: int
    high: int
    within: float
    between: float
    warning: str


def combine(replicates: Sequence[Replicate]) -> Combined:
    """Combine replicates on log n0 (Rubin 1987; Barnard and Rubin 1999 for the degrees).

    With W the mean variance within, B that between the m means and V = W + (m + 1) / m B, the
    interval is exp(mean +- t sqrt V) with (m - 1)(1 + W / ((m + 1) B))**2 degrees of freedom.

    Raises:
        TooFew: there is one replicate, or one has no draws or draws below what is documented.
    """
    _check(replicates)
    m = len(replicates)
    unseen = [np.maximum(r.draws - r.n, _LEAST) for r in replicates]
    logs = [np.log(values) for values in unseen]
    means = np.array([values.mean() for values in logs])
    within = float(np.mean([values.var(ddof=1) for values in logs]))
    between = float(means.var(ddof=1))
    spread = sqrt(within + (m + 1) / m * between)
    score = _score(m, within, between)
    n = round(float(np.mean([r.n for r in replicates])))
    middle = float(np.mean([(r.draws - r.n).mean() for r in replicates]))
    low, high = (exp(float(means.mean()) + side * score * spread) for side in (-1, 1))
    warning = f"{m} replicates; {FEW} or more tell the spread better" if m < FEW else ""
    return Combined(n, n + round(middle), n + round(low), n + round(high), within, between, warning)


def _check(replicates: Sequence[Replicate]) -> None:
    if len(replicates) < 2:
        raise TooFew("one replicate says nothing of what is missing; make several")
    for number, replicate in enumerate(replicates, start=1):
        if len(replicate.draws) < 2 or not np.isfinite(replicate.draws).all():
            raise TooFew(f"replicate {number} has no draws; estimate it, or leave the stratum out")
        if (replicate.draws < replicate.n).any():
            raise TooFew(f"replicate {number} has draws below the {replicate.n} documented")


def _score(m: int, within: float, between: float) -> float:
    if between <= 1e-15:
        return float(norm.ppf(0.975))
    degrees = (m - 1) * (1 + within / ((m + 1) * between)) ** 2
    return float(t.ppf(0.975, degrees))


def add_strata(strata: Sequence[Replicate]) -> Replicate:
    """Add strata of one replicate draw by draw; medians of strata are never added.

    Raises:
        TooFew: there is no stratum, or they differ in the number of draws.
    """
    sizes = {len(stratum.draws) for stratum in strata}
    if len(sizes) != 1:
        raise TooFew("give strata with equally many draws each")
    draws: Floats = np.sum([stratum.draws for stratum in strata], axis=0)
    return Replicate(sum(stratum.n for stratum in strata), draws)
