"""A served workspace with people in it, driven as they would drive it; and the list of its pages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect
from tests.workspace.register_texts import COURT, FAMILIES

ROOT = Path(__file__).parents[2]
PASSWORD = "correct horse battery staple"  # noqa: S105 - of invented people


class Office:
    """A served workspace, and the people in it."""

    def __init__(self, address: str, home: Path, browser: Browser) -> None:
        self.address, self.home, self.browser = address, home, browser
        self.secrets: dict[str, str] = {}

    def invite(self, handle: str, role: str, institution: str = "Our ministry") -> str:
        """Invite somebody from the host; return the address of the link."""
        words = ["people", "invite", handle, "--name", f"{handle.title()} Example"]
        words += ["--institution", institution, "--role", role, "--home", str(self.home)]
        command = [sys.executable, "-m", "standwith", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        return self.address + done.stdout.strip()

    def page(self, **more: Any) -> Page:
        """Open a page in a fresh context."""
        return self.browser.new_context(**more).new_page()

    def join(self, link: str, handle: str) -> Page:
        """Walk through an invitation: password, second factor, recovery codes."""
        page = self.page()
        page.goto(link)
        page.get_by_label("New password").fill(PASSWORD)
        page.get_by_role("button", name="Continue").click()
        self.secrets[handle] = page.locator("main code").first.inner_text().replace(" ", "")
        page.get_by_label("Code").fill(self.code(handle))
        page.get_by_role("button", name="Confirm").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
        page.get_by_role("link", name="I have kept them").click()
        return page

    def code(self, handle: str, later: int = 0) -> str:
        """Return the code that the app of somebody shows."""
        import base64
        import time

        from cryptography.hazmat.primitives.hashes import SHA1
        from cryptography.hazmat.primitives.twofactor.totp import TOTP

        secret = base64.b32decode(self.secrets[handle])
        at = int(time.time()) + 30 * later
        return TOTP(secret, 6, SHA1(), 30).generate(at).decode()  # noqa: S303 - RFC 6238


def start(home: Path, port: int, *, demo: bool) -> tuple[subprocess.Popen[bytes], Path]:
    """Start the program as a user does."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DJANGO", "STANDWITH"))}
    said = home.parent / "said"
    words = ["serve", "--home", str(home), "--port", str(port), *(["--demo"] if demo else [])]
    with said.open("w") as log:
        command = [sys.executable, "-m", "standwith", *words]
        process = subprocess.Popen(command, env=kept, stdout=log, stderr=log, cwd=ROOT)
    return process, said


def sign_in(office: Office, handle: str, later: int = 1, **more: Any) -> Page:
    """Sign in by the forms."""
    page = office.page(**more)
    page.goto(f"{office.address}/sign-in")
    page.get_by_label("Sign-in name").fill(handle)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Code").fill(office.code(handle, later))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Second factor")
    return page


def second_head(office: Office, page: Page) -> Page:
    """Let a second head into the first compartment; return a page of theirs."""
    other = office.join(office.invite("petra", "head"), "petra")
    page.goto("/compartments/")
    page.get_by_role("link", name="Let somebody in").first.click()
    page.get_by_label("Who", exact=True).select_option(label="Petra Example (Our ministry)")
    page.get_by_label("Up to which level").select_option("TLP:AMBER+STRICT")
    page.get_by_label("Why this person needs to know").fill("agrees as a second person")
    page.get_by_role("button", name="Let in").click()
    return other


def belarus(page: Page) -> str:
    """Open the Belarus case; return its address."""
    rows = page.request.get("/situations.json").json()["rows"]
    found = next(row["id"] for row in rows if row["case"] == "belarus-2020")
    page.goto(f"/situations/{found}/")
    return page.url


def paths(page: Page) -> list[str]:
    """List every page that the head can reach, in its states: full, empty, wrong."""
    case = belarus(page).split("/situations/")[1].strip("/")
    inside = ["", "picture", "claims/", "claims/new", "sources/new", "assess", "brief", "edit"]
    inside += ["tasks/new", "propose/G-06", "organisations/new", "requests/new", "kept"]
    inside += ["organisations/protest-movement/name", "edit?language=ar"]
    whole = [f"/situations/{case}/{tail}" for tail in inside]
    lists = ["/", "/situations/", "/situations/new", "/situations/import", "/claims/", "/assess/"]
    lists += ["/choose/", "/choose/matrix", "/choose/actions/G-06", "/decisions/", "/tasks/"]
    lists += ["/tasks/list", "/tasks/week", "/tasks/calendar", "/account/", "/account/entries"]
    lists += ["/account/undercount"]
    lists += ["/compartments/", "/settings/", "/search", "/search?q=bel", "/keys"]
    empty = ["/situations/?q=zzzz", "/claims/?q=zzzz", "/tasks/list?q=zzzz", "/search?q=zzzz"]
    wrong = ["/nowhere", "/claims/?after=x", f"/situations/{case}/brief?profile=king"]
    records = [f"/account/records/{case}/", f"/account/records/{case}/use"]
    empty += ["/registry/?q=zzzz", "/help/?q=zzzz", "/registry/measures/?q=zzzz"]
    wrong += ["/registry/figures?year=soon"]
    empty += ["/compartments/?q=zzzz", f"/situations/{case}/kept?q=zzzz"]
    lists += ["/settings/confirm", *kept(page, case), *registry(page)]
    return [*lists, *whole, *empty, *wrong, *records, "/accessibility"]


