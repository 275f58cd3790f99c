"""Calendars of tasks: a month on a page, a file, and a feed for calendar programs (RFC 5545)."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from standwith.kernel.policy import Purpose, Reader
from standwith.services import moment
from standwith.services.sight import NothingThere, looking
from standwith.services.tasks import dated
from standwith.services.tokens import reader_by_token

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month's page with its tasks."""

    day: date
    inside: bool
    tasks: tuple[Data, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month: weeks of days, and the months before and after."""

    name: str
    weeks: tuple[tuple[Day, ...], ...]
    before: str
    after: str


def month(reader: Reader, text: str) -> Month:
    """Return a month of the reader's tasks; without a month, the present one."""
    first = _first(text)
    with looking(reader, Purpose.ACT) as sight:
        found = dated(sight, reader)
    by_day: dict[str, list[Data]] = {}
    for row in found:
        by_day.setdefault(row["due"], []).append(row)
    weeks = tuple(
        tuple(_day(day, first, by_day) for day in week)
        for week in Calendar().monthdatescalendar(first.year, first.month)
    )
    after = (first + timedelta(days=32)).isoformat()[:7]
    return Month(first.isoformat()[:7], weeks, (first - timedelta(days=1)).isoformat()[:7], after)


def _first(text: str) -> date:
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        found = moment.today().replace(day=1)
    return found if 1900 <= found.year <= 2200 else moment.today().replace(day=1)


def _day(day: date, first: date, by_day: dict[str, list[Data]]) -> Day:
    return Day(day, day.month == first.month, tuple(by_day.get(day.isoformat(), ())))


def file_for(reader: Reader) -> str:
    """Write the reader's tasks as a calendar file."""
    with looking(reader, Purpose.ACT) as sight:
        return write(dated(sight, reader))


def feed(token: str) -> str:
    """Write the calendar of the owner of a token.

    Raises:
        NothingThere: the token does not hold for calendars.
    """
    reader = reader_by_token(token, "calendar")
    if reader is None:
        raise NothingThere("there is no such calendar; make a new address in your settings")
    return file_for(reader)


def write(rows: list[Data]) -> str:
    """Write tasks as whole-day events; only title and day leave the workspace."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Standwith//Tasks//EN"]
    for row in rows:
        day = date.fromisoformat(row["due"])
        lines += [
            "BEGIN:VEVENT",
            f"UID:{row['id']}@standwith.invalid",
            f"DTSTAMP:{day:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(row['title'])}",
            "CLASS:PRIVATE",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _escaped(text: str) -> str:
    for raw, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"), ("\r", "")):
        text = text.replace(raw, written)
    return text


def _folded(line: str) -> list[str]:
    """Fold a line at 75 octets, never inside a character (RFC 5545, 3.1)."""
    parts, current = [], ""
    for char in line:
        if len((current + char).encode()) > 73:
            parts.append(current)
            current = " "
        current += char
    return [*parts, current]
