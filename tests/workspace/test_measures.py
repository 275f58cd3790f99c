"""Measures, recognition and help in the workspace: who may, what is checked, what nobody else sees."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.workspace.conftest import World

from standwith.account.registry.recognition import Asked
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import (
    help as helping,
)
from standwith.services import (
    measures,
    moment,
    recognitions,
    registered,
    verification,
)
from standwith.services.cases import Marking
from standwith.services.change import ChangedMeanwhile
from standwith.services.invalid import Invalid
from standwith.services.roles import NotAllowed
from standwith.services.second import NeedsAnother
from standwith.services.sight import NothingThere, whole_database
from standwith.store.models.register import Help

SAID = {"when": "2024-01-10", "source": "a border guard", "country": "BY"}
ASKED = Asked("WGAD", "the Working Group", ["II"], True, False, "an opinion of its own", "A/2")


def marking(world: World, level: Sensitivity = Sensitivity.GREEN) -> Marking:
    """Where a record goes."""
    return Marking(world.compartments["desk"], level)


def record(world: World, kind: str, **more: str) -> str:
    """Record a measure of the person of the furnished workspace."""
    told = SAID | {"person": world.records["person"]} | more
    return measures.record_measure(world.reader("desk"), kind, told, marking(world))


def listed(world: World, who: str = "desk", **query: str) -> list[dict[str, Any]]:
    """The measures that somebody sees."""
    return measures.export_measures(world.reader(who), query)


def test_a_measure_is_listed_with_its_person_and_source(world: World) -> None:
    key = record(world, "restriction", tactic="asset_freeze")
    row = next(row for row in listed(world) if row["id"] == key)
    assert (row["kind"], row["what"], row["name"]) == ("restriction", "asset_freeze", "李敏")
    assert (row["country"], row["source"]) == ("Belarus", "a border guard")
    assert key in {row["id"] for row in listed(world, kind="restriction")}
    assert key not in {row["id"] for row in listed(world, kind="notice")}
    assert key in {row["id"] for row in listed(world, q="李")}


def test_what_is_wrong_with_a_measure_is_said_by_field_and_nothing_is_kept(world: World) -> None:
    before = len(listed(world))
    with pytest.raises(Invalid) as caught:
        record(world, "restriction", tactic="boredom", country="")
    assert set(caught.value.fields) == {"tactic", "country"}
    assert len(listed(world)) == before


def test_a_measure_of_a_hidden_person_cannot_be_recorded(world: World) -> None:
    with pytest.raises(NothingThere):
        record(world, "restriction", tactic="exile", person=world.records["secret person"])


def test_a_measure_is_at_least_as_secret_as_its_person(world: World) -> None:
    told = SAID | {"person": world.records["secret person"], "tactic": "exile"}
    key = measures.record_measure(world.reader("head"), "restriction", told, marking(world))
    assert key not in {row["id"] for row in listed(world)}
    row = next(row for row in listed(world, "head") if row["id"] == key)
    assert row["tlp"] == "TLP:RED"


def test_a_request_to_the_commission_starts_a_clock_and_its_answer_stops_it(world: World) -> None:
    key, desk = record(world, "notice", notice="red"), world.reader("desk")
    today = moment.today().isoformat()
    measures.add_step(desk, key, "deletion_asked", today)
    (clock,) = measures.read_measure(desk, key)["clocks"]
    assert clock.startswith("deletion_asked, due")
    assert clock.endswith("274 days")
    measures.add_step(desk, key, "deleted", today)
    assert measures.read_measure(desk, key)["clocks"] == []
    assert verification.verify().sound


def test_a_limit_that_has_passed_is_said(world: World) -> None:
    key = record(world, "notice", notice="red")
    measures.add_step(world.reader("desk"), key, "access_asked", "2020-01-01")
    (clock,) = measures.read_measure(world.reader("desk"), key)["clocks"]
    assert "over by" in clock


@pytest.mark.parametrize(("step", "day"), [("sung", "2024-01-01"), ("deleted", "soon")])
def test_a_step_that_is_none_is_refused(world: World, step: str, day: str) -> None:
    with pytest.raises(Invalid):
        measures.add_step(world.reader("desk"), world.records["notice"], step, day)


def test_a_step_of_a_day_to_come_is_refused(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        measures.add_step(world.reader("desk"), world.records["notice"], "deleted", "2999-01-01")
    assert set(caught.value.fields) == {"day"}


def pressed(world: World, *steps: tuple[str, str]) -> str:
    """Record a detention as leverage with its steps."""
    told = {"person": world.records["person"], "country": "IR", "host": "FR", "when": "2024-01-10",
            "source": "a ministry"}  # fmt: skip
    marking = Marking(world.compartments["desk"], Sensitivity.GREEN)
    found = measures.record_measure(world.reader("desk"), "leverage", told, marking)
    for step, day in steps:
        measures.add_step(world.reader("desk"), found, step, day)
    return found


def spans(world: World, who: str = "desk") -> dict[str, tuple[int, int, float | None]]:
    found = measures.read_times(world.reader(who), {}).spans
    return {one.name: (one.done, one.running, one.median) for one in found}


def test_the_times_of_the_commission_and_the_declaration_are_measured(world: World) -> None:
    pressed(world, ("partners_called", "2024-01-12"), ("joint_statement", "2024-01-20"))
    pressed(world, ("consular_access_asked", "2024-01-11"))
    notice, desk = world.records["notice"], world.reader("desk")
    measures.add_step(desk, notice, "access_asked", "2024-01-01")
    measures.add_step(desk, notice, "access_answered", "2024-03-01")
    found = spans(world)
    assert found["access"] == (1, 0, 60)
    assert found["partners_called"] == (1, 1, 2)
    assert found["joint_act"] == (1, 1, 10)
    assert found["consular_access"] == (0, 1, None)
    assert found["release"] == (0, 2, None)


def test_times_are_of_what_the_reader_sees(world: World) -> None:
    before = spans(world)
    told = {"person": world.records["secret person"], "country": "IR", "host": "FR",
            "when": "2024-01-10", "source": "a ministry"}  # fmt: skip
    marking = Marking(world.compartments["desk"], Sensitivity.RED)
    measures.record_measure(world.reader("head"), "leverage", told, marking)
    assert spans(world) == before
    assert spans(world, "head")["release"][1] == before["release"][1] + 1


def test_a_step_of_one_procedure_is_none_of_the_other(world: World) -> None:
    found, notice = pressed(world), world.records["notice"]
    with pytest.raises(Invalid):
        measures.add_step(world.reader("desk"), found, "deletion_asked", "2024-02-01")
    with pytest.raises(Invalid):
        measures.add_step(world.reader("desk"), notice, "joint_demarche", "2024-02-01")


def endorsed(world: World, country: str, when: str) -> None:
    told = {"country": country, "when": when, "source": "its ministry"}
    marking = Marking(world.compartments["desk"], Sensitivity.GREEN)
    measures.record_measure(world.reader("desk"), "endorsement", told, marking)


def test_who_endorsed_the_declaration_is_told_as_of_a_day(world: World) -> None:
    endorsed(world, "CA", "2021-02-15")
    endorsed(world, "FR", "2023")
    wanted = {"2020-01-01": [], "2023-06-01": ["Canada"], "2024-01-01": ["Canada", "France"]}
    for day, states in wanted.items():
        found = measures.read_times(world.reader("desk"), {"day": day})
        assert [one["country"] for one in found.endorsers] == states
    page = world.client("desk").get("/registry/measures/times?day=2024-01-01").content.decode()
    assert "its ministry" in page
    assert world.client("desk").get("/registry/measures/times?day=soon").status_code == 400


def test_only_notices_and_leverage_have_steps(world: World) -> None:
    with pytest.raises(Invalid, match="only notices"):
        measures.add_step(world.reader("desk"), world.records["measure"], "deleted", "2024-01-01")


def test_a_measure_recorded_by_mistake_is_taken_back_and_stays_in_the_log(world: World) -> None:
    key = record(world, "restriction", tactic="search")
    measures.withdraw_measure(world.reader("desk"), key)
    assert key not in {row["id"] for row in listed(world)}
    assert verification.verify().sound


def shown(world: World, who: str = "desk") -> list[dict[str, Any]]:
    """The recognitions of the person of the furnished workspace."""
    dossier = registered.read_person(world.reader(who), world.records["person"])
    return list(dossier.recognitions)


def test_nobody_is_recognised_by_one_person(world: World) -> None:
    (row,) = shown(world)
    assert (row["state"], row["decided"]) == ("proposed", "")
    with pytest.raises(NeedsAnother):
        recognitions.decide_recognition(world.reader("desk"), row["id"], "agree")
    recognitions.decide_recognition(world.reader("head"), row["id"], "agree")
    (row,) = shown(world)
    assert (row["state"], row["decided"]) == ("agreed", moment.today().isoformat())
    assert row["criteria"] == ["for the exercise of protected rights"]
    assert verification.verify().sound


def test_a_recognition_is_refused_or_withdrawn_and_never_deleted(world: World) -> None:
    desk, head, person = world.reader("desk"), world.reader("head"), world.records["person"]
    second = recognitions.propose_recognition(desk, person, replace(ASKED, body="a union"))
    recognitions.decide_recognition(head, second, "refuse")
    first = world.records["recognition"]
    recognitions.decide_recognition(head, first, "agree")
    recognitions.decide_recognition(head, first, "withdraw")
    assert [row["state"] for row in shown(world)] == ["withdrawn", "refused"]


@pytest.mark.parametrize("answer", ["withdraw", "", "maybe"])
def test_an_answer_must_fit_what_is_proposed(world: World, answer: str) -> None:
    with pytest.raises(NothingThere):
        recognitions.decide_recognition(world.reader("head"), world.records["recognition"], answer)


def test_a_decided_recognition_is_not_decided_again(world: World) -> None:
    head, first = world.reader("head"), world.records["recognition"]
    recognitions.decide_recognition(head, first, "agree")
    with pytest.raises(NothingThere):
        recognitions.decide_recognition(head, first, "refuse")


def test_what_is_wrong_with_a_recognition_is_said(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        recognitions.propose_recognition(
            world.reader("desk"), world.records["person"], replace(ASKED, criteria=[], cited="")
        )
    assert set(caught.value.fields) == {"criteria", "cited"}


def test_a_hidden_person_is_not_recognised(world: World) -> None:
    with pytest.raises(NothingThere):
        recognitions.check_person(world.reader("desk"), world.records["secret person"])


OPENED = helping.Intake("A teacher at risk", "relocation", "Ada Sample", "1990", "a visa")


def opened(world: World, **changed: str) -> str:
    """Open a case of help."""
    asked = replace(OPENED, **changed)
    return helping.open_help(world.reader("desk"), asked, marking(world))


def step(world: World, key: str, name: str, who: str = "desk", **given: str) -> None:
    """Take a step of a case."""
    seen = helping.read_help(world.reader(who), key).version
    helping.take_step(world.reader(who), key, name, given, seen=seen)


def test_a_case_goes_its_way_and_its_times_are_measured(world: World) -> None:
    key = opened(world)
    step(world, key, "acknowledged")
    step(world, key, "triaged", priority="P2")
    step(world, key, "eligible", eligible_why="documented work")
    step(world, key, "verified", referee_one="a partner", referee_two="another")
    step(world, key, "assessed", risk="the way is watched")
    step(world, key, "decided", decision="approve", decision_why="urgent")
    assert helping.read_help(world.reader("desk"), key).head["state"] == "assessed"
    step(world, key, "decided", who="head")
    step(world, key, "paid", reference="T-1")
    step(world, key, "checked_in", check_in="by phone")
    step(world, key, "checked_in", check_in="by phone again")
    step(world, key, "outcome", outcome="safe")
    step(world, key, "closed", learned="ask for the second phone")
    found = helping.read_help(world.reader("desk"), key)
    assert (found.head["state"], found.following) == ("closed", "")
    assert [one["step"] for one in found.steps].count("checked_in") == 2
    paces = helping.list_help(world.reader("desk"), {}).paces
    assert {(one.first, one.last): one.number for one in paces}["received", "paid"] == 1
    assert verification.verify().sound


def test_one_person_does_not_decide_alone(world: World) -> None:
    key = opened(world)
    for name, given in (
        ("acknowledged", {}),
        ("triaged", {"priority": "P1"}),
        ("eligible", {"eligible_why": "yes"}),
        ("verified", {"referee_one": "a", "referee_two": "b"}),
        ("assessed", {"risk": "low"}),
        ("decided", {"decision": "decline", "decision_why": "no threat"}),
    ):
        step(world, key, name, **given)
    with pytest.raises(Invalid, match="another person"):
        step(world, key, "decided")


@pytest.mark.parametrize(
    ("name", "given", "field"),
    [("paid", {}, "step"), ("triaged", {}, "step"), ("nonsense", {}, "step")],
)
def test_a_step_out_of_order_is_refused(
    world: World, name: str, given: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        step(world, opened(world), name, **given)
    assert field in caught.value.fields


def test_a_case_that_somebody_else_changed_is_not_overwritten(world: World) -> None:
    key = opened(world)
    seen = helping.read_help(world.reader("desk"), key).version
    helping.take_step(world.reader("head"), key, "acknowledged", {}, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        helping.take_step(world.reader("desk"), key, "triaged", {"priority": "P1"}, seen=seen)


def test_the_same_person_asking_again_is_seen_and_the_name_is_kept_nowhere(world: World) -> None:
    first = opened(world)
    again = opened(world, name="SAMPLE, ada", title="Another request")
    other = opened(world, name="Ada Sample", born="1991", title="Somebody else")
    counts = [helping.read_help(world.reader("desk"), key).again for key in (first, again, other)]
    assert counts == [2, 2, 0], "the furnished workspace has one more of her"
    with whole_database():
        for row in Help.unguarded.all():
            assert "Sample" not in str(vars(row))


def test_a_case_is_seen_by_its_members_alone(world: World) -> None:
    with pytest.raises(NothingThere):
        helping.read_help(world.reader("desk"), world.records["secret help"])
    titles = [row["id"] for row in helping.export_help(world.reader("desk"), {})]
    assert world.records["secret help"] not in titles
    found = helping.read_help(world.reader("desk"), world.records["help"])
    assert found.again == 0, "the secret case is not counted for who does not see it"
    assert helping.read_help(world.reader("head"), world.records["help"]).again == 1


def test_what_expires_is_warned_of(world: World) -> None:
    from datetime import timedelta

    key, desk = opened(world), world.reader("desk")
    soon = (moment.today() + timedelta(days=25)).isoformat()
    seen = helping.read_help(desk, key).version
    helping.set_expiry(desk, key, "visa", soon, seen=seen)
    (one,) = helping.read_help(desk, key).expiries
    assert (one.what, one.left, one.warning) == ("visa", 25, 30)
    row = next(r for r in helping.export_help(desk, {}) if r["id"] == key)
    assert row["warnings"] == ["visa: 25"]
    for what, day, field in (("mood", soon, "what"), ("visa", "soon", "day")):
        with pytest.raises(Invalid) as caught:
            helping.set_expiry(desk, key, what, day, seen=seen + 1)
        assert field in caught.value.fields


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": " "}, "title"),
        ({"name": ""}, "name"),
        ({"need": ""}, "need"),
        ({"kind": "x"}, "kind"),
    ],
)
def test_what_opens_a_case_is_needed(world: World, changed: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        opened(world, **changed)
    assert field in caught.value.fields


@pytest.mark.parametrize("who", ["counsel", "auditor", "ally"])
def test_only_who_keeps_cases_opens_one(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        helping.open_help(world.reader(who), OPENED, marking(world))


def test_a_partner_reads_steps_without_names(world: World) -> None:
    found = helping.read_help(world.reader("ally"), world.records["help"])
    assert {one["by"] for one in found.steps} == {""}
    mine = helping.read_help(world.reader("desk"), world.records["help"])
    assert {one["by"] for one in mine.steps} == {"Hanna Head"}
