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
    size = _lock_and_size()
    floor = _last_time(size)
    at = max(moment.now().replace(microsecond=0), floor)
    fresh: dict[tuple[int, int], bytes] = {}
    for offset, happening in enumerate(happenings):
        _write(happening, size + offset, at, held, fresh)
    return _sign(size + len(happenings), held, fresh)


def _write(
    happening: Happening, seq: int, at: datetime, held: Keys, fresh: dict[tuple[int, int], bytes]
) -> None:
    salt = secrets.token_bytes(32)
    text = entry_text(happening, seq, at, commitment(salt, happening.body))
    Entry.objects.create(seq=seq, text=text)
    record = happening.record
    sealed = seal(_record_key(happening, held), salt + happening.body.encode(), f"{seq}|{record}")
    Envelope.objects.create(seq=seq, record=record, sealed=sealed)
    made = completed(seq, leaf_hash(text.encode()), _Nodes(fresh).at)
    fresh |= {(level, position): value for level, position, value in made}
    Node.objects.bulk_create(Node(level=lv, position=p, hash=value) for lv, p, value in made)


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


def _record_key(happening: Happening, held: Keys) -> bytes:
    kind = happening.kind.split(".")[0]
    row = RecordKey.objects.filter(record=happening.record).first()
    if row is None:
        key = secrets.token_bytes(32)
        RecordKey.objects.create(record=happening.record, kind=kind, wrapped=held.wrap(key))
        return key
    if row.wrapped is None:
        return secrets.token_bytes(32)
    return held.unwrap(row.wrapped)


class _Nodes:
    """Reads nodes of the tree, those of this transaction first."""

    def __init__(self, fresh: dict[tuple[int, int], bytes]) -> None:
        self._fresh = fresh

    def at(self, level: int, position: int) -> bytes:
        """Return the complete node at a place."""
        found = self._fresh.get((level, position))
        if found is None:
            found = bytes(Node.objects.get(level=level, position=position).hash)
            self._fresh[level, position] = found
        return found


def node_at(level: int, position: int) -> bytes:
    """Return a complete node of the stored tree."""
    return _Nodes({}).at(level, position)


def _lock_and_size() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    return log_size()


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


def _sign(size: int, held: Keys, fresh: dict[tuple[int, int], bytes]) -> int:
    statement = Statement(held.log_name, size, root(size, _Nodes(fresh).at))
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
