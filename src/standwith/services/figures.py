"""Figures of the registry from what a reader may see, and the cases behind each figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from standwith.account.registry.annual import Asked, annual
from standwith.account.registry.record import Episode, Person
from standwith.account.registry.spells import spells_of
from standwith.account.registry.stock import persons_at, persons_during
from standwith.kernel.policy import Purpose, Reader
from standwith.services import moment
from standwith.services.dossiers import Part, parts, whole
from standwith.services.listing import MOST, UnusableQuery
from standwith.services.promotions import STEP
from standwith.services.sight import Sight, looking
from standwith.services.situations import country_name
from standwith.store.models.register import Intake, Pair, RegisteredPerson, Statement

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Vintage:
    """What was known: lists of a day or earlier, as they lay in the registry at a time."""

    known: date
    made: str

    def of(self, sight: Sight, model: type[Any]) -> QuerySet[Any]:
        """Narrow a sight to the vintage."""
        rows = sight.of(model)
        if model is Intake:
            return rows.filter(known__lte=self.known.isoformat(), promoted__lte=self.made)
        if model is Statement:
            until = moment.read(self.made)
            return rows.filter(recorded__lte=self.known.isoformat(), written_at__lte=until)
        return rows


@dataclass(frozen=True, slots=True)
class Held:
    """The cases of a vintage: episodes, persons by the id of who stands for them, their rows.

    ``labels`` are the numbers of the labels of everything that they are told from.
    """

    episodes: tuple[Episode, ...]
    persons: Mapping[str, tuple[Person, ...]]
    rows: Mapping[str, tuple[RegisteredPerson, ...]]
    labels: frozenset[int]


def now_known(known: date | None = None) -> Vintage:
    """The vintage of now, of lists up to a day."""
    return Vintage(known or moment.today(), moment.now().isoformat())


def cases(sight: Sight, vintage: Vintage, *, outward: bool = False) -> Held:
    """Put together all persons of a vintage whom a sight shows, those who are joined as one.

    ``outward`` leaves out statements that are more secret than the person they are about: what
    leaves the house says nothing that not everybody sees who sees the person.
    """
    heads = _heads(sight, vintage)
    groups, labels = defaultdict[UUID, list[Part]](list), set[int]()
    for part in _parts(sight, vintage):
        shown = _open_part(part) if outward else part
        labels |= {one.label_id for one in (part.row, *shown.statements)}
        groups[heads.get(part.row.pk, part.row.pk)].append(shown)
    episodes = list[Episode]()
    persons, kept = dict[str, tuple[Person, ...]](), dict[str, tuple[RegisteredPerson, ...]]()
    for head, group in groups.items():
        found, rows = whole(group)
        if found:
            persons[str(head)], kept[str(head)] = tuple(found), tuple(part.row for part in group)
            episodes += rows  # the first of a group is who stands for it
    return Held(tuple(episodes), persons, kept, frozenset(labels))


def _parts(sight: Sight, vintage: Vintage) -> Iterator[Part]:
    """Put the persons of a vintage together one after the other, the first written first."""
    rows = list(sight.of(RegisteredPerson).select_related("label").order_by("written_at", "id"))
    for at in range(0, len(rows), STEP):
        yield from parts(lambda model: vintage.of(sight, model), rows[at : at + STEP])


def _open_part(part: Part) -> Part:
    """Keep the statements that are no more secret than the person."""
    kept = tuple(one for one in part.statements if one.label_id == part.row.label_id)
    return replace(part, statements=kept)


def _heads(sight: Sight, vintage: Vintage) -> dict[UUID, UUID]:
    """Name who stands for each joined person, by the decisions that stood at the vintage."""
    stands: dict[UUID, UUID] = {}
    written = dict(sight.of(RegisteredPerson).values_list("id", "written_at"))

    def head(key: UUID) -> UUID:
        while key in stands:
            key = stands[key]
        return key

    pairs = sight.of(Pair).exclude(history=[]).order_by("id")
    for one, other, history in pairs.values_list("one", "other", "history"):
        said = [answer for at, answer in history if at <= vintage.made]
        a, b = head(one), head(other)
        if said and said[-1] == "joined" and a != b:
            first, last = sorted((a, b), key=lambda key: (written[key], str(key)))
            stands[last] = first
    return {key: head(key) for key in list(stands)}


@dataclass(frozen=True, slots=True)
class Shown:
    """The figures of a year with the vintage that they are of."""

    year: int
    known: str
    found: Data
    countries: tuple[tuple[str, str], ...]


def read_figures(reader: Reader, query: Mapping[str, str]) -> Shown:
    """Work out the figures of a year from what the reader may see.

    Raises:
        UnusableQuery: the year or the day is none.
    """
    year, known = asked_of(query)
    with looking(reader, Purpose.ACCOUNT) as sight:
        held = cases(sight, now_known(known))
    found = annual(held.episodes, Asked(year, known, query.get("unsure", "") != "out"))
    named = tuple((code, country_name(code)) for code in found["stock"]["countries"])
    return Shown(year, known.isoformat(), found, named)


def asked_of(query: Mapping[str, str]) -> tuple[int, date]:
    """Read year and day of a query; by default the last whole year, as known today.

    Raises:
        UnusableQuery: one of them is none.
    """
    today = moment.today()
    text, day = query.get("year", "").strip(), query.get("known", "").strip()
    try:
        year = int(text) if text else today.year - 1
        known = date.fromisoformat(day) if day else today
    except ValueError as error:
        raise UnusableQuery("write a year as 2024, and a day as 2024-12-31") from error
    if not 1900 <= year <= today.year:
        raise UnusableQuery(f"choose a year from 1900 to {today.year}")
    return year, known


def behind(reader: Reader, query: Mapping[str, str]) -> list[Data]:
    """List the persons behind a figure: held as a ``day`` begins, or on any day of a ``year``.

    Raises:
        UnusableQuery: the query names no figure.
    """
    _, known = asked_of({"known": query.get("known", "")})
    country = query.get("country", "").strip() or None
    unsure = query.get("unsure", "") != "out"
    with looking(reader, Purpose.ACCOUNT) as sight:
        held = cases(sight, now_known(known))
    spells = spells_of(held.episodes, known)
    if query.get("day"):
        found = persons_at(spells, _day(query["day"]), country=country, unsure=unsure)
    else:
        year, _ = asked_of(query)
        found = persons_during(spells, year, unsure=unsure)
    here = {one.person for one in held.episodes if country in {None, one.country}}
    shown = sorted((_case(held.rows[key][0]) for key in found & here), key=_order)
    return shown[:MOST]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UnusableQuery("write a day as 2024-12-01") from error


def _case(row: RegisteredPerson) -> Data:
    return {"id": str(row.pk), "name": row.name, "country": row.country, "source": row.source}


def _order(row: Data) -> tuple[str, str]:
    return row["name"], row["id"]
