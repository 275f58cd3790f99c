"""Records that are no table: JSON, lines of JSON, FollowTheMoney, folders of small files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile

import yaml

from standwith.account.registry.mapping import UnusableRegister
from standwith.ingest import ftm
from standwith.ingest.delimited import decoded
from standwith.ingest.sheet import FIELD, LARGEST, Sheet, records

SMALL = frozenset({".json", ".yaml", ".yml"})


def read_json(name: str, data: bytes, encoding: str = "") -> Sheet:
    """Read a list of records, an object that holds one under any name, or FollowTheMoney.

    Raises:
        UnusableRegister: it is no JSON, or holds no list of records.
    """
    text, _ = decoded(name, data, encoding)
    try:
        held = _list_in(json.loads(text))
    except (ValueError, RecursionError) as error:
        if text.lstrip().startswith("{") and "\n{" in text:
            return _told(list(_lines(text)))
        raise UnusableRegister(f"{name}: no JSON ({error}); download it again") from error
    if not held:
        raise UnusableRegister(f"{name}: no list of records in it")
    return _told([(f"record {i}", one) for i, one in enumerate(held, start=1)])


def _list_in(held: object) -> list[object]:
    """Return the list that a document is, or holds under any name."""
    if ftm.is_entity(held):
        return [held]
    parts = held.values() if isinstance(held, dict) else [held]
    return next((one for one in parts if isinstance(one, list)), [])


def read_lines(name: str, data: bytes, encoding: str = "") -> Sheet:
    """Read a record on each line, as FollowTheMoney is exchanged.

    Raises:
        UnusableRegister: no line is a record.
    """
    text, _ = decoded(name, data, encoding)
    found = list(_lines(text))
    if not any(isinstance(one, dict) for _, one in found):
        raise UnusableRegister(f"{name}: no line of it is a record; is this the list itself?")
    return _told(found)


def _lines(text: str) -> Iterator[tuple[str, object]]:
    """Give each line that holds anything; what does not parse is given as its text."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield f"line {number}", _parsed(line)


def _parsed(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return line


def _told(found: list[tuple[str, object]]) -> Sheet:
    """Read entities of FollowTheMoney as such, everything else as it is."""
    if any(ftm.is_entity(one) for _, one in found):
        return ftm.read_entities(found)
    return records(found)


def read_folder(path: Path) -> Sheet:
    """Read a folder of small files, one person in each; those that do not parse are quarantined.

    Raises:
        UnusableRegister: there is no such file in it.
        OSError: it cannot be read.
    """
    files = sorted(one for one in path.rglob("*") if one.suffix in SMALL)
    if not files:
        raise UnusableRegister(f"{path}: no YAML or JSON file in this folder")
    return records((str(one.relative_to(path)), _opened(one)) for one in files)


def _opened(path: Path) -> object:
    with path.open("rb") as file:
        return _small(path.suffix, file.read(FIELD))


def read_zip(name: str, data: bytes, _encoding: str = "") -> Sheet:
    """Read a folder of small files that was packed as ZIP.

    Raises:
        UnusableRegister: it is no ZIP, has no such file in it, or unpacks to too much.
    """
    try:
        with ZipFile(BytesIO(data)) as pack:
            held = {one.filename: one.file_size for one in pack.infolist()}
            names = sorted(one for one in held if PurePosixPath(one).suffix in SMALL)
            if not names or sum(held[one] for one in names) > LARGEST:
                raise UnusableRegister(
                    f"{name}: no YAML or JSON file in it, or more than {LARGEST:,} bytes inside"
                )
            return records([(one, _unpacked(pack, one)) for one in names])
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise UnusableRegister(f"{name}: no ZIP that opens ({error}); pack it anew") from error


def _unpacked(pack: ZipFile, name: str) -> object:
    with pack.open(name) as file:
        return _small(PurePosixPath(name).suffix, file.read(FIELD))


def _small(suffix: str, data: bytes) -> object:
    """Read a small file; what does not parse, or is none, is given as its text."""
    text = data.decode("utf-8", "replace")
    try:
        return json.loads(text) if suffix == ".json" else yaml.safe_load(text)
    except (ValueError, yaml.YAMLError, RecursionError):
        return text
