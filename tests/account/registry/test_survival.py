"""Time in custody: against a published curve, a law, and spells."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.account.registry.episodes import LATE, episode

from standwith.account.registry.spells import spells_of
from standwith.account.registry.survival import (
    DEAD,
    OTHER,
    RELEASED,
    competing,
    kaplan_meier,
    restricted_mean,
    time_held,
)

# Freireich et al. (1963), weeks in remission under 6-MP, as in Cox and Oakes (1984); False censored.
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
LEFT = [w in (6, 7, 10, 13, 16, 22, 23) for w in WEEKS]
LEFT[3] = LEFT[7] = False


def test_the_curve_is_the_published_one() -> None:
    curve = kaplan_meier(WEEKS, LEFT)
    assert curve.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    wanted = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert curve.share == pytest.approx(wanted, abs=5e-4)
    errors = [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]
    assert curve.error == pytest.approx(errors, abs=5e-5)
    assert curve.quantile(0.5) == 23
    assert curve.interval() == (13, None)
    assert curve.at(0) == 1
    assert curve.at(6.5) == pytest.approx(0.857, abs=5e-4)


def test_leaving_the_held_out_is_biased_low() -> None:
    gone = [w for w, left in zip(WEEKS, LEFT, strict=True) if left]
    mean = restricted_mean(kaplan_meier(WEEKS, LEFT))
    assert mean is not None
    assert np.mean(gone) < mean


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), min_size=1, max_size=40))
def test_those_held_and_those_gone_by_each_cause_are_all(rows: list[tuple[int, int]]) -> None:
    times, causes = [float(t) for t, _ in rows], [c for _, c in rows]
    curve, gone = kaplan_meier(times, [c > 0 for c in causes]), competing(times, causes)
    assert set(gone) == set(causes) - {0}
    if len(curve.times):
        assert sum(share for _, share in gone.values()) + curve.share == pytest.approx(1)
        assert np.all(np.diff(curve.share) <= 1e-12)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=30))
def test_without_censoring_it_is_the_share_that_is_left(times: list[int]) -> None:
    curve = kaplan_meier(times, [True] * len(times))
    for time, share in zip(curve.times, curve.share, strict=True):
        assert share == pytest.approx(sum(t > time for t in times) / len(times))


def test_a_cause_takes_only_its_own() -> None:
    gone = competing([1, 2, 3, 4], [RELEASED, DEAD, RELEASED, 0])
    assert gone[RELEASED][1].tolist() == pytest.approx([0.25, 0.25, 0.5])
    assert gone[DEAD][1].tolist() == pytest.approx([0, 0.25, 0.25])


def test_spells_become_times_and_causes() -> None:
    held = spells_of(
        [
            episode("arrested 2020-01-01", "pardoned 2020-01-31", person="a"),
            episode("arrested 2020-01-01", "died_in_custody 2020-02-20", person="b"),
            episode("arrested 2020-01-01", "escaped 2020-03-01", person="c"),
            episode("arrested 2020-01-01", person="d"),
            episode("arrested 2020-01-01", "no_longer_listed 2020-04-10", person="e"),
            episode("arrested 2020-01-01", "pardoned 2021-01-01", person="f"),
            episode("arrested 2020-12-01", person="later"),
        ],
        LATE,
    )
    found = time_held(held, date(2020, 6, 29))
    assert found.days.tolist() == [30, 50, 60, 180, 100, 180]
    assert found.cause.tolist() == [RELEASED, DEAD, OTHER, 0, 0, 0]
    assert found.naive_mean() == pytest.approx(140 / 3)
    assert found.curve().share.tolist() == pytest.approx([5 / 6, 4 / 6, 3 / 6])


@pytest.mark.parametrize(
    ("times", "left"), [([], []), ([1.0], []), ([-1.0], [True]), ([float("nan")], [True])]
)
def test_times_that_are_none_are_refused(times: list[float], left: list[bool]) -> None:
    with pytest.raises(ValueError, match="time"):
        kaplan_meier(times, left)


def test_a_curve_in_which_nobody_left_stays_at_one() -> None:
    curve = kaplan_meier([3, 4], [False, False])
    assert (curve.at(10), curve.quantile(0.5), restricted_mean(curve)) == (1.0, None, None)
    assert curve.interval() == (None, None)
