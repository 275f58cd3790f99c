"""Who may do what: the whole matrix of roles and use cases, written a second time and walked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from tests.workspace.conftest import World, claim_form

from standwith.kernel.policy import Consent, Purpose, Reader
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import (
    briefs,
    cases,
    claims,
    compartments,
    decisions,
    erasure,
    handling,
    parties,
    people,
    receipts,
    situations,
    tasks,
    terms,
    tokens,
    verification,
)
from standwith.services.cases import Marking
from standwith.services.invalid import Invalid
from standwith.services.roles import ROLES, USE_CASES, NotAllowed, may_do, permit
from standwith.services.sight import NothingThere
from standwith.services.situations import NewSituation

# One letter for each role that may: a head, d desk, c counsel, m mission, y ally, u auditor,
# o documenter, n administrator.
LETTERS = {
    "a": "head",
    "d": "desk",
    "c": "counsel",
    "m": "mission",
    "y": "ally",
    "u": "auditor",
    "o": "documenter",
    "n": "administrator",
}
MATRIX = {
    "read": "adcmyuo",
    "situation.open": "ad",
    "situation.change": "ad",
    "situation.import": "ad",
    "claim.record": "admo",
    "source.record": "admo",
    "organisation.record": "admo",
    "request.record": "adm",
    "assessment.keep": "adc",
    "decision.propose": "ad",
    "decision.advise": "c",
    "decision.decide": "a",
    "task.assign": "ad",
    "task.move": "adcm",
    "task.comment": "adcmy",
    "task.attach": "adcm",
    "compartment.open": "a",
    "compartment.lead": "adcmyuo",
    "compartment.emergency": "adc",
    "compartment.approve": "a",
    "record.erase": "ad",
    "record.handle": "ado",
    "registry.import": "ado",
    "registry.promote": "ado",
    "registry.review": "ado",
    "registry.state": "ado",
    "registry.publish": "ado",
    "help.keep": "admo",
    "record.export": "adcmyuo",
    "people.invite": "n",
    "people.list": "n",
    "people.change": "n",
    "account.own": "adcmyuon",
    "token.make": "adcmyuo",
    "log.verify": "ua",
    "log.read": "ua",
}
NOW = datetime(2020, 8, 18, tzinfo=UTC)


def somebody(role: str) -> Reader:
    """A reader with one role and no membership."""
    return Reader("someone", frozenset({role}), True, (), NOW)


def test_the_matrix_speaks_of_every_use_case_and_role() -> None:
    assert MATRIX.keys() == USE_CASES.keys()
    assert set(LETTERS.values()) == set(ROLES)


@pytest.mark.parametrize("use_case", MATRIX)
@pytest.mark.parametrize("letter", LETTERS)
def test_a_role_may_do_what_the_matrix_says_and_nothing_else(use_case: str, letter: str) -> None:
    reader = somebody(LETTERS[letter])
    allowed = letter in MATRIX[use_case]
    assert may_do(reader, use_case) is allowed
    if allowed:
        permit(reader, use_case)
    else:
        with pytest.raises(NotAllowed, match="your roles"):
            permit(reader, use_case)


def test_somebody_without_a_role_may_do_nothing() -> None:
    nobody = Reader("someone", frozenset(), True, (), NOW)
    assert not [use_case for use_case in USE_CASES if may_do(nobody, use_case)]


def test_a_use_case_that_is_not_in_the_table_is_an_error_and_not_allowed() -> None:
    with pytest.raises(KeyError):
        may_do(somebody("head"), "world.rule")


REASON = "because it was asked for in writing"
Act = Callable[[World, Reader], object]


def _open(world: World, reader: Reader) -> object:
    new = NewSituation("x-1", "X", "en", "GE", "2024-01-01", "")
    marking = Marking(world.compartments["desk"], Sensitivity.GREEN)
    return situations.open_situation(reader, new, marking)


def _import(world: World, reader: Reader) -> object:
    marking = Marking(world.compartments["desk"], Sensitivity.GREEN)
    return cases.load_shipped(reader, "belarus-2020", marking)


def _change(world: World, reader: Reader) -> None:
    fields = {"title": "T", "summary": "S", "as_of": "2020-08-18", "state": "open"}
    situations.change_situation(reader, world.records["belarus"], fields, seen=1)


def _claim(world: World, reader: Reader) -> object:
    return claims.record_claim(reader, world.records["belarus"], claim_form())


def _source(world: World, reader: Reader) -> object:
    source = {
        "id": "other",
        "title": "Other",
        "author": "A",
        "published": "2020-08-01",
        "citation": "Other, 2020",
    }
    return claims.record_source(reader, world.records["belarus"], source, "TLP:GREEN")


def _keep(world: World, reader: Reader) -> object:
    return decisions.keep_assessment(reader, world.records["belarus"], "icnc")


def _propose(world: World, reader: Reader) -> object:
    return decisions.propose(reader, world.records["belarus"], "G-06", REASON)


def _advise(world: World, reader: Reader) -> None:
    made = decisions.propose(world.reader("desk"), world.records["belarus"], "G-06", REASON)
    decisions.advise(reader, made, allows=True, view=REASON)


def _decide(world: World, reader: Reader) -> None:
    made = decisions.propose(world.reader("desk"), world.records["belarus"], "G-06", REASON)
    decisions.decide(reader, made, approve=False, why=REASON)


def _assign(world: World, reader: Reader) -> object:
    new = tasks.NewTask("Do it now", "", "", "", "TLP:GREEN")
    return tasks.assign(reader, world.records["belarus"], new)


def _move(world: World, reader: Reader) -> None:
    tasks.move(reader, world.records["task GREEN"], "done", seen=1)


def _comment(world: World, reader: Reader) -> None:
    tasks.comment(reader, world.records["task GREEN"], "seen")


def _attach(world: World, reader: Reader) -> None:
    tasks.attach(reader, world.records["task GREEN"], "a.txt", b"text", "shelf")


def _organisation(world: World, reader: Reader) -> object:
    fields = {"id": "new-party", "name": "New party", "kind": "civic", "aliases": [], "note": ""}
    case = world.records["belarus"]
    return parties.record_organisation(reader, case, fields, language="en", level="TLP:GREEN")


REQUEST = {
    "organisation": "protest-movement",
    "actions": ["G-06"],
    "given": "2020-08-17",
    "until": "",
    "verified": True,
    "channel": "in person",
    "source": "belarus-2020",
    "lines": "",
    "recorded": "2020-08-18",
    "note": "",
}


def _request(world: World, reader: Reader) -> object:
    return parties.record_request(reader, world.records["belarus"], REQUEST, "TLP:GREEN")


def _handle(world: World, reader: Reader) -> object:
    task = world.records["task GREEN"]
    every, all_of_it = [p.value for p in Purpose], [c.value for c in Consent]
    asked = handling.Handling("TLP:AMBER", tuple(every), tuple(all_of_it), "asked for")
    seen = handling.read_handling(reader, task).version
    return handling.set_handling(reader, task, asked, seen=seen)


def _erase(world: World, reader: Reader) -> object:
    return erasure.propose_erasure(reader, world.records["task GREEN"], REASON)


def _document(world: World, reader: Reader) -> object:
    return briefs.document(reader, world.records["belarus"], "html")


ACTS: dict[str, Act] = {
    "situation.open": _open,
    "situation.import": _import,
    "situation.change": _change,
    "claim.record": _claim,
    "source.record": _source,
    "organisation.record": _organisation,
    "request.record": _request,
    "record.handle": _handle,
    "assessment.keep": _keep,
    "decision.propose": _propose,
    "decision.advise": _advise,
    "decision.decide": _decide,
    "task.assign": _assign,
    "task.move": _move,
    "task.comment": _comment,
    "task.attach": _attach,
    "record.erase": _erase,
    "record.export": _document,
    "compartment.open": lambda _, reader: compartments.open_compartment(reader, "New desk"),
    "compartment.emergency": lambda _, reader: compartments.ask_emergency(
        reader, "Sources", REASON
    ),
    "people.list": lambda _, reader: people.list_people(reader),
    "people.invite": lambda _, reader: people.invite(
        reader, people.Invited("nadia", "Nadia", "Ministry", ("desk",))
    ),
    "token.make": lambda _, reader: tokens.make_token(reader, "t", frozenset({"read"}), 1),
    "log.verify": lambda _, reader: verification.verify_now(reader),
    "log.read": lambda _, reader: receipts.entries(reader),
    "read": lambda _, reader: terms.find(reader, "bel"),
}
PEOPLE = ("head", "desk", "counsel", "mission", "auditor", "ally", "admin")


@pytest.mark.parametrize("use_case", ACTS)
@pytest.mark.parametrize("key", PEOPLE)
def test_the_services_hold_to_the_matrix(world: World, use_case: str, key: str) -> None:
    """Whoever may, succeeds, or is stopped by what may be seen; whoever may not, is told so."""
    reader = world.reader(key)
    if may_do(reader, use_case):
        try:
            ACTS[use_case](world, reader)
        except (NothingThere, Invalid):
            assert key in {"ally", "mission", "auditor", "counsel"}
    else:
        with pytest.raises(NotAllowed):
            ACTS[use_case](world, reader)


@pytest.mark.parametrize("use_case", ["situation.open", "claim.record", "task.assign", "task.move"])
def test_somebody_refused_leaves_no_entry(world: World, use_case: str) -> None:
    from standwith.services import journal

    size = journal.log_size()
    with pytest.raises(NotAllowed):
        ACTS[use_case](world, world.reader("auditor"))
    assert journal.log_size() == size


BUTTONS = {
    "/situations/": {"Open a new one": "ad", "Import a case": "ad"},
    "/situations/{case}/": {
        "Record a claim": "admo",
        "Add a source": "admo",
        "Assign a task": "ad",
        "Change the head": "ad",
    },
    "/situations/{case}/brief": {"Keep it as it stands": "adc", ">Propose<": "ad"},
    "/tasks/{task}/": {"Say it": "adcmy", "Note it": "adcm"},
    "/account/": {"Verify now": "ua", "Latest checkpoint": "ua"},
    "/compartments/": {"Emergency access": "adc", "Open a compartment": "a"},
}
SHOWN_TO = {"head": "a", "desk": "d", "counsel": "c", "mission": "m", "ally": "y", "auditor": "u"}


@pytest.mark.parametrize("path", BUTTONS)
@pytest.mark.parametrize("key", SHOWN_TO)
def test_a_page_offers_only_what_its_reader_may_do(world: World, path: str, key: str) -> None:
    whole = path.format(case=world.records["belarus"], task=world.records["task GREEN"])
    page = world.client(key).get(whole).content.decode()
    for words, letters in BUTTONS[path].items():
        assert (words in page) is (SHOWN_TO[key] in letters), words


def test_every_page_of_a_record_says_who_can_see_it(world: World) -> None:
    made = decisions.propose(world.reader("desk"), world.records["belarus"], "G-06", REASON)
    client = world.client("desk")
    case, task = world.records["belarus"], world.records["task GREEN"]
    for path in (f"/situations/{case}/", f"/situations/{case}/brief", f"/tasks/{task}/"):
        page = client.get(path).content.decode()
        assert "Who can see this" in page
        assert "Aldo Ally" in page
    page = client.get(f"/decisions/{made}/").content.decode()
    assert "Who can see this" in page
    assert "Aldo Ally" not in page
    assert "Mikko Mission" not in page


def test_who_can_see_is_what_the_policy_says(world: World) -> None:
    from standwith.kernel.policy import Purpose
    from standwith.services.audience import audience
    from standwith.services.sight import looking
    from standwith.store.models.work import Task

    for level, outside, inside in (("GREEN", 1, 6), ("AMBER", 0, 6), ("RED", 0, 3)):
        with looking(world.reader("head"), Purpose.ACT) as sight:
            found = audience(sight.one(Task, world.records[f"task {level}"]), Purpose.ACT)
        assert found.level == f"TLP:{level}"
        assert found.compartments == ("Belarus desk",)
        assert len(found.outside) == outside
        assert len(found.people) == inside
