"""The registry seen as a map and along time: the list of persons with its filters, drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from standwith.account.registry.timeline import EARLIEST, OPEN, Spell, spell
from standwith.kernel.policy import Purpose, Reader
from standwith.services import moment
from standwith.services.dossiers import Part, parts
from standwith.services.listing import Facet, Listing, list_counted, list_facets
from standwith.services.overview import Country, countries_drawn
from standwith.services.registered import SPEC
from standwith.services.sight import looking
from standwith.services.tallies import counts_of
from standwith.store.models.register import RegisteredPerson

Data = dict[str, Any]
WIDTH = 600  # of the drawing of a course
STEPS = 5  # of colour on the map


@dataclass(frozen=True, slots=True)
class World:
    """Persons by country: shapes with how many and a step of colour, the filters, the total."""

    countries: tuple[tuple[Country, int], ...]
    rest: str
    facets: tuple[Facet, ...]
    total: int
    query: Mapping[str, str]


def world(reader: Reader, query: Mapping[str, str]) -> World:
    """Count persons by country, under the filters of the list but that of the country."""
    asked = {name: text for name, text in query.items() if name in {"status", "source"} and text}
    with looking(reader, Purpose.ACCOUNT) as sight:
        total, facets = list_facets(sight, RegisteredPerson, SPEC, asked)
        found = counts_of(sight, "registeredperson").by("country", asked)
    drawn, rest = countries_drawn(found)
    most = max(found.values(), default=1)
    coloured = tuple((one, _step(one.open, most)) for one in drawn)
    kept = tuple(facet for facet in facets if facet.name != "country")
    return World(coloured, rest, kept, total, asked)


def _step(number: int, most: int) -> int:
    """Give a step of colour by the share of the largest number, from 1 on."""
    return max(1, -(-STEPS * number // most))


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of custody on the drawing: where it begins, how wide, whether it is sure."""

    x: float
    width: float
    sure: bool


def timeline(reader: Reader, query: Mapping[str, str]) -> Listing:
    """List persons in the order of the first day on which they may have been taken, with bars.

    A full bar is time in which the person was held for sure, a light one time in which they may
    have been; nobody is drawn as free because a term is over.
    """
    spec = replace(SPEC, order=("since", "id"), titled=False)
    with looking(reader, Purpose.ACCOUNT) as sight:
        found = list_counted(sight, RegisteredPerson, spec, query)
        people = sight.among(RegisteredPerson, (row["id"] for row in found.rows))
        spells = {str(part.row.pk): _spells(part) for part in parts(sight.of, people)}
    scale = _Scale(spells.values(), moment.today())
    rows = tuple(row | {"spells": _drawn(spells[row["id"]], scale)} for row in found.rows)
    return replace(found, rows=rows)


def _spells(part: Part) -> list[Spell]:
    today = moment.today()
    return [one for each in part.tell()[1] if (one := spell(each, today)) is not None]


class _Scale:
    """Days to places on the drawing, from the first day of a page to today."""

    def __init__(self, spells: Iterable[Sequence[Spell]], today: date) -> None:
        days = [day for mine in spells for one in mine for day in one.begin]
        known = [day for day in days if day not in {EARLIEST, OPEN}]
        self.first = min(known, default=today.toordinal() - 365)
        self.last = max(today.toordinal(), self.first + 1)

    def at(self, day: int) -> float:
        """Return the place of a day, inside the drawing."""
        inside = min(max(day, self.first), self.last)
        return round(WIDTH * (inside - self.first) / (self.last - self.first), 1)

    def bar(self, begin: int, end: int, *, sure: bool) -> list[Bar]:
        """Draw a stretch, where there is one."""
        x, width = self.at(begin), self.at(end) - self.at(begin)
        return [Bar(x, round(max(width, 1.0), 1), sure)] if end > begin else []


def _drawn(spells: Sequence[Spell], scale: _Scale) -> list[Data]:
    return [
        {
            "begin": _between(one.begin),
            "end": _between(one.ended),
            "how": one.end.value if one.end else "",
            "unsure": one.unsure,
            "bars": [
                *scale.bar(one.begin[0], one.begin[1], sure=False),
                *scale.bar(one.begin[1], one.ended[0], sure=True),
                *scale.bar(max(one.ended[0], one.begin[1]), one.ended[1], sure=False),
            ],
        }
        for one in spells
    ]


def _between(days: tuple[int, int]) -> str:
    """Write first and last day of what is not known to the day; nothing for an open side."""
    first, last = (
        "" if day in {EARLIEST, OPEN} else date.fromordinal(day).isoformat() for day in days
    )
    return first if first == last else f"{first}/{last}"
