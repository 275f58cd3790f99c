"""The judge: scope, recipients, phases, aptness, looking facts up; one table for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from standwith.assess.picture import Assessment
from standwith.assess.profile import shipped_profile
from standwith.choose.advice import Advice
from standwith.choose.catalogue import catalogue
from standwith.choose.decide import PHASE, Judge
from standwith.kernel.verdict import Verdict

Make = Callable[..., Assessment]
BASE = {"repression": "true", "movement-active": "true", "invasion": "false", "coup": "false"}


def judge(found: Assessment, profile: str = "crm-atrocity") -> Judge:
    """Judge under a shipped profile."""
    return Judge(found, shipped_profile(profile))


SCOPES = [
    ({"invasion": "true", "repression": "true"}, Advice.OUT_OF_SCOPE),
    ({"invasion": "both", "repression": "true"}, Advice.CONTESTED),
    ({"invasion": "false", "repression": "true"}, None),
    ({"invasion": "false", "coup": "true"}, None),
    ({"invasion": "unknown", "repression": "true"}, None),
    ({"repression": "false", "coup": "false"}, Advice.OUT_OF_SCOPE),
    ({"repression": "unknown", "coup": "false"}, Advice.NEEDS_INFO),
    ({"repression": "both", "coup": "false"}, Advice.CONTESTED),
    ({}, Advice.NEEDS_INFO),
]


@pytest.mark.parametrize(("facts", "scope"), SCOPES)
def test_the_scope_of_the_article(made: Make, facts: dict[str, str], scope: Advice | None) -> None:
    assert judge(made(facts)).scope is scope


@pytest.mark.parametrize("facts", [facts for facts, _ in SCOPES])
def test_the_guide_has_no_scope_test(made: Make, facts: dict[str, str]) -> None:
    assert judge(made(facts), "icnc").scope is None


RECIPIENTS = [
    ("G-20", ("civic",), ["civic"]),
    ("G-20", ("civic", "armed"), ["civic", "armed"]),
    ("RS-14", ("civic", "armed"), ["armed"]),
    ("RS-14", ("civic",), [None]),
    ("G-38", ("civic", "armed"), [None]),
    ("G-41", ("civic",), [None]),
]


@pytest.mark.parametrize(("name", "kinds", "expected"), RECIPIENTS)
def test_for_whom_an_action_is_decided(
    made: Make, name: str, kinds: tuple[str, ...], expected: list[str | None]
) -> None:
    found = judge(made(BASE, kinds=kinds)).recipients(catalogue()[name])
    assert [o.id if o else None for o in found] == expected


PHASES = [
    ("G-22", ("growing-numbers", "strikes"), Advice.HOLD),
    ("G-22", ("quiet",), Advice.RECOMMEND),
    ("RS-36", ("ruler-gone",), Advice.PERMIT),
    ("RS-36", ("first-protests",), Advice.HOLD),
    ("G-38", ("strikes",), Advice.RECOMMEND),
    ("G-38", (), Advice.NEEDS_INFO),
]


@pytest.mark.parametrize(("name", "signs", "advice"), PHASES)
def test_an_action_fits_its_phases(
    made: Make, name: str, signs: tuple[str, ...], advice: Advice
) -> None:
    found = judge(made(BASE, signs=signs), "icnc")
    assert found.decide(catalogue()[name], None).advice is advice


APT = [
    ("G-34", {"shutdown": "true"}, Verdict.TRUE, Advice.RECOMMEND),
    ("G-34", {"shutdown": "false"}, Verdict.FALSE, Advice.PERMIT),
    ("G-34", {}, Verdict.UNKNOWN, Advice.PERMIT),
    ("G-34", {"shutdown": "both"}, Verdict.BOTH, Advice.PERMIT),
    ("CO-14c", {"exile": "true"}, Verdict.TRUE, Advice.RECOMMEND),
    (
        "CO-14c",
        {"exile": "false", "transnational-repression": "true"},
        Verdict.TRUE,
        Advice.RECOMMEND,
    ),
    ("G-66", {}, Verdict.TRUE, Advice.RECOMMEND),
    ("RS-04", {"atrocities": "true"}, Verdict.NOT_APPLICABLE, Advice.PERMIT),
]


@pytest.mark.parametrize(("name", "facts", "apt", "advice"), APT)
def test_what_calls_for_an_action_parts_recommend_from_permit(
    made: Make, name: str, facts: dict[str, str], apt: Verdict, advice: Advice
) -> None:
    decision = judge(made({**BASE, **facts}), "icnc").decide(catalogue()[name], None)
    assert (decision.apt, decision.advice) == (apt, advice)


EXPECTED = [
    ({"movement-active": "true"}, Verdict.TRUE),
    ({"movement-active": "false"}, Verdict.FALSE),
    ({}, Verdict.UNKNOWN),
    ({"movement-active": "true", "repression-expected": "false"}, Verdict.FALSE),
    ({"movement-active": "false", "repression-expected": "true"}, Verdict.TRUE),
    ({"movement-active": "true", "repression-expected": "both"}, Verdict.BOTH),
]


@pytest.mark.parametrize(("facts", "verdict"), EXPECTED)
def test_repression_is_expected_while_a_movement_goes_on(
    made: Make, facts: dict[str, str], verdict: Verdict
) -> None:
    found = judge(made({**facts, "repression": "true"}), "icnc")
    assert found.look("repression-expected", "") is verdict


LOOKED = [
    ("repression", "", Verdict.TRUE),
    ("nonviolent", "civic", Verdict.TRUE),
    ("nonviolent", "armed", Verdict.TRUE),
    ("nonviolent", "", Verdict.TRUE),
    ("consent", "G-10", Verdict.UNKNOWN),
    ("request", "G-36@civic", Verdict.TRUE),
    ("request", "G-35@civic", Verdict.UNKNOWN),
    ("request", "G-36@", Verdict.TRUE),
]


@pytest.mark.parametrize(("fact", "subject", "verdict"), LOOKED)
def test_facts_are_looked_up_by_what_they_are_about(
    made: Make, fact: str, subject: str, verdict: Verdict
) -> None:
    found = judge(made({**BASE, "nonviolent": "true"}, kinds=("civic", "armed"), asks=("G-36",)))
    assert found.look(fact, subject) is verdict
    assert found.look(fact, subject) is verdict


def test_an_assumption_changes_this_decision_and_no_other(made: Make) -> None:
    found = judge(made({**BASE, "nonviolent": "false"}), "icnc")
    action, civic = catalogue()["G-02"], found.situation.organisations[0]
    before = found.decide(action, civic).advice
    assumed = found.decide(action, civic, {("nonviolent", "civic"): Verdict.TRUE}).advice
    assert (before, assumed) == (Advice.HOLD, Advice.RECOMMEND)
    assert found.decide(action, civic).advice is before


def test_a_phase_that_fits_may_be_assumed(made: Make) -> None:
    found = judge(made(BASE, signs=()), "icnc")
    decision = found.decide(catalogue()["G-38"], None, {PHASE: Verdict.TRUE})
    assert decision.advice is Advice.RECOMMEND


CRITERIA = [
    ({"R2": Verdict.TRUE, "R3": Verdict.TRUE, "R6": Verdict.TRUE}, Advice.RECOMMEND),
    ({"R2": Verdict.FALSE, "R3": Verdict.TRUE, "R6": Verdict.TRUE}, Advice.HOLD),
    ({"R2": Verdict.TRUE, "R3": Verdict.TRUE}, Advice.NEEDS_INFO),
    ({"R2": Verdict.TRUE, "R3": Verdict.TRUE, "R6": Verdict.FALSE}, Advice.HOLD),
]


@pytest.mark.parametrize(("assumed", "advice"), CRITERIA)
def test_criteria_may_be_assumed_for_the_tables(
    made: Make, assumed: dict[str, Verdict], advice: Advice
) -> None:
    found = judge(made({**BASE, "armed-conflict": "false", "nonviolent": "true"}))
    civic = found.situation.organisations[0]
    given = {("criterion", name): verdict for name, verdict in assumed.items()}
    assert found.decide(catalogue()["RS-18"], civic, given).advice is advice


def test_a_fact_may_be_assumed_for_the_tables(made: Make) -> None:
    facts = {**BASE, "protects-civilians": "true", "no-escalation": "true"}
    found = judge(made(facts, kinds=("armed",)))
    action, armed = catalogue()["RS-14"], found.situation.organisations[0]
    assert found.decide(action, armed).advice is Advice.HOLD
    conflict = {("armed-conflict", ""): Verdict.TRUE}
    assert found.decide(action, armed, conflict).advice.advised


ARMED = [
    ("G-33", Advice.HOLD),
    ("G-35", Advice.HOLD),
    ("G-20", Advice.HOLD),
    ("RS-18", Advice.HOLD),
    ("RS-27", Advice.HOLD),
    ("RS-28", Advice.RECOMMEND),
    ("RS-31", Advice.RECOMMEND),
    ("RS-26", Advice.RECOMMEND),
    ("G-63", Advice.RECOMMEND),
]


@pytest.mark.parametrize(("name", "advice"), ARMED)
def test_an_armed_organisation_gets_law_and_talks_and_nothing_else(
    made: Make, name: str, advice: Advice
) -> None:
    facts = {**BASE, "armed-conflict": "true", "fragmentation": "true", "nonviolent": "true"}
    found = judge(made(facts, kinds=("armed",), asks=(name,)))
    assert found.decide(catalogue()[name], found.situation.organisations[0]).advice is advice


@pytest.mark.parametrize("profile", ["icnc", "crm-atrocity"])
@pytest.mark.parametrize("name", ["RS-12", "RS-09", "RS-10", "G-29", "G-30", "G-60", "G-40a"])
def test_a_request_of_every_organisation_opens_nothing_of_tier_t3(
    made: Make, name: str, profile: str
) -> None:
    found = judge(made(BASE, kinds=("civic", "political", "armed"), asks=(name,)), profile)
    for organisation in found.recipients(catalogue()[name]):
        assert not found.decide(catalogue()[name], organisation).advice.advised


def test_a_row_out_of_its_dates_does_not_bind(made: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date

    from standwith.choose.table import rows

    later = tuple(replace(row, valid_from=date(2030, 1, 1)) for row in rows())
    monkeypatch.setattr("standwith.choose.decide.rows", lambda: later)
    found = judge(made({**BASE, "nonviolent": "true"}))
    assert found.decide(catalogue()["RS-18"], found.situation.organisations[0]).rows == ()
