"""States that act together: who endorsed by a day; times in days, with what still runs beside."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from standwith.account.registry.joint import Span, endorsers, spans
from standwith.account.registry.measure_data import measure_of

TODAY = date(2024, 6, 1)
SAID = {"source": "a ministry"}
Cases = list[tuple[int, int | None]]


def leverage(when: str, *steps: tuple[str, str], key: str = "l1") -> Any:
    body = SAID | {"person": "p", "country": "IR", "host": "FR", "when": when, "steps": steps}
    return measure_of(key, "leverage", "2024-01-01", body)


def notice(*steps: tuple[str, str]) -> Any:
    body = SAID | {"person": "p", "country": "BY", "notice": "red", "when": "2023", "steps": steps}
    return measure_of("n1", "notice", "2024-01-01", body)


def endorsed(country: str, when: str, key: str = "e") -> Any:
    return measure_of(key, "endorsement", "2024-01-01", SAID | {"country": country, "when": when})


def span(name: str, *found: Any) -> Span:
    return next(one for one in spans(found, TODAY) if one.name == name)


def test_a_procedure_that_is_done_is_measured_from_its_first_step_to_its_first_end() -> None:
    one = notice(
        ("access_asked", "2024-01-01"), ("access_asked", "2024-01-15"),
        ("access_answered", "2024-01-31"), ("access_answered", "2024-03-01"),
    )  # fmt: skip
    assert span("access", one) == Span("access", 1, 0, 30, 30, None)


def test_an_answer_before_the_question_is_no_answer() -> None:
    one = notice(("access_answered", "2023-12-01"), ("access_asked", "2024-05-02"))
    assert span("access", one) == Span("access", 0, 1, None, None, 30)


def test_any_decision_ends_a_request_for_deletion() -> None:
    for answer in ("deleted", "updated", "upheld", "withdrawn_by_state"):
        one = notice(("deletion_asked", "2024-01-01"), (answer, "2024-01-11"))
        assert span("deletion", one).median == 10


def test_the_first_joint_act_of_any_kind_counts() -> None:
    one = leverage("2024-01-01", ("raised_at_un", "2024-02-01"), ("joint_statement", "2024-01-05"))
    assert span("joint_act", one).median == 4


def test_what_never_began_is_in_no_figure() -> None:
    assert span("access", notice()) == Span("access", 0, 0, None, None, None)
    assert span("consular_access", leverage("2024-01-01")).running == 0


def test_nothing_is_measured_from_a_day_that_is_not_known() -> None:
    assert span("release", leverage("../.."), leverage("2024-05-02")).running == 1


@given(
    st.lists(st.tuples(st.integers(0, 90), st.one_of(st.none(), st.integers(0, 60))), max_size=12)
)
def test_every_case_is_done_or_running_and_none_is_both(cases: Cases) -> None:
    found, took = list[Any](), list[int]()
    for i, (ago, days) in enumerate(cases):
        begun = TODAY - timedelta(days=ago)
        steps = [] if days is None else [("released", (begun + timedelta(days=days)).isoformat())]
        took += [] if days is None else [days]
        found.append(leverage(begun.isoformat(), *steps, key=f"l{i}"))
    held = span("release", *found)
    assert held.done + held.running == len(cases)
    assert held.done == len(took)
    if took:
        assert min(took) <= (held.median or 0) <= (held.ninth or 0) <= max(took)


@given(st.dates(date(2020, 1, 1), date(2025, 1, 1)))
def test_a_state_has_endorsed_from_the_last_day_on_which_it_may_have(day: date) -> None:
    found = [endorsed("CA", "2021-02-15"), endorsed("FR", "2023"), endorsed("PL", "../..")]
    held = endorsers(found, day)
    assert ("CA" in held) == (day >= date(2021, 2, 15))
    assert ("FR" in held) == (day >= date(2023, 12, 31))
    assert "PL" not in held


def test_a_state_that_is_recorded_twice_counts_once_from_the_first() -> None:
    held = endorsers([endorsed("CA", "2022", "b"), endorsed("CA", "2021-02-15", "a")], TODAY)
    assert [one.known.id for one in held.values()] == ["a"]
