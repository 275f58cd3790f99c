"""Delimited text into rows, in the encodings and with the delimiters of real lists."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Protocol

from standwith.account.registry.mapping import UnusableRegister, recognised
from standwith.account.registry.staging import Quarantined, Row
from standwith.ingest.sheet import Sheet, storable

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CODE_PAGES = ("windows-1251", "windows-1256", "gb18030")


def read_csv(name: str, data: bytes, encoding: str = "") -> Sheet:
    """Read delimited text in UTF-8 or UTF-16, in ``encoding``, or in a code page its heads tell.

    Raises:
        UnusableRegister: it is a web page, has no text, or no second column.
    """
    text, encoding = decoded(name, data, encoding)
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


def decoded(name: str, data: bytes, encoding: str = "") -> tuple[str, str]:
    """Read text in the encoding that is named, or that the file shows; return both.

    Raises:
        UnusableRegister: it is a binary file, or the encoding is not known.
    """
    if b"\0" in data[:2000] and not data.startswith(_UTF_16):
        raise UnusableRegister(f"{name}: no text, but a binary file; export the list as CSV")
    for code in [encoding] if encoding else _utf(data):
        try:
            return storable(data.decode(code)), code
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
