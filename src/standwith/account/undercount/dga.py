"""How many are on no list, averaged over decomposable graphs of dependence between the lists.

Madigan and York (1997), with a hyper-Dirichlet prior of ``delta`` for each full cell (Dawid and
Lauritzen 1993). The complete graph says nothing of the unobserved cell beyond the prior, so it is
left out by default; its weight, and the result with it, are always told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.special import gammaln, logsumexp

from standwith.account.undercount.capture import CaptureTable, UnusableTable
from standwith.account.undercount.graphs import Graph, decomposable

NODES = 600
EXACT = 500_000  # values of n0 up to which each is looked at
REACH = 30  # n0 goes up to so many times n
EDGE = 0.05  # the last part of the grid, in which hardly any mass may lie
_AT_ONCE = 2000
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
        UnusableTable: there are fewer than 3 lists or more than can be listed, or nobody on any.
        ValueError: delta or the bounds are none.
    """
    _check(table)
    used = 2.0**-table.width if delta is None else delta
    last = REACH * table.n if most is None else most
    if used <= 0 or not 0 <= least < last:
        raise ValueError("delta is more than 0, and the unobserved lie between 0 and a bound")
    nodes = _nodes(least, last)
    values = np.concatenate(list(_scores(table, used, nodes)))
    grid, widths = _grid(least, last)
    line = _Line(nodes, grid, _base(table, grid) + np.log(widths))
    without, whole = line.mass(values[:-1]), line.mass(values)
    chosen = whole[0] if keep_complete else without[0]
    held = table.n + grid
    return Posterior(
        table.n,
        held,
        chosen,
        _leading(table, values, line, whole[1]),
        float(np.exp(line.mass(values[-1:])[1] - whole[1])),
        float(chosen[grid > last - EDGE * (last - least)].sum()),
        used,
        (float(held @ whole[0]), _quantile(held, whole[0], 0.5)),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """Nodes, the grid of values, and what every graph has in common there."""

    nodes: Floats
    grid: NDArray[np.int64]
    base: Floats

    def mass(self, values: Floats) -> tuple[Floats, float]:
        """Sum graphs, go from nodes to the grid, and normalise; also the logarithm of the sum."""
        smooth = CubicSpline(np.log1p(self.nodes), logsumexp(values, axis=0))
        logs = smooth(np.log1p(self.grid)) + self.base
        whole = float(logsumexp(logs))
        mass: Floats = np.exp(logs - whole)
        return mass, whole


def _check(table: CaptureTable) -> None:
    if table.width < 3:
        raise UnusableTable("graphs need 3 lists at least; with two only a bound can be given")
    if table.n == 0:
        raise UnusableTable("nobody is on any list")
    if table.structural:
        raise UnusableTable("graphs take no structural zeros; leave that list out of this stratum")


def _nodes(least: int, last: int) -> Floats:
    """Place nodes evenly in log(n0 + 1)."""
    return np.unique(np.expm1(np.linspace(np.log1p(least), np.log1p(last), NODES)))


def _grid(least: int, last: int) -> tuple[NDArray[np.int64], Floats]:
    """List every value, or with many of them values evenly in the logarithm with their widths."""
    if last - least <= EXACT:
        every = np.arange(least, last + 1)
        return every, np.ones(len(every))
    some = np.unique(np.rint(np.expm1(np.linspace(np.log1p(least), np.log1p(last), EXACT))))
    edges = np.concatenate([[least - 0.5], (some[1:] + some[:-1]) / 2, [last + 0.5]])
    return some.astype(np.int64), np.diff(edges)


def _base(table: CaptureTable, grid: NDArray[np.int64]) -> Floats:
    """Add what is the same for every graph: the ways to choose, and the prior 1/N."""
    total = table.n + grid
    base: Floats = gammaln(total + 1) - gammaln(grid + 1) - np.log(total)
    return base


def _scores(table: CaptureTable, delta: float, nodes: Floats) -> Iterator[Floats]:
    """Score graphs at the nodes, some at once (graphs x nodes), the complete one last."""
    rows = _margins(table, delta, nodes)
    cliques, separators = _indices(table.width)
    for begin in range(0, len(cliques), _AT_ONCE):
        part = slice(begin, begin + _AT_ONCE)
        yield rows[cliques[part]].sum(axis=1) - rows[separators[part]].sum(axis=1)


@cache
def _indices(width: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Write the cliques and separators of all graphs as rows of margins, padded with 0."""
    graphs = decomposable(width)
    cliques = np.zeros((len(graphs), width), dtype=np.int64)
    separators = np.zeros((len(graphs), max(1, width - 1)), dtype=np.int64)
    for i, graph in enumerate(graphs):
        cliques[i, : len(graph.cliques)] = graph.cliques
        separators[i, : len(graph.separators)] = graph.separators
    return cliques, separators


def _margins(table: CaptureTable, delta: float, nodes: Floats) -> Floats:
    """Score the margin of each set of lists (2**K x nodes); row 0, of no list, is 0."""
    width = table.width
    total = delta * 2**width
    rows = np.zeros((2**width, len(nodes)))
    for chosen in range(1, 2**width):
        lists = [v for v in range(width) if chosen >> v & 1]
        counts = table.margin(lists)
        each = delta * 2 ** (width - len(lists))
        fixed = gammaln(counts[1:] + each).sum() - len(counts) * gammaln(each) + gammaln(total)
        rows[chosen] = fixed + gammaln(counts[0] + nodes + each) - gammaln(table.n + nodes + total)
    return rows


def _leading(
    table: CaptureTable, values: Floats, line: _Line, whole: float
) -> tuple[tuple[tuple[str, ...], float], ...]:
    """Weigh the ten graphs that are highest at their best node."""
    high = np.argsort(-values.max(axis=1), kind="stable")[:10]
    graphs = decomposable(table.width)
    named = [
        (_named(table, graphs[i]), float(np.exp(line.mass(values[i : i + 1])[1] - whole)))
        for i in high
    ]
    return tuple(sorted(named, key=lambda item: (-item[1], item[0])))


def _named(table: CaptureTable, graph: Graph) -> tuple[str, ...]:
    sets = [[name for v, name in enumerate(table.lists) if c >> v & 1] for c in graph.cliques]
    return tuple(sorted("[" + ",".join(names) + "]" for names in sets))


def _quantile(support: NDArray[np.int64], mass: Floats, share: float) -> int:
    if not 0 < share < 1:
        raise ValueError("a share lies between 0 and 1")
    return int(support[min(int(np.searchsorted(np.cumsum(mass), share)), len(support) - 1)])
