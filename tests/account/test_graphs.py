"""Decomposable graphs against their definitions, written a second time and slowly."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from tests.account.listed import decomposable

from standwith.account.undercount.graphs import Graph, parts

Edges = frozenset[tuple[int, int]]


def every(width: int) -> list[Edges]:
    """List every graph on so many vertices by its edges."""
    pairs = list(combinations(range(width), 2))
    return [
        frozenset(pair for i, pair in enumerate(pairs) if code >> i & 1)
        for code in range(2 ** len(pairs))
    ]


def joined(edges: Edges, a: int, b: int) -> bool:
    """Whether two vertices are joined."""
    return (min(a, b), max(a, b)) in edges


def neighbours(width: int, edges: Edges) -> tuple[int, ...]:
    """Write the neighbours of each vertex as bits."""
    return tuple(
        sum(1 << w for w in range(width) if w != v and joined(edges, v, w)) for v in range(width)
    )


def has_hole(width: int, edges: Edges) -> bool:
    """Whether some cycle of four or more vertices has no chord: the definition."""
    for size in range(4, width + 1):
        for chosen in combinations(range(width), size):
            first, *rest = chosen
            for order in permutations(rest):
                cycle = (first, *order)
                ring = {frozenset((cycle[i], cycle[(i + 1) % size])) for i in range(size)}
                inside = {frozenset(pair) for pair in combinations(chosen, 2) if pair in edges}
                if ring == inside:
                    return True
    return False


def maximal_cliques(width: int, edges: Edges) -> set[int]:
    """Find the maximal complete sets by looking at every set."""
    complete = [
        sum(1 << v for v in chosen)
        for size in range(1, width + 1)
        for chosen in combinations(range(width), size)
        if all(joined(edges, a, b) for a, b in combinations(chosen, 2))
    ]
    return {c for c in complete if not any(c != d and c & d == c for d in complete)}


@pytest.mark.parametrize("width", [1, 2, 3, 4, 5])
def test_a_graph_is_taken_just_if_no_cycle_is_without_a_chord(width: int) -> None:
    for edges in every(width):
        found = parts(width, neighbours(width, edges))
        assert (found is None) == has_hole(width, edges), sorted(edges)


@pytest.mark.parametrize("width", [1, 2, 3, 4, 5])
def test_the_cliques_of_a_graph_are_its_maximal_complete_sets(width: int) -> None:
    for edges in every(width):
        found = parts(width, neighbours(width, edges))
        if found is not None:
            assert set(found.cliques) == maximal_cliques(width, edges)
            assert len(found.cliques) == len(set(found.cliques))


@pytest.mark.parametrize("width", [2, 3, 4, 5])
def test_separators_are_what_cliques_share_along_a_tree(width: int) -> None:
    for graph in decomposable(width):
        members = sum(c.bit_count() for c in graph.cliques)
        shared = sum(s.bit_count() for s in graph.separators)
        assert members - shared == width, "each list is counted once"
        assert len(graph.separators) <= len(graph.cliques) - 1
        for separator in graph.separators:
            holding = [c for c in graph.cliques if c & separator == separator]
            assert len(holding) >= 2


@pytest.mark.parametrize("width", [2, 3, 4])
def test_renaming_the_lists_gives_the_same_graphs(width: int) -> None:
    def renamed(graph: Graph, order: tuple[int, ...]) -> frozenset[int]:
        return frozenset(
            sum(1 << order[v] for v in range(width) if c >> v & 1) for c in graph.cliques
        )

    whole = {frozenset(graph.cliques) for graph in decomposable(width)}
    for order in permutations(range(width)):
        assert {renamed(graph, order) for graph in decomposable(width)} == whole


@pytest.mark.parametrize("width", [3, 4, 5, 6])
def test_the_graph_of_independence_is_first_and_the_complete_one_last(width: int) -> None:
    graphs = decomposable(width)
    assert graphs[0] == Graph(tuple(1 << v for v in range(width)), ())
    assert graphs[-1] == Graph((2**width - 1,), ())


def test_every_graph_stands_once() -> None:
    for width in (3, 4, 5):
        graphs = decomposable(width)
        assert len({frozenset(graph.cliques) for graph in graphs}) == len(graphs)
