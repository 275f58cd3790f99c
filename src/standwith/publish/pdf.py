"""Briefs as tagged PDF (PDF/UA-1), set by Typst; data goes in as JSON, never as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, time
from importlib.resources import as_file, files

import typst

from standwith.choose.page import Brief
from standwith.publish.details import sources_known
from standwith.publish.document import Part, document
from standwith.publish.words import words


class UnableToSetPdf(ValueError):  # noqa: N818 - named for the situation
    """Typst refused the document; the message says why."""


def brief_pdf(brief: Brief, language: str = "en") -> bytes:
    """Set a brief as PDF/UA-1; the same brief gives the same bytes.

    Raises:
        UnableToSetPdf: a text cannot be set as an accessible document.
    """
    known = words(language)
    situation = brief.assessment.situation
    data = {
        "lang": known["tag"],
        "dir": known["dir"],
        "title": situation.title.get(language, "en")[1],
        "author": ", ".join(source.author for source in sources_known(brief)[:1]),
        "marking": brief.marking.value,
        "parts": [plain(part) for part in document(brief, known)],
    }
    stamp = datetime.combine(situation.as_of, time(), UTC)
    return set_parts("brief.typ", data, stamp)


def set_parts(template: str, data: Mapping[str, object], stamp: datetime) -> bytes:
    """Set data by a template of ours as PDF/UA-1.

    Raises:
        UnableToSetPdf: a text cannot be set as an accessible document.
    """
    with as_file(files("standwith.publish").joinpath("templates", template)) as place:
        return _set(str(place), json.dumps(data, ensure_ascii=False), stamp)


def _set(template: str, data: str, stamp: datetime) -> bytes:
    """Set with packaged fonts alone, so that every machine gives the same bytes."""
    try:
        with as_file(files("standwith").joinpath("data", "fonts")) as fonts:
            pdf: bytes = typst.compile(
                template,
                sys_inputs={"data": data},
                font_paths=[str(fonts)],
                ignore_system_fonts=True,
                pdf_standards=["ua-1"],
                timestamp=stamp,
            )
    except typst.TypstError as error:
        message = f"the PDF cannot be set: {error}; check the texts in it"
        raise UnableToSetPdf(message) from error
    return pdf


def plain(part: Part) -> dict[str, object]:
    """Write a part as data for a template."""
    return {"kind": part.kind, "text": part.text, "rows": [list(row) for row in part.rows],
            "svg": part.svg}  # fmt: skip


def drawn(svg: str) -> bytes:
    """Draw an SVG as PNG, with packaged fonts alone."""
    place = files("standwith.publish").joinpath("templates", "picture.typ")
    with as_file(files("standwith").joinpath("data", "fonts")) as fonts, as_file(place) as template:
        picture: bytes = typst.compile(
            str(template),
            sys_inputs={"svg": svg},
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            format="png",
            ppi=160.0,
        )
    return picture
