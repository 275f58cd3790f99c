"""Decomposable graphs of dependence between lists: their cliques and separators.

A graph is decomposable when it is chordal. Maximum-cardinality search (Tarjan and Yannakakis 1984)
tells, and gives cliques and separators in the order of a junction tree (Blair and Peyton 1993).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Graph:
    """A chordal graph by its cliques and separators; each is a set of lists as bits."""

    cliques: tuple[int, ...]
    separators: tuple[int, ...]


def parts(width: int, neighbours: tuple[int, ...]) -> Graph | None:
    """Find the cliques and separators of a graph, or None if it is not chordal.

    ``neighbours`` has the neighbours of each vertex as bits; empty separators are left out.
    """
    visited, clique, size = 0, 0, -1
    cliques, separators = list[int](), list[int]()
    for _ in range(width):
        rest = [v for v in range(width) if not visited >> v & 1]
        vertex = max(rest, key=lambda v: ((neighbours[v] & visited).bit_count(), -v))
        before = neighbours[vertex] & visited
        if not _complete(before, neighbours):
            return None
        if before.bit_count() <= size:
            cliques.append(clique)
            separators.append(before)
            clique = before
        clique |= 1 << vertex
        size = before.bit_count()
        visited |= 1 << vertex
    return Graph((*cliques, clique), tuple(item for item in separators if item))


def _complete(chosen: int, neighbours: tuple[int, ...]) -> bool:
    rest = chosen
    while rest:
        low = rest & -rest
        rest ^= low
        if rest & ~neighbours[low.bit_length() - 1]:
            return False
    return True
