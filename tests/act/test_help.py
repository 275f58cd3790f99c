"""Cases of help: steps in their order, two referees, two who decide, and times that were measured."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.act.protection.help import (
    NEEDS,
    STEPS,
    Taken,
    UnusableStep,
    check,
    expiries,
    hours,
    late,
    pace,
    state_of,
)

BEGIN = datetime(2024, 3, 1, 9, tzinfo=UTC)
FULL = {
    "priority": "P1",
    "eligible_why": "documented work",
    "referee_one": "a partner",
    "referee_two": "another partner",
    "risk": "the transfer is watched",
    "decision": "approve",
    "decision_why": "urgent",
    "reference": "T-1",
    "check_in": "spoke by phone",
    "outcome": "safe",
    "learned": "ask for the second phone",
}


def history(*steps: str, by: str = "ann", every: float = 1.0) -> list[Taken]:
    """Lay steps one after the other, some hours apart."""
    return [
        Taken(step, (BEGIN + timedelta(hours=every * i)).isoformat(), by)
        for i, step in enumerate(steps)
    ]


def until(step: str) -> list[Taken]:
    """The history of a case up to a step."""
    return history(*STEPS[: STEPS.index(step) + 1])


@pytest.mark.parametrize("step", [step for step in STEPS[1:] if step != "decided"])
def test_each_step_follows_the_one_before_it(step: str) -> None:
    before = STEPS[STEPS.index(step) - 1]
    assert check(step, until(before), FULL, "ann")


@pytest.mark.parametrize("step", STEPS[2:])
def test_no_step_is_left_out(step: str) -> None:
    with pytest.raises(UnusableStep, match="the next step is acknowledged") as caught:
        check(step, until("received"), FULL, "ann")
    assert caught.value.field == "step"


@pytest.mark.parametrize(
    ("step", "field"), [(step, field) for step, needed in NEEDS.items() for field in needed]
)
def test_what_a_step_needs_must_be_there(step: str, field: str) -> None:
    before = until(STEPS[STEPS.index(step) - 1])
    with pytest.raises(UnusableStep) as caught:
        check(step, before, FULL | {field: " "}, "ann")
    assert caught.value.field == field


def test_one_referee_twice_is_one() -> None:
    with pytest.raises(UnusableStep, match="independent"):
        check("verified", until("eligible"), FULL | {"referee_two": "a partner "}, "ann")


def test_a_decision_takes_two_persons() -> None:
    before = until("assessed")
    assert not check("decided", before, FULL, "ann")
    first = [*before, Taken("decision_proposed", BEGIN.isoformat(), "ann")]
    assert state_of(first) == "assessed"
    with pytest.raises(UnusableStep, match="another person"):
        check("decided", first, FULL, "ann")
    assert check("decided", first, FULL, "bea")


def test_checking_in_may_be_done_again() -> None:
    assert check("checked_in", until("checked_in"), FULL, "ann")


def test_a_closed_case_has_no_next_step() -> None:
    with pytest.raises(UnusableStep, match="closed"):
        check("closed", until("closed"), FULL, "ann")


def test_hours_are_measured_from_step_to_step() -> None:
    told = history("received", "acknowledged", "triaged", every=6)
    assert hours(told, "received", "triaged") == 12
    assert hours(told, "received", "paid") is None


def test_of_a_step_taken_twice_the_first_counts() -> None:
    told = history("received", "checked_in", "checked_in", every=5)
    assert hours(told, "received", "checked_in") == 5


def test_the_pace_leaves_out_who_is_not_there_yet() -> None:
    quick, slow = history("received", "decided", every=2), history("received", "decided", every=10)
    found = pace([quick, slow, history("received")], "received", "decided")
    assert (found.number, found.median) == (2, 6.0)
    assert found.ninth == pytest.approx(9.2)
    assert pace([history("received")], "received", "paid").median is None


@pytest.mark.parametrize(("priority", "limit"), [("P1", 24), ("P2", 168), ("P3", 504)])
def test_a_decision_is_overdue_by_its_priority(priority: str, limit: int) -> None:
    told = history("received")
    assert not late(told, priority, BEGIN + timedelta(hours=limit))
    assert late(told, priority, BEGIN + timedelta(hours=limit, minutes=1))
    assert not late(history("received", "decided"), priority, BEGIN + timedelta(days=99))


def test_without_a_priority_or_a_begin_nothing_is_overdue() -> None:
    assert not late(history("received"), "", BEGIN + timedelta(days=99))
    assert not late([], "P1", BEGIN)


def test_what_expires_is_listed_soonest_first_with_its_warning() -> None:
    today = date(2024, 6, 1)
    held = {"visa": "2024-06-20", "housing": "2024-12-31", "stipend": "2024-05-01",
            "insurance": "2024-09-15"}  # fmt: skip
    found = expiries(held, today)
    assert [one.what for one in found] == ["stipend", "visa", "insurance", "housing"]
    assert [one.warning for one in found] == [30, 30, 120, None]
    assert found[0].left == -31


def test_what_is_no_day_does_not_expire() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        expiries({"visa": "soon"}, date(2024, 6, 1))


@given(st.lists(st.sampled_from(STEPS), max_size=8))
def test_the_state_of_a_case_is_a_step_whatever_its_history(steps: list[str]) -> None:
    assert state_of(history(*steps)) == (steps[-1] if steps else "received")
