"""Edition after edition of one register: each says what the one before did not know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.account.registry.episodes import episode
from tests.account.registry.test_staging import staged

from standwith.account.registry.annual import Asked, annual
from standwith.account.registry.promotion import absent, promote
from standwith.account.registry.record import Episode
from standwith.account.registry.successive import histories

PEOPLE = {
    "1": {"name": "Ana Petrova", "arrested": "2019-05-01", "status": "active"},
    "2": {"name": "Bo Ivanov", "arrested": "2020-02-01", "status": "active"},
    "3": {"name": "Cy Zhuk", "arrested": "2020-03", "status": "active"},
}
DAYS = [date(2021, 1, 15), date(2022, 1, 15), date(2023, 1, 15)]


def told(known: date, people: dict[str, dict[str, str]]) -> tuple[Episode, ...]:
    """Give the episodes of a list as it was on a day."""
    rows = [{"id": key, "articles": "130"} | cells for key, cells in people.items()]
    return promote(staged(*rows).observations, "list", "BY", known)[1]


@pytest.fixture
def lists() -> list[tuple[Episode, ...]]:
    """Three yearly lists: one released, one added late, one corrected, one no longer named."""
    second = PEOPLE | {
        "2": PEOPLE["2"] | {"status": "pardoned", "release date": "2021-09-16"},
        "4": {"name": "Dana Li", "arrested": "2020-06-01", "status": "active"},
        "5": {"name": "El Kim", "arrested": "2021-04-01", "status": "active"},
    }
    third = {key: cells for key, cells in second.items() if key != "1"}
    third["3"] = third["3"] | {"arrested": "2020-03-12"}
    first, later = told(DAYS[0], PEOPLE), told(DAYS[1], second)
    listed = frozenset(f"list:{key}" for key in third)
    gone = absent(later, listed, "list", DAYS[2])
    return [first, later, (*told(DAYS[2], third), *gone)]


def figures(lists: list[tuple[Episode, ...]], year: int, **more: object) -> dict[str, object]:
    """Work out the edition of a year from the lists up to then."""
    asked = Asked(year, DAYS[year - 2020], **more)  # type: ignore[arg-type]
    return annual(histories(lists), asked)


def stock(found: dict[str, object]) -> dict[str, int]:
    """Give the figure at the end of the year."""
    held: dict[str, dict[str, list[dict[str, int]]]] = found  # type: ignore[assignment]
    return held["stock"]["all"][1]


def test_each_edition_counts_what_was_known_then(lists: list[tuple[Episode, ...]]) -> None:
    values = [stock(figures(lists, year))["value"] for year in (2020, 2021, 2022)]
    assert values == [3, 4, 4]
    assert stock(figures(lists, 2022)) == {"value": 4, "least": 4, "most": 4}


def test_the_second_edition_explains_itself_from_the_first(
    lists: list[tuple[Episode, ...]],
) -> None:
    printed = {"": 3, "BY": 3}
    found = figures(lists, 2021, published=printed, edition=DAYS[0])
    assert found["flows"]["BY"] == {  # type: ignore[index]
        "opening": 3,
        "into": {"arrested": 1, "late_discovered": 1},
        "out_of": {"released": 1},
        "closing": 4,
        "residual": 0,
    }


def test_an_edition_is_the_same_whenever_it_is_made(lists: list[tuple[Episode, ...]]) -> None:
    then = figures(lists[:1], 2020)
    assert figures(lists, 2020) == then
    assert figures(lists[::1][:2], 2020) == then


def test_who_is_no_longer_named_is_in_the_range_and_not_released(
    lists: list[tuple[Episode, ...]],
) -> None:
    after = annual(histories(lists), replace(Asked(2023, date(2024, 1, 15))))
    assert stock(after) == {"value": 4, "least": 3, "most": 4}
    without = annual(histories(lists), Asked(2023, date(2024, 1, 15), unsure=False))
    assert stock(without) == {"value": 3, "least": 3, "most": 4}
    assert without["flows"][""]["out_of"] == {"status_unknown": 1}


def test_a_retraction_is_no_release(lists: list[tuple[Episode, ...]]) -> None:
    held = [
        replace(one, retracted=date(2021, 6, 1)) if one.person == "list:3" else one
        for one in histories(lists)
    ]
    printed = {"": 3, "BY": 3}
    found = annual(held, Asked(2021, DAYS[1], published=printed, edition=DAYS[0]))
    assert found["flows"][""]["out_of"] == {"released": 1, "retracted": 1}
    assert found["publishable"]


def test_a_year_in_which_nothing_was_known_has_no_figures() -> None:
    found = annual([episode("arrested 2020-01-01", recorded="2021-01-01")], Asked(2020, DAYS[0]))
    assert stock(found)["value"] == 1
    before = annual(
        [episode("arrested 2020-01-01", recorded="2021-01-01")], Asked(2020, date(2020, 12, 31))
    )
    assert stock(before) == {"value": 0, "least": 0, "most": 0}
