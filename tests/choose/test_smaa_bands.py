"""Bands and weights of the ranking, on small made examples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import PCG64, Generator

from standwith.choose.brief import _place
from standwith.choose.smaa import Acceptability, accept, bands, sample_weights

PLACES = [
    ([2, 2, 1, 0], [3, 1, 1, 1], [1, 1, 2, 3]),
    ([0, 0, 0], [1, 2, 1], [1, 2, 1]),
    ([-1, 0, 2], [1, 4, 9], [3, 2, 1]),
    ([0, -1, -1], [2, 1, 5], [1, 2, 2]),
    ([], [], []),
]


@pytest.mark.parametrize(("called", "scored", "expected"), PLACES)
def test_what_is_asked_for_in_this_case_comes_before_scores(
    called: list[int], scored: list[int], expected: list[int]
) -> None:
    assert _place(called, scored) == expected


@given(st.lists(st.tuples(st.sampled_from([-1, 0, 1, 2]), st.integers(1, 9)), max_size=30))
def test_bands_are_numbered_without_gaps(rows: list[tuple[int, int]]) -> None:
    placed = _place([called for called, _ in rows], [scored for _, scored in rows])
    assert set(placed) == set(range(1, max(placed, default=0) + 1))


@given(st.lists(st.tuples(st.sampled_from([-1, 0, 1, 2]), st.integers(1, 9)), min_size=2))
def test_a_stronger_call_never_stands_behind_a_weaker_one(rows: list[tuple[int, int]]) -> None:
    placed = _place([called for called, _ in rows], [scored for _, scored in rows])
    for (one, _), first in zip(rows, placed, strict=True):
        for (other, _), second in zip(rows, placed, strict=True):
            if one > other:
                assert first < second


def made(winning: list[list[float]], utility: list[float]) -> Acceptability:
    """Make indices with the given winning shares and utilities."""
    size = len(utility)
    empty = np.zeros((size, size))
    return Acceptability(empty, empty, np.array(winning), np.array(utility), np.zeros(size))


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [(0.5, (1, 2)), (0.7, (1, 2)), (0.71, (1, 1))],
)
def test_a_band_begins_where_its_first_surely_wins(
    threshold: float, expected: tuple[int, ...]
) -> None:
    assert bands(made([[0, 0.7], [0.3, 0]], [0.8, 0.6]), threshold) == expected


def test_bands_follow_the_utility_and_not_the_order_of_entry() -> None:
    assert bands(made([[0, 0.1], [0.9, 0]], [0.2, 0.9])) == (2, 1)


def test_one_alternative_is_first_in_every_sample() -> None:
    weights = sample_weights(Generator(PCG64(1)), 50, 3)
    found = accept(np.full((50, 1, 3), 0.5), weights)
    assert found.ranks.tolist() == [[1.0]]
    assert found.entropy.tolist() == [0.0]
    assert found.central[0] == pytest.approx(weights.mean(axis=0))


def test_equal_alternatives_never_beat_each_other() -> None:
    weights = sample_weights(Generator(PCG64(1)), 50, 3)
    found = accept(np.full((50, 2, 3), 0.5), weights)
    assert found.winning.tolist() == [[0.0, 0.0], [0.0, 0.0]]
    assert bands(found) == (1, 1)
