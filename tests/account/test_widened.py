"""Calibrated intervals: never narrower, never beside what would contradict them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st
from numpy.random import PCG64, Generator

from standwith.account.undercount.bounds import bounds
from standwith.account.undercount.capture import CaptureTable
from standwith.account.undercount.consistency import Check, Consistency
from standwith.account.undercount.estimate import Estimate, as_data, estimate
from standwith.account.undercount.gates import gates
from standwith.account.undercount.methods import Result
from standwith.account.undercount.sensitivity import ASSUMPTION, Point


def made(classes: list[tuple[int, list[float]]], seed: int = 1) -> CaptureTable:
    """Draw persons of classes, each a number and the chances of four lists."""
    rng = Generator(PCG64(seed))
    counts = np.zeros(16, dtype=np.int64)
    for size, chances in classes:
        on = rng.random((size, 4)) < np.array(chances)
        counts += np.bincount(on @ np.array([8, 4, 2, 1]), minlength=16)
    counts[0] = 0
    return CaptureTable(tuple("abcd"), counts)


PLAIN = made([(2000, [0.3, 0.25, 0.35, 0.2])])


def held(low: float, middle: float, high: float, curve: tuple[Point, ...]) -> Estimate:
    """Make an estimate with an interval and a curve, of lists that pass their gates."""
    result = Result(middle, middle, low, high)
    floor, found = bounds(PLAIN), gates(PLAIN)
    return Estimate(PLAIN, "dga", floor, found, result, Consistency(()), curve, ASSUMPTION)


@given(st.floats(1500, 1900), st.floats(1.0, 1.5), st.floats(1.0, 1.5))
@pace(max_examples=60)
def test_an_interval_is_never_narrower_than_the_method_says(
    low: float, up: float, further: float
) -> None:
    found = held(low, low * up, low * up * further, ())
    interval = found.interval
    assert interval is not None
    assert interval[0] <= low + 1e-6
    assert interval[1] >= low * up * further - 1e-6
    assert interval[1] >= (found.bounds.by_lists or 0)


@pytest.mark.parametrize(
    ("point", "low", "high"),
    [
        (Point(1, 3000, 2600, 3500), 1900.0, 3000.0),
        (Point(1, 2000, 1900, 2500), 1900.0, 2200.0),
        (Point(1, 1500, 1450, 1600), 1500.0, 2200.0),
        (Point(2, 9000, 8000, 9999), 1900.0, 2200.0),
    ],
)
def test_an_interval_reaches_to_the_assumption_alone_where_that_contradicts_it(
    point: Point, low: float, high: float
) -> None:
    interval = held(1900, 2050, 2200, (point,)).interval
    assert interval is not None
    assert interval[0] == pytest.approx(low, rel=1e-6)
    assert interval[1] == pytest.approx(max(high, bounds(PLAIN).by_lists or 0), rel=1e-6)


def test_missed_truths_inside_the_lists_widen_what_is_said_of_all() -> None:
    missed = Consistency(tuple(Check(name, 600, 300, 450, 400, 500) for name in "abcd"))
    plain = held(1900, 2050, 2200, ())
    wide = Estimate(PLAIN, "dga", plain.bounds, plain.gates, plain.result, missed, (), ASSUMPTION)
    assert wide.interval is not None
    assert plain.interval is not None
    assert wide.interval[0] < plain.interval[0]
    assert wide.interval[1] > plain.interval[1]


def test_independent_lists_are_answered_and_rightly() -> None:
    held = 0
    for seed in range(10):
        found = estimate(made([(2000, [0.3, 0.25, 0.35, 0.2])], seed), "dga", Generator(PCG64(1)))
        assert found.interval is not None
        held += found.interval[0] <= 2000 <= found.interval[1]
        assert (found.interval[1] - found.interval[0]) / 2000 < 0.6
    assert held >= 9


def test_many_whom_no_list_meets_make_an_answer_wide() -> None:
    """18,000 hardly met: the observed table looks as it would with far fewer of them."""
    classes = [(1000, [0.5, 0.6, 0.45, 0.55]), (1000, [0.1, 0.2, 0.15, 0.1])]
    table = made([*classes, (18_000, [0.006, 0.008, 0.004, 0.01])])
    found = estimate(table, "dga", Generator(PCG64(1)))
    assert found.refused or found.interval is not None
    if found.interval is not None and found.result is not None:
        assert (found.interval[1] - found.interval[0]) / found.result.median >= 0.5


def test_a_refusal_has_no_interval_and_no_number() -> None:
    thin = made([(300, [0.02, 0.03, 0.02, 0.03])])
    found = estimate(thin, "dga", Generator(PCG64(1)))
    assert found.refused
    assert found.interval is None
    told = as_data(found)
    assert told["estimate"] is None
    assert told["calibrated"] is None
