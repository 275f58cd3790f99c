"""The pages in a real browser: accessible, quiet, readable without scripts, in both directions."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import PAGES

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast"]}  # all that a scheme of colours changes
Scheme = Literal["light", "dark"]
VIEWS: list[tuple[int, Scheme]] = [(360, "light"), (1280, "light"), (1280, "dark")]


def address(site: Path, name: str) -> str:
    """Return the address of a page."""
    return (site / f"{name}.html").as_uri()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_axe_finds_nothing(
    browser: Browser, site: Path, axe: str, name: str, width: int, scheme: Scheme
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(address(site, name))
    page.evaluate("document.querySelectorAll('details').forEach((d, i) => { d.open = i < 4; })")
    page.evaluate(axe)
    asked = {"type": "tag", "values": TAGS} if scheme == "light" else COLOURS
    found = page.evaluate("asked => axe.run(document, {runOnly: asked})", asked)
    context.close()
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found["violations"]] == []


@pytest.mark.parametrize("name", PAGES)
def test_no_page_asks_anybody_for_anything(page: Page, site: Path, name: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address(site, name))
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith("data:")] == [address(site, name)]
    assert said == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_scrolls_sideways(browser: Browser, site: Path, name: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address(site, name))
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_the_same_words_are_there_without_scripts(browser: Browser, site: Path, name: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(site, name))
    assert page.inner_text("h1")
    tables = name.startswith(("under", "edition"))
    shown = page.locator("main table" if tables else "article.item")
    least = 2 if tables else 61
    assert shown.count() == 207 if name.startswith("explorer") else shown.count() >= least
    assert shown.first.is_visible()
    context.close()


@pytest.mark.parametrize(
    ("name", "way"), [("belarus-en", "ltr"), ("belarus-ar", "rtl"), ("explorer-ar", "rtl")]
)
def test_the_direction_is_that_of_the_language(page: Page, site: Path, name: str, way: str) -> None:
    page.goto(address(site, name))
    assert page.evaluate("getComputedStyle(document.body).direction") == way
    box = page.locator("h1").bounding_box()
    assert box


def test_reasons_open_by_keyboard_alone(page: Page, site: Path) -> None:
    page.goto(address(site, "belarus-en"))
    summary = page.locator("#BY-04 summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("#BY-04 details").get_attribute("open") is not None
    outline = summary.evaluate("node => getComputedStyle(node).outlineStyle")
    assert outline != "none"


def test_the_first_stop_of_the_keyboard_skips_to_the_brief(page: Page, site: Path) -> None:
    page.goto(address(site, "belarus-en"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#brief")


def test_a_fact_of_a_reason_leads_to_its_claims(page: Page, site: Path) -> None:
    page.goto(address(site, "belarus-en"))
    page.locator("#G-10 summary").click()
    link = page.locator("#G-10 ul.why a").last
    target = link.get_attribute("href") or ""
    assert "belarus-2020 L" in page.locator(target).inner_text()


@pytest.mark.parametrize("name", PAGES)
def test_targets_are_large_enough_to_hit(page: Page, site: Path, name: str) -> None:
    page.goto(address(site, name))
    small = page.evaluate(
        """() => [...document.querySelectorAll('nav a, button, select, input, summary, #matrix a')]
        .map(node => [node.getBoundingClientRect(), node.textContent.slice(0, 30)])
        .filter(([box]) => box.width > 1 && (box.width < 24 || box.height < 24)).map(([, text]) => text)"""
    )
    assert small == []


def test_print_drops_navigation_and_keeps_the_reasons(page: Page, site: Path) -> None:
    page.goto(address(site, "belarus-en"))
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.locator("h1").is_visible()
    assert len(page.pdf()) > 50_000


def test_forced_colours_keep_the_page_readable(browser: Browser, site: Path) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(address(site, "belarus-en"))
    assert page.locator("#BY-04").is_visible()
    context.close()


def test_the_explorer_searches_and_filters(page: Page, site: Path) -> None:
    page.goto(address(site, "explorer-en"))
    page.fill("#q", "laureates")
    assert page.locator("article.item:visible").count() == 1
    page.fill("#q", "")
    page.select_option("#f-tier", "T3")
    assert page.inner_text("#count") == "11 / 207"
    page.select_option("#f-where", "O")
    ids = page.locator("article.item:visible").evaluate_all("nodes => nodes.map(n => n.id)")
    assert "G-29" in ids
    assert "SF-15" not in ids
    page.click("button[type=reset]")
    expect(page.locator("#count")).to_have_text("207 / 207")


@pytest.mark.parametrize(
    ("rows", "columns"), [("tier", "where"), ("nature", "phases"), ("target", "goals")]
)
def test_any_two_dimensions_make_a_matrix_with_links(
    page: Page, site: Path, rows: str, columns: str
) -> None:
    from standwith.choose.catalogue import catalogue
    from standwith.choose.matrix import matrix

    page.goto(address(site, "explorer-en"))
    page.select_option("#rows", rows)
    page.select_option("#columns", columns)
    expected = sum(len(ids) for ids in matrix(catalogue().values(), rows, columns).cells.values())
    assert page.locator("#matrix a").count() == expected
    first = page.locator("#matrix a").first
    first.click()
    assert page.url.endswith(f"#{first.inner_text()}")


def test_what_is_never_done_is_struck_out_in_the_matrix_and_said_so(page: Page, site: Path) -> None:
    page.goto(address(site, "explorer-en"))
    barred = page.locator("#matrix a.barred").first
    assert (barred.get_attribute("aria-label") or "").endswith("never as worded")
    assert "line-through" in barred.evaluate("node => getComputedStyle(node).textDecoration")


def test_the_explorer_works_by_keyboard(page: Page, site: Path) -> None:
    page.goto(address(site, "explorer-en"))
    page.focus("#q")
    page.keyboard.type("ransom")
    assert 0 < page.locator("article.item:visible").count() < 207
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "f-where"
