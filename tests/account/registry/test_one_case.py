"""One person as lists tell: nothing is forgotten, nobody is freed by silence, joins are one case."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st

from standwith.account.registry.case import Listed, added, stands, together, told
from standwith.account.registry.mapping import propose
from standwith.account.registry.record import StatusEvent
from standwith.account.registry.staging import Observation, Row, stage
from standwith.account.registry.vocabulary import Status
from standwith.kernel.period import parse_period

TODAY = date(2024, 7, 1)
HEAD = ("id", "name", "birth date", "date of arrest", "status", "release date", "articles")


def seen(status: str = "", released: str = "", name: str = "Ana Example") -> Observation:
    """Make the observation of a row."""
    cells = dict(
        zip(HEAD, ("7", name, "1990-02-03", "2023-04-05", status, released, "342"), strict=True)
    )
    staged = stage([Row("line 2", cells)], propose(list(HEAD)), TODAY)
    return staged.observations[0]


def lists(*told_: Observation | None) -> list[Listed]:
    """Lay lists of successive months one after the other."""
    return [Listed(date(2024, month, 1), "BY", one) for month, one in enumerate(told_, start=1)]


def test_a_person_of_one_list_is_as_the_list_says() -> None:
    person, episodes = told("court", lists(seen()))
    assert person.id == "court:7"
    assert [name.text for name in person.names] == ["Ana Example"]
    assert [str(event.when) for event in episodes[0].events] == ["2023-04-05"]
    assert stands(episodes, TODAY).status == "held"


def test_who_is_left_out_later_is_unsure_and_not_free() -> None:
    _, episodes = told("court", lists(seen(), None))
    standing = stands(episodes, TODAY)
    assert standing.status == "unsure"
    assert [event.status for event in episodes[0].events][-1] is Status.NO_LONGER_LISTED


def test_who_comes_back_on_a_list_is_held_again() -> None:
    _, episodes = told("court", lists(seen(), None, seen()))
    assert stands(episodes, TODAY).status == "held"


def test_before_the_first_list_with_the_person_nothing_is_told() -> None:
    person, episodes = told("court", lists(None, None, seen()))
    assert person.id == "court:7"
    assert [event.recorded for event in episodes[0].events] == [date(2024, 3, 1)]


def test_a_person_whom_no_list_names_cannot_be_told() -> None:
    with pytest.raises(ValueError, match="no list of court names this person"):
        told("court", lists(None, None))


def test_the_last_list_gives_the_name_and_all_lists_the_events() -> None:
    person, episodes = told(
        "court", lists(seen(name="Ana Exampel"), seen("released", "2024-01-20", "Ana Example"))
    )
    assert [name.text for name in person.names] == ["Ana Example"]
    assert {event.status for event in episodes[0].events} == {Status.ARRESTED, Status.RELEASED}
    assert stands(episodes, TODAY).status == "ended"


def test_what_was_known_earlier_is_told_as_it_was_known() -> None:
    _, episodes = told("court", lists(seen(), seen("released", "2024-01-20")))
    assert stands(episodes, date(2024, 1, 15)).status == "held"
    assert stands(episodes, date(2024, 2, 15)).status == "ended"


def test_an_editor_s_event_is_added_to_the_last_episode() -> None:
    _, episodes = told("court", lists(seen()))
    died = StatusEvent(
        "s1", Status.DIED_IN_CUSTODY, parse_period("2024-05-05"), date(2024, 5, 6), ("a lawyer",)
    )
    after = added(episodes, [died])
    assert stands(after, TODAY).status == "dead"
    assert stands(after, date(2024, 5, 5)).status == "held"
    assert added((), [died]) == ()


def test_persons_who_are_one_have_one_arrest() -> None:
    _, court = told("court", lists(seen()))
    _, families = told("families", lists(seen("released", "2024-03-01")))
    both = together("p", [court, families])
    assert [one.person for one in both] == ["p"]
    assert stands(both, TODAY).status == "ended"
    assert {source for one in both for event in one.events for source in event.sources} == {
        "court",
        "families",
    }


def test_nothing_known_is_unsure() -> None:
    found = stands((), TODAY)
    assert (found.status, found.since, found.country) == ("unsure", "", "")


def test_a_begin_that_nobody_knows_has_no_day() -> None:
    one = seen()
    bare = Observation(one.where, one.raw, {"id": "7", "name": "Ana"}, {}, one.told, (), "7")
    _, episodes = told("court", lists(bare))
    assert stands(episodes, TODAY).since == ""


SAID = st.lists(
    st.sampled_from([None, seen(), seen("released", "2024-01-20"), seen("detained")]),
    min_size=1,
    max_size=6,
).filter(any)


@given(rows=SAID)
@pace(deadline=None, max_examples=100)
def test_a_list_that_is_told_twice_changes_nothing_but_days(rows: list[Observation | None]) -> None:
    once = stands(told("court", lists(*rows))[1], TODAY)
    twice = stands(told("court", lists(*rows, rows[-1]))[1], TODAY)
    if rows[-1] is not None:
        assert twice == once
    else:
        assert twice.status in {"unsure", "ended"}


@given(rows=SAID)
@pace(deadline=None, max_examples=100)
def test_silence_alone_never_ends_custody(rows: list[Observation | None]) -> None:
    quiet = [one if one is None or one.told.status is None else seen() for one in rows]
    found = stands(told("court", lists(*quiet))[1], TODAY)
    assert found.status in {"held", "unsure"}
