"""Verification: the whole log recomputed, and every row compared with what was committed to.

Found are entries that were edited, removed or reordered, a log that was cut or rolled back (by the
checkpoint that is kept outside the database), envelopes that were exchanged, and rows that were
changed, added or removed by any other way than a service.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from standwith.kernel.merkle import EMPTY_ROOT, leaf_hash, roots
from standwith.kernel.note import Checkpoint as Statement
from standwith.kernel.note import UnusableNote, open_note, parse_checkpoint
from standwith.kernel.policy import Reader
from standwith.kernel.receipt import commitment
from standwith.services import batch_check, journal, moment
from standwith.services.batches import WHAT
from standwith.services.change import REMARK
from standwith.services.keys import Keys, SealBroken, unseal, verify_ed25519
from standwith.services.place import home, keys
from standwith.services.roles import permit
from standwith.services.sight import whole_database
from standwith.store.models.labelled import Labelled
from standwith.store.models.log import Check, Checkpoint, Entry, Envelope, Node, RecordKey
from standwith.store.record import canonical, kind_of, record_of

MOST = 100
GONE = ("withdrawn", "erased")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit: where, and what."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification found; sound when nothing is listed."""

    at: str
    size: int
    sound: bool
    findings: tuple[Finding, ...]


Progress = Callable[[int], None]


def verify(progress: Progress = lambda done: None) -> Verified:  # noqa: ARG005 - nobody watches by default
    """Verify log and rows; keep the outcome, and return it."""
    with whole_database():
        size = journal.log_size()
        found = [item for _, item in zip(range(MOST), _findings(progress), strict=False)]
        row = Check.objects.create(
            at=moment.now(),
            size=size,
            sound=not found,
            findings=[[item.where, item.what] for item in found],
        )
    return _shown(row)


def verify_now(reader: Reader) -> Verified:
    """Verify at the wish of a reader.

    Raises:
        NotAllowed: only auditors and heads do.
    """
    permit(reader, "log.verify")
    return verify()


def last_check() -> Verified | None:
    """Return what the last verification found."""
    row = Check.objects.order_by("-at").first()
    return _shown(row) if row else None


def _shown(row: Check) -> Verified:
    found = tuple(Finding(where, what) for where, what in row.findings)
    return Verified(row.at.isoformat(timespec="seconds"), row.size, row.sound, found)


