"""What rests on what, and how a changed label reaches everything that rests on the record.

A label is the join of what its row derives from. When one changes, the labels below are joined
anew: rows that point to it, what names it as its organisation, and, upwards only, the assessments
and decisions that could have used it. The writer need not see them; they are relabelled unseen.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Field, Q, QuerySet

from standwith.kernel.policy import Label, join
from standwith.services import terms
from standwith.services.change import Change
from standwith.services.labels import label_of, label_row
from standwith.store.models.case import Claim, Note, Organisation, Request, Situation
from standwith.store.models.labelled import Labelled
from standwith.store.models.register import Observation, Pair, RegisteredPerson
from standwith.store.models.work import Assessment, Decision

_USED_BY = (Assessment, Decision)  # their own label is the join of what they were worked out from


def relabel(change: Change, row: Labelled, own: Label, verb: str) -> int:
    """Give a row a new label of its own, and join anew what rests on it; return how many changed.

    Must run where the whole database is seen.
    """
    before = label_of(row.label)
    row.own_label = label_row(own)
    _join_anew(change, row, verb, always=True)
    after, changed = label_of(row.label), 1
    waiting, met = deque(dependants(row)), {row.pk}
    while waiting:
        item = waiting.popleft()
        if item.pk not in met and _join_anew(change, item, "relabelled"):
            met.add(item.pk)
            changed += 1
            waiting.extend(dependants(item))
    return changed + _raise_what_used(change, row, before, after)


def _join_anew(change: Change, row: Labelled, verb: str, *, always: bool = False) -> bool:
    label = join((label_of(row.own_label), *(label_of(item.label) for item in parents(row))))
    if isinstance(row, _USED_BY):
        label = label | label_of(row.label)
    if label == label_of(row.label) and not always:
        return False
    row.label = label_row(label)
    change.amend(row, verb)
    terms.relabel(row)
    return True


def _raise_what_used(change: Change, row: Labelled, before: Label, after: Label) -> int:
    """Raise what was worked out from the row while it was visible to who worked it out."""
    head = row if isinstance(row, Situation) else getattr(row, "situation", None)
    if head is None or isinstance(row, _USED_BY) or after | before == before:
        return 0
    changed = 0
    for model in _USED_BY:
        for item in _whole(model).filter(situation=head):
            held = label_of(item.label)
            if held | before == held and held | after != held:
                item.own_label = label_row(label_of(item.own_label) | after)
                item.label = label_row(held | after)
                change.amend(item, "relabelled")
                changed += 1
    return changed


def parents(row: Labelled) -> Iterator[Labelled]:
    """Give what a row derives from."""
    for field in _pointers(type(row)):
        held = getattr(row, field.name)
        if held is not None:
            yield held
    for key in _parties(row):
        yield from _whole(Organisation).filter(situation_id=vars(row)["situation_id"], key=key)
    if isinstance(row, RegisteredPerson):
        yield from _whole(Observation).filter(line=row.line, key=row.key, reason="")
        yield from _joins(row)


def _joins(row: RegisteredPerson) -> QuerySet[Any]:
    """Ask for what joins a person with others: whoever sees one of them sees all."""
    return _whole(Pair).filter(Q(one=row.pk) | Q(other=row.pk), state="joined")


def _parties(row: Labelled) -> list[str]:
    if isinstance(row, Claim):
        return [row.subject]
    if isinstance(row, Request):
        return [row.organisation]
    if isinstance(row, Note):
        return [str(row.body[name]) for name in ("from", "to") if name in row.body]
    return []


def dependants(row: Labelled) -> Iterator[Labelled]:
    """Give what derives from a row, one step down."""
    for model in _content():
        for field in _pointers(model):
            if field.related_model is type(row):
                yield from _whole(model).filter(**{field.name: row.pk})
    if isinstance(row, Observation):
        yield from _whole(RegisteredPerson).filter(line=row.line, key=row.key)
    if isinstance(row, Pair) and row.state == "joined":
        yield from _whole(RegisteredPerson).filter(pk__in=[row.one_id, row.other_id])
    if isinstance(row, Organisation):
        within = {"situation": row.situation_id}
        yield from _whole(Claim).filter(subject=row.key, **within)
        yield from _whole(Request).filter(organisation=row.key, **within)
        for note in _whole(Note).filter(**within):
            if row.key in _parties(note):
                yield note


def _content() -> list[type[Labelled]]:
    return [m for m in apps.get_app_config("store").get_models() if issubclass(m, Labelled)]


def _pointers(model: type[Labelled]) -> list[Field[Any, Any]]:
    """List the columns by which rows of a kind derive from others; a correction does not."""
    found = model._meta.concrete_fields  # noqa: SLF001 - Django's documented API of models
    return [
        field
        for field in found
        if isinstance(field.related_model, type)
        and issubclass(field.related_model, Labelled)
        and field.related_model is not model
    ]


def _whole(model: type[Labelled]) -> QuerySet[Any]:
    return model.unguarded.select_related("label", "own_label")


def row_of(record: UUID) -> Labelled | None:
    """Return any row of content by its id, seen or not."""
    rows = (_whole(model).filter(pk=record).first() for model in _content())
    return next((row for row in rows if row is not None), None)
