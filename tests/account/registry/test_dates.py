"""Dates as registers write them: read where they can mean one thing, told where they cannot."""

from __future__ import annotations

from datetime import date

import pytest
from hijridate import Hijri
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from standwith.account.registry.dates import Calendar, Manner, Order, Trouble, read_date, settle
from standwith.account.registry.months import MONTHS

TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("raw", "wanted", "calendar"),
    [
        ("2020-08-10", "2020-08-10", "gregorian"),
        ("2020-08", "2020-08", "gregorian"),
        ("2020", "2020", "gregorian"),
        ("2020~", "2020~", "gregorian"),
        ("2020/8/10", "2020-08-10", "gregorian"),
        ("10.08.2020", "2020-08-10", "gregorian"),
        ("08/13/2020", "2020-08-13", "gregorian"),
        ("13/08/2020", "2020-08-13", "gregorian"),
        ("07/07/2020", "2020-07-07", "gregorian"),
        ("2020-08-10T00:00:00", "2020-08-10", "gregorian"),
        ("8.2020", "2020-08", "gregorian"),
        ("10 August 2020", "2020-08-10", "gregorian"),
        ("August 10th, 2020", "2020-08-10", "gregorian"),
        ("Aug 2020", "2020-08", "gregorian"),
        ("10 августа 2020 г.", "2020-08-10", "gregorian"),
        ("10 жніўня 2020", "2020-08-10", "gregorian"),
        ("10 серпня 2020 р.", "2020-08-10", "gregorian"),
        ("2020年8月10日", "2020-08-10", "gregorian"),
        ("١٠ أغسطس ٢٠٢٠", "2020-08-10", "gregorian"),
        ("10 كانون الثاني 2020", "2020-01-10", "gregorian"),
        ("20 مرداد 1399", "2020-08-10", "jalali"),
        ("۱۳۹۹/۰۵/۲۰ ش", "2020-08-10", "jalali"),
        ("1442-01-10 هـ", "2020-08-29", "hijri"),
        ("1 محرم 1442", "2020-08-20", "hijri"),
        ("2563-08-10", "2020-08-10", "buddhist"),
        ("10.08.2563", "2020-08-10", "buddhist"),
        ("1 January 2021", "2021-01-01", "gregorian"),
        ("2nd February 2021", "2021-02-02", "gregorian"),
        ("3 mars 2021", "2021-03-03", "gregorian"),
        ("4 abril 2021", "2021-04-04", "gregorian"),
        ("5 мая 2021 года", "2021-05-05", "gregorian"),
        ("6 июня 2021 г", "2021-06-06", "gregorian"),
        ("7 ліпеня 2021", "2021-07-07", "gregorian"),
        ("8 сакавіка 2021", "2021-03-08", "gregorian"),
        ("9 травня 2021", "2021-05-09", "gregorian"),
        ("10 лютого 2021 року", "2021-02-10", "gregorian"),
        ("11 kasım 2021", "2021-11-11", "gregorian"),
        ("12 ديسمبر 2021", "2021-12-12", "gregorian"),
        ("13 شباط 2021", "2021-02-13", "gregorian"),
        ("Сентябрь 2021", "2021-09", "gregorian"),
        ("Sept. 2021", "2021-09", "gregorian"),
        ("2021年9月", "2021-09", "gregorian"),
        ("2021年", "2021", "gregorian"),
        ("2021/09", "2021-09", "gregorian"),
        ("2021.09.05", "2021-09-05", "gregorian"),
        ("5.9.2021", "2021-09-05", "gregorian"),
        ("05.09.2021 14:30", "2021-09-05", "gregorian"),
        ("2021-09-05 14:30:00+03:00", "2021-09-05", "gregorian"),
        ("2021-09?", "2021-09?", "gregorian"),
        ("١٥/٠٩/٢٠٢١", "2021-09-15", "gregorian"),
        ("१५.०९.२०२१", "2021-09-15", "gregorian"),
        ("1 فروردین 1400", "2021-03-21", "jalali"),
        ("30 اسفند 1399", "2021-03-20", "jalali"),
        ("15 آبان 1398", "2019-11-06", "jalali"),
        ("مهر 1401", "2022-09-23/2022-10-22", "jalali"),
        ("1401/07/01 SH", "2022-09-23", "jalali"),
        ("10 رمضان 1444", "2023-04-01", "hijri"),
        ("1444/09/10 AH", "2023-04-01", "hijri"),
        ("٢٥ شوال ١٤٤٤", "2023-05-15", "hijri"),
        ("၂၀၂၀-၀၈-၁၀", "2020-08-10", "gregorian"),
    ],
)
def test_dates_of_four_calendars_and_many_hands_are_read(
    raw: str, wanted: str, calendar: str
) -> None:
    found = read_date(raw)
    assert (str(found.period), found.calendar, found.raw) == (wanted, calendar, raw)


