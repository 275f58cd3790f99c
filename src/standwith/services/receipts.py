"""Receipts: proof, to be checked anywhere, that the log holds what was written of a record."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps

from standwith.kernel.merkle import consistency_proof, inclusion_proof
from standwith.kernel.policy import Purpose, Reader
from standwith.kernel.receipt import Disclosure, write_receipt
from standwith.services import journal
from standwith.services.keys import SealBroken
from standwith.services.listing import UnusableQuery
from standwith.services.place import keys
from standwith.services.roles import may_do, permit
from standwith.services.sight import NothingThere, Sight, as_uuid, looking
from standwith.services.verification import open_envelope
from standwith.store.models.labelled import Labelled
from standwith.store.models.log import Checkpoint, Entry, Envelope, RecordKey
from standwith.store.models.register import Measure


@dataclass(frozen=True, slots=True)
class Step:
    """One entry in the history of a record."""

    seq: int
    at: str
    kind: str
    erased: bool


def history(reader: Reader, record: str) -> list[Step]:
    """List the entries about a record, oldest first.

    Raises:
        NothingThere: the reader may not see the record.
    """
    with looking(reader, Purpose.ACCOUNT) as sight:
        identifier = _visible(sight, record)
        return [_step(seq) for seq in _sequence(identifier)]


def _sequence(record: UUID) -> list[int]:
    rows = Envelope.objects.filter(record=record).order_by("seq")
    return list(rows.values_list("seq", flat=True))


def _step(seq: int) -> Step:
    entry = json.loads(Entry.objects.get(seq=seq).text)
    key = RecordKey.objects.filter(record=UUID(entry["obj"])).first()
    return Step(seq, entry["at"], entry["type"], key is None or key.wrapped is None)


def _visible(sight: Sight, record: str) -> UUID:
    identifier = as_uuid(record)
    for model in apps.get_app_config("store").get_models():
        if issubclass(model, Labelled) and sight.of(model).filter(pk=identifier).exists():
            return identifier
    raise NothingThere("there is no such record, or it is not for you")


def receipt(reader: Reader, record: str, seq: int | None = None) -> str:
    """Write the receipt of the latest entry about a record, or of one that is named by number.

    The name of somebody involved is for those who keep the registry: to others the entry stays
    sealed, and its place in the log is proved all the same.

    Raises:
        NothingThere: the reader may not see the record, or it has no such entry.
    """
    with looking(reader, Purpose.ACCOUNT) as sight:
        identifier = _visible(sight, record)
        numbers = _sequence(identifier)
        if not numbers or (seq is not None and seq not in numbers):
            raise NothingThere("the record has no such entry")
        named = sight.of(Measure).filter(pk=identifier, kind="involvement").exists()
        whole = not named or may_do(reader, "registry.state")
        return write(numbers[-1] if seq is None else seq, whole=whole)


def write(seq: int, *, whole: bool = True) -> str:
    """Write the receipt of an entry under the latest checkpoint; sealed where it is not whole."""
    latest = Checkpoint.objects.order_by("-size").first()
    entry = Entry.objects.filter(seq=seq).first()
    if latest is None or entry is None:
        raise NothingThere("the log has no such entry")
    path = inclusion_proof(seq, latest.size, journal.node_at)
    told = _disclosure(entry) if whole else Disclosure(entry.text, None, None)
    return write_receipt(told, seq, path, latest.note)


def _disclosure(entry: Entry) -> Disclosure:
    envelope = Envelope.objects.filter(seq=entry.seq).first()
    key = RecordKey.objects.filter(record=envelope.record).first() if envelope else None
    if envelope is None or key is None:
        return Disclosure(entry.text, None, None)
    try:
        salt, body = open_envelope(keys(), key, envelope)
    except SealBroken:
        return Disclosure(entry.text, None, None)
    return Disclosure(entry.text, body, salt)


def verifier_key() -> str:
    """Return the public key under which receipts are checked."""
    return str(keys().log_key())


def latest_checkpoint(reader: Reader) -> str:
    """Return the latest signed checkpoint, for witnesses.

    Raises:
        NotAllowed: only auditors and heads read the log as a whole.
    """
    permit(reader, "log.read")
    latest = Checkpoint.objects.order_by("-size").first()
    return latest.note if latest else ""


def entries(
    reader: Reader,
    *,
    before: int | None = None,
    count: int = 50,
    what: str = "",
    record: str = "",
) -> list[dict[str, Any]]:
    """List entries of the log, latest first; they hold commitments and no content.

    ``what`` keeps one type, such as claim.recorded, or all of a kind, such as claim; ``record``
    keeps the entries about one record.

    Raises:
        NotAllowed: only auditors and heads read the log as a whole.
    """
    permit(reader, "log.read")
    rows = Entry.objects.order_by("-seq")
    if before is not None:
        rows = rows.filter(seq__lt=before)
    if what:
        end = '"' if "." in what else "."
        rows = rows.filter(text__contains=f'"type":{json.dumps(what)[:-1]}{end}')
    if record:
        rows = rows.filter(text__contains=f'"obj":{json.dumps(record.replace("-", ""))[:-1]}')
    return [json.loads(row.text) for row in rows[:count]]


def consistency_note(reader: Reader, older: int) -> str:
    """Write the proof that the log of a size is the begin of the latest, in the form of C2SP.

    First "old" and the size, then one hash in base64 in each line, an empty line, and the latest
    checkpoint (tlog-witness, 2024).

    Raises:
        NotAllowed: only auditors and heads read the log as a whole.
        UnusableQuery: the log never had that size.
    """
    permit(reader, "log.read")
    latest = Checkpoint.objects.order_by("-size").first()
    size = latest.size if latest else 0
    if latest is None or not 0 < older <= size:
        raise UnusableQuery(f"give a size from 1 to {size}, as in ?from={size}")
    path = consistency(reader, older, size)
    hashes = "".join(f"{base64.b64encode(item).decode()}\n" for item in path)
    return f"old {older}\n{hashes}\n{latest.note}"


def consistency(reader: Reader, older: int, newer: int) -> Sequence[bytes]:
    """Prove that the log of ``older`` entries is the begin of that of ``newer``.

    Raises:
        NotAllowed: only auditors and heads read the log as a whole.
        ValueError: the log has not so many entries, or the sizes are in the wrong order.
    """
    permit(reader, "log.read")
    if newer > journal.log_size():
        raise ValueError(f"the log has {journal.log_size()} entries; give sizes up to that")
    return consistency_proof(older, newer, journal.node_at)
