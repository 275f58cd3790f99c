"""Many rows at once: written in bulk, each with a salted hash, all under one entry of the log.

An entry for each of a million rows would cost minutes and say no more: the entry of a batch commits
to the hashes of its rows in their order, and verification compares each row with its hash.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from uuid import UUID, uuid4

from standwith.kernel.policy import Label, join, may
from standwith.services import moment
from standwith.services.change import Change
from standwith.services.labels import label_of, label_row
from standwith.services.sight import NothingThere
from standwith.store import bulk
from standwith.store.models.labelled import Labelled
from standwith.store.models.register import Leaf
from standwith.store.record import leaf_of

STEP = 1000
SALT = 16
WHAT = "batch"
GONE = bytes(32)


class Batch:
    """A batch that is being written: adds up the hashes of its rows until it is logged."""

    def __init__(self, change: Change) -> None:
        self.id = uuid4()
        self._change = change
        self._sum = hashlib.sha256()
        self._rows = 0

    def add(self, rows: Sequence[Labelled], own: Label, below: Iterable[Labelled] = ()) -> None:
        """Write new rows of one kind, all under one label.

        Raises:
            NothingThere: the writer could not read them afterwards.
        """
        label = join((own, *(label_of(parent.label) for parent in below)))
        change = self._change
        if not may(change.reader, change.sight.purpose, label).allowed:
            raise NothingThere("you may not write where you may not read; choose a lower label")
        mine, whole, now = label_row(own), label_row(label), moment.now()
        for row in rows:
            row.own_label, row.label, row.written_at = mine, whole, now
        for at in range(0, len(rows), STEP):
            part = rows[at : at + STEP]
            bulk.insert(type(part[0]), part)
            self._seal(part)

    def amend(self, rows: Sequence[Labelled], fields: Sequence[str]) -> None:
        """Write rows of one kind as their next versions."""
        for at in range(0, len(rows), STEP):
            part = rows[at : at + STEP]
            for row in part:
                row.version += 1
            type(part[0]).unguarded.bulk_update(part, [*fields, "version"], batch_size=200)
            self._seal(part)

    def remove(self, rows: Sequence[Labelled]) -> None:
        """Remove rows of one kind; that they went is logged with the batch."""
        for at in range(0, len(rows), STEP):
            part = rows[at : at + STEP]
            self._leaves([(row.pk, None, GONE) for row in part])
            type(part[0]).unguarded.filter(pk__in=[row.pk for row in part]).delete()

    def _seal(self, rows: Sequence[Labelled]) -> None:
        salts = secrets.token_bytes(SALT * len(rows))
        parts = (salts[at : at + SALT] for at in range(0, len(salts), SALT))
        self._leaves([(row.pk, salt, leaf_of(row, salt))
                      for row, salt in zip(rows, parts, strict=True)])  # fmt: skip

    def _leaves(self, found: Sequence[tuple[UUID, bytes | None, bytes]]) -> None:
        made, batch = [], bulk.plain(self.id)
        for record, salt, value in found:
            made.append((bulk.plain(record), batch, self._rows, salt, value))
            self._sum.update(record.bytes + value)
            self._rows += 1
        bulk.insert_values(Leaf, made)

    def close(self) -> None:
        """Log the batch, if anything was written."""
        if self._rows:
            body: dict[str, object] = {"rows": self._rows, "sha256": self._sum.hexdigest()}
            self._change.remark(WHAT, self.id, body)


def digest_of(batch: UUID) -> tuple[int, str]:
    """Add up the hashes that are kept of a batch: their number and digest."""
    total, number = hashlib.sha256(), 0
    leaves = Leaf.objects.filter(batch=batch).order_by("place")
    for record, value in leaves.values_list("record", "hash").iterator(2000):
        total.update(record.bytes + bytes(value))
        number += 1
    return number, total.hexdigest()
