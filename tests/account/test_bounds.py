"""The lower bound: what few lists may say that there are at least."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import PCG64, Generator
from tests.account.tables import KOSOVO

from standwith.account.undercount.averaging import average
from standwith.account.undercount.bounds import bounds, bounds_data
from standwith.account.undercount.capture import CaptureTable, from_cells
from standwith.account.undercount.estimate import averaged_data, estimate

TRUTH = 2000


def drawn(chances: list[float], spread: float, seed: int) -> CaptureTable:
    """Let lists find persons whose log odds of being found vary by ``spread``."""
    rng = Generator(PCG64(seed))
    odds = np.log(np.array(chances) / (1 - np.array(chances)))
    own = odds + spread * rng.standard_normal((TRUTH, 1))
    on = rng.random(own.shape) < 1 / (1 + np.exp(-own))
    width = len(chances)
    counts = np.bincount(on @ (1 << np.arange(width)[::-1]), minlength=2**width)
    counts[0] = 0
    return CaptureTable(tuple("abcde"[:width]), counts)


@pytest.mark.parametrize("chances", [[0.3] * 3, [0.1, 0.2, 0.5], [0.1, 0.3], [0.05, 0.1, 0.2, 0.4]])
def test_independent_lists_of_any_size_do_not_push_the_bound_above_the_truth(
    chances: list[float],
) -> None:
    held = [bounds(drawn(chances, 0, seed)) for seed in range(200)]
    assert np.mean([found.least <= TRUTH for found in held]) >= 0.9
    middle = np.mean([found.by_lists or 0 for found in held])
    assert middle == pytest.approx(TRUTH, rel=0.02)
    above = np.mean([found.chao_corrected > TRUTH for found in held])
    assert above == 1, "the classic form is none for few lists"


@pytest.mark.parametrize("chances", [[0.3] * 3, [0.1, 0.2, 0.5], [0.05, 0.1, 0.2, 0.4]])
def test_persons_who_differ_only_lower_the_bound(chances: list[float]) -> None:
    for seed in range(40):
        alike, differ = (bounds(drawn(chances, spread, seed)) for spread in (0.0, 1.0))
        assert (differ.by_lists or 0) < (alike.by_lists or 0)
        assert differ.least <= TRUTH


def test_two_lists_give_the_number_of_lincoln_and_petersen() -> None:
    found = bounds(from_cells(["a", "b"], {"10": 5000, "01": 4000, "11": 2000}))
    assert found.by_lists == pytest.approx(7000 * 6000 / 2000, rel=1e-3)


def test_lists_that_share_nobody_give_no_more_than_they_document() -> None:
    found = bounds(from_cells(["a", "b", "c"], {"100": 50, "010": 40, "001": 30}))
    assert found.by_lists is None
    assert found.least == found.documented == 120
    assert found.chao_corrected > 7000, "the classic form would claim thousands"


def test_a_list_that_meets_no_other_adds_its_persons_and_nothing_more() -> None:
    cells = {"100": 50, "010": 40, "110": 20}
    two = bounds(from_cells(["a", "b", "c"], cells))
    three = bounds(from_cells(["a", "b", "c"], cells | {"001": 30}))
    assert three.least == pytest.approx(two.least + 30)


@given(st.lists(st.integers(0, 60), min_size=7, max_size=7))
def test_the_bound_is_never_below_what_is_documented(values: list[int]) -> None:
    found = bounds(CaptureTable(tuple("abc"), np.array([0, *values])))
    assert found.documented <= found.least <= (found.by_lists or found.documented)


def test_the_forms_of_other_software_stand_beside_it() -> None:
    told = bounds_data(bounds(KOSOVO))
    assert told["chao"] == pytest.approx(10_270.48, abs=0.005)
    assert told["by_lists"] == pytest.approx(8_586.07, abs=0.005)


def test_draws_of_the_linkage_lower_what_is_said_to_be_there_at_least() -> None:
    cells = {"100": 50, "010": 40, "001": 30, "110": 20, "101": 10, "011": 12, "111": 9}
    apart = from_cells(["a", "b", "c"], cells)
    joined = from_cells(["a", "b", "c"], cells | {"100": 44, "010": 34, "110": 26})
    low, high = sorted(bounds(table).least for table in (apart, joined))
    assert low < high
    assert average([apart, joined] * 10).least == pytest.approx(low)
    told = averaged_data(estimate(apart, "dga", Generator(PCG64(1))), average([joined] * 3))
    assert told["lower_bound"] == int(low)
