"""Evidence: statuses by fact and subject, requests by action and organisation, arguments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.conftest import CITED, DAY, situation_of

from standwith.assess.evidence import Evidence
from standwith.assess.situation import Request, Situation, as_known
from standwith.kernel.verdict import Verdict


def asked(**more: object) -> Situation:
    """A situation in which the civic organisation asks for G-33, with fields changed."""
    situation = situation_of({}, asks=("G-33",))
    request = replace(situation.requests[0], **more)  # type: ignore[arg-type]
    return replace(situation, requests=(request,))


def test_a_fact_is_known_of_its_own_subject_alone() -> None:
    found = Evidence(situation_of({"nonviolent": "true", "repression": "false"}))
    assert found.verdict("nonviolent", "civic") is Verdict.TRUE
    assert found.verdict("nonviolent", "somebody") is Verdict.UNKNOWN
    assert found.verdict("repression") is Verdict.FALSE


def test_a_status_is_worked_out_once() -> None:
    found = Evidence(situation_of({"repression": "true"}))
    assert found.status("repression") is found.status("repression")


@pytest.mark.parametrize(
    ("kinds", "values", "verdict"),
    [
        (("civic",), ("true",), Verdict.TRUE),
        (("civic", "armed"), ("false", "true"), Verdict.TRUE),
        (("civic", "armed"), ("false", "false"), Verdict.FALSE),
        (("civic", "armed"), ("false", "unknown"), Verdict.UNKNOWN),
        (("civic", "armed"), ("false", "both"), Verdict.BOTH),
    ],
)
def test_a_fact_of_any_organisation_is_their_disjunction(
    kinds: tuple[str, ...], values: tuple[str, ...], verdict: Verdict
) -> None:
    situation = situation_of({}, kinds=kinds)
    claims = []
    for kind, value in zip(kinds, values, strict=True):
        one = situation_of({"coordinated": value}, kinds=(kind,))
        claims += list(one.claims)
    found = Evidence(replace(situation, claims=tuple(claims)))
    assert found.any_organisation("coordinated") is verdict


def test_a_request_counts_for_its_action_and_organisation() -> None:
    found = Evidence(asked())
    assert found.requested("G-33", "civic") is Verdict.TRUE
    assert found.requested("G-33", None) is Verdict.TRUE
    assert found.requested("G-33", "other") is Verdict.UNKNOWN
    assert found.requested("G-35", "civic") is Verdict.UNKNOWN


def test_a_withdrawn_request_closes_and_an_expired_or_unverified_one_asks_again() -> None:
    assert Evidence(asked(withdrawn=DAY)).requested("G-33", "civic") is Verdict.FALSE
    assert Evidence(asked(until=date(2024, 5, 1))).requested("G-33", None) is Verdict.UNKNOWN
    assert Evidence(asked(verified=False)).requested("G-33", None) is Verdict.UNKNOWN


def test_a_request_for_everything_counts_for_each() -> None:
    assert Evidence(asked(actions=("*",))).requested("G-74", "civic") is Verdict.TRUE


def test_a_request_not_yet_recorded_is_not_known() -> None:
    later = asked(recorded=date(2024, 7, 1))
    assert as_known(later, as_of=DAY).requests == ()


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("true", Verdict.TRUE),
        ("false", Verdict.FALSE),
        ("partly", Verdict.UNKNOWN),
        ("n/a", Verdict.NOT_APPLICABLE),
    ],
)
def test_an_argument_has_a_leaf_for_each_claim(value: str, verdict: Verdict) -> None:
    argument = Evidence(situation_of({"inclusive": value})).argue("inclusive", "civic")
    assert [leaf.verdict for leaf in argument.leaves()] == [verdict]
    assert argument.premises[0].citation == CITED


def test_an_argument_names_what_is_not_counted() -> None:
    situation = situation_of({"repression": "true"})
    spoilt = replace(situation.claims[0], inadmissible="hearsay")
    argument = Evidence(replace(situation, claims=(spoilt,))).argue("repression")
    assert argument.verdict is Verdict.UNKNOWN
    assert "not counted: hearsay" in argument.premises[0].statement


def test_a_request_stands_from_its_day_to_its_end() -> None:
    request = Request(
        id="q",
        organisation="civic",
        actions=("G-33",),
        given=date(2024, 1, 1),
        until=date(2024, 3, 1),
        withdrawn=date(2024, 2, 1),
        verified=True,
        channel="letter",
        source=CITED,
        recorded=date(2024, 1, 1),
    )
    assert not request.stands_on(date(2023, 12, 31))
    assert request.stands_on(date(2024, 1, 1))
    assert request.stands_on(date(2024, 1, 31))
    assert not request.stands_on(date(2024, 2, 1))
    kept = replace(request, withdrawn=None)
    assert kept.stands_on(date(2024, 3, 1))
    assert not kept.stands_on(date(2024, 3, 2))
