"""A walk over all decomposable graphs, each met once, with what each adds at every node.

A chordal graph is grown vertex by vertex: the new one is joined to a clique, and the step counts
only where that vertex is the highest simplicial one of the result, so that every graph has one way
to it (Rose 1970 for the elimination order). A step from the neighbours C to C + v changes the score
by s(C + v) - s(C), whether it widens a clique or begins one; a graph so costs one row.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from standwith.account.linkage.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SHARES = 2  # the walk is always cut into so many parts, whatever the machine: same bytes
LEADING = 12
_DEEP = 60.0  # nats below the best at a node, beyond which a graph adds nothing there


@dataclass(frozen=True, slots=True)
class Walked:
    """The sum over all graphs but the complete one, in logarithms at each node; and the leaders.

    ``leaders`` are neighbour sets (graphs x vertices, bits), ``heights`` the best value of each
    over the nodes; ``count`` is the number of graphs that were met, the complete one included.
    """

    sums: Floats
    leaders: Ints
    heights: Floats
    count: int


def walk(rows: Floats, base: Floats) -> Walked:
    """Sum exp(score) over graphs; ``rows`` has s_A for each set A of lists (2**K x nodes).

    ``base`` (nodes) is common to all graphs and only says at which node a graph is highest.
    """
    width = int(rows.shape[0]).bit_length() - 1
    with ThreadPoolExecutor(SHARES) as pool:
        found = list(pool.map(lambda share: _walk(rows, base, width, share), range(SHARES)))
    parts = [part for part, _ in found]
    heights = np.concatenate([part.heights for part in parts])
    order = np.argsort(-heights, kind="stable")[:LEADING]
    order = order[np.isfinite(heights[order])]
    return Walked(
        np.logaddexp.reduce([_logs(part) for part in parts], axis=0),
        np.concatenate([part.graphs for part in parts])[order],
        heights[order],
        sum(met for _, met in found),
    )


def _logs(part: _Sums) -> Floats:
    logs = np.full(len(part.acc), -np.inf)
    held = part.acc > 0
    logs[held] = np.log(part.acc[held]) + part.top[held]
    return logs


@compiled
def _cliques(vertices: int, near: Ints, found: Ints) -> int:
    """List all cliques, the empty one first; return how many."""
    found[0] = 0
    count = 1
    for u in range(len(near)):
        if vertices >> u & 1:
            for i in range(count):
                if found[i] & ~near[u] == 0:
                    found[count] = found[i] | 1 << u
                    count += 1
    return count


@compiled
def _is_clique(chosen: int, near: Ints) -> bool:
    for u in range(len(near)):  # noqa: SIM110 - a generator does not compile
        if chosen >> u & 1 and chosen & ~(near[u] | 1 << u):
            return False
    return True


@compiled
def _highest(v: int, clique: int, vertices: int, near: Ints) -> bool:
    """Whether v is new, and no vertex above it simplicial, once it is joined to the clique."""
    if vertices >> v & 1:
        return False
    for u in range(v + 1, len(near)):
        if vertices >> u & 1:
            if clique >> u & 1:
                if near[u] & ~clique == 0:
                    return False
            elif _is_clique(near[u], near):
                return False
    return True


class _Sums(NamedTuple):
    """Running sums of exponentials at the nodes, each with its own scale, and the best graphs."""

    base: Floats
    top: Floats
    acc: Floats
    graphs: Ints
    heights: Floats


class _Grown(NamedTuple):
    """The graph at each level of the walk: neighbours, vertices, score at the nodes."""

    near: Ints
    vertices: Ints
    values: Floats


@compiled
def _join(near: Ints, v: int, clique: int) -> None:
    """Join a new vertex to a clique, in place."""
    near[v] = clique
    for u in range(len(near)):
        if clique >> u & 1:
            near[u] |= 1 << v


@compiled
def _lead(height: float, near: Ints, v: int, clique: int, sums: _Sums) -> None:
    """Keep a graph where it is among the highest; the list is in falling order."""
    heights, last = sums.heights, len(sums.heights) - 1
    if height <= heights[last]:
        return
    while last > 0 and heights[last - 1] < height:
        heights[last] = heights[last - 1]
        sums.graphs[last] = sums.graphs[last - 1]
        last -= 1
    heights[last] = height
    sums.graphs[last] = near
    _join(sums.graphs[last], v, clique)


@compiled
def _add(values: Floats, more: Floats, less: Floats, sums: _Sums) -> float:
    """Add exp(values + more - less) to the sums; return the best value over the nodes."""
    height, top, acc = -np.inf, sums.top, sums.acc
    for i in range(len(values)):
        x = values[i] + more[i] - less[i]
        height = max(height, x + sums.base[i])
        if x <= top[i]:
            if x > top[i] - _DEEP:
                acc[i] += np.exp(x - top[i])
        else:
            acc[i] = acc[i] * np.exp(top[i] - x) + 1.0
            top[i] = x
    return height


@compiled
def _step(level: int, v: int, clique: int, rows: Floats, grown: _Grown, sums: _Sums) -> bool:
    """Grow the graph by a vertex; add it where it is whole. Return whether it is not yet."""
    near, values = grown.near[level], grown.values[level]
    more, less = rows[clique | 1 << v], rows[clique]
    if level == len(near) - 1:
        if clique | 1 << v != (1 << len(near)) - 1:
            _lead(_add(values, more, less, sums), near, v, clique, sums)
        return False
    grown.near[level + 1] = near
    _join(grown.near[level + 1], v, clique)
    grown.vertices[level + 1] = grown.vertices[level] | 1 << v
    for i in range(len(values)):
        grown.values[level + 1, i] = values[i] + more[i] - less[i]
    return True


@compiled
def _walk(rows: Floats, base: Floats, width: int, share: int) -> tuple[_Sums, int]:
    """Grow graphs depth first; one share of the branches at the second vertex, or all (-1)."""
    nodes = rows.shape[1]
    near = np.zeros((width, width), np.int64)
    grown = _Grown(near, np.zeros(width, np.int64), np.zeros((width, nodes)))
    leaders = np.zeros((LEADING, width), np.int64), np.full(LEADING, -np.inf)
    sums = _Sums(base, np.full(nodes, -np.inf), np.zeros(nodes), leaders[0], leaders[1])
    cliques, counts = np.zeros((width, 1 << width), np.int64), np.zeros(width, np.int64)
    places, level, met, branch = np.zeros(width, np.int64), 0, 0, 0
    counts[0] = _cliques(0, near[0], cliques[0])
    while level >= 0:
        if places[level] >= width * counts[level]:
            level -= 1
            continue
        v, clique = places[level] // counts[level], cliques[level, places[level] % counts[level]]
        places[level] += 1
        if not _highest(v, clique, grown.vertices[level], near[level]):
            continue
        branch += level == 1
        if level == 1 and share >= 0 and branch % SHARES != share:
            continue
        met += level == width - 1
        if _step(level, v, clique, rows, grown, sums):
            level += 1
            counts[level] = _cliques(grown.vertices[level], near[level], cliques[level])
            places[level] = 0
    return sums, met


@compiled
def walk_each(rows: Floats) -> Floats:
    """Sum over graphs for each of many tables (tables x 2**K x nodes), in logarithms."""
    width = 0
    while 1 << width < rows.shape[1]:
        width += 1
    found, base = np.full((len(rows), rows.shape[2]), -np.inf), np.zeros(rows.shape[2])
    for t in range(len(rows)):
        sums, _ = _walk(rows[t], base, width, -1)
        for i in range(len(base)):
            if sums.acc[i] > 0:
                found[t, i] = np.log(sums.acc[i]) + sums.top[i]
    return found
