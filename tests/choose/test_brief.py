"""The brief: reasons, changes, questions, timeliness, and the same bytes each time."""

from __future__ import annotations

from datetime import date

import pytest
from numpy.random import PCG64, Generator
from tests.conftest import CITED, DAY, brief_of, shipped_case, situation_of

from standwith.assess.assessment import assess
from standwith.assess.profile import shipped, shipped_profile
from standwith.assess.situation import Act, Situation, Trigger
from standwith.choose.advice import Advice
from standwith.choose.brief import seed_of, write_brief
from standwith.choose.decide import Judge
from standwith.choose.page import Brief
from standwith.choose.timeliness import audit
from standwith.kernel.argument import Argument
from standwith.kernel.period import parse_period
from standwith.kernel.verdict import Verdict
from standwith.publish import contract, plain

CASES = ["belarus-2020", "myanmar-2023"]


def made_brief(situation: Situation) -> Brief:
    """Write the brief of a made situation under both profiles."""
    found = assess(situation, as_of=DAY)
    return write_brief(found, shipped(), rng=Generator(PCG64(1)))


@pytest.mark.parametrize("name", CASES)
def test_there_is_one_recommendation_for_every_entry(name: str) -> None:
    names = [item.recommendation.action.id for item in brief_of(name).items]
    assert len(names) == len(set(names)) == 207


@pytest.mark.parametrize("name", CASES)
def test_every_verdict_leads_down_to_a_passage(name: str) -> None:
    for item in brief_of(name).items:
        assert item.because
        cited = [c for reason in item.because for c in reason.citations()]
        assert cited, item.recommendation.action.id
        assert all(c.lines or c.source == "service-video" for c in cited)


@pytest.mark.parametrize("name", CASES)
def test_the_verdict_is_the_strictest_of_the_profiles(name: str) -> None:
    for item in brief_of(name).items:
        found = item.recommendation
        assert found.advice.strictness >= max(p.advice.strictness for p in found.profiles)
        if len(found.recipients) == 1:
            assert found.advice in {p.advice for p in found.profiles}


@pytest.mark.parametrize("name", CASES)
def test_what_is_advised_is_advised_for_one_and_the_same_under_every_profile(name: str) -> None:
    for item in brief_of(name).items:
        found = item.recommendation
        if found.advice.advised:
            assert all(decision.advice.advised for decision in found.chosen.decisions)
            assert {d.organisation for d in found.chosen.decisions} == {found.chosen.organisation}


def test_profiles_that_favour_different_organisations_do_not_add_up_to_advice() -> None:
    """Myanmar: the guide would take the civic movement, the article the shadow government."""
    items = {i.recommendation.action.id: i.recommendation for i in brief_of("myanmar-2023").items}
    found = items["RS-18"]
    assert [p.advice for p in found.profiles] == [Advice.RECOMMEND, Advice.RECOMMEND]
    assert [p.fit_for for p in found.profiles] == [("cdm",), ("nug",)]
    assert found.advice is Advice.CONTESTED
    assert found.fit_for == ("nug",)


@pytest.mark.parametrize("name", CASES)
def test_only_what_is_advised_is_ranked(name: str) -> None:
    for item in brief_of(name).items:
        assert (item.standing is not None) is item.recommendation.advice.advised


@pytest.mark.parametrize("name", CASES)
def test_two_runs_give_the_same_bytes(name: str) -> None:
    situation = shipped_case(name)
    texts = []
    for _ in range(2):
        found = assess(situation, as_of=situation.as_of)
        rng = Generator(PCG64(seed_of(found, shipped())))
        texts.append(plain.encode(contract.brief(write_brief(found, shipped(), rng=rng))))
    assert texts[0] == texts[1]


@pytest.mark.parametrize("name", CASES)
def test_a_change_that_is_named_really_changes_the_verdict(name: str) -> None:
    found = brief_of(name)
    judges = [Judge(found.assessment, p) for p in found.profiles]
    held = {o.id: o for o in found.assessment.situation.organisations}
    for item in found.items:
        organisation = held.get(item.recommendation.chosen.organisation or "")
        for change in item.would_change:
            assumed = {(fact, subject): value for fact, subject, value in change.assumed}
            action = item.recommendation.action
            again = [judge.decide(action, organisation, assumed).advice for judge in judges]
            assert max(again, key=lambda advice: advice.strictness) is change.advice
            assert change.advice is not item.recommendation.advice


def test_prohibitions_do_not_change_with_facts() -> None:
    for item in brief_of("belarus-2020").items:
        if item.recommendation.advice in {Advice.PROHIBITED, Advice.REFERENCE_ONLY}:
            assert item.would_change == ()


def test_a_change_is_minimal() -> None:
    """G-06 lacks consent and protection: each alone leaves it closed, both open it."""
    item = next(i for i in brief_of("belarus-2020").items if i.recommendation.action.id == "G-06")
    opening = item.would_change[0]
    assert {fact for fact, _, _ in opening.assumed} == {"consent", "identity-protected"}


@pytest.mark.parametrize("name", CASES)
def test_questions_are_ranked_by_what_they_would_open(name: str) -> None:
    asked = brief_of(name).questions
    values = [question.value for question in asked]
    assert values == sorted(values, reverse=True)
    assert all(q.unlocks or q.helps for q in asked)
    assert all(q.evpi >= 0 for q in asked)


