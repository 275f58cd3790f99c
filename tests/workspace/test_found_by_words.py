"""Lists that words narrow: the same rows, counts and facets as a plain look at every name."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.workspace.conftest import World
from tests.workspace.register_lists import register

from standwith.services import listing, registered, terms
from standwith.services.listing import Listing

FIRST = ("Anna", "Ivan", "Li", "Maryam", "李", "أحمد", "Ганна")
LAST = ("Example", "Ivanova", "Ahmadi", "敏", "المثالي", "Пример")
ROWS = "".join(
    f"{i},{FIRST[i % 7]} {LAST[i % 6]} {i:03},2023-01-{1 + i % 28:02},art. {i % 5},"
    f"{('detained', 'released')[i % 3 == 0]}\n"
    for i in range(180)
)
WORDS = (
    "anna",
    "iv",
    "li",
    "李",
    "敏",
    "احمد",
    "ганна",
    "пр",
    "anna ivanova",
    "li 敏",
    "zzzz",
    "0",
)
STATES = ("", "held", "ended")


@pytest.fixture
def crowd(world: World) -> World:
    """A workspace with some more people in it."""
    register(world, "id,name,date of arrest,articles,status\n" + ROWS, source="crowd")
    return world


def plain(world: World, who: str, words: str) -> list[dict[str, Any]]:
    """Look at every name that the reader sees."""
    wanted = terms.fold(words)
    return [
        row
        for row in registered.export_persons(world.reader(who), {})
        if all(
            any(spelt.startswith(word) for spelt in terms.spellings([row["name"]]))
            for word in wanted
        )
    ]


def pages(world: World, who: str, query: dict[str, str]) -> tuple[list[str], Listing]:
    """Turn all pages of a list; return the ids in their order, and the first page."""
    first = found = registered.list_persons(world.reader(who), query)
    seen = [row["id"] for row in found.rows]
    while found.after:
        found = registered.list_persons(world.reader(who), query | {"after": found.after})
        seen += [row["id"] for row in found.rows]
    return seen, first


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
@given(
    words=st.sampled_from(WORDS),
    state=st.sampled_from(STATES),
    who=st.sampled_from(["desk", "head"]),
)
def test_words_find_whom_a_plain_look_finds(crowd: World, words: str, state: str, who: str) -> None:
    # Joined persons are known by the names of all, and so may be found by another's name.
    everybody = [row for row in plain(crowd, who, words) if row["source"] == "crowd"]
    wanted = [row for row in everybody if not state or row["status"] == state]
    query = {"q": words, "source": "crowd"} | ({"status": state} if state else {})
    seen, first = pages(crowd, who, query)
    assert seen == [row["id"] for row in wanted]
    assert first.total == len(wanted)
    facets = {facet.name: {one.value: one.count for one in facet.choices} for facet in first.facets}
    assert {value: n for value, n in facets["status"].items() if n} == dict(
        Counter(row["status"] for row in everybody)
    )


def test_who_is_hidden_is_in_no_total_and_no_facet(crowd: World) -> None:
    seen = registered.list_persons(crowd.reader("desk"), {"q": "pilip"})
    assert (seen.total, seen.rows) == (0, ())
    assert all(not one.count for facet in seen.facets for one in facet.choices)
    assert registered.list_persons(crowd.reader("head"), {"q": "pilip"}).total == 1


def test_pages_of_few_rows_and_of_many_agree(crowd: World, monkeypatch: pytest.MonkeyPatch) -> None:
    query = {"q": "an", "source": "crowd"}
    few, _ = pages(crowd, "desk", query)
    whole, _ = pages(crowd, "desk", {"q": "an"})
    monkeypatch.setattr(listing, "FEW", 3)
    many, _ = pages(crowd, "desk", query)
    assert few == many
    assert len(few) > 10
    found, first = pages(crowd, "desk", {"q": "an"})
    assert found == whole
    assert first.total is None


@pytest.mark.parametrize("words", ["!!!", "an ex", "李", "a"])
@pytest.mark.parametrize("who", ["desk", "head", "stranger"])
def test_the_index_of_words_gives_the_rows_that_a_join_gives(
    crowd: World, monkeypatch: pytest.MonkeyPatch, words: str, who: str
) -> None:
    whole, _ = pages(crowd, who, {"q": words})
    monkeypatch.setattr(listing, "FEW", 0)
    found, _ = pages(crowd, who, {"q": words})
    assert found == whole


def test_a_place_that_is_none_is_refused_among_many_rows_too(
    crowd: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "FEW", 0)
    for place in ("nonsense", "WyJhIiwgImIiXQ"):
        assert crowd.client("desk").get(f"/registry/?q=an&after={place}").status_code == 400


def test_a_place_that_is_none_is_refused_among_few_rows_too(crowd: World) -> None:
    answer = crowd.client("desk").get("/registry/?q=anna&after=nonsense")
    assert answer.status_code == 400


def test_completion_finds_by_the_beginning_of_any_word(crowd: World) -> None:
    found = crowd.client("desk").get("/search.json?q=ivanova").json()
    titles = {row["title"] for row in found["rows"]} if "rows" in found else str(found)
    assert "Ivanova" in str(titles)
    hidden = crowd.client("desk").get("/search.json?q=pilip").json()
    assert "Sakret" not in str(hidden)
