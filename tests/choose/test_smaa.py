"""SMAA-2: golden values, laws, and bands that claim no false order."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import PCG64, Generator

from standwith.choose.smaa import (
    Acceptability,
    accept,
    bands,
    confidence,
    sample_goal_weights,
    sample_weights,
)


def rng(seed: int = 1) -> Generator:
    """Return a generator with a fixed seed."""
    return Generator(PCG64(seed))


def fixed(
    scores: list[list[float]], size: int
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Repeat exact scores for every sample."""
    return np.broadcast_to(np.array(scores), (size, len(scores), len(scores[0]))).copy()


def test_two_opposite_alternatives_share_the_first_rank_evenly() -> None:
    """Analytic: with weights (w, 1 - w), w uniform, each is first for half of them."""
    size = 20_000
    found = accept(fixed([[1, 0], [0, 1]], size), sample_weights(rng(), size, 2))
    assert found.ranks == pytest.approx(np.full((2, 2), 0.5), abs=0.02)
    assert found.central[0] == pytest.approx([0.75, 0.25], abs=0.01)
    assert found.entropy == pytest.approx([1.0, 1.0], abs=0.01)


def test_the_share_of_a_compromise_is_known_in_closed_form() -> None:
    """(1,0), (0,1), (.6,.6): the compromise is first where w lies in [.4, .6], a fifth."""
    size = 20_000
    found = accept(fixed([[1, 0], [0, 1], [0.6, 0.6]], size), sample_weights(rng(), size, 2))
    assert found.ranks[2, 0] == pytest.approx(0.2, abs=0.01)
    assert found.ranks[2, 1] == pytest.approx(0.8, abs=0.01)
    assert found.central[2] == pytest.approx([0.5, 0.5], abs=0.01)


def test_who_is_better_on_all_criteria_is_always_first() -> None:
    found = accept(fixed([[0.9, 0.8], [0.1, 0.2]], 500), sample_weights(rng(), 500, 2))
    assert found.ranks[0, 0] == 1.0
    assert np.isnan(found.central[1]).all()
    assert found.winning[0, 1] == 1.0
    assert bands(found) == (1, 2)


def test_confidence_is_the_share_under_the_own_central_weight() -> None:
    scores = rng(3).random((2_000, 3, 2))
    found = accept(scores, sample_weights(rng(4), 2_000, 2))
    sure = confidence(scores, found.central)
    by_hand = np.mean((scores @ found.central[0]).argmax(axis=1) == 0)
    assert sure[0] == pytest.approx(by_hand)


@pytest.mark.skipif("STANDWITH_DATA" not in os.environ, reason="no reference data at hand")
def test_the_thrombolysis_example_is_reproduced() -> None:
    """Golden values of the published example (Tervonen and Lahdelma's data, R package smaa)."""
    folder = Path(os.environ["STANDWITH_DATA"]) / "planning/smaa_thrombo"
    data = np.load(folder / "thrombo.npz")
    published = json.loads((folder / "published.json").read_text())
    found = accept(data["measurements"], data["weights"])
    sure = confidence(data["measurements"], found.central)
    for i, name in enumerate(data["alternatives"]):
        assert found.ranks[i] == pytest.approx(published["rank_acceptability"][name], abs=1e-7)
        assert found.central[i] == pytest.approx(published["central_weights"][name], abs=1e-7)
        assert sure[i] == pytest.approx(published["confidence_factor"][name], abs=1e-7)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 6), st.integers(1, 4), st.integers(0, 2**32))
def test_ranks_and_wins_are_shares(alternatives: int, criteria: int, seed: int) -> None:
    generator = rng(seed)
    scores = generator.random((200, alternatives, criteria))
    found = accept(scores, sample_weights(generator, 200, criteria))
    assert found.ranks.sum(axis=0) == pytest.approx(np.ones(alternatives))
    assert found.ranks.sum(axis=1) == pytest.approx(np.ones(alternatives))
    off = found.winning + found.winning.T
    assert (off <= 1 + 1e-9).all()
    assert set(bands(found)) == set(range(1, max(bands(found)) + 1))


def test_weights_lie_on_the_simplex_and_goals_weigh_half_at_least() -> None:
    weights = sample_goal_weights(rng(), 1_000, 9, 4)
    assert weights.shape == (1_000, 9)
    assert weights.sum(axis=1) == pytest.approx(np.ones(1_000))
    assert (weights[:, :4].sum(axis=1) >= 0.5).all()


def test_bands_claim_no_order_below_the_threshold() -> None:
    winning = np.array([[0, 0.6, 0.7], [0.4, 0, 0.6], [0.3, 0.4, 0]])
    utility = np.array([0.9, 0.8, 0.7])
    empty = np.zeros((3, 3))
    found = Acceptability(empty, empty, winning, utility, np.zeros(3))
    assert bands(found) == (1, 1, 2)


def test_the_same_seed_gives_the_same_bytes() -> None:
    one = accept(fixed([[1, 0], [0, 1]], 100), sample_weights(rng(7), 100, 2))
    two = accept(fixed([[1, 0], [0, 1]], 100), sample_weights(rng(7), 100, 2))
    assert one.ranks.tobytes() == two.ranks.tobytes()
