"""Lists of prisoners taken in: staged with every cell, checked, promoted, and taken back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from standwith.account.registry.intake import Limits, difference, gates, receipt, texts_of
from standwith.account.registry.mapping import UnusableRegister, propose, read_map, write_map
from standwith.account.registry.staging import Staged, stage
from standwith.ingest.register import Sheet, read_bytes
from standwith.kernel.place import place
from standwith.kernel.policy import Purpose, Reader
from standwith.services import moment
from standwith.services.audience import audience
from standwith.services.batches import Batch
from standwith.services.cases import Marking
from standwith.services.change import Change, changing
from standwith.services.invalid import Invalid
from standwith.services.labels import LEVELS, label_of
from standwith.services.listing import Listing, Spec, all_rows, list_rows
from standwith.services.sight import Sight, looking
from standwith.store.models.people import Person
from standwith.store.models.register import Intake, Observation
from standwith.store.repos import register as repo

Data = dict[str, Any]


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
    known = _checked(offered)
    digest = hashlib.sha256(offered.data).hexdigest()
    with changing(reader, Purpose.ACCOUNT, "registry.import") as change:
        staged = _staged(offered, known)
        own = marking.label()
        before = _before(change.sight, offered, own)
        row = Intake(
            source=offered.source,
            country=offered.country,
            known=offered.known,
            file=offered.file[:200],
            sha256=digest,
            author=Person.objects.get(pk=reader.id),
        )
        if before is not None:
            row.line = before.line
        row.mapping = {"text": write_map(staged.mapping)}
        row.receipt = _receipt(change.sight, staged, offered.claimed, before)
        change.add(row, own=own)
        _keep(change, row, staged)
    return str(row.pk)


def _checked(offered: Offered) -> date:
    wrong: dict[str, list[str]] = {}
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", offered.source):
        wrong["source"] = ["small letters, digits and hyphens, as in committee-a"]
    try:
        place(offered.country)
    except ValueError:
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


def _staged(offered: Offered, known: date) -> Staged:
    try:
        sheet: Sheet = read_bytes(offered.file, offered.data, offered.encoding)
        saved = offered.mapping.strip()
        columns = read_map(saved, sheet.head) if saved else propose(sheet.head)
    except UnusableRegister as error:
        raise Invalid({"file": [str(error)]}) from error
    return stage(sheet.rows, columns, known, sheet.lost)


def _before(sight: Sight, offered: Offered, own: object) -> Intake | None:
    """Find the last promoted list of the source under the same label, and refuse a file twice."""
    rows = sight.of(Intake).filter(source=offered.source).exclude(state="withdrawn")
    same = [row for row in rows.select_related("label") if label_of(row.label) == own]
    digest = hashlib.sha256(offered.data).hexdigest()
    if any((row.sha256, row.known) == (digest, offered.known) for row in same):
        raise Invalid({"file": ["this file was taken in before; withdraw that list first"]})
    done = [row for row in same if row.state == "promoted" and row.known <= offered.known]
    return max(done, key=lambda row: (row.known, str(row.pk)), default=None)


def _receipt(sight: Sight, staged: Staged, claimed: int | None, before: Intake | None) -> Data:
    old = None if before is None else _texts(sight, before)
    checks = gates(staged, Limits(claimed=claimed), old)
    found = None if old is None else difference(old, texts_of(staged))
    return receipt(staged, checks, {"claimed": claimed}, found)


def _texts(sight: Sight, intake: Intake) -> dict[str, Mapping[str, str]]:
    rows = sight.of(Observation).filter(intake=intake, reason="")
    return {key: body["texts"] for key, body in rows.values_list("key", "body").iterator(2000)}


def _keep(change: Change, intake: Intake, staged: Staged) -> None:
    rows = [repo.observation_row(one, i, intake) for i, one in enumerate(staged.observations)]
    begin = len(rows)
    rows += [
        repo.quarantined_row(one, begin + i, intake) for i, one in enumerate(staged.quarantined)
    ]
    batch = Batch(change)
    batch.add(rows, label_of(intake.own_label), [intake])
    batch.close()


def _show(row: Intake) -> Data:
    told = row.receipt
    return {
        "id": str(row.pk),
        "source": row.source,
        "country": row.country,
        "known": row.known,
        "file": row.file,
        "state": row.state,
        "rows": told["rows"],
        "staged": told["staged"],
        "quarantined": told["quarantined"],
        "stopped": told["stopped"],
        "tlp": LEVELS[row.label.level].value,
    }


SPEC: Spec[Intake] = Spec(
    order=("-known", "id"),
    facets={"source": "Source", "state": "State"},
    show=_show,
    related=("label",),
)


def list_intakes(reader: Reader, query: Mapping[str, str]) -> Listing:
    """List the lists that were taken in."""
    with looking(reader, Purpose.ACCOUNT) as sight:
        return list_rows(_worded(sight, query), SPEC, query)


def export_intakes(reader: Reader, query: Mapping[str, str]) -> list[Data]:
    """Return all lists of a query."""
    with looking(reader, Purpose.ACCOUNT) as sight:
        return list(all_rows(_worded(sight, query), SPEC, query))


def _worded(sight: Sight, query: Mapping[str, str]) -> Any:  # noqa: ANN401 - a queryset of lists
    return sight.of(Intake).filter(file__icontains=query.get("q", "").strip())


def _show_row(row: Observation) -> Data:
    body = row.body
    return {
        "row": row.row,
        "where": body["where"],
        "key": row.key,
        "name": body.get("texts", {}).get("name", ""),
        "reason": row.reason,
        "odd": row.odd,
        "anomalies": [[one[0], one[1], one[2]] for one in body.get("anomalies", [])],
        "raw": body["raw"],
    }


ROWS: Spec[Observation] = Spec(
    order=("row", "id"), facets={"odd": "Anomaly", "reason": "Quarantined"}, show=_show_row
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A list with its receipt, its mapping as text, and a page of its rows."""

    head: Data
    receipt: Data
    mapping: str
    sha256: str
    rows: Listing
    who: Any


def read_intake(reader: Reader, identifier: str, query: Mapping[str, str]) -> Taken:
    """Return a list with a page of its rows.

    Raises:
        NothingThere: there is none for this reader.
    """
    with looking(reader, Purpose.ACCOUNT) as sight:
        row = sight.one(Intake, identifier)
        rows = list_rows(sight.of(Observation).filter(intake=row), ROWS, query)
        who = audience(row, Purpose.ACCOUNT)
        return Taken(_show(row), row.receipt, row.mapping["text"], row.sha256, rows, who)


def export_rows(reader: Reader, identifier: str, query: Mapping[str, str]) -> list[Data]:
    """Return all rows of a list, as they came and as they were read."""
    with looking(reader, Purpose.ACCOUNT) as sight:
        row = sight.one(Intake, identifier)
        return list(all_rows(sight.of(Observation).filter(intake=row), ROWS, query))
