"""Change, carry-over, re-arrest, concentration, rates; and what others published, worked out again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.account.registry.episodes import LATE, episode

from standwith.account.registry.comparison import (
    Change,
    Population,
    Share,
    carry_over,
    concentration,
    per_million,
    rearrested,
)
from standwith.account.registry.spells import spells_of


@pytest.mark.parametrize(
    ("part", "whole", "published"),
    [(118 + 43, 375, 43), (272, 1219, 22), (62, 277, 22)],
)
def test_published_shares_follow_from_their_counts(part: int, whole: int, published: int) -> None:
    """PEN 2024 (China and Iran), Freedom House 2014-24 (China), PEN 2021 (ten years or more)."""
    assert Share(part, whole).agrees(published)


def test_a_quoted_share_that_does_not_follow_is_found() -> None:
    """CPJ 2024: the first five countries hold 189 of 361, which is 52 per cent and not 53."""
    first = Share(50 + 43 + 35 + 31 + 30, 361)
    assert not first.agrees(53)
    assert first.agrees(52.4, 1)
    assert str(first) == "189 of 361 (52.4 %)"


def test_a_share_of_nobody_is_unknown() -> None:
    assert Share(0, 0).value is None
    assert not Share(0, 0).agrees(0)
    assert str(Share(0, 0)) == "0 of 0"


def test_change_from_nothing_has_no_percentage() -> None:
    assert Change(0, 5).percent is None
    assert (Change(363, 361).absolute, Change(200, 150).percent) == (-2, -25)


def test_carry_over_is_the_share_who_were_there_already() -> None:
    assert carry_over(frozenset("abcd"), frozenset("cdxyz")) == Share(2, 4)


TAKEN_AGAIN = [
    episode("arrested 2015-01-01", "pardoned 2015-06-01", person="soon", name="s1"),
    episode("arrested 2016-01-01", "pardoned 2016-06-01", person="soon", name="s2"),
    episode("arrested 2015-01-01", "pardoned 2015-06-01", person="late", name="l1"),
    episode("arrested 2017-12-01", person="late", name="l2"),
    episode("arrested 2015-01-01", "released_served 2015-06-01", person="free"),
    episode("arrested 2015-01-01", "died_in_custody 2015-06-01", person="dead"),
    episode("arrested 2015-01-01", "no_longer_listed 2015-06-01", person="unknown"),
    episode("arrested 2015-01-01", "pardoned 2019-12-01", person="recent"),
]


def test_rearrest_is_of_those_who_can_be_followed() -> None:
    held = spells_of(TAKEN_AGAIN, LATE)
    known = date(2020, 6, 1)
    assert rearrested(held, 1, known) == Share(1, 4)
    assert rearrested(held, 3, known) == Share(2, 4)
    assert rearrested(held, 3, date(2025, 1, 1)) == Share(2, 5)


def test_concentration_of_published_counts() -> None:
    """CPJ 2024 by its first ten countries and the rest as one."""
    counts = {"CN": 50, "IL": 43, "MM": 35, "BY": 31, "RU": 30}
    found = concentration(counts, (1, 5))
    assert found.top == {1: Share(50, 189), 5: Share(189, 189)}
    assert found.herfindahl == pytest.approx((2500 + 1849 + 1225 + 961 + 900) / 189**2)
    assert concentration({}).herfindahl is None


@given(st.dictionaries(st.text(min_size=1), st.integers(1, 999), min_size=1))
def test_concentration_lies_between_all_alike_and_one_alone(counts: dict[str, int]) -> None:
    found = concentration(counts)
    assert found.herfindahl is not None
    assert 1 / len(counts) - 1e-9 <= found.herfindahl <= 1 + 1e-9
    shares = [share.part for share in found.top.values()]
    assert shares == sorted(shares)


def test_a_rate_names_its_population() -> None:
    assert per_million(1300, Population(9_300_000, 2020, "census")) == pytest.approx(
        139.78, abs=0.01
    )
    with pytest.raises(ValueError, match="nowhere: a population of 0"):
        per_million(1, Population(0, 2020, "nowhere"))
