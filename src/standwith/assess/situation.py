"""Situations: organisations, claims, requests, phase evidence and acts, as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from standwith.kernel.claim import Claim, known_at
from standwith.kernel.country import Country
from standwith.kernel.period import Period
from standwith.kernel.source import Citation, Source
from standwith.kernel.text import Text

SITUATION = "situation"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A part of the movement (civic, political or armed), assessed on its own record."""

    id: str
    name: Text
    kind: str
    aliases: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie between two organisations: member-of, allied-with, commands, backs or rivals."""

    origin: str
    target: str
    kind: str


@dataclass(frozen=True, slots=True)
class Request:
    """What an organisation asked for; it counts once verified, from its day to its end."""

    id: str
    organisation: str
    actions: tuple[str, ...]
    given: date
    until: date | None
    withdrawn: date | None
    verified: bool
    channel: str
    source: Citation
    recorded: date
    note: str = ""

    def stands_on(self, day: date) -> bool:
        """Whether it is verified and in force on a day."""
        begun = self.verified and self.given <= day
        over = (self.until is not None and self.until < day) or (
            self.withdrawn is not None and self.withdrawn <= day
        )
        return begun and not over


@dataclass(frozen=True, slots=True)
class PhaseEvidence:
    """A sign of the phase that the movement is in."""

    indicator: str
    source: Citation
    recorded: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What a state or body did after the trigger; ``lag`` is the known range of days since."""

    id: str
    actor: str
    what: str
    tool: str
    when: Period | None
    lag: tuple[int | None, int | None]
    prepared: bool
    source: Citation
    recorded: date


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What a source says of an action in this very case: +1 for, -1 against.

    ``strength`` is strong (asked for, to be stepped up) or weak (to be considered).
    """

    action: str
    direction: int
    strength: str
    source: Citation
    recorded: date
    note: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """The event from which answers are timed."""

    what: str
    when: date
    source: Citation


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that raises the price of acting, with its source."""

    text: str
    source: Citation
    recorded: date


@dataclass(frozen=True, slots=True)
class Situation:
    """A case file as it was read: everything in it, whenever it became known."""

    id: str
    title: Text
    country: Country
    as_of: date
    summary: Text
    trigger: Trigger | None
    sources: Mapping[str, Source]
    organisations: tuple[Organisation, ...]
    relations: tuple[Relation, ...]
    claims: tuple[Claim, ...]
    requests: tuple[Request, ...]
    phase_evidence: tuple[PhaseEvidence, ...]
    acts: tuple[Act, ...]
    appraisals: tuple[Appraisal, ...]
    warnings: tuple[Caution, ...]


Dated = TypeVar("Dated", Request, PhaseEvidence, Act, Appraisal, Caution)


def as_known(situation: Situation, *, as_of: date) -> Situation:
    """Keep only what was known on a day; the day becomes the situation's own."""

    def known(items: Iterable[Dated]) -> tuple[Dated, ...]:
        return tuple(item for item in items if item.recorded <= as_of)

    return replace(
        situation,
        as_of=as_of,
        claims=known_at(situation.claims, as_of),
        requests=known(situation.requests),
        phase_evidence=known(situation.phase_evidence),
        acts=known(situation.acts),
        appraisals=known(situation.appraisals),
        warnings=known(situation.warnings),
    )
