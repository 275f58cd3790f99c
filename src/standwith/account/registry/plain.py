"""Episodes and persons as plain data, and back; what is written is read again the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from standwith.account.registry.record import (
    Charge,
    Episode,
    Person,
    PersonName,
    Sentence,
    StatusEvent,
)
from standwith.account.registry.vocabulary import Detention, Family, Group, Status
from standwith.kernel.period import Period, parse_period

Data = dict[str, Any]


def person_data(one: Person) -> Data:
    """Write a person."""
    return {
        "id": one.id,
        "names": [{"text": n.text, "kind": n.kind, "language": n.language, "script": n.script}
                  for n in one.names],
        "born": _text(one.born),
        "gender": one.gender,
        "citizenships": list(one.citizenships),
        "groups": sorted(one.groups),
        "occupation": one.occupation,
    }  # fmt: skip


def person_of(held: Mapping[str, Any]) -> Person:
    """Read a person.

    Raises:
        KeyError, ValueError, TypeError: the data is none that ``person_data`` wrote.
    """
    names = tuple(PersonName(**one) for one in held["names"])
    groups = frozenset(map(Group, held["groups"]))
    more = held["gender"], tuple(held["citizenships"]), groups, held["occupation"]
    return Person(held["id"], names, _period(held["born"]), *more)


def episode_data(one: Episode) -> Data:
    """Write an episode with its events and charges."""
    return {
        "id": one.id,
        "person": one.person,
        "country": one.country,
        "recorded": one.recorded.isoformat(),
        "events": [_event_data(event) for event in one.events],
        "charges": [_charge_data(charge) for charge in one.charges],
        "detention": one.detention,
        "authority": one.authority,
        "facility": one.facility,
        "terms": [[day.isoformat(), str(term)] for day, term in one.terms],
        "confirmations": [[day.isoformat(), yes] for day, yes in one.confirmations],
        "retracted": one.retracted.isoformat() if one.retracted else None,
    }


def episode_of(held: Mapping[str, Any]) -> Episode:
    """Read an episode.

    Raises:
        KeyError, ValueError, TypeError: the data is none that ``episode_data`` wrote.
    """
    return Episode(
        held["id"],
        held["person"],
        held["country"],
        tuple(_event_of(event) for event in held["events"]),
        date.fromisoformat(held["recorded"]),
        tuple(_charge_of(charge) for charge in held["charges"]),
        Detention(held["detention"]),
        held["authority"],
        held["facility"],
        tuple((date.fromisoformat(day), parse_period(term)) for day, term in held["terms"]),
        tuple((date.fromisoformat(day), bool(yes)) for day, yes in held["confirmations"]),
        date.fromisoformat(held["retracted"]) if held["retracted"] else None,
    )


def _event_data(one: StatusEvent) -> Data:
    return {
        "id": one.id,
        "status": one.status,
        "when": str(one.when),
        "recorded": one.recorded.isoformat(),
        "sources": list(one.sources),
        "supersedes": one.supersedes,
    }


def _event_of(held: Mapping[str, Any]) -> StatusEvent:
    status, when = Status(held["status"]), parse_period(held["when"])
    known = date.fromisoformat(held["recorded"])
    return StatusEvent(held["id"], status, when, known, tuple(held["sources"]), held["supersedes"])


def _charge_data(one: Charge) -> Data:
    term = one.sentence
    sentence = None if term is None else {name: getattr(term, name) for name in _SENTENCE}
    return {"family": one.family, "code": one.code, "article": one.article, "raw": one.raw,
            "sentence": sentence}  # fmt: skip


_SENTENCE = ("days", "life", "death", "suspended", "open_ended", "raw")


def _charge_of(held: Mapping[str, Any]) -> Charge:
    term = Sentence(**held["sentence"]) if held["sentence"] else None
    return Charge(Family(held["family"]), held["code"], held["article"], held["raw"], term)


def _text(period: Period | None) -> str | None:
    return None if period is None else str(period)


def _period(text: str | None) -> Period | None:
    return None if text is None else parse_period(text)
