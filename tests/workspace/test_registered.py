"""Persons of the registry: found in any script, told by source, corrected without overwriting."""

from __future__ import annotations

import pytest
from tests.workspace.conftest import World
from tests.workspace.register_lists import register
from tests.workspace.register_texts import HEAD

from standwith.kernel.policy import Consent, Purpose
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import erasure, handling, registered, standing, terms, verification
from standwith.services.change import ChangedMeanwhile
from standwith.services.invalid import Invalid
from standwith.services.roles import NotAllowed
from standwith.services.sight import NothingThere, whole_database
from standwith.store.models.register import Leaf, Observation, RegisteredPerson

NAMES = (
    "Ганна Іванова",
    "李敏",
    "مریم احمدی",
    "محمد كريمي",
    "အောင်ကိုဝင်း",
    "김민수",
    "José Núñez",
)
SCRIPTS = HEAD + "".join(f"{i},{name},,2023-01-01,,,,\n" for i, name in enumerate(NAMES))


@pytest.fixture
def scripts(world: World) -> World:
    """A workspace with a list of names in seven scripts."""
    register(world, SCRIPTS, source="scripts")
    return world


def found(world: World, text: str, who: str = "desk") -> set[str]:
    """The names that a search finds, of the list of scripts."""
    listing = registered.list_persons(world.reader(who), {"q": text, "source": "scripts"})
    return {row["name"] for row in listing.rows}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("іванова", "Ганна Іванова"),
        ("ГАННА", "Ганна Іванова"),
        ("ivanova", "Ганна Іванова"),
        ("李敏", "李敏"),
        ("李", "李敏"),
        ("敏", "李敏"),
        ("احمدی", "مریم احمدی"),
        ("احمدي", "مریم احمدی"),
        ("كريمي", "محمد كريمي"),
        ("کریمی", "محمد كريمي"),
        ("အောင်", "အောင်ကိုဝင်း"),
        ("ကို", "အောင်ကိုဝင်း"),
        ("ဝင်း", "အောင်ကိုဝင်း"),
        ("김", "김민수"),
        ("민수", "김민수"),
        ("nunez", "José Núñez"),
        ("jos núñ", "José Núñez"),
    ],
)
def test_a_name_is_found_in_its_script_and_in_others(scripts: World, text: str, name: str) -> None:
    assert found(scripts, text) == {name}


@pytest.mark.parametrize("text", ["王", "zzz", "敏李", "الله"])
def test_what_is_in_no_name_finds_nobody(scripts: World, text: str) -> None:
    assert found(scripts, text) == set()


def test_a_search_finds_persons_from_the_field_of_every_page(scripts: World) -> None:
    hits = terms.find(scripts.reader("desk"), "李")
    assert "registeredperson" in {hit.kind for hit in hits}
    assert terms.find(scripts.reader("stranger"), "李") == []


def test_a_name_changed_by_a_later_list_is_found_by_the_new_one(scripts: World) -> None:
    later = SCRIPTS.replace("José Núñez", "Josefa Ibáñez")
    register(scripts, later, source="scripts", known="2024-06-02")
    assert found(scripts, "ibanez") == {"Josefa Ibáñez"}
    assert found(scripts, "nunez") == set()


def test_facets_count_what_the_list_shows(scripts: World) -> None:
    listing = registered.list_persons(scripts.reader("desk"), {"source": "scripts"})
    assert listing.total == len(NAMES)
    status = next(facet for facet in listing.facets if facet.name == "status")
    assert [(c.value, c.count) for c in status.choices] == [("held", len(NAMES))]


def said(**changed: str) -> registered.Said:
    """Make a statement."""
    held = {"field": "note", "value": "seen alive", "when": "", "cited": "a lawyer",
            "grade": "B2", "sensitivity": "TLP:GREEN", "supersedes": ""}  # fmt: skip
    return registered.Said(**(held | changed))


