"""Workbooks into rows: the first sheet, formulas by their text and never worked out."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from standwith.account.registry.mapping import UnusableRegister
from standwith.account.registry.staging import Quarantined, Row
from standwith.ingest.sheet import LARGEST, Sheet, cell


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
        head = tuple(cell(value) for value in next(rows, ()))
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
        cells = [cell(value) for value in values]
        if not any(cells):
            continue
        if any(cells[len(head) :]):
            reason = "cells to the right of the last head"
            lost.append(Quarantined(f"row {number}", " | ".join(cells), reason))
        else:
            cells += [""] * (len(head) - len(cells))
            found.append(Row(f"row {number}", dict(zip(head, cells, strict=False))))
    return Sheet(head, tuple(found), tuple(lost))
