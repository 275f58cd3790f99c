"""Many rows at once: what is written so is what the ORM would have written, and is refused alike."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import DatabaseError, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.workspace.conftest import World

from standwith.kernel.policy import Purpose
from standwith.services import moment
from standwith.services.sight import tell_database, whole_database
from standwith.store import bulk
from standwith.store.models.labelled import Labelled
from standwith.store.models.policy import Label
from standwith.store.models.register import (
    Edition,
    Help,
    Intake,
    Leaf,
    Measure,
    Observation,
    Pair,
    Recognition,
    RegisteredPerson,
    Relation,
    Statement,
)
from standwith.store.models.search import Term
from standwith.store.record import leaf_of, record_of

TEXT = st.text(st.characters(categories=("L", "M", "N", "P", "S", "Z")), max_size=30)
CELLS = st.dictionaries(TEXT, TEXT, max_size=4)


def observation(world: World, cells: dict[str, str], key: str, row: int) -> Observation:
    """Make a row of the desk's list that is not written yet."""
    with whole_database():
        intake = Intake.unguarded.select_related("label").get(pk=world.records["list"])
    body = {"where": "line 1", "raw": cells, "texts": cells, "dates": {}, "anomalies": []}
    made = Observation(intake_id=intake.pk, line=intake.line, row=row, key=key, body=body)
    made.label = made.own_label = intake.label
    made.written_at = moment.now()
    return made


def copied(row: Labelled) -> Any:
    """Make the same row under another id."""
    values = {
        field.attname: getattr(row, field.attname) for field in type(row)._meta.concrete_fields
    }
    return type(row)(**(values | {"id": uuid.uuid4()}))


def fields(row: models.Model) -> dict[str, Any]:
    return {name: value for name, value in record_of(row)["fields"].items() if name != "id"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(cells=CELLS, key=TEXT, row=st.integers(0, 2**31 - 1))
def test_a_row_written_in_bulk_reads_as_one_written_alone(
    world: World, cells: dict[str, str], key: str, row: int
) -> None:
    one = observation(world, cells, key, row)
    two = copied(one)
    with whole_database():
        bulk.insert(Observation, [one])
        two.save(force_insert=True)
        read = Observation.unguarded.select_related("label", "own_label")
        first, second = read.get(pk=one.pk), read.get(pk=two.pk)
        assert fields(first) == fields(second)
        assert first.body["raw"] == cells
        transaction.set_rollback(True)


KINDS = (Intake, RegisteredPerson, Statement, Pair, Edition, Measure, Recognition, Help, Relation)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("model", KINDS)
def test_every_kind_of_the_registry_can_be_written_in_bulk(model: Any) -> None:
    with whole_database():
        row = model.unguarded.select_related("label", "own_label").first()
        made = copied(row)
        bulk.insert(model, [made])
        again = model.unguarded.select_related("label", "own_label").get(pk=made.pk)
        assert fields(again) == fields(row)
        transaction.set_rollback(True)


def test_the_hash_of_a_row_is_the_same_before_and_after_it_is_written(world: World) -> None:
    salt = b"0123456789abcdef"
    one = observation(world, {"name": "李敏 \u202e ﷺ"}, "k", 5)
    before = leaf_of(one, salt)
    with whole_database():
        bulk.insert(Observation, [one])
        again = Observation.unguarded.select_related("label", "own_label").get(pk=one.pk)
        assert leaf_of(again, salt) == before
        transaction.set_rollback(True)


def test_no_rows_are_no_statement(world: World) -> None:
    before = Observation.unguarded.count()
    bulk.insert(Observation, [])
    assert Observation.unguarded.count() == before
    assert world.records["list"]


def test_a_row_that_cannot_be_takes_all_with_it(world: World) -> None:
    one, two = observation(world, {}, "a", 1), observation(world, {}, "b", 2)
    two.pk = one.pk
    with whole_database():
        number = Observation.unguarded.count()
    with pytest.raises(DatabaseError), whole_database():
        bulk.insert(Observation, [one, two])
    with whole_database():
        assert Observation.unguarded.count() == number


def test_counts_follow_rows_that_are_written_in_bulk(world: World) -> None:
    from standwith.services.sight import Sight, visible_labels
    from standwith.services.tallies import counts_of

    reader = world.reader("desk")
    with transaction.atomic():
        tell_database(reader.id, Purpose.ACCOUNT)
        sight = Sight(reader, Purpose.ACCOUNT, visible_labels(reader, Purpose.ACCOUNT))
        before = counts_of(sight, "registeredperson").total({})
        row = sight.of(RegisteredPerson).select_related("label", "own_label").first()
        assert row is not None
        bulk.insert(RegisteredPerson, [copied(row), copied(row)])
        assert counts_of(sight, "registeredperson").total({}) == before + 2
        transaction.set_rollback(True)


def test_values_of_all_columns_but_the_automatic_key_are_enough(world: World) -> None:
    label = Label.objects.order_by("pk").first()
    assert label is not None
    record, batch = uuid.uuid4(), uuid.uuid4()
    with whole_database():
        bulk.insert_values(Term, [("word", label.pk, "claim", bulk.plain(record), "Title")])
        bulk.insert_values(Leaf, [(bulk.plain(record), bulk.plain(batch), 0, b"s" * 16, b"h" * 32)])
        assert Term.unguarded.get(record=record).title == "Title"
        leaf = Leaf.objects.get(record=record)
        assert (leaf.batch, bytes(leaf.salt or b""), bytes(leaf.hash)) == (
            batch,
            b"s" * 16,
            b"h" * 32,
        )
        transaction.set_rollback(True)
    assert world.records
