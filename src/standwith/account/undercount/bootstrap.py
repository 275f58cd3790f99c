"""Bootstrap of log-linear estimates with the choice of the model inside every resample.

Intervals are bias-corrected and accelerated (Efron 1987), the acceleration from a jackknife over
persons, weighted by cells (Silverman, Chan and Vincent 2024); quantiles of type 8 (Hyndman and
Fan 1996).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from scipy.stats import norm

from standwith.account.undercount.capture import CaptureTable, UnusableTable
from standwith.account.undercount.irls import Models, fit_many
from standwith.account.undercount.loglinear import (
    MOST,
    Fit,
    exists,
    marked,
    select,
    stepwise,
)
from standwith.account.undercount.walk import Floats, Ints

BOOTSTRAPS = 1000
COMPETING = {3: 8, 4: 20}
TOP = 100  # models that compete in a resample of 5 lists
LEAST = 50  # resamples that must have a fit, for an interval


@dataclass(frozen=True, slots=True)
class LogLinear:
    """An estimate with model choice: point, interval, resamples, and the models behind it.

    ``averaged`` weighs the competing models by exp(-BIC / 2); ``failed`` resamples had no fit.
    """

    n: int
    estimate: float
    low: float
    high: float
    draws: Floats
    models: tuple[Fit, ...]
    averaged: float
    failed: int


def loglinear(table: CaptureTable, rng: Generator, *, count: int = BOOTSTRAPS) -> LogLinear:
    """Estimate by the best model by BIC (up to 5 lists) or by steps, with a BCa interval of 95 %.

    Raises:
        UnusableTable: no model's fit exists, or too few resamples have one.
    """
    counts = marked(table)
    samples = rng.multinomial(table.n, np.maximum(counts, 0) / table.n, size=count)
    samples[:, counts < 0] = -1
    if table.width <= MOST:
        fits = select(table, count=COMPETING.get(table.width, TOP))
        offered = _offered(table.width, fits)
        drawn, point = _choose(samples, offered), fits[0].estimate
        around = _choose(_left_out(counts), offered)
    else:
        fits = ()
        drawn, point = _by_steps(samples, table.width), table.n + stepwise(counts, table.width)[1]
        around = _by_steps(_left_out(counts), table.width)
    held = drawn[np.isfinite(drawn)]
    if len(held) < LEAST:
        raise UnusableTable("too few resamples have a fit; merge lists that are alike")
    low, high = bca(point, held, around, counts[counts > 0])
    return LogLinear(
        table.n, point, low, high, held, fits[:10], _averaged(fits, point), count - len(held)
    )


def _offered(width: int, fits: tuple[Fit, ...]) -> Models:
    """Write the models of some fits (models x 2**K)."""
    found = np.zeros((len(fits), 2**width), dtype=np.bool_)
    for i, fit in enumerate(fits):
        found[i, list(fit.terms)] = True
    return found


def _choose(samples: Ints, offered: Models) -> Floats:
    """Choose the best model that exists for each sample; return its N, not a number without."""
    n0, bic, _ = fit_many(samples, offered)
    found = np.full(len(samples), np.nan)
    for i, sample in enumerate(samples):
        for j in np.argsort(bic[i], kind="stable"):
            if np.isfinite(bic[i, j]) and exists(sample, offered[j]):
                found[i] = np.maximum(sample, 0).sum() + n0[i, j]
                break
    return found


def _by_steps(samples: Ints, width: int) -> Floats:
    return np.array([np.maximum(x, 0).sum() + stepwise(x, width)[1] for x in samples])


def _left_out(counts: Ints) -> Ints:
    """Leave out one person of each cell that has any."""
    cells = np.flatnonzero(counts > 0)
    samples = np.repeat(counts[None], len(cells), axis=0)
    samples[np.arange(len(cells)), cells] -= 1
    return samples


def bca(point: float, draws: Floats, around: Floats, weights: Ints) -> tuple[float, float]:
    """Return the 95 % interval; ``around`` has the estimates without one person of each cell.

    z0 is the normal score of the share of draws below the estimate; the acceleration is
    sum(n_h d_h**3) / (6 sum(n_h d_h**2)**1.5) with d_h the mean of the left-out ones minus each.
    """
    share = ((draws < point).sum() + 0.5 * (draws == point).sum()) / len(draws)
    bias = norm.ppf(np.clip(share, 0.5 / len(draws), 1 - 0.5 / len(draws)))
    held = np.isfinite(around)
    n, values = weights[held].astype(float), around[held]
    off = (n @ values) / n.sum() - values
    spread = float(n @ off**2)
    speed = float(n @ off**3) / (6 * spread**1.5) if spread > 0 else 0.0
    scores = norm.ppf([0.025, 0.975])
    shifted = norm.cdf(bias + (bias + scores) / (1 - speed * (bias + scores)))
    low, high = np.quantile(draws, shifted, method="median_unbiased")
    return float(low), float(high)


def _averaged(fits: tuple[Fit, ...], point: float) -> float:
    if not fits:
        return point
    bic = np.array([fit.bic for fit in fits])
    weights = np.exp((bic.min() - bic) / 2)
    return float(weights @ [fit.estimate for fit in fits] / weights.sum())
