"""Claims come to a status: two independent sources or one that decides; contradictions show."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.kernel.claim import Claim, known_at, status
from standwith.kernel.grade import Grade, parse_grade
from standwith.kernel.period import parse_period
from standwith.kernel.source import Citation
from standwith.kernel.verdict import Verdict

DAY = date(2020, 8, 18)


def claim(value: str, source: str = "one", **more: object) -> Claim:
    """A claim of grade B2 on any fact; more fields as given."""
    fields: dict[str, object] = {
        "id": f"{value}-{source}",
        "subject": "situation",
        "fact": "repression",
        "value": value,
        "valid": parse_period("2020-08-09/.."),
        "recorded": DAY,
        "source": Citation(source, "1"),
        "grade": Grade("B", "2"),
    }
    return Claim(**{**fields, **more})  # type: ignore[arg-type]


def test_nothing_claimed_is_unknown() -> None:
    assert status([]).verdict is Verdict.UNKNOWN


def test_one_source_alone_is_not_enough() -> None:
    found = status([claim("true")])
    assert found.verdict is Verdict.UNKNOWN
    assert found.grade == "unconfirmed"


def test_two_independent_sources_make_it_true() -> None:
    assert status([claim("true", "one"), claim("true", "two")]).verdict is Verdict.TRUE


def test_the_same_source_twice_is_still_one_source() -> None:
    twice = [claim("true", "one", id="a"), claim("true", "one", id="b")]
    assert status(twice).verdict is Verdict.UNKNOWN


def test_a_source_that_decides_alone_suffices() -> None:
    found = status([claim("false", authoritative="public record")])
    assert found.verdict is Verdict.FALSE
    assert "decides alone" in found.reason


def test_contradicting_sources_give_both_with_both_claims_kept() -> None:
    found = status([claim("true", "one"), claim("false", "two")])
    assert found.verdict is Verdict.BOTH
    assert len(found.claims) == 2


def test_met_in_part_is_in_favour_but_never_met() -> None:
    found = status([claim("partly", authoritative="its own charter")])
    assert (found.verdict, found.grade) == (Verdict.UNKNOWN, "partly")


def test_met_in_part_and_broken_is_contested() -> None:
    found = status([claim("partly", "one"), claim("not", "two")])
    assert (found.verdict, found.grade) == (Verdict.BOTH, "contested")


def test_met_beside_partly_stays_partly() -> None:
    found = status([claim("met", "one"), claim("met", "two"), claim("partly", "three")])
    assert found.verdict is Verdict.UNKNOWN


def test_not_applicable_needs_all_claims_to_say_so() -> None:
    only = status([claim("n/a", note="no coup")])
    assert (only.verdict, only.reason) == (Verdict.NOT_APPLICABLE, "no coup")
    mixed = status([claim("n/a"), claim("true", "two")])
    assert mixed.verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("text", ["D2", "E5", "A4", "B6", "F6"])
def test_doubtful_claims_are_shown_but_never_counted(text: str) -> None:
    found = status([claim("true", grade=parse_grade(text), authoritative="says so itself")])
    assert found.verdict is Verdict.UNKNOWN
    assert found.claims


def test_inadmissible_claims_are_shown_but_never_counted() -> None:
    found = status([claim("true", authoritative="x", inadmissible="a poll of unknown method")])
    assert found.verdict is Verdict.UNKNOWN
    assert found.claims[0].inadmissible


def test_what_was_recorded_later_was_not_known() -> None:
    late = claim("true", recorded=date(2020, 12, 1))
    assert known_at([late], DAY) == ()
    assert known_at([late], date(2020, 12, 1)) == (late,)


def test_what_speaks_of_a_later_time_does_not_hold_yet() -> None:
    planned = claim("true", valid=parse_period("2021"))
    assert known_at([planned], DAY) == ()


values = st.sampled_from(["true", "false", "met", "not", "partly", "n/a"])
sources = st.sampled_from(["one", "two", "three"])
claims = st.lists(st.builds(claim, values, sources), max_size=6)


@given(claims)
def test_the_order_of_claims_never_matters(found: list[Claim]) -> None:
    assert status(found).verdict is status(found[::-1]).verdict


@given(claims)
def test_a_supporting_source_never_makes_a_fact_false(found: list[Claim]) -> None:
    more = [*found, claim("true", "four", authoritative="record", id="new")]
    assert status(more).verdict is not Verdict.FALSE


@given(claims)
def test_true_needs_support_and_nothing_against(found: list[Claim]) -> None:
    if status(found).verdict is Verdict.TRUE:
        said = {item.value for item in found}
        assert said & {"true", "met"}
        assert not said & {"false", "not", "partly"}


def test_a_grade_goes_round_and_malformed_ones_are_refused() -> None:
    assert str(parse_grade("A1")) == "A1"
    with pytest.raises(ValueError, match="write for example B2"):
        parse_grade("G7")
