"""What would change the advice, and which question is worth most."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import DAY, situation_of

from standwith.assess.assessment import assess
from standwith.assess.fact import fact_definitions
from standwith.assess.picture import Assessment
from standwith.assess.policy import Profile
from standwith.assess.profile import shipped, shipped_profile
from standwith.choose.advice import Advice
from standwith.choose.catalogue import catalogue
from standwith.choose.change import open_keys, would_change
from standwith.choose.decide import PHASE, Judge
from standwith.choose.recommend import recommend
from standwith.choose.recommendation import Change, Question
from standwith.choose.value import CHANCE, questions
from standwith.kernel.verdict import Verdict

Make = Callable[..., Assessment]
OPEN = {
    "repression": "true",
    "movement-active": "true",
    "invasion": "false",
    "coup": "false",
    "armed-conflict": "false",
}


def judged(found: Assessment, profile: str = "icnc") -> Judge:
    """Judge under a shipped profile."""
    return Judge(found, shipped_profile(profile))


def changes(found: Assessment, name: str, profile: str = "icnc") -> tuple[Change, ...]:
    """Find what would change the advice on an action for its first recipient."""
    judge = judged(found, profile)
    action = catalogue()[name]
    decision = judge.decide(action, judge.recipients(action)[0])
    return would_change([judge], action, [decision])


def test_a_missing_fact_may_turn_either_way(made: Make) -> None:
    found = changes(made({**OPEN, "nonviolent": "true"}), "G-02")
    assert [(c.assumed[0][0], c.assumed[0][2], c.advice) for c in found] == [
        ("nonviolent", Verdict.FALSE, Advice.HOLD)
    ]
    asked = changes(made({**OPEN, "nonviolent": "true"}), "G-36")
    assert (("request", "G-36@civic", Verdict.TRUE),) in {c.assumed for c in asked}
    assert {c.advice for c in asked} == {Advice.RECOMMEND, Advice.HOLD}


def test_a_contested_fact_may_turn_either_way(made: Make) -> None:
    found = changes(made({**OPEN, "nonviolent": "both"}), "G-02")
    assert {c.advice for c in found} == {Advice.RECOMMEND, Advice.HOLD}


def test_two_missing_facts_need_a_pair(made: Make) -> None:
    found = changes(made({**OPEN, "nonviolent": "unknown"}), "G-36")
    opening = [c for c in found if c.advice.advised]
    assert [len(c.assumed) for c in opening] == [2]
    closing = [c for c in found if not c.advice.advised]
    assert all(len(c.assumed) == 1 for c in closing)


def test_three_missing_facts_are_found_at_once(made: Make) -> None:
    found = changes(made({**OPEN, "nonviolent": "unknown"}), "G-50")
    opening = next(c for c in found if c.advice.advised)
    assert {fact for fact, _, _ in opening.assumed} == {
        "request",
        "identity-protected",
        "nonviolent",
    }


def test_what_holds_for_another_reason_is_not_opened_by_facts(made: Make) -> None:
    """G-18 belongs to quiet times: no fact of the situation opens it."""
    assert changes(made(OPEN), "G-18") == ()


def test_an_unknown_phase_is_a_fact_that_may_change_the_advice(made: Make) -> None:
    found = made(OPEN, signs=())
    judge = judged(found)
    decision = judge.decide(catalogue()["G-38"], None)
    assert decision.advice is Advice.NEEDS_INFO
    assert PHASE in open_keys(judge, decision)
    assert changes(found, "G-38")[0].advice is Advice.RECOMMEND


@pytest.mark.parametrize("name", ["G-29", "G-60", "RS-12", "SF-01"])
def test_no_fact_changes_what_is_never_done(made: Make, name: str) -> None:
    assert changes(made(OPEN), name) == ()


def asked(found: Assessment) -> tuple[Question, ...]:
    """Rank the questions of an assessed situation under both profiles."""
    judges = {p.id: Judge(found, p) for p in shipped()}
    advice = recommend(list(judges.values()), catalogue())
    return questions(judges, advice, dict.fromkeys(catalogue(), 1.0))


def test_with_utility_one_the_value_counts_what_an_answer_opens(made: Make) -> None:
    for question in asked(made({**OPEN, "nonviolent": "true"})):
        assert question.value == pytest.approx(CHANCE * len(question.unlocks))
        assert question.evpi in {0.0, CHANCE}


def test_the_best_single_action_gains_only_where_nothing_as_good_is_advised(made: Make) -> None:
    everything = asked(made({**OPEN, "nonviolent": "true"}))
    assert all(question.evpi == 0 for question in everything)
    nothing = asked(made(OPEN, signs=()))
    assert nothing[0].fact == "phase"
    assert nothing[0].evpi == CHANCE


def test_an_answer_that_opens_nothing_alone_says_what_it_helps(made: Make) -> None:
    found = {q.fact: q for q in asked(made({**OPEN, "nonviolent": "true"}))}
    assert "G-06" in found["consent"].helps
    assert "G-10" in found["consent"].unlocks
    assert not set(found["consent"].helps) & set(found["consent"].unlocks)


def test_questions_of_criteria_are_asked_as_facts(made: Make) -> None:
    facts = {q.fact for q in asked(made({**OPEN, "nonviolent": "true"}))}
    assert {"inclusive", "deliberative", "human-rights"} <= facts
    assert facts <= set(fact_definitions())


def test_a_fact_that_is_known_is_not_asked_for(made: Make) -> None:
    known = {f: "true" for f, d in fact_definitions().items() if d.scope == "organisation"}
    open_facts = {q.fact for q in asked(made({**OPEN, **known}))}
    assert not open_facts & (set(known) - {"request"})
    assert "consent" in open_facts


FACTS = sorted(f.id for f in fact_definitions().values() if f.scope == "situation")
WORDS = st.sampled_from(["true", "false", "unknown", "both"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(FACTS), WORDS), st.sampled_from(shipped()))
def test_every_change_that_is_named_changes_something(
    facts: dict[str, str], profile: Profile
) -> None:
    judge = Judge(assess(situation_of(facts), as_of=DAY), profile)
    for action in catalogue().values():
        for organisation in judge.recipients(action):
            decision = judge.decide(action, organisation)
            for change in would_change([judge], action, [decision]):
                assumed = {(fact, about): value for fact, about, value in change.assumed}
                again = judge.decide(action, organisation, assumed)
                assert again.advice is change.advice is not decision.advice
