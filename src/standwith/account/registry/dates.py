"""Dates as registers write them: four calendars, digits of other scripts, words for months.

A date is read only where it can mean one thing. Whether a column puts the day or the month first,
and by which calendar it counts, is settled for the whole column or by whoever maps it; a date that
stays open is told, and its text kept. Between dots the day is always first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from hijridate import Hijri
from persiantools.jdatetime import JalaliDate

from standwith.account.registry.months import MONTHS
from standwith.kernel.period import Period, parse_period

EARLIEST, LAST = 1900, 2100
BUDDHIST = 543


class Calendar(StrEnum):
    """A calendar by which a register counts."""

    GREGORIAN = "gregorian"
    JALALI = "jalali"
    HIJRI = "hijri"
    BUDDHIST = "buddhist"


class Order(StrEnum):
    """Whether the day or the month stands first."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class Trouble(StrEnum):
    """Why a text is no date."""

    UNPARSED = "UNPARSED_DATE"
    IMPOSSIBLE = "IMPOSSIBLE_DATE"
    AMBIGUOUS = "AMBIGUOUS_DATE"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a column writes its dates; None is not settled."""

    calendar: Calendar | None = None
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class DateRead:
    """What was read: a period, or the trouble; the calendar is that of the text."""

    raw: str
    period: Period | None = None
    calendar: Calendar | None = None
    trouble: Trouble | None = None


# Year, month (None: the year alone is known), day.
Parts = tuple[int, int | None, int | None]

_DIGITS = {base + i: str(i) for base in (0x0660, 0x06F0, 0x0966, 0x1040) for i in range(10)}
_MARKS = (
    (Calendar.HIJRI, re.compile(r"(?<!\w)(?:AH|هـ|ه‍ـ|ق)(?!\w)")),
    (Calendar.JALALI, re.compile(r"(?<!\w)(?:SH|AP|ه\.?ش|ش)\.?(?!\w)")),
    (Calendar.BUDDHIST, re.compile(r"(?<!\w)(?:BE|พ\.ศ\.|သာသနာ)(?!\w)")),
)
_TAIL = re.compile(r"\s*(?:\bг(?:ода|\.)?|\bгода|\bр(?:оку|\.)|年|م)\s*\.?$")
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?)?月?)?[?~%]?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-./](\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([^\W\d_]+(?:\s[^\W\d_]+)?)\.?,?\s+(\d{4})")
_NAMED_FIRST = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")


@lru_cache(maxsize=100_000)
def read_date(raw: str, manner: Manner | None = None) -> DateRead:
    """Read a date of a register as a period of the Gregorian calendar."""
    how = manner or Manner()
    text, marked = _plain(raw)
    found = _parts(text, how.order)
    if isinstance(found, Trouble):
        return DateRead(raw, trouble=found)
    parts, named = found
    calendar = marked or named or how.calendar or _by_year(parts[0])
    if calendar is None:
        return DateRead(raw, trouble=Trouble.AMBIGUOUS)
    period = _gregorian(parts, calendar)
    if period is None:
        return DateRead(raw, calendar=calendar, trouble=Trouble.IMPOSSIBLE)
    loose = text[-1:] if text[-1:] in "?~%" and "/" not in period else ""
    return DateRead(raw, parse_period(period + loose), calendar)


def _plain(raw: str) -> tuple[str, Calendar | None]:
    """Write digits as ours, leave time of day and marks of a calendar out, and name the mark."""
    text = _TIME.sub("", " ".join(raw.translate(_DIGITS).split()))
    for calendar, mark in _MARKS:
        if mark.search(text):
            return mark.sub("", text).strip(" ."), calendar
    return _TAIL.sub("", text).strip(), None


def _parts(text: str, order: Order | None) -> tuple[Parts, Calendar | None] | Trouble:
    """Find year, month and day, and the calendar that the name of a month gives away."""
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) if part else None for part in match.groups())
        return (year or 0, month, day), None
    if match := _YEAR_LAST.fullmatch(text):
        dotted = Order.DAY_FIRST if match[2] == "." else order
        return _ordered(int(match[1]), int(match[3]), int(match[4]), dotted)
    if match := _MONTH_YEAR.fullmatch(text):
        return (int(match[2]), int(match[1]), None), None
    return _named(text)


def _ordered(
    first: int, second: int, year: int, order: Order | None
) -> tuple[Parts, None] | Trouble:
    if order is None and first != second:
        if first <= 12 and second <= 12:
            return Trouble.AMBIGUOUS
        order = Order.DAY_FIRST if first > 12 else Order.MONTH_FIRST
    day, month = (second, first) if order is Order.MONTH_FIRST else (first, second)
    return (year, month, day), None


def _named(text: str) -> tuple[Parts, Calendar | None] | Trouble:
    match = _NAMED.fullmatch(text)
    day, name, year = match.groups() if match else ("", "", "")
    if not match and (match := _NAMED_FIRST.fullmatch(text)):
        name, day, year = match.groups()
    found = MONTHS.get(name.casefold())
    if match is None or found is None:
        return Trouble.UNPARSED
    calendar = Calendar(found[0])
    fixed = None if calendar is Calendar.GREGORIAN else calendar
    return (int(year), found[1], int(day) if day else None), fixed


def _by_year(year: int) -> Calendar | None:
    """Name the calendar in which a year can only lie; None where there are two."""
    if EARLIEST <= year <= LAST:
        return Calendar.GREGORIAN
    if EARLIEST + BUDDHIST <= year <= LAST + BUDDHIST:
        return Calendar.BUDDHIST
    return None


def _gregorian(parts: Parts, calendar: Calendar) -> str | None:
    """Write the parts as an EDTF text of the Gregorian calendar; None where no such day is."""
    year, month, day = parts
    try:
        if calendar in {Calendar.JALALI, Calendar.HIJRI}:
            return _converted(parts, calendar)
        own = year - BUDDHIST if calendar is Calendar.BUDDHIST else year
        date(own, month or 1, day or 1)
    except (ValueError, OverflowError):
        return None
    shown = (f"{own:04}", *(f"{part:02}" for part in (month, day) if part is not None))
    return "-".join(shown) if EARLIEST <= own <= LAST and 0 not in {month, day} else None


def _converted(parts: Parts, calendar: Calendar) -> str:
    """First and last day of a year, month or day of another calendar, as one text."""
    year, month, day = parts
    if day is not None and month is not None:
        return _day(calendar, year, month, day).isoformat()
    first = _day(calendar, year, month or 1, 1)
    after = (year, month + 1) if month is not None and month < 12 else (year + 1, 1)
    last = date.fromordinal(_day(calendar, *after, 1).toordinal() - 1)
    return f"{first.isoformat()}/{last.isoformat()}"


def _day(calendar: Calendar, year: int, month: int, day: int) -> date:
    if calendar is Calendar.HIJRI:
        return date.fromordinal(Hijri(year, month, day).to_gregorian().toordinal())
    found: date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    return found


def settle(texts: Iterable[str], today: date) -> Manner:
    """Settle order and calendar of a column from all its texts, where they leave one choice.

    A first number above 12 says that the day stands first, a second one that the month does; both
    in one column leave it open. A calendar is settled where one alone puts every year between 1900
    and ``today``.
    """
    plain = [_plain(text)[0] for text in dict.fromkeys(texts)]
    years = [int(year) for text in plain for year in _YEAR.findall(text)]
    fits = [calendar for calendar in Calendar if years and _all_fit(calendar, years, today)]
    return Manner(fits[0] if len(fits) == 1 else None, _order(plain))


def _order(plain: list[str]) -> Order | None:
    """Say which number is the day, if a number above 12 tells it in one place alone."""
    pairs = [match.groups() for text in plain if (match := _YEAR_LAST.fullmatch(text))]
    free = [(int(first), int(second)) for first, mark, second, _ in pairs if mark != "."]
    days = any(first > 12 for first, _ in free)
    months = any(second > 12 for _, second in free)
    if days == months:
        return None
    return Order.DAY_FIRST if days else Order.MONTH_FIRST


def _all_fit(calendar: Calendar, years: list[int], today: date) -> bool:
    shift, rate = _ERAS[calendar]
    return all(EARLIEST <= year * rate + shift <= today.year + 1 for year in years)


# About which Gregorian year a year of a calendar is: years * rate + shift.
_ERAS = {
    Calendar.GREGORIAN: (0.0, 1.0),
    Calendar.JALALI: (621.5, 1.0),
    Calendar.HIJRI: (621.57, 0.970229),
    Calendar.BUDDHIST: (-543.0, 1.0),
}
