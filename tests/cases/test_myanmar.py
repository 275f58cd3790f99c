"""Myanmar, as of May 2023: the expected table, line by line, under both profiles."""

from __future__ import annotations

import pytest
from tests.conftest import brief_of

from standwith.assess.evidence import Evidence
from standwith.choose.advice import Advice
from standwith.choose.page import Item
from standwith.kernel.verdict import Verdict

SJ = "crm-atrocity"
TOP = {
    "RS-33",
    "RS-34",
    "RS-35",
    "RS-37",
    "RS-38",
    "RS-28",
    "RS-18",
    "RS-21",
    "RS-24",
    "RS-30",
    "RS-31",
}


def item(name: str, profile: str = SJ) -> Item:
    """Find the item of an action in the brief of Myanmar."""
    found = brief_of("myanmar-2023", profile)
    return next(i for i in found.items if i.recommendation.action.id == name)


def advice(name: str, profile: str = SJ) -> Advice:
    """Return the verdict on an action."""
    return item(name, profile).recommendation.advice


def by_organisation(name: str, profile: str) -> dict[str | None, Advice]:
    """Return the verdict on an action for each organisation."""
    decisions = item(name, profile).recommendation.profiles[0].decisions
    return {d.organisation: d.advice for d in decisions}


def test_the_context_is_both_a_coup_and_repression() -> None:
    context = {a.rule: a.verdict for a in brief_of("myanmar-2023").assessment.context}
    assert context["coup"] is context["repression"] is context["atrocities"] is Verdict.TRUE


def test_crimes_are_never_asserted_as_proven() -> None:
    situation = brief_of("myanmar-2023").assessment.situation
    assert any("may amount" in claim.note for claim in situation.claims)
    assert any("never 'are'" in warning.text for warning in situation.warnings)


def test_five_organisations_are_kept_apart() -> None:
    names = [o.id for o in brief_of("myanmar-2023").assessment.situation.organisations]
    assert names == ["cdm", "nug", "pdf", "eao", "rohingya-groups"]


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("cdm", Verdict.TRUE),
        ("nug", Verdict.BOTH),
        ("pdf", Verdict.FALSE),
        ("eao", Verdict.FALSE),
        ("rohingya-groups", Verdict.UNKNOWN),
    ],
)
def test_nonviolence_is_a_matter_of_each(name: str, verdict: Verdict) -> None:
    assert brief_of("myanmar-2023").assessment.organisations[name]["K02"].verdict is verdict


def test_only_civic_parts_are_eligible_under_the_guide() -> None:
    found = by_organisation("G-20", "icnc")
    assert found["cdm"] is Advice.RECOMMEND
    assert found["nug"] is Advice.CONTESTED
    assert found["pdf"] is found["eao"] is Advice.HOLD
    assert item("G-20", "icnc").recommendation.fit_for == ("cdm",)


@pytest.mark.parametrize(
    ("criterion", "verdict"),
    [
        ("J1", Verdict.UNKNOWN),
        ("J2", Verdict.TRUE),
        ("J3", Verdict.UNKNOWN),
        ("J4", Verdict.UNKNOWN),
        ("J5", Verdict.FALSE),
        ("J6", Verdict.FALSE),
        ("X1", Verdict.FALSE),
        ("X2", Verdict.TRUE),
    ],
)
def test_the_criteria_on_lethal_support(criterion: str, verdict: Verdict) -> None:
    assert brief_of("myanmar-2023").assessment.criteria[criterion].verdict is verdict


@pytest.mark.parametrize(
    ("criterion", "verdict", "grade"),
    [
        ("R1", Verdict.TRUE, "met"),
        ("R2", Verdict.TRUE, "met"),
        ("R3", Verdict.UNKNOWN, "partly"),
        ("R4", Verdict.UNKNOWN, "partly"),
        ("R5", Verdict.BOTH, "contested"),
        ("R6", Verdict.BOTH, "contested"),
    ],
)
def test_the_criteria_of_recognition(criterion: str, verdict: Verdict, grade: str) -> None:
    found = brief_of("myanmar-2023").assessment.organisations["nug"][criterion]
    assert (found.verdict, found.grade) == (verdict, grade)


