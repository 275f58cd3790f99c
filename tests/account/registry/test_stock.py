"""How many are held: on a day, on any day of a year, and between which bounds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st
from tests.account.registry.episodes import LATE, episode, registers

from standwith.account.registry.record import Episode
from standwith.account.registry.spells import READINGS, Spells, blocks, columns, spells_of
from standwith.account.registry.stock import (
    Count,
    during,
    persons_at,
    persons_during,
    stock,
    total,
)
from standwith.kernel.period import parse_period

DAYS = [date(2018, 1, 1) + timedelta(days=97 * i) for i in range(28)]


def plain(held: Spells, day: date, reading: str, *, unsure: bool) -> int:
    """Count persons on a day one by one."""
    begin, ended = held.reading(reading, unsure=unsure)
    now = day.toordinal()
    return len({int(p) for p, b, e in zip(held.person, begin, ended, strict=True) if b <= now < e})


@given(episodes=registers(), unsure=st.booleans())
@pace(deadline=None)
def test_the_sweep_counts_what_a_count_one_by_one_counts(
    episodes: list[Episode], *, unsure: bool
) -> None:
    held = spells_of(episodes, LATE)
    for day, count in zip(DAYS, total(held, DAYS, unsure=unsure), strict=True):
        found = [plain(held, day, reading, unsure=unsure) for reading in READINGS]
        assert [count.least, count.value, count.most] == found


@given(episodes=registers(), unsure=st.booleans())
@pace(deadline=None)
def test_the_least_is_never_above_nor_the_most_below(
    episodes: list[Episode], *, unsure: bool
) -> None:
    held = spells_of(episodes, LATE)
    counts = [count for row in stock(held, DAYS, unsure=unsure).values() for count in row]
    by_country, whole = during(held, date(2020, 1, 1), date(2021, 1, 1), unsure=unsure)
    for count in [*counts, *by_country.values(), whole]:
        assert count.least <= count.value <= count.most


@given(registers())
@pace(deadline=None)
def test_the_order_of_records_changes_nothing(episodes: list[Episode]) -> None:
    there, back = (spells_of(rows, LATE) for rows in (episodes, episodes[::-1]))
    assert stock(there, DAYS) == stock(back, DAYS)


@given(registers())
@pace(deadline=None)
def test_a_figure_opens_the_persons_behind_it(episodes: list[Episode]) -> None:
    held = spells_of(episodes, LATE)
    for country, row in stock(held, DAYS).items():
        for day, count in zip(DAYS, row, strict=True):
            assert len(persons_at(held, day, country=country)) == count.value
    _, whole = during(held, date(2020, 1, 1), date(2021, 1, 1))
    assert len(persons_during(held, 2020)) == whole.value


def test_overlapping_episodes_of_a_person_count_once() -> None:
    held = spells_of(
        [
            episode("arrested 2020-01-01", "released_bail 2020-06-01", name="a"),
            episode("arrested 2020-03-01", "released_served 2020-09-01", name="b"),
            episode("arrested 2020-03-01", person="q"),
        ],
        LATE,
    )
    assert stock(held, [date(2020, 4, 1), date(2020, 7, 1), date(2020, 9, 1)])["BY"] == [
        Count(2, 2, 2),
        Count(2, 2, 2),
        Count(1, 1, 1),
    ]
    assert len(blocks(held, "middle").begin) == 2


def test_who_is_held_in_two_countries_counts_once_in_the_world() -> None:
    both = [
        episode("arrested 2020-01-01", name="a"),
        episode("arrested 2020-01-01", name="b", country="RU"),
    ]
    held = spells_of(both, LATE)
    assert total(held, [date(2020, 2, 1)]) == [Count(1, 1, 1)]
    assert {k: v[0].value for k, v in stock(held, [date(2020, 2, 1)]).items()} == {"BY": 1, "RU": 1}


def test_a_term_that_is_over_stands_in_the_interval_by_either_policy() -> None:
    expired = episode("arrested 2020-01-01", expires=parse_period("2021-01-01"))
    held = spells_of([expired], LATE)
    day = [date(2022, 1, 1)]
    assert total(held, day, unsure=True) == [Count(1, 0, 1)]
    assert total(held, day, unsure=False) == [Count(0, 0, 1)]


def test_the_day_of_release_is_free_and_the_day_of_arrest_is_not() -> None:
    held = spells_of([episode("arrested 2020-01-10", "pardoned 2020-01-20")], LATE)
    said = {day: total(held, [date(2020, 1, day)])[0].value for day in (9, 10, 19, 20)}
    assert said == {9: 0, 10: 1, 19: 1, 20: 0}


def test_any_day_of_the_year_counts_even_a_single_one() -> None:
    held = spells_of(
        [
            episode("arrested 2021-07-01", "released_bail 2021-07-01", person="brief"),
            episode("arrested 2020-12-31", "released_bail 2021-01-01", person="before"),
            episode("arrested 2019-01-01", person="still"),
            episode("arrested 2022-01-01", person="after"),
        ],
        LATE,
    )
    by_country, whole = during(held, date(2021, 1, 1), date(2022, 1, 1))
    assert whole == Count(2, 2, 2)
    assert by_country == {"BY": whole}
    assert persons_during(held, 2021) == {"brief", "still"}


def test_uncertain_dates_show_in_the_bounds() -> None:
    held = spells_of([episode("arrested 2020", person="a"), episode("arrested 2020-05-01~")], LATE)
    assert total(held, [date(2020, 6, 15)]) == [Count(1, 1, 2)]
    assert str(Count(1, 1, 2)) == "1 (1 to 2)"
    assert str(Count(1200, 1200, 1200)) == "1,200"


def test_unconfirmed_episodes_are_counted_only_when_asked() -> None:
    doubted = episode("arrested 2020-01-01", confirmations=((date(2020, 1, 2), False),))
    assert len(spells_of([doubted], LATE)) == 0
    assert len(spells_of([doubted], LATE, unconfirmed=True)) == 1


def test_nobody_is_held_in_an_empty_registry() -> None:
    held = columns([])
    assert total(held, DAYS[:1]) == [Count(0, 0, 0)]
    assert stock(held, DAYS) == {}
    assert during(held, date(2020, 1, 1), date(2021, 1, 1)) == ({}, Count(0, 0, 0))
    assert persons_at(held, DAYS[0], country="BY") == frozenset()


def test_a_period_without_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match="swap the two"):
        during(columns([]), date(2021, 1, 1), date(2021, 1, 1))


def test_some_spells_can_be_chosen() -> None:
    held = spells_of([episode("arrested 2020", person=p, name=p) for p in "abc"], LATE)
    kept = held.chosen(held.person != 1)
    assert kept.episodes == ("a", "c")
    assert total(kept, [date(2021, 1, 1)])[0].value == 2
