"""Gates: soundness over made situations, exhaustively for T3, and against a second encoding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import clingo
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import DAY, situation_of

from standwith.assess.assessment import assess
from standwith.assess.fact import fact_definitions
from standwith.assess.phase import indicators
from standwith.assess.picture import Assessment
from standwith.assess.policy import Profile
from standwith.assess.profile import shipped, shipped_profile
from standwith.choose.action import Action
from standwith.choose.advice import Advice
from standwith.choose.binding import fact_gates
from standwith.choose.catalogue import catalogue
from standwith.choose.decide import Judge
from standwith.choose.decision import Decision
from standwith.choose.release import by_id, current
from standwith.kernel.document import Data
from standwith.kernel.verdict import Verdict

Make = Callable[..., Assessment]
FACTS = sorted(
    f.id for f in fact_definitions().values() if f.scope in {"situation", "organisation"}
)
WORDS = st.sampled_from(["true", "false", "unknown", "both"])
SITUATIONS = st.builds(
    situation_of,
    st.dictionaries(st.sampled_from(FACTS), WORDS, max_size=len(FACTS)),
    kinds=st.lists(st.sampled_from(["civic", "political", "armed"]), min_size=1, unique=True),
    signs=st.lists(st.sampled_from(sorted(indicators())), max_size=3),
    asks=st.lists(st.sampled_from(sorted(catalogue())), max_size=20),
)
PROFILES = st.sampled_from(shipped())
RECORDS = by_id(current()["actions"])
GATES = {row["code"]: row for row in current()["gates"]}


def decisions(judge: Judge) -> Iterator[tuple[Action, Decision]]:
    """Decide every action for every organisation."""
    for action in catalogue().values():
        for organisation in judge.recipients(action):
            yield action, judge.decide(action, organisation)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SITUATIONS, PROFILES)
def test_no_situation_makes_the_engine_emit_what_is_never_done(
    situation: Data, profile: Profile
) -> None:
    judge = Judge(assess(situation, as_of=DAY), profile)
    for action, decision in decisions(judge):
        if action.tier == "T3":
            assert decision.advice in {Advice.PROHIBITED, Advice.NOT_WARRANTED}
        if action.tier == "REF":
            assert decision.advice is Advice.REFERENCE_ONLY


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SITUATIONS, PROFILES)
def test_whatever_is_advised_has_every_gate_open(situation: Data, profile: Profile) -> None:
    judge = Judge(assess(situation, as_of=DAY), profile)
    for action, decision in decisions(judge):
        if decision.advice.advised:
            assert all(gate.verdict is Verdict.TRUE for gate in decision.gates)
            assert judge.phases & set(action.phases)
            assert action.tier in {"T0", "T1", "T2"}
            if action.tier == "T2":
                assert {"counsel", "second-approver"} <= set(decision.pending)
            if action.tier == "T1":
                assert decision.pending


ALL = list(product(["true", "false", "unknown", "both"], repeat=4))


@pytest.mark.parametrize("profile", ["icnc", "crm-atrocity"])
def test_t3_stays_barred_under_every_value_of_what_could_excuse_it(
    profile: str, made: Make
) -> None:
    """Exhaustive over the four facts that the rules on lethal support read."""
    barred = [a for a in catalogue().values() if a.tier == "T3"]
    assert len(barred) == 11
    names = ("security-council-mandate", "chance-of-success", "atrocities", "armed-conflict")
    for values in ALL:
        judge = Judge(
            made(dict(zip(names, values, strict=True)), kinds=("armed",)), shipped_profile(profile)
        )
        for action in barred:
            for organisation in judge.recipients(action):
                assert not judge.decide(action, organisation).advice.advised


def test_t3_stays_barred_when_its_own_record_loses_every_gate() -> None:
    """The tier alone bars it, not the gates that happen to stand beside it."""
    judge = Judge(assess(situation_of(dict.fromkeys(FACTS, "true")), as_of=DAY), shipped()[0])
    for action in catalogue().values():
        if action.tier == "T3":
            bare = replace(action, preconditions=(), phases=(0, 1, 2, 3, 4), apt_when=("always",))
            assert judge.decide(bare, None).advice is Advice.PROHIBITED


LEVELS = [0, 0, 2, 3, 4, 5, 6, 7, 8]


def level(advice: Advice) -> int:
    """Return the level of the second encoding for a verdict; permit and recommend are one."""
    return LEVELS[advice.strictness]


def solved(program: str) -> dict[str, int]:
    """Run the second encoding and return the level of each action."""
    control = clingo.Control(["--warn=none"])
    control.load(str(Path(__file__).with_name("oracle.lp")))
    control.add("base", [], program)
    control.ground([("base", [])])
    found: dict[str, int] = {}
    control.solve(
        on_model=lambda m: found.update(
            {s.arguments[0].string: s.arguments[1].number for s in m.symbols(shown=True)}
        )
    )
    return found


def facts_for(judge: Judge, organisation: str | None) -> str:
    """Write a situation for the second encoding, from the raw records and raw claims."""
    lines = [f"held({phase})." for phase in judge.phases]
    lines += scope_of(judge)
    for name, row in RECORDS.items():
        lines.append(f'tier("{name}",{row["tier"].lower()}).')
        lines += [f'phase("{name}",{phase}).' for phase in row["phases"]]
        lines += gates_for(judge, row, organisation)
        decision = judge.decide(catalogue()[name], found(judge, organisation))
        lines += [
            f'row("{name}",{r.outcome.replace("-", "")}).'
            for r in decision.rows
            if r.outcome not in {"measured", "counsel"}
        ]
    return "\n".join(lines)


def found(judge: Judge, name: str | None) -> Data:
    """Find an organisation by id."""
    return next((o for o in judge.situation.organisations if o.id == name), None)


def scope_of(judge: Judge) -> list[str]:
    """Say what the scope tests of the article give: X1 first, then X2."""
    if judge.profile.base == "icnc":
        return []
    claims = {c.fact: raw(judge, c.fact, "situation") for c in judge.situation.claims}
    invasion = claims.get("invasion", "n")
    if invasion in "tb":
        return ["scope(out)." if invasion == "t" else "scope(contested)."]
    pair = {claims.get("repression", "n"), claims.get("coup", "n")}
    if "t" in pair:
        return []
    if "n" in pair:
        return ["scope(unknown)."]
    return ["scope(contested)."] if "b" in pair else ["scope(out)."]


def raw(judge: Judge, fact: str, subject: str) -> str:
    """Combine the made claims by hand: each made claim decides alone."""
    said = {c.value for c in judge.situation.claims if (c.fact, c.subject) == (fact, subject)}
    return {frozenset(): "n", frozenset({"true"}): "t", frozenset({"false"}): "f"}.get(
        frozenset(said), "b"
    )


def gates_for(judge: Judge, row: Data, organisation: str | None) -> Iterator[str]:
    """Say which fact gates bind a record and what is known of each."""
    codes = [p["gate"] for p in row["preconditions"] if "when" not in p and "otherwise" not in p]
    codes = [code for code in codes if code in GATES and GATES[code]["kind"] == "fact"]
    if judge.profile.base == "icnc" and row["recipient"] in {"movement", "armed"}:
        codes.append("NV")
    for code in dict.fromkeys(codes):
        yield f'factgate("{row["id"]}","{code}"). known("{row["id"]}","{code}",{known(judge, row, code, organisation)}).'


def known(judge: Judge, row: Data, code: str, organisation: str | None) -> str:
    """Say what is known of a gate: of a person, an organisation, a request or the situation."""
    fact = GATES[code]["fact"]
    scope = fact_definitions()[fact].scope
    if scope == "person":
        return "n"
    if fact == "request":
        asked = any(
            row["id"] in r.actions and organisation in {None, r.organisation}
            for r in judge.situation.requests
        )
        return "t" if asked else "n"
    if scope == "organisation":
        if organisation:
            return raw(judge, fact, organisation)
        values = {raw(judge, fact, o.id) for o in judge.situation.organisations}
        return next(v for v in "tnbf" if v in values)
    if fact == "repression-expected" and raw(judge, fact, "situation") == "n":
        claimed = any(c.fact == fact for c in judge.situation.claims)
        return "n" if claimed else raw(judge, "movement-active", "situation")
    return raw(judge, fact, "situation")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SITUATIONS, PROFILES)
def test_a_second_encoding_of_the_gates_agrees_on_every_action(
    situation: Data, profile: Profile
) -> None:
    judge = Judge(assess(situation, as_of=DAY), profile)
    for name in (None, *(o.id for o in situation.organisations)):
        levels = solved(facts_for(judge, name))
        for action in catalogue().values():
            if any(p.otherwise for p in action.preconditions):
                continue
            if name in {o.id if o else None for o in judge.recipients(action)}:
                decision = judge.decide(action, found(judge, name))
                assert levels[action.id] == level(decision.advice), (action.id, decision)


def test_an_unknown_fact_never_opens_a_gate(made: Make) -> None:
    judge = Judge(made({}), shipped_profile("icnc"))
    for action in catalogue().values():
        for organisation in judge.recipients(action):
            if fact_gates(action, judge.profile):
                assert not judge.decide(action, organisation).advice.advised


def test_a_contested_fact_is_contested_and_not_decided(made: Make) -> None:
    judge = Judge(made({"nonviolent": "both", "movement-active": "true"}), shipped_profile("icnc"))
    decision = judge.decide(catalogue()["G-20"], judge.situation.organisations[0])
    assert decision.advice is Advice.CONTESTED


def test_a_gate_that_binds_only_in_a_case_blocks_nothing_before() -> None:
    named = [p for p in catalogue()["G-39"].preconditions if p.when]
    assert [p.gate for p in named] == ["CS"]
    assert not fact_gates(catalogue()["G-39"], shipped_profile("icnc"))


def test_a_ministry_s_own_hold_and_gates_are_added(made: Make) -> None:
    own = replace(
        shipped_profile("icnc"),
        id="own",
        hold={"G-38": "not our way"},
        gates={"G-21": ("RQ", "LB")},
    )
    judge = Judge(made({"repression": "true"}), own)
    assert judge.decide(catalogue()["G-38"], None).advice is Advice.HOLD
    asked = judge.decide(catalogue()["G-21"], None)
    assert asked.advice is Advice.NEEDS_INFO
    assert "legal-basis" in asked.pending


def test_consent_given_for_an_action_opens_it(made: Make) -> None:
    from tests.conftest import _claim

    judge = Judge(
        made(
            {"repression": "true", "nonviolent": "true"},
            extra=[_claim("s", "G-10", "consent", "true")],
        ),
        shipped_profile("icnc"),
    )
    assert (
        judge.decide(catalogue()["G-10"], judge.situation.organisations[0]).advice
        is Advice.RECOMMEND
    )
    assert judge.decide(catalogue()["G-12"], None).advice is Advice.NEEDS_INFO


def test_without_an_armed_organisation_armed_aid_has_no_recipient(made: Make) -> None:
    judge = Judge(
        made({"armed-conflict": "true", "repression": "true"}), shipped_profile("crm-atrocity")
    )
    assert judge.recipients(catalogue()["RS-14"]) == (None,)
    assert not judge.decide(catalogue()["RS-14"], None).advice.advised
