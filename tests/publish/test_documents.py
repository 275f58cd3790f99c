"""Renderings of the brief: the same words everywhere, the same bytes each time."""

from __future__ import annotations

import gzip
import json
import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from pypdf import PdfReader
from tests.conftest import brief_of

from standwith.choose.advice import Advice
from standwith.choose.page import Brief
from standwith.publish import contract, plain
from standwith.publish.document import document
from standwith.publish.html import brief_page
from standwith.publish.pdf import brief_pdf
from standwith.publish.terminal import assessment_text, brief_text
from standwith.publish.word import brief_docx
from standwith.publish.wording import changed, headline, sections, why
from standwith.publish.words import languages, words

BUDGET = 25 * 1024

CASES = ["belarus-2020", "myanmar-2023"]


@pytest.fixture(params=CASES)
def brief(request: pytest.FixtureRequest) -> Brief:
    """The brief of each shipped case."""
    return brief_of(request.param)


def pdf_text(raw: bytes) -> str:
    """Read the text of a PDF, white space made even."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(raw)).pages).split())


def test_the_page_makes_no_request_and_needs_no_script(brief: Brief) -> None:
    page = brief_page(brief)
    assert "<script" not in page
    assert not re.findall(r"""(?:src|href|action)=["'](?!#|data:)""", page)
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_stays_within_its_budget(brief: Brief, language: str) -> None:
    weight = len(gzip.compress(brief_page(brief, language).encode(), 9))
    assert weight <= BUDGET


def test_the_arabic_page_runs_from_right_to_left(brief: Brief) -> None:
    page = brief_page(brief, "ar")
    assert '<html lang="ar" dir="rtl">' in page
    assert words("ar")["now"] in page


def test_every_language_has_every_word() -> None:
    english = set(words("en"))
    assert languages() == ("ar", "en")
    for language in languages():
        assert set(words(language)) == english
    with pytest.raises(ValueError, match="write ar or en"):
        words("xx")


def test_every_anchor_of_the_page_leads_somewhere(brief: Brief) -> None:
    page = brief_page(brief)
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_what_a_case_says_is_escaped() -> None:
    from dataclasses import replace

    from standwith.kernel.text import parse_text

    found = brief_of("belarus-2020")
    situation = replace(found.assessment.situation, title=parse_text("<script>alert(1)</script>"))
    spoilt = replace(found, assessment=replace(found.assessment, situation=situation))
    assert "<script" not in brief_page(spoilt)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pdf_is_tagged_for_everybody(brief: Brief, language: str) -> None:
    reader = PdfReader(BytesIO(brief_pdf(brief, language)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/Lang"] == language  # type: ignore[index]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()  # type: ignore[index]


def test_the_pdf_uses_packaged_fonts_alone() -> None:
    raw = brief_pdf(brief_of("belarus-2020"), "ar")
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in PdfReader(BytesIO(raw)).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert any(name.startswith("NotoNaskhArabic") for name in fonts)
    assert all(name.startswith(("NotoNaskhArabic", "LibertinusSerif")) for name in fonts)


def test_the_documents_carry_the_same_headline_and_sections(brief: Brief) -> None:
    english = words("en")
    line = headline(brief, english)
    docx = "\n".join(p.text for p in Document(BytesIO(brief_docx(brief))).paragraphs)
    for text in (pdf_text(brief_pdf(brief)), docx, brief_page(brief)):
        assert line.split(":")[1].strip()[:40] in " ".join(text.split())
        for section in sections(brief):
            assert f"{english[section.id]} ({section.size})" in text


def test_two_renderings_give_the_same_bytes(brief: Brief) -> None:
    assert brief_pdf(brief) == brief_pdf(brief)
    assert brief_docx(brief) == brief_docx(brief)
    assert brief_page(brief) == brief_page(brief)


def test_the_word_file_has_real_headings_lists_and_dates(brief: Brief) -> None:
    raw = brief_docx(brief)
    made = Document(BytesIO(raw))
    styles = {paragraph.style.name for paragraph in made.paragraphs if paragraph.style}
    assert {"Title", "Heading 1", "Heading 2", "List Bullet"} <= styles
    assert {entry.date_time for entry in ZipFile(BytesIO(raw)).infolist()} == {
        (2020, 1, 1, 0, 0, 0)
    }


def test_the_word_file_is_mirrored_in_arabic() -> None:
    xml = ZipFile(BytesIO(brief_docx(brief_of("belarus-2020"), "ar"))).read("word/document.xml")
    assert b"<w:bidi/>" in xml


def test_tables_of_acts_have_a_head_row() -> None:
    late = brief_of("belarus-2020", "", "2020-12-31")
    tables = Document(BytesIO(brief_docx(late))).tables
    assert [cell.text for cell in tables[0].rows[0].cells] == ["Who", "Act", "Days", "Sources"]
    assert len(tables[0].rows) == 7


def test_foreign_runs_are_isolated_inside_arabic() -> None:
    parts = list(document(brief_of("belarus-2020"), words("ar")))
    texts = [part.text for part in parts if part.kind == "item"]
    assert all("\u2066" in text for text in texts)
    assert not any("\u2066" in p.text for p in document(brief_of("belarus-2020"), words("en")))


def test_the_terminal_shows_the_top_and_says_how_to_see_the_rest(brief: Brief) -> None:
    short, long = brief_text(brief), brief_text(brief, everything=True)
    assert "--all" in short
    assert "--all" not in long
    assert len(long) > len(short)
    assert max(len(line) for line in long.splitlines()) <= 100
    never = sum(1 for i in brief.items if i.recommendation.advice is Advice.PROHIBITED)
    assert f"NEVER ({never})" in short


def test_an_assessment_in_the_terminal_names_every_criterion() -> None:
    text = assessment_text(brief_of("myanmar-2023").assessment)
    for name in ("R1", "J5", "X2", "K02", "People's Defence Forces (armed)".upper()):
        assert name in text


def test_advised_items_say_what_calls_for_them_and_others_what_is_missing() -> None:
    items = {i.recommendation.action.id: i for i in brief_of("belarus-2020").items}
    assert "6,700 detained" in why(items["G-39"])
    assert why(items["G-10"]).startswith("not known whether: ")
    assert why(items["G-22"]).startswith("closed: ")
    assert why(items["RS-04"]) == "no fact calls for it by itself"


def test_changes_are_said_in_words() -> None:
    item = next(i for i in brief_of("belarus-2020").items if i.recommendation.action.id == "RS-18")
    assert "R2 is met? yes" in changed(item.would_change[0])


def test_the_plain_brief_is_json_without_loss(brief: Brief) -> None:
    data = contract.brief(brief)
    assert json.loads(plain.encode(data)) == data
    assert len(data["recommendations"]) == 207
