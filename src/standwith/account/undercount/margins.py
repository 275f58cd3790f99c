"""Scores of the margins of a table, from which every decomposable graph is put together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from standwith.account.undercount.capture import CaptureTable
from standwith.account.undercount.graphs import Graph

Floats = NDArray[np.float64]


def margins(table: CaptureTable, delta: float, nodes: Floats) -> Floats:
    """Score the margin of each set of lists at each number of unobserved (2**K x nodes).

    With ``delta`` for each full cell, the margin of a set A has delta 2**(K - |A|) for each of its
    cells (Dawid and Lauritzen 1993); row A is the logarithm of its Dirichlet-multinomial. Bit v of
    A is list v. Row 0, of no list, is 0.
    """
    width = table.width
    seen = np.flatnonzero(table.counts)
    counts, patterns = table.counts[seen], as_sets(seen, width)
    total = delta * 2**width
    rows = np.zeros((2**width, len(nodes)))
    whole = gammaln(total) - gammaln(table.n + nodes + total)
    for chosen in range(1, 2**width):
        each = delta * 2 ** (width - chosen.bit_count())
        cells, place = np.unique(patterns & chosen, return_inverse=True)
        sums = np.bincount(place, counts)
        none = sums[cells == 0].sum()
        held = sums[cells != 0]
        fixed = (gammaln(held + each) - gammaln(each)).sum() - gammaln(each)
        rows[chosen] = fixed + gammaln(none + nodes + each) + whole
    return rows


def score(rows: Floats, graph: Graph) -> Floats:
    """Add the cliques of a graph and take off its separators (nodes)."""
    found: Floats = rows[list(graph.cliques)].sum(axis=0)
    found -= rows[list(graph.separators)].sum(axis=0)
    return found


def as_sets(cells: NDArray[np.int64], width: int) -> NDArray[np.int64]:
    """Turn cells, whose first list is slowest, into sets whose bit v is list v."""
    found = np.zeros_like(cells)
    for v in range(width):
        found |= (cells >> (width - 1 - v) & 1) << v
    return found
