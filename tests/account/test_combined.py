"""Replicates, strata, covariates, and the number in custody: worked examples, truths, refusals."""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st
from numpy.random import PCG64, Generator
from scipy.stats import t

from standwith.account.undercount.bounds import chapman
from standwith.account.undercount.capture import UnusableTable
from standwith.account.undercount.combine import Replicate, TooFew, add_strata, combine
from standwith.account.undercount.robust import doubly_robust
from standwith.account.undercount.stock import Deprivation, stock, turnbull


def rng(seed: int = 1) -> Generator:
    """A source of chance with a seed."""
    return Generator(PCG64(seed))


def test_replicates_are_combined_as_worked_out_by_hand() -> None:
    one = Replicate(100, np.array([120.0, 130.0, 140.0]))
    other = Replicate(104, np.array([140.0, 150.0, 160.0]))
    found = combine([one, other])
    logs = [np.log(r.draws - r.n) for r in (one, other)]
    within = float(np.mean([x.var(ddof=1) for x in logs]))
    between = float(np.var([x.mean() for x in logs], ddof=1))
    degrees = (1 + within / (3 * between)) ** 2
    reach = float(t.ppf(0.975, degrees)) * sqrt(within + 1.5 * between)
    middle = float(np.mean([x.mean() for x in logs]))
    assert found.n == 102
    assert found.estimate == 102 + round((30 + 46) / 2)
    assert found.low == 102 + round(exp(middle - reach))
    assert found.high == 102 + round(exp(middle + reach))
    assert "2 replicates" in found.warning


def test_replicates_that_agree_use_the_normal_score() -> None:
    draws = np.array([150.0, 160.0, 175.0])
    found = combine([Replicate(100, draws)] * 10)
    logs = np.log(draws - 100)
    reach = 1.959964 * sqrt(float(logs.var(ddof=1)))
    assert found.low == 100 + round(exp(float(logs.mean()) - reach))
    assert found.warning == ""
    assert found.between == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize(
    ("replicates", "why"),
    [
        ([Replicate(5, np.array([6.0, 7.0]))], "one replicate"),
        ([], "one replicate"),
        ([Replicate(5, np.array([6.0, 7.0])), Replicate(5, np.array([]))], "2 has no draws"),
        ([Replicate(5, np.array([6.0, 7.0])), Replicate(5, np.array([4.0, 7.0]))], "below the 5"),
        ([Replicate(5, np.array([6.0, np.nan]))] * 2, "1 has no draws"),
    ],
)
def test_replicates_that_say_nothing_are_refused(replicates: list[Replicate], why: str) -> None:
    with pytest.raises(TooFew, match=why):
        combine(replicates)


@given(st.lists(st.integers(1, 500), min_size=2, max_size=5), st.integers(0, 100))
@pace(max_examples=30)
def test_strata_are_added_by_draws_and_their_documented_persons_too(
    sizes: list[int], seed: int
) -> None:
    strata = [
        Replicate(n, n + rng(seed + i).poisson(n, 200).astype(float)) for i, n in enumerate(sizes)
    ]
    whole = add_strata(strata)
    assert whole.n == sum(sizes)
    assert whole.draws.mean() == pytest.approx(sum(s.draws.mean() for s in strata))
    assert float(np.median(whole.draws)) <= sum(float(s.draws.max()) for s in strata)


def test_strata_with_other_numbers_of_draws_are_not_added() -> None:
    with pytest.raises(TooFew, match="equally many"):
        add_strata([Replicate(1, np.ones(3)), Replicate(1, np.ones(4))])
    with pytest.raises(TooFew, match="equally many"):
        add_strata([])


