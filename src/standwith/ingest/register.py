"""Registers as files: CSV, XLSX, JSON, and folders of small YAML or JSON files, into rows.

Nothing is guessed away: a row that cannot be read is given back with its text and the reason, and
a file that is something else (a login page, a program) stops with a sentence.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Protocol
from zipfile import BadZipFile, ZipFile

import yaml
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from standwith.account.registry.mapping import UnusableRegister, recognised
from standwith.account.registry.staging import Quarantined, Row

LARGEST = 1_000_000_000
FIELD = 1_000_000
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CODE_PAGES = ("windows-1251", "windows-1256", "gb18030")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A register as it lies in its file: heads, rows, rows that were lost, and how it was read."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    lost: tuple[Quarantined, ...]
    encoding: str = "utf-8"


def read_register(path: Path, encoding: str = "") -> Sheet:
    """Read a register from a file or folder, by its suffix; ``encoding`` is that of its text.

    Raises:
        UnusableRegister: it is no register of a known form, or too large.
        OSError: it cannot be read.
    """
    if path.is_dir():
        return _folder(path)
    size = path.stat().st_size
    if size > LARGEST:
        raise UnusableRegister(f"{path.name}: {size:,} bytes; {LARGEST:,} at most; split the file")
    return read_bytes(path.name, path.read_bytes(), encoding)


def read_bytes(name: str, data: bytes, encoding: str = "") -> Sheet:
    """Read a register that is one file, by the suffix of its name.

    Raises:
        UnusableRegister: it is no register of a known form.
    """
    readers = {".csv": read_csv, ".tsv": read_csv, ".txt": read_csv, ".xlsx": read_xlsx,
               ".json": read_json}  # fmt: skip
    reader = readers.get(Path(name).suffix.lower())
    if reader is None:
        known = ", ".join(readers)
        raise UnusableRegister(f"{name}: no form that is known; save it as one of {known}")
    return reader(name, data, encoding)


def read_csv(name: str, data: bytes, encoding: str = "") -> Sheet:
    """Read delimited text in UTF-8 or UTF-16, in ``encoding``, or in a code page its heads tell.

    Raises:
        UnusableRegister: it is a web page, has no text, or no second column.
    """
    text, encoding = _decoded(name, data, encoding)
    _check_page(name, text)
    rows = csv.reader(StringIO(text, newline=""), _dialect(text), strict=True)
    head = tuple(cell.strip() for cell in next(_lines(rows, name), ("", []))[1])
    if len([cell for cell in head if cell]) < 2:
        raise UnusableRegister(f"{name}: line 1: fewer than two heads; is this the list itself?")
    found, lost = list[Row](), list[Quarantined]()
    for where, cells in _lines(rows, name):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) == len(head):
            found.append(Row(where, dict(zip(head, cells, strict=True))))
        else:
            reason = f"{len(cells)} cells under {len(head)} heads"
            lost.append(Quarantined(where, " | ".join(cells), reason))
    return Sheet(head, tuple(found), tuple(lost), encoding)


class _Reader(Protocol):
    line_num: int

    def __next__(self) -> list[str]: ...


def _lines(rows: _Reader, name: str) -> Iterator[tuple[str, list[str]]]:
    """Give the rows with the line on which each begins; broken quoting ends the file in words."""
    while True:
        where = f"line {rows.line_num + 1}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnusableRegister(
                f"{name}: {where}: quotes that do not match, or a cell beyond 131,072 characters"
                f" ({error}); save the file anew as CSV"
            ) from error
        yield where, row


def _decoded(name: str, data: bytes, encoding: str = "") -> tuple[str, str]:
    if b"\0" in data[:2000] and not data.startswith(_UTF_16):
        raise UnusableRegister(f"{name}: no text, but a binary file; export the list as CSV")
    for code in [encoding] if encoding else _utf(data):
        try:
            return data.decode(code), code
        except (UnicodeDecodeError, LookupError) as error:
            if encoding:
                raise UnusableRegister(f"{name}: no text of {encoding} ({error})") from error
    return _code_page(name, data)


def _utf(data: bytes) -> list[str]:
    return ["utf-16"] if data.startswith(_UTF_16) else ["utf-8-sig"]


def _code_page(name: str, data: bytes) -> tuple[str, str]:
    """Take the code page in which the heads are words that registers use, if there is one."""
    scores = {}
    for code in _CODE_PAGES:
        text = data.decode(code, "replace")
        first = text.partition("\n")[0]
        heads = [head.strip(' "\r') for head in first.split(_dialect(text).delimiter)]
        scores[code] = recognised([head for head in heads if not head.isascii()])
    best = max(scores, key=lambda code: scores[code])
    if not scores[best] or list(scores.values()).count(scores[best]) > 1:
        raise UnusableRegister(f"{name}: the encoding is not known; save it as UTF-8, or name it")
    try:
        return data.decode(best), best
    except UnicodeDecodeError as error:
        raise UnusableRegister(f"{name}: no text of {best} ({error}); save it as UTF-8") from error


def _check_page(name: str, text: str) -> None:
    start = text[:2000].lstrip().casefold()
    if start.startswith(("<!doctype", "<html", "<?xml", "<head", "<body")):
        raise UnusableRegister(
            f"{name}: this is a web page (perhaps one to sign in), not a list; download it again"
        )


def _dialect(text: str) -> type[csv.Dialect]:
    """Take the delimiter that stands most often in the first line."""
    first = text.partition("\n")[0]
    best = max(",;\t|", key=first.count)

    class Found(csv.excel):
        delimiter = best

    return Found


def read_xlsx(name: str, data: bytes, _encoding: str = "") -> Sheet:
    """Read the first sheet of a workbook; formulas are taken by their text, never worked out.

    Raises:
        UnusableRegister: it is no workbook, or has no heads.
    """
    try:
        if sum(part.file_size for part in ZipFile(BytesIO(data)).infolist()) > LARGEST:
            raise UnusableRegister(f"{name}: a workbook larger than {LARGEST:,} bytes inside")
        book = load_workbook(BytesIO(data), read_only=True, data_only=False)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise UnusableRegister(f"{name}: no workbook ({error}); save it anew as XLSX") from error
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        head = tuple(_cell(value) for value in next(rows, ()))
        while head and not head[-1]:
            head = head[:-1]
        if len(head) < 2 or not all(head):
            raise UnusableRegister(f"{name}: row 1: every column of the list needs a head")
        return _sheet(head, rows)
    finally:
        book.close()


def _sheet(head: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> Sheet:
    found, lost = list[Row](), list[Quarantined]()
    for number, values in enumerate(rows, start=2):
        cells = [_cell(value) for value in values]
        if not any(cells):
            continue
        if any(cells[len(head) :]):
            reason = "cells to the right of the last head"
            lost.append(Quarantined(f"row {number}", " | ".join(cells), reason))
        else:
            cells += [""] * (len(head) - len(cells))
            found.append(Row(f"row {number}", dict(zip(head, cells, strict=False))))
    return Sheet(head, tuple(found), tuple(lost))


def _cell(value: object) -> str:
    """Write a cell as text: days without a time of day, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def read_json(name: str, data: bytes, encoding: str = "") -> Sheet:
    """Read a list of records, or an object that holds one under any name.

    Raises:
        UnusableRegister: it is no JSON, or holds no list of records.
    """
    text, _ = _decoded(name, data, encoding)
    try:
        held = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnusableRegister(f"{name}: no JSON ({error}); download it again") from error
    if isinstance(held, dict):
        held = next((value for value in held.values() if isinstance(value, list)), None)
    if not isinstance(held, list) or not held:
        raise UnusableRegister(f"{name}: no list of records in it")
    return _records((f"record {i}", one) for i, one in enumerate(held, start=1))


