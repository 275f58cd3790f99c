"""Receipts: one entry of a log with the proof that the log holds it (C2SP ``tlog-proof``, 2025).

A receipt is a text: a header, what the entry says (``extra``), its index, the hashes that lead to
the root, a blank line, and the checkpoint as it was signed. Nothing else is needed to check it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from standwith.kernel.merkle import includes, leaf_hash
from standwith.kernel.note import (
    Checkpoint,
    Key,
    UnusableNote,
    Verify,
    decode,
    encode,
    open_note,
    parse_checkpoint,
)

HEADER = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What a receipt shows of its entry: the entry, and, unless erased, record and salt."""

    entry: str
    record: str | None
    salt: bytes | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt as it was read; nothing in it is checked yet."""

    disclosure: Disclosure
    index: int
    path: tuple[bytes, ...]
    checkpoint: str


@dataclass(frozen=True, slots=True)
class Proven:
    """What a receipt proves: this entry, at this index, under this checkpoint."""

    entry: dict[str, Any]
    record: dict[str, Any] | None
    index: int
    checkpoint: Checkpoint


def commitment(salt: bytes, record: str) -> str:
    """Commit to a record without showing it: HMAC-SHA-256 under a random salt, in base64."""
    return encode(hmac.new(salt, record.encode(), hashlib.sha256).digest())


def write_receipt(
    disclosure: Disclosure, index: int, path: Sequence[bytes], checkpoint: str
) -> str:
    """Write a receipt."""
    shown = {"entry": disclosure.entry}
    if disclosure.record is not None and disclosure.salt is not None:
        shown |= {"record": disclosure.record, "salt": encode(disclosure.salt)}
    extra = encode(json.dumps(shown, ensure_ascii=False, sort_keys=True).encode())
    hashes = "".join(f"{encode(item)}\n" for item in path)
    return f"{HEADER}\nextra {extra}\nindex {index}\n{hashes}\n{checkpoint}"


def parse_receipt(text: str) -> Receipt:
    """Read a receipt.

    Raises:
        UnusableNote: it has another form.
    """
    head, separator, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if not separator or lines[0] != HEADER:
        raise UnusableNote(f"this is no receipt: the first line must be {HEADER}")
    if len(lines) < 3 or not lines[1].startswith("extra "):
        raise UnusableNote("the receipt does not say what its entry is (no line extra)")
    index = re.fullmatch(r"index (0|[1-9]\d{0,17})", lines[2])
    if index is None:
        raise UnusableNote("the receipt has no index; it was cut or changed")
    path = tuple(decode(line, "a hash of the path") for line in lines[3:])
    if len(path) > 63 or any(len(item) != 32 for item in path):
        raise UnusableNote("a hash of the path has not 32 bytes, or there are too many")
    return Receipt(_disclosure(lines[1][6:]), int(index[1]), path, checkpoint)


def _disclosure(extra: str) -> Disclosure:
    try:
        shown = json.loads(decode(extra, "the line extra"))
        salt = decode(shown["salt"], "the salt") if "salt" in shown else None
        texts = (shown["entry"], shown.get("record", ""))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnusableNote("the line extra holds no entry; it was changed") from error
    if not all(isinstance(item, str) for item in texts) or (salt is None) != (
        "record" not in shown
    ):
        raise UnusableNote("the line extra holds no entry; it was changed")
    return Disclosure(shown["entry"], shown.get("record"), salt)


def check_receipt(receipt: Receipt, keys: Sequence[Key], verify: Verify) -> Proven:
    """Check a receipt under the keys of its log: signature, inclusion, commitment.

    Raises:
        UnusableNote: a part does not fit; the message says which.
    """
    checkpoint = parse_checkpoint(open_note(receipt.checkpoint, keys, verify))
    shown = receipt.disclosure
    leaf = leaf_hash(shown.entry.encode())
    if not includes(receipt.index, checkpoint.size, leaf, receipt.path, checkpoint.root):
        raise UnusableNote("the log does not hold this entry: the proof leads to another root")
    entry = _mapping(shown.entry, "the entry")
    if entry.get("seq") != receipt.index:
        raise UnusableNote("the entry has another number than the receipt")
    if shown.record is None or shown.salt is None:
        return Proven(entry, None, receipt.index, checkpoint)
    if not hmac.compare_digest(commitment(shown.salt, shown.record), str(entry.get("commit"))):
        raise UnusableNote("the record is not the one that was committed to: it was changed")
    return Proven(entry, _mapping(shown.record, "the record"), receipt.index, checkpoint)


def _mapping(text: str, what: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnusableNote(f"{what} is no JSON") from error
    if not isinstance(value, dict):
        raise UnusableNote(f"{what} is no JSON object")
    return value
