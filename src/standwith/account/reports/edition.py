"""The annual report as one model: findings, tables, charts, countries, cases that may be named.

Every rendering and every language is made of this; whoever has it has every figure of the edition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from standwith.account.registry.annual import Asked, annual_of, editions_of
from standwith.account.registry.comparison import Population
from standwith.account.registry.law import CHECKED
from standwith.account.registry.measures import Measure
from standwith.account.registry.record import Episode, Person
from standwith.account.registry.spells import Spells
from standwith.account.registry.stock import persons_at, persons_during
from standwith.account.registry.survival import time_held
from standwith.account.reports import beyond, course, duty, persons, stocks
from standwith.account.reports.charts import drawn
from standwith.account.reports.findings import findings
from standwith.account.reports.layout import Table

Data = dict[str, Any]
VERSION = 1


@dataclass(frozen=True, slots=True)
class Case:
    """A person who may be named: name, country, where the case stands, since when, charges."""

    name: str
    country: str
    status: str
    since: str
    charges: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an edition is made of; ``before`` is the annual data of the edition before.

    ``public`` withholds small numbers; ``cases`` are those who may be named.
    """

    asked: Asked
    episodes: Sequence[Episode]
    persons: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)
    measures: Sequence[Measure] = ()
    survivors: Mapping[str, str] = field(default_factory=dict)
    populations: Mapping[str, Population] = field(default_factory=dict)
    before: Mapping[str, Any] | None = None
    cases: Sequence[Case] = ()
    public: bool = False


def edition(given: Inputs) -> Data:
    """Work out an edition; ``publishable`` is false where a figure is not explained."""
    asked = given.asked
    editions = editions_of(given.episodes, asked, given.survivors)
    held, known = editions.after, [e for e in editions.later if e.recorded <= asked.known]
    found = annual_of(editions, asked)
    tables = {one.id: one for one in _tables(given, found, held, known)}
    charts = drawn(tables, held, time_held(held, asked.ends), known, asked)
    return {
        "version": VERSION,
        "year": asked.year,
        "known": asked.known.isoformat(),
        "unsure": asked.unsure,
        "public": given.public,
        "publishable": found["publishable"],
        "residuals": found["residuals"],
        "law_checked": CHECKED,
        "findings": findings(found, tables),
        "tables": [one.plain() for one in tables.values()],
        "charts": [one.plain() for one in charts],
        "countries": _countries(given, tables, known),
        "annual": found,
    }


def _tables(given: Inputs, found: Data, held: Spells, known: Sequence[Episode]) -> list[Table]:
    asked = given.asked
    measures = beyond.known_by(given.measures, asked.known)
    transnational, _ = beyond.transnational(measures, asked.year)
    return [
        stocks.world(found),
        stocks.during(found),
        stocks.census(held, asked),
        stocks.flows(found),
        stocks.revisions(found, given.before),
        stocks.stayed(found),
        stocks.concentration(found),
        stocks.rates(found, given.populations),
        course.families(found),
        course.charges(known),
        course.without_trial(known, asked.known),
        course.sentences(found),
        course.time_held(found),
        course.endings(time_held(held, asked.ends)),
        course.ends_of(held, asked.year),
        *_people(given, held),
        beyond.tactics(measures, asked.year),
        transnational,
        beyond.notices(measures, asked.known),
        beyond.leverage(measures),
        beyond.interventions(measures, held, asked.known),
        duty.accountability(measures, asked.known),
        duty.named(measures, asked.known),
        duty.indicator(known, given.persons, (asked.year, asked.known), public=given.public),
        beyond.quality(found, _filled(given)),
    ]


def _people(given: Inputs, held: Spells) -> tuple[Table, Table]:
    asked = given.asked
    inside = sorted(persons_during(held, asked.year, unsure=asked.unsure))
    now = sorted(persons_at(held, asked.ends, unsure=asked.unsure))
    taken = persons.first_begins(held)
    return (
        persons.gender_and_age(now, given.persons, taken, public=given.public),
        persons.groups(inside, given.persons, public=given.public),
    )


def _filled(given: Inputs) -> list[dict[str, object]]:
    """What is known of each person, for the completeness of fields."""
    return [
        {
            "name": any(one.names for one in held),
            "born": next((one.born for one in held if one.born), None),
            "gender": "" if persons.gender_of(held) == persons.UNKNOWN else "known",
            "occupation": next((one.occupation for one in held if one.occupation), ""),
            "groups": next((tuple(one.groups) for one in held if one.groups), ()),
        }
        for held in given.persons.values()
    ]


def _countries(given: Inputs, tables: Mapping[str, Table], known: Sequence[Episode]) -> list[Data]:
    """A page for each country: its rows of the tables, its charges, who may be named there."""
    codes = [row[0]["c"] for row in tables["world"].rows if "c" in row[0]]
    return [
        {
            "code": code,
            "tables": [_row_of(tables[name], code).plain() for name in _BY_COUNTRY]
            + [course.charges([one for one in known if one.country == code]).plain()],
            "cases": [
                {"name": one.name, "status": one.status, "since": one.since, "charges": one.charges}
                for one in given.cases
                if one.country == code
            ],
        }
        for code in codes
    ]


_BY_COUNTRY = ("world", "during", "census", "flows", "without_trial")


def _row_of(table: Table, code: str) -> Table:
    rows = tuple(row for row in table.rows if row[0] == {"c": code})
    return Table(table.id, table.columns, rows)
