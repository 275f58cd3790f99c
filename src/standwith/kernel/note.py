"""Signed notes and checkpoints: the texts in which a log states its size and root.

The formats ``signed-note`` and ``tlog-checkpoint`` of C2SP (2024). The keys are Ed25519; signing
and verifying are given as functions, so that this module needs no cryptographic library.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Sign = Callable[[bytes], bytes]
Verify = Callable[[bytes, bytes, bytes], bool]
"""Takes public key, signature and message; tells whether the signature is right."""

ED25519 = b"\x01"
_SIGNATURE = re.compile(r"— (?P<name>[^\s+]+) (?P<value>[A-Za-z0-9+/]+={0,2})")
_NAME = re.compile(r"[^\s+]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
MOST_SIGNATURES = 64


class UnusableNote(ValueError):  # noqa: N818 - named for the situation
    """A text that is no note of this kind, or whose signature is wrong."""


@dataclass(frozen=True, slots=True)
class Key:
    """A verifier key: a name and 32 bytes of an Ed25519 public key."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The first four bytes of the hash of name and key."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        """Write it as ``name+id+key``."""
        return f"{self.name}+{self.id.hex()}+{encode(ED25519 + self.public)}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log states of itself: its origin, how many entries it has, and their root."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        """Write the three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{encode(self.root)}\n"


def encode(raw: bytes) -> str:
    """Write bytes in base64."""
    return base64.b64encode(raw).decode("ascii")


def decode(text: str, what: str) -> bytes:
    """Read base64 that is written in the one canonical way.

    Raises:
        UnusableNote: it is not.
    """
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnusableNote(f"{what} is not base64: {text[:40]!r}") from error
    if encode(raw) != text:
        raise UnusableNote(f"{what} is not written canonically in base64: {text[:40]!r}")
    return raw


def parse_key(text: str) -> Key:
    """Read a verifier key ``name+id+key``.

    Raises:
        UnusableNote: it has another form, or its id does not fit.
    """
    parts = text.strip().split("+", 2)
    if len(parts) != 3 or _NAME.fullmatch(parts[0]) is None:
        raise UnusableNote("a verifier key is written name+id+key; copy the whole line")
    raw = decode(parts[2], "the key")
    if len(raw) != 33 or raw[:1] != ED25519:
        raise UnusableNote("the key is no Ed25519 key of a signed note")
    key = Key(parts[0], raw[1:])
    if key.id.hex() != parts[1].lower():
        raise UnusableNote("the id does not fit name and key; the line was changed or cut")
    return key


def sign_note(text: str, key: Key, sign: Sign) -> str:
    """Sign a text that ends in a line feed; return the whole note."""
    _check_text(text)
    signature = encode(key.id + sign(text.encode()))
    return f"{text}\n— {key.name} {signature}\n"


def open_note(note: str, keys: Sequence[Key], verify: Verify) -> str:
    """Return the text of a note that at least one of the keys has signed.

    Signatures of other keys are passed over; a wrong one of a known key refuses the note.

    Raises:
        UnusableNote: no such text, or no right signature of a known key.
    """
    text, separator, tail = note.rpartition("\n\n")
    if not separator:
        raise UnusableNote("no blank line before the signatures; the note was cut")
    text += "\n"
    _check_text(text)
    signed = [_check(line, text, keys, verify) for line in _signatures(tail)]
    if not any(signed):
        names = ", ".join(key.name for key in keys)
        raise UnusableNote(f"no signature by {names}; this note is from another log")
    return text


def _check_text(text: str) -> None:
    if not text.endswith("\n") or _CONTROL.search(text):
        raise UnusableNote("the text has control characters, or does not end with a line feed")


def _signatures(tail: str) -> list[str]:
    if not tail.endswith("\n"):
        raise UnusableNote("the last signature has no line feed; the note was cut")
    lines = tail[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise UnusableNote(f"more than {MOST_SIGNATURES} signatures")
    return lines


def _check(line: str, text: str, keys: Sequence[Key], verify: Verify) -> bool:
    match = _SIGNATURE.fullmatch(line)
    if match is None:
        raise UnusableNote(f"a line is no signature: {line[:40]!r}")
    raw = decode(match["value"], "a signature")
    for key in keys:
        if key.name == match["name"] and key.id == raw[:4]:
            if len(raw) != 68 or not verify(key.public, raw[4:], text.encode()):
                raise UnusableNote(f"the signature of {key.name} is wrong: the text was changed")
            return True
    return False


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the text of a checkpoint; lines after the third are passed over.

    Raises:
        UnusableNote: it has another form.
    """
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0] or re.fullmatch(r"0|[1-9]\d*", lines[1]) is None:
        raise UnusableNote("a checkpoint has the lines origin, size and root")
    root = decode(lines[2], "the root")
    if len(root) != 32:
        raise UnusableNote("the root of a checkpoint has 32 bytes")
    return Checkpoint(lines[0], int(lines[1]), root)
