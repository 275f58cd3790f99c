"""Graphs of more lists than can be walked over: a Markov chain on decomposable graphs.

Each step takes or gives one edge and keeps the graph chordal (Giudici and Green 1999). The number
of persons is summed out at every step, so that a visit adds a whole distribution and not a draw.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.random import PCG64, Generator

from standwith.account.linkage.compiled import compiled
from standwith.account.undercount.capture import CaptureTable
from standwith.account.undercount.convergence import effective_size, r_hat
from standwith.account.undercount.dga import Posterior, frame_of
from standwith.account.undercount.walk import Floats, Ints, Walked

MOST = 12  # lists
CHAINS = 4
STEPS = 120_000
BURN = 20_000


@dataclass(frozen=True, slots=True)
class Sampled:
    """A posterior from chains, and whether they agree on the mean of log n0."""

    posterior: Posterior
    r_hat: float
    effective_size: float


def dga_sampled(
    table: CaptureTable,
    rng: Generator,
    *,
    delta: float | None = None,
    most: int | None = None,
    steps: int = STEPS,
) -> Sampled:
    """Average over decomposable graphs that chains visit, the complete one left out.

    Raises:
        UnusableTable: there are fewer than 3 lists or more than 12, or nobody on any.
        ValueError: delta or the bound is none.
    """
    frame = frame_of(table, delta, most=most, widest=MOST)
    weights = frame.base + np.log(np.gradient(frame.nodes))
    plans = [
        (_start(table.width, kind, rng), Generator(PCG64(rng.integers(0, 2**62))))
        for kind in range(CHAINS)
    ]
    with ThreadPoolExecutor(2) as pool:
        run = pool.map(lambda plan: _chain(frame.rows, weights, *plan, (BURN, steps)), plans)
        found = list(run)
    sums = np.logaddexp.reduce([chain[0] for chain in found], axis=0) - weights
    traces = np.array([chain[1] for chain in found])
    heights = np.array([chain[3] for chain in found])
    # The share of visits to the best graph tells what the sums must be multiplied by.
    best = heights >= heights.max() - 1e-9
    visits = max(
        1, sum(int(chain[4]) for chain, is_best in zip(found, best, strict=True) if is_best)
    )
    scale = heights.max() - np.log(visits * CHAINS / best.sum())
    walked = Walked(sums + scale, *_unlike(found), CHAINS * steps)
    return Sampled(frame.posterior(walked), r_hat(traces), effective_size(traces))


def _unlike(found: list[tuple[Floats, Floats, Ints, float, int]]) -> tuple[Ints, Floats]:
    """Keep each best graph of the chains once."""
    held = {tuple(map(int, near)): height for _, _, near, height, _ in found}
    return np.array(list(held)), np.array(list(held.values()))


def _start(width: int, kind: int, rng: Generator) -> Ints:
    """Begin without edges, as a star, as a path in random order, or nearly complete."""
    near = np.zeros(width, np.int64)
    order = rng.permutation(width)
    pairs = {
        0: [],
        1: [(order[0], v) for v in order[1:]],
        2: list(pairwise(order)),
        3: [(a, b) for a in order for b in order if a < b and (a, b) != (0, 1)],
    }[kind]
    for a, b in pairs:
        near[a] |= 1 << int(b)
        near[b] |= 1 << int(a)
    return near


@compiled
def _score(near: Ints, rows: Floats, values: Floats) -> bool:
    """Score a graph at the nodes by maximum-cardinality search; False where it is not chordal."""
    width, visited = len(near), 0
    values[:] = 0.0
    for _ in range(width):
        chosen, most = -1, -1
        for v in range(width):
            if not visited >> v & 1:
                count, rest = 0, near[v] & visited
                while rest:
                    rest &= rest - 1
                    count += 1
                if count > most:
                    chosen, most = v, count
        before = near[chosen] & visited
        for u in range(width):
            if before >> u & 1 and before & ~(near[u] | 1 << u):
                return False
        for i in range(len(values)):
            values[i] += rows[before | 1 << chosen, i] - rows[before, i]
        visited |= 1 << chosen
    return True


@compiled
def _whole(values: Floats, weights: Floats) -> float:
    """Sum exp(values + weights) over the nodes, in logarithms."""
    top = (values + weights).max()
    return float(top + np.log(np.exp(values + weights - top).sum()))


@compiled
def _toggled(near: Ints, rng: Generator) -> Ints:
    """Take or give the edge of two vertices chosen by chance, in a copy."""
    found = near.copy()
    a, b = rng.integers(0, len(near)), rng.integers(0, len(near) - 1)
    b += np.int64(b >= a)
    found[a] ^= 1 << b
    found[b] ^= 1 << a
    return found


@compiled
def _complete(near: Ints) -> bool:
    joined = 0
    for v in range(len(near)):
        joined += int(near[v] == (1 << len(near)) - 1 - (1 << v))
    return joined == len(near)


@compiled
def _chain(
    rows: Floats, weights: Floats, near: Ints, rng: Generator, length: tuple[int, int]
) -> tuple[Floats, Floats, Ints, float, int]:
    """Run one chain; return sums of distributions (logs), a trace, and the best graph's visits."""
    now, then = np.zeros(len(weights)), np.zeros(len(weights))
    _score(near, rows, now)
    level, acc = _whole(now, weights), np.full(len(weights), -np.inf)
    places, trace = np.arange(len(weights)) * 1.0, np.zeros(length[1])
    best, height, visits = near, -np.inf, 0
    middle = (np.exp(now + weights - level) * places).sum()
    for step in range(-length[0], length[1]):
        tried = _toggled(near, rng)
        if not _complete(tried) and _score(tried, rows, then):
            other = _whole(then, weights)
            if np.log(rng.random()) < other - level:
                near, level, now, then = tried, other, then, now
                middle = (np.exp(now + weights - level) * places).sum()
        if step >= 0:
            acc = np.logaddexp(acc, now + weights - level)
            trace[step] = middle
            if level > height + 1e-9:
                best, height, visits = near, level, 0
            visits += int(level > height - 1e-9)
    return acc, trace, best, height, visits