def _folder(path: Path) -> Sheet:
    """Read a folder of small files, one person in each; those that do not parse are quarantined."""
    files = sorted(one for one in path.rglob("*") if one.suffix in {".json", ".yaml", ".yml"})
    if not files:
        raise UnusableRegister(f"{path}: no YAML or JSON file in this folder")
    return _records((str(one.relative_to(path)), _small(one)) for one in files)


def _small(path: Path) -> object:
    """Read a small file; what does not parse, or is none, is given as its text."""
    with path.open("rb") as file:
        text = file.read(FIELD).decode("utf-8", "replace")
    try:
        return json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except (ValueError, yaml.YAMLError, RecursionError):
        return text


def _records(found: Iterator[tuple[str, object]]) -> Sheet:
    rows, lost, head = list[Row](), list[Quarantined](), dict[str, None]()
    for where, one in found:
        if isinstance(one, Mapping) and one:
            cells = {str(key): _flat(value) for key, value in one.items()}
            head |= dict.fromkeys(cells)
            rows.append(Row(where, cells))
        else:
            lost.append(Quarantined(where, _flat(one)[:FIELD], "does not parse as a record"))
    return Sheet(tuple(head), tuple(rows), tuple(lost))


def _flat(value: object) -> str:
    """Write a value as text; lists are joined by semicolons, records stay JSON."""
    if isinstance(value, list) and all(isinstance(one, str | int | float) for one in value):
        return "; ".join(map(_cell, value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return _cell(value)
