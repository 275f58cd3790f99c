"""Large lists from the host: in steps, logged, and going on where they were interrupted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from tests.workspace.conftest import World
from tests.workspace.register_lists import bring, invented, written

from standwith.ingest import register
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import intakes, promotions, registered, staging, verification
from standwith.services.cases import Marking
from standwith.services.invalid import Invalid
from standwith.services.roles import NotAllowed


class PulledError(Exception):
    """The plug was pulled."""


def text() -> str:
    """The longest of the invented lists."""
    return max((written(rows) for rows in invented(60).lists.values()), key=len)


def offered(data: str, source: str = "bigger", mapping: str = "") -> staging.Offered:
    return staging.Offered(source, "BY", "2024-06-01", "l.csv", data.encode(), mapping=mapping)


def quiet(_done: int, _total: int) -> None:
    """Hear nothing."""


def take(
    world: World,
    data: str,
    told: Callable[[int, int], None] = quiet,
    who: str = "desk",
    **more: str,
) -> str:
    marking = Marking(world.compartments["desk"], Sensitivity.GREEN)
    return staging.bring_list(world.reader(who), offered(data, **more), marking, told, step=7)


def kept(world: World, identifier: str) -> list[tuple[object, ...]]:
    rows = intakes.export_rows(world.reader("desk"), identifier, {})
    return [(row["row"], row["where"], row["key"], row["raw"], row["reason"]) for row in rows]


def pulled_after(rows: int) -> Callable[[int, int], None]:
    def told(done: int, _total: int) -> None:
        if done >= rows:
            raise PulledError

    return told


def test_a_list_brought_in_steps_is_the_list_that_comes_whole(world: World) -> None:
    whole = bring(world, text(), source="whole")
    heard = list[tuple[int, int]]()
    stepped = take(world, text(), lambda done, total: heard.append((done, total)))
    assert kept(world, stepped) == kept(world, whole)
    found = intakes.read_intake(world.reader("desk"), stepped, {})
    assert found.head["state"] == "staged"
    assert found.receipt == intakes.read_intake(world.reader("desk"), whole, {}).receipt
    assert heard[-1][0] == heard[-1][1] == found.receipt["rows"]
    assert len(heard) == -(-found.receipt["rows"] // 7)


def test_what_was_interrupted_goes_on_with_the_same_file(world: World) -> None:
    with pytest.raises(PulledError):
        take(world, text(), pulled_after(14))
    (begun,) = intakes.export_intakes(world.reader("desk"), {"source": "bigger"})
    assert begun["state"] == "arriving"
    heard = list[int]()
    assert take(world, text(), lambda done, _total: heard.append(done)) == begun["id"]
    assert heard[0] == 21
    assert kept(world, begun["id"]) == kept(world, bring(world, text(), source="whole"))
    assert verification.verify().sound


def test_nobody_is_registered_from_a_list_that_is_still_arriving(world: World) -> None:
    with pytest.raises(PulledError):
        take(world, text(), pulled_after(7))
    (begun,) = intakes.export_intakes(world.reader("desk"), {"source": "bigger"})
    with pytest.raises(Invalid, match="still arriving"):
        promotions.promote_list(world.reader("desk"), begun["id"], "a reason that is long enough")
    assert not registered.export_persons(world.reader("desk"), {"source": "bigger"})


def test_a_list_that_is_arriving_can_be_taken_back(world: World) -> None:
    with pytest.raises(PulledError):
        take(world, text(), pulled_after(7))
    (begun,) = intakes.export_intakes(world.reader("desk"), {"source": "bigger"})
    promotions.withdraw_list(world.reader("desk"), begun["id"], "the wrong file")
    again = take(world, text())
    assert again != begun["id"]
    assert len(kept(world, again)) > 7


def test_with_other_columns_it_does_not_go_on(world: World) -> None:
    with pytest.raises(PulledError):
        take(world, text(), pulled_after(7))
    head = text().splitlines()[0].split(",")
    mapping = f'{{"columns": {{"name": "{head[-1]}"}}}}'
    with pytest.raises(Invalid, match="other columns"):
        take(world, text(), mapping=mapping)


def test_a_file_that_came_in_whole_does_not_come_in_again(world: World) -> None:
    take(world, text())
    with pytest.raises(Invalid, match="taken in before"):
        take(world, text())


STRANGE = (
    '[{"id": "1", "name": "An\\u0000a \\ud83d", "arrested": "2021", "charges": "1", "x": null}]'
)


def test_signs_that_no_database_holds_are_marked_and_the_list_comes_in(world: World) -> None:
    made = staging.Offered("strange", "BY", "2024-06-01", "l.json", STRANGE.encode())
    marking = Marking(world.compartments["desk"], Sensitivity.GREEN)
    found = staging.stage_list(world.reader("desk"), made, marking)
    (row,) = intakes.export_rows(world.reader("desk"), found, {})
    assert row["name"].replace("\ufffd", "?") == "An?a ?"
    data = b"id,name,arrested,charges\n1,An" + b"x" * 3000 + b"\0a,2021,1\n"
    other = staging.Offered("strange", "BY", "2024-06-02", "l.csv", data)
    assert staging.stage_list(world.reader("desk"), other, marking)


def test_a_list_without_a_row_is_refused_and_leaves_nothing(world: World) -> None:
    with pytest.raises(Invalid, match="no row in it"):
        take(world, text().splitlines()[0] + "\n")
    assert intakes.export_intakes(world.reader("desk"), {"source": "bigger"}) == []


def test_others_write_while_a_large_file_is_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log is held for the writing alone: whoever may write meanwhile is not kept waiting."""
    held = list[bool]()
    real = register.read_bytes

    def reading(*asked: str) -> object:
        held.append(connection.in_atomic_block)
        return real(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(staging, "read_bytes", reading)
    before = connection.in_atomic_block
    take(world, text())
    assert held == [before]


def test_who_may_not_take_lists_in_may_not_bring_them(world: World) -> None:
    with pytest.raises(NotAllowed):
        take(world, text(), who="auditor")
