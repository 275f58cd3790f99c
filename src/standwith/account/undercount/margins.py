"""Scores of the margins of a table, from which every decomposable graph is put together."""

from __future__ import annotations

from math import lgamma

import numpy as np
from numpy.typing import NDArray

from standwith.account.linkage.compiled import compiled
from standwith.account.undercount.capture import CaptureTable
from standwith.account.undercount.graphs import Graph
from standwith.account.undercount.walk import Floats, Ints


def margins(table: CaptureTable, delta: float, nodes: Floats) -> Floats:
    """Score the margin of each set of lists at each number of unobserved (2**K x nodes).

    With ``delta`` for each full cell, the margin of a set A has delta 2**(K - |A|) for each of its
    cells (Dawid and Lauritzen 1993); row A is the logarithm of its Dirichlet-multinomial. Bit v of
    A is list v. Row 0, of no list, is 0.
    """
    found: Floats = score_all(by_sets(table)[None].astype(np.float64), delta, nodes)[0]
    return found


def by_sets(table: CaptureTable) -> Ints:
    """Write the counts by sets of lists: bit v of the place is list v (2**K)."""
    found = np.zeros(len(table.counts), dtype=np.int64)
    found[as_sets(np.arange(len(table.counts)), table.width)] = table.counts
    return found


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


@compiled
def score_all(counts: Floats, delta: float, nodes: Floats) -> Floats:
    """Score the margins of many tables by sets (tables x 2**K); tables x 2**K x nodes."""
    size = counts.shape[1]
    found = np.zeros((len(counts), size, len(nodes)))
    total = delta * size
    for t in range(len(counts)):
        n = counts[t].sum()
        whole = np.array([lgamma(total) - lgamma(n + n0 + total) for n0 in nodes])
        for chosen in range(1, size):
            each, margin, rest = total, np.zeros(size), chosen
            while rest:
                each, rest = each / 2, rest & rest - 1
            for h in range(size):
                margin[h & chosen] += counts[t, h]
            fixed = -lgamma(each)
            for c in range(1, size):
                if margin[c] > 0:
                    fixed += lgamma(margin[c] + each) - lgamma(each)
            for i in range(len(nodes)):
                found[t, chosen, i] = fixed + lgamma(margin[0] + nodes[i] + each) + whole[i]
    return found
