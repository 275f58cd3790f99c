"""Records of the registry: persons, their episodes of deprivation of liberty, and what is known.

The episode is the unit of counting: who is arrested again has another. What happened in an episode
is a row of status events, each with the day it speaks of, as precise as it is known, and the day
it became known; nothing is overwritten, an event that was wrong is superseded by another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from standwith.account.registry.vocabulary import Detention, Family, Group, Status
from standwith.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Known:
    """What everything that was done has: an id, its time, the day it became known, who says so."""

    id: str
    when: Period
    recorded: date
    source: str


@dataclass(frozen=True, slots=True)
class PersonName:
    """A spelling of a person's name; ``language`` and ``script`` by BCP 47 and ISO 15924."""

    text: str
    kind: str = "legal"
    language: str = ""
    script: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the registry; what is not known stays empty or None."""

    id: str
    names: tuple[PersonName, ...]
    born: Period | None = None
    gender: str = ""
    citizenships: tuple[str, ...] = ()
    groups: frozenset[Group] = frozenset()
    occupation: str = ""


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """Something that happened in an episode; ``sources`` are ids of what says so."""

    id: str
    status: Status
    when: Period
    recorded: date
    sources: tuple[str, ...]
    supersedes: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a court imposed; ``days`` is the least time in custody, None where none is known."""

    days: float | None = None
    life: bool = False
    death: bool = False
    suspended: bool = False
    open_ended: bool = False
    raw: str = ""

    @property
    def ends_never(self) -> bool:
        """Whether it is for life, or death."""
        return self.life or self.death


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge as the state puts it; its raw text is kept beside what was read from it."""

    family: Family
    code: str = ""
    article: str = ""
    raw: str = ""
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Episode:
    """One deprivation of liberty of one person, in one country.

    ``recorded`` is when the registry first held it, ``retracted`` when it was found to be no case.
    ``terms`` are when the sentence ends by the court's own count, each with the day on which that
    became known; ``confirmations`` the days on which it was put among the confirmed (true) or the
    unconfirmed (false).
    """

    id: str
    person: str
    country: str
    events: tuple[StatusEvent, ...]
    recorded: date
    charges: tuple[Charge, ...] = ()
    detention: Detention = Detention.UNKNOWN
    authority: str = ""
    facility: str = ""
    terms: tuple[tuple[date, Period], ...] = ()
    confirmations: tuple[tuple[date, bool], ...] = ()
    retracted: date | None = None

    def expires(self, known: date) -> Period | None:
        """When the term of the sentence ends, by what was known on a day."""
        said = [(day, term) for day, term in self.terms if day <= known]
        return max(said, key=lambda pair: pair[0])[1] if said else None

    def confirmed(self, known: date) -> bool:
        """Whether it stood as confirmed on a day; an episode is until somebody doubts it."""
        said = [(day, yes) for day, yes in self.confirmations if day <= known]
        return max(said, key=lambda pair: pair[0])[1] if said else True
