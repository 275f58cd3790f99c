"""A documenter's day in a real browser: lists in, reviewed, joined, published, reported, corrected."""

from __future__ import annotations

import json
import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from tests.browser.office import Office, second_head, take_in
from tests.workspace.register_lists import invented, written

pytestmark = pytest.mark.browser

LATE = "id,name,date of arrest\nz1,Ela Late,2022-03-03\n"


def fetched(page: Page, address: str) -> bytes:
    """Fetch a document with the cookies of a page."""
    answer = page.request.get(address)
    assert answer.ok, (address, answer.status)
    return answer.body()


def edition(page: Page, year: int, known: str, *, public: bool = False) -> str:
    """Make an edition by the form; return its address, or nothing where it was refused."""
    page.goto("/registry/editions/")
    page.get_by_label("Year").fill(str(year))
    page.get_by_label("As known on").fill(known)
    if public:
        page.get_by_label(re.compile("For publication")).check()
    page.get_by_role("button", name="Make it, and keep it").click()
    page.wait_for_load_state()
    return page.url if re.search("/editions/[0-9a-f-]{36}/", page.url) else ""


def review(page: Page) -> tuple[str, str]:
    """Decide on the likeliest pairs of this day: the first is one person, the second two."""
    page.goto("/registry/pairs/")
    page.get_by_role("button", name="Compare all persons").click()
    rows = page.request.get("/registry/pairs.json?state=open").json()["rows"]
    mine = [row for row in rows if all(name.startswith("day-") for name in row["sources"])]
    mine = [row for row in mine if len(set(row["sources"])) == 2]  # a list keeps its own apart
    places = [f"/registry/pairs/{row['id']}/" for row in mine[:2]]
    for place, name in zip(places, ("one person", "two persons"), strict=True):
        page.goto(place)
        expect(page.get_by_text("What speaks for and against")).to_be_visible()
        page.get_by_label(name, exact=True).check()
        page.get_by_role("button", name="Decide").click()
    return places[0], places[1]


def test_three_lists_in_three_scripts_become_a_report(office: Office, desk: Page) -> None:
    lists = invented(40, seed=9).lists
    for source, rows in lists.items():
        take_in(desk, f"day-{source}", written(rows), "2023-01-15")
    desk.goto("/registry/?source=day-court")
    expect(desk.locator("#count")).to_contain_text(f"{len(lists['court'])} person")
    joined, distinct = review(desk)
    assert_undone(desk, joined)
    desk.goto(distinct)
    expect(desk.get_by_text("distinct").first).to_be_visible()
    publish_ten(office, desk)
    last = edition(desk, 2022, "2023-01-31", public=True)
    before = {form: fetched(desk, f"{last}report-ar.{form}") for form in FORMS}
    residual(desk)
    look_at(desk, edition(desk, 2023, "2024-06-01", public=True))
    assert {form: fetched(desk, f"{last}report-ar.{form}") for form in FORMS} == before


FORMS = ("html", "pdf", "docx", "xlsx", "json")


def persons(page: Page) -> object:
    """What the registry shows of all persons of this day."""
    return [page.request.get(f"/registry.json?source=day-{name}").json()["rows"]
            for name in ("court", "families", "press")]  # fmt: skip


def assert_undone(page: Page, pair: str) -> None:
    """Open a join again and make it anew: what is shown is the same to the byte each time."""
    with_join = persons(page)
    page.goto(pair)
    page.get_by_label("still a question").check()
    page.get_by_label("Reason").fill("they have different mothers")
    page.get_by_role("button", name="Decide").click()
    without = persons(page)
    assert json.dumps(without) != json.dumps(with_join)
    assert "joined" not in json.dumps(without)
    page.goto(pair)
    page.get_by_label("one person", exact=True).check()
    page.get_by_role("button", name="Decide").click()
    assert persons(page) == with_join


def publish_ten(office: Office, page: Page) -> None:
    """Let ten cases be spoken of, propose to publish them, and let another head agree."""
    rows = page.request.get("/registry.json?source=day-court").json()["rows"]
    chosen = [row for row in rows if row["status"] != "joined"][:10]
    for row in chosen:
        page.goto(f"/registry/persons/{row['id']}/")
        page.get_by_label("How this case may be spoken of").select_option("public")
        page.locator("form[action$='/advocacy'] button").click()
    page.goto("/registry/publish")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.get_by_label("Why these may be published").fill("the families ask for it")
    page.get_by_role("button", name="Propose").click()
    agree(office, page)
    page.goto("/registry/editions/")
    with page.expect_download() as held:
        page.get_by_role("button", name="Public site as an archive").click()
    with ZipFile(held.value.path()) as archive:
        cases = json.loads(archive.read("cases.json"))["cases"]
    assert len(cases) == 10


def agree(office: Office, page: Page) -> None:
    """Let a second head in, who agrees to what is proposed."""
    other = second_head(office, page)
    other.goto(f"{office.address}/compartments/")
    other.get_by_text("publish 10 cases").wait_for()
    other.get_by_role("button", name="Agree").first.click()


def residual(page: Page) -> None:
    """Plant a list of an earlier day, be stopped by the residual, and mend it."""
    wrong = take_in(page, "late", LATE, "2023-01-20")
    assert edition(page, 2023, "2024-06-01", public=True) == ""
    expect(page.get_by_role("alert")).to_contain_text("a residual")
    page.goto(wrong)
    page.get_by_label("Reason").fill("it became known in 2024")
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("withdrawn").first).to_be_visible()
    take_in(page, "late", LATE, "2024-02-01")


def look_at(page: Page, place: str) -> None:
    """Open the edition in every form, and find the same figures in each."""
    assert place
    body = json.loads(fetched(page, f"{place}report-en.json"))
    assert body["publishable"]
    named = [case["name"] for one in body["countries"] for case in one["cases"]]
    assert len(named) == 10
    number = str(body["annual"]["stock"]["all"][-1]["value"])
    pages = PdfReader(BytesIO(fetched(page, f"{place}report-en.pdf"))).pages
    assert f"{number} persons were held" in " ".join(
        "".join(one.extract_text() for one in pages).split()
    )
    words = " ".join(
        part.text for part in Document(BytesIO(fetched(page, f"{place}report-en.docx"))).paragraphs
    )
    assert f"{number} persons were held" in words
    book = load_workbook(BytesIO(fetched(page, f"{place}report-en.xlsx")))
    rows = list(book["1 world"].iter_rows(values_only=True))
    assert number in {str(cell) for row in rows for cell in row}
    opened = page.context.new_page()
    opened.set_content(fetched(page, f"{place}report-ar.html").decode())
    assert opened.evaluate("document.documentElement.dir") == "rtl"
    assert opened.locator("figure svg").count() >= 10
    opened.close()
