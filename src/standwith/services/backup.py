"""Backups: every row and the keys in one encrypted file, read again before it counts."""

from __future__ import annotations

import gzip
import json
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core import serializers
from django.db import DEFAULT_DB_ALIAS, models, transaction

from standwith.services import journal, verification
from standwith.services.keys import NAME
from standwith.services.place import home
from standwith.services.rows import go_on_counting, tables
from standwith.services.sight import whole_database
from standwith.services.vault import MAGIC, Kept, Sealer, UnusableBackup, key_of, read_backup


def write_backup(target: Path, passphrase: str) -> Kept:
    """Write a backup, whole or not at all, and read it again before it counts.

    Raises:
        UnusableBackup: the passphrase is too short, or what was written does not read back.
        OSError: the file cannot be written.
    """
    salt, prefix = secrets.token_bytes(16), secrets.token_bytes(7)
    key = key_of(passphrase, salt)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with whole_database(), draft.open("xb") as file:
            file.write(MAGIC + salt + prefix)
            kept = _write_rows(Sealer(file, key, prefix))
        draft.chmod(0o600)
        if read_backup(draft, passphrase)[0] != kept:
            raise UnusableBackup("what was written does not read back; try another disk")
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return kept


def _write_rows(sealer: Sealer) -> Kept:
    counts: dict[str, int] = {}
    with gzip.GzipFile(fileobj=sealer, mode="wb", mtime=0) as packed:
        packed.write(_line({"keys": (home() / NAME).read_text("utf-8")}))
        for model in tables():
            counts[model.__name__] = 0
            for row in _rows(model):
                packed.write(row)
                counts[model.__name__] += 1
        kept = Kept(counts, journal.log_size())
        packed.write(_line({"end": counts, "log": kept.log}))
    sealer.finish()
    return kept


def _rows(model: type[models.Model]) -> Iterator[bytes]:
    rows = model._base_manager.order_by("pk").iterator(1000)  # noqa: SLF001 - Django's documented API of models
    for row in rows:
        (found,) = serializers.serialize("python", [row])
        yield _line({"row": found})


def _line(value: object) -> bytes:
    return json.dumps(value, default=_text, ensure_ascii=False).encode() + b"\n"


def _text(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def restore(source: Path, passphrase: str) -> Kept:
    """Restore into an empty database whose tables stand; verified before it counts.

    Raises:
        UnusableBackup: see ``read_backup``; or the database is not empty, or does not verify.
    """
    kept, rows, key_file = read_backup(source, passphrase)
    if (home() / NAME).read_text("utf-8") != key_file:
        raise UnusableBackup(f"{NAME} of this folder is another; put the backup's in its place")
    with whole_database():
        if journal.log_size():
            raise UnusableBackup("there is a workspace here already; restore into an empty folder")
        load_rows(rows)
        journal.keep_anchor()
        found = verification.verify()
        if not found.sound:
            transaction.set_rollback(True)
            (home() / journal.ANCHOR).unlink(missing_ok=True)
            raise UnusableBackup(f"the backup does not verify: {found.findings[0].what}")
    return kept


def load_rows(rows: list[dict[str, Any]]) -> None:
    """Write rows as they were, in the order of their tables."""
    for found in serializers.deserialize("python", rows):
        found.save()
    go_on_counting(DEFAULT_DB_ALIAS)