def kept(page: Page, case: str) -> list[str]:
    """Keep the brief, and then let a claim change it: the page of what was kept lists changes."""
    if not page.request.get(f"/situations/{case}/kept.json").json()["rows"]:
        page.goto(f"/situations/{case}/brief?profile=icnc")
        page.locator("form[action$='/keep'] button").click()
        contest(page, case)
    rows = page.request.get(f"/situations/{case}/kept.json").json()["rows"]
    return [f"/assessments/{row['id']}/" for row in rows]


def contest(page: Page, case: str) -> None:
    """Record by the form that a court denies the repression."""
    page.goto(f"/situations/{case}/claims/new")
    for name, value in {"fact": "repression", "value": "false", "source": "belarus-2020"}.items():
        page.locator(f"main [name={name}]").select_option(value)
    page.locator("main [name=valid]").fill("2020-08-10")
    page.locator("main [name=recorded]").fill("2020-08-18")
    page.locator("main [name=reliability]").select_option("B")
    page.locator("main [name=credibility]").select_option("2")
    page.locator("main [name=authoritative]").fill("finding of a court")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/picture")


def take_in(page: Page, source: str, text: str, known: str = "2024-06-01") -> str:
    """Hand a list in by the form, and promote it, in any language; return its address."""
    page.goto("/registry/lists/new")
    for name, value in {"source": source, "country": "BY", "known": known}.items():
        page.locator(f"main [name={name}]").fill(value)
    held = {"name": f"{source}.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("main input[type=file]").set_input_files(held)  # type: ignore[arg-type]
    page.locator("main [name=sensitivity]").select_option("TLP:GREEN")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile("/registry/lists/[0-9a-f-]{36}/"))
    place = page.url
    page.locator("main form[action$='/promote'] [name=reason]").fill("small lists, on purpose")
    page.locator("main form[action$='/promote'] button:not([formaction])").click()
    expect(page.locator("main form[action$='/promote'] button:not([formaction])")).to_have_count(0)
    return place


KINDS = ("registry", "registry/lists", "registry/pairs", "registry/editions", "help")


def registry(page: Page) -> list[str]:
    """Fill the registry by its forms, once; list its pages."""
    held = {kind: page.request.get(f"/{kind}.json").json()["rows"] for kind in KINDS}
    if not held["registry/lists"]:
        take_in(page, "court", COURT)
        take_in(page, "families", FAMILIES)
    if not held["registry/pairs"]:
        page.goto("/registry/pairs/")
        page.locator("main form[action$='/compare'] button").click()
    if not held["registry/editions"]:
        page.goto("/registry/editions/")
        page.locator("main form:has([name=year]) button").click()
        page.wait_for_url(re.compile("/registry/editions/[0-9a-f-]{36}/"))
    if not held["help"]:
        open_help(page)
    first = {kind: page.request.get(f"/{kind}.json").json()["rows"][0]["id"] for kind in KINDS}
    inside = ("recognise", "", "?here=1", "involved", "relations")
    found = [f"/registry/persons/{first['registry']}/{tail}" for tail in inside]
    found += [f"/{kind}/{first[kind]}/" for kind in ("registry/lists", "registry/pairs")]
    kept_edition = f"/registry/editions/{first['registry/editions']}/"
    found += [kept_edition, f"{kept_edition}?again=1", f"/help/{first['help']}/"]
    found += [f"/registry/{name}" for name in ("", "lists/", "lists/new", "pairs/", "measures/")]
    found += ["/registry/acts/", "/registry/map", "/registry/timeline", "/registry/timeline?q=zzzz"]
    found += ["/registry/saved", "/registry/saved?place=acts&query=q%3Da", involved(page)]
    found += [
        "/registry/measures/new",
        "/registry/measures/times",
        "/registry/figures?year=2023",
        "/registry/editions/",
    ]
    return [
        *found,
        "/registry/figures/persons?year=2023",
        "/registry/publish",
        "/help/",
        "/help/new",
    ]


def involved(page: Page) -> str:
    """Record somebody said to be involved, once; return the page of it."""
    rows = page.request.get("/registry/measures.json?kind=involvement").json()["rows"]
    if rows:
        return f"/registry/involvements/{rows[0]['id']}/"
    first = page.request.get("/registry.json").json()["rows"][0]["id"]
    page.goto(f"/registry/persons/{first}/involved")
    told = {"name": "Judge Example", "country": "BY", "when": "2023", "source": "a court file"}
    for name, value in told.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile("/registry/involvements/[0-9a-f-]{36}/"))
    return page.url


def open_help(page: Page) -> None:
    """Open a case of help by the form, in any language."""
    page.goto("/help/new")
    told = {"title": "A teacher at risk", "name": "Ada Sample", "need": "a visa"}
    for name, value in told.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main [name=sensitivity]").select_option("TLP:GREEN")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile("/help/[0-9a-f-]{36}/"))
