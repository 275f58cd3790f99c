"""Many rows under one entry: written, changed and removed in bulk, and each still watched."""

from __future__ import annotations

import pytest
from tests.workspace.conftest import World

from standwith.kernel.policy import Label, Purpose
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import batch_check, batches, journal, verification
from standwith.services.batches import GONE, Batch, digest_of
from standwith.services.change import changing
from standwith.services.sight import NothingThere, whole_database
from standwith.store.models.log import Entry
from standwith.store.models.people import Person
from standwith.store.models.register import Intake, Leaf, Observation
from standwith.store.record import leaf_of


def own(world: World, level: Sensitivity = Sensitivity.GREEN) -> Label:
    """A label of the desk."""
    return Label(frozenset({world.compartments["desk"]}), level)


def rows(intake: Intake, number: int) -> list[Observation]:
    """Make so many rows of a list."""
    return [
        Observation(intake=intake, line=intake.line, row=i, key=str(i), body={"where": str(i)})
        for i in range(number)
    ]


def opened(world: World) -> Intake:
    """A list of the furnished workspace."""
    with whole_database():
        return Intake.unguarded.select_related("label").get(pk=world.records["list"])


def write(world: World, number: int) -> tuple[Batch, list[Observation]]:
    """Write so many rows in one batch."""
    with changing(world.reader("desk"), Purpose.ACCOUNT, "registry.import") as change:
        made, batch = rows(opened(world), number), Batch(change)
        batch.add(made, own(world), [made[0].intake])
        batch.close()
    return batch, made


@pytest.mark.parametrize("number", [1, 3, 7])
def test_rows_of_a_batch_are_one_entry_of_the_log(
    world: World, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(batches, "STEP", 3)
    size = journal.log_size()
    batch, made = write(world, number)
    assert journal.log_size() == size + 1
    assert Leaf.objects.filter(batch=batch.id).count() == number
    assert [one.place for one in Leaf.objects.filter(batch=batch.id).order_by("place")] == list(
        range(number)
    )
    assert digest_of(batch.id)[0] == number
    assert verification.verify().sound
    assert {row.version for row in made} == {1}


def test_the_entry_of_a_batch_names_no_row_and_no_content(world: World) -> None:
    batch, made = write(world, 2)
    text = Entry.objects.order_by("-seq").values_list("text", flat=True).first()
    assert text is not None
    assert batch.id.hex in text
    assert not any(row.pk.hex in text for row in made)


def test_a_batch_without_rows_leaves_no_entry(world: World) -> None:
    size = journal.log_size()
    with changing(world.reader("desk"), Purpose.ACCOUNT, "registry.import") as change:
        Batch(change).close()
    assert journal.log_size() == size


def test_rows_are_not_written_where_the_writer_may_not_read(world: World) -> None:
    with (
        pytest.raises(NothingThere, match="choose a lower label"),
        changing(world.reader("desk"), Purpose.ACCOUNT, "registry.import") as change,
    ):
        Batch(change).add(rows(opened(world), 1), own(world, Sensitivity.RED))


def test_changed_rows_are_watched_by_their_last_batch(world: World) -> None:
    _, made = write(world, 3)
    with changing(world.reader("desk"), Purpose.ACCOUNT, "registry.import") as change:
        batch = Batch(change)
        for row in made:
            row.key = f"new {row.key}"
        batch.amend(made, ["key"])
        batch.close()
    assert {row.version for row in made} == {2}
    assert verification.verify().sound
    with whole_database():
        Observation.unguarded.filter(pk=made[0].pk).update(key="0")
    assert not verification.verify().sound


def test_a_row_that_changes_alone_after_a_batch_is_watched_by_its_entry(world: World) -> None:
    _, made = write(world, 2)
    with changing(world.reader("desk"), Purpose.ACCOUNT, "registry.import") as change:
        made[0].key = "alone"
        change.amend(made[0], "changed")
    assert verification.verify().sound
    with whole_database():
        Observation.unguarded.filter(pk=made[0].pk).update(key="other")
    assert not verification.verify().sound


def test_rows_that_a_batch_removes_are_not_missed(world: World) -> None:
    _, made = write(world, 3)
    keys = [row.pk for row in made]
    with changing(world.reader("desk"), Purpose.ACCOUNT, "registry.import") as change:
        batch = Batch(change)
        batch.remove(made[:2])
        batch.close()
    with whole_database():
        assert list(Observation.unguarded.filter(pk__in=keys).values_list("pk", flat=True)) == [
            made[2].pk
        ]
    assert verification.verify().sound
    assert [bytes(one.hash) for one in Leaf.objects.filter(batch=batch.id)] == [GONE, GONE]


def test_a_removed_row_that_comes_back_is_found(world: World) -> None:
    _, made = write(world, 1)
    again = Observation(
        **{f.attname: getattr(made[0], f.attname) for f in Observation._meta.concrete_fields}
    )
    with changing(world.reader("desk"), Purpose.ACCOUNT, "registry.import") as change:
        batch = Batch(change)
        batch.remove(made)
        batch.close()
    with whole_database():
        again.save(force_insert=True)
    assert not verification.verify().sound


class PowerError(RuntimeError):
    """The power went."""


def write_half(world: World) -> None:
    """Write rows, and lose power before the batch is logged."""
    with changing(world.reader("desk"), Purpose.ACCOUNT, "registry.import") as change:
        Batch(change).add(rows(opened(world), 3), own(world))
        raise PowerError


def test_a_batch_that_fails_leaves_nothing(world: World) -> None:
    before = Leaf.objects.count()
    with pytest.raises(PowerError):
        write_half(world)
    assert Leaf.objects.count() == before
    assert verification.verify().sound


def test_the_same_row_with_another_salt_has_another_hash(world: World) -> None:
    _, made = write(world, 1)
    one, other = (leaf_of(made[0], salt) for salt in (b"0" * 16, b"1" * 16))
    assert one != other
    assert leaf_of(made[0], b"0" * 16) == one


def test_a_hash_whose_salt_was_destroyed_fits_nothing(world: World) -> None:
    _, made = write(world, 1)
    kept = batch_check.Kept(1, None, leaf_of(made[0], b"0" * 16))
    assert kept.gone
    assert not batch_check.fits(kept, made[0])
    assert batch_check.took(kept, 0)
    assert not batch_check.took(kept, 2)
    assert not batch_check.took(None, 0)


def test_a_change_by_hand_needs_a_person(world: World) -> None:
    """What a batch writes is written by somebody: the entry carries the actor's pseudonym."""
    write(world, 1)
    text = Entry.objects.order_by("-seq").values_list("text", flat=True).first()
    assert text is not None
    assert '"actor":"' in text
    assert Person.objects.get(pk=world.people["desk"]).name not in text
