"""The annual report as PDF (PDF/UA-1), DOCX, and XLSX with HXL tags; the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from standwith.publish.document import Part
from standwith.publish.edition import document, head_lines, notes_of, title_of
from standwith.publish.edition_words import Wording
from standwith.publish.pdf import plain, set_parts
from standwith.publish.table import safe
from standwith.publish.word import add, fixed, mirror

Data = Mapping[str, Any]


def edition_pdf(data: Data, language: str, kind: str = "report") -> bytes:
    """Set an edition as PDF/UA-1: the report, or one of the shorter papers made of it.

    Raises:
        ValueError: the report has no words in the language, or a text cannot be set.
    """
    wording = Wording(language)
    told = {
        "lang": wording.tag,
        "dir": wording.dir,
        "title": title_of(data, wording, kind),
        "author": "Standwith",
        "marking": head_lines(data, wording)[1],
        "parts": [plain(part) for part in document(data, wording, kind)],
    }
    return set_parts("report.typ", told, _stamp(data))


def _stamp(data: Data) -> datetime:
    return datetime.combine(date.fromisoformat(data["known"]), time(), UTC)


def edition_docx(data: Data, language: str, kind: str = "report") -> bytes:
    """Write an edition, or a shorter paper made of it, as DOCX; charts as pictures with words.

    Raises:
        ValueError: the report has no words in the language.
    """
    wording = Wording(language)
    made: Any = Document()
    core = made.core_properties
    title = title_of(data, wording, kind)
    core.title, core.author, core.language = title, "Standwith", wording.tag
    core.created = core.modified = _stamp(data)
    made.add_heading(title, 0)
    for part in document(data, wording, kind):
        add(made, _filled(part))
    if wording.dir == "rtl":
        for paragraph in made.paragraphs:
            mirror(paragraph)
        for table in made.tables:
            table.table_direction = 1  # WD_TABLE_DIRECTION.RTL
            for cell in table._cells:  # noqa: SLF001 - row by row is slow
                mirror(cell.paragraphs[0])
    file = BytesIO()
    made.save(file)
    return fixed(file.getvalue())


def _filled(part: Part) -> Part:
    """Give an empty paragraph a blank, which the writer needs."""
    return Part(part.kind, part.text or " ", part.rows, part.svg)


# Tags of the humanitarian exchange language by the head of a column, else by the form of its cells.
_HXL = {
    "country": "#country",
    "origin": "#country+origin",
    "host": "#country+host",
    "persons": "#affected+detained",
    "now": "#affected+detained+now",
    "before": "#affected+detained+before",
    "in_the_year": "#affected+detained+period",
    "residual": "#indicator+residual+num",
    "inhabitants_by": "#meta+source",
}
_FORMS = {
    "label": "#description",
    "count": "#affected+num",
    "percent": "#indicator+percent+num",
    "number": "#indicator+num",
    "days": "#indicator+days+num",
    "years": "#indicator+years+num",
}


def edition_xlsx(data: Data, language: str) -> bytes:
    """Write all tables as a workbook: one sheet each, heads, a row of HXL tags, numbers as numbers.

    A count with a range has two more columns, for the least and the most.

    Raises:
        ValueError: the report has no words in the language.
    """
    wording = Wording(language)
    book = Workbook()
    first = book.create_sheet("README", 0)
    book.remove(book["Sheet"])
    for line in (wording.phrase("title", year=data["year"]), *head_lines(data, wording)):
        first.append([line])
    for number, table in enumerate(data["tables"], start=1):
        sheet = book.create_sheet(f"{number} {table['id']}"[:31])
        sheet.sheet_view.rightToLeft = wording.dir == "rtl"
        _fill(sheet, table, wording)
    book.properties.created = book.properties.modified = _stamp(data).replace(tzinfo=None)
    file = BytesIO()
    book.save(file)
    return _dated(fixed(file.getvalue()), data)


def _fill(sheet: Worksheet, table: Data, wording: Wording) -> None:
    heads, tags = list[str](), list[str]()
    for key, form in table["columns"]:
        name, tag = wording.title("h", key), _HXL.get(key, _FORMS[form])
        ranged = form == "count"
        heads += [name, f"{name} ↓", f"{name} ↑"] if ranged else [name]
        tags += [tag, f"{tag}+min", f"{tag}+max"] if ranged else [tag]
    sheet.append(heads)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.append(tags)
    for row in table["rows"]:
        forms = (form for _, form in table["columns"])
        sheet.append([one for cell, form in zip(row, forms, strict=True)
                      for one in _cells(cell, form, wording)])  # fmt: skip
    sheet.freeze_panes = "B3"
    sheet.append([])
    sheet.append([notes_of(table, wording)])


def _cells(cell: Any, form: str, wording: Wording) -> list[Any]:  # noqa: ANN401 - as in the layout
    """Write a cell; a count as three: the number, the least, the most."""
    if isinstance(cell, list):
        return list(cell)
    one: Any = safe(wording.cell(cell)) if isinstance(cell, dict) else cell
    if form != "count":
        return [one]
    return [one, one, one] if isinstance(one, int) else [one, None, None]


def _dated(raw: bytes, data: Data) -> bytes:
    """Write the time of saving as the day of the edition: the writer puts its own clock there."""
    out, stamp = BytesIO(), _stamp(data).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with ZipFile(BytesIO(raw)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            body = old.read(entry)
            if entry.filename == "docProps/core.xml":
                body = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", stamp, body)
            new.writestr(entry, body, ZIP_DEFLATED)
    return out.getvalue()
