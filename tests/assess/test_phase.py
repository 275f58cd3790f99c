"""Phases: a distribution from signs, with reasons; no sign, no phase."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import CITED, DAY

from standwith.assess.phase import HELD, estimate, indicators
from standwith.assess.situation import PhaseEvidence

SIGNS = st.lists(st.sampled_from(sorted(indicators())), max_size=6)


def signs(*names: str) -> list[PhaseEvidence]:
    """Make evidence of the named signs."""
    return [PhaseEvidence(name, CITED, DAY) for name in names]


def test_without_a_sign_no_phase_is_held() -> None:
    found = estimate([])
    assert found.held == frozenset()
    assert [b.probability for b in found.beliefs] == [pytest.approx(0.2)] * 5


@pytest.mark.parametrize(
    ("names", "held"),
    [
        (("quiet",), {0, 1, 4}),
        (("growing-numbers", "mass-march", "nationwide", "strikes"), {2, 3}),
        (("ruler-gone",), {3, 4}),
    ],
)
def test_signs_point_to_phases(names: tuple[str, ...], held: set[int]) -> None:
    assert estimate(signs(*names)).held == held


def test_one_sign_is_the_formula_of_bayes() -> None:
    likelihood = indicators()["strikes"][1]
    found = estimate(signs("strikes"))
    expected = [share / sum(likelihood) for share in likelihood]
    assert [b.probability for b in found.beliefs] == pytest.approx(expected)


def test_the_same_sign_twice_counts_once() -> None:
    once, twice = estimate(signs("strikes")), estimate(signs("strikes", "strikes"))
    assert once.beliefs == twice.beliefs
    assert len(twice.reasons) == 1


@given(SIGNS)
def test_probabilities_sum_to_one_and_order_does_not_matter(names: list[str]) -> None:
    found = estimate(signs(*names))
    assert sum(b.probability for b in found.beliefs) == pytest.approx(1.0)
    assert found.held == estimate(signs(*names[::-1])).held


@given(SIGNS)
def test_the_held_phases_carry_nine_tenths(names: list[str]) -> None:
    found = estimate(signs(*names))
    if names:
        assert sum(b.probability for b in found.beliefs if b.held) >= HELD


def test_each_reason_says_its_likelihoods_and_its_passage() -> None:
    reason = estimate(signs("strikes")).reasons[0]
    assert "estimates" in reason.statement
    assert reason.citation == CITED
