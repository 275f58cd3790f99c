"""Briefs as DOCX, with real headings, lists and a table, and right-to-left where it is needed."""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from standwith.choose.page import Brief
from standwith.kernel.document import Data
from standwith.publish.document import Part, document
from standwith.publish.pdf import drawn
from standwith.publish.words import words


def brief_docx(brief: Brief, language: str = "en") -> bytes:
    """Write a brief as DOCX; the same brief gives the same bytes."""
    known = words(language)
    situation = brief.assessment.situation
    made: Data = Document()
    stamp = datetime.combine(situation.as_of, time(), UTC)
    core = made.core_properties
    core.title, core.author, core.language = str(situation.title), "Standwith", known["tag"]
    core.created = core.modified = stamp
    made.add_heading(situation.title.get(language, "en")[1], 0)
    for part in document(brief, known):
        add(made, part)
    if known["dir"] == "rtl":
        for paragraph in made.paragraphs:
            mirror(paragraph)
    file = BytesIO()
    made.save(file)
    return fixed(file.getvalue())


def add(made: Data, part: Part) -> None:
    """Add a part to a document; a chart as a picture with its words."""
    if part.kind in {"heading", "item"}:
        made.add_heading(part.text, 1 if part.kind == "heading" else 2)
    elif part.kind == "table":
        _table(made, part)
    elif part.kind == "pairs":
        for name, text in part.rows:
            paragraph = made.add_paragraph(style="List Bullet")
            paragraph.add_run(f"{name}: ").bold = True
            paragraph.add_run(text)
    elif part.kind == "chart":
        shown = made.add_picture(BytesIO(drawn(part.svg)), width=Cm(15))
        shown._inline.docPr.set("descr", part.text)  # noqa: SLF001 - python-docx has no other way
    elif part.kind == "bullet":
        made.add_paragraph(part.text, style="List Bullet")
    else:
        made.add_paragraph(part.text).runs[0].bold = part.kind == "mark"


def _table(made: Data, part: Part) -> None:
    table = made.add_table(rows=0, cols=len(part.rows[0]), style="Table Grid")
    for row in part.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)  # noqa: SLF001 - python-docx has no other way


def mirror(paragraph: Paragraph) -> None:
    """Let a paragraph run from right to left."""
    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 - python-docx has no other way


def fixed(raw: bytes) -> bytes:
    """Write the archive again with one date, so that two runs give the same bytes."""
    out = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for entry in sorted(old.infolist(), key=lambda item: item.filename):
            new.writestr(
                ZipInfo(entry.filename, (2020, 1, 1, 0, 0, 0)), old.read(entry), ZIP_DEFLATED
            )
    return out.getvalue()
