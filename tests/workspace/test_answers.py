"""Every page answers: to its head, empty, and after a fault in the query."""

import pytest
from tests.workspace.conftest import World

from standwith.services.verification import verify

PATHS = [
    "/",
    "/situations/",
    "/situations/new",
    "/situations/import",
    "/claims/",
    "/assess/",
    "/choose/",
    "/choose/matrix",
    "/choose/actions/G-06",
    "/decisions/",
    "/tasks/",
    "/tasks/list",
    "/tasks/week",
    "/tasks/calendar",
    "/tasks/calendar.ics",
    "/account/",
    "/account/entries",
    "/account/undercount",
    "/compartments/",
    "/settings/",
    "/search?q=bel",
    "/keys",
    "/accessibility",
    "/health",
    "/metrics",
    "/api/v1/openapi.json",
    "/situations.csv",
    "/claims.json",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_answers(world: World, path: str) -> None:
    r = world.client("head").get(path)
    assert r.status_code in (200, 503), r.content[:3000]


@pytest.mark.parametrize(
    "tail",
    [
        "",
        "picture",
        "claims/",
        "claims/new",
        "sources/new",
        "assess",
        "brief",
        "edit",
        "propose/G-06",
        "tasks/new",
        "case.yaml",
        "brief.pdf",
        "brief.docx",
        "brief.html",
        "brief.json",
    ],
)
def test_every_page_of_a_situation_answers(world: World, tail: str) -> None:
    r = world.client("head").get(f"/situations/{world.records['belarus']}/{tail}")
    assert r.status_code == 200, r.content[:3000]


@pytest.mark.usefixtures("world")
def test_looking_at_pages_leaves_everything_sound() -> None:
    assert verify().findings == ()
