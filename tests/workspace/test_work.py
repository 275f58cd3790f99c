"""Situations, claims, decisions, tasks: what can be done, by whom, and what is refused in words."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from tests.workspace.conftest import PASSWORD, World, claim_form

from standwith.assess.problem import UnusableCase
from standwith.kernel.pack import read_bytes
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import (
    briefs,
    calendars,
    cases,
    claims,
    compartments,
    decisions,
    journal,
    situations,
    tasks,
    terms,
    tokens,
)
from standwith.services.briefs import UnusableDay
from standwith.services.cases import Marking
from standwith.services.change import ChangedMeanwhile
from standwith.services.decisions import NeedsCounsel
from standwith.services.invalid import Invalid
from standwith.services.roles import NotAllowed
from standwith.services.second import NeedsAnother
from standwith.services.sight import NothingThere
from standwith.services.situations import NewSituation

REASON = "the embassy was asked for it in writing"
NOBODY = str(UUID(int=7))


def marking(world: World, level: Sensitivity = Sensitivity.AMBER) -> Marking:
    """Where new records of the desk go."""
    return Marking(world.compartments["desk"], level)


def new_situation(**changed: str) -> NewSituation:
    """What opens a situation."""
    said = {
        "slug": "georgia-2024",
        "title": "Georgia after the vote",
        "language": "en",
        "country": "GE",
        "as_of": "2024-12-01",
        "summary": "",
    }
    return NewSituation(**(said | changed))


def test_a_situation_is_opened_and_found(world: World) -> None:
    head = world.reader("head")
    made = situations.open_situation(head, new_situation(), marking(world))
    assert situations.read_situation(head, made)["title"] == {"en": "Georgia after the vote"}
    assert [hit.id for hit in terms.find(head, "georg")] == [made]
    assert made in {row["id"] for row in situations.list_situations(head, {}).rows}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"slug": "Georgia 2024"}, "case"),
        ({"country": "ZZ"}, "country"),
        ({"as_of": "2024-13-01"}, "as_of"),
        ({"as_of": "2999-01-01"}, "as_of"),
        ({"as_of": "soon"}, "as_of"),
        ({"language": "!!"}, "title"),
    ],
)
def test_a_situation_that_cannot_be_is_refused_by_field(
    world: World, changed: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        situations.open_situation(world.reader("head"), new_situation(**changed), marking(world))
    assert field in refused.value.fields


@pytest.mark.parametrize("key", ["counsel", "mission", "auditor", "ally", "admin"])
def test_only_the_desk_opens_situations(world: World, key: str) -> None:
    with pytest.raises(NotAllowed):
        situations.open_situation(world.reader(key), new_situation(), marking(world))


def test_nobody_writes_where_he_may_not_read(world: World) -> None:
    for key, place in (("stranger", "desk"), ("desk", "sources")):
        target = Marking(world.compartments[place], Sensitivity.GREEN)
        with pytest.raises(NothingThere):
            situations.open_situation(world.reader(key), new_situation(), target)
    red = marking(world, Sensitivity.RED)
    with pytest.raises(NothingThere):
        situations.open_situation(world.reader("desk"), new_situation(), red)


def test_a_case_comes_out_as_it_went_in(world: World) -> None:
    from standwith.assess.case import read_case, situation_of
    from standwith.kernel.document import read_document
    from standwith.services import moment

    head = world.reader("head")
    raw = read_bytes("cases/belarus-2020.yaml")
    made = cases.import_case(head, raw, "it", marking(world, Sensitivity.CLEAR))
    before = read_case(read_document(raw, "it"), today=moment.today())
    after = situation_of(situations.whole_case(head, made))
    assert {c.id: c for c in after.claims} == {c.id: c for c in before.claims}
    assert {r.id: r for r in after.requests} == {r.id: r for r in before.requests}
    assert after.sources == before.sources
    assert set(after.acts) == set(before.acts)
    assert set(after.phase_evidence) == set(before.phase_evidence)
    assert set(after.appraisals) == set(before.appraisals)
    assert dict(after.title.values) == dict(before.title.values)
    assert dict(after.summary.values) == dict(before.summary.values)
    assert after.trigger == before.trigger


@pytest.mark.parametrize("name", ["belarus-2020", "myanmar-2023"])
def test_the_brief_of_the_store_is_the_brief_of_the_file(world: World, name: str) -> None:
    from tests.conftest import brief_of

    from standwith.publish import contract

    head = world.reader("head")
    made = cases.load_shipped(head, name, marking(world, Sensitivity.CLEAR))
    stored = briefs.read_brief(head, made).brief
    shipped = contract.brief(brief_of(name))
    verdicts = {row["action"]: row["verdict"] for row in stored["recommendations"]}
    assert verdicts == {row["action"]: row["verdict"] for row in shipped["recommendations"]}
    bands = {row["action"]: row["band"] for row in stored["recommendations"]}
    assert bands == {row["action"]: row["band"] for row in shipped["recommendations"]}


def test_a_broken_case_file_changes_nothing(world: World) -> None:
    before = journal.log_size()
    raw = read_bytes("cases/belarus-2020.yaml").replace(b"grade: B2", b"grade: Z9", 1)
    with pytest.raises(UnusableCase, match="line"):
        cases.import_case(world.reader("head"), raw, "it.yaml", marking(world))
    with pytest.raises(ValueError, match="not UTF-8"):
        cases.import_case(world.reader("head"), b"\xff\xfe", "it.yaml", marking(world))
    with pytest.raises(ValueError, match="at most 2 MB"):
        cases.import_case(world.reader("head"), b"#" * 2_000_001, "it.yaml", marking(world))
    with pytest.raises(ValueError, match="that ships"):
        cases.load_shipped(world.reader("head"), "atlantis-1", marking(world))
    assert journal.log_size() == before


def test_a_new_claim_changes_the_brief(world: World) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    before = briefs.read_brief(head, case)
    form = claim_form(fact="repression", value="false", authoritative="court finding")
    claims.record_claim(head, case, form)
    after = briefs.read_brief(head, case)
    assert before.sha256 != after.sha256
    verdicts = [
        {row["action"]: row["verdict"] for row in worked.brief["recommendations"]}
        for worked in (before, after)
    ]
    assert verdicts[0] != verdicts[1]


def test_contradicting_claims_stand_side_by_side(world: World) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    form = claim_form(fact="repression", value="false", authoritative="court finding")
    claims.record_claim(head, case, form)
    (fact,) = [f for f in claims.by_fact(head, case) if f["fact"] == "repression"]
    assert fact["grade"] == "contested"
    assert {claim["value"] for claim in fact["claims"]} == {"true", "false"}


def test_a_correction_takes_the_place_of_a_claim_and_loses_nothing(world: World) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    first = claims.record_claim(head, case, claim_form(note="first"))
    before = claims.list_claims(head, {}, case).total or 0
    claims.record_claim(head, case, claim_form(note="second", value="false"), corrects=first)
    assert claims.list_claims(head, {}, case).total == before + 1
    notes = [c["note"] for f in claims.by_fact(head, case) for c in f["claims"] if "note" in c]
    assert "second" in notes
    assert "first" not in notes


def test_a_correction_is_about_the_same_fact(world: World) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    form = claim_form(fact="strikes")
    with pytest.raises(Invalid, match="same fact"):
        claims.record_claim(head, case, form, corrects=world.records["red"])


def test_a_brief_of_an_earlier_day_rests_on_what_was_known_then(world: World) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    early = briefs.read_brief(head, case, as_of="2020-08-11").brief
    assert early["as_of"] == "2020-08-11"
    late = briefs.read_brief(head, case).brief
    assert early["recommendations"] != late["recommendations"]


@pytest.mark.parametrize(("profile", "day"), [("king", ""), ("icnc", "yesterday")])
def test_a_brief_that_cannot_be_is_refused_in_words(world: World, profile: str, day: str) -> None:
    with pytest.raises(UnusableDay):
        briefs.read_brief(
            world.reader("head"), world.records["belarus"], profile=profile, as_of=day
        )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"fact": "weather"}, "fact"),
        ({"value": "maybe"}, "value"),
        ({"grade": "Z9"}, "grade"),
        ({"valid": "2020-13"}, "valid"),
        ({"recorded": "2999-01-01"}, "recorded"),
        ({"recorded": "2020-08-01"}, "recorded"),
        ({"source": "nobody"}, "source"),
        ({"about": "nobody"}, "about"),
        ({"lines": "x-y"}, "lines"),
        ({"sensitivity": "secret"}, "sensitivity"),
    ],
)
def test_a_claim_that_cannot_be_is_refused_by_field(
    world: World, changed: dict[str, str], field: str
) -> None:
    before = journal.log_size()
    with pytest.raises(Invalid) as refused:
        claims.record_claim(world.reader("head"), world.records["belarus"], claim_form(**changed))
    assert field in refused.value.fields or any(
        field in text for texts in refused.value.fields.values() for text in texts
    )
    assert journal.log_size() == before


def test_a_source_that_stands_already_is_refused(world: World) -> None:
    source = {
        "id": "guard",
        "title": "Again",
        "author": "mission",
        "published": "2020-08-15",
        "citation": "Again",
    }
    with pytest.raises(Invalid):
        claims.record_source(world.reader("head"), world.records["belarus"], source, "TLP:GREEN")
    with pytest.raises(Invalid):
        claims.record_source(
            world.reader("head"), world.records["belarus"], source | {"id": "other"}, "secret"
        )


def test_what_rests_on_a_source_is_as_sensitive_as_the_source(world: World) -> None:
    rows = claims.list_claims(world.reader("head"), {}, world.records["belarus"]).rows
    (derived,) = [row for row in rows if row["uuid"] == world.records["derived"]]
    assert derived["sensitivity"] == "TLP:AMBER+STRICT"


def test_two_editors_of_a_situation(world: World) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    seen = situations.read_situation(head, case)["version"]
    fields = {"title": "First", "summary": "s", "as_of": "2020-08-18", "state": "open"}
    situations.change_situation(head, case, fields, seen=seen)
    with pytest.raises(ChangedMeanwhile) as refused:
        situations.change_situation(head, case, fields | {"title": "Second"}, seen=seen)
    assert refused.value.theirs["title"]["en"] == "First"  # type: ignore[index]


def test_the_second_editor_sees_both_versions(world: World) -> None:
    client, case = world.client("head"), world.records["belarus"]
    sent = {"title": "A", "summary": "s", "as_of": "2020-08-18", "state": "open", "version": "1"}
    assert client.post(f"/situations/{case}/edit", sent).status_code == 302
    answer = client.post(f"/situations/{case}/edit", sent | {"title": "Mine"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine" in page
    assert ">A<" in page


def test_a_situation_is_closed_and_leaves_the_board(world: World) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    fields = {"title": "T", "summary": "s", "as_of": "2020-08-18", "state": "closed"}
    situations.change_situation(head, case, fields, seen=1)
    from standwith.services.overview import board

    assert case not in {row["id"] for row in board(head).situations}
    with pytest.raises(Invalid):
        situations.change_situation(head, case, fields | {"state": "lost"}, seen=2)


def proposed(world: World, action: str = "G-06") -> str:
    """A proposal of the desk."""
    return decisions.propose(world.reader("desk"), world.records["belarus"], action, REASON)


def test_a_decision_of_tier_two_needs_four_eyes_and_counsel(world: World) -> None:
    made = proposed(world)
    with pytest.raises(NeedsCounsel):
        decisions.decide(world.reader("head"), made, approve=True, why=REASON)
    decisions.advise(world.reader("counsel"), made, allows=False, view="breaks the treaty")
    with pytest.raises(NeedsCounsel):
        decisions.decide(world.reader("head"), made, approve=True, why=REASON)
    decisions.advise(world.reader("counsel"), made, allows=True, view="treaty allows it after all")
    decisions.decide(world.reader("head"), made, approve=True, why=REASON)
    found = decisions.read_decision(world.reader("head"), made)
    assert (found["state"], found["decided_by"], found["counsel"]) == (
        "approved",
        "Hanna Head",
        "Clara Counsel",
    )


def test_what_needs_no_counsel_needs_another_person_all_the_same(world: World) -> None:
    head = world.reader("head")
    made = decisions.propose(head, world.records["belarus"], "G-10", REASON)
    if decisions.read_decision(head, made)["needs_counsel"]:
        pytest.skip("the action came to need counsel")
    with pytest.raises(NeedsAnother):
        decisions.decide(head, made, approve=True, why=REASON)
    decisions.decide(world.reader("second"), made, approve=True, why=REASON)


def test_counsel_may_be_passed_over_to_refuse(world: World) -> None:
    made = proposed(world)
    decisions.decide(world.reader("head"), made, approve=False, why=REASON)
    assert decisions.read_decision(world.reader("head"), made)["state"] == "refused"


def test_a_decision_is_taken_once(world: World) -> None:
    made = proposed(world)
    decisions.decide(world.reader("head"), made, approve=False, why=REASON)
    with pytest.raises(Invalid, match="already"):
        decisions.decide(world.reader("second"), made, approve=False, why=REASON)
    with pytest.raises(Invalid, match="already"):
        decisions.advise(world.reader("counsel"), made, allows=True, view=REASON)


@pytest.mark.parametrize("key", ["desk", "counsel", "mission", "auditor", "ally"])
def test_only_heads_decide(world: World, key: str) -> None:
    with pytest.raises(NotAllowed):
        decisions.decide(world.reader(key), proposed(world), approve=False, why=REASON)


def test_only_counsel_advises(world: World) -> None:
    with pytest.raises(NotAllowed):
        decisions.advise(world.reader("head"), proposed(world), allows=True, view=REASON)


@pytest.mark.parametrize(
    ("action", "reason", "field"),
    [("XX-99", REASON, "action"), ("G-06", "short", "reason"), ("", REASON, "action")],
)
def test_a_proposal_that_cannot_be_is_refused(
    world: World, action: str, reason: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        decisions.propose(world.reader("desk"), world.records["belarus"], action, reason)
    assert field in refused.value.fields


def test_what_the_catalogue_prohibits_cannot_be_proposed(world: World) -> None:
    worked = briefs.read_brief(world.reader("desk"), world.records["belarus"]).brief
    barred = [r["action"] for r in worked["recommendations"] if r["verdict"] == "prohibited"]
    assert len(barred) > 10
    for action in barred:
        with pytest.raises(Invalid, match="substitute"):
            decisions.propose(world.reader("desk"), world.records["belarus"], action, REASON)


def test_a_decision_and_a_view_give_their_reason(world: World) -> None:
    made = proposed(world)
    with pytest.raises(Invalid):
        decisions.decide(world.reader("head"), made, approve=False, why="no")
    with pytest.raises(Invalid):
        decisions.advise(world.reader("counsel"), made, allows=True, view="ok")


def test_a_decision_carries_the_hash_of_the_brief_it_rests_on(world: World) -> None:
    made = proposed(world)
    worked = briefs.read_brief(world.reader("desk"), world.records["belarus"])
    assert decisions.read_decision(world.reader("desk"), made)["brief_sha256"] == worked.sha256


def test_a_decision_is_as_sensitive_as_what_its_proposer_saw(world: World) -> None:
    by_desk, by_head = (
        proposed(world),
        decisions.propose(world.reader("head"), world.records["belarus"], "G-10", REASON),
    )
    assert decisions.read_decision(world.reader("desk"), by_desk)["tlp"] == "TLP:AMBER+STRICT"
    assert decisions.read_decision(world.reader("head"), by_head)["tlp"] == "TLP:RED"
    with pytest.raises(NothingThere):
        decisions.read_decision(world.reader("desk"), by_head)


def test_a_kept_brief_can_be_found_by_its_hash(world: World) -> None:
    from standwith.store.models.work import Assessment

    head, case = world.reader("head"), world.records["belarus"]
    kept = decisions.keep_assessment(head, case, "icnc")
    from standwith.services.sight import whole_database

    with whole_database():
        row = Assessment.unguarded.get(sha256=kept)
    assert json.loads(row.body)["verdicts"]["G-06"]


def task(world: World, **changed: str) -> str:
    """A task of the desk."""
    said = {
        "title": "Visit the trial",
        "detail": "",
        "assignee": world.people["mission"],
        "due": "2020-08-20",
        "sensitivity": "TLP:AMBER",
    }
    new = tasks.NewTask(**(said | changed))
    return tasks.assign(world.reader("desk"), world.records["belarus"], new)


def test_a_task_reaches_the_mission_s_week_and_calendar(world: World) -> None:
    made = task(world)
    mission = world.reader("mission")
    assert made in {row["id"] for row in tasks.my_week(mission)}
    text = calendars.file_for(mission)
    assert f"UID:{made}@" in text
    assert "DTSTART;VALUE=DATE:20200820" in text
    month = calendars.month(mission, "2020-08")
    found = [row["id"] for week in month.weeks for day in week for row in day.tasks]
    assert made in found
    assert (month.before, month.after) == ("2020-07", "2020-09")


def test_the_week_of_others_is_their_own(world: World) -> None:
    made = task(world)
    assert made not in {row["id"] for row in tasks.my_week(world.reader("desk"))}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"detail": "x" * 4001}, "detail"),
        ({"due": "soon"}, "due"),
        ({"due": "2020-8-1"}, "due"),
        ({"sensitivity": "secret"}, "sensitivity"),
        ({"assignee": NOBODY}, "assignee"),
    ],
)
def test_a_task_that_cannot_be_is_refused_by_field(
    world: World, changed: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        task(world, **changed)
    assert field in refused.value.fields


def test_a_task_is_moved_once_for_each_version(world: World) -> None:
    made, mission = task(world), world.reader("mission")
    tasks.move(mission, made, "doing", seen=1)
    with pytest.raises(ChangedMeanwhile):
        tasks.move(mission, made, "done", seen=1)
    with pytest.raises(Invalid):
        tasks.move(mission, made, "flying", seen=2)
    assert tasks.board(mission)["doing"][0]["id"] == made


def test_comments_are_as_sensitive_as_their_task(world: World) -> None:
    made = task(world)
    tasks.comment(world.reader("mission"), made, "The judge is ill.")
    assert tasks.read_task(world.reader("desk"), made)["comments"][0]["by"] == "Mikko Mission"
    with pytest.raises(NothingThere):
        tasks.comment(world.reader("ally"), made, "?")
    for text in ("", " ", "x" * 4001):
        with pytest.raises(Invalid):
            tasks.comment(world.reader("mission"), made, text)


def test_of_a_file_its_hash_and_kind_are_noted_and_not_the_file(world: World) -> None:
    made = task(world)
    tasks.attach(world.reader("mission"), made, "verdict.pdf", b"%PDF-1.7 text", "safe, shelf 2")
    (held,) = tasks.read_task(world.reader("desk"), made)["attachments"]
    assert held["media_type"] == "application/pdf"
    assert held["size"] == 13
    assert len(held["sha256"]) == 64


@pytest.mark.parametrize(
    ("name", "raw", "place", "field"),
    [
        ("a.pdf", b"", "safe", "file"),
        ("a.pdf", b"x" * 2_000_001, "safe", "file"),
        ("../etc/passwd", b"x", "safe", "name"),
        ("a\0b", b"x", "safe", "name"),
        ("x" * 201, b"x", "safe", "name"),
        ("a.pdf", b"x", "", "place"),
    ],
)
def test_a_file_that_cannot_be_is_refused(
    world: World, name: str, raw: bytes, place: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        tasks.attach(world.reader("mission"), task(world), name, raw, place)
    assert field in refused.value.fields


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"PK\x03\x04", "application/zip"),
        (b"....ftypisom", "video/mp4"),
        (b"MZ\x90", "application/x-executable"),
        ("текст".encode(), "text/plain"),
        (b"\x00\x01", "application/octet-stream"),
        (b"\xff\xfe\xfa", "application/octet-stream"),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_bytes(raw: bytes, kind: str) -> None:
    from standwith.services.media import detect

    assert detect(raw) == kind


def test_a_calendar_feed_carries_titles_and_days_alone(world: World) -> None:
    task(world, detail="meet Tolik at the gate")
    token = tokens.make_token(world.reader("mission"), "phone", frozenset({"calendar"}), 30)
    text = world.client("mission").get(f"/calendar/{token}.ics").content.decode()
    assert "Visit the trial" in text
    assert "Tolik" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_a_feed_of_another_scope_or_after_revocation_is_not_there(world: World) -> None:
    from django.test import Client

    mission = world.reader("mission")
    reading = tokens.make_token(mission, "program", frozenset({"read"}), 30)
    assert Client().get(f"/calendar/{reading}.ics").status_code == 404
    token = tokens.make_token(mission, "phone", frozenset({"calendar"}), 30)
    assert Client().get(f"/calendar/{token}.ics").status_code == 200
    held = [row.id for row in tokens.my_tokens(mission) if row.name == "phone"]
    tokens.revoke_token(mission, held[0])
    assert Client().get(f"/calendar/{token}.ics").status_code == 404


def test_titles_cannot_break_out_of_a_calendar(world: World) -> None:
    task(world, title="a;b,c\\d and BEGIN:VEVENT ж" + "ж" * 60)
    text = calendars.file_for(world.reader("mission"))
    assert text.count("BEGIN:VEVENT\r\n") == text.count("END:VEVENT\r\n")
    assert "a\\;b\\,c\\\\d" in text


@pytest.mark.parametrize("month", ["", "2020-13", "x", "0000-01", "9999-12"])
def test_a_month_that_is_none_gives_the_present_one(world: World, month: str) -> None:
    from standwith.services import moment

    assert calendars.month(world.reader("mission"), month).name == moment.today().isoformat()[:7]


def test_an_emergency_place_needs_another_head_and_ends_in_an_hour(
    world: World, clock: object
) -> None:
    stranger, case = world.reader("stranger"), world.records["belarus"]
    compartments.ask_emergency(stranger, "Belarus desk", "a life is in danger tonight")
    (alarm,) = compartments.alarms(world.reader("head"))
    compartments.decide(world.reader("head"), alarm.id, agree=True)
    assert situations.read_situation(world.reader("stranger"), case)
    (place,) = compartments.emergencies_in(world.reader("desk"))
    assert place.name == "Stefan Stranger"
    assert "Stefan Stranger" in world.client("desk").get("/").content.decode()
    clock(3601)  # type: ignore[operator]
    with pytest.raises(NothingThere):
        situations.read_situation(world.reader("stranger"), case)


def test_nobody_agrees_to_the_own_emergency(world: World) -> None:
    compartments.ask_emergency(world.reader("second"), "Sources", "a life is in danger tonight")
    (alarm,) = compartments.alarms(world.reader("second"))
    with pytest.raises(NeedsAnother):
        compartments.decide(world.reader("second"), alarm.id, agree=True)
    compartments.decide(world.reader("head"), alarm.id, agree=False)
    assert compartments.alarms(world.reader("head")) == []


def test_an_emergency_in_a_compartment_that_is_not_there_is_answered_alike(world: World) -> None:
    client = world.client("stranger")
    sent = {"reason": "a life is in danger tonight"}
    answers = [
        client.post("/compartments/emergency", sent | {"compartment": name}).content
        for name in ("Belarus desk", "Atlantis desk")
    ]
    assert len({len(answer) for answer in answers}) == 1


def test_an_emergency_does_not_lower_a_standing_place(world: World) -> None:
    compartments.ask_emergency(world.reader("second"), "Belarus desk", "need it now, all of it")
    (alarm,) = compartments.alarms(world.reader("head"))
    compartments.decide(world.reader("head"), alarm.id, agree=True)
    held = world.reader("second").membership(world.compartments["desk"])
    assert held is not None
    assert held.until is None
    assert held.clearance is Sensitivity.RED


def test_somebody_from_outside_gets_amber_at_most(world: World) -> None:
    asked = compartments.Grant(
        world.people["ally"], Sensitivity.AMBER_STRICT, frozenset(), None, "agreed"
    )
    with pytest.raises(ValueError, match="within the organisation"):
        compartments.grant(world.reader("head"), world.compartments["desk"], asked)


def test_an_administrator_is_let_in_nowhere(world: World) -> None:
    asked = compartments.Grant(world.people["admin"], Sensitivity.GREEN, frozenset(), None, "why")
    with pytest.raises(ValueError, match="reads no content"):
        compartments.grant(world.reader("head"), world.compartments["desk"], asked)


def test_only_the_lead_lets_in_and_out(world: World) -> None:
    asked = compartments.Grant(world.people["stranger"], Sensitivity.GREEN, frozenset(), None, "x")
    with pytest.raises(NothingThere):
        compartments.grant(world.reader("second"), world.compartments["desk"], asked)
    with pytest.raises(NothingThere):
        compartments.withdraw(
            world.reader("second"), world.compartments["desk"], world.people["ally"]
        )


def test_who_is_let_out_sees_nothing_from_then_on(world: World) -> None:
    case = world.records["belarus"]
    client = world.client("ally")
    assert client.get(f"/situations/{case}/").status_code == 200
    compartments.withdraw(world.reader("head"), world.compartments["desk"], world.people["ally"])
    assert client.get(f"/situations/{case}/").status_code == 404


def test_the_lead_cannot_let_himself_out(world: World) -> None:
    with pytest.raises(ValueError, match="lead stays"):
        compartments.withdraw(
            world.reader("head"), world.compartments["desk"], world.people["head"]
        )


def test_compartments_have_names_of_their_own(world: World) -> None:
    for name in ("Belarus desk", " "):
        with pytest.raises(ValueError, match="name"):
            compartments.open_compartment(world.reader("head"), name)


def test_an_ally_s_place_waits_for_a_second_person(world: World) -> None:
    asked = compartments.Grant(world.people["ally"], Sensitivity.GREEN, frozenset(), None, "agreed")
    assert compartments.grant(world.reader("head"), world.compartments["sources"], asked) == (
        "proposed"
    )
    circle = next(c for c in compartments.circles(world.reader("head")) if c.name == "Sources")
    (waiting,) = circle.proposals
    with pytest.raises(NeedsAnother):
        compartments.decide(world.reader("head"), waiting.id, agree=True)
    with pytest.raises(NothingThere):
        compartments.decide(world.reader("second"), waiting.id, agree=True)


def test_tokens_are_limited(world: World) -> None:
    reader = world.reader("desk")
    for name, scopes, days in (
        ("x", frozenset(), 30),
        ("x", frozenset({"rule"}), 30),
        ("x", frozenset({"read"}), 0),
        ("x", frozenset({"read"}), 366),
        (" ", frozenset({"read"}), 30),
    ):
        with pytest.raises(ValueError, match="name the token"):
            tokens.make_token(reader, name, scopes, days)
    with pytest.raises(NothingThere):
        tokens.revoke_token(reader, NOBODY)
    with pytest.raises(NotAllowed):
        tokens.make_token(world.reader("admin"), "x", frozenset({"read"}), 30)


def test_the_password_of_the_team_is_strong_enough() -> None:
    from standwith.services.password import fits, hash_password

    assert fits(PASSWORD, hash_password(PASSWORD))
    assert not fits(PASSWORD, None)
