"""The workspace by keyboard, zoomed, in forced colours, and as a screenshot of each main page."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.office import Office, belarus, paths

pytestmark = pytest.mark.browser


def opened(office: Office, signed: dict[str, Any], **more: Any) -> Page:
    """A page of the head in a context of its own."""
    context = office.browser.new_context(
        storage_state=signed,  # type: ignore[arg-type]
        base_url=office.address,
        **more,
    )
    return context.new_page()


def press_to(page: Page, words: str, most: int = 40) -> int:
    """Go on by the tab key until something with these words has the focus; count the presses."""
    for presses in range(1, most + 1):
        page.keyboard.press("Tab")
        said = page.evaluate("(document.activeElement.innerText || '').trim()")
        if said.startswith(words):
            return presses
    pytest.fail(f"{words} cannot be reached in {most} steps")


@pytest.mark.parametrize(
    ("words", "most"),
    [("Situations", 10), ("Choose", 12), ("Act", 12), ("Account", 13), ("Sign out", 8)],
)
def test_every_stage_is_a_few_keys_from_the_start(
    office: Office, signed: dict[str, Any], words: str, most: int
) -> None:
    page = opened(office, signed)
    page.goto("/")
    assert press_to(page, words) <= most
    page.context.close()


def test_a_claim_is_recorded_by_keyboard_alone(office: Office, signed: dict[str, Any]) -> None:
    page = opened(office, signed)
    case = belarus(page)
    press_to(page, "Record a claim")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Record a claim")
    page.locator("#id_fact").focus()
    for keys in ("strikes", "Tab", "Tab", "Tab"):
        page.keyboard.press(keys) if keys == "Tab" else page.keyboard.type(keys)
    page.keyboard.type("2020-08-17")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("2020-08-18")
    press_to(page, "Record it")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Picture")
    assert page.url == f"{case}picture"
    page.context.close()


def test_what_has_the_focus_is_seen(office: Office, signed: dict[str, Any]) -> None:
    page = opened(office, signed)
    for path in ("/", "/situations/", "/settings/"):
        page.goto(path)
        for _ in range(12):
            page.keyboard.press("Tab")
            style = page.evaluate(
                "(() => { const s = getComputedStyle(document.activeElement);"
                "return [s.outlineStyle, parseFloat(s.outlineWidth)]; })()"
            )
            assert style[0] != "none", path
            assert style[1] >= 2, path
    page.context.close()


@pytest.mark.parametrize("path", ["/", "/situations/", "/tasks/", "/settings/", "/choose/matrix"])
def test_pages_hold_at_four_times_the_size(
    office: Office, signed: dict[str, Any], path: str
) -> None:
    """1280 px at 400 per cent are 320 px (WCAG 1.4.10)."""
    page = opened(office, signed, viewport={"width": 320, "height": 256})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


@pytest.mark.parametrize("path", ["/", "/situations/", "/tasks/", "/account/"])
def test_pages_hold_in_forced_colours(office: Office, signed: dict[str, Any], path: str) -> None:
    page = opened(office, signed, forced_colors="active")
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    border = page.evaluate(
        "(() => { const c = document.querySelector('.card, .panel, .empty');"
        "return c ? getComputedStyle(c).borderInlineStartColor : 'none'; })()"
    )
    assert border
    page.context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_gives_a_picture_that_is_not_blank(
    office: Office, signed: dict[str, Any], width: int
) -> None:
    page = opened(office, signed, viewport={"width": width, "height": 900})
    for path in paths(page)[:12]:
        page.goto(path)
        picture = page.screenshot()
        wide, high = struct.unpack(">II", picture[16:24])
        assert (wide, high) == (width, 900)
        assert len(picture) > 8_000, path
    page.context.close()


def test_a_swap_of_results_leaves_the_focus_where_it_was(
    office: Office, signed: dict[str, Any]
) -> None:
    page = opened(office, signed)
    page.goto("/claims/")
    page.get_by_label("Fact").focus()
    page.get_by_label("Fact").select_option("torture")
    expect(page).to_have_url(f"{office.address}/claims/?q=&fact=torture&value=&grade=")
    assert page.evaluate("document.activeElement.id") == "f-fact"
    page.context.close()


def test_letters_are_no_shortcuts_once_they_are_switched_off(
    office: Office, signed: dict[str, Any]
) -> None:
    page = opened(office, signed)
    page.goto("/settings/")
    page.get_by_label("Single keys are shortcuts").uncheck()
    page.get_by_role("button", name="Save").click()
    page.goto("/situations/")
    page.locator("h1").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "q"
    page.goto("/settings/")
    page.get_by_label("Single keys are shortcuts").check()
    page.get_by_role("button", name="Save").click()
    page.context.close()
