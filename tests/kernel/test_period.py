"""Periods: EDTF forms, their bounds, and what can be said of a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.kernel.period import parse_period
from standwith.kernel.verdict import Verdict

BOUNDS = [
    ("2020", "2020-01-01", "2020-12-31"),
    ("2020-02", "2020-02-01", "2020-02-29"),
    ("2021-02", "2021-02-01", "2021-02-28"),
    ("2020-08-18", "2020-08-18", "2020-08-18"),
    ("2020-08-18?", "2020-08-18", "2020-08-18"),
    ("2020-08~", "2020-08-01", "2020-08-31"),
    ("202X", "2020-01-01", "2029-12-31"),
    ("19XX", "1900-01-01", "1999-12-31"),
    ("2020-XX", "2020-01-01", "2020-12-31"),
    ("2020-08-XX", "2020-08-01", "2020-08-31"),
    ("2020-08/2020-09-05", "2020-08-01", "2020-09-05"),
]


@pytest.mark.parametrize(("text", "first", "last"), BOUNDS)
def test_a_period_keeps_its_own_precision(text: str, first: str, last: str) -> None:
    period = parse_period(text)
    assert (str(period.first), str(period.last)) == (first, last)
    assert str(period) == text


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("../2020-01", None, "2020-01-31"),
        ("2020-01/..", "2020-01-01", None),
        ("2020-01/", "2020-01-01", None),
        ("../..", None, None),
    ],
)
def test_an_end_may_be_open_or_unknown(text: str, first: str | None, last: str | None) -> None:
    period = parse_period(text)
    assert (period.first and str(period.first)) == first
    assert (period.last and str(period.last)) == last


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("18.08.2020", "write 2020-08-18"),
        ("2020-13", "does not exist"),
        ("2020-02-30", "does not exist"),
        ("2021-03-01/2020-05-12", "swap them"),
        ("yesterday", "is no date"),
        ("", "is no date"),
    ],
)
def test_what_is_no_period_is_refused_with_a_way_to_mend_it(text: str, mend: str) -> None:
    with pytest.raises(ValueError, match=mend):
        parse_period(text)


def test_a_month_may_or_may_not_have_begun_by_a_day_inside_it() -> None:
    period = parse_period("2020-08")
    assert period.begins_by(date(2020, 7, 31)) is Verdict.FALSE
    assert period.begins_by(date(2020, 8, 15)) is Verdict.UNKNOWN
    assert period.begins_by(date(2020, 8, 31)) is Verdict.TRUE


def test_an_interval_has_begun_once_its_first_day_is_there() -> None:
    assert parse_period("2020-08-09/..").begins_by(date(2020, 8, 9)) is Verdict.TRUE
    assert parse_period("../2020").begins_by(date(2020, 8, 9)) is Verdict.UNKNOWN


def test_lags_keep_the_uncertainty_of_the_date() -> None:
    trigger = date(2020, 8, 9)
    assert parse_period("2020-08-12").days_since(trigger) == (3, 3)
    assert parse_period("2020-10").days_since(trigger) == (53, 83)
    assert parse_period("2020-10-01/..").days_since(trigger) == (53, 53)
    assert parse_period("../2020-10-01").days_since(trigger) == (None, None)


days = st.dates(date(1000, 1, 1), date(9998, 12, 31))


@given(days)
def test_a_day_goes_round(day: date) -> None:
    period = parse_period(day.isoformat())
    assert (period.first, period.last) == (day, day)
    assert period.covers(day)
    assert not period.covers(day + timedelta(days=1))


@given(days, days)
def test_an_interval_covers_exactly_its_days(one: date, other: date) -> None:
    first, last = sorted((one, other))
    period = parse_period(f"{first}/{last}")
    assert period.covers(first)
    assert period.covers(last)
    assert not period.covers(last + timedelta(days=1))


@given(days, days, days)
def test_time_that_passes_never_takes_a_begin_back(day: date, one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    if parse_period(day.isoformat()).begins_by(earlier) is Verdict.TRUE:
        assert parse_period(day.isoformat()).begins_by(later) is Verdict.TRUE
