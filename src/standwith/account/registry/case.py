"""One person as the lists of one source tell, and what editors add; joined persons are one case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from standwith.account.registry.promotion import absent, promote
from standwith.account.registry.record import Episode, Person, StatusEvent
from standwith.account.registry.staging import Observation
from standwith.account.registry.successive import histories, one_arrest
from standwith.account.registry.timeline import EARLIEST, Spell, spell
from standwith.account.registry.vocabulary import DEATHS


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list of a day says of a person; ``observation`` is None where it names them not."""

    known: date
    country: str
    observation: Observation | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands: held, unsure, ended or dead, since when, and in which country."""

    status: str
    since: str
    country: str


def told(source: str, lists: Sequence[Listed]) -> tuple[Person, tuple[Episode, ...]]:
    """Tell a person and the episodes from the lists of a source, the oldest first.

    The person is as the last list that names them says; who is left out later is marked so.

    Raises:
        ValueError: no list names the person.
    """
    person: Person | None = None
    held: tuple[Episode, ...] = ()
    found = []
    for one in lists:
        if one.observation is not None:
            persons, held = promote([one.observation], source, one.country, one.known)
            person = persons[0]
        elif person is not None:
            gone = absent(held, frozenset(), source, one.known)
            held = gone or held
        found.append(held)
    if person is None:
        raise ValueError(f"no list of {source} names this person")
    return person, histories(found)


def added(episodes: Sequence[Episode], events: Iterable[StatusEvent]) -> tuple[Episode, ...]:
    """Add events to the last episode; an arrest after its end is for the lists to tell."""
    if not episodes:
        return ()
    *before, last = episodes
    return (*before, replace(last, events=(*last.events, *events)))


def together(person: str, cases: Iterable[Sequence[Episode]]) -> tuple[Episode, ...]:
    """Tell the episodes of several persons who are one: one arrest that all tell is one episode."""
    return tuple(one_arrest(replace(one, person=person) for rows in cases for one in rows))


def stands(episodes: Iterable[Episode], known: date) -> Standing:
    """Say where a case stands by what was known on a day; the latest deprivation decides."""
    spells = [found for one in episodes if (found := spell(one, known)) is not None]
    if not spells:
        return Standing("unsure", "", "")
    last = max(spells, key=lambda one: (one.end is None, one.begin, one.episode))
    first = last.begin[0]
    since = "" if first <= EARLIEST else date.fromordinal(first).isoformat()
    return Standing(_word(last), since, last.country)


def _word(last: Spell) -> str:
    if last.end is None:
        return "held"
    if last.unsure:
        return "unsure"
    return "dead" if last.end in DEATHS else "ended"