def _findings(progress: Progress) -> Iterator[Finding]:
    told = _Told({}, {})
    yield from _tree(told, progress)
    yield from _anchor()
    yield from _batches(keys(), told.batches)
    yield from _rows(keys(), told)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the log says: the last entry of each record, and the entries of batches."""

    latest: dict[str, dict[str, Any]]
    batches: dict[str, dict[str, Any]]


def _tree(told: _Told, progress: Progress) -> Iterator[Finding]:
    """Recompute every root, compare with what was signed; note the last entry of each record."""
    signed = dict(Checkpoint.objects.values_list("size", "note"))
    expected, last = 0, EMPTY_ROOT
    texts: list[str] = []
    rows = Entry.objects.order_by("seq").iterator(2000)

    def leaves() -> Iterator[bytes]:
        for row in rows:
            texts.append(row.text)
            yield leaf_hash(row.text.encode())

    for last in roots(leaves()):
        text = texts.pop()
        yield from _entry(text, expected, told)
        yield from _against(signed, expected + 1, last)
        expected += 1
        if expected % 1000 == 0:
            progress(expected)
    yield from _end(signed, expected)


def _entry(text: str, seq: int, told: _Told) -> Iterator[Finding]:
    try:
        entry = json.loads(text)
        number, handle, kind = entry["seq"], entry["obj"], str(entry["type"])
    except (ValueError, KeyError, TypeError):
        yield Finding(f"entry {seq}", "it is not an entry: it was edited")
        return
    if number != seq:
        yield Finding(f"entry {seq}", f"it says it is number {number}: one is missing or moved")
    if kind == f"{REMARK}.{WHAT}":
        told.batches[handle] = entry
    elif not kind.startswith(f"{REMARK}."):
        told.latest[handle] = entry


def _against(signed: dict[int, str], size: int, root: bytes) -> Iterator[Finding]:
    note = signed.pop(size, None)
    if note is None:
        return
    statement = _statement(note)
    if statement is None:
        yield Finding(f"checkpoint {size}", "its signature is wrong: it was edited")
    elif (statement.size, statement.root) != (size, root):
        yield Finding(f"checkpoint {size}", "the entries no longer give its root: one was edited")


def _statement(note: str) -> Statement | None:
    try:
        return parse_checkpoint(open_note(note, [keys().log_key()], verify_ed25519))
    except UnusableNote:
        return None


def _end(signed: dict[int, str], size: int) -> Iterator[Finding]:
    for left in sorted(signed):
        yield Finding(f"checkpoint {left}", f"the log has {size} entries only: it was cut")
    if size and not Checkpoint.objects.filter(size=size).exists():
        yield Finding(f"entry {size - 1}", "no checkpoint covers the last entries: one was removed")
    stored = Node.objects.count()
    wanted = 2 * size - size.bit_count()
    if stored != wanted:
        yield Finding("tree", f"{stored} nodes are stored where {wanted} belong")


def _anchor() -> Iterator[Finding]:
    """Compare with the checkpoint outside the database: it must be one of those inside."""
    path = home() / journal.ANCHOR
    if not path.exists():
        if Checkpoint.objects.exists():
            yield Finding(str(path.name), "the checkpoint outside the database is missing")
        return
    statement = _statement(path.read_text("utf-8"))
    if statement is None:
        yield Finding(path.name, "the checkpoint outside the database is not signed by this log")
        return
    inside = Checkpoint.objects.filter(size=statement.size).first()
    same = inside is not None and _statement(inside.note) == statement
    if not same:
        what = (
            f"the database does not hold checkpoint {statement.size}: it was rolled back or forked"
        )
        yield Finding(path.name, what)


def _batches(held: Keys, batches: dict[str, dict[str, Any]]) -> Iterator[Finding]:
    """Compare the hashes that are kept of each batch with what its entry commits to."""
    for handle, entry in batches.items():
        key = RecordKey.objects.filter(record=UUID(handle)).first()
        wrong = list(_opened(held, key, entry, batch_check.committed(UUID(handle)), "batch"))
        yield from wrong


def _rows(held: Keys, told: _Told) -> Iterator[Finding]:
    """Compare each row with the record that its last entry, or that of its batch, commits to."""
    known = {row.record: row for row in RecordKey.objects.iterator(2000)}
    leaves = batch_check.last_leaves({UUID(h): e["seq"] for h, e in told.batches.items()})
    seen: set[str] = set()
    for row in watched_rows():
        handle = UUID(str(row.pk)).hex
        seen.add(handle)
        name = f"{kind_of(row)} {row.pk}"
        entry, leaf = told.latest.get(handle), leaves.get(row.pk)
        if leaf is not None and (entry is None or leaf.seq > entry["seq"]):
            if not batch_check.fits(leaf, row):
                yield Finding(name, _CHANGED)
        elif entry is None:
            yield Finding(
                name, "no entry of the log speaks of it: it was written past the services"
            )
        else:
            yield from _compare(held, known.get(row.pk), entry, row, name)
    yield from _missing(told.latest, seen, known, leaves)


_CHANGED = "the row is not as it was logged: it was changed past the services"


def _missing(
    latest: dict[str, dict[str, Any]],
    seen: set[str],
    known: dict[UUID, RecordKey],
    leaves: dict[UUID, batch_check.Kept],
) -> Iterator[Finding]:
    for handle, entry in latest.items():
        erased = (key := known.get(UUID(handle))) is not None and key.wrapped is None
        gone = entry["type"].rpartition(".")[2] in GONE
        taken = batch_check.took(leaves.get(UUID(handle)), entry["seq"])
        if handle not in seen and not (erased or gone or taken):
            yield Finding(f"{entry['type']} {UUID(handle)}", "the row of this entry was removed")
    yield from _lost(seen | latest.keys(), leaves)


def _lost(spoken: set[str], leaves: dict[UUID, batch_check.Kept]) -> Iterator[Finding]:
    """Find rows of batches that are neither there nor taken away by a later entry."""
    for record, leaf in leaves.items():
        if not leaf.gone and record.hex not in spoken:
            yield Finding(f"row {record}", "the row of this batch was removed")


def _compare(
    held: Keys, key: RecordKey | None, entry: dict[str, Any], row: models.Model, name: str
) -> Iterator[Finding]:
    yield from _opened(held, key, entry, canonical(record_of(row)), name)


def _opened(
    held: Keys, key: RecordKey | None, entry: dict[str, Any], found: str, name: str
) -> Iterator[Finding]:
    """Open the envelope of an entry, and compare what lies in it with what was found."""
    if key is None or key.wrapped is None:
        yield Finding(name, "the key of its log entries is missing, and the row is still there")
        return
    envelope = Envelope.objects.filter(seq=entry["seq"]).first()
    try:
        opened = open_envelope(held, key, envelope) if envelope else None
    except SealBroken:
        opened = None
    if opened is None:
        yield Finding(f"entry {entry['seq']}", "its envelope is missing or was exchanged")
        return
    salt, body = opened
    if not hmac.compare_digest(commitment(salt, body), str(entry["commit"])):
        yield Finding(f"entry {entry['seq']}", "its envelope holds another record")
    elif found != body:
        yield Finding(name, _CHANGED)


def open_envelope(held: Keys, key: RecordKey, envelope: Envelope) -> tuple[bytes, str]:
    """Open an envelope: salt and record.

    Raises:
        SealBroken: it was exchanged, or its key is another.
    """
    if key.wrapped is None:
        raise SealBroken("the key was destroyed: the record is erased")
    place = f"{envelope.seq}|{envelope.record}"
    plain = unseal(held.unwrap(key.wrapped), envelope.sealed, place)
    return plain[:32], plain[32:].decode()


def watched_rows() -> Iterator[models.Model]:
    """Iterate over every row that the log speaks of."""
    others = (
        "Institution",
        "Person",
        "Invitation",
        "Compartment",
        "Membership",
        "Proposal",
        "Token",
    )
    for model in apps.get_app_config("store").get_models():
        if issubclass(model, Labelled):
            related = ("label", "own_label")
            yield from model.unguarded.select_related(*related).order_by("pk").iterator(2000)
        elif model.__name__ in others:
            yield from model._default_manager.order_by("pk").iterator(2000)  # noqa: SLF001 - Django's documented API of models
