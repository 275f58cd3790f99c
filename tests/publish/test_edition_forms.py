"""The annual report in every form and language: whole, the same bytes, and readable by machines."""

from __future__ import annotations

import json
import re
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree, html
from openpyxl import load_workbook
from pypdf import PdfReader
from tests.account.reports.made import CASES, INPUTS, KNOWN

from standwith.account.reports.edition import Case, edition
from standwith.publish.charts import svg
from standwith.publish.edition import KINDS, document, table_rows
from standwith.publish.edition_files import edition_docx, edition_pdf, edition_xlsx
from standwith.publish.edition_html import edition_html
from standwith.publish.edition_words import Wording, languages
from standwith.publish.site import site

LANGUAGES = ("ar", "en", "ru")
MADE = edition(INPUTS)


def test_the_report_speaks_these_languages() -> None:
    assert languages() == LANGUAGES
    with pytest.raises(ValueError, match="write ar or en or ru"):
        Wording("xx")


def keys(held: Any, begin: str = "") -> set[str]:
    """Every key of a file of words; lists by their length."""
    if isinstance(held, dict):
        return {key for name, value in held.items() for key in keys(value, f"{begin}.{name}")}
    return {f"{begin} x{len(held)}"} if isinstance(held, list) else {begin}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_words(language: str) -> None:
    assert keys(dict(Wording(language)._words)) == keys(dict(Wording("en")._words))


