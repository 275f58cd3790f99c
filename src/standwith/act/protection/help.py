"""Cases of emergency help and relocation: the steps, what each needs, how long each took.

A step that needs two persons is done when two different ones have taken it. Times are measured
from the history of the case, never entered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np

STEPS = (
    "received",
    "acknowledged",
    "triaged",
    "eligible",
    "verified",
    "assessed",
    "decided",
    "paid",
    "checked_in",
    "outcome",
    "closed",
)
# What a step needs to be taken, besides its time and its author.
NEEDS: Mapping[str, tuple[str, ...]] = {
    "acknowledged": (),
    "triaged": ("priority",),
    "eligible": ("eligible_why",),
    "verified": ("referee_one", "referee_two"),
    "assessed": ("risk",),
    "decided": ("decision", "decision_why"),
    "paid": ("reference",),
    "checked_in": ("check_in",),
    "outcome": ("outcome",),
    "closed": ("learned",),
}
PRIORITIES = ("P1", "P2", "P3")
DECISIONS = ("approve", "partial", "refer", "decline")
OUTCOMES = ("safe", "still_at_risk", "released", "harmed", "unknown")
KINDS = ("emergency", "relocation")
HOURS = {"P1": 24, "P2": 24 * 7, "P3": 24 * 21}  # within which a decision is wanted
WARN = (30, 60, 120)  # days before something expires
_WORDS = {"priority": PRIORITIES, "decision": DECISIONS, "outcome": OUTCOMES}


class UnusableStep(ValueError):  # noqa: N818 - named for the situation
    """A step that cannot be taken now; ``field`` is what is wrong."""

    def __init__(self, field: str, what: str) -> None:
        self.field = field
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken: which, when (ISO 8601), by whom."""

    step: str
    at: str
    by: str


def check(step: str, history: Sequence[Taken], body: Mapping[str, Any], by: str) -> bool:
    """Check that a person may take a step now; return whether the step is done with that.

    The decision is done when a second person has taken it too; who verified does not decide alone.

    Raises:
        UnusableStep: it is not the next, something that it needs is missing or no word of it.
    """
    last = state_of(history)
    wanted = STEPS[STEPS.index(last) + 1] if last != STEPS[-1] else ""
    again = step == last == "checked_in"
    if step != wanted and not again:
        raise UnusableStep("step", f"the next step is {wanted or 'none: the case is closed'}")
    for field in NEEDS[step]:
        _check_field(field, str(body.get(field) or "").strip())
    if step == "verified" and body["referee_one"].strip() == body["referee_two"].strip():
        raise UnusableStep("referee_two", "two referees who are independent of each other")
    return step != "decided" or _second(history, by)


def _check_field(field: str, text: str) -> None:
    words = _WORDS.get(field)
    if words and text not in words:
        raise UnusableStep(field, f"choose {', '.join(words)}")
    if not text:
        raise UnusableStep(field, "this is needed")


def _second(history: Sequence[Taken], by: str) -> bool:
    first = [one.by for one in history if one.step == "decision_proposed"]
    if by in first:
        raise UnusableStep("decision", "another person must agree to the decision")
    return bool(first)


def state_of(history: Sequence[Taken]) -> str:
    """The last step that is done."""
    return next((one.step for one in reversed(history) if one.step in STEPS), STEPS[0])


def hours(history: Sequence[Taken], first: str, last: str) -> float | None:
    """Hours from one step to another; None while one of them was not taken."""
    times = {one.step: datetime.fromisoformat(one.at) for one in reversed(history)}
    if first not in times or last not in times:
        return None
    return (times[last] - times[first]).total_seconds() / 3600


@dataclass(frozen=True, slots=True)
class Pace:
    """How long cases took from one step to another: number, median and ninth decile in hours."""

    first: str
    last: str
    number: int
    median: float | None
    ninth: float | None


def pace(cases: Iterable[Sequence[Taken]], first: str, last: str) -> Pace:
    """Measure how long cases took; those that are not there yet are not counted as quick."""
    found = [value for one in cases if (value := hours(one, first, last)) is not None]
    if not found:
        return Pace(first, last, 0, None, None)
    median, ninth = (float(x) for x in np.quantile(found, (0.5, 0.9)))
    return Pace(first, last, len(found), median, ninth)


def late(history: Sequence[Taken], priority: str, now: datetime) -> bool:
    """Whether a decision is overdue for the priority of a case."""
    if priority not in HOURS or any(one.step == "decided" for one in history):
        return False
    begun = next((one.at for one in history if one.step == "received"), None)
    if begun is None:
        return False
    return (now - datetime.fromisoformat(begun)).total_seconds() > HOURS[priority] * 3600


@dataclass(frozen=True, slots=True)
class Expiry:
    """Something that expires: what, when, in how many days; ``warning`` is the limit it passed."""

    what: str
    day: date
    left: int
    warning: int | None


def expiries(held: Mapping[str, str], today: date) -> tuple[Expiry, ...]:
    """List what expires (visa, housing, stipend, insurance), soonest first, with its warning.

    Raises:
        ValueError: a day is none.
    """
    found = []
    for what, text in held.items():
        day = date.fromisoformat(text)
        left = (day - today).days
        warning = next((limit for limit in WARN if left <= limit), None)
        found.append(Expiry(what, day, left, warning))
    return tuple(sorted(found, key=lambda one: (one.day, one.what)))
