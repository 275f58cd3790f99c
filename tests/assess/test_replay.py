"""What was known then: nothing recorded later changes what a past day gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import shipped_case

from standwith.assess.assessment import assess
from standwith.assess.situation import Situation
from standwith.kernel.verdict import Verdict

FIRST = date(2020, 8, 18)


def recorded_after(situation: Situation, day: date) -> Situation:
    """Drop everything that was recorded by a day: what is left was learned later."""
    return replace(
        situation, claims=tuple(c for c in situation.claims if c.recorded > day), acts=()
    )


def verdicts(situation: Situation, day: date) -> dict[str, Verdict]:
    """Assess and return the verdicts of the first organisation and of the situation."""
    found = assess(situation, as_of=day)
    own = next(iter(found.organisations.values()))
    return {key: f.verdict for key, f in {**own, **found.criteria}.items()}


def test_before_the_text_appeared_nothing_was_known() -> None:
    found = assess(shipped_case("belarus-2020"), as_of=date(2020, 8, 10))
    assert found.situation.claims == ()
    assert found.criteria["X2"].verdict is Verdict.UNKNOWN


def test_acts_of_the_autumn_are_not_known_in_august() -> None:
    situation = shipped_case("belarus-2020")
    assert assess(situation, as_of=FIRST).situation.acts == ()
    assert len(assess(situation, as_of=date(2020, 12, 31)).situation.acts) == 6


@given(st.integers(0, 2000))
def test_removing_what_came_later_changes_nothing(days: int) -> None:
    situation, day = shipped_case("myanmar-2023"), date(2020, 12, 1) + timedelta(days=days)
    earlier = replace(situation, claims=tuple(c for c in situation.claims if c.recorded <= day))
    assert verdicts(situation, day) == verdicts(earlier, day)


def test_only_later_knowledge_leaves_the_past_empty() -> None:
    later = recorded_after(shipped_case("belarus-2020"), FIRST)
    assert set(verdicts(later, FIRST).values()) == {Verdict.UNKNOWN}
