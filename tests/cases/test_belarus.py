"""Belarus, as of 18 August 2020: the expected table, line by line, under both profiles."""

from __future__ import annotations

import pytest
from tests.conftest import brief_of

from standwith.choose.advice import Advice
from standwith.choose.page import Brief, Item
from standwith.kernel.verdict import Verdict
from standwith.publish.wording import sections

T2_SIGNED = {"counsel", "second-approver"}
NOW = [
    "G-39",
    "BY-04",
    "G-38",
    "BY-05",
    "G-21",
    "G-62",
    "G-59a",
    "G-59b",
    "G-59c",
    "G-34",
    "G-75",
    "G-05",
    "G-08",
    "G-70",
    "G-41",
    "G-46",
    "G-43",
    "BY-06",
    "G-14",
    "G-15",
    "G-16",
    "G-17",
]
WITH_COUNSEL = ["G-28", "G-37", "G-71", "CO-14c"]
ASK = [
    "G-74",
    "BY-07",
    "G-06",
    "G-07",
    "G-33",
    "G-35",
    "G-36",
    "G-03",
    "G-04",
    "G-10",
    "G-50",
    "G-13",
    "G-54",
    "G-55",
    "G-57",
    "G-58",
    "G-73",
]
REFUSED = ["G-29", "G-30", "G-40a", "G-40b", "G-60", "RS-09", "RS-10", "RS-12"]


def item(name: str, profile: str = "", as_of: str = "") -> Item:
    """Find the item of an action in the brief of Belarus."""
    found = brief_of("belarus-2020", profile, as_of)
    return next(i for i in found.items if i.recommendation.action.id == name)


def advice(name: str, profile: str = "") -> Advice:
    """Return the verdict on an action."""
    return item(name, profile).recommendation.advice


def brief() -> Brief:
    """Return the brief under both profiles."""
    return brief_of("belarus-2020")


def test_the_context_is_repression_after_a_disputed_vote_and_in_scope() -> None:
    found = brief().assessment
    context = {a.rule: a.verdict for a in found.context}
    assert context["repression"] is context["election-dispute"] is Verdict.TRUE
    assert found.criteria["X1"].verdict is Verdict.FALSE
    assert found.criteria["X2"].verdict is Verdict.TRUE


def test_the_phase_is_ascendance_or_peak() -> None:
    assert brief().assessment.phase.held == {2, 3}


@pytest.mark.parametrize(
    ("criterion", "verdict", "grade"),
    [
        ("K02", Verdict.TRUE, "met"),
        ("K01", Verdict.UNKNOWN, "unknown"),
        ("R1", Verdict.NOT_APPLICABLE, "n/a"),
        ("R2", Verdict.UNKNOWN, "unknown"),
        ("R3", Verdict.UNKNOWN, "unknown"),
        ("R4", Verdict.UNKNOWN, "partly"),
        ("R5", Verdict.NOT_APPLICABLE, "n/a"),
        ("R6", Verdict.UNKNOWN, "unknown"),
    ],
)
def test_each_criterion_of_the_movement(criterion: str, verdict: Verdict, grade: str) -> None:
    found = brief().assessment.organisations["protest-movement"][criterion]
    assert (found.verdict, found.grade) == (verdict, grade)


def test_right_authority_is_not_shown_and_success_fails_by_the_general_argument() -> None:
    found = brief().assessment.criteria
    assert found["J5"].verdict is Verdict.UNKNOWN
    assert found["J6"].verdict is Verdict.FALSE


def test_the_poll_of_three_per_cent_is_shown_but_never_counted() -> None:
    claims = brief_of("belarus-2020", "", "2020-12-31").assessment.situation.claims
    poll = next(c for c in claims if "slogan" in c.note)
    assert "never counted" in poll.inadmissible
    assert not poll.counts


def test_the_voice_is_recognised_by_one_profile_and_asked_about_by_the_other() -> None:
    assert advice("G-20", "icnc") is Advice.RECOMMEND
    assert advice("G-20", "crm-atrocity") is Advice.NEEDS_INFO
    assert advice("RS-18", "crm-atrocity") is Advice.NEEDS_INFO
    assert advice("G-20") is Advice.NEEDS_INFO
    shown = {p.profile: p.advice for p in item("G-20").recommendation.profiles}
    assert shown == {"icnc": Advice.RECOMMEND, "crm-atrocity": Advice.NEEDS_INFO}


