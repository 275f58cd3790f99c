"""Promotion: the rows of a staged list become persons of the registry, and can be taken back.

A person is what the promoted lists of the line, and editors, say; so taking a list back leaves
everything as it was before. Nobody is joined with anybody by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from standwith.account.registry.case import stands
from standwith.account.registry.record import Person
from standwith.kernel.policy import Label, Purpose, Reader
from standwith.services import moment, terms
from standwith.services.batches import Batch
from standwith.services.change import Change, changing
from standwith.services.dossiers import Of, Part, joined, parts, survivor
from standwith.services.invalid import Invalid
from standwith.services.labels import label_of
from standwith.services.sight import Sight
from standwith.store.models.labelled import Labelled
from standwith.store.models.policy import Label as LabelRow
from standwith.store.models.register import (
    Intake,
    Measure,
    Observation,
    Pair,
    Recognition,
    RegisteredPerson,
    Relation,
    Statement,
)

STEP = 500
SHOWN = ("name", "country", "status", "since")


def promote_list(reader: Reader, identifier: str, reason: str = "") -> int:
    """Promote a staged list; return how many persons are new.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such list.
        Invalid: it is promoted already, or a gate stops it and no reason is given.
    """
    with changing(reader, Purpose.ACCOUNT, "registry.promote") as change:
        intake = change.sight.one(Intake, identifier)
        _check(intake, reason)
        if intake.receipt["stopped"]:
            intake.receipt = intake.receipt | {"anyway": reason.strip()}
        intake.state, intake.promoted = "promoted", moment.now().isoformat()
        change.amend(intake, "promoted")
        batch = Batch(change)
        old = list(_of_line(change.sight, intake))
        new = _newcomers(change.sight, intake, {row.key for row in old})
        for row, rows in new:
            _write(change.sight, batch, [intake, row], rows)
        refresh(change.sight, batch, old)
        batch.close()
    return sum(len(rows) for _, rows in new)


def _check(intake: Intake, reason: str) -> None:
    if intake.state == "promoted":
        raise Invalid({"reason": ["this list is in the registry already"]})
    if intake.state == "arriving":
        raise Invalid({"reason": ["this list is still arriving; bring the rest of it in first"]})
    if intake.receipt["stopped"] and len(reason.strip()) < 10:
        failed = [gate for gate in intake.receipt["gates"] if not gate["passed"]]
        told = "; ".join(f"{gate['id']}: {gate['detail']}" for gate in failed)
        raise Invalid({"reason": [f"{told}. To go on all the same, say why in a sentence"]})


def _of_line(sight: Sight, intake: Intake) -> Iterator[RegisteredPerson]:
    rows = sight.of(RegisteredPerson).filter(line=intake.line)
    return rows.select_related("label", "own_label").iterator(2000)


Newcomers = list[tuple[Observation, list[RegisteredPerson]]]


def _newcomers(sight: Sight, intake: Intake, known: set[str]) -> Newcomers:
    """Make a person of each row that tells of a new one; by label, each with one of its rows."""
    found: dict[int, tuple[Observation, list[RegisteredPerson]]] = {}
    rows = sight.of(Observation).filter(intake=intake, reason="").order_by("row")
    for one in rows.select_related("label").iterator(2000):
        if one.key not in known:
            new = RegisteredPerson(
                intake=intake, line=intake.line, key=one.key, source=intake.source
            )
            found.setdefault(one.label_id, (one, []))[1].append(new)
    return list(found.values())


def _write(
    sight: Sight,
    batch: Batch,
    told: Sequence[Labelled],
    rows: Sequence[RegisteredPerson],
) -> None:
    own = label_of(told[0].own_label)
    for step in steps(rows):
        names = {part.row.pk: _show(part) for part in parts(sight.of, step)}
        batch.add(step, own, told)
        terms.index_many((row, names[row.pk]) for row in step)


def refresh(sight: Sight, batch: Batch, rows: Sequence[RegisteredPerson]) -> None:
    """Read anew what the columns of persons show, and write those that changed.

    Only rows are used that whoever sees the person sees as well.
    """
    for label in {row.label_id: row.label for row in rows}.values():
        of = below(sight, label_of(label))
        mine = [row for row in rows if row.label_id == label.pk]
        for step in steps(mine):
            _read_anew(of, batch, step)


def _read_anew(of: Of, batch: Batch, step: Sequence[RegisteredPerson]) -> None:
    before = {row.pk: _columns(row) for row in step}
    names = {part.row.pk: _show(part) for part in parts(of, step)}
    lost = _lost(of, step)
    for row in step:
        row.status = "joined" if row.pk in lost else row.status
    changed = [row for row in step if _columns(row) != before[row.pk]]
    batch.amend(changed, SHOWN)
    terms.index_many((row, names[row.pk]) for row in changed)


def steps(rows: Sequence[RegisteredPerson]) -> Iterator[Sequence[RegisteredPerson]]:
    """Give rows in parts of a size that one query can ask for."""
    return (rows[at : at + STEP] for at in range(0, len(rows), STEP))


def _columns(row: RegisteredPerson) -> tuple[str, ...]:
    return row.name, row.country, row.status, row.since


def below(sight: Sight, label: Label) -> Of:
    """Narrow a sight to what everybody sees who sees this label."""
    held = LabelRow.objects.filter(pk__in=sight.labels)
    kept = frozenset(row.pk for row in held if label_of(row) | label == label)
    return Sight(sight.reader, sight.purpose, kept).of


def _show(part: Part) -> list[str]:
    """Set the columns of a person from the records; return all spellings of the name."""
    person, episodes = part.tell()
    names = _names(person)
    found = stands(episodes, moment.today())
    part.row.name = (names or [part.row.key])[0][:300]
    part.row.status, part.row.since = found.status, found.since
    part.row.country = found.country or part.row.country or part.row.intake.country
    return names


def _names(person: Person | None) -> list[str]:
    return [] if person is None else [name.text for name in person.names if name.text]


def _lost(of: Of, rows: Sequence[RegisteredPerson]) -> set[UUID]:
    """Name those of some persons for whom another person stands."""
    keys = {row.pk: row for row in rows}
    pairs = of(Pair).filter(Q(one__in=keys) | Q(other__in=keys), state="joined")
    ends = {end for pair in pairs for end in (pair.one_id, pair.other_id)} & keys.keys()
    return {key for key in ends if survivor(joined(of, keys[key])[0]).pk != key}


def withdraw_list(reader: Reader, identifier: str, reason: str) -> int:
    """Take a list back: persons whom only it named go; return how many.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such list.
        Invalid: people have worked on what would go, or no reason is given.
    """
    with changing(reader, Purpose.ACCOUNT, "registry.promote") as change:
        intake = change.sight.one(Intake, identifier)
        if intake.state == "withdrawn" or len(reason.strip()) < 5:
            raise Invalid({"reason": ["say in a few words why; a list is taken back once"]})
        promoted = intake.state == "promoted"
        intake.state = "withdrawn"
        intake.receipt = intake.receipt | {"withdrawn": reason.strip()}
        change.amend(intake, "taken-back")
        return _take_back(change, intake) if promoted else 0


def _take_back(change: Change, intake: Intake) -> int:
    batch = Batch(change)
    stay, go = list[RegisteredPerson](), list[RegisteredPerson]()
    lists = change.sight.of(Intake).filter(line=intake.line, state="promoted")
    named = change.sight.of(Observation).filter(intake__in=lists, reason="")
    keys = dict(named.order_by("row").values_list("key", "intake_id"))
    for row in _of_line(change.sight, intake):
        (stay if row.key in keys else go).append(row)
    _check_work(change.sight, go)
    for step in steps(go):
        batch.remove(list(change.sight.of(Pair).filter(Q(one__in=step) | Q(other__in=step))))
    for row in go:
        terms.forget(row.pk)
    batch.remove(go)
    moved = [row for row in stay if row.intake_id == intake.pk]
    for row in moved:
        row.intake_id = keys[row.key]
    batch.amend(moved, ["intake"])
    refresh(change.sight, batch, stay)
    batch.close()
    return len(go)


_WORK: tuple[type[Any], ...] = (Statement, Measure, Recognition)


def _check_work(sight: Sight, go: Sequence[RegisteredPerson]) -> None:
    """Stop where the work of people would be lost."""
    number = sum(bool(row.published) for row in go)
    for step in steps(go):
        related = sight.of(Relation).filter(Q(one__in=step) | Q(other__in=step))
        decided = sight.of(Pair).filter(Q(one__in=step) | Q(other__in=step)).exclude(state="open")
        number += decided.count() + related.count()
        number += sum(sight.of(model).filter(person__in=step).count() for model in _WORK)
    if number:
        told = f"{number} statements, measures, relations, decisions or publications"
        raise Invalid({"reason": [f"{told} rest on persons of it; take those back first"]})
