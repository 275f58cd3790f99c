"""A registered person put together from what a reader may see: lists, statements, joins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from standwith.account.registry.case import Listed, added, together, told
from standwith.account.registry.record import Episode, Person, StatusEvent
from standwith.account.registry.vocabulary import Status
from standwith.kernel.period import parse_period
from standwith.store.models.register import (
    Intake,
    Observation,
    Pair,
    RegisteredPerson,
    Statement,
)
from standwith.store.repos import register as repo

EVENTS = frozenset(status.value for status in Status)
Of = Callable[[type[Any]], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """One registered person: the row, what lists tell, what editors add."""

    row: RegisteredPerson
    lists: tuple[Listed, ...]
    rows: tuple[Observation, ...]
    statements: tuple[Statement, ...]

    def tell(self) -> tuple[Person | None, tuple[Episode, ...]]:
        """Tell the person and the episodes; None where no list may be seen."""
        if not any(one.observation for one in self.lists):
            return None, ()
        person, episodes = told(self.row.source, self.lists)
        return person, added(episodes, map(event_of, self.events()))

    def events(self) -> Iterator[Statement]:
        """Give what editors add of the course of custody."""
        return (one for one in self.statements if one.field in EVENTS)


def event_of(one: Statement) -> StatusEvent:
    """Read the event that an editor added."""
    when, known = parse_period(one.valid), date.fromisoformat(one.recorded)
    return StatusEvent(
        str(one.pk), Status(one.field), when, known, (one.cited,), supersedes=one.supersedes
    )


def parts(of: Of, people: Iterable[RegisteredPerson]) -> list[Part]:
    """Put persons of any lines together; ``of`` says which rows of a model may be used."""
    held = list(people)
    lists = _lists(of, {row.line for row in held})
    named = _observations(of, held)
    added_to = defaultdict[UUID, list[Statement]](list)
    for one in of(Statement).filter(person__in=[row.pk for row in held]).order_by("recorded", "id"):
        added_to[one.person_id].append(one)
    return [_part(row, lists[row.line], named, tuple(added_to[row.pk])) for row in held]


def _part(
    row: RegisteredPerson,
    lists: Sequence[Intake],
    named: dict[tuple[UUID, str], dict[UUID, Observation]],
    statements: tuple[Statement, ...],
) -> Part:
    mine = named.get((row.line, row.key), {})
    listed = tuple(
        Listed(
            date.fromisoformat(one.known),
            one.country,
            repo.observation_of(mine[one.pk]) if one.pk in mine else None,
        )
        for one in lists
    )
    return Part(row, listed, tuple(mine[one.pk] for one in lists if one.pk in mine), statements)


def _lists(of: Of, lines: set[UUID]) -> dict[UUID, list[Intake]]:
    found: dict[UUID, list[Intake]] = {line: [] for line in lines}
    for row in of(Intake).filter(line__in=lines, state="promoted").order_by("known", "id"):
        found[row.line].append(row)
    return found


def _observations(
    of: Of, held: Sequence[RegisteredPerson]
) -> dict[tuple[UUID, str], dict[UUID, Observation]]:
    keys = defaultdict[UUID, list[str]](list)
    for row in held:
        keys[row.line].append(row.key)
    found = defaultdict[tuple[UUID, str], dict[UUID, Observation]](dict)
    for line, mine in keys.items():
        rows = of(Observation).filter(line=line, key__in=mine, reason="")
        for one in rows.filter(intake__state="promoted"):
            found[line, one.key][one.intake_id] = one
    return found


def joined(of: Of, row: RegisteredPerson) -> tuple[list[RegisteredPerson], list[Pair]]:
    """Return all persons who are one with a person, the person first, and what joins them."""
    found, pairs, waiting = {row.pk: row}, dict[UUID, Pair](), [row.pk]
    while waiting:
        asked = Q(one__in=waiting) | Q(other__in=waiting)
        for pair in of(Pair).filter(asked, state="joined"):
            pairs[pair.pk] = pair
        ends = {end for pair in pairs.values() for end in (pair.one_id, pair.other_id)}
        # One by one: asked for many ids at once, a database may go through every row of a label.
        asked_for = (of(RegisteredPerson).filter(pk=key).first() for key in ends - found.keys())
        fresh = {one.pk: one for one in asked_for if one is not None}
        found |= fresh
        waiting = list(fresh)
    rest = sorted((one for key, one in found.items() if key != row.pk), key=_age)
    return [row, *rest], sorted(pairs.values(), key=lambda one: str(one.pk))


def survivor(group: Iterable[RegisteredPerson]) -> RegisteredPerson:
    """Return who stands for persons that are one: who was written first."""
    return min(group, key=_age)


def _age(row: RegisteredPerson) -> tuple[Any, str]:
    return row.written_at, str(row.pk)


def whole(group: Sequence[Part]) -> tuple[list[Person], tuple[Episode, ...]]:
    """Tell a group of joined persons as one case, under the id of the first."""
    told_of = [part.tell() for part in group]
    episodes = together(str(group[0].row.pk), [rows for _, rows in told_of])
    return [person for person, _ in told_of if person is not None], episodes
