"""Laws of advice: knowing worse never frees, being stricter never frees, order never matters."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import DAY, situation_of

from standwith.assess.assessment import assess
from standwith.assess.fact import fact_definitions
from standwith.assess.policy import Profile
from standwith.assess.profile import shipped
from standwith.assess.situation import Situation
from standwith.choose.advice import Advice
from standwith.choose.catalogue import catalogue
from standwith.choose.decide import Judge
from standwith.choose.recommend import recommend
from standwith.kernel.verdict import Verdict

FACTS = sorted(
    f.id for f in fact_definitions().values() if f.scope in {"situation", "organisation"}
)
WORDS = st.sampled_from(["true", "false", "unknown", "both"])
GIVEN = st.dictionaries(st.sampled_from(FACTS), WORDS, max_size=20)
KINDS = st.lists(
    st.sampled_from(["civic", "political", "armed"]), min_size=1, max_size=3, unique=True
)
SLOW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def advice(situation: Situation, profiles: tuple[Profile, ...]) -> dict[str, Advice]:
    """Return the advice on every entry."""
    found = assess(situation, as_of=DAY)
    judges = [Judge(found, profile) for profile in profiles]
    return {r.action.id: r.advice for r in recommend(judges, catalogue())}


@SLOW
@given(GIVEN, KINDS)
def test_more_profiles_never_free_anything(facts: dict[str, str], kinds: list[str]) -> None:
    situation = situation_of(facts, kinds=kinds)
    both = advice(situation, shipped())
    for profile in shipped():
        alone = advice(situation, (profile,))
        assert all(both[name].strictness >= alone[name].strictness for name in both)


@SLOW
@given(GIVEN, st.sampled_from(sorted(catalogue())))
def test_a_hold_of_a_ministry_never_frees_anything(facts: dict[str, str], name: str) -> None:
    situation = situation_of(facts)
    for profile in shipped():
        stricter = replace(profile, hold={name: "house rule"})
        before, after = advice(situation, (profile,)), advice(situation, (stricter,))
        assert after[name].strictness >= before[name].strictness
        assert all(after[other] is before[other] for other in after if other != name)


@SLOW
@given(GIVEN, st.sampled_from(sorted(catalogue())), st.sampled_from(["RQ", "CS", "NV", "RP"]))
def test_a_gate_of_a_ministry_never_frees_anything(
    facts: dict[str, str], name: str, gate: str
) -> None:
    situation = situation_of(facts)
    for profile in shipped():
        stricter = replace(profile, gates={name: (gate,)})
        before, after = advice(situation, (profile,)), advice(situation, (stricter,))
        assert after[name].strictness >= before[name].strictness


@SLOW
@given(GIVEN, KINDS)
def test_the_order_of_organisations_and_claims_never_matters(
    facts: dict[str, str], kinds: list[str]
) -> None:
    situation = situation_of(facts, kinds=kinds)
    turned = replace(
        situation,
        organisations=situation.organisations[::-1],
        claims=situation.claims[::-1],
    )
    assert advice(situation, shipped()) == advice(turned, shipped())


@SLOW
@given(GIVEN)
def test_another_organisation_never_takes_advice_away(facts: dict[str, str]) -> None:
    """An armed wing does not taint a civic part: what is advisable for one stays so."""
    alone = situation_of(facts, kinds=("civic",))
    beside = situation_of({}, kinds=("civic", "armed"))
    beside = replace(beside, claims=alone.claims)
    for profile in shipped():
        one, two = advice(alone, (profile,)), advice(beside, (profile,))
        movement = [a.id for a in catalogue().values() if a.recipient == "movement"]
        assert all(two[name].strictness <= one[name].strictness for name in movement)


@SLOW
@given(GIVEN, st.sampled_from(sorted(catalogue())))
def test_a_request_never_closes_anything(facts: dict[str, str], name: str) -> None:
    silent, asking = situation_of(facts), situation_of(facts, asks=(name,))
    for profile in shipped():
        before, after = advice(silent, (profile,)), advice(asking, (profile,))
        assert after[name].strictness <= before[name].strictness


@SLOW
@given(GIVEN, st.sampled_from(shipped()))
def test_a_fact_gate_that_turns_false_never_frees(facts: dict[str, str], profile: Profile) -> None:
    judge = Judge(assess(situation_of(facts), as_of=DAY), profile)
    for action in catalogue().values():
        for organisation in judge.recipients(action):
            decision = judge.decide(action, organisation)
            for gate in decision.gates:
                worse = judge.decide(
                    action, organisation, {(gate.fact, gate.subject): Verdict.FALSE}
                )
                if not any(item.otherwise for item in action.preconditions):
                    assert worse.advice.strictness >= decision.advice.strictness


@SLOW
@given(GIVEN, KINDS)
def test_every_decision_names_every_reason_that_holds_it(
    facts: dict[str, str], kinds: list[str]
) -> None:
    situation = situation_of(facts, kinds=kinds)
    for profile in shipped():
        judge = Judge(assess(situation, as_of=DAY), profile)
        for action in catalogue().values():
            for organisation in judge.recipients(action):
                decision = judge.decide(action, organisation)
                if decision.advice is Advice.HOLD:
                    closed = [g for g in decision.gates if g.verdict is Verdict.FALSE]
                    held = [row for row in decision.rows if row.outcome == "hold"]
                    assert closed or held or decision.fits_phase is Verdict.FALSE
