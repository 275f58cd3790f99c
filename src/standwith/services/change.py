"""Changes: permission, transaction and log entry in one; nothing else writes content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import models, transaction

from standwith.kernel.policy import Label, Purpose, Reader, join, may
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import journal, moment
from standwith.services.labels import label_of, label_row
from standwith.services.place import keys
from standwith.services.roles import permit
from standwith.services.sight import NothingThere, Sight, tell_database, visible_labels
from standwith.store.models.labelled import Labelled
from standwith.store.record import canonical, kind_of, record_of

REMARK = "remark"


class ChangedMeanwhile(Exception):  # noqa: N818 - named for the situation
    """Somebody else changed the record since the reader opened it; ``theirs`` is how it is now."""

    def __init__(self, theirs: dict[str, object]) -> None:
        self.theirs = theirs
        super().__init__("somebody else changed this meanwhile; compare both versions")


class Change:
    """One use case that writes: collects what happens, and logs it when the block ends."""

    def __init__(self, reader: Reader, purpose: Purpose, use_case: str) -> None:
        self.reader = reader
        self.sight = Sight(reader, purpose, visible_labels(reader, purpose))
        self.use_case = use_case
        self._happenings: list[journal.Happening] = []

    def add(self, row: Labelled, *, own: Label, below: Iterable[Labelled] = ()) -> None:
        """Write a new row under its own label joined with those of what it derives from.

        Raises:
            NothingThere: the writer could not read it afterwards.
        """
        label = join((own, *(label_of(parent.label) for parent in below)))
        if not may(self.reader, self.sight.purpose, label).allowed:
            raise NothingThere("you may not write where you may not read; choose a lower label")
        row.own_label, row.label = label_row(own), label_row(label)
        row.written_at = moment.now()
        row.save(force_insert=True)
        self._happened(row, "recorded", label.sensitivity.value)

    def amend(self, row: Labelled, verb: str, *, seen: int | None = None) -> None:
        """Write a changed row as its next version.

        Raises:
            ChangedMeanwhile: the reader had seen another version, or another was written.
        """
        model = type(row)
        held = model.unguarded.select_for_update().get(pk=row.pk)
        if seen is not None and seen != held.version:
            raise ChangedMeanwhile(record_of(held)["fields"])
        row.version = held.version + 1
        row.save(force_update=True)
        self._happened(row, verb, label_of(row.label).sensitivity.value)

    def note(
        self, row: models.Model, verb: str, level: Sensitivity = Sensitivity.AMBER_STRICT
    ) -> None:
        """Log what happened to a row that is no content, such as a person or a membership."""
        self._happened(row, verb, level.value)

    def remark(self, what: str, record: UUID, body: dict[str, object]) -> None:
        """Log an act that changes no row, such as an export."""
        kind = f"{REMARK}.{what}"
        self._append(kind, record, canonical({"kind": kind, "fields": body}), "TLP:AMBER+STRICT")

    def _happened(self, row: models.Model, verb: str, level: str) -> None:
        self._append(f"{kind_of(row)}.{verb}", row.pk, canonical(record_of(row)), level)

    def _append(self, kind: str, record: UUID, body: str, level: str) -> None:
        actor = keys().pseudonym("actor", self.reader.id)
        happening = journal.Happening(kind, record, body, actor, level, self.use_case)
        self._happenings.append(happening)

    def close(self) -> None:
        """Append everything that happened to the log."""
        if self._happenings:
            journal.append(self._happenings)
            self._happenings = []
            transaction.on_commit(journal.keep_anchor)


@contextmanager
def changing(reader: Reader, purpose: Purpose, use_case: str) -> Iterator[Change]:
    """Open a change: all of it happens and is logged, or nothing.

    Raises:
        NotAllowed: no role of the reader may do this.
    """
    permit(reader, use_case)
    with transaction.atomic():
        journal.hold_log()  # before any row: two changes then never wait for each other in a ring
        tell_database(reader.id, purpose)
        change = Change(reader, purpose, use_case)
        yield change
        change.close()
