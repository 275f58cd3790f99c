"""Registers as files, in every form that they come in, into rows.

Nothing is guessed away: a row that cannot be read is given back with its text and the reason, and
a file that is something else (a login page, a program) stops with a sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from standwith.account.registry.mapping import UnusableRegister
from standwith.ingest.delimited import read_csv
from standwith.ingest.nested import read_folder, read_json, read_lines, read_zip
from standwith.ingest.pdf import read_pdf
from standwith.ingest.sheet import LARGEST, Sheet
from standwith.ingest.workbook import read_xlsx

_READERS: dict[str, Callable[[str, bytes, str], Sheet]] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".txt": read_csv,
    ".xlsx": read_xlsx,
    ".json": read_json,
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".ftm": read_lines,
    ".pdf": read_pdf,
    ".zip": read_zip,
}
FORMS = tuple(_READERS)


def read_register(path: Path, encoding: str = "") -> Sheet:
    """Read a register from a file or folder, by its suffix; ``encoding`` is that of its text.

    Raises:
        UnusableRegister: it is no register of a known form, or too large.
        OSError: it cannot be read.
    """
    if path.is_dir():
        return read_folder(path)
    size = path.stat().st_size
    if size > LARGEST:
        raise UnusableRegister(f"{path.name}: {size:,} bytes; {LARGEST:,} at most; split the file")
    return read_bytes(path.name, path.read_bytes(), encoding)


def read_bytes(name: str, data: bytes, encoding: str = "") -> Sheet:
    """Read a register that is one file, by the suffix of its name.

    Raises:
        UnusableRegister: it is no register of a known form.
    """
    reader = _READERS.get(Path(name).suffix.lower())
    if reader is None:
        known = ", ".join(FORMS)
        raise UnusableRegister(f"{name}: no form that is known; save it as one of {known}")
    return reader(name, data, encoding)
