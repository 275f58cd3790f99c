"""Every page of the workspace in all its states: accessible, small, quiet, without scripts, in print."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.office import Office, belarus, paths

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Scheme = Literal["light", "dark"]


def context_of(
    office: Office, signed: dict[str, Any], language: str, width: int, scheme: Scheme, **more: Any
) -> BrowserContext:
    """Open a context in a language, a width and a colour scheme."""
    context = office.browser.new_context(
        storage_state=signed,  # type: ignore[arg-type]
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        base_url=office.address,
        **more,
    )
    context.add_cookies([{"name": "language", "value": language, "url": office.address}])
    return context


def violations(page: Page, options: dict[str, Any]) -> list[tuple[str, str]]:
    """Run axe on a page as it stands."""
    report = page.evaluate("options => axe.run(document, options)", options)
    return [(v["id"], v["nodes"][0]["html"][:120]) for v in report["violations"]]


EVERYTHING = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


@pytest.mark.parametrize(("width", "language"), [(360, "ar"), (1280, "en")])
def test_axe_finds_nothing_on_any_page(
    office: Office, signed: dict[str, Any], axe: str, language: str, width: int
) -> None:
    """Every rule in light colours, and in dark ones the rule that looks at colours."""
    context = context_of(office, signed, language, width, "light", bypass_csp=True)
    page = context.new_page()
    found: list[tuple[str, ...]] = []
    for path in paths(page):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((d, i) => { d.open = i < 3; })")
        page.evaluate(axe)
        found += [(path, *item) for item in violations(page, EVERYTHING)]
        if width == 1280:  # colours do not depend on the width
            page.emulate_media(color_scheme="dark")
            found += [(path, "dark", *item) for item in violations(page, COLOURS)]
            page.emulate_media(color_scheme="light")
    context.close()
    assert found == []


@pytest.mark.parametrize("language", ["en", "ar", "my"])
def test_nothing_overflows_at_320_and_targets_can_be_hit(
    office: Office, signed: dict[str, Any], language: str
) -> None:
    context = context_of(office, signed, language, 320, "light")
    page = context.new_page()
    wide, small = [], []
    for path in paths(page):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(path)
        small += page.evaluate(SMALL)
    context.close()
    assert wide == []
    assert small == []


HIDDEN = """() => [...document.querySelectorAll('a, button, h1, h2, h3, p, td, th, label, dt, dd')]
  .filter(node => node.offsetParent && node.innerText.trim() && !node.closest('.skip'))
  .filter(node => {
    let back = node, ground = 'rgba(0, 0, 0, 0)';
    while (back && ground === 'rgba(0, 0, 0, 0)') {
      ground = getComputedStyle(back).backgroundColor; back = back.parentElement; }
    return getComputedStyle(node).color === ground;
  }).map(node => node.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_text_has_the_colour_of_its_ground(
    office: Office, signed: dict[str, Any], scheme: Scheme
) -> None:
    """Axe takes such text for hidden on purpose, and says nothing."""
    context = context_of(office, signed, "en", 1280, scheme)
    page = context.new_page()
    found = []
    for path in paths(page)[:20]:
        page.goto(path)
        found += [(path, text) for text in page.evaluate(HIDDEN)]
    context.close()
    assert found == []


SMALL = """() => [...document.querySelectorAll('nav a, button, select, input, summary, .actions a, .tabs a')]
  .map(node => [node.getBoundingClientRect(), node.outerHTML.slice(0, 80)])
  .filter(([box]) => box.width > 1 && (box.width < 24 || box.height < 24)).map(([, text]) => text)"""


def test_every_page_works_without_scripts(office: Office, signed: dict[str, Any]) -> None:
    context = context_of(office, signed, "en", 1280, "light", java_script_enabled=False)
    page = context.new_page()
    for path in paths(page):
        page.goto(path)
        assert page.inner_text("h1"), path
    page.goto("/claims/")
    page.get_by_label("Fact").select_option("torture")
    page.get_by_role("button", name="Filter").click()
    assert "fact=torture" in page.url
    context.close()


def test_no_page_asks_anybody_else_or_breaks_its_own_policy(
    office: Office, signed: dict[str, Any]
) -> None:
    context = context_of(office, signed, "en", 1280, "light")
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    for path in paths(page):
        page.goto(path)
    context.close()
    assert [url for url in asked if not url.startswith((office.address, "data:"))] == []
    wrong = [text for text in said if "status of 4" not in text]
    assert wrong == []


def test_pages_keep_to_their_budgets(office: Office, signed: dict[str, Any]) -> None:
    """At most 25 kB compressed, 50 with the map; scripts at most 15; three requests."""
    import gzip

    context = context_of(office, signed, "en", 1280, "light")
    page = context.new_page()
    heavy = []
    for path in paths(page):
        answer = page.goto(path)
        assert answer
        size = len(gzip.compress(answer.body(), 9)) / 1000
        if size > (50 if path == "/" else 25):
            heavy.append((path, round(size, 1)))
    scripts = 0.0
    for name in ("htmx.min.js", "app.js"):
        body = context.request.get(f"/static/{name}").body()
        scripts += len(gzip.compress(body, 9)) / 1000
    context.close()
    assert heavy == []
    assert scripts <= 15


def test_a_page_prints_without_its_frame(desk: Page) -> None:
    case = belarus(desk)
    desk.goto(f"{case}brief")
    desk.emulate_media(media="print")
    expect(desk.locator("header.top")).to_be_hidden()
    expect(desk.locator("nav.stages")).to_be_hidden()
    assert len(desk.pdf()) > 10_000


def test_the_first_stop_of_the_keyboard_skips_to_the_content(desk: Page) -> None:
    desk.goto("/situations/")
    desk.keyboard.press("Tab")
    expect(desk.locator("a.skip")).to_be_focused()
    desk.keyboard.press("Enter")
    assert desk.url.endswith("#main")


@pytest.mark.parametrize(
    ("language", "way"), [("ar", "rtl"), ("fr", "ltr"), ("ru", "ltr"), ("my", "ltr")]
)
def test_the_interface_speaks_the_chosen_language(
    office: Office, signed: dict[str, Any], language: str, way: str
) -> None:
    context = context_of(office, signed, language, 1280, "light")
    page = context.new_page()
    page.goto("/situations/")
    assert page.locator("html").get_attribute("dir") == way
    assert page.locator("html").get_attribute("lang") == language
    assert page.inner_text("h1") != "Situations"
    context.close()


def test_an_administrator_s_pages_are_accessible_too(
    office: Office, browser: Browser, axe: str
) -> None:
    page = office.join(office.invite("axel", "administrator"), "axel")
    state = page.context.storage_state()
    context = browser.new_context(storage_state=state, bypass_csp=True, base_url=office.address)
    tab = context.new_page()
    for path in ("/people/", "/settings/", "/sign-in"):
        tab.goto(path)
        tab.evaluate(axe)
        report = tab.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS
        )
        assert [(v["id"], v["nodes"][0]["html"][:100]) for v in report["violations"]] == []
    context.close()