def test_a_question_says_whom_to_ask_and_what_asking_may_cost() -> None:
    consent = next(q for q in brief_of("belarus-2020").questions if q.fact == "consent")
    assert consent.risk_of_asking == "high"
    assert "safest channel" in consent.ask


def test_with_no_sign_of_a_phase_the_first_question_is_the_phase() -> None:
    found = made_brief(situation_of({"repression": "true", "movement-active": "true"}, signs=()))
    assert found.questions[0].fact == "phase"
    assert not any(i.recommendation.advice.advised for i in found.items)


def test_actions_in_tension_are_both_told() -> None:
    items = {i.recommendation.action.id: i for i in brief_of("belarus-2020").items}
    assert [other for other, _ in items["RS-06"].conflicts] == ["G-56"]
    assert [other for other, _ in items["G-56"].conflicts] == ["RS-06"]


def test_one_profile_alone_gives_its_own_name() -> None:
    assert brief_of("belarus-2020", "icnc").profile == "icnc"
    assert brief_of("belarus-2020").profile == "strictest"


def test_reasons_put_what_decides_first() -> None:
    order = [Verdict.FALSE, Verdict.UNKNOWN, Verdict.BOTH, Verdict.TRUE, Verdict.NOT_APPLICABLE]
    for item in brief_of("myanmar-2023").items:
        ranks = [order.index(r.verdict) for r in item.because if r.rule != "apt"]
        if item.recommendation.advice is not Advice.PROHIBITED:
            assert ranks == sorted(ranks)


def test_the_tree_of_recognition_reaches_claims() -> None:
    item = next(
        i
        for i in brief_of("myanmar-2023", "crm-atrocity").items
        if i.recommendation.action.id == "RS-18"
    )
    measured = next(r for r in item.because if r.rule == "REC-07")
    assert {"m34", "m35"} <= {leaf.rule for leaf in measured.leaves()}
    assert isinstance(measured, Argument)


def act(
    name: str,
    when: str = "",
    least: int | None = None,
    *,
    tool: str = "statement",
    prepared: bool = False,
) -> Act:
    """Make an act on a day, or with a known lag."""
    period = parse_period(when) if when else None
    return Act(name, "state", name, tool, period, (least, least), prepared, CITED, DAY)


def timed(*acts: Act) -> list[str]:
    """Audit acts after a trigger on 1 January 2024, and return the findings."""
    from dataclasses import replace

    situation = situation_of({})
    trigger = Trigger("vote", date(2024, 1, 1), CITED)
    return list(audit(replace(situation, trigger=trigger, acts=acts)).findings)


def test_a_case_without_trigger_cannot_be_timed() -> None:
    assert audit(situation_of({})).findings == ("no trigger is given, so nothing can be timed",)


def test_nothing_on_record_is_said_with_the_days_gone() -> None:
    assert timed() == ["no act is on record 152 days after the trigger"]


def test_a_quick_prepared_answer_with_many_tools_is_in_time() -> None:
    acts = [act(str(i), "2024-01-05", tool=f"tool {i}") for i in range(4)]
    acts.append(act("plan", least=0, prepared=True))
    assert timed(*acts) == ["in time, prepared and with several tools"]


def test_a_slow_answer_is_late_and_reactive() -> None:
    words = [finding.split(":")[0] for finding in timed(act("a", "2024-02-20"))]
    assert words == ["late", "reactive", "limited tools"]


def test_an_undated_act_is_neither_early_nor_late() -> None:
    found = timed(act("a", "../2024-03"))
    assert not any(finding.startswith("late") for finding in found)


def test_lags_are_written_as_they_are_known() -> None:
    from standwith.choose.audit import Lag

    made = act("x")
    assert str(Lag(made, None, None)) == "day not stated"
    assert str(Lag(made, 5, 5)) == "5 days"
    assert str(Lag(made, 31, None)) == "31 days or more"
    assert str(Lag(made, None, 9)) == "0 to 9 days"


def test_a_stricter_profile_never_frees_anything() -> None:
    both, one = brief_of("belarus-2020"), brief_of("belarus-2020", "icnc")
    freed = [
        a.recommendation.action.id
        for a, b in zip(both.items, one.items, strict=True)
        if a.recommendation.advice.strictness < b.recommendation.advice.strictness
    ]
    assert freed == []
    assert shipped_profile("icnc").id == "icnc"


@pytest.mark.parametrize(
    ("label", "marking"),
    [("TLP:CLEAR", "TLP:AMBER"), ("TLP:AMBER+STRICT", "TLP:AMBER+STRICT"), ("TLP:RED", "TLP:RED")],
)
def test_a_brief_is_marked_by_the_join_of_what_it_rests_on(label: str, marking: str) -> None:
    from dataclasses import replace

    from standwith.kernel.sensitivity import Sensitivity

    situation = situation_of({"repression": "true"})
    claim = replace(situation.claims[0], sensitivity=Sensitivity(label))
    found = made_brief(replace(situation, claims=(claim,)))
    assert found.marking.value == marking
    assert contract.brief(found)["sensitivity"] == marking
