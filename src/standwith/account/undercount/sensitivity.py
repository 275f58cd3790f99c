"""What an estimate rests on that no data can test, and how it moves when that is otherwise.

The assumption here is that there is no interaction of all lists at once. ``xi`` says how far it
fails: above 1 lists avoid the same persons and fewer are unseen, below 1 they chase the same
persons and more are (Aleshin-Guendel, Sadinle and Wakefield 2021).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from standwith.account.undercount.capture import CaptureTable, patterns

XIS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0)
DRAWS = 4000
ASSUMPTION = (
    "Whether all lists together favour or avoid the same persons, beyond what smaller groups of "
    "lists show, is not in the data. xi = 1 assumes that they do neither; xi > 1 that they avoid "
    "the same persons (fewer unseen), xi < 1 that they chase the same persons (more unseen)."
)


@dataclass(frozen=True, slots=True)
class Point:
    """The number of persons under one value of xi."""

    xi: float
    median: float
    low: float
    high: float


def without_highest(shares: NDArray[np.float64], xi: float) -> NDArray[np.float64]:
    """Share of all persons who are unseen, p0 = R / (xi + R), for cell shares (draws x 2**K).

    R is the product of the shares of patterns with an odd number of lists over that with an even
    one; the first cell is not used.
    """
    on = patterns(int(np.log2(shares.shape[-1]))).sum(axis=1)
    signs = np.where(on % 2 == 1, 1.0, -1.0)
    logs = np.log(shares[..., 1:]) @ signs[1:]
    unseen: NDArray[np.float64] = 1 / (1 + xi * np.exp(-np.clip(logs, -600, 600)))
    return unseen


def curve(table: CaptureTable, rng: Generator, xis: Sequence[float] = XIS) -> tuple[Point, ...]:
    """Draw the number of persons under each xi, 95 % interval; cells are smoothed by 2**-K."""
    smooth = np.concatenate([[1.0], table.counts[1:] + 2.0**-table.width])
    gammas = rng.standard_gamma(smooth, size=(DRAWS, len(smooth)))
    gammas = np.maximum(gammas, np.finfo(float).tiny)
    shares = gammas / gammas[:, 1:].sum(axis=1, keepdims=True)
    found = []
    for xi in xis:
        unseen = np.minimum(without_highest(shares, xi), 1 - 1e-9)
        rate = rng.standard_gamma(table.n, size=DRAWS) * unseen / (1 - unseen)
        numbers = table.n + rng.poisson(np.minimum(rate, 1e15))
        low, median, high = np.quantile(numbers, (0.025, 0.5, 0.975))
        found.append(Point(xi, float(median), float(low), float(high)))
    return tuple(found)
