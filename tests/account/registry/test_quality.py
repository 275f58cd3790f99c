"""How late records come, how complete they are, and who says so."""

from __future__ import annotations

from datetime import date

from tests.account.registry.episodes import LATE, episode

from standwith.account.registry.comparison import Share
from standwith.account.registry.quality import completeness, corroborated, reporting_lag
from standwith.account.registry.spells import spells_of


def test_the_lag_says_from_when_on_figures_will_grow() -> None:
    rows = [
        ("2020-01-01", "2020-01-11"),
        ("2020-01-01", "2020-02-20"),
        ("2020-01-01", "2021-01-01"),
    ]
    held = spells_of(
        [episode(f"arrested {day}", person=known, recorded=known) for day, known in rows], LATE
    )
    found = reporting_lag(held, date(2022, 12, 31))
    assert found is not None
    assert (found.number, found.median) == (3, 50)
    assert 50 < found.ninth <= 366
    assert found.incomplete_from == date(2022, 8, 31)


def test_without_an_arrest_there_is_no_lag() -> None:
    assert reporting_lag(spells_of([], LATE), LATE) is None


def test_unknown_is_not_complete_but_zero_and_no_are_values() -> None:
    rows: list[dict[str, object]] = [
        {"age": 0, "minor": False, "place": ""},
        {"age": None, "minor": True},
    ]
    assert completeness(rows) == {
        "age": Share(1, 2),
        "minor": Share(2, 2),
        "place": Share(0, 2),
    }


def test_two_sources_known_by_then_make_an_episode_corroborated() -> None:
    two = episode("arrested 2020-01-01 by family", "sentenced 2020-06-01 by court known 2020-07-01")
    one = episode("arrested 2020-01-01", "sentenced 2020-06-01", person="q")
    assert corroborated([one, two], date(2020, 6, 30)) == Share(0, 2)
    assert corroborated([one, two], date(2020, 7, 1)) == Share(1, 2)
    assert corroborated([one, two], date(2019, 1, 1)) == Share(0, 0)
