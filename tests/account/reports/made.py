"""A small register with known figures, of which the tests of reports make editions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.account.registry.episodes import episode

from standwith.account.registry.annual import Asked
from standwith.account.registry.measure_data import measure_of
from standwith.account.registry.record import Charge, Episode, Person, PersonName, Sentence
from standwith.account.registry.vocabulary import Family, Group
from standwith.account.reports.edition import Case, Inputs
from standwith.kernel.period import parse_period

KNOWN = date(2024, 3, 1)
ASKED = Asked(2023, KNOWN)


def charged(one: Episode, family: Family, article: str, years: float | None = None) -> Episode:
    """Give an episode a charge, with a sentence of some years."""
    term = None if years is None else Sentence(days=365.25 * years, raw=f"{years} years")
    return replace(one, charges=(Charge(family, article=article, raw=article, sentence=term),))


EPISODES = [
    charged(episode("arrested 2021-05-01", person="a"), Family.SPEECH, "369", 12),
    charged(episode("arrested 2023-02-01", person="b"), Family.ASSEMBLY, "342", 2),
    charged(
        episode("arrested 2022-02-01", "released 2023-06-01", person="c"), Family.SPEECH, "369", 1
    ),
    episode("arrested 2022-03-01", "died_in_custody 2023-09-09", person="d", country="MM"),
    charged(episode("arrested 2023-08", person="e", country="MM"), Family.SPEECH, "505"),
    episode("arrested 2020-01-01", "released 2020-03-01", person="f"),
    episode("arrested 2020-12-01", person="f", name="f-2"),
]


def person(key: str, gender: str, born: str, *groups: Group, occupation: str = "") -> Person:
    """Make a person."""
    return Person(
        key,
        (PersonName(f"Person {key.upper()}"),),
        parse_period(born) if born else None,
        gender,
        groups=frozenset(groups),
        occupation=occupation,
    )


PERSONS = {
    "a": (person("a", "female", "1990-01-01", Group.JOURNALIST),),
    "b": (person("b", "м", "2000"),),
    "c": (person("c", "", ""),),
    "d": (person("d", "male", "1960", occupation="Doctor"),),
    "e": (person("e", "f", "1985", Group.JOURNALIST, Group.PROTESTER),),
    "f": (person("f", "male", "1970"), person("f", "female", "1971")),
}
TOLD = {"source": "a newspaper", "when": "2023-04-05"}
MEASURES = [
    measure_of(
        "1",
        "restriction",
        "2023-05-01",
        TOLD | {"person": "a", "country": "BY", "tactic": "travel_ban"},
    ),
    measure_of(
        "2",
        "transnational",
        "2023-05-01",
        TOLD | {"country": "BY", "host": "PL", "tactic": "assault", "persons": "3"},
    ),
    measure_of(
        "3",
        "notice",
        "2023-05-01",
        TOLD
        | {
            "person": "a",
            "country": "BY",
            "notice": "red",
            "steps": [["access_asked", "2023-06-01"]],
        },
    ),
    measure_of(
        "4", "leverage", "2023-05-01", TOLD | {"person": "a", "country": "IR", "host": "FR"}
    ),
    measure_of(
        "5", "intervention", "2023-05-01", TOLD | {"person": "c", "means": "demarche", "by": "us"}
    ),
    measure_of(
        "7",
        "involvement",
        "2023-05-01",
        TOLD
        | {
            "person": "a",
            "name": "Judge Example",
            "office": "a court",
            "country": "BY",
            "degree": "ordered",
            "evidence": "court_finding",
            "rank": "senior",
            "minor": "no",
            "asked": "2023-05-01",
            "reply": "I followed the law.",
            "agreed_by": "x",
        },
    ),
    measure_of(
        "8",
        "involvement",
        "2023-05-01",
        TOLD | {"person": "a", "name": "Guard Hidden", "country": "BY", "degree": "present"},
    ),
    measure_of(
        "6", "intervention", "2024-05-01", TOLD | {"person": "a", "means": "prize", "by": "us"}
    ),
]
CASES = [Case("Person A", "BY", "held", "2021-05-01", "369")]
INPUTS = Inputs(ASKED, EPISODES, PERSONS, MEASURES, cases=CASES)
