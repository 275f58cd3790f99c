"""Argument trees of decisions: each reason present, in order, down to the passage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from standwith.assess.picture import Assessment
from standwith.assess.profile import shipped_profile
from standwith.choose.advice import Advice
from standwith.choose.catalogue import catalogue
from standwith.choose.codes import TIERS
from standwith.choose.decide import Judge
from standwith.choose.trace import because
from standwith.kernel.argument import Argument
from standwith.kernel.verdict import Verdict

Make = Callable[..., Assessment]
OPEN = {"repression": "true", "movement-active": "true", "nonviolent": "true", "invasion": "false"}


def reasons(
    found: Assessment, name: str, profile: str = "icnc", **changes: object
) -> dict[str, Argument]:
    """Return the reasons of the decision on an action by rule."""
    policy = replace(shipped_profile(profile), **changes)  # type: ignore[arg-type]
    judge = Judge(found, policy)
    action = catalogue()[name]
    decision = judge.decide(action, judge.recipients(action)[0])
    return {reason.rule: reason for reason in because(judge, action, decision)}


def test_an_advised_action_shows_tier_gate_phase_and_what_calls_for_it(made: Make) -> None:
    found = reasons(made(OPEN), "G-37")
    assert set(found) == {"T2", "RP", "K12", "apt"}
    assert found["RP"].verdict is Verdict.TRUE
    assert found["apt"].premises[0].rule == "repression"


@pytest.mark.parametrize("name", ["G-29", "RS-12", "SF-15"])
def test_what_is_never_done_shows_its_tier_and_substitute_alone(made: Make, name: str) -> None:
    found = reasons(made(OPEN), name)
    assert list(found) == ["T3", "substitute"]
    assert "lawful substitute" in found["substitute"].statement


def test_a_reference_page_says_that_it_is_one(made: Make) -> None:
    found = reasons(made(OPEN), "SF-06")
    assert list(found) == ["REF"]
    assert TIERS["REF"] in found["REF"].statement


def test_a_fact_of_persons_is_to_be_shown_for_each(made: Make) -> None:
    found = reasons(made(OPEN), "G-10")
    assert found["CS"].verdict is Verdict.UNKNOWN
    assert "for each person" in found["CS"].premises[0].statement


def test_a_claim_on_consent_is_shown_as_it_is(made: Make) -> None:
    from tests.conftest import _claim

    given = made(OPEN, extra=[_claim("s", "G-10", "consent", "false")])
    found = reasons(given, "G-10")
    assert found["CS"].verdict is Verdict.FALSE
    assert found["CS"].premises[0].premises[0].rule == "s"


def test_a_request_is_shown_with_its_own_passage(made: Make) -> None:
    asked = reasons(made(OPEN, asks=("G-36",)), "G-36")
    assert asked["RQ"].premises[0].statement == "verified request in force"
    assert [leaf.rule for leaf in asked["RQ"].leaves()] == ["q-civic"]
    silent = reasons(made(OPEN), "G-36")
    assert silent["RQ"].premises[0].statement == "no verified request in force"


def test_a_row_shows_the_criteria_that_it_read(made: Make) -> None:
    found = reasons(made(OPEN), "RS-18", "crm-atrocity")
    assert found["REC-04"].verdict is Verdict.UNKNOWN
    names = {premise.rule for premise in found["REC-04"].premises}
    assert names == {"R1", "R2", "R3", "R6"}


def test_the_scope_of_the_article_is_a_reason(made: Make) -> None:
    found = reasons(made({**OPEN, "invasion": "true"}), "G-38", "crm-atrocity")
    assert {"X1", "X2"} <= set(found)
    assert found["X1"].verdict is Verdict.TRUE


def test_a_hold_of_a_ministry_is_a_reason(made: Make) -> None:
    found = reasons(made(OPEN), "G-38", hold={"G-38": "not our way"})
    assert found["icnc hold"].statement == "not our way"


def test_the_phase_says_both_sides(made: Make) -> None:
    found = reasons(made(OPEN), "G-22")
    assert found["K12"].verdict is Verdict.FALSE
    assert found["K12"].statement == "fits phase 0; the movement is in phase 2, 3"
    unknown = reasons(made(OPEN, signs=()), "G-22")
    assert unknown["K12"].statement.endswith("in phase not known")


@pytest.mark.parametrize(
    ("name", "statement", "verdict"),
    [
        ("G-66", "apt at any time", Verdict.TRUE),
        ("RS-04", "no fact calls for it by itself", Verdict.NOT_APPLICABLE),
        ("G-34", "called for by: shutdown", Verdict.UNKNOWN),
        ("G-38", "called for by: repression", Verdict.TRUE),
    ],
)
def test_what_calls_for_an_action_is_said(
    made: Make, name: str, statement: str, verdict: Verdict
) -> None:
    found = reasons(made(OPEN), name)
    assert (found["apt"].statement, found["apt"].verdict) == (statement, verdict)


@pytest.mark.parametrize("name", list(catalogue()))
def test_every_decision_has_reasons_with_passages(made: Make, name: str) -> None:
    for profile in ("icnc", "crm-atrocity"):
        found = reasons(made({**OPEN, "armed-conflict": "true"}), name, profile)
        assert found
        for rule, reason in found.items():
            assert reason.citation or rule.endswith("hold"), rule


def test_the_advice_and_its_first_reason_agree(made: Make) -> None:
    first = {
        Advice.HOLD: Verdict.FALSE,
        Advice.NEEDS_INFO: Verdict.UNKNOWN,
        Advice.CONTESTED: Verdict.BOTH,
    }
    judge = Judge(made({**OPEN, "nonviolent": "both"}), shipped_profile("icnc"))
    for action in catalogue().values():
        decision = judge.decide(action, judge.recipients(action)[0])
        if decision.advice in first:
            reason = because(judge, action, decision)[0]
            assert reason.verdict is first[decision.advice]
