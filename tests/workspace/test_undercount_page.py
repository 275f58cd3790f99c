"""The page of an undercount: from counts to a sentence, with what stands beside it; nothing kept."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.cli.test_undercount_commands import FOUR
from tests.workspace.conftest import World

from standwith.account.undercount.read import read_table
from standwith.services import estimates
from standwith.services.invalid import Invalid
from standwith.store.models.log import Entry

PATH = "/account/undercount"


def said(page: bytes) -> str:
    """Return the words of the answer."""
    text = page.decode()
    part = text[text.index('id="found"') :].split("</section>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part))


def test_counts_become_a_sentence_with_what_stands_beside_it(world: World) -> None:
    answer = world.client("desk").post(PATH, {"table": FOUR, "signed": "A. Statistician"})
    assert answer.status_code == 200
    words = said(answer.content)
    assert "654 persons are documented by name" in words
    for beside in ("Lower bound", "What no data can test", "Tests inside the lists", "SHA-256"):
        assert beside in words
    assert "Assumed by A. Statistician." in words
    assert len(re.findall(r"xi [\d.]+:", words)) == 7


def test_nobody_signed_is_told(world: World) -> None:
    answer = world.client("desk").post(PATH, {"table": FOUR})
    assert "nobody stands for the assumption" in said(answer.content)


def test_an_english_answer_in_an_arabic_page_keeps_its_decimal_points(world: World) -> None:
    client = world.client("desk")
    client.cookies["django_language"] = "ar"
    words = said(client.post(PATH, {"table": FOUR}).content)
    assert "xi 0.25:" in words
    assert "0,25" not in words


def test_a_refusal_gives_no_number(world: World) -> None:
    thin = "a,b,c,count\n1,0,0,40\n0,1,0,30\n0,0,1,2\n1,1,0,3\n"
    words = said(world.client("desk").post(PATH, {"table": thin}).content)
    assert "they cannot tell" in words
    assert "Estimated:" not in words


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("", "This field is required"),
        ("a,b,c\n1,0,0\n", "name one column of counts"),
        ("a,b,c,count\n1,0,2,5\n", "line 2: &#x27;2&#x27; is neither 0 nor 1"),
        ("a,b,c,count\n1,0,0,-5\n", "is no count"),
        ("a,b,c,d,e,f,count\n1,0,0,0,0,0,5\n", "5 at most here"),
        ("a,b,c,count\n" + "1,0,0,5\n" * 3000, "20,000 at most"),
    ],
)
def test_a_table_that_cannot_be_used_is_shown_again_with_the_reason(
    world: World, table: str, why: str
) -> None:
    answer = world.client("desk").post(PATH, {"table": table})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert 'id="found"' not in answer.content.decode()


def test_nothing_of_a_table_is_kept(world: World) -> None:
    before = Entry.objects.count()
    world.client("desk").post(PATH, {"table": FOUR, "signed": "A. Statistician"})
    assert Entry.objects.count() == before


def test_names_of_lists_cannot_write_the_page(world: World) -> None:
    bent = FOUR.replace("court", "<script>alert(1)</script>", 1)
    answer = world.client("desk").post(PATH, {"table": bent, "signed": "<b>me</b>"})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert "<b>me</b>" not in answer.content.decode()


def test_only_people_of_the_workspace_reach_it(world: World) -> None:
    assert Client().get(PATH).status_code == 302
    assert world.client("desk").get(PATH).status_code == 200


def test_the_service_says_what_the_command_says() -> None:
    found = estimates.estimate_table(FOUR, "")
    assert found["n"] == read_table(FOUR).n
    assert found == estimates.estimate_table(FOUR, "")
    with pytest.raises(Invalid, match="neither 0 nor 1"):
        estimates.estimate_table(FOUR.replace("1,0,0,0,120", "7,0,0,0,120"), "")
