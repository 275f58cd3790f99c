"""Staging: a list is kept row by row as it came, with every cell; nobody is registered by that.

A page hands in a list that comes whole or not at all. A large list is brought in from the host in
steps, each of them logged; what was interrupted goes on with the same file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from standwith.account.registry.intake import Limits, difference, gates, receipt, texts_of
from standwith.account.registry.mapping import UnusableRegister, propose, read_map, write_map
from standwith.account.registry.staging import Staged, stage
from standwith.ingest.register import read_bytes
from standwith.ingest.sheet import Sheet
from standwith.kernel.place import place
from standwith.kernel.policy import Label, Purpose, Reader
from standwith.services import moment
from standwith.services.batches import Batch
from standwith.services.cases import Marking
from standwith.services.change import Change, changing
from standwith.services.invalid import Invalid
from standwith.services.labels import label_of
from standwith.services.roles import permit
from standwith.services.sight import Sight
from standwith.store.models.people import Person
from standwith.store.models.register import Intake, Observation
from standwith.store.repos import register as repo

Data = dict[str, Any]
ARRIVING, STAGED = "arriving", "staged"
STEP = 5000


@dataclass(frozen=True, slots=True)
class Offered:
    """A list as it is handed in; ``mapping`` was saved before, ``claimed`` is its own total."""

    source: str
    country: str
    known: str
    file: str
    data: bytes = field(repr=False)
    encoding: str = ""
    mapping: str = ""
    claimed: int | None = None


def stage_list(reader: Reader, offered: Offered, marking: Marking) -> str:
    """Stage a list: every row is kept as it came; nobody is in the registry by that.

    Raises:
        NotAllowed, NothingThere: the reader may not, or could not read it afterwards.
        Invalid: with the problems of each field; then nothing is kept.
    """
    staged = _staged(reader, offered)
    with changing(reader, Purpose.ACCOUNT, "registry.import") as change:
        _new(change.sight, offered, marking.label())
        row = _enter(change, offered, staged, marking.label(), STAGED)
        _keep(change, row, _rows(staged, row, 0, staged.rows))
    return str(row.pk)


Told = Callable[[int, int], None]


def bring_list(
    reader: Reader, offered: Offered, marking: Marking, told: Told, step: int = STEP
) -> str:
    """Stage a large list in steps; one that was interrupted goes on where it stopped.

    ``told`` hears after each step how many rows are in, and of how many.

    Raises:
        NotAllowed, NothingThere: the reader may not, or could not read it afterwards.
        Invalid: with the problems of each field.
    """
    staged = _staged(reader, offered)
    if not staged.rows:
        raise Invalid({"file": ["there is no row in it"]})
    with changing(reader, Purpose.ACCOUNT, "registry.import") as change:
        key = _begun(change, offered, staged, marking.label()).pk
    done, total = 0, staged.rows
    while done < total:
        with changing(reader, Purpose.ACCOUNT, "registry.import") as change:
            done = _advance(change, change.sight.one(Intake, key), staged, step)
        told(done, total)
    return str(key)


def _begun(change: Change, offered: Offered, staged: Staged, own: Label) -> Intake:
    """Find the list where it is arriving already, or enter it."""
    same = change.sight.of(Intake).filter(
        source=offered.source, known=offered.known, sha256=_digest(offered), state=ARRIVING
    )
    for row in same.select_related("label"):
        if label_of(row.label) == own:
            if row.mapping != {"text": write_map(staged.mapping)}:
                reason = "this list began to arrive with other columns; withdraw it first"
                raise Invalid({"mapping": [reason]})
            return row
    _new(change.sight, offered, own)
    row = _enter(change, offered, staged, own, ARRIVING)
    change.remark("from-host", row.pk, {"file": row.file, "sha256": row.sha256})
    return row


def _advance(change: Change, row: Intake, staged: Staged, step: int) -> int:
    """Keep the next rows; return how many there are. The log is held, so nobody else adds any."""
    if row.state != ARRIVING:
        raise Invalid({"file": ["this list was taken back, or came in, meanwhile"]})
    held = change.sight.of(Observation).filter(intake=row).order_by("-row")
    last = held.values_list("row", flat=True).first()
    begin = 0 if last is None else last + 1
    rows = _rows(staged, row, begin, begin + step)
    _keep(change, row, rows)
    if begin + len(rows) >= staged.rows:
        row.state = STAGED
        change.amend(row, "arrived")
    return begin + len(rows)


def _checked(offered: Offered) -> date:
    wrong: dict[str, list[str]] = {}
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", offered.source):
        wrong["source"] = ["small letters, digits and hyphens, as in committee-a"]
    if not _is_country(offered.country):
        wrong["country"] = ["two letters of a country, as in BY"]
    try:
        known = date.fromisoformat(offered.known)
    except ValueError:
        known, wrong["known"] = date.min, ["write a day as 2024-06-01"]
    if known > moment.today():
        wrong["known"] = ["a list cannot be of a day to come"]
    if wrong:
        raise Invalid(wrong)
    return known


def _is_country(code: str) -> bool:
    try:
        return bool(re.fullmatch("[A-Z]{2}", code)) and bool(place(code))
    except ValueError:
        return False


def _digest(offered: Offered) -> str:
    return hashlib.sha256(offered.data).hexdigest()


def _staged(reader: Reader, offered: Offered) -> Staged:
    """Read the file before the log is held, for a large one may take minutes."""
    permit(reader, "registry.import")
    known = _checked(offered)
    try:
        sheet: Sheet = read_bytes(offered.file, offered.data, offered.encoding)
        saved = offered.mapping.strip()
        columns = read_map(saved, sheet.head) if saved else propose(sheet.head)
    except UnusableRegister as error:
        raise Invalid({"file": [str(error)]}) from error
    return stage(sheet.rows, columns, known, sheet.lost)


def _new(sight: Sight, offered: Offered, own: Label) -> None:
    """Refuse a file that was taken in before."""
    same = sight.of(Intake).filter(sha256=_digest(offered), known=offered.known)
    held = same.filter(source=offered.source).exclude(state="withdrawn")
    if any(label_of(row.label) == own for row in held.select_related("label")):
        raise Invalid({"file": ["this file was taken in before; withdraw that list first"]})


def _enter(change: Change, offered: Offered, staged: Staged, own: Label, state: str) -> Intake:
    """Write the list itself, with its receipt."""
    before = _before(change.sight, offered, own)
    row = Intake(
        source=offered.source,
        country=offered.country,
        known=offered.known,
        file=offered.file[:200],
        sha256=_digest(offered),
        state=state,
        author=Person.objects.get(pk=change.reader.id),
    )
    if before is not None:
        row.line = before.line
    row.mapping = {"text": write_map(staged.mapping)}
    row.receipt = _receipt(change.sight, staged, offered.claimed, before)
    change.add(row, own=own)
    return row


def _before(sight: Sight, offered: Offered, own: Label) -> Intake | None:
    """Find the last promoted list of the source under the same label."""
    rows = sight.of(Intake).filter(source=offered.source, state="promoted")
    done = [
        row
        for row in rows.select_related("label")
        if label_of(row.label) == own and row.known <= offered.known
    ]
    return max(done, key=lambda row: (row.known, str(row.pk)), default=None)


def _receipt(sight: Sight, staged: Staged, claimed: int | None, before: Intake | None) -> Data:
    old = None if before is None else _texts(sight, before)
    checks = gates(staged, Limits(claimed=claimed), old)
    found = None if old is None else difference(old, texts_of(staged))
    return receipt(staged, checks, {"claimed": claimed}, found)


def _texts(sight: Sight, intake: Intake) -> dict[str, Mapping[str, str]]:
    rows = sight.of(Observation).filter(intake=intake, reason="")
    return {key: body["texts"] for key, body in rows.values_list("key", "body").iterator(2000)}


def _rows(staged: Staged, intake: Intake, begin: int, end: int) -> list[Observation]:
    """Make the rows of a stretch of a list: what was read first, what is quarantined after it."""
    read = len(staged.observations)
    found = [
        repo.observation_row(one, i, intake)
        for i, one in enumerate(staged.observations[begin:end], start=begin)
    ]
    lost = staged.quarantined[max(begin - read, 0) : max(end - read, 0)]
    found += [
        repo.quarantined_row(one, i, intake) for i, one in enumerate(lost, start=max(begin, read))
    ]
    return found


def _keep(change: Change, intake: Intake, rows: Sequence[Observation]) -> None:
    batch = Batch(change)
    batch.add(rows, label_of(intake.own_label), [intake])
    batch.close()
