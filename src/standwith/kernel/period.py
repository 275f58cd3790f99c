"""Periods with their own precision: the parts of EDTF (ISO 8601-2:2019) that records need.

Read: 2020, 2020-08, 2020-08-18, each with ? (uncertain), ~ (approximate) or % (both); 202X and
2020-XX (unspecified digits); intervals a/b with an open (..) or unknown (empty) end.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from standwith.kernel.verdict import Verdict

_OPEN = frozenset({"", ".."})
_MOMENT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([?~%]?)")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days [first, last], both included; None is an open or unknown end."""

    text: str
    first: date | None
    last: date | None
    approximate: bool = False

    def __str__(self) -> str:
        """Write it as it was written."""
        return self.text

    def begins_by(self, day: date) -> Verdict:
        """Whether the period has surely (true), perhaps (unknown) or not (false) begun by a day."""
        if self.first is not None and self.first > day:
            return Verdict.FALSE
        if self.first is None or (self.last is not None and self.last > day and self._is_point):
            return Verdict.UNKNOWN
        return Verdict.TRUE

    @property
    def _is_point(self) -> bool:
        return "/" not in self.text

    def covers(self, day: date) -> bool:
        """Whether a day may lie inside."""
        after = self.first is None or self.first <= day
        return after and (self.last is None or day <= self.last)

    def days_since(self, day: date) -> tuple[int | None, int | None]:
        """Return the least and the most days from a day to the begin of this period."""
        least = None if self.first is None else (self.first - day).days
        end = self.last if self._is_point else self.first
        return least, None if end is None else (end - day).days


@lru_cache(maxsize=50_000)
def parse_period(text: str) -> Period:
    """Read an EDTF text.

    Raises:
        ValueError: it is not one of the forms above, names an impossible day, or ends before
            it begins.
    """
    if "/" not in text:
        first, last, approximate = _moment(text, text)
        return Period(text, first, last, approximate)
    begin, _, end = text.partition("/")
    begun, ended = _end(begin, text), _end(end, text)
    if begun and ended and ended[1] < begun[0]:
        message = f"period {text!r} ends before it begins; if the two are swapped, swap them"
        raise ValueError(message)
    loose = any(part is not None and part[2] for part in (begun, ended))
    return Period(text, begun[0] if begun else None, ended[1] if ended else None, loose)


def _end(text: str, whole: str) -> tuple[date, date, bool] | None:
    return None if text in _OPEN else _moment(text, whole)


def _moment(text: str, whole: str) -> tuple[date, date, bool]:
    match = _MOMENT.fullmatch(text)
    if match is None:
        message = f"{whole!r} is no date; write 2020-08-18, or 2020-08 if only the month is known"
        raise ValueError(message)
    year, month, day, mark = match.groups()
    try:
        first = date(int(year.replace("X", "0")), _low(month), _low(day))
        last = _latest(int(year.replace("X", "9")), month, day)
    except ValueError as error:
        message = f"{whole!r} names a day that does not exist ({error})"
        raise ValueError(message) from error
    return first, last, bool(mark)


def _low(part: str | None) -> int:
    return 1 if part in {None, "XX"} else int(part or 1)


def _latest(year: int, month: str | None, day: str | None) -> date:
    last_month = 12 if month in {None, "XX"} else int(month or 12)
    if day in {None, "XX"}:
        return date(year, last_month, monthrange(year, last_month)[1])
    return date(year, last_month, int(day or 1))
