"""Merkle trees over entries: roots, and proofs of inclusion and of consistency.

The tree of RFC 6962 (Laurie, Langley and Kasper 2013, section 2.1) over SHA-256; the checks follow
RFC 9162 (2021, sections 2.1.3.2 and 2.1.4.2). Pure functions over bytes of 32.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()

NodeAt = Callable[[int, int], bytes]
"""Gives the complete node at (level, index): the root of the 2**level leaves from index on."""


def leaf_hash(entry: bytes) -> bytes:
    """Hash an entry into its leaf."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two children into their parent."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed(index: int, leaf: bytes, node_at: NodeAt) -> list[tuple[int, int, bytes]]:
    """List the nodes (level, index, hash) that leaf number ``index`` completes, the leaf first."""
    made = [(0, index, leaf)]
    level, position, current = 0, index, leaf
    while position & 1:
        current = node_hash(node_at(level, position - 1), current)
        level, position = level + 1, position >> 1
        made.append((level, position, current))
    return made


def root(size: int, node_at: NodeAt) -> bytes:
    """Compute the root over the first ``size`` leaves."""
    return _range_root(0, size, node_at) if size else EMPTY_ROOT


def _range_root(start: int, end: int, node_at: NodeAt) -> bytes:
    """Compute the root over leaves [start, end), where start is a multiple of its span."""
    span = end - start
    if span & (span - 1) == 0:
        level = span.bit_length() - 1
        return node_at(level, start >> level)
    split = _split(span)
    left = _range_root(start, start + split, node_at)
    return node_hash(left, _range_root(start + split, end, node_at))


def _split(span: int) -> int:
    """Return the largest power of two below a span of at least two."""
    return 1 << ((span - 1).bit_length() - 1)


def inclusion_proof(index: int, size: int, node_at: NodeAt) -> list[bytes]:
    """List the hashes, leaf side first, that lead from leaf ``index`` to the root of ``size``.

    Raises:
        ValueError: there is no such leaf in a tree of that size.
    """
    if not 0 <= index < size:
        message = f"entry {index} is not among the {size} of this tree; ask for a later checkpoint"
        raise ValueError(message)
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_root(middle, end, node_at))
            end = middle
        else:
            path.append(_range_root(start, middle, node_at))
            start = middle
    return path[::-1]


def consistency_proof(older: int, newer: int, node_at: NodeAt) -> list[bytes]:
    """List the hashes that show a tree of ``older`` leaves to be the begin of one of ``newer``.

    Raises:
        ValueError: the older tree is empty or larger than the newer.
    """
    if not 0 < older <= newer:
        message = f"no proof leads from {older} to {newer} entries; give the smaller size first"
        raise ValueError(message)
    path: list[bytes] = []
    start, end, whole = 0, newer, True
    while older - start != end - start:
        middle = start + _split(end - start)
        if older <= middle:
            path.append(_range_root(middle, end, node_at))
            end = middle
        else:
            path.append(_range_root(start, middle, node_at))
            start, whole = middle, False
    if not whole:
        path.append(_range_root(start, end, node_at))
    return path[::-1]


def includes(index: int, size: int, leaf: bytes, path: Sequence[bytes], expected: bytes) -> bool:
    """Whether a path leads from a leaf to the expected root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, current = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            current = node_hash(sibling, current)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            current = node_hash(current, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and current == expected


def consistent(older: tuple[int, bytes], newer: tuple[int, bytes], path: Sequence[bytes]) -> bool:
    """Whether a path shows the tree (size, root) ``older`` to be the begin of ``newer``.

    An empty tree is the begin of no tree but itself: nothing could show it (RFC 9162, 2.1.4.2).
    """
    (small, first), (large, second) = older, newer
    if small == large:
        return not path and first == second and (small > 0 or first == EMPTY_ROOT)
    if not 0 < small < large or not path:
        return False
    hashes = [first, *path] if small & (small - 1) == 0 else list(path)
    return _climb(small - 1, large - 1, hashes) == (first, second)


def _climb(at: int, last: int, hashes: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Rebuild both roots at once; None where the path is too long or too short."""
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return None
        if at & 1 or at == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        at, last = at >> 1, last >> 1
    return (old, new) if last == 0 else None


def roots(leaves: Iterable[bytes]) -> Iterable[bytes]:
    """Yield the root after each leaf, holding only the frontier: one pass over a whole log."""
    frontier: list[bytes | None] = []
    for leaf in leaves:
        carry = leaf
        for level, held in enumerate(frontier):
            if held is None:
                frontier[level] = carry
                break
            carry, frontier[level] = node_hash(held, carry), None
        else:
            frontier.append(carry)
        yield _frontier_root(frontier)


def _frontier_root(frontier: Sequence[bytes | None]) -> bytes:
    current: bytes | None = None
    for held in frontier:
        if held is not None:
            current = held if current is None else node_hash(held, current)
    return current or EMPTY_ROOT