@pytest.mark.parametrize(
    ("raw", "trouble"),
    [
        ("31.02.2021", Trouble.IMPOSSIBLE),
        ("2023-02-29", Trouble.IMPOSSIBLE),
        ("2020-13-01", Trouble.IMPOSSIBLE),
        ("31 April 2020", Trouble.IMPOSSIBLE),
        ("31 اسفند 1399", Trouble.IMPOSSIBLE),
        ("30.02.1442 هـ", None),
        ("03/04/2020", Trouble.AMBIGUOUS),
        ("1399/05/20", Trouble.AMBIGUOUS),
        ("1399", Trouble.AMBIGUOUS),
        ("detention", Trouble.UNPARSED),
        ("", Trouble.UNPARSED),
        ("10 Smarch 2020", Trouble.UNPARSED),
        ("about ten years ago", Trouble.UNPARSED),
        ("2020-08-10-11", Trouble.UNPARSED),
        ("29 February 2021", Trouble.IMPOSSIBLE),
        ("30.02.2020", Trouble.IMPOSSIBLE),
        ("0.05.2020", Trouble.IMPOSSIBLE),
        ("2020-00-10", Trouble.IMPOSSIBLE),
        ("31 شهریور 1400", None),
        ("31 مهر 1400", Trouble.IMPOSSIBLE),
        ("30 رمضان 1442", None),
        ("31 رمضان 1442", Trouble.IMPOSSIBLE),
        ("1500", Trouble.AMBIGUOUS),
        ("0020-08-10", Trouble.AMBIGUOUS),
        ("9999-08-10", Trouble.AMBIGUOUS),
        ("12/11/2020", Trouble.AMBIGUOUS),
        ("01-02-2021", Trouble.AMBIGUOUS),
        ("32/08/2020", Trouble.IMPOSSIBLE),
        ("13/13/2020", Trouble.IMPOSSIBLE),
        ("life", Trouble.UNPARSED),
        ("2020-08-10 or 11", Trouble.UNPARSED),
        ("10.08.20", Trouble.UNPARSED),
        ("August", Trouble.UNPARSED),
        ("10 2020", Trouble.UNPARSED),
    ],
)
def test_what_is_no_date_or_may_be_two_says_so(raw: str, trouble: Trouble | None) -> None:
    found = read_date(raw)
    assert found.trouble is trouble
    assert (found.period is None) == (trouble is not None)


def test_a_leap_day_stands_in_leap_years_alone() -> None:
    assert read_date("29.02.2024").period is not None
    assert read_date("29.02.2023").trouble is Trouble.IMPOSSIBLE
    assert read_date("30/12/1399", Manner(Calendar.JALALI)).period is not None


@given(st.dates(date(1950, 1, 1), date(2025, 12, 31)))
def test_a_day_is_the_same_day_in_every_calendar(day: date) -> None:
    jalali = JalaliDate(day)  # type: ignore[no-untyped-call]
    hijri = Hijri.fromordinal(day.toordinal()) if hasattr(Hijri, "fromordinal") else None
    texts = {
        Calendar.GREGORIAN: day.isoformat(),
        Calendar.JALALI: f"{jalali.year}/{jalali.month}/{jalali.day}",
        Calendar.BUDDHIST: f"{day.year + 543}-{day.month}-{day.day}",
    }
    if hijri is not None:
        texts[Calendar.HIJRI] = f"{hijri.year}-{hijri.month}-{hijri.day}"
    for calendar, text in texts.items():
        found = read_date(text, Manner(calendar)).period
        assert found is not None
        assert (found.first, found.last) == (day, day)


def test_a_month_of_another_calendar_is_the_days_it_has() -> None:
    found = read_date("1399/05", Manner(Calendar.JALALI)).period
    assert found is not None
    assert (found.first, found.last) == (date(2020, 7, 22), date(2020, 8, 21))
    year = read_date("1442", Manner(Calendar.HIJRI)).period
    assert year is not None
    assert (year.first, year.last) == (date(2020, 8, 20), date(2021, 8, 8))


def test_a_column_settles_what_its_cells_leave_open() -> None:
    assert settle(["03/04/2020", "05/28/2020"], TODAY).order is Order.MONTH_FIRST
    assert settle(["03/04/2020", "28/05/2020"], TODAY).order is Order.DAY_FIRST
    assert settle(["28/05/2020", "05/28/2020"], TODAY).order is None, "both stand in it"
    assert settle(["03/04/2020"], TODAY).order is None
    assert settle(["1442/01/01", "1430/02/02"], TODAY).calendar is Calendar.HIJRI
    assert settle(["1399/01/01"], TODAY).calendar is None, "Persian or Islamic"
    assert settle([], TODAY) == Manner()
    assert read_date("03/04/2020", Manner(order=Order.MONTH_FIRST)).period is not None


def test_every_month_has_its_number() -> None:
    for calendar in Calendar:
        numbers = {number for held, number in MONTHS.values() if held == calendar}
        assert numbers in (set(), set(range(1, 13)))


@given(st.text(max_size=30))
def test_no_text_is_too_strange(raw: str) -> None:
    found = read_date(raw)
    assert (found.period is None) == (found.trouble is not None)
