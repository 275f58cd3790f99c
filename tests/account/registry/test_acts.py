"""Who did what to whom: told from the records; a name leaves the house behind the gate alone."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.account.registry.episodes import episode

from standwith.account.registry.acts import CODES, WITHHELD, Act, acts
from standwith.account.registry.measure_data import UnusableMeasure, measure_of
from standwith.account.registry.perpetrators import (
    ANSWER_DAYS,
    Evidence,
    Involvement,
    Rank,
    gate,
    nameable,
)
from standwith.account.registry.record import Charge
from standwith.account.registry.vocabulary import Detention, Family
from standwith.kernel.verdict import Verdict

TODAY = date(2024, 6, 1)
SAID: dict[str, Any] = {
    "when": "2020-08-12",
    "source": "a court file",
    "person": "p",
    "name": "Judge Example",
    "office": "a district court",
    "country": "BY",
    "degree": "carried_out",
    "branch": "judiciary",
    "evidence": "reasonable_grounds",
    "rank": "senior",
    "minor": "no",
    "sources": "2",
    "asked": "2024-01-01",
    "agreed_by": "somebody",
}


def involvement(**more: object) -> Involvement:
    found = measure_of("i1", "involvement", "2024-01-01", SAID | more)
    assert isinstance(found, Involvement)
    return found


def refused(one: Involvement) -> dict[str, Verdict]:
    return {each.name: each.met for each in gate(one, TODAY) if each.met is not Verdict.TRUE}


def test_a_name_passes_where_every_condition_is_met() -> None:
    assert refused(involvement()) == {}
    assert nameable(involvement(), TODAY)


@pytest.mark.parametrize(
    ("more", "which", "met"),
    [
        ({"evidence": "possible"}, "evidence", Verdict.FALSE),
        ({"evidence": ""}, "evidence", Verdict.FALSE),
        ({"sources": "1"}, "sources", Verdict.FALSE),
        ({"sources": ""}, "sources", Verdict.UNKNOWN),
        ({"asked": ""}, "answer", Verdict.FALSE),
        ({"asked": "2024-05-25"}, "answer", Verdict.FALSE),
        ({"rank": "low"}, "rank", Verdict.FALSE),
        ({"rank": ""}, "rank", Verdict.UNKNOWN),
        ({"minor": "yes"}, "age", Verdict.FALSE),
        ({"minor": ""}, "age", Verdict.UNKNOWN),
        ({"agreed_by": ""}, "second", Verdict.FALSE),
    ],
)
def test_one_condition_that_is_not_surely_met_withholds_the_name(
    more: dict[str, str], which: str, met: Verdict
) -> None:
    one = involvement(**more)
    assert refused(one) == {which: met}
    assert not nameable(one, TODAY)


def test_a_court_that_found_it_needs_no_second_source() -> None:
    assert nameable(involvement(evidence="court_finding", sources=""), TODAY)


def test_an_answer_ends_the_time_in_which_it_was_waited_for() -> None:
    one = involvement(asked="2024-05-31", reply="I was abroad that day.")
    assert nameable(one, TODAY)


@given(st.integers(0, 60))
def test_who_was_asked_has_time_to_answer(days: int) -> None:
    one = replace(involvement(), asked=TODAY - timedelta(days=days))
    assert nameable(one, TODAY) == (days > ANSWER_DAYS)


@given(
    evidence=st.sampled_from(Evidence),
    rank=st.sampled_from(Rank),
    minor=st.sampled_from([None, True, False]),
    sources=st.sampled_from([None, 1, 2, 3]),
    agreed=st.booleans(),
)
def test_what_is_not_known_never_opens_the_gate(**said: Any) -> None:
    one = replace(involvement(), **said)
    if nameable(one, TODAY):
        assert one.minor is False
        assert one.agreed
        assert one.rank in {Rank.SENIOR, Rank.MIDDLE}
        assert one.evidence is Evidence.COURT_FINDING or (one.sources or 0) >= 2


def test_what_is_wrong_in_an_involvement_is_told_by_field() -> None:
    with pytest.raises(UnusableMeasure) as caught:
        involvement(name="", degree="boss", sources="many", asked="soon")
    assert set(caught.value.fields) == {"name", "degree", "sources", "asked"}


def told(*measures: Any, **more: Any) -> list[Act]:
    held = episode("arrested 2020-08-10", "sentenced 2021-03-01", **more)
    return acts([held], measures, TODAY)


def test_an_episode_is_an_act_with_its_law_its_place_and_who_says_so() -> None:
    charges = (Charge(Family.ASSEMBLY, raw="Article 342"),)
    (act,) = told(charges=charges, facility="Colony 9", authority="a ministry",
                  detention=Detention.ADMINISTRATIVE)  # fmt: skip
    assert (act.kind, act.code, act.victim) == ("deprivation_of_liberty", "2901", "p")
    assert (act.when, act.country, act.place) == ("2020-08-10", "BY", "Colony 9")
    assert (act.law, act.authority) == ("Article 342", "a ministry")
    assert act.sources


def test_the_name_stands_beside_the_act_where_the_gate_is_passed() -> None:
    (act,) = told(involvement(reply="I deny it."))
    (part,) = act.parts
    assert (part.name, part.office, part.reply) == (
        "Judge Example", "a district court", "I deny it.",
    )  # fmt: skip


def test_a_name_that_does_not_pass_is_nowhere_in_what_is_told() -> None:
    found = told(involvement(rank="low", reply="I deny it."))
    (part,) = found[0].parts
    assert (part.name, part.office, part.reply) == (WITHHELD, "", "")
    assert part.degree == "carried_out"
    assert "Judge Example" not in str(found)
    assert "district court" not in str(found)


def test_an_involvement_belongs_to_the_episode_of_its_time() -> None:
    first = episode("arrested 2019-01-01", "released 2019-02-01", name="p-1")
    second = episode("arrested 2020-08-10", name="p-2")
    found = acts([first, second], [involvement()], TODAY)
    assert [(act.id, len(act.parts)) for act in found] == [("p-1", 0), ("p-2", 1)]
    early = involvement(when="2018-12-31")
    assert [len(act.parts) for act in acts([first, second], [early], TODAY)] == [1, 0]


def test_an_involvement_in_what_no_episode_tells_is_an_act_of_its_own() -> None:
    (act,) = acts([], [involvement()], TODAY)
    assert (act.kind, act.victim, len(act.parts)) == ("unknown", "p", 1)


def test_restrictions_and_acts_across_borders_are_acts() -> None:
    ban = measure_of("m1", "restriction", "2024-01-01",
                     {"when": "2021", "source": "s", "person": "p", "country": "BY",
                      "tactic": "travel_ban"})  # fmt: skip
    abroad = measure_of("m2", "transnational", "2024-01-01",
                        {"when": "2022", "source": "s", "country": "BY", "host": "PL",
                         "tactic": "assault", "persons": "3"})  # fmt: skip
    found = {act.id: act for act in acts([], [ban, abroad], TODAY)}
    assert (found["m1"].kind, found["m1"].victim) == ("travel_ban", "p")
    assert (found["m2"].victim, found["m2"].country, found["m2"].authority) == ("3", "PL", "BY")


def test_every_type_of_detention_has_a_code() -> None:
    assert set(CODES) == set(Detention)
    assert len(set(CODES.values())) == len(CODES)


def test_no_field_of_an_act_but_its_parts_can_hold_a_perpetrator() -> None:
    assert {field.name for field in fields(Act)} - {"parts"} == {
        "id", "victim", "kind", "code", "when", "country", "place", "law", "authority", "sources",
    }  # fmt: skip
