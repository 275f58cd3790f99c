"""The average over graphs, worked out a second time by plain sums, and on populations we made."""

from __future__ import annotations

from itertools import combinations, product
from math import exp, lgamma, log

import numpy as np
import pytest
from numpy.random import PCG64, Generator
from tests.account.listed import decomposable
from tests.account.tables import AUSTRALIA, KOSOVO, SPINA

from standwith.account.undercount.bounds import bounds
from standwith.account.undercount.capture import CaptureTable, patterns
from standwith.account.undercount.dga import Posterior, dga
from standwith.account.undercount.graphs import Graph
from standwith.account.undercount.margins import margins

NAMES = "abcdefghijklm"


def margin(held: CaptureTable, chosen: list[int]) -> dict[tuple[int, ...], int]:
    """Sum the table over the other lists, by a loop."""
    found = dict.fromkeys(product((0, 1), repeat=len(chosen)), 0)
    for pattern, count in zip(patterns(held.width), held.counts, strict=True):
        found[tuple(int(pattern[j]) for j in chosen)] += int(count)
    return found


def score(held: CaptureTable, chosen: list[int], n0: int, delta: float) -> float:
    """Score one margin by the formula, with Python's own logarithm of the gamma function."""
    each = delta * 2 ** (held.width - len(chosen))
    total = delta * 2**held.width
    found = lgamma(total) - lgamma(held.n + n0 + total)
    for pattern, count in margin(held, chosen).items():
        seen = count + (n0 if not any(pattern) else 0)
        found += lgamma(seen + each) - lgamma(each)
    return found


def plain(
    held: CaptureTable, delta: float, most: int, graphs: tuple[Graph, ...]
) -> dict[int, float]:
    """Give the probabilities of the unobserved number by sums over all graphs and values."""
    logs = {}
    for n0 in range(1, most + 1):
        total = held.n + n0
        base = lgamma(total + 1) - lgamma(n0 + 1) - log(total)
        terms = []
        for graph in graphs:
            term = base
            for sign, sets in ((1, graph.cliques), (-1, graph.separators)):
                for one in sets:
                    chosen = [v for v in range(held.width) if one >> v & 1]
                    term += sign * score(held, chosen, n0, delta)
            terms.append(term)
        top = max(terms)
        logs[n0] = top + log(sum(exp(term - top) for term in terms))
    top = max(logs.values())
    weights = {n0: exp(value - top) for n0, value in logs.items()}
    whole = sum(weights.values())
    return {n0: weight / whole for n0, weight in weights.items()}


SMALL = (
    CaptureTable(("a", "b", "c"), np.array([0, 20, 14, 6, 25, 8, 5, 3])),
    CaptureTable(("a", "b", "c"), np.array([0, 4, 0, 2, 9, 1, 0, 1])),
    CaptureTable(("a", "b", "c"), np.array([0, 200, 140, 60, 250, 80, 50, 30])),
)


@pytest.mark.parametrize("held", SMALL, ids=["middling", "sparse", "many"])
@pytest.mark.parametrize("delta", [0.125, 0.5, 1.0])
@pytest.mark.parametrize("complete", ["kept", "left-out"])
def test_the_posterior_is_that_of_plain_sums(
    held: CaptureTable, delta: float, complete: str
) -> None:
    graphs = decomposable(3) if complete == "kept" else decomposable(3)[:-1]
    wanted = plain(held, delta, 600, graphs)
    found = dga(held, delta=delta, least=1, most=600, keep_complete=complete == "kept")
    assert found.support.tolist() == [held.n + n0 for n0 in wanted]
    np.testing.assert_allclose(found.probabilities, list(wanted.values()), rtol=2e-4, atol=1e-9)
    mean = sum((held.n + n0) * share for n0, share in wanted.items())
    assert found.mean == pytest.approx(mean, rel=1e-6)


def test_four_lists_are_those_of_plain_sums_too() -> None:
    wanted = plain(AUSTRALIA, 2**-4, 150, decomposable(4)[:-1])
    found = dga(AUSTRALIA, least=1, most=150)
    np.testing.assert_allclose(found.probabilities, list(wanted.values()), rtol=2e-4, atol=1e-9)


@pytest.mark.parametrize("held", [KOSOVO, SPINA, *SMALL])
def test_weights_of_graphs_are_shares(held: CaptureTable) -> None:
    found = dga(held)
    weights = [weight for _, weight in found.graphs]
    assert weights == sorted(weights, reverse=True)
    assert 0 < sum(weights) <= 1 + 1e-6
    assert found.edge < 1e-3


