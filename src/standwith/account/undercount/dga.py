"""How many are on no list, averaged over decomposable graphs of dependence between the lists.

Madigan and York (1997), with a hyper-Dirichlet prior of ``delta`` for each full cell (Dawid and
Lauritzen 1993). The complete graph says nothing of the unobserved cell beyond the prior, so it is
left out by default; its weight, and the result with it, are always told.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.special import gammaln, logsumexp

from standwith.account.undercount.capture import CaptureTable, UnusableTable
from standwith.account.undercount.graphs import Graph, parts
from standwith.account.undercount.margins import margins, score
from standwith.account.undercount.walk import Walked, walk

MOST = 8  # lists, whose 30,888,596 graphs are all met
FINE, MIDDLE, COARSE = 600, 200, 48  # nodes for up to 6, 7, and more lists
EXACT = 500_000  # values of n0 up to which each is looked at
REACH = 30  # n0 goes up to so many times n
EDGE = 0.05  # the last part of the grid, in which hardly any mass may lie
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Posterior:
    """A distribution over the number of persons: support, probabilities, and what it rests on.

    ``graphs`` are the leading graphs with their weights, the complete one among them; ``edge`` is
    the mass in the last twentieth of the grid; ``with_complete`` is the mean and median with the
    complete graph kept.
    """

    n: int
    support: NDArray[np.int64]
    probabilities: Floats
    graphs: tuple[tuple[tuple[str, ...], float], ...]
    complete_weight: float
    edge: float
    delta: float
    with_complete: tuple[float, int]

    @property
    def mean(self) -> float:
        """Mean number of persons."""
        return float(self.support @ self.probabilities)

    def quantile(self, share: float) -> int:
        """Return the smallest number that holds a share of the mass, 0 < share < 1."""
        return _quantile(self.support, self.probabilities, share)


def dga(
    table: CaptureTable,
    *,
    delta: float | None = None,
    least: int = 0,
    most: int | None = None,
    keep_complete: bool = False,
) -> Posterior:
    """Average over all decomposable graphs; ``least`` and ``most`` bound the unobserved number.

    ``delta`` is 2**-K where it is not given; the prior of N is 1/N, that of graphs uniform.

    Raises:
        UnusableTable: there are fewer than 3 lists or more than 8, or nobody on any.
        ValueError: delta or the bounds are none.
    """
    frame = frame_of(table, delta, least, most)
    return frame.posterior(walk(frame.rows, frame.base), keep_complete=keep_complete)


def frame_of(
    table: CaptureTable,
    delta: float | None = None,
    least: int = 0,
    most: int | None = None,
    *,
    widest: int = MOST,
) -> Frame:
    """Lay nodes and grid for a table of at most ``widest`` lists; score its margins, as ``dga``."""
    _check(table, widest)
    used = 2.0**-table.width if delta is None else delta
    last = REACH * table.n if most is None else most
    if used <= 0 or not 0 <= least < last:
        raise ValueError("delta is more than 0, and the unobserved lie between 0 and a bound")
    nodes = _nodes(least, last, _count(table.width))
    grid, widths = _grid(least, last)
    rows = margins(table, used, nodes)
    return Frame(table, used, nodes, grid, np.log(widths), rows)


@dataclass(frozen=True, slots=True)
class Frame:
    """Nodes and grid of unobserved numbers for one table, and the scores of its margins."""

    table: CaptureTable
    delta: float
    nodes: Floats
    grid: NDArray[np.int64]
    widths: Floats
    rows: Floats

    @property
    def base(self) -> Floats:
        """What every graph has in common at the nodes."""
        return _base(self.table, self.nodes)

    def mass(self, values: Floats) -> tuple[Floats, float]:
        """Go from values at nodes to the grid, and normalise; also the logarithm of the sum."""
        smooth = CubicSpline(np.log1p(self.nodes), values)
        logs = smooth(np.log1p(self.grid)) + _base(self.table, self.grid) + self.widths
        whole = float(logsumexp(logs))
        mass: Floats = np.exp(logs - whole)
        return mass, whole

    def posterior(self, found: Walked, *, keep_complete: bool = False) -> Posterior:
        """Turn sums over graphs into a distribution over the number of persons."""
        complete = self.rows[-1]
        without, _ = self.mass(found.sums)
        whole, weight = self.mass(np.logaddexp(found.sums, complete))
        held, last = self.table.n + self.grid, self.grid[-1]
        chosen = whole if keep_complete else without
        beyond = self.grid > last - EDGE * (last - self.grid[0])
        return Posterior(
            self.table.n,
            held,
            chosen,
            self._leading(found, weight),
            float(np.exp(self.mass(complete)[1] - weight)),
            float(chosen[beyond].sum()),
            self.delta,
            (float(held @ whole), _quantile(held, whole, 0.5)),
        )

    def _leading(self, found: Walked, whole: float) -> tuple[tuple[tuple[str, ...], float], ...]:
        """Weigh the graphs that are highest at their best node, and the complete one."""
        width = self.table.width
        full = tuple((1 << width) - 1 & ~(1 << v) for v in range(width))
        held = [*(tuple(map(int, near)) for near in found.leaders), full]
        graphs = [graph for near in held if (graph := parts(width, near))]
        named = [
            (
                _named(self.table, graph),
                float(np.exp(self.mass(score(self.rows, graph))[1] - whole)),
            )
            for graph in graphs
        ]
        return tuple(sorted(named, key=lambda item: (-item[1], item[0])))


def _check(table: CaptureTable, widest: int) -> None:
    if table.width < 3:
        raise UnusableTable("graphs need 3 lists at least; with two only a bound can be given")
    if table.width > widest:
        raise UnusableTable(f"{table.width} lists; graphs are met for up to {widest}")
    if table.n == 0:
        raise UnusableTable("nobody is on any list")
    if table.structural:
        raise UnusableTable("graphs take no structural zeros; leave that list out of this stratum")


def _count(width: int) -> int:
    return FINE if width < 7 else MIDDLE if width == 7 else COARSE


def _nodes(least: int, last: int, count: int) -> Floats:
    """Place nodes evenly in log(n0 + 1)."""
    return np.unique(np.expm1(np.linspace(np.log1p(least), np.log1p(last), count)))


def _grid(least: int, last: int) -> tuple[NDArray[np.int64], Floats]:
    """List every value, or with many of them values evenly in the logarithm with their widths."""
    if last - least <= EXACT:
        every = np.arange(least, last + 1)
        return every, np.ones(len(every))
    some = np.unique(np.rint(np.expm1(np.linspace(np.log1p(least), np.log1p(last), EXACT))))
    edges = np.concatenate([[least - 0.5], (some[1:] + some[:-1]) / 2, [last + 0.5]])
    return some.astype(np.int64), np.diff(edges)


def _base(table: CaptureTable, grid: NDArray[np.int64] | Floats) -> Floats:
    """Add what is the same for every graph: the ways to choose, and the prior 1/N."""
    total = table.n + grid
    base: Floats = gammaln(total + 1) - gammaln(grid + 1) - np.log(total)
    return base


def _named(table: CaptureTable, graph: Graph) -> tuple[str, ...]:
    sets = [[name for v, name in enumerate(table.lists) if c >> v & 1] for c in graph.cliques]
    return tuple(sorted("[" + ",".join(names) + "]" for names in sets))


def _quantile(support: NDArray[np.int64], mass: Floats, share: float) -> int:
    if not 0 < share < 1:
        raise ValueError("a share lies between 0 and 1")
    return int(support[min(int(np.searchsorted(np.cumsum(mass), share)), len(support) - 1)])