def test_both_sides_of_a_contested_criterion_are_shown() -> None:
    argument = brief_of("myanmar-2023").assessment.organisations["nug"]["R5"].argument
    words = {leaf.verdict for leaf in argument.leaves() if leaf.rule.startswith("m3")}
    assert words == {Verdict.TRUE, Verdict.FALSE}


def test_lethal_support_is_not_warranted_and_by_the_guide_prohibited() -> None:
    assert advice("RS-12", SJ) is Advice.NOT_WARRANTED
    assert advice("RS-12", "icnc") is Advice.PROHIBITED
    assert advice("RS-12", "") is Advice.PROHIBITED


def test_a_request_for_weapons_opens_nothing() -> None:
    asked = brief_of("myanmar-2023").assessment.situation.requests
    assert any("RS-12" in request.actions for request in asked)
    assert not item("RS-12").standing


@pytest.mark.parametrize("name", ["RS-13", "RS-14", "RS-15", "RS-16", "RS-29"])
def test_nonlethal_aid_is_considered_after_counsel(name: str) -> None:
    found = item(name).recommendation
    assert found.advice is Advice.RECOMMEND
    assert {"counsel", "second-approver"} <= set(found.pending)
    assert found.fit_for == ("pdf",)
    assert advice(name, "icnc") is Advice.HOLD


@pytest.mark.parametrize("name", ["RS-18", "RS-20", "RS-21", "RS-23"])
def test_lesser_degrees_of_recognition_are_warranted_but_measured(name: str) -> None:
    found = item(name).recommendation
    assert found.advice is Advice.RECOMMEND
    assert found.fit_for == ("nug",)
    assert any("both sides" in remark for remark in found.remarks)
    assert any("divided" in remark for remark in found.remarks)


def test_recognition_as_government_is_held_until_all_is_met() -> None:
    assert advice("RS-19") is Advice.HOLD


def test_training_in_the_law_is_scaled_up_with_counsel_for_armed_parts() -> None:
    decisions = item("RS-28").recommendation.profiles[0].decisions
    assert {d.organisation for d in decisions if d.advice is Advice.RECOMMEND} >= {"pdf", "nug"}
    armed = next(d for d in decisions if d.organisation == "pdf")
    assert "counsel" in armed.pending


@pytest.mark.parametrize("name", ["RS-30", "RS-31"])
def test_inclusion_is_fostered(name: str) -> None:
    assert advice(name) is Advice.RECOMMEND


@pytest.mark.parametrize("name", ["RS-33", "RS-34", "RS-35", "RS-37", "RS-38"])
def test_accountability_is_the_strongest_pathway(name: str) -> None:
    assert advice(name) is Advice.RECOMMEND
    standing = item(name).standing
    assert standing is not None
    assert standing.band == 1


def test_the_fuel_embargo_was_asked_for() -> None:
    found = Evidence(brief_of("myanmar-2023").assessment.situation)
    assert found.requested("RS-37", "nug") is Verdict.TRUE


def test_the_top_band_is_that_of_the_table_and_nonlethal_aid_comes_next() -> None:
    standings = {
        i.recommendation.action.id: i.standing.band
        for i in brief_of("myanmar-2023", SJ).items
        if i.standing
    }
    assert {name for name, band in standings.items() if band == 1} == TOP
    assert {name for name, band in standings.items() if band == 2} == {
        "RS-13",
        "RS-14",
        "RS-15",
        "RS-16",
    }


def test_measures_that_moved_little_stand_last() -> None:
    bands = [i.standing.band for i in brief_of("myanmar-2023", SJ).items if i.standing]
    for name in ("RS-05", "RS-08"):
        standing = item(name).standing
        assert standing is not None
        assert standing.band == max(bands)


def test_the_limits_are_said() -> None:
    texts = " ".join(w.text for w in brief_of("myanmar-2023").assessment.situation.warnings)
    assert "Security Council and ASEAN are blocked" in texts


def test_the_mechanism_that_stood_ready_was_in_time() -> None:
    audit = brief_of("myanmar-2023").timeliness
    assert not any(finding.startswith("reactive") for finding in audit.findings)
    assert any(lag.act.prepared and lag.most == 0 for lag in audit.lags)
