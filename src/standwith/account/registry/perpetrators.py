"""Who is said to have done it, how well it is known, and when the name may leave the house.

A name is never more than an allegation by those who give it. It may be used outside only behind a
gate: how strong the evidence is, from how many sources that do not lean on each other, whether
the person could answer, what rank they hold, and that two people agreed. Unknown never counts as
met.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from standwith.account.registry.record import Known
from standwith.kernel.verdict import Verdict

ANSWER_DAYS = 14  # that somebody has for an answer before silence may be told as such
SOURCES = 2


class Degree(StrEnum):
    """How somebody is involved in an act."""

    CARRIED_OUT = "carried_out"
    ORDERED = "ordered"
    PLANNED = "planned"
    ACCOMPLICE = "accomplice"
    PRESENT = "present"
    SUSPECTED = "suspected"
    COMMAND_FAILURE = "command_failure"
    AUTHOR_OF_POLICY = "author_of_policy"
    SUPPORTER_OF_POLICY = "supporter_of_policy"
    IMPLEMENTER = "implementer"
    POLITICAL_RESPONSIBILITY = "political_responsibility"


class Branch(StrEnum):
    """Where somebody belongs."""

    NATIONAL_EXECUTIVE = "national_executive"
    LOCAL_EXECUTIVE = "local_executive"
    ARMED_FORCES = "armed_forces"
    POLICE = "police"
    PRISON = "prison"
    INTELLIGENCE = "intelligence"
    LEGISLATURE = "legislature"
    JUDICIARY = "judiciary"
    PROSECUTION = "prosecution"
    IRREGULARS = "irregulars"
    OPPOSITION_FORCES = "opposition_forces"
    OCCUPYING_FORCES = "occupying_forces"
    PRIVATE = "private"
    UNKNOWN = "unknown"


class Evidence(StrEnum):
    """How well the involvement is established, weakest first."""

    ALLEGED = "alleged"
    POSSIBLE = "possible"
    REASONABLE_GROUNDS = "reasonable_grounds"
    CLEAR_AND_CONVINCING = "clear_and_convincing"
    COURT_FINDING = "court_finding"


class Rank(StrEnum):
    """How high the office is; names of low ranks stay inside."""

    SENIOR = "senior"
    MIDDLE = "middle"
    LOW = "low"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Involvement:
    """That somebody had a part in what befell a person of the registry.

    ``sources`` counts those that do not lean on each other; None where that was not looked at.
    ``asked`` is the day on which an answer was asked for, ``reply`` what came of it.
    ``agreed`` says that a second person agreed that the name may be used.
    """

    known: Known
    person: str
    name: str
    office: str
    country: str
    degree: Degree
    branch: Branch
    evidence: Evidence
    rank: Rank
    minor: bool | None = None
    sources: int | None = None
    asked: date | None = None
    reply: str = ""
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of the gate, whether it is met, and why."""

    name: str
    met: Verdict
    detail: str


def gate(one: Involvement, today: date) -> tuple[Condition, ...]:
    """Check the conditions under which a name may be used outside."""
    return (_evidence(one), _sources(one), _answered(one, today), _rank(one), _grown(one),
            _agreed(one))  # fmt: skip


def nameable(one: Involvement, today: date) -> bool:
    """Whether every condition is surely met."""
    return all(condition.met is Verdict.TRUE for condition in gate(one, today))


def _evidence(one: Involvement) -> Condition:
    levels = list(Evidence)
    enough = levels.index(one.evidence) >= levels.index(Evidence.REASONABLE_GROUNDS)
    detail = f"{one.evidence}; {Evidence.REASONABLE_GROUNDS} or more is needed"
    return Condition("evidence", _verdict(holds=enough), detail)


def _sources(one: Involvement) -> Condition:
    if one.evidence is Evidence.COURT_FINDING:
        return Condition("sources", Verdict.TRUE, "a court found it")
    if one.sources is None:
        return Condition("sources", Verdict.UNKNOWN, "whether sources are independent is not known")
    detail = f"{one.sources} independent; {SOURCES} are needed"
    return Condition("sources", _verdict(holds=one.sources >= SOURCES), detail)


def _answered(one: Involvement, today: date) -> Condition:
    if one.reply:
        return Condition("answer", Verdict.TRUE, "the answer is told beside the name")
    if one.asked is None:
        return Condition("answer", Verdict.FALSE, "nobody asked for an answer")
    until = one.asked + timedelta(days=ANSWER_DAYS)
    detail = f"asked on {one.asked}, time until {until}"
    return Condition("answer", _verdict(holds=today > until), detail)


def _rank(one: Involvement) -> Condition:
    if one.rank is Rank.UNKNOWN:
        return Condition("rank", Verdict.UNKNOWN, "the rank is not known")
    detail = f"{one.rank}; low ranks are not named"
    return Condition("rank", _verdict(holds=one.rank is not Rank.LOW), detail)


def _grown(one: Involvement) -> Condition:
    if one.minor is None:
        return Condition("age", Verdict.UNKNOWN, "whether of age is not known")
    return Condition("age", _verdict(holds=not one.minor), "minor" if one.minor else "of age")


def _agreed(one: Involvement) -> Condition:
    detail = "agreed by a second person" if one.agreed else "no second person agreed yet"
    return Condition("second", _verdict(holds=one.agreed), detail)


def _verdict(*, holds: bool) -> Verdict:
    return Verdict.TRUE if holds else Verdict.FALSE
