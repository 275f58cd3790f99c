"""Scores: estimates on nine criteria, drawn as wide as the evidence is weak."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import PCG64, Generator
from numpy.typing import NDArray

from standwith.choose.action import Risk
from standwith.choose.catalogue import catalogue
from standwith.choose.page import EvidenceGrade
from standwith.choose.score import (
    CRITERIA,
    GOALS,
    WIDTHS,
    centre,
    grade_evidence,
    sample_scores,
)

ACTION = catalogue()["G-39"]
INDEX = {name: i for i, name in enumerate(CRITERIA)}


def score(name: str, **changes: object) -> float:
    """Return the middle score on a criterion of an action with fields changed."""
    return centre(replace(ACTION, **changes))[INDEX[name]]  # type: ignore[arg-type]


def test_there_are_nine_criteria_of_which_four_are_goals() -> None:
    assert len(CRITERIA) == 9
    assert GOALS == 4


@pytest.mark.parametrize(
    ("goals", "expected"),
    [
        (("G1",), (0.6, 0.05, 0.05, 0.05)),
        (("G4", "G2"), (0.05, 0.4, 0.05, 0.6)),
        (("G0",), (0.05, 0.05, 0.05, 0.05)),
        (("G3", "G1", "G2"), (0.4, 0.4, 0.6, 0.05)),
    ],
)
def test_the_first_goal_scores_most(goals: tuple[str, ...], expected: tuple[float, ...]) -> None:
    assert centre(replace(ACTION, goals=goals))[:4] == expected


@pytest.mark.parametrize(("days", "expected"), [(0, 1.0), (30, 0.5), (90, 0.25), (270, 0.1)])
def test_speed_falls_with_the_typical_notice(days: int, expected: float) -> None:
    assert score("speed", notice_days=(0, days)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("most", "expected"), [(10_000, 0.9), (10_001, 0.6), (9_999_999, 0.6), (10_000_000, 0.3)]
)
def test_cost_falls_in_three_steps(most: int, expected: float) -> None:
    assert score("low cost", cost_eur=(0, most)) == expected


SEVERITIES = [
    ((), 0.95),
    (("low",), 0.80),
    (("low", "medium"), 0.60),
    (("medium", "high", "low"), 0.35),
]


@pytest.mark.parametrize(("severities", "expected"), SEVERITIES)
def test_safety_is_that_of_the_gravest_risk_to_people(
    severities: tuple[str, ...], expected: float
) -> None:
    risks = tuple(Risk("activists", "x", severity, "y") for severity in severities)
    assert score("safety of activists", risks=risks) == expected


@pytest.mark.parametrize("to", ["state", "diplomats", "population", "persons listed"])
def test_risks_to_others_do_not_count_as_harm_to_activists(to: str) -> None:
    risks = (Risk(to, "x", "high", "y"),)
    assert score("safety of activists", risks=risks) == 0.95


@pytest.mark.parametrize("to", ["activists", "relatives", "victims", "movement"])
def test_risks_to_people_of_the_movement_do(to: str) -> None:
    assert score("safety of activists", risks=(Risk(to, "x", "high", "y"),)) == 0.35


GRADES = [
    ((), (), "D", 0),
    (("EV-01",), (), "B", 1),
    (("EV-14",), ("EV-14",), "D", 2),
    (("EV-23", "EV-22"), ("EV-48",), "B", 3),
    (("EV-06", "EV-07", "EV-30"), (), "B", 3),
    ((), ("EV-04",), "X", 1),
    (("EV-41",), ("EV-46",), "D", 0),
    (("EV-14", "EV-15", "EV-18", "EV-01", "EV-06"), (), "A", 5),
    (("EV-01", "EV-15"), ("EV-14", "EV-15"), "C", 4),
]


@pytest.mark.parametrize(("pro", "contra", "letter", "studies"), GRADES)
def test_the_letter_follows_from_design_directness_and_number(
    pro: tuple[str, ...], contra: tuple[str, ...], letter: str, studies: int
) -> None:
    grade = grade_evidence(replace(ACTION, evidence_for=pro, evidence_against=contra))
    assert (grade.letter, grade.studies) == (letter, studies)


def test_a_grade_says_its_sum() -> None:
    grade = grade_evidence(replace(ACTION, evidence_for=("EV-01",), evidence_against=()))
    assert grade == EvidenceGrade("B", 2 / 4, 1)


def draw(name: str, size: int = 4_000) -> NDArray[np.float32]:
    """Draw scores of one action."""
    return sample_scores(Generator(PCG64(5)), [catalogue()[name]], size)[:, 0, :]


@pytest.mark.parametrize("name", ["G-39", "RS-33", "RS-28", "G-74"])
def test_draws_lie_within_the_width_of_the_evidence(name: str) -> None:
    action = catalogue()[name]
    middle = np.array(centre(action))
    width = WIDTHS[grade_evidence(action).letter]
    found = draw(name)
    assert (found >= np.clip(middle - width, 0, 1) - 1e-6).all()
    assert (found <= np.clip(middle + width, 0, 1) + 1e-6).all()


@pytest.mark.parametrize("name", ["G-39", "RS-33"])
def test_the_mean_of_draws_is_that_of_the_triangle(name: str) -> None:
    action = catalogue()[name]
    middle = np.array(centre(action))
    width = WIDTHS[grade_evidence(action).letter]
    low, high = np.clip(middle - width, 0, 1), np.clip(middle + width, 0, 1)
    assert draw(name, 20_000).mean(axis=0) == pytest.approx((low + middle + high) / 3, abs=5e-3)


def test_weaker_evidence_spreads_wider() -> None:
    assert WIDTHS["A"] < WIDTHS["B"] < WIDTHS["C"] < WIDTHS["D"]
    strong, weak = draw("RS-33"), draw("G-39")
    assert strong[:, 5].std() < weak[:, 6].std()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(catalogue())), min_size=1, max_size=8, unique=True),
    st.integers(0, 99),
)
def test_any_draw_is_a_score(names: list[str], seed: int) -> None:
    found = sample_scores(Generator(PCG64(seed)), [catalogue()[n] for n in names], 50)
    assert found.shape == (50, len(names), len(CRITERIA))
    assert ((found >= 0) & (found <= 1)).all()
