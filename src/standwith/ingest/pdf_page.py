"""Pages of a PDF as tables and lines; the program of a child process that reads what it is sent.

    python -m standwith.ingest.pdf_page < list.pdf > pages.json

A crafted file can ask for any amount of time and memory, so this process limits itself first.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import groupby
from typing import Any

import pdfplumber

if sys.platform != "win32":
    import resource

SECONDS = 120
MEMORY = 2_000_000_000
PAGES = 2_000
_RIGHT = frozenset({"R", "AL"})
_LEFT = frozenset({"L", "EN", "AN"})
# Latin ligatures, and the shapes of Arabic letters by their place in a word.
_FORMS = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]")
Char = Mapping[str, Any]


def main() -> None:
    """Read a PDF from the standard input; write its pages to the standard output as JSON."""
    _limit()
    data = sys.stdin.buffer.read()
    logging.disable(logging.CRITICAL)  # what a broken font says of itself is nothing to act on
    sys.stdout.write(json.dumps(list(pages(data)), ensure_ascii=False))


def _limit() -> None:
    if sys.platform != "win32":  # it has no such limits; there the parent's limit of time stands
        for kind, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY)):
            resource.setrlimit(kind, (most, most))


def pages(data: bytes) -> Iterator[dict[str, Any]]:
    """Give each page: its tables as rows of cells, and its lines with size, weight and gap.

    Raises:
        ValueError: there are too many pages.
    """
    with pdfplumber.open(BytesIO(data)) as held:
        if len(held.pages) > PAGES:
            raise ValueError(f"{len(held.pages):,} pages; {PAGES:,} at most")
        for page in held.pages:
            chars = page.chars
            tables = [_table(table, chars) for table in page.find_tables()]
            yield {"tables": tables, "lines": list(lines(chars))}
            page.close()


def _table(table: Any, chars: Sequence[Char]) -> list[list[str]]:  # noqa: ANN401 - of the library
    """Read the cells of a table; characters belong to the cell in which their middle lies."""
    found = []
    for row in table.rows:
        inside = [one for one in chars if _within(row.bbox, one)]
        cells = [[one for one in inside if box and _within(box, one)] for box in row.cells]
        found.append([" ".join(line["text"] for line in lines(cell)) for cell in cells])
    return found


def _within(box: Sequence[float], char: Char) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def lines(chars: Iterable[Char]) -> Iterator[dict[str, Any]]:
    """Give the lines of some characters, from above, each in the order in which it is read.

    ``size`` is that of the largest letter, ``bold`` whether all are, ``gap`` the space above as a
    share of the height of the line.
    """
    below = None
    for row in _rows(chars):
        text = " ".join(logical(_spaced(row)).split())
        inked = [one for one in row if one["text"].strip()]
        if not inked:
            continue
        top, bottom = min(one["top"] for one in inked), max(one["bottom"] for one in inked)
        height = max(bottom - top, 1.0)
        yield {
            "text": text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8"),
            "size": round(max(one["size"] for one in inked), 1),
            "bold": all("bold" in one["fontname"].casefold() for one in inked),
            "gap": 9.0 if below is None else round((top - below) / height, 2),
        }
        below = bottom


def _rows(chars: Iterable[Char]) -> Iterator[list[Char]]:
    """Bring characters together whose middles lie at one height."""
    row: list[Char] = []
    middle = 0.0
    for one in sorted(chars, key=_middle):
        if row and abs(_middle(one) - middle) > max(one["size"], 1) * 0.4:
            yield sorted(row, key=lambda char: char["x0"])
            row = []
        if not row:
            middle = _middle(one)
        row.append(one)
    if row:
        yield sorted(row, key=lambda char: char["x0"])


def _middle(char: Char) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _spaced(row: Sequence[Char]) -> list[str]:
    """List the texts of a line from the left, with a blank where there is a gap."""
    found, end = list[str](), None
    for one in row:
        if end is not None and one["x0"] - end > one["size"] * 0.2:
            found.append(" ")
        found.append(_FORMS.sub(_plain, one["text"]))
        end = max(one["x1"], end or one["x1"])
    return found


def _plain(shape: re.Match[str]) -> str:
    """Write a letter for the shape in which it was drawn, two for a ligature."""
    return unicodedata.normalize("NFKC", shape[0])


def logical(shown: Sequence[str]) -> str:
    """Put the signs of a line, listed as they are seen from the left, in the order of reading.

    A line is read from the right where its label stands there, or most of its letters are read so.
    Runs of the other direction, with the blanks and points inside them, keep their own.
    """
    kinds = [_kind(text) for text in shown]
    if "R" not in kinds:
        return "".join(shown)
    base = _base(shown, kinds)
    pairs = list(zip(_settled(kinds, base), shown, strict=True))
    runs = [(kind, [text for _, text in run]) for kind, run in groupby(pairs, lambda one: one[0])]
    if base == "R":
        runs.reverse()
    turned = (run if kind == "L" else run[::-1] for kind, run in runs)
    return "".join(text for run in turned for text in run)


def _base(shown: Sequence[str], kinds: Sequence[str]) -> str:
    """Tell the direction of a line: by the letter that its first colon clings to, or by most."""
    if ":" in shown:
        left, right = shown.index(":") - 1, len(shown) - shown[::-1].index(":")
        if right < len(kinds) and kinds[right] == "R":
            return "R"
        if left >= 0 and kinds[left] == "L":
            return "L"
    letters = sum(kind == "L" and not text.isdigit()
                  for kind, text in zip(kinds, shown, strict=True))  # fmt: skip
    return "R" if kinds.count("R") >= letters else "L"


def _kind(text: str) -> str:
    kinds = {unicodedata.bidirectional(char) for char in text}
    if kinds & _RIGHT:
        return "R"
    return "L" if kinds & _LEFT else ""


def _settled(kinds: Sequence[str], base: str) -> list[str]:
    """Give signs without a direction that of both neighbours, or that of the line."""
    found = list(kinds)
    at = 0
    for kind, run in groupby(kinds):
        size = len(list(run))
        if not kind:
            before = found[at - 1] if at else base
            after = kinds[at + size] if at + size < len(kinds) else base
            found[at : at + size] = [before if before == after else base] * size
        at += size
    return found


if __name__ == "__main__":
    main()
