"""Bounds and simple estimators: what can be said with the least assumptions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from standwith.account.undercount.capture import CaptureTable, patterns


@dataclass(frozen=True, slots=True)
class Bounds:
    """The documented minimum, lower bounds, and the estimate from coverage; None: no answer."""

    documented: int
    chao: float | None
    chao_corrected: float
    coverage: float | None
    coverage_estimate: float | None


def bounds(table: CaptureTable) -> Bounds:
    """Bound the number of persons from below, whatever their chances of being listed.

    Chao (1987): n + f1**2 / (2 f2), its bias-corrected form n + f1 (f1 - 1) / (2 (f2 + 1)), where
    f1 and f2 persons are on exactly one and two lists; without anybody on two there is no bound of
    the first form. Sample coverage after Chao and Tsay (1998): C = 1 - mean(Q_j / n_j) and
    D = mean(n - Q_j), where Q_j persons are on list j alone; N = D / C.
    """
    n, counted = table.n, table.frequencies()
    f1, f2 = int(counted[0]), int(counted[1])
    coverage, estimate = _coverage(table)
    return Bounds(
        n,
        n + f1**2 / (2 * f2) if f2 else None,
        n + f1 * (f1 - 1) / (2 * (f2 + 1)),
        coverage,
        estimate,
    )


def _coverage(table: CaptureTable) -> tuple[float | None, float | None]:
    bits = patterns(table.width)
    alone = np.array([table.counts[(bits.sum(axis=1) == 1) & (bits[:, j] == 1)].sum()
                      for j in range(table.width)])  # fmt: skip
    sizes = np.array(list(table.sizes().values()))
    if (sizes == 0).any():
        return None, None
    coverage = float(1 - (alone / sizes).mean())
    if coverage <= 0:
        return coverage, None
    return coverage, float((table.n - alone).mean() / coverage)


def chapman(first: int, second: int, both: int) -> float:
    """Estimate from two lists that were taken independently (Chapman 1951); for illustration.

    Raises:
        ValueError: more are on both than on one of them, or a number is negative.
    """
    if not 0 <= both <= min(first, second):
        raise ValueError("at most as many are on both lists as on the shorter one")
    return (first + 1) * (second + 1) / (both + 1) - 1
