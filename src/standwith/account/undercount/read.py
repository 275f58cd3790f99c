"""Capture tables from text: one column of 0 and 1 for each list, and one of counts."""

from __future__ import annotations

import csv
from io import StringIO

from standwith.account.undercount.capture import CaptureTable, UnusableTable, from_rows

NEVER = "impossible"  # in the place of a count: a pattern that cannot occur
COUNTS = ("count", "Freq", "freq", "n")


def read_table(text: str) -> CaptureTable:
    """Read a table as comma-separated values; columns may be named in_LIST, as the field does.

    A pattern that cannot occur, such as a release before a list was founded, has `impossible` in
    the place of its count.

    Raises:
        UnusableTable: with the line, what is wrong there, and how to mend it.
    """
    try:
        return _read(text.removeprefix("\ufeff"))
    except csv.Error as error:
        raise UnusableTable(f"this is no comma-separated text ({error}); save it anew") from error


def _read(text: str) -> CaptureTable:
    rows = csv.reader(StringIO(text, newline=""))
    head = [name.strip() for name in next(rows, [])]
    at = _place_of_counts(head)
    names = [name.removeprefix("in_") for i, name in enumerate(head) if i != at]
    filled = ((row, rows.line_num) for row in rows if "".join(row).strip())
    found = [_row(row, at, len(head), line) for row, line in filled]
    if not found:
        raise UnusableTable("the table has no rows under its head")
    return _parted(names, found)


def _parted(names: list[str], rows: list[tuple[list[int], int | None]]) -> CaptureTable:
    """Part the patterns that were counted from those that cannot occur."""
    counted = [(pattern, count) for pattern, count in rows if count is not None]
    never = [pattern for pattern, count in rows if count is None]
    return from_rows(names, counted).impossible(never)


def _place_of_counts(head: list[str]) -> int:
    counted = [name for name in COUNTS if name in head]
    if len(counted) != 1:
        raise UnusableTable("line 1: name one column of counts `count`, the others as the lists")
    return head.index(counted[0])


def _row(row: list[str], at: int, width: int, line: int) -> tuple[list[int], int | None]:
    if len(row) != width:
        raise UnusableTable(f"line {line}: {len(row)} cells under {width} columns")
    cells = [cell.strip() for cell in row]
    count = _count(cells.pop(at), line)
    wrong = next((cell for cell in cells if cell not in {"0", "1"}), None)
    if wrong is not None:
        raise UnusableTable(f"line {line}: {wrong!r} is neither 0 nor 1")
    return [int(cell) for cell in cells], count


def _count(text: str, line: int) -> int | None:
    """Read a count; None where the pattern cannot occur."""
    if text == NEVER:
        return None
    if not text.isascii() or not text.isdigit():
        raise UnusableTable(f"line {line}: {text!r} is no count; write a whole number from 0 on")
    return int(text)
