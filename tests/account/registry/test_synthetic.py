"""Made-up lists: dirty, overlapping, repeatable, and with a truth that figures can be held to."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from numpy.random import PCG64, Generator

from standwith.account.registry.mapping import propose
from standwith.account.registry.promotion import promote
from standwith.account.registry.record import Episode
from standwith.account.registry.spells import spells_of
from standwith.account.registry.staging import Row, Staged, stage
from standwith.account.registry.stock import Count, total
from standwith.account.registry.successive import one_arrest
from standwith.account.registry.synthetic import FAULTS, LAST, World, synthesize
from standwith.names.script import of_text


@pytest.fixture(scope="module")
def world() -> World:
    """Eight hundred persons who do not exist."""
    return synthesize(800, Generator(PCG64(5)))


@pytest.fixture(scope="module")
def lists(world: World) -> dict[str, Staged]:
    """Their lists, staged on the last day."""
    return {
        name: stage(
            [Row(f"line {i}", row) for i, row in enumerate(rows, start=2)],
            propose(list(rows[0])),
            LAST,
        )
        for name, rows in world.lists.items()
    }


def test_the_same_seed_makes_the_same_lists(world: World) -> None:
    again = synthesize(800, Generator(PCG64(5)))
    assert again.lists == world.lists
    assert again.truth == world.truth
    assert synthesize(800, Generator(PCG64(6))).lists != world.lists


def test_every_row_is_a_person_and_some_persons_are_on_no_list(world: World) -> None:
    rows = {(name, row["id"]) for name, held in world.lists.items() for row in held}
    assert rows == world.truth.keys()
    on = set(world.truth.values())
    assert on < {person.id for person in world.persons}


def test_some_persons_stand_twice_on_one_list(world: World) -> None:
    counted = Counter((name, person) for (name, _), person in world.truth.items())
    assert max(counted.values()) == 2


def test_names_come_in_several_scripts(world: World) -> None:
    scripts = Counter(str(of_text(row["name"])) for row in world.lists["court"])
    assert len(scripts) >= 3
    assert len({of_text(row["name"]) for row in world.lists["families"]}) == 1


def test_every_fault_is_in_them_and_is_found(lists: dict[str, Staged]) -> None:
    found = {odd.code for held in lists.values() for one in held.observations
             for odd in one.anomalies}  # fmt: skip
    wanted = {"BIDI_CONTROL", "FORMULA_CELL", "IMPOSSIBLE_DATE", "UNPARSED_DATE", "DEATH_CLAIM"}
    assert wanted <= found
    assert "AMBIGUOUS_DATE" not in found, "columns settle their own order and calendar"
    assert len(FAULTS) == 8


def test_no_row_is_lost_and_every_cell_is_kept(world: World, lists: dict[str, Staged]) -> None:
    for name, held in lists.items():
        assert held.rows == len(world.lists[name])
        assert [one.raw for one in held.observations] == world.lists[name]


def test_days_are_read_as_they_truly_were(world: World, lists: dict[str, Staged]) -> None:
    people = {person.id: person for person in world.persons}
    right = wrong = 0
    for name, held in lists.items():
        for one in held.observations:
            when = one.dates.get("arrested")
            if when is not None:
                day = people[world.truth[name, one.texts["id"]]].arrested
                right += when.covers(day)
                wrong += not when.covers(day)
    assert wrong == 0
    assert right > 0.9 * sum(held.rows for held in lists.values())


def episodes(world: World, lists: dict[str, Staged]) -> list[Episode]:
    """Promote all lists, and join the persons by the truth."""
    from dataclasses import replace

    found = []
    for name, held in lists.items():
        for one in promote(held.observations, name, "BY", LAST)[1]:
            key = one.person.split(":")[1]
            found.append(replace(one, person=world.truth[name, key]))
    return one_arrest(found)


@pytest.mark.parametrize("year", [2020, 2021, 2022, 2023])
def test_figures_from_the_lists_hold_the_truth_between_their_bounds(
    world: World, lists: dict[str, Staged], year: int
) -> None:
    day = date(year, 1, 1)
    on = set(world.truth.values())
    truth = sum(
        one.arrested <= day and (one.ended is None or one.ended > day)
        for one in world.persons
        if one.id in on
    )
    (found,) = total(spells_of(episodes(world, lists), LAST), [day])
    assert found.least <= truth <= found.most
    assert abs(found.value - truth) <= 0.1 * truth
    assert found != Count(truth, truth, truth), "half-known dates leave a range"


def test_unlinked_lists_count_persons_more_than_once(
    world: World, lists: dict[str, Staged]
) -> None:
    apart = [one for name, held in lists.items()
             for one in promote(held.observations, name, "BY", LAST)[1]]  # fmt: skip
    day = [date(2023, 1, 1)]
    (joined,) = total(spells_of(episodes(world, lists), LAST), day)
    (loose,) = total(spells_of(apart, LAST), day)
    assert loose.least > joined.most
