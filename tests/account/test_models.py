"""Log-linear models: published numbers, which models exist, what the bootstrap must hold."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st
from numpy.random import PCG64, Generator
from scipy.optimize import minimize
from tests.account.tables import AUSTRALIA, KOSOVO, NED6, NEW_ORLEANS8, UK6, WESTERN5, table
from tests.account.test_reference import made

from standwith.account.undercount.bootstrap import bca, loglinear
from standwith.account.undercount.capture import CaptureTable, UnusableTable
from standwith.account.undercount.irls import fit_many, kept
from standwith.account.undercount.loglinear import (
    exists,
    models,
    models_of_one,
    select,
    stepwise,
)
from standwith.account.undercount.margins import by_sets

UK5 = UK6.merge("PF", "NCA")
NED5 = NED6.merge("I", "O")
NEW_ORLEANS5 = NEW_ORLEANS8.merge("B", "E").merge("B+E", "F").merge("B+E+F", "G")


def rng(seed: int = 1) -> Generator:
    """A source of chance with a seed."""
    return Generator(PCG64(seed))


@pytest.mark.parametrize(("width", "count"), [(3, 8), (4, 113), (5, 6893)])
def test_there_are_as_many_hierarchical_models_as_are_known(width: int, count: int) -> None:
    assert len(models(width)) == count


@pytest.mark.parametrize(("width", "count"), [(3, 8), (4, 64), (5, 1024), (6, 32768)])
def test_with_pairs_alone_every_set_of_pairs_is_a_model(width: int, count: int) -> None:
    assert len(models(width, 2)) == count


@pytest.mark.parametrize("width", [3, 4, 5])
def test_a_model_has_every_part_of_its_interactions(width: int) -> None:
    whole = models(width)
    assert len({row.tobytes() for row in whole}) == len(whole)
    assert not whole[:, -1].any(), "the full set never interacts"
    for term in range(1, 2**width):
        for v in range(width):
            part = term & ~(1 << v)
            if part and part != term:
                assert not (whole[:, term] & ~whole[:, part]).any()


@pytest.mark.parametrize(("width", "order"), [(2, None), (6, None), (7, 2)])
def test_more_models_than_can_be_listed_are_refused(width: int, order: int | None) -> None:
    with pytest.raises(ValueError, match="are listed for"):
        models(width, order)


def test_the_best_models_of_kosovo_are_the_published_ones() -> None:
    first, second, third = select(KOSOVO, count=3)
    assert first.estimate == pytest.approx(10_356.5, abs=0.05)
    assert first.bic == pytest.approx(203.030, abs=5e-4)
    assert first.deviance == pytest.approx(9.32, abs=0.005)
    assert first.parameters == 11
    assert first.interactions == (("EXH", "ABA", "OSCE"), ("EXH", "HRW"), ("OSCE", "HRW"))
    assert second.estimate == pytest.approx(12_741.0, abs=0.05)
    assert second.bic == pytest.approx(203.113, abs=5e-4)
    assert third.estimate == pytest.approx(18_393, abs=0.5)
    assert select(KOSOVO, order=2)[0].estimate == pytest.approx(14_341.7, abs=0.05)


def test_all_models_of_the_british_table_give_the_published_number() -> None:
    assert select(UK5, count=1)[0].estimate == pytest.approx(25_311, abs=0.5)
    best, following = select(UK5, order=2, count=2)
    assert best.estimate == pytest.approx(22_991, abs=0.5)
    assert following.estimate == pytest.approx(12_262, abs=0.5)


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (UK6, 11_418),
        (UK5, 11_313),
        (NED6, 111_139),
        (NED5, 121_522),
        (NEW_ORLEANS8, 1_184),
        (NEW_ORLEANS5, 1_034),
        (WESTERN5, 2_483),
    ],
    ids=["uk6", "uk5", "ned6", "ned5", "orleans8", "orleans5", "western5"],
)
def test_pairs_that_enter_by_steps_give_the_published_numbers(
    held: CaptureTable, wanted: float
) -> None:
    assert held.n + stepwise(by_sets(held), held.width)[1] == pytest.approx(wanted, abs=0.5)


def test_independence_of_kosovo_is_the_published_number() -> None:
    n0 = fit_many(by_sets(KOSOVO)[None], models_of_one(4)[None])[0][0, 0]
    assert KOSOVO.n + n0 == pytest.approx(7_394.6, abs=0.05)


@given(values=st.lists(st.integers(1, 200), min_size=7, max_size=7))
@pace(deadline=None, max_examples=25)
def test_a_fit_is_where_the_likelihood_is_highest(values: list[int]) -> None:
    """The compiled fits against a general optimiser on the same Poisson likelihood."""
    counts = np.array([0, *values], dtype=np.int64)
    offered = models(3)
    n0, _, _ = fit_many(counts[None], offered)
    for model, found in zip(offered, n0[0], strict=True):
        cells, terms = kept(counts, model)
        design = (cells[:, None] & terms[None, :] == terms[None, :]).astype(float)
        y = counts[cells]

        def lost(beta: np.ndarray, x: np.ndarray = design, y: np.ndarray = y) -> float:
            return float(np.exp(x @ beta).sum() - y @ (x @ beta))

        def slope(beta: np.ndarray, x: np.ndarray = design, y: np.ndarray = y) -> np.ndarray:
            found: np.ndarray = x.T @ (np.exp(x @ beta) - y)
            return found

        start = np.linalg.lstsq(design, np.log(y), rcond=None)[0]
        best = minimize(lost, start, jac=slope, method="BFGS", options={"gtol": 1e-8})
        assert found == pytest.approx(float(np.exp(best.x[0])), rel=1e-3)


def test_a_model_is_said_not_to_exist_where_it_does_not() -> None:
    """Fienberg and Rinaldo's kind of table: zeros that no pair's overlap shows."""
    counts = by_sets(table("a b c", "100:10 010:12 001:9 110:0 101:0 011:0 111:4"))
    pairs = models(3, 2)
    assert exists(counts, models_of_one(3))
    assert not exists(counts, pairs[-1]), "with all pairs one zero cell cannot be fitted"
    saturated = by_sets(table("a b c", "100:10 010:12 001:9 110:3 101:2 011:5 111:4"))
    assert all(exists(saturated, model) for model in models(3))


def test_an_interaction_that_nobody_has_takes_its_cells_out() -> None:
    counts = by_sets(table("a b c", "100:10 010:12 001:9 101:2 011:5"))
    model = models_of_one(3)
    model[0b011] = True
    cells, terms = kept(counts, model)
    assert cells.tolist() == [1, 2, 4, 5, 6]
    assert terms.tolist() == [0, 1, 2, 4]


def test_a_table_of_six_lists_is_not_fitted_by_all_models() -> None:
    with pytest.raises(UnusableTable, match="6 lists"):
        select(UK6)


def test_the_bootstrap_is_about_as_wide_as_the_published_one() -> None:
    """Published for Kosovo: 6,947 to 18,010 with the choice of the model inside."""
    found = loglinear(KOSOVO, rng())
    assert found.estimate == pytest.approx(10_356.5, abs=0.05)
    assert found.low == pytest.approx(6_947, rel=0.06)
    assert found.high == pytest.approx(18_010, rel=0.06)
    assert found.failed == 0
    again = loglinear(KOSOVO, rng())
    assert (again.low, again.high) == (found.low, found.high)


def test_six_lists_are_bootstrapped_by_steps() -> None:
    """Published for the British table by steps: 11,418, 9,977 to 13,146."""
    found = loglinear(UK6, rng(), count=60)
    assert found.estimate == pytest.approx(11_418, abs=0.5)
    assert 9_000 < found.low < 10_700
    assert 12_300 < found.high < 15_500


def test_an_interval_without_bias_or_bend_is_that_of_the_draws() -> None:
    draws = np.linspace(0, 100, 2001)
    around, weights = np.array([49.0, 51.0]), np.array([5, 5])
    low, high = bca(50.0, draws, around, weights)
    assert (low, high) == pytest.approx((2.5, 97.5), abs=0.1)


def test_an_interval_follows_the_bias_of_the_draws() -> None:
    draws = np.linspace(0, 100, 2001)
    around, weights = np.array([49.0, 51.0]), np.array([5, 5])
    low, high = bca(70.0, draws, around, weights)
    assert low > 2.5
    assert high > 97.5


def test_intervals_hold_the_truth_where_lists_are_independent() -> None:
    held = [loglinear(made([0.4, 0.35, 0.3], 800, seed), rng(), count=150) for seed in range(20)]
    assert sum(found.low <= 800 <= found.high for found in held) >= 16


def test_a_list_that_meets_no_other_leaves_nothing_to_fit() -> None:
    lonely = table("a b c", "100:30 010:40 001:50")
    with pytest.raises(UnusableTable, match=r"few resamples|no log-linear"):
        loglinear(lonely, rng(), count=60)


def test_every_pair_of_models_is_ranked_by_its_criterion() -> None:
    fits = select(AUSTRALIA, count=30)
    assert all(a.bic <= b.bic for a, b in combinations(fits, 2))
    assert all(fit.estimate > AUSTRALIA.n for fit in fits)
