"""The registry looked at from all sides in a real browser: PDF in, map, time, relations, names."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.office import Office, second_head
from tests.ingest.test_register_pdf import printed, table

pytestmark = pytest.mark.browser

NAMES = ("Ada Traced", "Bela Traced", "Cyril Traced")


@pytest.fixture
def traced(desk: Page) -> Page:
    """A list that came as PDF, in the registry."""
    if desk.request.get("/registry.json?source=traced").json()["rows"]:
        return desk
    rows = [["Name", "Date of arrest", "Charges", "Status"]]
    days = ("2020-02", "2021-03-04", "2022-05-06")
    rows += [[name, day, "art. 1", "detained"] for name, day in zip(NAMES, days, strict=True)]
    desk.goto("/registry/lists/new")
    for name, value in {"source": "traced", "country": "MM", "known": "2024-06-01"}.items():
        desk.locator(f"main [name={name}]").fill(value)
    held = {"name": "list.pdf", "mimeType": "application/pdf", "buffer": printed(table(rows))}
    desk.locator("main input[type=file]").set_input_files(held)  # type: ignore[arg-type]
    desk.locator("main [name=sensitivity]").select_option("TLP:GREEN")
    desk.locator("main form button[type=submit]").click()
    expect(desk.get_by_text("3 = 3 staged + 0 quarantined")).to_be_visible()
    desk.get_by_label("Reason").fill("a short list, on purpose")
    desk.get_by_role("button", name="Promote into the registry").click()
    return desk


def test_a_list_in_pdf_stands_on_the_map_and_along_time(traced: Page) -> None:
    traced.goto("/registry/map?source=traced")
    expect(traced.locator("#count")).to_contain_text("3 persons")
    expect(traced.locator("svg.map path.held")).to_have_count(1)
    traced.get_by_role("link", name="Myanmar").click()
    expect(traced.locator("#count")).to_contain_text("3 persons")
    traced.goto("/registry/timeline?source=traced")
    rows = traced.locator("#results tbody tr")
    expect(rows).to_have_count(3)
    assert [rows.nth(i).get_by_role("link").inner_text() for i in range(3)] == list(NAMES)
    expect(rows.nth(0).locator("rect.open")).to_have_count(1)
    expect(rows.nth(1).locator("rect.open")).to_have_count(0)
    first, second = (rows.nth(i).locator("rect.sure").bounding_box() for i in (0, 1))
    assert first is not None
    assert second is not None
    assert first["width"] > second["width"] > 0


def test_a_query_is_kept_under_a_name_and_asked_anew(traced: Page) -> None:
    traced.goto("/registry/?source=traced&q=ada")
    traced.get_by_role("link", name="Keep this query").click()
    traced.get_by_label("Name of the query").fill("Ada's case")
    traced.get_by_role("button", name="Keep this query").click()
    traced.get_by_role("link", name="Ada's case").click()
    expect(traced.locator("#count")).to_contain_text("1 person")
    expect(traced.get_by_label("Words")).to_have_value("ada")
    traced.goto("/registry/saved")
    traced.get_by_role("button", name="Let it go").click()
    expect(traced.get_by_text("No query is kept.")).to_be_visible()


def persons(page: Page) -> dict[str, str]:
    rows = page.request.get("/registry.json?source=traced").json()["rows"]
    return {row["name"]: row["id"] for row in rows}


def test_two_persons_are_told_to_belong_together(traced: Page) -> None:
    known = persons(traced)
    traced.goto(f"/registry/persons/{known['Ada Traced']}/")
    traced.get_by_role("link", name="Relations").click()
    traced.get_by_label("Other person").fill("nobody")
    traced.get_by_label("Source").fill("a lawyer")
    traced.get_by_role("button", name="Record").click()
    expect(traced.locator("#id_other_error")).to_contain_text("no person of the registry")
    traced.get_by_label("Other person").fill(known["Bela Traced"])
    traced.get_by_label("How they belong together").select_option("arrested_with")
    traced.get_by_role("button", name="Record").click()
    traced.get_by_role("link", name="Bela Traced").click()
    traced.get_by_role("link", name="Relations").click()
    expect(traced.get_by_role("link", name="Ada Traced").last).to_be_visible()
    traced.get_by_role("button", name="Take back").click()
    expect(traced.get_by_text("No relation is recorded.")).to_be_visible()


def test_a_name_waits_for_an_answer_and_a_second_person(office: Office, traced: Page) -> None:
    traced.goto(f"/registry/persons/{persons(traced)['Cyril Traced']}/")
    traced.get_by_role("link", name="Record who is said to be involved").click()
    told = {"name": "Colonel Traced", "country": "MM", "when": "2022-05-06", "source": "a verdict"}
    for name, value in told.items():
        traced.locator(f"main [name={name}]").fill(value)
    for name, value in {"evidence": "court_finding", "rank": "senior", "minor": "no"}.items():
        traced.locator(f"main [name={name}]").select_option(value)
    traced.get_by_role("button", name="Record").click()
    expect(traced.get_by_text("The name is withheld")).to_be_visible()
    place = re.sub("^https?://[^/]+", "", traced.url)
    traced.get_by_label("Answer asked for on").fill("2024-01-01")
    traced.get_by_label("What was answered").fill("We do not comment.")
    traced.get_by_role("button", name="Note it").click()
    expect(traced.get_by_role("button", name="Agree that the name")).to_have_count(0)
    traced.goto("/registry/acts/?source=traced")
    expect(traced.get_by_text("name withheld")).to_be_visible()
    expect(traced.get_by_text("Colonel Traced")).to_have_count(0)
    other = second_head(office, traced)
    other.goto(f"{office.address}{place}")
    other.get_by_role("button", name="Agree that the name").click()
    expect(other.get_by_text("The name may be used")).to_be_visible()
    traced.goto("/registry/acts/?source=traced")
    expect(traced.get_by_text("Colonel Traced")).to_be_visible()
    expect(traced.get_by_text("We do not comment.")).to_be_visible()
