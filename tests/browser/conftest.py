"""A real Chromium, the pages as files, and the accessibility checker."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from numpy.random import PCG64, Generator
from playwright.sync_api import Browser, Page, sync_playwright
from tests.account.reports.made import INPUTS
from tests.account.tables import KOSOVO
from tests.browser.office import Office, sign_in, start
from tests.conftest import brief_of
from tests.workspace.test_operation import free_port, wait_for

from standwith.account.reports.edition import edition
from standwith.account.undercount.capture import CaptureTable, from_cells
from standwith.account.undercount.estimate import as_data, estimate
from standwith.choose.release import current
from standwith.publish.edition_html import edition_html
from standwith.publish.explorer import explorer_page
from standwith.publish.html import brief_page
from standwith.publish.undercount import report

THIN = from_cells(["court", "families", "lawyers"], {"100": 40, "010": 30, "001": 2, "110": 3})


def undercount_page(table: CaptureTable, method: str) -> str:
    """Write the report of a table."""
    found = as_data(estimate(table, method, Generator(PCG64(1))))
    manifest = {"seed": 1, "versions": {"numpy": "2"}, "input_sha256": "0" * 64}
    return report(found | {"manifest": manifest}, "Invented")


PAGES: dict[str, Callable[[], str]] = {
    "belarus-en": lambda: brief_page(brief_of("belarus-2020"), "en"),
    "belarus-ar": lambda: brief_page(brief_of("belarus-2020"), "ar"),
    "belarus-late": lambda: brief_page(brief_of("belarus-2020", "", "2020-12-31"), "en"),
    "myanmar-en": lambda: brief_page(brief_of("myanmar-2023"), "en"),
    "explorer-en": lambda: explorer_page(current(), "en"),
    "explorer-ar": lambda: explorer_page(current(), "ar"),
    "undercount": lambda: undercount_page(KOSOVO, "dga"),
    "undercount-refused": lambda: undercount_page(THIN, "dga"),
    "edition-en": lambda: edition_html(edition(INPUTS), "en"),
    "edition-ar": lambda: edition_html(edition(INPUTS), "ar"),
}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; `make test` installs one where it can."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "no Chromium: run `make test`, or name one with CHROMIUM=/path"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All pages, written to files."""
    folder = tmp_path_factory.mktemp("site")
    for name, write in PAGES.items():
        (folder / f"{name}.html").write_text(write(), "utf-8")
    return folder


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, as the package carries it."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of 1280 px."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def office(browser: Browser) -> Iterator[Office]:
    """A workspace with the demo cases, whose head has joined."""
    home = Path(tempfile.mkdtemp(prefix="standwith-office-")) / "home"
    port = free_port()
    process, said = start(home, port, demo=True)
    try:
        address = f"http://localhost:{port}"
        wait_for(address)
        made = Office(address, home, browser)
        link = next(word for word in said.read_text().split() if "/invitation/" in word)
        made.join(link, "head")
        yield made
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def signed(office: Office) -> dict[str, Any]:
    """The session of the head, to be used in many contexts."""
    context = sign_in(office, "head").context
    state: dict[str, Any] = dict(context.storage_state())
    context.close()
    return state


@pytest.fixture
def desk(office: Office, signed: dict[str, Any]) -> Iterator[Page]:
    """A page of the head."""
    context = office.browser.new_context(
        storage_state=signed,  # type: ignore[arg-type]
        viewport={"width": 1280, "height": 900},
        base_url=office.address,
    )
    yield context.new_page()
    context.close()
