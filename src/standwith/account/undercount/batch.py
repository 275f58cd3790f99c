"""Averages over graphs for many tables at once, as resamples and draws of a linkage need them."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.special import gammaln

from standwith.account.undercount.capture import CaptureTable, UnusableTable
from standwith.account.undercount.dga import MOST, REACH
from standwith.account.undercount.margins import by_sets, score_all
from standwith.account.undercount.walk import Floats, Ints, walk_each

NODES, POINTS = 80, 1200
_WORKERS = 2
_AT_ONCE = 250


@dataclass(frozen=True, slots=True)
class Batch:
    """Posteriors of many tables: documented (T), unobserved (points), mass (T x points)."""

    n: Ints
    unobserved: Ints
    mass: Floats

    def means(self) -> Floats:
        """Mean number of persons for each table."""
        found: Floats = self.n + self.mass @ self.unobserved
        return found

    def variances(self) -> Floats:
        """Variance of the number of persons for each table."""
        off = self.mass @ (self.unobserved.astype(float) ** 2) - (self.mass @ self.unobserved) ** 2
        found: Floats = np.maximum(off, 0.0)
        return found

    def quantile(self, share: float) -> Floats:
        """Return the quantile of each table, straight between the points."""
        found = np.empty(len(self.n))
        for t, mass in enumerate(self.mass):
            found[t] = np.interp(share, np.cumsum(mass) - mass / 2, self.unobserved)
        return found + self.n

    def mixture(self) -> tuple[Ints, Floats]:
        """Average the posteriors of N over the tables: support and probabilities."""
        values = (self.n[:, None] + self.unobserved[None, :]).ravel()
        support, place = np.unique(values, return_inverse=True)
        found = np.bincount(place, self.mass.ravel() / len(self.n), len(support))
        return support.astype(np.int64), found.astype(np.float64)


def dga_batch(
    tables: Sequence[CaptureTable], *, delta: float | None = None, most: int | None = None
) -> Batch:
    """Average each table over its graphs, without the complete one; see ``dga``.

    The tables have the same lists. Sums over n0 go over every number up to some hundreds, and
    beyond it over numbers spread evenly in the logarithm, each for those around it.

    Raises:
        UnusableTable: there is no table, or they differ in lists, or one has nobody on any.
    """
    width = _check(tables)
    last = REACH * max(table.n for table in tables) if most is None else most
    counts = np.array([by_sets(table) for table in tables])
    n = counts.sum(axis=1)
    nodes = np.unique(np.rint(np.expm1(np.linspace(0, np.log1p(last), NODES))))
    points, widths = _points(last)
    each = 2.0**-width if delta is None else delta
    sums = _sums(counts, each, nodes)
    smooth = CubicSpline(np.log1p(nodes), sums, axis=1)(np.log1p(points))
    total = n[:, None] + points[None, :]
    logs = smooth + gammaln(total + 1) - gammaln(points + 1) - np.log(total) + np.log(widths)
    mass = np.exp(logs - logs.max(axis=1, keepdims=True))
    return Batch(n, points, mass / mass.sum(axis=1, keepdims=True))


def _check(tables: Sequence[CaptureTable]) -> int:
    if not tables:
        raise UnusableTable("give one table at least")
    lists = tables[0].lists
    if any(table.lists != lists or table.n == 0 or table.structural for table in tables):
        raise UnusableTable("the tables of a batch have the same lists, and persons on them")
    if not 3 <= len(lists) <= MOST:
        raise UnusableTable(f"{len(lists)} lists; graphs are met for 3 to {MOST}")
    return len(lists)


def _points(last: int) -> tuple[NDArray[np.int64], Floats]:
    some = np.unique(np.rint(np.expm1(np.linspace(0, np.log1p(last), POINTS)))).astype(np.int64)
    edges = np.concatenate([[-0.5], (some[1:] + some[:-1]) / 2, [last + 0.5]])
    return some, np.diff(edges)


def _sums(counts: Ints, delta: float, nodes: Floats) -> Floats:
    cuts = [counts[i : i + _AT_ONCE] for i in range(0, len(counts), _AT_ONCE)]
    with ThreadPoolExecutor(_WORKERS) as pool:
        run = pool.map(lambda cut: walk_each(score_all(cut.astype(np.float64), delta, nodes)), cuts)
        return np.concatenate(list(run))
