"""Lists taken in: staged with every cell, checked, promoted, taken back; nothing is lost on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from tests.workspace.conftest import World
from tests.workspace.register_lists import bring, invented, register, written
from tests.workspace.register_texts import COURT, FAMILIES, HEAD

from standwith.kernel.sensitivity import Sensitivity
from standwith.services import intakes, promotions, registered, staging, verification
from standwith.services.cases import Marking
from standwith.services.invalid import Invalid
from standwith.services.roles import NotAllowed
from standwith.services.sight import NothingThere, whole_database
from standwith.store.models.register import Leaf, Observation, RegisteredPerson

NEW = "other"


def read(world: World, identifier: str, **query: str) -> intakes.Taken:
    """Read a list as the desk."""
    return intakes.read_intake(world.reader("desk"), identifier, query)


def persons(world: World, who: str = "desk", **query: str) -> dict[str, dict[str, Any]]:
    """The persons that somebody sees, of one source, by name."""
    rows = registered.export_persons(world.reader(who), {"source": NEW} | query)
    return {row["name"]: row for row in rows}


def many(number: int, begin: int = 0) -> str:
    """A list of so many invented persons."""
    rows = [
        f"{i},Person {i},1990-01-01,2023-01-02,342,,detained,IK-4" for i in range(begin, number)
    ]
    return HEAD + "\n".join(rows) + "\n"


def test_staging_keeps_every_cell_and_brings_nobody_into_the_registry(world: World) -> None:
    before = registered.list_persons(world.reader("desk"), {}).total
    found = read(world, bring(world, source=NEW))
    assert found.head["state"] == "staged"
    assert (found.receipt["rows"], found.receipt["staged"]) == (3, 3)
    assert found.rows.rows[0]["raw"]["name"] == "Ганна Іванова"
    assert registered.list_persons(world.reader("desk"), {}).total == before


def test_promotion_makes_a_person_of_each_row_and_joins_nobody(world: World) -> None:
    twice = COURT + "4,Ганна Іванова,1988-02-03,2023-03-01,art. 342,,detained,IK-4\n"
    register(world, twice, source=NEW)
    rows = registered.export_persons(world.reader("desk"), {"source": NEW})
    assert [row["name"] for row in rows].count("Ганна Іванова") == 2
    assert {row["status"] for row in rows} == {"held"}


def test_rows_in_are_rows_staged_and_quarantined(world: World) -> None:
    """The case of 13 malformed records of 28,000, in small: the rest comes in, totals reconcile."""
    text = many(100) + "101,too,few\n" + ",,,,,,,\n" + "102,a,b,c,d,e,f,g,h,i,j\n"
    found = read(world, bring(world, text, source=NEW))
    assert found.receipt["rows"] == 102, "an empty line is no row"
    assert (found.receipt["staged"], found.receipt["quarantined"]) == (100, 2)
    lost = read(world, found.head["id"], reason="3 cells under 8 heads").rows.rows
    assert lost[0]["raw"] == {"row": "101 | too | few"}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<!doctype html><title>Sign in</title>", "web page"),
        ("", "fewer than two heads"),
        ("name\nAna\n", "fewer than two heads"),
        ("id,id\n1,2\n", "two columns have the head"),
    ],
)
def test_what_is_no_list_is_refused_and_nothing_is_kept(world: World, text: str, what: str) -> None:
    with whole_database():
        before = Observation.unguarded.count()
    with pytest.raises(Invalid) as caught:
        bring(world, text, source=NEW)
    assert what in caught.value.fields["file"][0]
    with whole_database():
        assert Observation.unguarded.count() == before


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"source": "Court A"}, "source"),
        ({"source": ""}, "source"),
        ({"country": "Nowhere"}, "country"),
        ({"known": "1.6.2024"}, "known"),
        ({"known": "2999-01-01"}, "known"),
        ({"name": "list.exe"}, "file"),
        ({"mapping": "{"}, "file"),
        ({"encoding": "no-such-code"}, "file"),
    ],
)
def test_what_is_wrong_with_a_list_is_said_in_its_field(
    world: World, changed: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        bring(world, **({"source": NEW} | changed))  # type: ignore[arg-type]
    assert set(caught.value.fields) == {field}


def test_a_list_that_claims_another_total_is_stopped_until_somebody_says_why(world: World) -> None:
    found = bring(world, source=NEW, claimed=7)
    with pytest.raises(Invalid, match="the source claims 7, the file has 3"):
        promotions.promote_list(world.reader("desk"), found)
    with pytest.raises(Invalid):
        promotions.promote_list(world.reader("desk"), found, "short")
    assert promotions.promote_list(world.reader("desk"), found, "the source counts twins once") == 3
    assert read(world, found).receipt["anyway"] == "the source counts twins once"


def test_a_list_that_shrinks_by_half_is_stopped(world: World) -> None:
    register(world, many(120), source=NEW, known="2024-01-01")
    found = read(world, bring(world, many(60), source=NEW, known="2024-02-01"))
    assert found.head["stopped"]
    failed = [gate["id"] for gate in found.receipt["gates"] if not gate["passed"]]
    assert failed == ["total-drop"]
    assert found.receipt["against_the_list_before"] == {
        "added": 0,
        "removed": 60,
        "changed": 0,
        "same": 60,
    }


def test_who_is_no_longer_listed_is_unsure_and_not_released(world: World) -> None:
    register(world, COURT, source=NEW, known="2024-01-01")
    register(world, "".join(COURT.splitlines(keepends=True)[:3]), source=NEW, known="2024-02-01")
    assert {name: row["status"] for name, row in persons(world).items()} == {
        "Ганна Іванова": "held",
        "李敏": "held",
        "Aung Ko Win": "unsure",
    }


def test_the_same_list_again_speaks_of_the_same_persons(world: World) -> None:
    register(world, COURT, source=NEW, known="2024-01-01")
    before = persons(world)
    assert register(world, COURT, source=NEW, known="2024-02-01")
    assert {row["id"] for row in persons(world).values()} == {row["id"] for row in before.values()}


def test_a_file_is_not_taken_in_twice_for_one_day(world: World) -> None:
    bring(world, source=NEW)
    with pytest.raises(Invalid, match="taken in before"):
        bring(world, source=NEW)


def test_taking_a_list_back_leaves_everything_as_it_was(world: World) -> None:
    register(world, COURT, source=NEW, known="2024-01-01")
    before = registered.export_persons(world.reader("desk"), {})
    later = COURT.replace("detained,IK-4", "released,IK-4") + "9,New Person,,2024-01-15,,,,\n"
    second = register(world, later, source=NEW, known="2024-02-01")
    assert persons(world)["Ганна Іванова"]["status"] == "ended"
    assert "New Person" in persons(world)
    assert promotions.withdraw_list(world.reader("desk"), second, "wrong file") == 1
    assert registered.export_persons(world.reader("desk"), {}) == before
    assert verification.verify().sound


def test_taking_the_first_list_back_keeps_whom_a_later_one_names(world: World) -> None:
    first = register(world, COURT, source=NEW, known="2024-01-01")
    rest = "".join(COURT.splitlines(keepends=True)[:2])
    register(world, rest, source=NEW, known="2024-02-01")
    assert promotions.withdraw_list(world.reader("desk"), first, "wrong file") == 2
    assert list(persons(world)) == ["Ганна Іванова"]
    assert verification.verify().sound


def test_a_list_with_work_on_its_persons_is_not_taken_back(world: World) -> None:
    found = register(world, source=NEW)
    key = persons(world)["李敏"]["id"]
    said = registered.Said("note", "seen alive", "", "a lawyer", "B2", "TLP:GREEN")
    registered.state(world.reader("desk"), key, said)
    with pytest.raises(Invalid, match="1 statements, measures, relations, decisions or"):
        promotions.withdraw_list(world.reader("desk"), found, "wrong file")
    assert key in {row["id"] for row in persons(world).values()}


def test_a_list_is_promoted_once_and_taken_back_once(world: World) -> None:
    found = register(world, source=NEW)
    with pytest.raises(Invalid, match="already"):
        promotions.promote_list(world.reader("desk"), found)
    promotions.withdraw_list(world.reader("desk"), found, "wrong file")
    with pytest.raises(Invalid, match="once"):
        promotions.withdraw_list(world.reader("desk"), found, "wrong file")


def test_a_list_that_was_taken_back_can_be_promoted_again(world: World) -> None:
    found = register(world, source=NEW)
    promotions.withdraw_list(world.reader("desk"), found, "wrong file")
    assert persons(world) == {}
    assert promotions.promote_list(world.reader("desk"), found, "it was right after all") == 3
    assert len(persons(world)) == 3
    assert verification.verify().sound


def test_a_staged_list_is_taken_back_without_touching_anybody(world: World) -> None:
    before = registered.export_persons(world.reader("desk"), {})
    found = bring(world, source=NEW)
    assert promotions.withdraw_list(world.reader("desk"), found, "not wanted") == 0
    assert registered.export_persons(world.reader("desk"), {}) == before


def test_an_anomaly_stands_with_its_row_and_keeps_the_person(world: World) -> None:
    text = HEAD + "1,=HYPERLINK(1),31.02.1990,2023-01-01,342,,died in prison,\n"
    found = read(world, bring(world, text, source=NEW))
    codes = {code for row in found.rows.rows for code, _, _ in row["anomalies"]}
    assert {"FORMULA_CELL", "IMPOSSIBLE_DATE", "DEATH_CLAIM"} <= codes
    promotions.promote_list(world.reader("desk"), found.head["id"], "one row, on purpose")
    (row,) = persons(world).values()
    assert row["status"] == "unsure", "a word of death is kept back, and frees nobody"


def test_rows_are_filtered_by_what_is_odd_in_them(world: World) -> None:
    text = HEAD + "1,Ana,31.02.1990,2023-01-01,,,,\n2,Bea,,2023-01-01,,,,\n"
    found = bring(world, text, source=NEW)
    assert [row["name"] for row in read(world, found, odd="IMPOSSIBLE_DATE").rows.rows] == ["Ana"]


def test_a_mapping_that_was_saved_is_used_again(world: World) -> None:
    first = read(world, bring(world, source=NEW, known="2024-01-01"))
    held = json.loads(first.mapping)
    held["columns"].pop("prison")
    again = read(world, bring(world, source=NEW, known="2024-02-01", mapping=json.dumps(held)))
    assert "prison" not in again.receipt["columns"]
    assert "prison" in again.receipt["columns_left"]


def as_json(text: str) -> bytes:
    """Write a list as JSON."""
    head, *rows = (line.split(",") for line in text.splitlines())
    return json.dumps([dict(zip(head, row, strict=True)) for row in rows]).encode()


def as_xlsx(text: str) -> bytes:
    """Write a list as a workbook."""
    book, out = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for line in text.splitlines():
        sheet.append(line.split(","))
    book.save(out)
    return out.getvalue()


def as_utf_16(text: str) -> bytes:
    """Write a list in UTF-16."""
    return text.encode("utf-16")


@pytest.mark.parametrize(
    ("name", "write"), [("l.json", as_json), ("l.xlsx", as_xlsx), ("l.csv", as_utf_16)]
)
def test_a_list_is_the_same_in_any_form(
    world: World, name: str, write: Callable[[str], bytes]
) -> None:
    offered = staging.Offered(NEW, "BY", "2024-06-01", name, write(COURT))
    marking = Marking(world.compartments["desk"], Sensitivity.GREEN)
    found = staging.stage_list(world.reader("desk"), offered, marking)
    promotions.promote_list(world.reader("desk"), found, "a list in another form")
    assert set(persons(world)) == {"Ганна Іванова", "李敏", "Aung Ko Win"}


@pytest.mark.parametrize("who", ["mission", "counsel", "auditor", "ally", "admin"])
def test_only_keepers_of_records_take_lists_in(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        bring(world, source=NEW, who=who)
    with pytest.raises(NotAllowed):
        promotions.promote_list(world.reader(who), world.records["list"])


def test_who_does_not_see_a_list_cannot_promote_it(world: World) -> None:
    found = bring(world, source=NEW)
    with pytest.raises(NothingThere):
        promotions.promote_list(world.reader("stranger"), found)


def test_a_list_is_not_taken_in_above_one_s_own_clearance(world: World) -> None:
    with pytest.raises(NothingThere, match="choose a lower label"):
        bring(world, source=NEW, level=Sensitivity.RED)


def test_lists_of_one_source_under_other_labels_do_not_meet(world: World) -> None:
    """A secret list of the same source neither compares with the open one nor joins its persons."""
    register(world, COURT, source=NEW, known="2024-01-01")
    offered = staging.Offered(NEW, "BY", "2024-02-01", "l.csv", FAMILIES.encode())
    marking = Marking(world.compartments["desk"], Sensitivity.RED)
    secret = staging.stage_list(world.reader("head"), offered, marking)
    found = intakes.read_intake(world.reader("head"), secret, {})
    assert "against_the_list_before" not in found.receipt
    promotions.promote_list(world.reader("head"), secret, "few rows, on purpose")
    assert len(persons(world)) == 3
    assert len(persons(world, "head")) == 6


def test_every_row_in_bulk_is_under_an_entry_of_the_log(world: World) -> None:
    register(world, many(30), source=NEW)
    assert verification.verify().sound
    with whole_database():
        keys = set(Leaf.objects.values_list("record", flat=True))
        for model in (Observation, RegisteredPerson):
            assert set(model.unguarded.values_list("pk", flat=True)) <= keys


def test_a_row_that_is_changed_past_the_services_is_found(world: World) -> None:
    register(world, source=NEW)
    with whole_database():
        row = Observation.unguarded.filter(reason="").order_by("row").first()
        assert row is not None
        Observation.unguarded.filter(pk=row.pk).update(key="other")
    found = verification.verify()
    assert [item.what for item in found.findings] == [
        "the row is not as it was logged: it was changed past the services"
    ]


def test_a_row_that_is_removed_past_the_services_is_found(world: World) -> None:
    register(world, source=NEW)
    with whole_database():
        row = Observation.unguarded.order_by("row").last()
        assert row is not None
        Observation.unguarded.filter(pk=row.pk).delete()
    found = verification.verify()
    assert [item.what for item in found.findings] == ["the row of this batch was removed"]


@pytest.mark.parametrize("column", ["hash", "salt"])
def test_a_hash_that_is_exchanged_is_found(world: World, column: str) -> None:
    register(world, source=NEW)
    leaf = Leaf.objects.order_by("id").last()
    assert leaf is not None
    Leaf.objects.filter(pk=leaf.pk).update(**{column: b"0" * (32 if column == "hash" else 16)})
    assert not verification.verify().sound


def test_a_hash_that_is_removed_is_found(world: World) -> None:
    register(world, source=NEW)
    leaf = Leaf.objects.order_by("id").last()
    assert leaf is not None
    leaf.delete()
    assert not verification.verify().sound


def test_dirty_lists_in_three_scripts_come_in_whole(world: World) -> None:
    lists = invented(80).lists
    for name, rows in lists.items():
        found = bring(world, written(rows), source=f"made-{name}")
        receipt = read(world, found).receipt
        assert receipt["rows"] == receipt["staged"] + receipt["quarantined"] == len(rows)
        kept = intakes.export_rows(world.reader("desk"), found, {})
        assert [row["raw"] for row in kept] == rows
