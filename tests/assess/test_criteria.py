"""Criteria as data: the cases that stand in each record, and those that no record can hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from standwith.assess.criteria import criteria
from standwith.assess.fact import fact_definitions
from standwith.assess.picture import Assessment
from standwith.choose.release import current
from standwith.kernel.document import Data
from standwith.kernel.verdict import Verdict

CASES = [(row["id"], case) for row in current()["criteria"] for case in row["cases"]]
Make = Callable[..., Assessment]


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{n}: {c['name']}" for n, c in CASES])
def test_a_criterion_decides_its_own_cases(name: str, case: Data, made: Make) -> None:
    found = made(case["given"])
    finding = found.organisations["civic"].get(name) or found.criteria[name]
    assert finding.verdict.value == case["expect"]


def test_there_are_37_criteria_and_gates_in_the_order_of_the_sources() -> None:
    names = list(criteria())
    assert len(names) == 37
    assert [names.index(first) for first in ("K01", "R1", "J1", "E1", "N1", "P1", "X1")] == [
        0,
        19,
        25,
        31,
        32,
        34,
        35,
    ]


def test_every_criterion_has_a_passage_and_every_fact_a_question() -> None:
    assert all(c.citation.lines for c in criteria().values())
    assert all(f.question.endswith("?") and f.ask for f in fact_definitions().values())


@pytest.mark.parametrize("name", [n for n, c in criteria().items() if c.decidable])
def test_with_nothing_claimed_no_criterion_is_met(name: str, made: Make) -> None:
    found = made({})
    finding = found.organisations["civic"].get(name) or found.criteria[name]
    assert finding.verdict is Verdict.UNKNOWN


def test_organisations_are_assessed_on_their_own_record(made: Make) -> None:
    from tests.conftest import _claim

    extra = [
        _claim("x", "armed", "nonviolent", "false"),
        _claim("y", "civic", "nonviolent", "true"),
    ]
    found = made({}, kinds=("civic", "armed"), extra=extra)
    assert found.organisations["civic"]["K02"].verdict is Verdict.TRUE
    assert found.organisations["armed"]["K02"].verdict is Verdict.FALSE


def test_a_finding_leads_down_to_claim_and_passage(made: Make) -> None:
    argument = made({"inclusive": "true"}).organisations["civic"]["R2"].argument
    assert [leaf.rule for leaf in argument.leaves()] == ["inclusive-civic-true"]
    assert [str(c) for c in argument.citations()] == ["crm-atrocity L112", "made L1"]


def test_an_unverified_request_is_no_request(made: Make) -> None:
    asked = made({}, asks=("G-33",))
    assert asked.organisations["civic"]["K01"].verdict is Verdict.TRUE
    assert made({}).organisations["civic"]["K01"].verdict is Verdict.UNKNOWN


def test_a_criterion_holds_only_while_it_is_valid(
    made: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = dict(criteria())
    dated = replace(known["R2"], valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31))
    assert not dated.in_force(date(2024, 12, 31))
    assert dated.in_force(date(2025, 12, 31))
    assert not dated.in_force(date(2026, 1, 1))
    monkeypatch.setattr("standwith.assess.assessment.criteria", lambda: {**known, "R2": dated})
    found = made({"inclusive": "true"}).organisations["civic"]
    assert "R2" not in found
    assert "R3" in found
