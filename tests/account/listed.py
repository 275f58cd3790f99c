"""All decomposable graphs one by one, as a reference for what walks over them."""

from __future__ import annotations

from functools import cache
from itertools import combinations

from standwith.account.undercount.graphs import Graph, parts


@cache
def decomposable(width: int) -> tuple[Graph, ...]:
    """List every decomposable graph on so many lists, the complete one last."""
    pairs = list(combinations(range(width), 2))
    found = []
    for code in range(2 ** len(pairs)):
        neighbours = [0] * width
        for place, (a, b) in enumerate(pairs):
            if code >> place & 1:
                neighbours[a] |= 1 << b
                neighbours[b] |= 1 << a
        graph = parts(width, tuple(neighbours))
        if graph is not None:
            found.append(graph)
    return tuple(found)
