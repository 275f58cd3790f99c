"""Emergency help and relocation: cases in their own compartment, step by step, with their times.

The registry sees nothing of a case. Whether the same person asks twice is told by a keyed hash of
name and birth, which nobody can turn back.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standwith.act.protection.help import (
    KINDS,
    STEPS,
    Expiry,
    Pace,
    Taken,
    UnusableStep,
    check,
    expiries,
    late,
    pace,
    state_of,
)
from standwith.kernel.policy import Purpose, Reader
from standwith.services import moment
from standwith.services.audience import audience
from standwith.services.cases import Marking
from standwith.services.change import changing
from standwith.services.invalid import Invalid
from standwith.services.labels import LEVELS
from standwith.services.listing import Listing, Spec, all_rows, list_rows
from standwith.services.place import keys
from standwith.services.sight import Sight, looking
from standwith.services.terms import fold
from standwith.store.models.people import Person
from standwith.store.models.register import Help

Data = dict[str, Any]
PACES = (("received", "decided"), ("received", "paid"), ("received", "acknowledged"))
EXPIRE = ("visa", "housing", "stipend", "insurance")


@dataclass(frozen=True, slots=True)
class Intake:
    """What opens a case; name and birth are kept as a keyed hash alone."""

    title: str
    kind: str
    name: str
    born: str
    need: str


def open_help(reader: Reader, asked: Intake, marking: Marking) -> str:
    """Open a case of help; return its id.

    Raises:
        NotAllowed, NothingThere: the reader may not.
        Invalid: with the problems of each field.
    """
    wrong = {name: ["this is needed"] for name in ("title", "name", "need")
             if not getattr(asked, name).strip()}  # fmt: skip
    if asked.kind not in KINDS:
        wrong["kind"] = [f"choose {' or '.join(KINDS)}"]
    if wrong:
        raise Invalid(wrong)
    with changing(reader, Purpose.ACT, "help.keep") as change:
        row = Help(
            title=asked.title.strip(),
            kind=asked.kind,
            received=moment.today().isoformat(),
            body={"need": asked.need.strip()},
            history=[["received", moment.now().isoformat(), reader.id]],
            mark=_mark(asked.name, asked.born),
            author=Person.objects.get(pk=reader.id),
        )
        change.add(row, own=marking.label())
    return str(row.pk)


def _mark(name: str, born: str) -> str:
    """Hash name and birth with the key of this house, words in any order."""
    said = " ".join(sorted(fold(name))) + "|" + born.strip()
    key = keys().pseudonym("help", said)
    return hmac.new(key.encode(), said.encode(), hashlib.sha256).hexdigest()


def take_step(
    reader: Reader, identifier: str, step: str, given: Mapping[str, str], *, seen: int
) -> None:
    """Take the next step of a case; a decision is taken when a second person took it too.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such case.
        Invalid: the step is not the next, or lacks what it needs.
        ChangedMeanwhile: somebody else changed the case.
    """
    with changing(reader, Purpose.ACT, "help.keep") as change:
        row = change.sight.one(Help, identifier)
        body = row.body | {name: text for name, text in given.items() if text.strip()}
        try:
            done = check(step, _history(row), body, reader.id)
        except UnusableStep as error:
            raise Invalid({error.field: [str(error)]}) from error
        named = step if done else "decision_proposed"
        row.history = [*row.history, [named, moment.now().isoformat(), reader.id]]
        row.body = body
        row.state = state_of(_history(row))
        row.priority = str(body.get("priority", ""))
        change.amend(row, "step", seen=seen)


def set_expiry(reader: Reader, identifier: str, what: str, day: str, *, seen: int) -> None:
    """Note when a visa, housing, stipend or insurance expires.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such case.
        Invalid, ChangedMeanwhile: it is none of these or no day, or somebody changed the case.
    """
    with changing(reader, Purpose.ACT, "help.keep") as change:
        row = change.sight.one(Help, identifier)
        held = dict(row.body.get("expiries", {})) | {what: day}
        try:
            expiries(held, moment.today())
        except ValueError as error:
            raise Invalid({"day": ["write a day as 2025-03-31"]}) from error
        if what not in EXPIRE:
            raise Invalid({"what": [f"choose {', '.join(EXPIRE)}"]})
        row.body = row.body | {"expiries": held}
        change.amend(row, "expiry", seen=seen)


def _history(row: Help) -> list[Taken]:
    return [Taken(*one) for one in row.history]


def _show(row: Help) -> Data:
    history = _history(row)
    return {
        "id": str(row.pk),
        "title": row.title,
        "kind": row.kind,
        "priority": row.priority,
        "state": row.state,
        "received": row.received,
        "late": late(history, row.priority, moment.now()),
        "warnings": [f"{one.what}: {one.left}" for one in _expiries(row) if one.warning],
        "tlp": LEVELS[row.label.level].value,
    }


def _expiries(row: Help) -> tuple[Expiry, ...]:
    return expiries(row.body.get("expiries", {}), moment.today())


SPEC: Spec[Help] = Spec(
    order=("priority", "received", "id"),
    facets={"state": "State", "kind": "Kind", "priority": "Priority"},
    show=_show,
    related=("label",),
)


@dataclass(frozen=True, slots=True)
class Board:
    """The cases of help with how long they take."""

    listing: Listing
    paces: tuple[Pace, ...]


def list_help(reader: Reader, query: Mapping[str, str]) -> Board:
    """List cases of help, and measure their times."""
    with looking(reader, Purpose.ACT) as sight:
        found = sight.of(Help).filter(title__icontains=query.get("q", "").strip())
        told = [_history(row) for row in sight.of(Help)]
        paces = tuple(pace(told, *ends) for ends in PACES)
        return Board(list_rows(found, SPEC, query), paces)


def export_help(reader: Reader, query: Mapping[str, str]) -> list[Data]:
    """Return all cases of a query, without what was asked for."""
    with looking(reader, Purpose.ACT) as sight:
        found = sight.of(Help).filter(title__icontains=query.get("q", "").strip())
        return list(all_rows(found, SPEC, query))


@dataclass(frozen=True, slots=True)
class Shown:
    """A case of help with its steps, what expires, and whether the same person asked before."""

    head: Data
    body: Data
    steps: tuple[Data, ...]
    following: str
    expiries: tuple[Expiry, ...]
    again: int
    version: int
    who: Any


def read_help(reader: Reader, identifier: str) -> Shown:
    """Return one case of help.

    Raises:
        NothingThere: there is none for this reader.
    """
    with looking(reader, Purpose.ACT) as sight:
        row = sight.one(Help, identifier)
        history = _history(row)
        last = state_of(history)
        following = "" if last == STEPS[-1] else STEPS[STEPS.index(last) + 1]
        return Shown(
            _show(row),
            {name: text for name, text in row.body.items() if name != "expiries"},
            tuple(_steps(sight, history)),
            following,
            _expiries(row),
            sight.of(Help).filter(mark=row.mark).exclude(pk=row.pk).count(),
            row.version,
            audience(row, Purpose.ACT),
        )


def _steps(sight: Sight, history: Sequence[Taken]) -> list[Data]:
    names = dict(
        Person.objects.filter(pk__in=[one.by for one in history]).values_list("id", "name")
    )
    known = {str(key): name for key, name in names.items()}
    shown = known if sight.reader.home else {}
    return [{"step": one.step, "at": one.at[:16], "by": shown.get(one.by, "")} for one in history]
