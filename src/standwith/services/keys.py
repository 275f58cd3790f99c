"""The keys of a workspace, held in one file beside the database and readable by its owner alone.

``root`` wraps the keys of records, ``log_seed`` signs checkpoints, ``secret`` signs sessions. The
file is the one thing that a backup must keep apart from the database.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from standwith.kernel.note import Key

NAME = "keys.json"
Stored = bytes | memoryview
"""What a database gives for a column of bytes."""


class UnusableKeys(ValueError):  # noqa: N818 - named for the situation
    """The key file is missing, readable by others, or not what it should be."""


class SealBroken(ValueError):  # noqa: N818 - named for the situation
    """A sealed value was changed, moved to another row, or sealed with another key."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one workspace; ``log_name`` is the origin of its log."""

    secret: str
    root: bytes
    log_seed: bytes
    log_name: str

    def log_key(self) -> Key:
        """Return the verifier key of the log, which is public."""
        public = self._signer().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return Key(self.log_name, public)

    def sign(self, message: bytes) -> bytes:
        """Sign as the log."""
        return self._signer().sign(message)

    def _signer(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.log_seed)

    def wrap(self, key: bytes) -> bytes:
        """Wrap the key of a record (AES-256-KW, RFC 3394)."""
        return aes_key_wrap(self.root, key)

    def unwrap(self, wrapped: Stored) -> bytes:
        """Unwrap the key of a record."""
        return aes_key_unwrap(self.root, bytes(wrapped))

    def pseudonym(self, *parts: str) -> str:
        """Name somebody or something without telling who: stable, and opaque without the key."""
        mac = hmac.HMAC(self.root, hashes.SHA256())
        mac.update("\x1f".join(parts).encode())
        return mac.finalize().hex()[:24]

    def seal(self, value: bytes, place: str) -> bytes:
        """Seal a value for one place in the database, such as a factor's secret."""
        return seal(self.root, value, place)

    def open(self, sealed: Stored, place: str) -> bytes:
        """Open what was sealed for that place."""
        return unseal(self.root, sealed, place)


def seal(key: bytes, value: bytes, place: str) -> bytes:
    """Encrypt with AES-256-GCM; the place is bound in, so that rows cannot be exchanged."""
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(key).encrypt(nonce, value, place.encode())


def unseal(key: bytes, sealed: Stored, place: str) -> bytes:
    """Decrypt what ``seal`` gave.

    Raises:
        SealBroken: the bytes, the place or the key is another.
    """
    raw = bytes(sealed)
    try:
        return AESGCM(key).decrypt(raw[:12], raw[12:], place.encode())
    except (InvalidTag, ValueError) as error:
        raise SealBroken(f"the sealed value at {place} was changed") from error


def verify_ed25519(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a signature is right; never raises."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def make_keys(home: Path) -> Path:
    """Write a key file with new keys, unless there is one; return its path."""
    path = home / NAME
    if path.exists():
        return path
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = {
        "secret": secrets.token_urlsafe(48),
        "root": base64.b64encode(secrets.token_bytes(32)).decode(),
        "log_seed": base64.b64encode(secrets.token_bytes(32)).decode(),
        "log_name": f"standwith.invalid/log/{secrets.token_hex(8)}",
    }
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(made, file)
        file.flush()
        os.fsync(file.fileno())
    return path


@cache
def read_keys(home: Path) -> Keys:
    """Read the key file of a workspace.

    Raises:
        UnusableKeys: it is missing, others may read it, or a key has the wrong form.
    """
    path = home / NAME
    try:
        mode = path.stat().st_mode
        held = json.loads(path.read_text("utf-8"))
        root, seed = (base64.b64decode(held[name], validate=True) for name in ("root", "log_seed"))
        keys = Keys(str(held["secret"]), root, seed, str(held["log_name"]))
    except FileNotFoundError as error:
        message = f"{path} is missing; restore it from where you keep it, or start a new workspace"
        raise UnusableKeys(message) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnusableKeys(f"{path} is no key file ({error}); restore it from a backup") from error
    if mode & 0o077:
        raise UnusableKeys(f"{path} can be read by others; run: chmod 600 {path}")
    if len(root) != 32 or len(seed) != 32:
        raise UnusableKeys(f"{path}: root and log_seed must have 32 bytes; restore the file")
    return keys
