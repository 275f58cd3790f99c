"""States that act together, and how long procedures take: the Declaration, the Commission.

Source rap-cohort names the Declaration Against Arbitrary Detention in State-to-State Relations
and asks to widen its list and to act jointly; so endorsements are dated, steps are counted in
days, and what still runs is told beside what is done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from standwith.account.registry.measures import (
    DECISIONS,
    Endorsement,
    Leverage,
    Measure,
    Notice,
)
from standwith.account.registry.tactics import Joint, Step

BEGUN = "begun"
# What is measured of a kind: its name, the steps that begin it, the steps that end it.
_COMMISSION = (
    ("access", {Step.ACCESS_ASKED}, {Step.ACCESS_ANSWERED}),
    ("deletion", {Step.DELETION_ASKED}, DECISIONS),
)
_DECLARATION = (
    ("partners_called", {BEGUN}, {Joint.PARTNERS_CALLED}),
    ("joint_act", {BEGUN}, {Joint.JOINT_STATEMENT, Joint.JOINT_DEMARCHE, Joint.RAISED_AT_UN}),
    ("consular_access", {Joint.ACCESS_ASKED}, {Joint.ACCESS_GRANTED}),
    ("release", {BEGUN}, {Joint.RELEASED}),
)


@dataclass(frozen=True, slots=True)
class Span:
    """Days that a procedure took: of how many that are done, half and nine tenths; what runs.

    ``longest`` is how long the oldest of those that still run has run; None where none does.
    """

    name: str
    done: int
    running: int
    median: float | None
    ninth: float | None
    longest: int | None


def spans(found: Iterable[Measure], today: date) -> tuple[Span, ...]:
    """Measure the procedures before the Commission and under the Declaration, in days."""
    held = list(found)
    notices = [list(one.steps) for one in held if isinstance(one, Notice)]
    pressed = [_course(one) for one in held if isinstance(one, Leverage)]
    return (
        *(_span(name, notices, begin, end, today) for name, begin, end in _COMMISSION),
        *(_span(name, pressed, begin, end, today) for name, begin, end in _DECLARATION),
    )


_History = Sequence[tuple[str, date]]


def _course(one: Leverage) -> _History:
    begun = one.known.when.last or one.known.when.first
    return [*([(BEGUN, begun)] if begun else []), *one.steps]


def _span(
    name: str,
    histories: Iterable[_History],
    begin: Collection[str],
    end: Collection[str],
    today: date,
) -> Span:
    found = [_took(steps, begin, end) for steps in histories]
    held = [(since, until) for since, until in found if since is not None]
    done = [(until - since).days for since, until in held if until is not None]
    running = [(today - since).days for since, until in held if until is None]
    half, ninth = (float(x) for x in np.quantile(done, (0.5, 0.9))) if done else (None, None)
    return Span(name, len(done), len(running), half, ninth, max(running, default=None))


def _took(
    steps: _History, begin: Collection[str], end: Collection[str]
) -> tuple[date | None, date | None]:
    """First day of a begin, and the first day from then on of an end."""
    since = min((day for step, day in steps if step in begin), default=None)
    after = [day for step, day in steps if step in end and since is not None and day >= since]
    return since, min(after, default=None)


def endorsers(found: Iterable[Measure], day: date) -> dict[str, Endorsement]:
    """States that had endorsed the Declaration by a day, each with the first record of it."""
    held: dict[str, Endorsement] = {}
    for one in sorted((one for one in found if isinstance(one, Endorsement)), key=_when):
        if _when(one)[0] <= day:
            held.setdefault(one.country, one)
    return held


def _when(one: Endorsement) -> tuple[date, str]:
    """The last day on which it may have been: who may not yet have endorsed is not called so."""
    return one.known.when.last or date.max, one.known.id
