"""Invented episodes in a line each, and a strategy for any."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from standwith.account.registry.record import Episode, StatusEvent
from standwith.account.registry.vocabulary import BEGINS, ENDS, UNSURE, Status
from standwith.kernel.period import Period, parse_period

LATE = date(2030, 1, 1)


def event(text: str, number: int, recorded: date) -> StatusEvent:
    """Read `arrested 2020-08` or `arrested 2020-08 known 2020-10-01 for e0`."""
    words = text.split()
    more = dict(zip(words[2::2], words[3::2], strict=True))
    known = date.fromisoformat(more["known"]) if "known" in more else recorded
    return StatusEvent(
        f"e{number}",
        Status(words[0]),
        parse_period(words[1]),
        known,
        (more.get("by", "list"),),
        more.get("for", ""),
    )


def episode(
    *events: str,
    person: str = "p",
    country: str = "BY",
    recorded: str = "2020-01-01",
    name: str = "",
    expires: Period | None = None,
    **more: object,
) -> Episode:
    """Make an episode of events in words; what it has no day for was known with its record."""
    day = date.fromisoformat(recorded)
    held = tuple(event(text, i, day) for i, text in enumerate(events))
    more["terms"] = ((day, expires),) if expires else ()
    return Episode(name or f"{person}-1", person, country, held, day, **more)  # type: ignore[arg-type]


PRECISIONS = st.sampled_from([4, 7, 10])


@st.composite
def periods(draw: st.DrawFn) -> str:
    """A day, a month or a year of 2018 to 2024."""
    day = draw(st.dates(date(2018, 1, 1), date(2024, 12, 31)))
    return day.isoformat()[: draw(PRECISIONS)]


@st.composite
def registers(draw: st.DrawFn) -> list[Episode]:
    """Some persons with some episodes, whatever their dates."""
    found = []
    for number in range(draw(st.integers(0, 7))):
        begin = draw(st.sampled_from(sorted(BEGINS)))
        events = [f"{begin} {draw(periods())}"]
        if draw(st.booleans()):
            end = draw(st.sampled_from(sorted(ENDS | UNSURE)))
            events.append(f"{end} {draw(periods())}")
        known = draw(st.dates(date(2018, 1, 1), date(2025, 12, 31)))
        found.append(
            episode(
                *events,
                person=draw(st.sampled_from("abcd")),
                country=draw(st.sampled_from(["BY", "MM"])),
                recorded=known.isoformat(),
                name=f"x{number}",
                expires=parse_period(draw(periods())) if draw(st.booleans()) else None,
            )
        )
    return found
