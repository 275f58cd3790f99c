"""Several lists as one history: nothing is written over, and a release outweighs ignorance."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import settings as pace
from tests.account.registry.episodes import LATE, episode, registers
from tests.account.registry.test_staging import staged

from standwith.account.registry.promotion import promote
from standwith.account.registry.record import Episode
from standwith.account.registry.spells import spells_of
from standwith.account.registry.stock import Count, total
from standwith.account.registry.successive import histories, one_arrest
from standwith.account.registry.timeline import Spell, spell
from standwith.account.registry.vocabulary import Status

FIRST, SECOND, THIRD = date(2022, 6, 1), date(2023, 6, 1), date(2024, 6, 1)


def told(known: date, **cells: str) -> tuple[Episode, ...]:
    base = {"id": "7", "name": "Ana Petrova", "arrested": "2022-05-01", "articles": "130"}
    return promote(staged(base | cells).observations, "list", "BY", known)[1]


def of(held: Episode, known: date) -> Spell:
    found = spell(held, known)
    assert found is not None
    return found


def test_what_a_later_list_tells_the_same_stays_as_first_known() -> None:
    (found,) = histories([told(FIRST), told(SECOND)])
    assert len(found.events) == 1
    assert found.events[0].recorded == FIRST
    assert found.recorded == FIRST


def test_a_corrected_date_supersedes_and_the_old_one_is_kept() -> None:
    (found,) = histories([told(FIRST), told(SECOND, arrested="2022-04-01")])
    assert of(found, FIRST).begin[0] == date(2022, 5, 1).toordinal()
    assert of(found, SECOND).begin[0] == date(2022, 4, 1).toordinal()
    assert len(found.events) == 2


def test_a_release_is_known_from_the_list_that_tells_it() -> None:
    (found,) = histories([told(FIRST), told(SECOND, status="pardoned")])
    assert of(found, FIRST).end is None
    assert of(found, SECOND).end is Status.PARDONED


def test_a_release_that_is_no_longer_told_is_taken_back() -> None:
    lists = [told(FIRST), told(SECOND, status="released"), told(THIRD, status="active")]
    (found,) = histories(lists)
    ends = {known: of(found, known).end for known in (FIRST, SECOND, THIRD)}
    assert ends == {FIRST: None, SECOND: Status.RELEASED, THIRD: None}


def test_who_comes_back_on_a_list_is_held_again() -> None:
    gone = episode(
        "arrested 2022-05-01", "no_longer_listed 2023-06-01", recorded="2022-06-01", name="list:7:1"
    )
    (found,) = histories([[gone], told(THIRD)])
    assert of(found, SECOND).unsure
    assert of(found, THIRD).end is None


def test_a_term_that_a_later_list_tells_does_not_change_the_earlier_figure() -> None:
    over = {"sentence ends": "2022-05-15"}
    (found,) = histories([told(FIRST), told(SECOND, **over), told(THIRD, **over)])
    assert of(found, FIRST).end is None
    assert of(found, SECOND).unsure
    assert len(found.terms) == 2


def test_persons_of_one_list_alone_stay() -> None:
    found = histories([told(FIRST), told(SECOND, id="8")])
    assert [one.person for one in found] == ["list:7", "list:8"]


@given(registers())
@pace(deadline=None)
def test_a_list_told_twice_is_a_list_told_once(episodes: list[Episode]) -> None:
    assert histories([episodes, episodes]) == histories([episodes])


def test_two_lists_of_one_arrest_are_one_episode_of_two_sources() -> None:
    court = episode("arrested 2020-08-10 by court", "pardoned 2021-09-16 by court", name="a")
    press = episode("arrested 2020-08 by press", name="b")
    (found,) = one_arrest([press, court])
    assert of(found, LATE).end is Status.PARDONED, "the press has not heard of it"
    assert of(found, LATE).begin == (date(2020, 8, 10).toordinal(),) * 2, "what both agree on"
    assert {name for event in found.events for name in event.sources} == {"court", "press"}


def test_days_that_contradict_leave_the_days_between() -> None:
    found = one_arrest([episode("arrested 2020-08-10", name="a"), episode("arrested 2020-08-20")])
    assert of(found[0], LATE).begin == tuple(date(2020, 8, day).toordinal() for day in (10, 20))


def test_arrests_far_apart_stay_two_episodes() -> None:
    two = [episode("arrested 2020-08-10", name="a"), episode("arrested 2021-08-10", name="b")]
    assert one_arrest(two) == two


def test_an_arrest_without_a_date_goes_with_the_only_other_one() -> None:
    undated = episode("arrested ../2024-01-01", name="u")
    dated = episode("arrested 2020-08-10", name="a")
    later = episode("arrested 2022-08-10", name="b")
    assert len(one_arrest([undated, dated])) == 1
    assert len(one_arrest([undated, dated, later])) == 3
    assert one_arrest([undated]) == [undated]


def test_other_persons_and_countries_are_never_joined() -> None:
    held = [
        episode("arrested 2020-08-10", name="a"),
        episode("arrested 2020-08-10", name="b", person="q"),
        episode("arrested 2020-08-10", name="c", country="RU"),
    ]
    assert one_arrest(held) == held


@given(registers())
@pace(deadline=None)
def test_joining_loses_no_event_and_no_person(episodes: list[Episode]) -> None:
    found = one_arrest(episodes)
    assert sum(len(one.events) for one in found) == sum(len(one.events) for one in episodes)
    assert {one.person for one in found} == {one.person for one in episodes}
    assert len(one_arrest(episodes[::-1])) == len(found)


def test_figures_count_the_joined_once() -> None:
    held = one_arrest(
        [
            episode("arrested 2020-08-10", "released_served 2021-01-01", name="a"),
            episode("arrested 2020-08-11", name="b"),
        ]
    )
    assert total(spells_of(held, LATE), [date(2020, 9, 1), date(2022, 1, 1)]) == [
        Count(1, 1, 1),
        Count(0, 0, 0),
    ]