def people(size: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two lists that both find the known more easily: independent only given how known one is."""
    source = rng(seed)
    known = source.normal(size=size)
    first = source.random(size) < 1 / (1 + np.exp(1.0 - 1.2 * known))
    second = source.random(size) < 1 / (1 + np.exp(1.2 - 1.2 * known))
    seen = first | second
    return first[seen], second[seen], known[seen][:, None]


def test_covariates_mend_what_two_lists_alone_get_wrong() -> None:
    held, missed = 0, 0
    for seed in range(12):
        first, second, covariates = people(3000, seed)
        found = doubly_robust(first, second, covariates, rng())
        held += found.low <= 3000 <= found.high
        alone = chapman(int(first.sum()), int(second.sum()), int((first & second).sum()))
        missed += alone < 2750
        assert found.used
    assert missed == 12
    assert held >= 9


def test_few_persons_are_answered_without_covariates_and_without_an_end() -> None:
    first = np.array([True] * 30 + [False] * 20)
    second = np.array([False] * 20 + [True] * 30)
    found = doubly_robust(first, second, np.zeros((50, 1)), rng())
    assert not found.used
    assert found.estimate == chapman(30, 30, 10)
    assert found.high == float("inf")


@pytest.mark.parametrize(
    ("first", "second", "covariates", "why"),
    [
        ([True, False], [True], [[0.0], [1.0]], "each person"),
        ([True, False], [True, True], [[0.0], [float("nan")]], "no number"),
        ([True, False], [True, False], [[0.0], [1.0]], "neither list"),
        ([True, False], [False, True], [[0.0], [1.0]], "nobody is on both"),
    ],
)
def test_persons_that_cannot_be_compared_are_refused(
    first: list[bool], second: list[bool], covariates: list[list[float]], why: str
) -> None:
    with pytest.raises(UnusableTable, match=why):
        doubly_robust(np.array(first), np.array(second), np.array(covariates), rng())


def episodes(size: int, day: float, seed: int) -> tuple[list[Deprivation], int]:
    """Arrests over 700 days, held 150 on average; half of the releases are never recorded."""
    source, found, held = rng(seed), list[Deprivation](), 0
    for _ in range(size):
        arrest = float(source.uniform(0, 700))
        release = arrest + float(source.exponential(150))
        held += arrest <= day < release
        looked = (
            arrest + float(source.uniform(0, min(release, day) - arrest))
            if arrest < day
            else arrest
        )
        known = release <= day and source.random() < 0.5
        found.append(Deprivation(arrest, looked, release if known else None))
    return found, held


def test_durations_without_gaps_are_those_of_the_plain_shares() -> None:
    exact = [Deprivation(0, days, days) for days in (10.0, 20.0, 20.0, 40.0)]
    found = turnbull(exact)
    assert found.begins.tolist() == [10, 20, 40]
    assert found.mass == pytest.approx([0.25, 0.5, 0.25])
    assert found.beyond(np.array([5.0, 10.0, 30.0, 50.0])) == pytest.approx([1.0, 0.75, 0.25, 0.0])


def test_durations_with_an_open_end_are_those_of_kaplan_and_meier() -> None:
    """Releases at 3 and 5, one still held at 4: the shares are 2/3 and then none."""
    found = turnbull([Deprivation(0, 3, 3), Deprivation(0, 4), Deprivation(0, 5, 5)])
    assert found.beyond(np.array([3.5]))[0] == pytest.approx(2 / 3, abs=1e-6)


def test_three_numbers_stand_in_order_and_certainty_needs_no_guess() -> None:
    known = [Deprivation(0, 95), Deprivation(0, 10, 50), Deprivation(20, 99), Deprivation(0, 5)]
    found = stock(known, 100, rng())
    assert (found.confirmed, found.not_released) == (2, 3)
    assert found.confirmed <= found.expected <= found.not_released
    assert found.low <= found.expected <= found.high


def test_the_expected_number_lies_near_the_truth_of_people_we_made() -> None:
    near = 0
    for seed in range(6):
        made, truth = episodes(200, 700, seed)
        found = stock(made, 700, rng(), draws=30)
        assert found.confirmed <= found.not_released
        near += abs(log(found.expected / truth)) < log(1.6)
    assert near >= 5


def test_an_episode_whose_days_are_out_of_order_is_refused_with_its_number() -> None:
    for wrong in (Deprivation(10, 5), Deprivation(0, 20, 10)):
        with pytest.raises(UnusableTable, match="episode 2"):
            stock([Deprivation(0, 1), wrong], 50, rng())
    with pytest.raises(UnusableTable, match="no episode"):
        stock([], 50, rng())
    with pytest.raises(UnusableTable, match="before that day"):
        stock([Deprivation(80, 90)], 50, rng())


def test_where_every_release_is_known_the_flow_is_a_second_answer() -> None:
    source = rng()
    known = []
    for i in range(400):
        arrest = float(i)
        known.append(Deprivation(arrest, arrest + (d := float(source.exponential(30))), arrest + d))
    found = stock(known, 400, rng(), draws=40)
    assert found.by_flow == pytest.approx(30, rel=0.25)
    assert found.expected == pytest.approx(30, rel=0.5)
