"""From observations to persons and episodes: what a list says, and nothing that it does not.

Every observation is a person of its own until people decide otherwise: nobody is merged here. A
release without a date lies anywhere between the arrest and the day of the list. Who is no longer on
a list is marked so, which is not freedom.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from standwith.account.registry.law import family_of, read_sentence
from standwith.account.registry.record import (
    Charge,
    Episode,
    Person,
    PersonName,
    StatusEvent,
)
from standwith.account.registry.staging import Observation
from standwith.account.registry.vocabulary import ENDS, Family, Status
from standwith.kernel.period import Period, parse_period

_PARENTHESES = re.compile(r"\s*[(（]([^()（）]+)[)）]")
_SPLIT = re.compile(r"\s*[;|/]\s*|\s*,\s+(?=\D)")


def promote(
    found: Iterable[Observation], source: str, country: str, known: date
) -> tuple[tuple[Person, ...], tuple[Episode, ...]]:
    """Make persons and episodes of the observations of a list as it was on a day.

    Who has no arrest date is a person with an episode whose begin is not known; a person is called
    SOURCE:KEY, so that the same list imported again speaks of the same persons.
    """
    held = list(found)
    persons = tuple(_person(one, source) for one in held)
    return persons, tuple(_episode(one, source, country, known) for one in held)


def _person(one: Observation, source: str) -> Person:
    names = list(_names(one.texts.get("name", ""), "legal"))
    names += _names(one.texts.get("other_name", ""), "other")
    born = one.dates.get("born")
    head = f"{source}:{one.key}", tuple(names), born
    return Person(*head, one.texts.get("gender", ""), occupation=one.texts.get("occupation", ""))


def _names(text: str, kind: str) -> list[PersonName]:
    """A name, and what stands in brackets behind it as another one."""
    if text and ")" not in text and "）" not in text:
        return [PersonName(text, kind)]
    own = _PARENTHESES.sub("", text).strip()
    rest = [PersonName(other.strip(), "alias") for other in _PARENTHESES.findall(text)]
    return ([PersonName(own, kind)] if own else []) + rest


def _episode(one: Observation, source: str, country: str, known: date) -> Episode:
    key = f"{source}:{one.key}"
    events = [
        StatusEvent(f"{key}:{status}", status, when, known, (source,))
        for status, when in _events(one, known)
    ]
    return Episode(
        f"{key}:1",
        key,
        country,
        tuple(events),
        known,
        _charges(one, country),
        facility="" if one.told.prison_is_status else one.texts.get("prison", ""),
        terms=((known, one.dates["ends"]),) if "ends" in one.dates else (),
    )


def _events(one: Observation, known: date) -> list[tuple[Status, Period]]:
    begun = one.dates.get("arrested") or parse_period(f"../{known.isoformat()}")
    begin = one.told.status if one.told.status in _BEGIN else Status.ARRESTED
    found = [(begin, begun)]
    if "tried" in one.dates:
        found.append((Status.SENTENCED, one.dates["tried"]))
    ended = _ended(one, begun, known)
    return [*found, ended] if ended else found


_BEGIN = frozenset({Status.DISAPPEARED, Status.HOUSE_ARREST})


def _ended(one: Observation, begun: Period, known: date) -> tuple[Status, Period] | None:
    """What ended custody; what the list alleges, and a word of death, do not."""
    said, day = one.told.status, one.dates.get("released")
    if one.told.dead or (one.told.alleged and said in ENDS):
        return Status.WHEREABOUTS_UNKNOWN, _until(begun, known)
    if said in ENDS:
        return said, day or _until(begun, known)
    if day is not None:
        return Status.RELEASED, day
    if said is Status.NO_LONGER_LISTED:
        return said, _until(begun, known)
    return None


def _until(begun: Period, known: date) -> Period:
    first = min(begun.first, known).isoformat() if begun.first else ".."
    return parse_period(f"{first}/{known.isoformat()}")


def _charges(one: Observation, country: str) -> tuple[Charge, ...]:
    term = read_sentence(one.texts["sentence"]) if "sentence" in one.texts else None
    said = [part for part in _SPLIT.split(one.texts.get("charges", "")) if part]
    held = [Charge(family_of(country, part), article=part, raw=part) for part in said]
    if not held:
        return (Charge(Family.UNKNOWN, sentence=term),) if term else ()
    return (replace(held[0], sentence=term), *held[1:])


def absent(
    episodes: Sequence[Episode], listed: frozenset[str], source: str, known: date
) -> tuple[Episode, ...]:
    """Mark the episodes of persons whom a list no longer names; nobody is released by that."""
    found = []
    for episode in episodes:
        if episode.person not in listed and not _over(episode):
            when = parse_period(known.isoformat())
            identity = f"{episode.id}:{known}:{Status.NO_LONGER_LISTED}"
            event = StatusEvent(identity, Status.NO_LONGER_LISTED, when, known, (source,))
            found.append(replace(episode, events=(*episode.events, event)))
    return tuple(found)


def _over(episode: Episode) -> bool:
    last = {event.status for event in episode.events}
    return bool(last & ENDS) or Status.NO_LONGER_LISTED in last
