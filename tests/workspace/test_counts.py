"""Counts that the database keeps: at every time those of the rows, under every label."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client, RequestFactory
from tests.workspace.conftest import TEAM, World, claim_form

from standwith.kernel.policy import Purpose
from standwith.services import claims, erasure, listing, situations, terms
from standwith.services.listing import list_counted, list_rows
from standwith.services.sight import Sight, looking, whole_database
from standwith.services.tallies import Counts, counts_of
from standwith.store.counts import COUNTED, recounts, triggers, untriggers
from standwith.store.models.case import Claim, Situation
from standwith.store.models.register import RegisteredPerson
from standwith.store.models.search import Tally, Word
from standwith.web.api import reading

MODELS: dict[str, Any] = {
    "claim": Claim,
    "situation": Situation,
    "registeredperson": RegisteredPerson,
}
QUERIES: list[dict[str, str]] = [
    {},
    {"fact": "torture"},
    {"fact": "torture", "value": "true"},
    {"grade": "B2"},
    {"grade": "E5"},
    {"fact": "repression", "value": "false", "grade": "A1"},
    {"q": "tolik"},
    {"q": "the"},
    {"q": "nobody-says-this"},
    {"q": "cells", "fact": "torture"},
]


def counted(kind: str) -> Counter[tuple[str, ...]]:
    """Count the rows one by one."""
    with whole_database():
        rows = MODELS[kind].unguarded.values_list("label_id", *COUNTED[kind])
        return Counter(tuple(str(cell) for cell in row) for row in rows)


def kept(kind: str) -> Counter[tuple[str, ...]]:
    """Read what the triggers kept."""
    columns = ("first", "second", "third")[: len(COUNTED[kind])]
    with whole_database():
        rows = Tally.unguarded.filter(kind=kind).values_list("label_id", *columns, "n")
        return Counter({tuple(str(cell) for cell in row[:-1]): row[-1] for row in rows if row[-1]})


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("kind", list(COUNTED))
def test_the_counts_are_those_of_the_rows(kind: str) -> None:
    assert kept(kind) == counted(kind)
    assert sum(kept(kind).values()) > 0


def test_a_new_claim_a_changed_situation_and_an_erasure_are_counted(world: World) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    claims.record_claim(head, case, claim_form(fact="shutdown", grade="D4"))
    seen = situations.read_situation(head, case)["version"]
    fields = {"title": "T", "summary": "S", "as_of": "2020-08-20", "state": "closed"}
    situations.change_situation(head, case, fields, seen=seen)
    proposal = erasure.propose_erasure(head, world.records["secret"], "court order 7 of today")
    with pytest.raises(Exception, match="there is nothing"):
        erasure.agree_erasure(world.reader("second"), proposal)
    other = erasure.propose_erasure(head, case, "court order 8 of today")
    erasure.agree_erasure(world.reader("second"), other)
    for kind in COUNTED:
        assert kept(kind) == counted(kind)
    assert not any("closed" in cell for cell in kept("situation"))


def test_rows_that_move_to_another_label_are_counted_there(world: World) -> None:
    with whole_database():
        one = Claim.unguarded.get(pk=world.records["red"])
        other = Claim.unguarded.exclude(label_id=one.label_id).first()
        assert other is not None
        Claim.unguarded.filter(pk=other.pk).update(label_id=one.label_id, value="unclear")
    assert kept("claim") == counted("claim")


def test_a_change_that_is_taken_back_was_never_counted(world: World) -> None:
    before = kept("claim")
    with whole_database(), transaction.atomic():
        Claim.unguarded.filter(pk=world.records["red"]).delete()
        transaction.set_rollback(True)
    assert kept("claim") == before


@pytest.mark.usefixtures("world")
def test_counting_everything_anew_gives_the_same() -> None:
    before = {kind: kept(kind) for kind in COUNTED}
    with whole_database(), connection.cursor() as cursor:
        Tally.unguarded.all().delete()
        for statement in recounts():
            cursor.execute(statement)
    assert {kind: kept(kind) for kind in COUNTED} == before


@pytest.mark.usefixtures("world")
def test_triggers_that_were_taken_away_count_no_more_and_come_back() -> None:
    before = kept("claim")
    with whole_database(), connection.cursor() as cursor:
        for statement in untriggers(connection.vendor):
            cursor.execute(statement)
        Claim.unguarded.filter(grade="B2").delete()
        assert kept("claim") == before != counted("claim")
        for statement in triggers(connection.vendor):
            cursor.execute(statement)
        gone = Claim.unguarded.first()
        assert gone is not None
        gone.delete()
    assert sum(kept("claim").values()) == sum(before.values()) - 1


@pytest.mark.parametrize("key", list(TEAM)[:7])
def test_a_list_from_counts_is_the_list_from_rows(
    world: World, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    for few, steps in ((0, listing.STEPS), (0, (2, 3)), (0, ()), (3, (1000,)), (5000, (7,))):
        monkeypatch.setattr(listing, "FEW", few)
        monkeypatch.setattr(listing, "STEPS", steps)
        for query in QUERIES:
            with looking(world.reader(key), Purpose.ASSESS) as sight:
                quick = list_counted(sight, Claim, claims.SPEC, query)
                rows = sight.of(Claim).filter(terms.holding(sight, "claim", query.get("q", "")))
                slow = list_rows(rows, claims.SPEC, query)
            told = (few, query)
            assert (quick.rows, quick.after, quick.query) == (slow.rows, slow.after, slow.query), (
                told
            )
            assert quick.total in (slow.total, None), told
            if "q" not in query:
                assert quick == slow, told


def test_pages_of_a_counted_list_join_without_gap_or_repeat(world: World) -> None:
    head = world.reader("head")
    found, after = [], ""
    while True:
        page = claims.list_claims(head, {"after": after})
        found += [row["uuid"] for row in page.rows]
        if page.after is None:
            break
        after = page.after
    assert len(found) == len(set(found)) == page.total


def test_words_that_very_many_rows_have_are_listed_and_not_counted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "FEW", 0)
    found = claims.list_claims(world.reader("head"), {"q": "guard"})
    assert found.total is None
    assert found.rows
    assert {c.count for facet in found.facets for c in facet.choices} == {None}
    page = world.client("head").get("/claims/?q=guard").content.decode()
    assert "Very many have these words" in page
    assert "(None)" not in page


def test_a_claim_is_found_by_each_word_of_its_note(world: World) -> None:
    head = world.reader("head")
    for text in ("Tolik", "tol", "TOLIK guard", "guard says"):
        found = claims.list_claims(head, {"q": text})
        assert world.records["red"] in {row["uuid"] for row in found.rows}, text
    assert claims.list_claims(head, {"q": "tolik cells"}).total == 0


def test_a_word_of_a_hidden_claim_finds_nothing(world: World) -> None:
    assert claims.list_claims(world.reader("ally"), {"q": "tolik"}).total == 0
    hits = terms.find(world.reader("head"), "tolik")
    assert hits == [], "completion shows titles alone"


def test_the_words_of_an_erased_claim_are_gone(world: World) -> None:
    red = world.records["red"]
    proposal = erasure.propose_erasure(world.reader("head"), red, "the guard asked for it")
    erasure.agree_erasure(world.reader("second"), proposal)
    with whole_database():
        assert not Word.unguarded.filter(record=red).exists()
        assert not Word.unguarded.filter(term="tolik").exists()


def test_a_situation_is_found_by_its_name_in_a_file(world: World) -> None:
    found = situations.list_situations(world.reader("head"), {"q": "belarus 2020"})
    assert [row["case"] for row in found.rows] == ["belarus-2020"]


def test_an_export_that_would_be_cut_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST", 3)
    client: Client = world.client("head")
    refused = client.get("/claims.csv")
    assert refused.status_code == 400
    assert "at most 3 rows" in refused.content.decode()
    assert client.get("/claims.csv?q=tolik").status_code == 200


def test_the_next_page_of_the_interface_keeps_its_filters() -> None:
    found = listing.Listing((), 80, (), "there", {"fact": "torture", "q": "a b"})
    link = reading._page(RequestFactory().get("/api/v1/claims"), found).headers["Link"]
    assert link == '</api/v1/claims?fact=torture&q=a+b&after=there>; rel="next"'


def test_the_board_counts_every_open_situation_of_a_country(world: World) -> None:
    page = world.client("head").get("/").content.decode()
    assert "Belarus" in page
    with looking(world.reader("ally"), Purpose.WATCH) as sight:
        assert counts_of(sight, "situation").by("country", {"state": "open"}) == {"BY": 1}


def test_counts_add_up_in_every_direction() -> None:
    cells: dict[tuple[str, ...], int] = {("a", "x", "1"): 3, ("a", "y", "1"): 2, ("b", "x", "2"): 5}
    counts = Counts(("fact", "value", "grade"), cells)
    assert counts.total({}) == 10
    assert counts.total({"fact": "a"}) == 5
    assert counts.total({"fact": "b", "value": "y"}) == 0
    assert counts.by("value", {}) == {"x": 8, "y": 2}
    assert counts.by("value", {"value": "y", "fact": "a"}) == {"x": 3, "y": 2}
    assert counts.found_in({"value": "x"}) == {
        "fact": {"a", "b"},
        "value": {"x"},
        "grade": {"1", "2"},
    }


def test_a_kind_that_is_not_counted_is_an_error(world: World) -> None:
    sight = Sight(world.reader("head"), Purpose.ASSESS, frozenset())
    with pytest.raises(KeyError):
        counts_of(sight, "comment")
