"""Relations and involvements as content: under labels, in the log, gone with what they rest on."""

from __future__ import annotations

from contextlib import suppress

import pytest
from tests.workspace.conftest import World
from tests.workspace.test_handling import asked as asked_handling

from standwith.services import (
    erasure,
    handling,
    involvements,
    measures,
    registered,
    relations,
    saved,
    standing,
    verification,
)
from standwith.services.sight import NothingThere, whole_database
from standwith.store.models.people import Person
from standwith.store.models.register import Measure, Relation, SavedQuery

BASIS = "article 17 of the regulation"


def erase(world: World, record: str) -> None:
    waiting = erasure.propose_erasure(world.reader("head"), record, BASIS)
    standing.decide(world.reader("second"), waiting, agree=True)


def left(world: World, who: str = "head") -> int:
    person = world.records["person"]
    return len(relations.export_relations(world.reader(who), person, {}))


def test_whoever_is_erased_takes_relations_and_involvements_along(world: World) -> None:
    person = world.records["person"]
    erase(world, person)
    for model, held in ((Relation, {"one": person}), (Relation, {"other": person}),
                        (Measure, {"person": person})):  # fmt: skip
        with whole_database():
            assert not model.unguarded.filter(**held).exists()
    other = world.records["person court Aung Ko Win GREEN"]
    assert relations.export_relations(world.reader("head"), other, {}) == []
    assert verification.verify().sound


def test_one_relation_is_erased_alone(world: World) -> None:
    erase(world, world.records["relation"])
    assert (left(world), left(world, "desk")) == (1, 0)
    assert registered.read_person(world.reader("desk"), world.records["person"])
    assert verification.verify().sound


RAISES = ("relation", "person court Aung Ko Win GREEN", "person")


@pytest.mark.parametrize("name", RAISES)
def test_a_relation_is_as_secret_as_itself_and_both_its_ends(world: World, name: str) -> None:
    record = world.records[name]
    kept = relations.list_relations(world.reader("desk"), world.records["person"], {}).listing
    assert kept.total == 1
    raise_level(world, record)
    other = world.records["person court Aung Ko Win GREEN"]
    for person in (world.records["person"], other):
        with suppress(NothingThere):
            assert relations.export_relations(world.reader("desk"), person, {}) == []
    assert verification.verify().sound


def raise_level(world: World, record: str) -> None:
    """Raise a record to RED, as its page of handling does."""
    asked = asked_handling("TLP:RED")
    seen = handling.read_handling(world.reader("head"), record).version
    handling.set_handling(world.reader("head"), record, asked, seen=seen)


def test_a_relation_taken_back_stays_in_the_log(world: World) -> None:
    before = verification.verify()
    relations.withdraw_relation(world.reader("desk"), world.records["relation"])
    after = verification.verify()
    assert after.sound
    assert after.size == before.size + 1
    with pytest.raises(NothingThere):
        relations.withdraw_relation(world.reader("desk"), world.records["relation"])


def test_a_hidden_relation_cannot_be_taken_back(world: World) -> None:
    with pytest.raises(NothingThere):
        relations.withdraw_relation(world.reader("desk"), world.records["secret relation"])
    assert left(world) == 2


def test_a_tampered_relation_is_found(world: World) -> None:
    with whole_database():
        Relation.unguarded.filter(pk=world.records["relation"]).update(kind="other")
    assert not verification.verify().sound


def test_a_tampered_answer_is_found(world: World) -> None:
    found = world.records["involvement"]
    with whole_database():
        row = Measure.unguarded.get(pk=found)
        Measure.unguarded.filter(pk=found).update(body=row.body | {"agreed_by": "nobody"})
    assert not verification.verify().sound


def test_an_involvement_taken_back_leaves_the_acts(world: World) -> None:
    person = world.records["person"]
    acts = [row for row in involvements.export_acts(world.reader("desk"), {})
            if row["person"] == person]  # fmt: skip
    assert any(row["name"] == "withheld" for row in acts)
    measures.withdraw_measure(world.reader("desk"), world.records["involvement"])
    again = [row for row in involvements.export_acts(world.reader("desk"), {})
             if row["person"] == person]  # fmt: skip
    assert len(again) == len(acts)
    assert not any(row["name"] for row in again)


def test_kept_queries_go_with_whoever_kept_them(world: World) -> None:
    saved.save_query(world.reader("desk"), "mine", "registry", "q=li")
    assert SavedQuery.objects.count() == 1
    row = SavedQuery.objects.get()
    assert row.person_id == Person.objects.get(handle="desk").pk
    assert row.query == {"q": "li"}
