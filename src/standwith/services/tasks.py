"""Tasks: who does what by when; boards, calendars, my week; comments and what is attached."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from standwith.kernel.policy import Label, Purpose, Reader
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import moment, terms
from standwith.services.audience import audience
from standwith.services.change import changing
from standwith.services.invalid import Invalid
from standwith.services.labels import LEVELS, label_of
from standwith.services.listing import Listing, Spec, all_rows, list_rows
from standwith.services.media import detect
from standwith.services.people import PersonRow, colleagues
from standwith.services.roles import permit
from standwith.services.sight import Sight, as_uuid, looking
from standwith.store.models.case import Situation
from standwith.store.models.people import Person
from standwith.store.models.work import Attachment, Comment, Decision, Task

Data = dict[str, Any]
STATES = ("todo", "doing", "done", "dropped")
LARGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class NewTask:
    """What is to be done; empty texts where something is not known yet."""

    title: str
    detail: str
    assignee: str
    due: str
    sensitivity: str
    decision: str = ""


def _show(row: Task) -> Data:
    return {
        "id": str(row.pk),
        "situation": str(row.situation_id),
        "case": row.situation.slug,
        "title": row.title,
        "detail": row.detail,
        "assignee": row.assignee.name if row.assignee else None,
        "institution": row.institution.name if row.institution else None,
        "due": row.due or None,
        "state": row.state,
        "tlp": LEVELS[row.label.level].value,
        "version": row.version,
    }


def _holding(text: str) -> Q:
    condition = Q()
    for word in text.replace("\0", "").split()[:6]:
        condition &= Q(title__icontains=word)
    return condition


SPEC: Spec[Task] = Spec(
    order=("due", "id"),
    facets={"state": "State", "institution__name": "Institution", "assignee__name": "Person"},
    show=_show,
    related=("label", "situation", "assignee", "institution"),
    labels=lambda name, value: "nobody yet" if value == "None" else value,  # noqa: ARG005 - one rule for all facets
)


def list_tasks(reader: Reader, query: Mapping[str, str]) -> Listing:
    """List the tasks that the reader may see."""
    with looking(reader, Purpose.ACT) as sight:
        return list_rows(sight.of(Task).filter(_holding(query.get("q", ""))), SPEC, query)


def export_tasks(reader: Reader, query: Mapping[str, str]) -> list[Data]:
    """Return all tasks of a query."""
    with looking(reader, Purpose.ACT) as sight:
        rows = sight.of(Task).filter(_holding(query.get("q", "")))
        return list(all_rows(rows, SPEC, query))


def board(reader: Reader) -> dict[str, list[Data]]:
    """Return the tasks by state, at most a hundred of each, soonest first."""
    with looking(reader, Purpose.ACT) as sight:
        rows = sight.of(Task).select_related(*SPEC.related).order_by("due", "id")
        return {state: [_show(row) for row in rows.filter(state=state)[:100]] for state in STATES}


def my_week(reader: Reader) -> list[Data]:
    """Return what the reader or the institution does in the next seven days, or is late."""
    last = (moment.today() + timedelta(days=7)).isoformat()
    with looking(reader, Purpose.ACT) as sight:
        rows = _mine(sight, reader).filter(state__in=["todo", "doing"], due__lte=last)
        return [_show(row) for row in rows.order_by("due", "id")]


def dated(sight: Sight, reader: Reader) -> list[Data]:
    """Return the reader's tasks that have a day."""
    return [_show(row) for row in _mine(sight, reader).exclude(due="").order_by("due", "id")]


def _mine(sight: Sight, reader: Reader) -> Any:  # noqa: ANN401 - a queryset of tasks
    rows = sight.of(Task).select_related(*SPEC.related)
    mine = rows.filter(assignee=as_uuid(reader.id))
    return mine | rows.filter(assignee=None, institution_id=reader.organisation)


def read_task(reader: Reader, identifier: str) -> Data:
    """Return a task with comments and attachments.

    Raises:
        NothingThere: there is none for this reader.
    """
    with looking(reader, Purpose.ACT) as sight:
        row = sight.of(Task).select_related(*SPEC.related).get(pk=sight.one(Task, identifier).pk)
        comments = sight.of(Comment).filter(task=row).select_related("author")
        files = sight.of(Attachment).filter(task=row).select_related("author")
        seen = sight.of(Decision).filter(pk=row.decision_id or row.pk).exists()
        return _show(row) | {
            "decision": str(row.decision_id) if seen else None,
            "who": audience(row, Purpose.ACT),
            "assignee_id": str(row.assignee_id) if row.assignee_id else "",
            "comments": [_said(item) for item in comments.order_by("written_at", "id")],
            "attachments": [_attached(item) for item in files.order_by("written_at", "id")],
        }


def _said(row: Comment) -> Data:
    return {
        "by": row.author.name,
        "at": row.written_at.isoformat(timespec="minutes"),
        "text": row.text,
    }


