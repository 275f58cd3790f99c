"""Bounds and simple estimators: what can be said with the least assumptions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import exp, sqrt

import numpy as np

from standwith.account.undercount.capture import CaptureTable, patterns

ONE_SIDED = 1.6449  # quantile of .95 of the normal distribution


@dataclass(frozen=True, slots=True)
class Bounds:
    """The documented minimum, lower bounds, and the estimate from coverage; None: no answer.

    ``by_lists`` is the lower bound that holds for lists of any size, ``least`` its one-sided limit
    of 95 %: what may be said to be there at least. ``chao`` and ``chao_corrected`` are the forms
    for endless equal lists, which few lists exceed; they stand here to compare with other software.
    """

    documented: int
    chao: float | None
    chao_corrected: float
    by_lists: float | None
    least: float
    coverage: float | None
    coverage_estimate: float | None


def bounds(table: CaptureTable) -> Bounds:
    """Bound the number of persons from below, if no two lists avoid the same persons.

    Chao (1987): n + f1**2 / (2 f2), its bias-corrected form n + f1 (f1 - 1) / (2 (f2 + 1)), where
    f1 and f2 persons are on exactly one and two lists; without anybody on two there is no bound of
    the first form. Sample coverage after Chao and Tsay (1998): C = 1 - mean(Q_j / n_j) and
    D = mean(n - Q_j), where Q_j persons are on list j alone; N = D / C.
    """
    n, counted = table.n, table.frequencies()
    f1, f2 = int(counted[0]), int(counted[1])
    coverage, estimate = _coverage(table)
    by_lists, least = _by_lists(table)
    return Bounds(
        n,
        n + f1**2 / (2 * f2) if f2 else None,
        n + f1 * (f1 - 1) / (2 * (f2 + 1)),
        by_lists,
        least,
        coverage,
        estimate,
    )


def _by_lists(table: CaptureTable) -> tuple[float | None, float]:
    """Bound n0 by sum(a_i a_j) / sum(a_ij), of persons on list i alone and on i and j alone.

    Chao's argument (1987) for lists that differ in size: without dependence each product is n0
    times a_ij in expectation, and persons who differ in their chances make it smaller. Pairs of
    lists that share nobody are left out, for they say nothing or avoid each other. The limit takes
    the cells for Poisson and the logarithm of n0 for normal.
    """
    held, many = table.counts, table.width
    alone = held[[_on(many, j) for j in range(many)]].astype(float)
    pairs = [(i, j) for i, j in combinations(range(many), 2) if held[_on(many, i) + _on(many, j)]]
    both = sum(int(held[_on(many, i) + _on(many, j)]) for i, j in pairs)
    product = float(sum(alone[i] * alone[j] for i, j in pairs))
    if not product:
        return None, float(table.n)
    beside = np.zeros(many)
    for i, j in pairs:
        beside[i] += alone[j]
        beside[j] += alone[i]
    spread = sqrt(float((alone * beside**2).sum()) / product**2 + 1 / both)
    unseen = product / (both + 1)
    return table.n + unseen, table.n + unseen * exp(-ONE_SIDED * spread)


def _on(width: int, chosen: int) -> int:
    """Cell of the persons who are on one list alone."""
    return 1 << (width - 1 - chosen)


def bounds_data(found: Bounds) -> dict[str, float | None]:
    """Write the bounds as plain data, the forms that other software gives among them."""
    return {
        "chao": found.chao,
        "chao_corrected": found.chao_corrected,
        "by_lists": found.by_lists,
        "least": found.least,
        "coverage": found.coverage,
        "coverage_estimate": found.coverage_estimate,
    }


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