def test_what_each_source_says_stands_beside_the_others(world: World) -> None:
    person = world.records["person"]
    registered.state(world.reader("desk"), person, said(field="occupation", value="Teacher"))
    registered.state(world.reader("desk"), person, said(field="occupation", value="Editor"))
    dossier = registered.read_person(world.reader("desk"), person)
    field = next(one for one in dossier.fields if one["field"] == "occupation")
    assert field["differ"]
    assert {value["value"] for value in field["values"]} == {"Teacher", "Editor"}
    assert all("a lawyer (B2)" in by for value in field["values"] for by in value["by"])


def test_an_event_that_an_editor_adds_changes_where_the_case_stands(world: World) -> None:
    person, desk = world.records["person"], world.reader("desk")
    registered.state(desk, person, said(field="pardoned", when="2024-05-05", value=""))
    dossier = registered.read_person(desk, person)
    assert dossier.head["status"] == "ended"
    assert [event["status"] for event in dossier.events][-1] == "pardoned"
    row = next(r for r in registered.export_persons(desk, {}) if r["id"] == person)
    assert row["status"] == "ended"


def test_a_correction_supersedes_and_deletes_nothing(world: World) -> None:
    person, desk = world.records["person"], world.reader("desk")
    wrong = registered.state(desk, person, said(field="released", when="2024-05-05", value=""))
    right = said(field="arrested", when="2023-04-02", value="", supersedes=wrong)
    registered.state(desk, person, right)
    dossier = registered.read_person(desk, person)
    stands = {event["id"]: event["stands"] for event in dossier.events}
    assert stands[wrong] is False
    assert dossier.head["status"] == "held"
    assert verification.verify().sound


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"field": "colour"}, "field"),
        ({"value": " "}, "value"),
        ({"field": "released", "when": ""}, "when"),
        ({"field": "released", "when": "31.12.2023"}, "when"),
        ({"cited": "x"}, "cited"),
        ({"grade": "Z9"}, "grade"),
        ({"sensitivity": "secret"}, "sensitivity"),
        ({"field": "released", "when": "2024-01-01", "supersedes": "other"}, "supersedes"),
        ({"supersedes": "court:2:arrested"}, "supersedes"),
    ],
)
def test_what_is_wrong_with_a_statement_is_said_in_its_field(
    world: World, changed: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        registered.state(world.reader("desk"), world.records["person"], said(**changed))
    assert field in caught.value.fields


def test_a_secret_statement_changes_nothing_for_those_below(world: World) -> None:
    person, desk, head = world.records["person"], world.reader("desk"), world.reader("head")
    before = registered.read_person(desk, person)
    registered.state(
        head, person, said(field="released", when="2024-05-05", value="", sensitivity="TLP:RED")
    )
    assert registered.read_person(desk, person) == before
    listed = {r["id"]: r["status"] for r in registered.export_persons(head, {})}
    assert listed[person] == "held", "the list shows what everybody who sees the person sees"
    events = registered.read_person(head, person).events
    assert [event["status"] for event in events][-1] == "released"


def test_who_sees_a_case_may_set_how_it_is_spoken_of(world: World) -> None:
    person, desk = world.records["person"], world.reader("desk")
    seen = registered.read_person(desk, person).version
    registered.set_advocacy(desk, person, "quiet", seen=seen)
    assert registered.read_person(desk, person).head["advocacy"] == "quiet"
    with pytest.raises(ChangedMeanwhile):
        registered.set_advocacy(desk, person, "public", seen=seen)
    with pytest.raises(Invalid):
        registered.set_advocacy(desk, person, "loud", seen=seen + 1)


@pytest.mark.parametrize("who", ["mission", "counsel", "auditor", "ally"])
def test_only_keepers_of_records_add_statements(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        registered.state(world.reader(who), world.records["person"], said())


def test_a_hidden_person_is_as_one_that_does_not_exist(world: World) -> None:
    for key in (world.records["secret person"], "00000000-0000-4000-8000-000000000000", "x"):
        with pytest.raises(NothingThere, match="there is no such record, or it is not for you"):
            registered.read_person(world.reader("desk"), key)


def raised(world: World, record: str) -> None:
    """Raise a record to RED."""
    head = world.reader("head")
    asked = handling.Handling(
        "TLP:RED",
        tuple(purpose.value for purpose in Purpose),
        tuple(consent.value for consent in Consent),
        "a source is in danger",
    )
    seen = handling.read_handling(head, record).version
    assert handling.set_handling(head, record, asked, seen=seen) == "changed"


def test_a_row_that_is_raised_takes_its_person_with_it(world: World) -> None:
    person = world.records["person"]
    with whole_database():
        row = RegisteredPerson.unguarded.get(pk=person)
        told = Observation.unguarded.get(line=row.line, key=row.key)
    raised(world, str(told.pk))
    with pytest.raises(NothingThere):
        registered.read_person(world.reader("desk"), person)
    assert terms.find(world.reader("desk"), "李敏") == []
    assert registered.read_person(world.reader("head"), person).head["tlp"] == "TLP:RED"
    assert verification.verify().sound


def test_erasing_a_person_erases_their_rows_and_leaves_no_name(world: World) -> None:
    person = world.records["person"]
    with whole_database():
        row = RegisteredPerson.unguarded.get(pk=person)
        keys = set(
            Observation.unguarded.filter(line=row.line, key=row.key).values_list("pk", flat=True)
        )
    basis = "the family asks for it, and that comes first"
    waiting = erasure.propose_erasure(world.reader("desk"), person, basis)
    standing.decide(world.reader("head"), waiting, agree=True)
    with whole_database():
        assert not RegisteredPerson.unguarded.filter(pk=person).exists()
        assert not Observation.unguarded.filter(pk__in=keys).exists()
        assert not Leaf.objects.filter(record__in=[*keys, person], salt__isnull=False).exists()
    assert "李敏" not in {hit.title for hit in terms.find(world.reader("head"), "李")}
    assert verification.verify().sound


def test_the_level_of_a_list_is_the_level_of_its_persons(world: World) -> None:
    register(world, HEAD + "1,Quiet One,,2023-01-01,,,,\n", source="q", level=Sensitivity.AMBER)
    rows = {row["name"]: row for row in registered.export_persons(world.reader("desk"), {})}
    assert rows["Quiet One"]["tlp"] == "TLP:AMBER"
    assert "Quiet One" not in {
        row["name"] for row in registered.export_persons(world.reader("ally"), {})
    }


def observations(person: str) -> list[Observation]:
    """The rows of lists that tell of a person."""
    with whole_database():
        row = RegisteredPerson.unguarded.get(pk=person)
        told = Observation.unguarded.filter(line=row.line, key=row.key)
        return list(told.order_by("written_at", "id"))


def erase(world: World, record: str) -> None:
    """Erase a record by two persons."""
    basis = "the family asks for it, and that comes first"
    waiting = erasure.propose_erasure(world.reader("desk"), record, basis)
    standing.decide(world.reader("head"), waiting, agree=True)


def test_erasing_the_only_row_of_a_person_erases_the_person(world: World) -> None:
    person = world.records["person"]
    (row,) = observations(person)
    erase(world, str(row.pk))
    with whole_database():
        assert not RegisteredPerson.unguarded.filter(pk=person).exists()
    assert "李敏" not in {hit.title for hit in terms.find(world.reader("head"), "李")}
    assert verification.verify().sound


def test_erasing_one_of_several_rows_tells_the_person_from_the_rest(world: World) -> None:
    first = HEAD + "1,Anna Wrong,,2023-01-01,,,,\n"
    register(world, first, source="twice", known="2024-01-01")
    register(world, first.replace("Wrong", "Right"), source="twice", known="2024-02-01")
    (row,) = registered.export_persons(world.reader("desk"), {"source": "twice"})
    assert row["name"] == "Anna Right"
    erase(world, str(observations(row["id"])[-1].pk))
    (row,) = registered.export_persons(world.reader("desk"), {"source": "twice"})
    assert row["name"] == "Anna Wrong"
    assert terms.find(world.reader("desk"), "right") == []
    assert verification.verify().sound
