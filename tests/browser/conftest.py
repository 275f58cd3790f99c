"""A real Chromium, the pages as files, and the accessibility checker."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.conftest import brief_of

from standwith.choose.release import current
from standwith.publish.explorer import explorer_page
from standwith.publish.html import brief_page

PAGES: dict[str, Callable[[], str]] = {
    "belarus-en": lambda: brief_page(brief_of("belarus-2020"), "en"),
    "belarus-ar": lambda: brief_page(brief_of("belarus-2020"), "ar"),
    "belarus-late": lambda: brief_page(brief_of("belarus-2020", "", "2020-12-31"), "en"),
    "myanmar-en": lambda: brief_page(brief_of("myanmar-2023"), "en"),
    "explorer-en": lambda: explorer_page(current(), "en"),
    "explorer-ar": lambda: explorer_page(current(), "ar"),
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
