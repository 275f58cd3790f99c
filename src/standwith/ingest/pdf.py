"""Lists in PDF: ruled tables, or a heading for each person with labelled lines under it.

No code is written for any one file: tables are found by their lines, labels by the same words as
the heads of other lists, headings by their letters.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

from standwith.account.registry.mapping import UnusableRegister, field_of
from standwith.account.registry.staging import Quarantined, Row
from standwith.ingest.sheet import Sheet

Page = Mapping[str, Any]
Line = Mapping[str, Any]
WAIT = 180
_PLACE = re.compile(r"^(\d{1,6})\s*[.)]\s+(?=\S)")
_LABEL = re.compile(r"^([^:：]{2,60})\s*[:：]\s*(.*)$", re.DOTALL)


def read_pdf(name: str, data: bytes, _encoding: str = "") -> Sheet:
    """Read the tables of a PDF, or where it has none, its labelled blocks.

    Raises:
        UnusableRegister: it is no PDF, holds no text, no list, or cannot be read here.
    """
    held = _pages(name, data)
    if not any(page["lines"] for page in held):
        raise UnusableRegister(f"{name}: pictures without text; recognise the text first (OCR)")
    tables = [(i, table) for i, page in enumerate(held, start=1) for table in page["tables"]]
    wide = [one for one in tables if len(one[1][0]) > 1]
    found = _of_tables(wide) if wide else _of_blocks(held)
    if not found.rows:
        raise UnusableRegister(f"{name}: neither a table nor labelled lines under names in it")
    return found


def _pages(name: str, data: bytes) -> list[Page]:
    """Let a child process read the file, so that no file can stop this one."""
    if find_spec("pdfplumber") is None:
        raise UnusableRegister(f"{name}: to read PDF, install standwith[pdf]; or save it as CSV")
    if not data.lstrip()[:5].startswith(b"%PDF-"):
        raise UnusableRegister(f"{name}: no PDF; download it again")
    asked = [sys.executable, "-m", "standwith.ingest.pdf_page"]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no word of it from outside
            asked, input=data, capture_output=True, timeout=WAIT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UnusableRegister(f"{name}: takes longer than {WAIT} s to read; split it") from error
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2][:200]
        raise UnusableRegister(f"{name}: no PDF that can be read ({last or 'it was stopped'})")
    pages: list[Page] = json.loads(done.stdout)
    return pages


def _of_tables(tables: Sequence[tuple[int, list[list[str]]]]) -> Sheet:
    """Read tables under the heads of the first; rows of another width are given back."""
    head = tuple(tables[0][1][0])
    if not all(head):
        raise UnusableRegister("the table: every column of the list needs a head")
    rows, lost = list[Row](), list[Quarantined]()
    for page, table in tables:
        for number, cells in enumerate(table, start=1):
            where = f"page {page}, row {number}"
            if tuple(cells) == head or not any(cells):
                continue
            if len(cells) == len(head):
                rows.append(Row(where, dict(zip(head, cells, strict=True))))
            else:
                reason = f"{len(cells)} cells under {len(head)} heads"
                lost.append(Quarantined(where, " | ".join(cells), reason))
    return Sheet(head, tuple(rows), tuple(lost), "pdf")


def _of_blocks(pages: Sequence[Page]) -> Sheet:
    """Read persons one after the other, each from a heading to the next."""
    rows, lost, head = list[Row](), list[Quarantined](), dict[str, None]()
    for where, cells in _blocks(_running(pages)):
        if any(field_of(name) not in {"", "name"} for name in cells):
            head |= dict.fromkeys(cells)
            rows.append(Row(where, cells))
        elif cells:
            reason = "a heading without a labelled line under it"
            lost.append(Quarantined(where, " | ".join(cells.values()), reason))
    return Sheet(tuple(head), tuple(rows), tuple(lost), "pdf")


def _running(pages: Sequence[Page]) -> list[tuple[str, Line]]:
    """List all lines with where they stand, without the heads and feet of pages."""
    edges = Counter(_plain(line) for page in pages for line in {*_edge(page)})
    least = max(2, len(pages) // 2)
    found = []
    for i, page in enumerate(pages, start=1):
        ends = _edge(page)
        for number, line in enumerate(page["lines"], start=1):
            text = line["text"]
            if _LABEL.match(text) or text not in ends or edges[_plain(text)] < least:
                found.append((f"page {i}, line {number}", line))
    return found


def _edge(page: Page) -> tuple[str, ...]:
    held = page["lines"]
    return (held[0]["text"], held[-1]["text"]) if held else ()


def _plain(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _blocks(held: Sequence[tuple[str, Line]]) -> Iterator[tuple[str, dict[str, str]]]:
    """Give each person's cells with where the block begins; text before the first is none's."""
    known = _labels(held)
    styles = _headings(held, known)
    where, cells, last = "", dict[str, str](), ""
    for here, line in held:
        label = _label(line["text"], known)
        if label and not (cells and label[0] in cells):
            where, last = where or here, label[0]
            cells[last] = label[1]
        elif label or _style(line) in styles:
            yield where, cells
            where, (last, cells) = here, _begun(line["text"], label)
        elif last:
            cells[last] = f"{cells[last]} {line['text']}".strip()
    yield where, cells


def _begun(text: str, label: tuple[str, str] | None) -> tuple[str, dict[str, str]]:
    """Begin a person: by a label that comes again, or by a heading with its number in the list."""
    if label:
        return label[0], {label[0]: label[1]}
    number = _PLACE.match(text)
    cells = {"name": text[number.end() :] if number else text}
    return "", cells | ({"place in the list": number[1]} if number else {})


def _labels(held: Sequence[tuple[str, Line]]) -> frozenset[str]:
    """List the labels of a file: words that lists call fields by, and others that come as often."""
    found = Counter[str]()
    for _, line in held:
        label = _LABEL.match(line["text"])
        if label:
            found[label[1].strip()] += 1
    least = max(3, max((n for text, n in found.items() if field_of(text)), default=0) / 5)
    return frozenset(text for text, n in found.items() if field_of(text) or n >= least)


def _label(text: str, known: frozenset[str]) -> tuple[str, str] | None:
    """Read a line that begins with a label."""
    found = _LABEL.match(text)
    return (found[1].strip(), found[2].strip()) if found and found[1].strip() in known else None


def _body(held: Sequence[tuple[str, Line]], known: frozenset[str]) -> float:
    """Take the size of most labelled lines."""
    sizes = Counter(line["size"] for _, line in held if _label(line["text"], known))
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _headings(
    held: Sequence[tuple[str, Line]], known: frozenset[str]
) -> set[tuple[float, bool, bool]]:
    """Tell by what headings stand out: they are larger, bold or apart, and labels follow them."""
    body, found = _body(held, known), Counter[tuple[float, bool, bool]]()
    for (_, line), (_, after) in pairwise(held):
        apart = line["size"] > body * 1.05 or line["bold"] or line["gap"] > 0.8
        if apart and _label(after["text"], known) and not _label(line["text"], known):
            found[_style(line)] += 1
    most = max(found.values(), default=0)
    return {style for style, number in found.items() if number * 5 >= most}


def _style(line: Line) -> tuple[float, bool, bool]:
    return line["size"], line["bold"], line["gap"] > 0.8
