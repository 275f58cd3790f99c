"""Merkle trees: against the definition of RFC 6962 written out, and against everything bent."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.kernel.merkle import (
    EMPTY_ROOT,
    completed,
    consistency_proof,
    consistent,
    includes,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    roots,
)


def plain_root(leaves: Sequence[bytes]) -> bytes:
    """The definition of the tree hash, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = plain_root(leaves[:split]), plain_root(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def plain_path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The definition of an audit path."""
    if len(leaves) <= 1:
        return []
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if index < split:
        return [*plain_path(index, leaves[:split]), plain_root(leaves[split:])]
    return [*plain_path(index - split, leaves[split:]), plain_root(leaves[:split])]


class Tree:
    """A tree in memory, built leaf by leaf as the store does."""

    def __init__(self, entries: Sequence[bytes]) -> None:
        self.nodes: dict[tuple[int, int], bytes] = {}
        self.leaves = [leaf_hash(entry) for entry in entries]
        for index, leaf in enumerate(self.leaves):
            for level, position, value in completed(index, leaf, self.at):
                self.nodes[level, position] = value

    def at(self, level: int, position: int) -> bytes:
        """Return a complete node."""
        return self.nodes[level, position]


def tree_of(size: int) -> Tree:
    """A tree whose entries are single bytes counting up."""
    return Tree([bytes([i % 256]) + bytes(i // 256) for i in range(size)])


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (3, "3b6cccd7e3e023ff393006f030315ee7ad9eb111b022b41fba7e5b7a3973f688"),
        (7, "3560191803028444b232018ac047fdb561c09c23a7a6876c85e08b5e4d48e9f3"),
    ],
)
def test_the_root_of_counting_bytes_is_the_published_one(size: int, expected: str) -> None:
    assert root(size, tree_of(size).at).hex() == expected


def test_leaf_and_node_hashes_cannot_be_taken_for_each_other() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert leaf_hash(left + right) != node_hash(left, right)


@pytest.mark.parametrize("size", range(34))
def test_the_root_is_that_of_the_definition(size: int) -> None:
    tree = tree_of(size)
    assert root(size, tree.at) == plain_root(tree.leaves)


@pytest.mark.parametrize("size", [1, 2, 5, 8, 13, 32, 33])
def test_every_complete_node_is_stored_once(size: int) -> None:
    assert len(tree_of(size).nodes) == 2 * size - size.bit_count()


def test_the_running_roots_are_those_of_every_prefix() -> None:
    tree = tree_of(40)
    found = list(roots(tree.leaves))
    assert found == [plain_root(tree.leaves[: i + 1]) for i in range(40)]


def test_running_roots_of_nothing_are_none() -> None:
    assert list(roots([])) == []


@pytest.mark.parametrize("size", range(1, 34))
def test_every_entry_is_proved_by_the_path_of_the_definition(size: int) -> None:
    tree = tree_of(size)
    whole = plain_root(tree.leaves)
    for index, leaf in enumerate(tree.leaves):
        path = inclusion_proof(index, size, tree.at)
        assert path == plain_path(index, tree.leaves)
        assert includes(index, size, leaf, path, whole)


@pytest.mark.parametrize("newer", range(1, 34))
def test_every_earlier_tree_is_proved_to_be_the_begin(newer: int) -> None:
    tree = tree_of(newer)
    after = (newer, plain_root(tree.leaves))
    for older in range(1, newer + 1):
        before = (older, plain_root(tree.leaves[:older]))
        path = consistency_proof(older, newer, tree.at)
        assert consistent(before, after, path)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0), (9, 4)])
def test_there_is_no_proof_of_an_entry_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="not among"):
        inclusion_proof(index, size, tree_of(4).at)


@pytest.mark.parametrize(("older", "newer"), [(0, 3), (4, 3), (-1, 3)])
def test_there_is_no_proof_from_a_later_or_empty_tree(older: int, newer: int) -> None:
    with pytest.raises(ValueError, match="no proof leads"):
        consistency_proof(older, newer, tree_of(4).at)


SIZES = st.integers(2, 70)


@given(SIZES, st.data())
def test_a_changed_path_proves_nothing(size: int, data: st.DataObject) -> None:
    tree = tree_of(size)
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_proof(index, size, tree.at)
    spot = data.draw(st.integers(0, len(path) - 1))
    bit = data.draw(st.integers(0, 255))
    bent = bytearray(path[spot])
    bent[bit // 8] ^= 1 << bit % 8
    path[spot] = bytes(bent)
    assert not includes(index, size, tree.leaves[index], path, plain_root(tree.leaves))


@given(SIZES, st.data())
def test_a_path_proves_only_its_own_index_and_size(size: int, data: st.DataObject) -> None:
    tree = tree_of(size)
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(-2, size + 2).filter(lambda i: i != index))
    path, whole = inclusion_proof(index, size, tree.at), plain_root(tree.leaves)
    assert not includes(other, size, tree.leaves[index], path, whole)


@given(SIZES, st.data())
def test_a_cut_or_lengthened_path_proves_nothing(size: int, data: st.DataObject) -> None:
    tree = tree_of(size)
    index = data.draw(st.integers(0, size - 1))
    path, whole = inclusion_proof(index, size, tree.at), plain_root(tree.leaves)
    leaf = tree.leaves[index]
    assert not includes(index, size, leaf, path[:-1], whole)
    assert not includes(index, size, leaf, path[1:], whole) or len(path) == 0
    assert not includes(index, size, leaf, [*path, EMPTY_ROOT], whole)
    assert not includes(index, size, leaf, path[::-1], whole) or path == path[::-1]


@given(SIZES, st.data())
def test_another_history_is_no_begin(size: int, data: st.DataObject) -> None:
    tree = tree_of(size)
    older = data.draw(st.integers(1, size - 1))
    path = consistency_proof(older, size, tree.at)
    forged = (older, leaf_hash(b"forged"))
    after = (size, plain_root(tree.leaves))
    assert not consistent(forged, after, path)
    true = (older, plain_root(tree.leaves[:older]))
    assert not consistent(true, (size, leaf_hash(b"forged")), path)


@given(SIZES, st.data())
def test_a_bent_consistency_path_proves_nothing(size: int, data: st.DataObject) -> None:
    tree = tree_of(size)
    older = data.draw(st.integers(1, size - 1))
    path = consistency_proof(older, size, tree.at)
    before, after = (older, plain_root(tree.leaves[:older])), (size, plain_root(tree.leaves))
    assert not consistent(before, after, path[:-1])
    assert not consistent(before, after, [*path, EMPTY_ROOT])
    spot = data.draw(st.integers(0, len(path) - 1))
    bent = [*path[:spot], leaf_hash(b"bent"), *path[spot + 1 :]]
    assert not consistent(before, after, bent)


def test_a_tree_is_its_own_begin_by_an_empty_path_alone() -> None:
    same = (5, plain_root(tree_of(5).leaves))
    assert consistent(same, same, [])
    assert not consistent(same, same, [EMPTY_ROOT])
    assert not consistent(same, (5, EMPTY_ROOT), [])


def test_an_empty_tree_is_the_begin_of_itself_alone() -> None:
    assert consistent((0, EMPTY_ROOT), (0, EMPTY_ROOT), [])
    assert not consistent((0, leaf_hash(b"")), (0, leaf_hash(b"")), [])
    assert not consistent((0, EMPTY_ROOT), (3, plain_root(tree_of(3).leaves)), [])


def test_a_larger_tree_is_no_begin_of_a_smaller() -> None:
    tree = tree_of(6)
    large, small = (6, plain_root(tree.leaves)), (4, plain_root(tree.leaves[:4]))
    assert not consistent(large, small, consistency_proof(4, 6, tree.at))


def test_paths_grow_with_the_logarithm() -> None:
    tree = tree_of(1000)
    assert max(len(inclusion_proof(i, 1000, tree.at)) for i in range(1000)) == 10
