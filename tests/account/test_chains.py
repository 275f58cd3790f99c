"""Chains and particles: they agree and say so, or do not and say that; classes against truth."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st
from numpy.random import PCG64, Generator
from tests.account.tables import AUSTRALIA, KOSOVO, NED6, table
from tests.account.test_reference import made

from standwith.account.undercount.capture import CaptureTable, UnusableTable, patterns
from standwith.account.undercount.classes import born, likelihood, unseen
from standwith.account.undercount.convergence import effective_size, r_hat
from standwith.account.undercount.dga import dga
from standwith.account.undercount.latent import latent_class
from standwith.account.undercount.sampled import dga_sampled

array_stats = import_module("arviz_stats.base").array_stats


def rng(seed: int = 1) -> Generator:
    """A source of chance with a seed."""
    return Generator(PCG64(seed))


def chains(count: int, draws: int, memory: float, seed: int) -> np.ndarray:
    """Make chains that each remember a share of the step before."""
    noise = rng(seed).standard_t(3, size=(count, draws))
    for i in range(1, draws):
        noise[:, i] += memory * noise[:, i - 1]
    return noise


@given(
    count=st.integers(2, 6),
    draws=st.integers(40, 300),
    memory=st.sampled_from([0.0, 0.3, 0.9, -0.4]),
    seed=st.integers(0, 10_000),
)
@pace(deadline=None, max_examples=40)
def test_agreement_and_size_are_those_of_the_field_s_library(
    count: int, draws: int, memory: float, seed: int
) -> None:
    held = chains(count, 2 * draws, memory, seed)
    wanted = array_stats.rhat(held, chain_axis=0, draw_axis=1)
    assert r_hat(held) == pytest.approx(float(wanted), rel=1e-6)
    size = array_stats.ess(held, chain_axis=0, draw_axis=1)
    assert effective_size(held) == pytest.approx(float(size), rel=0.1)


def test_chains_in_different_places_are_found_out() -> None:
    apart = chains(4, 200, 0.0, 1) + np.array([[0.0], [0.0], [0.0], [5.0]])
    assert r_hat(apart) > 1.2
    stuck = np.repeat(np.arange(4.0)[:, None], 100, axis=1)
    assert r_hat(stuck) == float("inf")
    assert r_hat(np.ones((4, 100))) == 1.0
    assert effective_size(np.ones((4, 100))) == 400


@pytest.mark.parametrize(
    "held", [np.ones((1, 50)), np.ones((4, 3)), np.full((2, 20), np.nan), np.ones(20)]
)
def test_too_little_to_compare_is_refused(held: np.ndarray) -> None:
    for judge in (r_hat, effective_size):
        with pytest.raises(ValueError, match=r"chains|no number"):
            judge(held)


@pytest.mark.parametrize("held", [AUSTRALIA, NED6], ids=["australia", "ned6"])
def test_graphs_that_chains_visit_give_what_all_graphs_give(held: CaptureTable) -> None:
    exact, found = dga(held), dga_sampled(held, rng(), steps=30_000)
    assert found.posterior.mean == pytest.approx(exact.mean, rel=0.01)
    for share in (0.025, 0.5, 0.975):
        assert found.posterior.quantile(share) == pytest.approx(exact.quantile(share), rel=0.04)
    assert found.posterior.graphs[0][0] == exact.graphs[0][0]


def test_nine_lists_and_more_are_answered_by_chains() -> None:
    held = made([0.3, 0.25, 0.2, 0.2, 0.15, 0.15, 0.1, 0.1, 0.1], 1500, 5)
    with pytest.raises(UnusableTable, match="up to 8"):
        dga(held)
    found = dga_sampled(held, rng(), steps=20_000)
    assert found.r_hat < 1.05
    assert found.posterior.quantile(0.025) <= 1500 <= found.posterior.quantile(0.975)
    with pytest.raises(UnusableTable, match="up to 12"):
        dga_sampled(CaptureTable(tuple("abcdefghijklm"), np.arange(8192) % 3), rng())


def test_a_particle_s_likelihood_is_that_of_its_cells() -> None:
    """Worked out a second time over all cells, the unseen taken out by the sum of the others."""
    made_up = born(4, 3, rng())
    cells = patterns(3)
    weights = np.exp(made_up.weights)
    chance = np.array(
        [
            (weights * np.prod(np.where(h == 1, made_up.chances, 1 - made_up.chances), 1)).sum()
            for h in cells
        ]
    )
    assert chance.sum() == pytest.approx(1)
    assert unseen(made_up) == pytest.approx(chance[0])
    counts = np.array([3, 0, 5, 1, 0, 2, 7])
    wanted = (counts * np.log(chance[1:] / chance[1:].sum())).sum()
    assert likelihood(made_up, cells[1:], counts) == pytest.approx(wanted)


def test_classes_find_what_the_field_s_sampler_found_for_kosovo() -> None:
    """Published over six runs: median 10,406 to 10,598, 95 % from 9,050 to 13,370 and beyond."""
    found = latent_class(KOSOVO, rng(), particles=150)
    low, median, high = np.quantile(found.draws, (0.025, 0.5, 0.975))
    assert median == pytest.approx(10_500, rel=0.03)
    assert 7_800 < low < 9_700
    assert 12_300 < high < 16_500


def test_classes_hold_the_truth_of_people_who_differ() -> None:
    """Two kinds of persons, of whom one is seldom found: independence would miss them."""
    easy, hard = made([0.6, 0.5, 0.55, 0.5], 500, 3), made([0.15, 0.1, 0.12, 0.15], 700, 4)
    held = CaptureTable(easy.lists, easy.counts + hard.counts)
    found = latent_class(held, rng(), particles=150)
    low, high = np.quantile(found.draws, (0.025, 0.975))
    assert low <= 1200 <= high
    again = latent_class(held, rng(), particles=150)
    assert np.array_equal(again.draws, found.draws), "the same seed gives the same draws"


def test_a_posterior_with_two_peaks_is_not_called_converged_from_few_particles() -> None:
    found = latent_class(NED6.merge("I", "O"), rng(), particles=40)
    assert not found.converged
    assert found.draws.min() >= found.n


@pytest.mark.parametrize(
    "held",
    [
        table("a b", "10:5 01:4 11:3"),
        CaptureTable(("a", "b", "c"), np.zeros(8, dtype=np.int64)),
        CaptureTable(("a", "b", "c"), np.array([0, 1, 2, 3, 4, 0, 0, 0]), frozenset({7})),
    ],
)
def test_tables_that_classes_cannot_take_are_refused(held: CaptureTable) -> None:
    with pytest.raises(UnusableTable, match="3 lists"):
        latent_class(held, rng())