def gaps(held: Any) -> list[str]:
    """The gaps of every phrase, in order."""
    if isinstance(held, dict):
        return [gap for name in sorted(held) for gap in gaps(held[name])]
    if isinstance(held, list):
        return []
    return sorted(re.findall(r"\{(\w+)\}", str(held)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_has_the_same_gaps(language: str) -> None:
    assert gaps(dict(Wording(language)._words)) == gaps(dict(Wording("en")._words))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_vocabularies_is_shown_as_its_key(language: str) -> None:
    shown = edition_html(MADE, language)
    assert not re.search(r">[a-z]+_[a-z_]+<", shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_title_head_and_note_of_a_table_has_its_words(language: str) -> None:
    words = Wording(language)
    asked = [("t", table["id"]) for table in MADE["tables"]]
    asked += [("h", key) for table in MADE["tables"] for key, _ in table["columns"]
              if not key.startswith(("=", "@"))]  # fmt: skip
    asked += [("n", key.removeprefix("n.")) for table in MADE["tables"] for key in table["notes"]
              if not key.startswith("=")]  # fmt: skip
    shown = {(group, key): words.title(group, key) for group, key in asked}
    assert [key for key, text in shown.items() if text == key[1]] == []


@pytest.mark.parametrize(
    ("cell", "form", "said"),
    [
        (1234, "count", "1,234"),
        (12.34, "percent", "12.3"),
        (7.0, "number", "7"),
        (None, "count", "–"),
        ([5, 4, 9], "count", "5 (4 to 9)"),
        ({"x": 1}, "count", "‹5"),
        ({"c": "BY"}, "label", "Belarus"),
        ({"c": "ZZ"}, "label", "Unknown Region"),
        ({"w": "age 18-24"}, "label", "18–24"),
        ({"w": "age unknown"}, "label", "Not known"),
        ({"w": "status pardoned"}, "label", "Pardoned"),
        ({"t": "art. 369"}, "label", "art. 369"),
    ],
)
def test_a_cell_is_written_in_words(cell: Any, form: str, said: str) -> None:
    assert Wording("en").cell(cell, form) == said


def test_numbers_and_countries_follow_the_language() -> None:
    assert Wording("ru").number(1234.5, 1).replace("\xa0", " ") == "1 234,5"
    assert Wording("ar").country("BY") == "بيلاروس"
    assert Wording("ru").day("2024-03-01").startswith("1 марта 2024")
    assert Wording("en").day("no day") == "no day"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_asks_nothing_of_the_network(language: str) -> None:
    text = edition_html(MADE, language)
    page: Any = html.document_fromstring(text)
    assert page.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert len(page.xpath("//section[starts-with(@id, 't-')]")) == len(MADE["tables"])
    assert len(page.xpath("//figure")) == len(MADE["charts"])
    assert not re.findall(r'(?:src|href)="https?:', text)
    assert "<script" not in text
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for target in page.xpath("//a/@href"):
        assert target.startswith("#")
        assert target[1:] in ids


def test_headings_of_the_page_descend_in_order() -> None:
    page: Any = html.document_fromstring(edition_html(MADE, "en"))
    levels = [int(node.tag[1]) for node in page.iter("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_what_lists_write_stays_text() -> None:
    wrong = json.loads(json.dumps(MADE))
    wrong["countries"][0]["cases"][0]["name"] = "<script>alert(1)</script>"
    table = next(one for one in wrong["tables"] if one["id"] == "charges")
    table["rows"][0][1] = {"t": '"><img src=x>'}
    text = edition_html(wrong, "en")
    assert "<script>alert" not in text
    assert "<img" not in text


def test_a_residual_is_said_on_the_first_page() -> None:
    wrong = MADE | {"publishable": False}
    for language in LANGUAGES:
        assert Wording(language).phrase("not_publishable") in edition_html(wrong, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_tagged_named_and_the_same_each_time(language: str) -> None:
    raw = edition_pdf(MADE, language)
    assert raw == edition_pdf(MADE, language)
    found = PdfReader(BytesIO(raw))
    assert found.metadata is not None
    assert found.metadata.title == Wording(language).phrase("title", year=2023)
    root: Any = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert b"pdfuaid:part" in raw
    assert len(found.pages) >= 5


def test_the_pdf_says_what_the_tables_say() -> None:
    text = "".join(
        page.extract_text() for page in PdfReader(BytesIO(edition_pdf(MADE, "en"))).pages
    )
    for said in ("Persons held, by country", "Belarus", "Herfindahl", "Person A", "369"):
        assert said in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_docx_has_headings_tables_and_charts_with_words(language: str) -> None:
    raw = edition_docx(MADE, language)
    assert raw == edition_docx(MADE, language)
    found: Any = Document(BytesIO(raw))
    titles = [part.text for part in found.paragraphs if part.style.name.startswith("Heading")]
    assert Wording(language).phrase("findings") in titles
    filled = [one for one in MADE["tables"] if one["rows"]]
    assert len(found.tables) >= len(filled)
    pictures = found.element.xpath("//wp:docPr/@descr")
    drawn = [one for one in MADE["charts"] if svg(one, Wording(language))]
    assert len(pictures) == len(drawn)
    assert all(pictures)


def test_arabic_runs_from_right_to_left_in_the_docx() -> None:
    with ZipFile(BytesIO(edition_docx(MADE, "ar"))) as held:
        text = held.read("word/document.xml").decode()
    assert "<w:bidi/>" in text
    assert "bidiVisual" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_has_a_sheet_for_each_table_with_tags(language: str) -> None:
    raw = edition_xlsx(MADE, language)
    assert raw == edition_xlsx(MADE, language)
    book = load_workbook(BytesIO(raw))
    assert len(book.sheetnames) == 1 + len(MADE["tables"])
    for sheet in book.worksheets[1:]:
        tags = [cell.value for cell in sheet[2]]
        assert tags
        assert all(str(tag).startswith("#") for tag in tags)
        assert len(tags) == len([cell.value for cell in sheet[1]])
        assert sheet.sheet_view.rightToLeft is (language == "ar")


def test_a_number_in_the_workbook_is_a_number_with_its_range() -> None:
    book = load_workbook(BytesIO(edition_xlsx(MADE, "en")))
    rows = list(book["1 world"].iter_rows(min_row=1, values_only=True))
    assert rows[1][:4] == (
        *("#country", "#affected+detained+before"),
        *("#affected+detained+before+min", "#affected+detained+before+max"),
    )
    assert rows[2][:4] == ("Belarus", 3, 3, 3)


def test_a_text_that_begins_like_a_formula_is_kept_as_text() -> None:
    wrong = json.loads(json.dumps(MADE))
    table = next(one for one in wrong["tables"] if one["id"] == "charges")
    table["rows"][0][1] = {"t": "=cmd|calc"}
    book = load_workbook(BytesIO(edition_xlsx(wrong, "en")))
    sheet = next(one for one in book.worksheets if one.title.endswith("charges"))
    assert sheet["B3"].value == "'=cmd|calc"
    assert sheet["B3"].data_type == "s"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_paper_is_written_in_each_language(kind: str, language: str) -> None:
    raw = edition_pdf(MADE, language, kind)
    assert b"pdfuaid:part" in raw
    assert edition_docx(MADE, language, kind) == edition_docx(MADE, language, kind)


def test_the_memo_tells_targets_tactics_and_what_followed() -> None:
    parts = list(document(MADE, Wording("en"), "memo"))
    titles = [part.text for part in parts if part.kind == "item"]
    assert any("Who is targeted" in title for title in titles)
    assert any("What was done, and releases after it" in title for title in titles)
    assert any("never what caused it" in part.text for part in parts)


def test_the_campaign_names_only_who_may_be_named() -> None:
    parts = list(document(MADE, Wording("en"), "campaign"))
    cells = [cell for part in parts for row in part.rows for cell in row]
    assert "Person A" in cells
    assert "Person B" not in cells
    assert any("3 December" in part.text for part in parts)


def test_a_campaign_without_names_says_so() -> None:
    bare = json.loads(json.dumps(MADE))
    for one in bare["countries"]:
        one["cases"] = []
    parts = list(document(bare, Wording("en"), "campaign"))
    assert any(part.text == "No case is published." for part in parts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chart", MADE["charts"], ids=[one["id"] for one in MADE["charts"]])
def test_a_chart_is_well_formed_and_says_its_title(chart: Any, language: str) -> None:
    wording = Wording(language)
    drawn = svg(chart, wording)
    if not any(points for _, points in chart["series"]):
        assert drawn == ""
        return
    tree = etree.fromstring(drawn.encode())
    space = "{http://www.w3.org/2000/svg}"
    assert tree.findtext(f"{space}title") == wording.title("c", chart["id"])
    assert tree.get("role") == "img"


def test_bars_are_as_long_as_their_numbers_and_mirrored_in_arabic() -> None:
    chart = {"id": "ages", "kind": "bars", "series": [["all", [[{"t": "a"}, 10], [{"t": "b"}, 5]]]]}
    widths = [
        float(w) for w in re.findall(r'<rect [^>]*width="([\d.]+)"', svg(chart, Wording("en")))
    ]
    assert widths[0] == 2 * widths[1]
    begins = [float(x) for x in re.findall(r'<rect x="([\d.]+)"', svg(chart, Wording("ar")))]
    assert begins[0] < begins[1], "bars of Arabic grow to the left"


def test_names_in_charts_are_escaped() -> None:
    chart = {"id": "groups", "kind": "bars", "series": [["all", [[{"t": "<b>&"}, 1]]]]}
    drawn = svg(chart, Wording("en"))
    assert "<b>" not in drawn
    assert "&lt;b&gt;&amp;" in drawn


def test_rows_of_a_table_are_all_words() -> None:
    for one in MADE["tables"]:
        assert all(isinstance(cell, str) for row in table_rows(one, Wording("en")) for cell in row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_site_has_a_page_for_each_country_with_a_case(language: str) -> None:
    more = [*CASES, Case("=Person <M>", "MM", "ended", "", "")]
    raw = site(more, KNOWN, language)
    assert raw == site(more, KNOWN, language)
    with ZipFile(BytesIO(raw)) as held:
        assert sorted(held.namelist()) == [
            *("BY.html", "MM.html", "cases.csv", "cases.json", "index.html")
        ]
        pages = {name: held.read(name).decode() for name in held.namelist()}
    assert json.loads(pages["cases.json"])["cases"][0]["name"] == "Person A"
    assert "'=Person <M>" in pages["cases.csv"]
    assert "&lt;M&gt;" in pages["MM.html"]
    assert "Person A" not in pages["MM.html"]
    index: Any = html.document_fromstring(pages["index.html"])
    assert set(index.xpath("//nav//a/@href")) == {"BY.html", "MM.html"}


def test_a_site_without_cases_says_so() -> None:
    with ZipFile(BytesIO(site([], KNOWN, "en"))) as held:
        assert "No case is published." in held.read("index.html").decode()
