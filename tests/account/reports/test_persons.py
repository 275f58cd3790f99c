"""Gender, age and bands: what sources agree on, and nothing that they do not say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.account.reports.made import person

from standwith.account.reports.persons import AGES, age_at, band_of, gender_of

DAY = date(2024, 6, 1)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (["f"], "female"),
        (["F", "жен"], "female"),
        (["زن"], "female"),
        (["муж", "m"], "male"),
        (["男"], "male"),
        (["f", "m"], "unknown"),
        (["f", ""], "female"),
        (["f", "x"], "unknown"),
        (["x"], "other"),
        ([""], "unknown"),
        ([], "unknown"),
    ],
)
def test_gender_is_what_all_sources_agree_on(said: list[str], found: str) -> None:
    assert gender_of([person("p", one, "") for one in said]) == found


@pytest.mark.parametrize(
    ("born", "years"),
    [
        ("1990-06-01", 34),
        ("1990", 33),
        ("2024-05-01", 0),
        ("1890", None),
        ("", None),
        ("2030", None),
    ],
)
def test_age_is_counted_from_the_middle_of_the_birth(born: str, years: int | None) -> None:
    assert age_at([person("p", "", born)], DAY) == years


def test_the_first_source_that_tells_a_birth_gives_the_age() -> None:
    assert age_at([person("p", "", ""), person("p", "", "2000-01-01")], DAY) == 24


@given(st.integers(0, AGES[-1][1]))
def test_every_age_has_one_band(age: int) -> None:
    low, high = band_of(age).split("-")
    assert int(low) <= age <= int(high)


def test_an_age_that_is_not_known_has_its_own_band() -> None:
    assert band_of(None) == "unknown"
