"""Stocks and flows: everybody between two figures is under one head, or the residual shows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st
from tests.account.registry.episodes import episode, registers

from standwith.account.registry.flows import INTO, Balance, Figure, Flow, balance, survivor
from standwith.account.registry.record import Episode
from standwith.kernel.period import parse_period

THEN = Figure(date(2020, 12, 31), date(2021, 1, 15))
NOW = Figure(date(2021, 12, 31), date(2022, 1, 15))
HELD = "arrested 2020-05-01"
MOVES: list[tuple[Flow, Episode]] = [
    (Flow.ARRESTED, episode("arrested 2021-03-01", recorded="2021-04-01")),
    (Flow.LATE_DISCOVERED, episode(HELD, recorded="2021-06-01")),
    (
        Flow.CONFIRMED,
        episode(HELD, confirmations=((date(2020, 6, 1), False), (date(2021, 6, 1), True))),
    ),
    (Flow.REVISED_IN, episode("arrested 2021-02", HELD + " known 2021-08-01 for e0")),
    (Flow.RELEASED, episode(HELD, "pardoned 2021-07-01 known 2021-07-02")),
    (Flow.DIED, episode(HELD, "died_in_custody 2021-07-01 known 2021-07-02")),
    (Flow.DIED, episode(HELD, "executed 2021-07-01 known 2021-07-02")),
    (Flow.ESCAPED, episode(HELD, "escaped 2021-07-01 known 2021-07-02")),
    (Flow.LEFT_EARLIER, episode(HELD, "released_bail 2020-11-01 known 2021-07-02")),
    (
        Flow.TO_UNCONFIRMED,
        episode(HELD, confirmations=((date(2021, 6, 1), False),)),
    ),
    (Flow.RETRACTED, episode(HELD, retracted=date(2021, 6, 1))),
    (Flow.REVISED_OUT, episode(HELD, "arrested 2022-01-10 known 2021-06-01 for e0")),
]


@pytest.mark.parametrize(("flow", "moved"), MOVES)
def test_each_way_in_and_out_has_its_head(flow: Flow, moved: Episode) -> None:
    found = balance([moved], THEN, NOW)
    assert found.persons[flow] == ("p",)
    assert sum(len(people) for people in found.persons.values()) == 1
    assert (found.opening, found.closing) == ((0, 1) if flow in INTO else (1, 0))
    assert found.residual == 0


def test_who_stays_is_under_no_head() -> None:
    found = balance([episode(HELD)], THEN, NOW)
    assert (found.opening, found.closing, found.residual) == (1, 1, 0)
    assert not any(found.persons.values())


@given(episodes=registers(), then=st.booleans(), now=st.booleans())
@pace(deadline=None, max_examples=200)
def test_the_identity_closes_whatever_the_records(
    episodes: list[Episode], *, then: bool, now: bool
) -> None:
    opening, closing = (
        Figure(date(2020, 6, 30), date(2021, 1, 15), then),
        Figure(date(2022, 6, 30), date(2023, 1, 15), now),
    )
    for country in (None, "BY"):
        found = balance(episodes, opening, closing, country=country)
        assert found.residual == 0
        moved = [person for people in found.persons.values() for person in people]
        assert len(moved) == len(set(moved))


def test_a_change_of_policy_is_no_release() -> None:
    expired = episode(HELD, expires=parse_period("2020-10-01"))
    without = Figure(NOW.day, NOW.known, unsure=False)
    out = balance([expired], THEN, without)
    assert out.persons[Flow.POLICY_OUT] == ("p",)
    back = balance([expired], Figure(THEN.day, THEN.known, unsure=False), NOW)
    assert back.persons[Flow.POLICY_IN] == ("p",)
    later = episode(HELD, expires=parse_period("2021-10-01"))
    assert balance([later], THEN, without).persons[Flow.STATUS_UNKNOWN] == ("p",)
    assert balance([later], THEN, NOW).closing == 1


def test_two_who_were_one_are_told_as_merged() -> None:
    two = [episode(HELD, person="a"), episode(HELD, person="b")]
    found = balance(two, THEN, NOW, survivors={"b": "a"})
    assert (found.opening, found.closing) == (2, 1)
    assert found.persons[Flow.MERGED_OUT] == ("b",)
    assert found.residual == 0


def test_a_survivor_who_was_not_counted_comes_in_as_merged() -> None:
    gone = episode(HELD, "released_bail 2020-06-01", person="a")
    found = balance([gone, episode(HELD, person="b")], THEN, NOW, survivors={"b": "a"})
    assert (found.opening, found.closing, found.residual) == (1, 1, 0)
    assert found.persons[Flow.MERGED_IN] == ("a",)
    assert found.persons[Flow.MERGED_OUT] == ("b",)


def test_merges_are_followed_to_the_end_and_never_round() -> None:
    assert survivor("a", {"a": "b", "b": "c"}) == "c"
    with pytest.raises(ValueError, match="ring"):
        survivor("a", {"a": "b", "b": "a"})


def test_a_printed_figure_that_its_records_do_not_give_is_a_residual() -> None:
    people = [episode(HELD, person=f"p{i}") for i in range(5)]
    found = balance(people, THEN, NOW, published=(4, 5))
    assert found.residual == 1
    assert str(found) == "4 = 5 (residual +1)"
    assert str(balance(people, THEN, NOW)) == "5 = 5 (closes)"


def test_the_published_figures_of_burma_in_2011_leave_what_they_leave() -> None:
    """AAPP, February 2011: 2,189 to 2,076; 71 discovered late, 19 released, 167 to unconfirmed."""
    february = Balance(2189, 2076, {"late_discovered": 71}, {"released": 19, "to_unconfirmed": 167})
    assert february.residual == 2
    year = Balance(2189, 1572, {"arrested": 13}, {"released": 364})
    assert year.residual == -266
    assert "residual -266" in str(year)


def test_figures_in_the_wrong_order_are_refused() -> None:
    for wrong in (Figure(THEN.day, NOW.known), Figure(NOW.day, THEN.known)):
        with pytest.raises(ValueError, match="swap the two"):
            balance([], NOW, wrong)


def test_an_edition_after_another_explains_every_person() -> None:
    """One person for each way in and out, all in one register, and some who stay."""
    people = []
    for number, (_, moved) in enumerate(MOVES):
        people.append(
            Episode(
                f"e{number}",
                f"p{number}",
                "BY" if number % 2 else "MM",
                moved.events,
                moved.recorded,
                confirmations=moved.confirmations,
                retracted=moved.retracted,
            )
        )
    people += [episode(HELD, person=f"s{i}", name=f"s{i}") for i in range(3)]
    found = balance(people, THEN, NOW)
    ways = [flow for flow, _ in MOVES]
    into = sum(flow in INTO for flow in ways)
    assert (found.opening, found.closing) == (3 + len(ways) - into, 3 + into)
    assert found.residual == 0
    for flow in set(ways):
        assert len(found.persons[flow]) == ways.count(flow)
    parts = [balance(people, THEN, NOW, country=country) for country in ("BY", "MM")]
    assert sum(part.opening for part in parts) == found.opening
    for flow in Flow:
        assert sum(len(part.persons[flow]) for part in parts) == len(found.persons[flow])


@pytest.mark.parametrize("end", ["pardoned", "amnestied", "exchanged", "released_served"])
def test_every_kind_of_release_is_a_release(end: str) -> None:
    moved = episode(HELD, f"{end} 2021-07-01 known 2021-07-02")
    assert balance([moved], THEN, NOW).into == dict.fromkeys(map(str, INTO), 0)
    assert balance([moved], THEN, NOW).out_of["released"] == 1


def test_who_left_and_came_back_between_two_figures_is_under_no_head() -> None:
    first = episode(HELD, "pardoned 2021-03-01 known 2021-03-02", name="a")
    again = episode("arrested 2021-06-01", recorded="2021-06-02", name="b")
    found = balance([first, again], THEN, NOW)
    assert (found.opening, found.closing, found.residual) == (1, 1, 0)
    assert not any(found.persons.values())


def test_who_came_and_left_between_two_figures_is_under_no_head() -> None:
    brief = episode("arrested 2021-03-01", "pardoned 2021-06-01", recorded="2021-03-02")
    found = balance([brief], THEN, NOW)
    assert (found.opening, found.closing) == (0, 0)
    assert not any(found.persons.values())
