"""The workspace in a real browser, walked as each kind of user."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.office import PASSWORD, Office, belarus, contest, sign_in

pytestmark = pytest.mark.browser


def test_the_head_finds_the_demo_cases_on_map_and_list(desk: Page) -> None:
    desk.goto("/")
    expect(desk.get_by_role("link", name=re.compile("Belarus"))).to_be_visible()
    assert desk.locator("svg.map path.open").count() == 2
    expect(desk.get_by_text("There are no forecasts")).to_be_visible()


def test_a_new_claim_changes_the_brief(desk: Page) -> None:
    case = belarus(desk)
    desk.goto(f"{case}brief")
    before = desk.locator("main code").last.inner_text()
    now = desk.get_by_role("link", name=re.compile("Do now")).inner_text()
    contest(desk, case.split("/situations/")[1].strip("/"))
    expect(desk.get_by_text("contested").first).to_be_visible()
    desk.goto(f"{case}brief")
    assert desk.locator("main code").last.inner_text() != before
    assert desk.get_by_role("link", name=re.compile("Do now")).inner_text() != now


def test_errors_stand_on_top_and_lead_to_their_fields(desk: Page) -> None:
    case = belarus(desk)
    desk.goto(f"{case}claims/new")
    desk.get_by_label("Of which time").fill("2020-13")
    desk.get_by_label("Known since").fill("2999-01-01")
    desk.get_by_role("button", name="Record it").click()
    box = desk.get_by_role("alert")
    expect(box).to_be_focused()
    assert desk.title().startswith("Error:")
    box.get_by_role("link").first.click()
    assert desk.evaluate("document.activeElement.matches('input, select, textarea')")
    expect(desk.get_by_label("Of which time")).to_have_value("2020-13")


def test_a_decision_of_tier_two_is_taken_by_three_people(office: Office, desk: Page) -> None:
    people = {}
    for handle, role in (("dana", "desk"), ("cora", "counsel")):
        people[handle] = office.join(office.invite(handle, role), handle)
        desk.goto("/compartments/")
        desk.get_by_role("link", name="Let somebody in").first.click()
        desk.get_by_label("Who", exact=True).select_option(
            label=f"{handle.title()} Example (Our ministry)"
        )
        desk.get_by_label("Up to which level").select_option("TLP:AMBER+STRICT")
        desk.get_by_label("Why this person needs to know").fill("works on Belarus")
        desk.get_by_role("button", name="Let in").click()
        expect(desk.get_by_text(f"{handle.title()} Example").first).to_be_visible()
    dana, cora = people["dana"], people["cora"]
    dana.goto(f"{office.address}/situations/")
    dana.get_by_role("link", name=re.compile("Belarus")).click()
    dana.goto(f"{dana.url}propose/G-06")
    dana.get_by_label("Reason").fill("asked for by the council in writing")
    dana.get_by_role("button", name="Propose").click()
    decision = dana.url.removeprefix(office.address)
    expect(dana.get_by_text("another person decides")).to_be_visible()
    desk.goto(decision)
    decide(desk, "Decide", "yes", "agreed in the task force")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Counsel is needed first")
    cora.goto(office.address + decision)
    decide(cora, "Record the view", "yes", "the treaty allows it for a week")
    desk.goto(decision)
    decide(desk, "Decide", "yes", "agreed in the task force")
    expect(desk.get_by_text("approved").first).to_be_visible()


def decide(page: Page, button: str, answer: str, reason: str) -> None:
    """Answer a question that stands on record."""
    page.get_by_label("Yes" if answer == "yes" else "No", exact=True).check()
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name=button).click()


def test_a_task_reaches_a_mission_and_an_ally_sees_exactly_the_share(
    office: Office, desk: Page
) -> None:
    mika = office.join(office.invite("mika", "mission"), "mika")
    alva = office.join(office.invite("alva", "ally", "Ally's ministry"), "alva")
    sofi = office.join(office.invite("sofi", "head"), "sofi")
    for handle, institution, level in (
        ("sofi", "Our ministry", "TLP:RED"),
        ("mika", "Our ministry", "TLP:AMBER"),
        ("alva", "Ally's ministry", "TLP:GREEN"),
    ):
        desk.goto("/compartments/")
        desk.get_by_role("link", name="Let somebody in").first.click()
        desk.get_by_label("Who", exact=True).select_option(
            label=f"{handle.title()} Example ({institution})"
        )
        desk.get_by_label("Up to which level").select_option(level)
        desk.get_by_label("Why this person needs to know").fill("works on Belarus")
        desk.get_by_role("button", name="Let in").click()
    assert alva.goto(f"{office.address}/situations/")
    expect(alva.get_by_text("Nothing fits")).to_be_visible()
    sofi.goto(f"{office.address}/compartments/")
    waiting = sofi.locator(".panel").filter(has_text="let Alva Example in")
    waiting.get_by_role("button", name="Agree").click()
    case = belarus(desk)
    for title, level, who in (
        ("Attend the trial of Tuesday", "TLP:AMBER", "Mika Example (Our ministry)"),
        ("Share the list of needs", "TLP:GREEN", "Mika Example (Our ministry)"),
    ):
        desk.goto(f"{case}tasks/new")
        desk.get_by_label("What is to be done").fill(title)
        desk.locator("#id_assignee").select_option(label=who)
        desk.locator("#id_due").fill("2020-08-20")
        desk.get_by_label("Level").select_option(level)
        desk.get_by_role("button", name="Assign it").click()
        expect(desk.get_by_role("heading", level=1)).to_have_text(title)
    mika.goto(f"{office.address}/tasks/week")
    expect(mika.get_by_text("Attend the trial of Tuesday")).to_be_visible()
    alva.goto(f"{office.address}/tasks/")
    expect(alva.get_by_text("Share the list of needs")).to_be_visible()
    expect(alva.get_by_text("Attend the trial")).to_have_count(0)
    alva.goto(f"{office.address}/search?q=trial")
    expect(alva.get_by_text("0 found")).to_be_visible()


def test_a_receipt_from_the_page_is_verified_offline(
    office: Office, desk: Page, tmp_path: Path
) -> None:
    belarus(desk)
    desk.get_by_role("link", name="History and receipts").click()
    with desk.expect_download() as download:
        desk.get_by_role("link", name=re.compile("Receipt")).first.click()
    path = tmp_path / "it.tlog-proof"
    download.value.save_as(path)
    desk.goto("/account/")
    key = next(
        text
        for text in desk.locator("main code").all_inner_texts()
        if text.startswith("standwith.")
    )
    command = [sys.executable, "-m", "standwith", "evidence", "verify", str(path), "--key", key]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "situation.recorded" in done.stdout
    assert office.address


def test_an_administrator_invites_and_sees_no_content(office: Office) -> None:
    page = office.join(office.invite("ada", "administrator"), "ada")
    expect(page.get_by_role("heading", level=1)).to_have_text("People")
    page.get_by_label("Sign-in name").fill("nils")
    page.get_by_label("Name", exact=True).fill("Nils Example")
    page.get_by_label("Institution").fill("Our ministry")
    page.get_by_label("documenter").check()
    page.get_by_role("button", name="Make the link").click()
    link = page.get_by_role("status").locator("code").inner_text()
    assert "/invitation/" in link
    page.goto(f"{office.address}/situations/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Not included in your roles")


def test_a_passkey_opens_the_second_door(office: Office) -> None:
    page = office.join(office.invite("pia", "desk"), "pia")
    tool = page.context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    tool.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto(f"{office.address}/settings/")
    with page.expect_navigation():
        page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("passkey, totp")).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_label("Sign-in name").fill("pia")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Watch")


def test_the_slash_goes_to_the_search_and_words_are_completed(desk: Page) -> None:
    desk.goto("/situations/")
    desk.keyboard.press("/")
    desk.keyboard.type("bela")
    expect(desk.locator("#hits a").first).to_contain_text("Belarus")
    desk.keyboard.press("Escape")
    expect(desk.locator("#hits a")).to_have_count(0)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Search")


def test_filters_refresh_the_results_and_stand_in_the_address(desk: Page) -> None:
    desk.goto("/claims/")
    total = desk.locator("#count").inner_text()
    desk.get_by_label("Fact").select_option("torture")
    expect(desk.locator("#count")).not_to_have_text(total)
    assert "fact=torture" in desk.url
    desk.go_back()
    desk.reload()
    expect(desk.locator("#count")).to_have_text(total)


def test_a_movement_is_described_in_its_language_and_its_request_recorded(desk: Page) -> None:
    case = belarus(desk)
    desk.get_by_role("link", name="Add an organisation").click()
    desk.get_by_label("Short name").fill("strike-committee")
    desk.get_by_label("Name", exact=True).fill("Стачкам")
    desk.get_by_label("Language of the name").select_option("be")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("heading", name="Стачкам")).to_have_count(1)
    desk.get_by_role("link", name="Record a request").click()
    desk.get_by_label("Who asks").select_option("strike-committee")
    desk.get_by_label("For which actions").fill("G-06")
    desk.get_by_label("Given on").fill("2020-08-17")
    desk.get_by_label("By which channel").fill("in person")
    desk.get_by_label("It was verified").check()
    desk.get_by_label("Source", exact=True).select_option("belarus-2020")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("verified", exact=True).first).to_be_visible()
    desk.get_by_role("button", name="It was withdrawn").first.click()
    expect(desk.get_by_text("withdrawn 20").first).to_be_visible()
    assert desk.url == case


def test_a_record_is_closed_at_once_and_opened_by_two(desk: Page) -> None:
    belarus(desk)
    desk.get_by_role("link", name="Assign a task").click()
    desk.get_by_label("What is to be done").fill("Call the lawyer")
    desk.get_by_label("Level").select_option("TLP:GREEN")
    desk.get_by_role("button", name=re.compile("Assign")).click()
    desk.goto("/tasks/list?q=lawyer")
    desk.get_by_role("link", name="Call the lawyer").click()
    task = desk.url.rstrip("/").split("/")[-1]
    desk.goto(f"/account/records/{task}/use")
    desk.get_by_label("Level").select_option("TLP:RED")
    desk.get_by_label("Reason").fill("the lawyer is watched")
    desk.get_by_role("button", name="Save").click()
    expect(desk.locator("dl").get_by_text("TLP:RED")).to_be_visible()
    desk.get_by_label("Level").select_option("TLP:GREEN")
    desk.get_by_label("Reason").fill("no longer")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Compartments")
    expect(desk.get_by_text("let a record be used more widely")).to_be_visible()


def test_a_kept_assessment_says_what_changed_since(desk: Page) -> None:
    case = belarus(desk)
    desk.goto(f"{case}brief")
    desk.get_by_role("button", name="Keep it as it stands").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Kept assessments")
    desk.locator("article a").first.click()
    expect(desk.get_by_text("every verdict is the same")).to_be_visible()


def test_who_lost_the_second_factor_comes_back(office: Office) -> None:
    admin = office.join(office.invite("anton", "administrator"), "anton")
    office.join(office.invite("lena", "desk"), "lena")
    admin.goto(f"{office.address}/people/")
    row = admin.get_by_role("row", name=re.compile("lena"))
    row.get_by_role("button", name="Lost password or second factor").click()
    link = admin.get_by_role("status").locator("code").inner_text()
    again = office.join(link, "lena")
    expect(again.get_by_role("heading", level=1)).to_have_text("Watch")
    fresh = sign_in(office, "lena")
    fresh.goto(f"{office.address}/compartments/")
    expect(fresh.get_by_text("You belong to no compartment.")).to_be_visible()