def test_what_would_open_recognition_are_the_three_unknown_criteria() -> None:
    opening = item("RS-18", "crm-atrocity").would_change[0]
    assert {name for _, name, _ in opening.assumed} == {"R2", "R3", "R6"}
    assert opening.advice.advised


def test_recognition_as_government_is_on_hold() -> None:
    assert advice("RS-19", "icnc") is advice("RS-19", "crm-atrocity") is Advice.HOLD


def test_lithuania_is_a_precedent_and_no_proof() -> None:
    late = brief_of("belarus-2020", "", "2020-12-31")
    assert any("precedent" in w.text for w in late.assessment.situation.warnings)
    assert all(
        "Lithuania" not in c.note or c.fact == "exile" for c in late.assessment.situation.claims
    )


@pytest.mark.parametrize("profile", ["", "icnc", "crm-atrocity"])
def test_lethal_support_is_prohibited(profile: str) -> None:
    assert advice("RS-12", profile) is Advice.PROHIBITED


@pytest.mark.parametrize("name", NOW)
@pytest.mark.parametrize("profile", ["icnc", "crm-atrocity"])
def test_what_needs_no_request_is_recommended_now(name: str, profile: str) -> None:
    found = item(name, profile).recommendation
    assert found.advice is Advice.RECOMMEND
    assert not T2_SIGNED & set(found.pending)


@pytest.mark.parametrize("name", WITH_COUNSEL)
def test_sanctions_and_relocation_wait_for_counsel(name: str) -> None:
    found = item(name).recommendation
    assert found.advice is Advice.RECOMMEND
    assert set(found.pending) >= T2_SIGNED
    assert "evidence" in found.pending or name == "CO-14c"


@pytest.mark.parametrize("name", ASK)
@pytest.mark.parametrize("profile", ["icnc", "crm-atrocity"])
def test_what_needs_a_request_consent_or_vetting_is_asked_first(name: str, profile: str) -> None:
    assert advice(name, profile) is Advice.NEEDS_INFO


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_never_done_has_its_substitute(name: str) -> None:
    found = item(name).recommendation
    assert found.advice is Advice.PROHIBITED
    assert found.action.substitute


@pytest.mark.parametrize("name", ["RS-13", "RS-14", "RS-15", "RS-16", "RS-29"])
@pytest.mark.parametrize("profile", ["icnc", "crm-atrocity"])
def test_no_military_tool_is_advised(name: str, profile: str) -> None:
    assert advice(name, profile) is Advice.HOLD


def test_an_award_never_goes_to_one_person() -> None:
    assert "never for one person (K08)" in item("G-65").recommendation.action.limits


def test_a_named_prisoner_needs_consent_and_a_general_demand_does_not() -> None:
    found = item("G-39").recommendation
    assert found.pending == ()
    assert any("naming a person does" in limit for limit in found.action.limits)


def test_the_day_after_is_asked_about_once_a_channel_is_open() -> None:
    assert item("G-14").recommendation.governing.first == ("G-01",)
    assert "leadership-vacuum" in item("G-14").recommendation.action.apt_when


def test_the_warnings_speak_of_the_patron_and_of_patience() -> None:
    texts = " ".join(w.text for w in brief().assessment.situation.warnings)
    assert "Russia" in texts
    assert "perseverance" in texts


def test_nine_days_after_the_vote_no_act_was_on_record() -> None:
    audit = brief().timeliness
    assert audit.days_since_trigger == 9
    assert audit.lags == ()


def test_the_postscript_of_december_calls_the_answer_late_reactive_and_limited() -> None:
    audit = brief_of("belarus-2020", "", "2020-12-31").timeliness
    words = [finding.split(":")[0] for finding in audit.findings]
    assert words == ["late", "reactive", "limited tools"]
    assert [lag.least for lag in audit.lags[:4]] == [31, 54, 56, 114]


def test_the_first_question_is_what_the_movement_asked_for() -> None:
    first = brief().questions[0]
    assert (first.fact, first.subject) == ("request", "protest-movement")
    assert {"G-33", "G-07", "G-74"} <= set(first.unlocks)


def test_the_reader_sees_what_is_asked_for_but_not_verified() -> None:
    assert advice("G-74") is Advice.NEEDS_INFO
    assert "BY-07" in brief().assessment.situation.requests[0].actions


def test_every_entry_stands_in_one_section() -> None:
    names = [
        i.recommendation.action.id
        for section in sections(brief())
        for line in section.lines
        for i in (line.lead, *line.also)
    ]
    assert sorted(names) == sorted(i.recommendation.action.id for i in brief().items)
