"""What is done beyond prison: restrictions, acts across borders, notices, detention as leverage.

And what is done for people: interventions. Each has its time, the day it became known, a source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from standwith.account.registry.comparison import Share
from standwith.account.registry.perpetrators import Involvement
from standwith.account.registry.record import Known
from standwith.account.registry.spells import KINDS, Spells
from standwith.account.registry.tactics import (
    DIRECT,
    Cooperation,
    Joint,
    Means,
    Mode,
    NoticeKind,
    Response,
    Step,
    Tactic,
)
from standwith.account.registry.vocabulary import RELEASES
from standwith.kernel.period import Period

MASS = 3  # persons from which an act is a mass event


@dataclass(frozen=True, slots=True)
class Restriction:
    """A tactic short of prison against a person of the registry, in a country."""

    known: Known
    person: str
    country: str
    tactic: Tactic


@dataclass(frozen=True, slots=True)
class Transnational:
    """An act of one state against persons in another; how many persons, counted or estimated."""

    known: Known
    origin: str
    host: str
    tactic: Tactic
    mode: Mode = Mode.UNKNOWN
    cooperation: Cooperation = Cooperation.UNKNOWN
    persons: int = 1

    @property
    def direct(self) -> bool:
        """Whether it is a direct physical act."""
        return self.tactic in DIRECT

    @property
    def mass(self) -> bool:
        """Whether it struck so many at once that it counts as a mass event."""
        return self.persons >= MASS


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice against a person, and the steps taken against it; no longer seen is not deleted."""

    known: Known
    person: str
    kind: NoticeKind
    issuer: str
    charge: str = ""
    last_seen: date | None = None
    steps: tuple[tuple[Step, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Leverage:
    """A detention by which one state presses another: what it wants, whether consuls may visit."""

    known: Known
    person: str
    holder: str
    pressed: str
    demanded: str = ""
    consular_access: bool | None = None
    steps: tuple[tuple[Joint, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Endorsement:
    """That a state endorsed the Declaration on arbitrary detention between states."""

    known: Known
    country: str


@dataclass(frozen=True, slots=True)
class Intervention:
    """What was done for a person, by whom, and how the government answered."""

    known: Known
    person: str
    means: Means
    by: str
    response: Response = Response.UNKNOWN


Measure = Restriction | Transnational | Notice | Leverage | Intervention | Involvement | Endorsement


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit that runs: since when, until when, and whether it is over."""

    step: Step
    since: date
    due: date
    days_left: int

    @property
    def over(self) -> bool:
        """Whether the limit has passed without an answer."""
        return self.days_left < 0


# Months that the Commission has by its statute, as recalled: they need counsel.
LIMITS = {Step.ACCESS_ASKED: 4, Step.DELETION_ASKED: 9}
DECISIONS = frozenset({Step.DELETED, Step.UPDATED, Step.UPHELD, Step.WITHDRAWN_BY_STATE})
_ANSWERS = {
    Step.ACCESS_ASKED: frozenset({Step.ACCESS_ANSWERED}),
    Step.DELETION_ASKED: DECISIONS,
}
MONTH = 30.4375


def clocks(notice: Notice, today: date) -> tuple[Clock, ...]:
    """List the time limits that run for a notice: those of steps that were not answered."""
    found = []
    for step, since in notice.steps:
        if step in LIMITS and not any(
            other in _ANSWERS[step] and day >= since for other, day in notice.steps
        ):
            due = since + timedelta(days=round(LIMITS[step] * MONTH))
            found.append(Clock(step, since, due, (due - today).days))
    return tuple(found)


def outcome(notice: Notice) -> Step:
    """The last step of a notice; found where nothing was done yet."""
    return max(notice.steps, key=lambda pair: pair[1])[0] if notice.steps else Step.FOUND


@dataclass(frozen=True, slots=True)
class Matrix:
    """Acts across borders of a period: acts and persons by origin, host and tactic."""

    acts: Mapping[tuple[str, str, Tactic], int]
    persons: Mapping[tuple[str, str, Tactic], int]
    mass: int
    direct: int
    largest: Share


def matrix(found: Iterable[Transnational], first: date, after: date) -> Matrix:
    """Count acts that begin in a period; ``largest`` is the share of the ten largest origins."""
    held = [one for one in found if _begins_in(one.known.when, first, after)]
    acts = Counter((one.origin, one.host, one.tactic) for one in held)
    persons = Counter[tuple[str, str, Tactic]]()
    for one in held:
        persons[one.origin, one.host, one.tactic] += one.persons
    origins = Counter(one.origin for one in held)
    top = sum(n for _, n in origins.most_common(10))
    return Matrix(
        acts,
        persons,
        sum(one.mass for one in held),
        sum(one.direct for one in held),
        Share(top, len(held)),
    )


def _begins_in(when: Period, first: date, after: date) -> bool:
    """Whether a time may have begun in a period, by its first day, else by its last."""
    day = when.first or when.last
    return day is not None and first <= day < after


WITHIN = (30, 90, 365)


def released_after(
    found: Iterable[Intervention], held: Spells, known: date, days: int
) -> dict[Means, Share]:
    """Of persons held when something was done, those released within so many days, by means.

    By the middle of uncertain dates, of those who can be followed for all the days. It says what
    followed, never what caused it.
    """
    kinds = np.array([KINDS.index(status) for status in sorted(RELEASES)])
    begin, ended = held.reading("middle", unsure=True)
    freed = np.isin(held.end, kinds)
    place = {person: i for i, person in enumerate(held.persons)}
    parts, whole = Counter[Means](), Counter[Means]()
    for one in found:
        day = one.known.when.first
        if day is None or one.person not in place or day + timedelta(days=days) > known:
            continue
        at = day.toordinal()
        mine = (held.person == place[one.person]) & (begin <= at) & (ended >= at)
        if mine.any():
            whole[one.means] += 1
            parts[one.means] += bool((mine & freed & (ended <= at + days)).any())
    return {means: Share(parts[means], whole[means]) for means in sorted(whole)}
