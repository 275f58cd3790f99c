"""Made-up registers: invented persons, what happened to them, and three lists that tell it badly.

The truth is known, so that imports, linkage and figures can be measured. Nobody in them exists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from numpy.random import Generator
from persiantools.jdatetime import JalaliDate

from standwith.account.registry.vocabulary import Status
from standwith.kernel.document import Data
from standwith.kernel.pack import read_yaml

FIRST, LAST = date(2018, 1, 1), date(2024, 6, 1)
SCRIPTS = ("slavic", "persian", "han")
ENDINGS = (
    (0.45, None),
    (0.30, Status.RELEASED_SERVED),
    (0.12, Status.PARDONED),
    (0.08, Status.RELEASED_CONDITIONAL),
    (0.03, Status.DIED_IN_CUSTODY),
    (0.02, Status.ESCAPED),
)
ARTICLES = ("130", "342", "368", "411", "13.10", "289")
SENTENCES = ("15 days", "1 year", "2 years 6 months", "5 years", "8 years", "12 years")

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Invented:
    """A person who does not exist: spellings of both names, dates, and the end of custody."""

    id: str
    script: str
    given: tuple[str, ...]
    family: tuple[str, ...]
    born: date
    arrested: date
    ended: date | None
    end: Status | None
    article: str
    sentence: str


@dataclass(frozen=True, slots=True)
class World:
    """The persons, the rows of each list by its name, and which person each row is."""

    persons: tuple[Invented, ...]
    lists: Mapping[str, list[Row]]
    truth: Mapping[tuple[str, str], str]


def synthesize(persons: int, rng: Generator) -> World:
    """Invent so many persons, and three overlapping lists of them in three scripts.

    ``court`` writes native names family first and days as dd.mm.yyyy, or by the Persian calendar;
    ``families`` writes Latin spellings with half-known dates; ``press`` other spellings, days as
    mm/dd/yyyy, and words of status in the cell of the prison.
    """
    people = tuple(_person(f"t{i:06}", rng) for i in range(persons))
    lists: dict[str, list[Row]] = {name: [] for name in WRITERS}
    truth: dict[tuple[str, str], str] = {}
    for person in people:
        for name, (share, write) in WRITERS.items():
            for _ in range(int(rng.random() < share) * (1 + int(rng.random() < 0.02))):
                key = f"{len(lists[name]) + 1:06}"
                truth[name, key] = person.id
                lists[name].append({"id": key} | _spoiled(write(person, rng), rng))
    return World(people, lists, truth)


def _person(identity: str, rng: Generator) -> Invented:
    script = SCRIPTS[rng.integers(len(SCRIPTS))]
    parts = _names()[script]
    given, family = (tuple(parts[key][rng.integers(len(parts[key]))]) for key in _PARTS)
    arrested = FIRST + timedelta(days=int(rng.integers((LAST - FIRST).days)))
    end = _chosen(ENDINGS, rng.random())
    ended = arrested + timedelta(days=1 + int(rng.exponential(600))) if end else None
    if ended is not None and ended >= LAST:
        ended, end = None, None
    born = date(1950, 1, 1) + timedelta(days=int(rng.integers(50 * 365)))
    article, sentence = (held[rng.integers(len(held))] for held in (ARTICLES, SENTENCES))
    return Invented(identity, script, given, family, born, arrested, ended, end, article, sentence)


_PARTS = ("given", "family")


@cache
def _names() -> Data:
    return read_yaml("registry/invented.yaml").data


def _chosen(shares: tuple[tuple[float, Status | None], ...], at: float) -> Status | None:
    for share, value in shares:
        at -= share
        if at < 0:
            return value
    return shares[0][1]


def _court(person: Invented, rng: Generator) -> Row:
    return {
        "name": f"{person.family[2]} {person.given[2]}",
        "birth date": _native(person.born, person),
        "date of arrest": _native(person.arrested, person),
        "articles": f"{person.article} ч. {rng.integers(1, 4)}",
        "sentence": person.sentence,
        "status": "released" if person.end else "",
        "release date": _native(person.ended, person) if person.ended else "",
    }


def _native(day: date, person: Invented) -> str:
    """Write a day as its court would."""
    if person.script != "persian":
        return f"{day.day:02}.{day.month:02}.{day.year}"
    own = JalaliDate(day)  # type: ignore[no-untyped-call]
    return f"{own.year}/{own.month:02}/{own.day:02} ش"


def _families(person: Invented, rng: Generator) -> Row:
    known = rng.random()
    born = person.born.isoformat()
    return {
        "name": f"{person.given[0]} {person.family[0]}",
        "birth date": born if known < 0.6 else born[:4] if known < 0.8 else "",
        "date of arrest": person.arrested.isoformat()[: 7 if rng.random() < 0.2 else 10],
        "articles": "",
        "sentence": "",
        "status": str(person.end or "active").replace("_", " "),
        "release date": person.ended.isoformat() if person.ended and rng.random() < 0.7 else "",
    }


def _press(person: Invented, rng: Generator) -> Row:
    taken = person.arrested
    return {
        "name": f"{person.given[1]} {person.family[1]}",
        "birth date": str(person.born.year) if rng.random() < 0.5 else "",
        "date of arrest": f"{taken.month:02}/{taken.day:02}/{taken.year}",
        "articles": person.article,
        "sentence": person.sentence if rng.random() < 0.5 else "",
        "prison": "released" if person.end else "IK-2",
    }


WRITERS: dict[str, tuple[float, Callable[[Invented, Generator], Row]]] = {
    "court": (0.6, _court),
    "families": (0.5, _families),
    "press": (0.4, _press),
}


def _spoiled(row: Row, rng: Generator) -> Row:
    """Spoil one row in twelve, each in one of the ways in which real lists are spoilt."""
    way = int(rng.integers(12 * len(FAULTS)))
    return row | FAULTS[way](row) if way < len(FAULTS) else row


FAULTS: tuple[Callable[[Row], Row], ...] = (
    lambda row: {"name": row["name"][:-2] + row["name"][-1:]},
    lambda row: {"name": f"\u202b{row['name']}\u202c"},
    lambda row: {"name": f"{row['name']} (Sasha)"},
    lambda row: {"articles": f"={row['articles']}+1"},
    lambda _: {"date of arrest": "31.02.2021"},
    lambda _: {"date of arrest": "in the spring"},
    lambda _: {"birth date": "29.02.1981"},
    lambda _: {"birth date": ""},
)