def made(chances: list[float], size: int, seed: int) -> CaptureTable:
    """Make a population whose members each list finds with a chance of its own."""
    rng = Generator(PCG64(seed))
    on = rng.random((size, len(chances))) < np.array(chances)
    cells = on @ (2 ** np.arange(len(chances))[::-1])
    counts = np.bincount(cells, minlength=2 ** len(chances))
    counts[0] = 0
    return CaptureTable(tuple(NAMES[: len(chances)]), counts)


def paired(size: int, seed: int) -> CaptureTable:
    """Make a population in which the second list copies half of the first one's findings."""
    rng = Generator(PCG64(seed))
    first = rng.random(size) < 0.35
    second = (rng.random(size) < 0.2) | (first & (rng.random(size) < 0.5))
    third, fourth = rng.random(size) < 0.3, rng.random(size) < 0.25
    cells = first * 8 + second * 4 + third * 2 + fourth
    counts = np.bincount(cells, minlength=16)
    counts[0] = 0
    return CaptureTable(("a", "b", "c", "d"), counts)


def holds(found: Posterior, truth: int) -> bool:
    """Whether the 95 % interval holds the truth."""
    return found.quantile(0.025) <= truth <= found.quantile(0.975)


def test_intervals_hold_the_truth_of_independent_lists() -> None:
    seeds = range(40)
    held = [holds(dga(made([0.3, 0.25, 0.2, 0.15], 1500, seed)), 1500) for seed in seeds]
    assert sum(held) >= 34


def test_intervals_hold_the_truth_where_one_list_leans_on_another() -> None:
    held = [holds(dga(paired(1500, seed)), 1500) for seed in range(40)]
    assert sum(held) >= 32


def test_taking_lists_for_independent_that_are_not_misses_the_truth() -> None:
    """What the average over graphs is for: the same tables by the graph without edges."""
    missed = 0
    for seed in range(20):
        table = paired(1500, seed)
        sums = plain(table, 2**-4, 1500, decomposable(4)[:1])
        middle = table.n + min(n for n in sums if sum(sums[m] for m in range(1, n + 1)) >= 0.5)
        missed += middle < 1450
    assert missed >= 15


def test_lower_bounds_lie_below_the_truth_of_people_who_differ() -> None:
    rng = Generator(PCG64(3))
    below = 0
    for seed in range(40):
        easy, hard = made([0.5, 0.4, 0.4], 400, seed), made([0.1, 0.08, 0.1], 600, 1000 + seed)
        table = CaptureTable(easy.lists, easy.counts + hard.counts)
        below += bounds(table).least <= 1000 * (1 + 0.1 * rng.random())
    assert below >= 36


@pytest.mark.parametrize("width", [3, 4, 5])
def test_more_lists_of_the_same_kind_say_more(width: int) -> None:
    spans = []
    for lists in (3, width):
        found = dga(made([0.25] * lists, 2000, 11))
        spans.append(found.quantile(0.975) - found.quantile(0.025))
    assert spans[-1] <= spans[0]


def test_a_bound_on_the_unobserved_is_kept_and_told_when_it_cuts() -> None:
    tight = dga(KOSOVO, most=3000)
    assert tight.support[-1] == 4400 + 3000
    assert tight.edge > 1e-3
    for wrong in ({"delta": 0.0}, {"most": 0}, {"least": 5, "most": 5}):
        with pytest.raises(ValueError, match="delta is more"):
            dga(KOSOVO, **wrong)


def test_a_share_outside_of_the_distribution_is_refused() -> None:
    found = dga(SMALL[0])
    for share in (0.0, 1.0, -0.5):
        with pytest.raises(ValueError, match="between 0 and 1"):
            found.quantile(share)


def test_pairs_of_margins_fit_the_whole() -> None:
    for a, b in combinations(range(4), 2):
        slow = margin(KOSOVO, [a, b])
        assert list(slow.values()) == KOSOVO.margin([a, b]).tolist()


@pytest.mark.parametrize("width", [7, 8])
def test_margins_of_many_lists_are_those_of_the_formula(width: int) -> None:
    """Sets of lists are numbers of up to 2**8, beyond the bits of a machine word if shifted."""
    held = made([0.2] * width, 400, 9)
    rows = margins(held, 2.0**-width, np.array([3.0, 50.0]))
    for chosen in ([0], [width - 1], [1, 4], [0, 2, 5, width - 1], list(range(width))):
        place = sum(1 << v for v in chosen)
        wanted = [score(held, chosen, n0, 2.0**-width) for n0 in (3, 50)]
        np.testing.assert_allclose(rows[place], wanted, rtol=1e-10)
