"""Who may do what in the registry, written out; and that a forgotten check is noticed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.workspace.conftest import POSTGRESQL, World
from tests.workspace.inventory import Way
from tests.workspace.register_lists import bring
from tests.workspace.test_interference import compare, everything

from standwith.account.registry.recognition import Asked
from standwith.kernel.policy import Reader
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import (
    editions,
    figures,
    measures,
    pairs,
    promotions,
    publications,
    recognitions,
    registered,
    staging,
)
from standwith.services import help as helping
from standwith.services.cases import Marking
from standwith.services.roles import NotAllowed
from standwith.services.sight import Sight
from standwith.store.models.register import Pair, RegisteredPerson

Act = Callable[[World, Reader], object]
SAID = registered.Said("note", "seen alive", "", "a lawyer", "B2", "TLP:GREEN")
ASKED = Asked("WGAD", "a body", ["I"], True, False, "reasons of some length", "a file")
OPENED = helping.Intake("Somebody at risk", "emergency", "A B", "", "a ticket")
TOLD = {"when": "2024-01-01", "source": "s", "country": "BY", "tactic": "exile"}


def green(world: World) -> Marking:
    """Where a record goes."""
    return Marking(world.compartments["desk"], Sensitivity.GREEN)


def _stage(world: World, reader: Reader) -> object:
    offered = staging.Offered("role", "BY", "2024-01-01", "l.csv", b"name,arrested\nA,2023-01-01\n")
    return staging.stage_list(reader, offered, green(world))


def _promote(world: World, reader: Reader) -> object:
    found = bring(world, source="role")
    return promotions.promote_list(reader, found, "a list of three rows")


def _state(world: World, reader: Reader) -> object:
    return registered.state(reader, world.records["person"], SAID)


def _advocacy(world: World, reader: Reader) -> object:
    person = world.records["person"]
    seen = registered.read_person(reader, person).version
    registered.set_advocacy(reader, person, "quiet", seen=seen)
    return person


def _decide(world: World, reader: Reader) -> object:
    return pairs.decide_pair(reader, world.records["pair"], "distinct", "")


def _measure(world: World, reader: Reader) -> object:
    told = TOLD | {"person": world.records["person"]}
    return measures.record_measure(reader, "restriction", told, green(world))


def _step(world: World, reader: Reader) -> object:
    measures.add_step(reader, world.records["notice"], "access_asked", "2024-01-01")
    return world


def _recognise(world: World, reader: Reader) -> object:
    return recognitions.propose_recognition(reader, world.records["person"], ASKED)


def _edition(_: World, reader: Reader) -> object:
    asked = {"year": "2023", "known": "2024-06-01"}
    return editions.make_edition(reader, asked, public=False)


def _help(world: World, reader: Reader) -> object:
    return helping.open_help(reader, OPENED, green(world))


def _read(world: World, reader: Reader) -> object:
    return registered.read_person(reader, world.records["person"])


def _figures(_: World, reader: Reader) -> object:
    return figures.read_figures(reader, {"year": "2023"})


def _export(world: World, reader: Reader) -> object:
    return editions.write_edition(reader, world.records["edition"], "json", "en")


# One letter for each who may: h head, d desk, m mission, c counsel, u auditor, y ally.
WHO = {"h": "head", "d": "desk", "m": "mission", "c": "counsel", "u": "auditor", "y": "ally"}
ACTS: dict[str, tuple[Act, str]] = {
    "stage a list": (_stage, "hd"),
    "promote a list": (_promote, "hd"),
    "add a statement": (_state, "hd"),
    "say how a case is spoken of": (_advocacy, "hd"),
    "compare all persons": (lambda _, reader: pairs.find_pairs(reader), "hd"),
    "decide on a pair": (_decide, "hd"),
    "record a measure": (_measure, "hd"),
    "add a step to a notice": (_step, "hd"),
    "propose a recognition": (_recognise, "hd"),
    "make an edition": (_edition, "hd"),
    "take the public site": (lambda _, reader: publications.public_site(reader, "en"), "hd"),
    "open a case of help": (_help, "hdm"),
    "read a person": (_read, "hdmcuy"),
    "read figures": (_figures, "hdmcuy"),
    "take an edition": (_export, "hdmcuy"),
}


@pytest.mark.parametrize("letter", WHO)
@pytest.mark.parametrize("name", ACTS)
def test_each_act_is_open_to_whom_the_table_names(world: World, name: str, letter: str) -> None:
    act, may = ACTS[name]
    reader = world.reader(WHO[letter])
    if letter in may:
        act(world, reader)
        return
    with pytest.raises(NotAllowed):
        act(world, reader)


@pytest.mark.parametrize("name", ACTS)
def test_an_administrator_does_nothing_of_it(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        ACTS[name][0](world, world.reader("admin"))


PATHS = (
    *("/registry.json", "/registry/lists/", "/registry/measures/"),
    *("/registry/editions/", "/registry/figures?year=2023&known=2024-06-01", "/help/"),
    *("/registry/acts.json", "/registry/timeline"),
    *("/registry/figures/persons?year=2023", "/registry.csv", "/registry/measures.json"),
)


@pytest.mark.skipif(POSTGRESQL, reason="there the row policies stop it: see test_rows.py")
@pytest.mark.parametrize("path", PATHS)
def test_forgetting_to_narrow_what_is_read_is_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(Sight, "of", everything)
    assert compare(world, "desk", [Way(path, path)]) != []


def test_a_statement_that_is_hidden_is_noticed_where_it_is_forgotten(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from standwith.services import dossiers

    path = f"/registry/persons/{world.records['person']}/"
    real = dossiers.parts

    def leaky(_: object, people: list[RegisteredPerson]) -> object:
        return real(lambda model: model.unguarded.all(), people)

    monkeypatch.setattr(registered, "parts", leaky)
    assert compare(world, "desk", [Way(path, path)]) != []


def test_a_pair_of_hidden_persons_leaves_no_trace(world: World) -> None:
    """Two secret persons are compared by who sees them; nobody else's queue changes."""
    before = pairs.export_pairs(world.reader("desk"), {})
    pairs.find_pairs(world.reader("head"))
    assert pairs.export_pairs(world.reader("desk"), {}) == before
    assert Pair.unguarded.count() >= len(before)
