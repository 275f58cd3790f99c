"""The file of a backup: a header and sealed frames, so that no bent file is ever restored.

Magic, salt and nonce prefix; then frames of AES-256-GCM with a counter and a last-frame flag (as
in STREAM: Hoang, Reyhanitabar, Rogaway and Vizar 2015). The key comes from a passphrase by scrypt
(RFC 7914).
"""

from __future__ import annotations

import gzip
import io
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from standwith.services.keys import NAME

MAGIC = b"STANDWITH-BACKUP-1\n"
FRAME = 65_536
LEAST = 14
_HEAD = struct.Struct(">I")


class UnusableBackup(ValueError):  # noqa: N818 - named for the situation
    """A file that is no backup, was cut or changed, or needs another passphrase."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds: rows of each table, and the size of the log."""

    rows: dict[str, int]
    log: int


def key_of(passphrase: str, salt: bytes) -> bytes:
    """Derive the key of a backup from its passphrase.

    Raises:
        UnusableBackup: the passphrase is too short.
    """
    if len(passphrase) < LEAST:
        raise UnusableBackup(f"the passphrase needs at least {LEAST} letters; take several words")
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())


class Sealer(io.RawIOBase):
    """Collects bytes and writes them as sealed frames."""

    def __init__(self, file: IO[bytes], key: bytes, prefix: bytes) -> None:
        self._file, self._cipher, self._prefix = file, AESGCM(key), prefix
        self._held, self._count = bytearray(), 0

    def writable(self) -> bool:
        """It is for writing."""
        return True

    def write(self, data: Any) -> int:  # noqa: ANN401 - any buffer
        """Take bytes; write whole frames."""
        self._held += bytes(data)
        while len(self._held) > FRAME:
            self._frame(bytes(self._held[:FRAME]), last=False)
            del self._held[:FRAME]
        return len(data)

    def finish(self) -> None:
        """Write the last frame, which says that it is the last."""
        self._frame(bytes(self._held), last=True)
        self._held.clear()

    def _frame(self, plain: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._prefix, self._count, last=last), plain, MAGIC)
        self._file.write(_HEAD.pack(len(sealed)) + sealed)
        self._count += 1


def _nonce(prefix: bytes, count: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">I", count) + bytes([last])


def _open(file: IO[bytes], passphrase: str) -> bytes:
    head = file.read(len(MAGIC) + 23)
    if not head.startswith(MAGIC) or len(head) != len(MAGIC) + 23:
        raise UnusableBackup("this is no backup of Standwith")
    salt, prefix = head[len(MAGIC) : -7], head[-7:]
    cipher = AESGCM(key_of(passphrase, salt))
    plain, count, ended = bytearray(), 0, False
    while (size := file.read(4)) and not ended:
        sealed = file.read(_HEAD.unpack(size)[0]) if len(size) == 4 else b""
        part, ended = _frame_of(cipher, prefix, count, sealed)
        plain += part
        count += 1
    if not ended or size:
        raise UnusableBackup("the backup was cut, or something was added to it")
    return bytes(plain)


def _frame_of(cipher: AESGCM, prefix: bytes, count: int, sealed: bytes) -> tuple[bytes, bool]:
    for last in (False, True):
        try:
            return cipher.decrypt(_nonce(prefix, count, last=last), sealed, MAGIC), last
        except InvalidTag:
            continue
    raise UnusableBackup("the passphrase is another, or the backup was changed")


def read_backup(source: Path, passphrase: str) -> tuple[Kept, list[dict[str, Any]], str]:
    """Read a backup wholly: what it holds, its rows, and the key file.

    Raises:
        UnusableBackup: it is no backup, was cut or changed, or needs another passphrase.
    """
    with source.open("rb") as file:
        plain = _open(file, passphrase)
    lines = [json.loads(line) for line in gzip.decompress(plain).splitlines()]
    rows = [line["row"] for line in lines if "row" in line]
    if not lines or "keys" not in lines[0] or "end" not in lines[-1]:
        raise UnusableBackup("the backup does not hold what it should")
    return Kept(lines[-1]["end"], lines[-1]["log"]), rows, lines[0]["keys"]


def write_keys(source: Path, passphrase: str, folder: Path) -> None:
    """Put the key file of a backup into a folder that has none.

    Raises:
        UnusableBackup: see ``read_backup``; or the folder has keys already.
    """
    _, _, key_file = read_backup(source, passphrase)
    path = folder / NAME
    if path.exists():
        raise UnusableBackup(f"{path} is there already; restore into an empty folder")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    path.write_text(key_file, "utf-8")
