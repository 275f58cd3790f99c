"""What binds an action: fact gates, sign-offs, what comes first, under each profile."""

from __future__ import annotations

from dataclasses import replace

import pytest

from standwith.assess.profile import shipped_profile
from standwith.choose.binding import (
    bind,
    coming_first,
    fact_gates,
    pending_of,
    subject_of,
)
from standwith.choose.catalogue import catalogue
from standwith.choose.gate import COUNSEL, SIGN_OFF_WORDS, gates

ICNC = shipped_profile("icnc")
ARTICLE = shipped_profile("crm-atrocity")

FACT_GATES = [
    ("G-01", "icnc", ["CS", "NV"]),
    ("G-01", "crm-atrocity", ["CS"]),
    ("G-03", "icnc", ["RQ", "NV"]),
    ("G-06", "crm-atrocity", ["CS", "ID!"]),
    ("G-12", "icnc", ["CS", "RP"]),
    ("G-28", "icnc", ["PRE"]),
    ("G-35", "crm-atrocity", ["RQ", "NV"]),
    ("G-37", "icnc", ["RP"]),
    ("G-39", "icnc", []),
    ("G-55", "icnc", ["NH"]),
    ("G-57", "icnc", ["MC", "NH"]),
    ("G-59a", "icnc", ["PRE"]),
    ("G-59b", "icnc", ["RP"]),
    ("G-59c", "icnc", []),
    ("CO-08", "icnc", ["GA"]),
    ("CO-14c", "icnc", []),
    ("RS-13", "crm-atrocity", ["N1", "N2"]),
    ("RS-13", "icnc", ["N1", "N2", "NV"]),
    ("RS-17", "icnc", ["NV"]),
    ("RS-37", "crm-atrocity", []),
]


@pytest.mark.parametrize(("name", "profile", "expected"), FACT_GATES)
def test_the_fact_gates_of_an_action(name: str, profile: str, expected: list[str]) -> None:
    found = fact_gates(catalogue()[name], shipped_profile(profile))
    assert [item.gate for item in found] == expected


PENDING = [
    ("G-05", ["risk"]),
    ("G-11", ["risk"]),
    ("G-19a", ["evidence"]),
    ("G-34", ["legal-basis"]),
    ("G-37", ["evidence", "legal-basis", "counsel", "second-approver"]),
    ("G-41", ["neutrality"]),
    ("G-43", []),
    ("G-59", ["risk"]),
    ("G-62", []),
    ("G-75", ["evidence", "identity-protection"]),
    ("CO-14c", ["legal-basis", "counsel", "second-approver"]),
    ("RS-18", ["intention-and-proportionality", "counsel", "second-approver"]),
    ("RS-32", ["local-ownership"]),
]


@pytest.mark.parametrize(("name", "expected"), PENDING)
def test_the_sign_offs_of_an_action(name: str, expected: list[str]) -> None:
    assert list(pending_of(catalogue()[name], ARTICLE)) == expected


def test_a_sign_off_of_the_article_does_not_bind_under_the_guide() -> None:
    assert "intention-and-proportionality" not in pending_of(catalogue()["RS-18"], ICNC)


def test_counsel_can_be_asked_for_a_lower_tier() -> None:
    action = catalogue()["RS-28"]
    assert action.tier == "T1"
    assert not set(COUNSEL) & set(pending_of(action, ARTICLE))
    assert set(COUNSEL) <= set(pending_of(action, ARTICLE, counsel=True))


@pytest.mark.parametrize("name", ["G-29", "RS-12", "SF-01", "BY-01"])
def test_what_is_barred_waits_for_nothing(name: str) -> None:
    binding = bind(catalogue()[name], ARTICLE)
    assert binding.pending == binding.pending_with_counsel == ()


FIRST = [
    ("G-14", ("G-01",)),
    ("G-37", ("CN",)),
    ("G-71", ("G-70",)),
    ("RS-37", ("CN", "RS-33")),
    ("G-08", ()),
]


@pytest.mark.parametrize(("name", "expected"), FIRST)
def test_what_comes_first(name: str, expected: tuple[str, ...]) -> None:
    assert coming_first(catalogue()[name]) == expected


SUBJECTS = [
    ("repression", "G-37", "", ""),
    ("nonviolent", "G-02", "nug", "nug"),
    ("consent", "G-10", "nug", "G-10"),
    ("request", "G-33", "nug", "G-33@nug"),
    ("request", "RS-37", "", "RS-37@"),
]


@pytest.mark.parametrize(("fact", "action", "organisation", "expected"), SUBJECTS)
def test_what_a_fact_is_about(fact: str, action: str, organisation: str, expected: str) -> None:
    assert subject_of(fact, action, organisation) == expected


def test_a_gate_may_have_a_stand_in_under_the_article_alone() -> None:
    assert bind(catalogue()["RS-17"], ARTICLE).gates[0].otherwise == "no-escalation"
    assert bind(catalogue()["RS-17"], ICNC).gates[0].otherwise == ""


def test_a_gate_of_a_ministry_that_is_there_already_is_not_doubled() -> None:
    own = replace(ICNC, gates={"G-03": ("RQ", "NV", "LB")})
    assert [item.gate for item in fact_gates(catalogue()["G-03"], own)] == ["RQ", "NV"]
    assert list(pending_of(catalogue()["G-03"], own)) == ["risk", "legal-basis"]


def test_every_sign_off_has_a_word_and_every_word_a_gate() -> None:
    signed = {code for code, gate in gates().items() if gate.kind == "sign-off"}
    assert signed == set(SIGN_OFF_WORDS)


def test_every_gate_has_its_passage() -> None:
    assert all(gate.citation.lines for gate in gates().values())
    assert {gate.kind for gate in gates().values()} == {"fact", "sign-off", "coordination"}


@pytest.mark.parametrize("name", list(catalogue()))
def test_every_action_binds_without_fault_under_both_profiles(name: str) -> None:
    for profile in (ICNC, ARTICLE):
        binding = bind(catalogue()[name], profile)
        assert all(gate.fact for gate in binding.gates)
        assert len(set(binding.pending)) == len(binding.pending)