def _attached(row: Attachment) -> Data:
    names = ("name", "media_type", "size", "sha256", "place")
    return {name: getattr(row, name) for name in names} | {"by": row.author.name}


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a form for a new task needs: the situation, and who can be named."""

    situation: str
    title: Any
    people: list[PersonRow]


def prepare(reader: Reader, situation: str) -> Prepared:
    """Return what a form for a new task needs.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such situation.
    """
    permit(reader, "task.assign")
    with looking(reader, Purpose.ACT) as sight:
        row = sight.one(Situation, situation)
        return Prepared(str(row.pk), row.title, colleagues())


def assign(reader: Reader, situation: str, new: NewTask) -> str:
    """Make a task; return its id.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such situation or decision.
        Invalid: with the problems of each field.
    """
    with changing(reader, Purpose.ACT, "task.assign") as change:
        head = change.sight.one(Situation, situation)
        person = _checked(new)
        decision = change.sight.one(Decision, new.decision) if new.decision else None
        row = Task(
            situation=head,
            decision=decision,
            title=new.title.strip(),
            detail=new.detail.strip(),
            assignee=person,
            institution=person.institution if person else None,
            due=new.due,
            author=Person.objects.get(pk=reader.id),
        )
        own = Label(label_of(head.label).compartments, Sensitivity(new.sensitivity))
        change.add(row, own=own, below=[head])
        terms.index(row, [row.title])
    return str(row.pk)


def _checked(new: NewTask) -> Person | None:
    problems: dict[str, list[str]] = {}
    if not 3 <= len(new.title.strip()) <= 200:
        problems["title"] = ["say in 3 to 200 letters what is to be done"]
    if len(new.detail) > 4000:
        problems["detail"] = ["at most 4,000 letters; attach what is longer"]
    if new.due and not is_day(new.due):
        problems["due"] = ["write the day as 2020-08-18"]
    if new.sensitivity not in {level.value for level in LEVELS}:
        problems["sensitivity"] = ["choose a level of the Traffic Light Protocol"]
    person = None
    if new.assignee:
        rows = Person.objects.select_related("institution").filter(is_active=True)
        person = rows.filter(pk=as_uuid(new.assignee)).first()
        if person is None:
            problems["assignee"] = ["there is no such person; choose one from the list"]
    if problems:
        raise Invalid(problems)
    return person


def is_day(text: str) -> bool:
    """Whether a text is a day."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def move(reader: Reader, identifier: str, state: str, *, seen: int) -> None:
    """Set the state of a task that the reader saw in a version.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such task.
        ChangedMeanwhile: somebody else changed it; Invalid: there is no such state.
    """
    if state not in STATES:
        raise Invalid({"state": [f"choose one of {', '.join(STATES)}"]})
    with changing(reader, Purpose.ACT, "task.move") as change:
        row = change.sight.one(Task, identifier)
        row.state = state
        change.amend(row, "moved", seen=seen)


def comment(reader: Reader, identifier: str, text: str) -> None:
    """Say something on a task.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such task.
        Invalid: nothing is said, or too much.
    """
    if not 1 <= len(text.strip()) <= 4000:
        raise Invalid({"text": ["write 1 to 4,000 letters"]})
    with changing(reader, Purpose.ACT, "task.comment") as change:
        task = change.sight.one(Task, identifier)
        author = Person.objects.get(pk=reader.id)
        row = Comment(task=task, text=text.strip(), author=author)
        change.add(row, own=label_of(task.own_label), below=[task])


def attach(reader: Reader, identifier: str, name: str, raw: bytes, place: str) -> None:
    """Note what is known of a file: name, kind, size, hash, and where it is kept.

    The file itself is not kept: the workspace is no store of evidence.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such task.
        Invalid: it is empty or too large, or its name is no name.
    """
    problems: dict[str, list[str]] = {}
    if not 0 < len(raw) <= LARGEST:
        problems["file"] = [
            f"a file of 1 to {LARGEST // 1_000_000} MB; describe larger ones by hash"
        ]
    if not name.strip() or len(name) > 200 or set(name) & set("/\\\0\n\r"):
        problems["name"] = ["the name of the file holds a slash or is too long; rename it"]
    if not 1 <= len(place.strip()) <= 300:
        problems["place"] = ["say where the file is kept, so that others find it"]
    if problems:
        raise Invalid(problems)
    with changing(reader, Purpose.ACT, "task.attach") as change:
        task = change.sight.one(Task, identifier)
        row = Attachment(
            task=task,
            name=name.strip(),
            media_type=detect(raw),
            size=len(raw),
            sha256=hashlib.sha256(raw).hexdigest(),
            place=place.strip(),
            author=Person.objects.get(pk=reader.id),
        )
        change.add(row, own=label_of(task.own_label), below=[task])
