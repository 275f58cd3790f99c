"""Appends to the transparency log, inside the transaction of the change that is logged.

An entry commits to the record with a random salt; salt and record lie in an envelope that is
sealed with the record's own key. Destroying that key erases the record, and leaves the log whole.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import rfc8785
from django.db import connection

from standwith.kernel.merkle import completed, leaf_hash, root
from standwith.kernel.note import Checkpoint as Statement
from standwith.kernel.note import sign_note
from standwith.kernel.receipt import commitment
from standwith.services import moment
from standwith.services.keys import Keys, seal
from standwith.services.place import home, keys
from standwith.store.models.log import Checkpoint, Entry, Envelope, Node, RecordKey

ANCHOR = "checkpoint.latest"
_LOCK = 0x5354414E  # one number for all processes: who appends holds it


@dataclass(frozen=True, slots=True)
class Happening:
    """One state change: what happened to which record, by whom, under which rule."""

    kind: str
    record: UUID
    body: str
    actor: str
    level: str
    rule: str


def append(happenings: Sequence[Happening]) -> int:
    """Append entries and sign one checkpoint over them; return the new size.

    Must run inside the transaction of the change. The time of an entry never runs backwards, even
    when the clock does.
    """
    held = keys()
    hold_log()
    size = log_size()
    at = max(moment.now().replace(microsecond=0), _last_time(size))
    sealing = _record_keys(happenings, held)
    entries: list[Entry] = []
    envelopes: list[Envelope] = []
    reader = _Nodes({})
    for seq, happening in enumerate(happenings, start=size):
        salt, record = secrets.token_bytes(32), happening.record
        text = entry_text(happening, seq, at, commitment(salt, happening.body))
        sealed = seal(sealing[record], salt + happening.body.encode(), f"{seq}|{record}")
        entries.append(Entry(seq=seq, text=text))
        envelopes.append(Envelope(seq=seq, record=record, sealed=sealed))
        reader.add(completed(seq, leaf_hash(text.encode()), reader.at))
    Entry.objects.bulk_create(entries, batch_size=400)
    Envelope.objects.bulk_create(envelopes, batch_size=300)
    Node.objects.bulk_create(reader.new(), batch_size=300)
    return _sign(size + len(happenings), held, reader)


def entry_text(happening: Happening, seq: int, at: datetime, commit: str) -> str:
    """Write an entry as canonical JSON; it names no person and no content."""
    entry: dict[str, Any] = {
        "v": 1,
        "type": happening.kind,
        "seq": seq,
        "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "obj": happening.record.hex,
        "alg": "hmac-sha256",
        "commit": commit,
        "actor": happening.actor,
        "tlp": happening.level,
        "auth": happening.rule,
    }
    return rfc8785.dumps(entry).decode()


def _record_keys(happenings: Sequence[Happening], held: Keys) -> dict[UUID, bytes]:
    """Return the key of each record, made where it is new; of an erased one a throwaway."""
    kinds = {item.record: item.kind.split(".")[0] for item in happenings}
    known = RecordKey.objects.filter(record__in=kinds)
    found = {
        row.record: secrets.token_bytes(32) if row.wrapped is None else held.unwrap(row.wrapped)
        for row in known
    }
    fresh = {record: secrets.token_bytes(32) for record in kinds if record not in found}
    rows = [RecordKey(record=r, kind=kinds[r], wrapped=held.wrap(key)) for r, key in fresh.items()]
    RecordKey.objects.bulk_create(rows, batch_size=300)
    return found | fresh


class _Nodes:
    """Reads nodes of the tree, those of this transaction first, and remembers which are new."""

    def __init__(self, held: dict[tuple[int, int], bytes]) -> None:
        self._held = held
        self._new: list[Node] = []

    def at(self, level: int, position: int) -> bytes:
        """Return the complete node at a place."""
        found = self._held.get((level, position))
        if found is None:
            found = bytes(Node.objects.get(level=level, position=position).hash)
            self._held[level, position] = found
        return found

    def add(self, made: Sequence[tuple[int, int, bytes]]) -> None:
        """Take nodes that were just completed."""
        for level, position, value in made:
            self._held[level, position] = value
            self._new.append(Node(level=level, position=position, hash=value))

    def new(self) -> list[Node]:
        """Return what is to be written."""
        return self._new


def node_at(level: int, position: int) -> bytes:
    """Return a complete node of the stored tree."""
    return _Nodes({}).at(level, position)


def hold_log() -> None:
    """Let no other transaction append until this one ends; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def log_size() -> int:
    """Return how many entries the log has."""
    last = Entry.objects.order_by("-seq").values_list("seq", flat=True).first()
    return 0 if last is None else last + 1


def _last_time(size: int) -> datetime:
    last = Entry.objects.filter(seq=size - 1).first()
    return entry_time(last.text) if last else datetime.min.replace(tzinfo=UTC)


def entry_time(text: str) -> datetime:
    """Read the time of an entry."""
    at = text.partition('"at":"')[2][:20]
    return datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def _sign(size: int, held: Keys, reader: _Nodes) -> int:
    statement = Statement(held.log_name, size, root(size, reader.at))
    note = sign_note(str(statement), held.log_key(), held.sign)
    Checkpoint.objects.create(size=size, note=note)
    return size


def keep_anchor() -> None:
    """Copy the latest checkpoint out of the database, where a rolled back one cannot reach it."""
    latest = Checkpoint.objects.order_by("-size").first()
    if latest is not None:
        path = home() / ANCHOR
        draft = Path(f"{path}.{secrets.token_hex(4)}")
        draft.write_text(latest.note, "utf-8")
        draft.replace(path)
