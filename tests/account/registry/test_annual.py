"""The figures of a year: consistent with each other, of any vintage, and stopped by a residual."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as pace
from tests.account.registry.episodes import episode, registers

from standwith.account.registry.annual import Asked, annual
from standwith.account.registry.plain import episode_data, episode_of, person_data, person_of
from standwith.account.registry.record import Charge, Episode, Person, PersonName, Sentence
from standwith.account.registry.vocabulary import Family, Group
from standwith.kernel.period import parse_period
from standwith.publish.registry import annual_text

KNOWN = date(2022, 2, 1)
HELD = [
    episode("arrested 2020-05-01", person="stays"),
    episode("arrested 2021-03-01", person="new", recorded="2021-03-05"),
    episode("arrested 2020-05-01", "pardoned 2021-07-01 known 2021-07-02", person="free"),
    episode("arrested 2020-06", person="late", recorded="2021-09-01"),
    episode("arrested 2021-02-01", person="abroad", country="RU", recorded="2021-02-01"),
    episode(
        "arrested 2021-05-01",
        person="tried",
        recorded="2021-06-01",
        charges=(Charge(Family.SPEECH, sentence=Sentence(days=3652.5)),),
    ),
]


def test_stock_flows_and_the_year_agree() -> None:
    found = annual(HELD, Asked(2021, KNOWN))
    assert [one["value"] for one in found["stock"]["all"]] == [3, 5]
    assert found["flows"][""] == {
        "opening": 3,
        "into": {"arrested": 3},
        "out_of": {"released": 1},
        "closing": 5,
        "residual": 0,
    }
    assert found["during"]["all"] == {"value": 6, "least": 6, "most": 6}
    assert found["during"]["held_the_year_before"] == {"part": 3, "whole": 6, "share": 0.5}
    assert found["stock"]["change"] == {"absolute": 2, "percent": pytest.approx(200 / 3)}
    assert set(found["stock"]["countries"]) == {"BY", "RU"}
    assert found["publishable"]


def test_flows_from_the_edition_before_tell_what_became_known_since() -> None:
    asked = Asked(2021, KNOWN, published={"": 2, "BY": 2}, edition=date(2021, 1, 15))
    found = annual(HELD, asked)
    assert found["flows"][""]["into"] == {"arrested": 3, "late_discovered": 1}
    assert found["residuals"] == {}


def test_an_edition_that_its_records_do_not_give_stops_publication() -> None:
    asked = Asked(2021, KNOWN, published={"": 3, "BY": 3}, edition=date(2021, 1, 15))
    found = annual(HELD, asked)
    assert found["residuals"] == {"": -1, "BY": -1}
    assert not found["publishable"]
    assert "NOT TO BE PUBLISHED" in annual_text(found)


def test_a_country_that_is_no_longer_there_is_explained_too() -> None:
    gone = episode("arrested 2020-05-01", person="g", country="RU", retracted=date(2021, 6, 1))
    asked = Asked(2021, KNOWN, published={"": 3, "BY": 2, "RU": 1}, edition=date(2021, 1, 15))
    found = annual([*HELD[:3], gone], asked)
    assert found["flows"]["RU"]["out_of"] == {"retracted": 1}
    assert found["residuals"] == {}
    lost = annual(HELD[:3], asked)
    assert lost["residuals"] == {"": -1, "RU": -1}, "a case that vanished is a residual"


def test_merged_persons_count_once_in_every_figure() -> None:
    two = [episode("arrested 2020-05-01", person=p, name=p) for p in "ab"]
    found = annual(two, Asked(2021, KNOWN), {"b": "a"})
    assert [one["value"] for one in found["stock"]["all"]] == [2, 1][1:] * 2
    assert found["flows"][""]["out_of"] == {"merged_out": 1}


def test_a_past_vintage_is_worked_out_again_byte_for_byte() -> None:
    then = json.dumps(annual(HELD, Asked(2020, date(2021, 1, 15))))
    later = [*HELD, episode("arrested 2020-01-01", person="found", recorded="2022-01-01")]
    assert json.dumps(annual(later, Asked(2020, date(2021, 1, 15)))) == then
    assert json.dumps(annual(later, Asked(2020, KNOWN))) != then


@given(registers())
@pace(deadline=None, max_examples=60)
def test_figures_of_any_register_are_plain_and_close(episodes: list[Episode]) -> None:
    found = annual(episodes, Asked(2020, date(2024, 1, 1)))
    assert json.dumps(found, allow_nan=False)
    for place, one in found["flows"].items():
        assert one["residual"] == 0
        row = found["stock"]["countries"].get(place, found["stock"]["all"])
        assert [one["opening"], one["closing"]] == [count["value"] for count in row]
    assert annual_text(found).startswith("Deprived of liberty, 2020")


def test_nobody_gives_figures_of_nobody() -> None:
    found = annual([], Asked(2020, KNOWN))
    assert found["stock"]["all"][1] == {"value": 0, "least": 0, "most": 0}
    assert found["during"]["held_the_year_before"]["share"] is None
    assert found["time_held"] == {"number": 0}
    assert found["quality"]["incomplete_from"] is None
    assert "0 of 0" in annual_text(found)


def test_the_policy_of_the_headline_is_said_and_followed() -> None:
    over = [episode("arrested 2020-01-01", expires=parse_period("2020-06-01"))]
    with_them, without = (annual(over, Asked(2020, KNOWN, unsure=yes)) for yes in (True, False))
    assert with_them["stock"]["all"][1] == {"value": 1, "least": 0, "most": 1}
    assert without["stock"]["all"][1] == {"value": 0, "least": 0, "most": 1}
    assert "leaves out" in without["policy"]
    assert "1 (0 to 1)" in annual_text(with_them)


def test_law_and_time_stand_with_their_units() -> None:
    found = annual(HELD, Asked(2021, KNOWN))
    assert found["law"]["families"] == {"speech": {"part": 1, "whole": 1, "share": 1.0}}
    assert found["law"]["sentences"]["ten_years_or_more"]["part"] == 1
    assert found["time_held"]["number"] == 6
    assert found["time_held"]["still_held"] == 5
    text = annual_text(found)
    for part in ("median 10.0 years", "not ended", "too short", "will grow", "closes"):
        assert part in text


def test_persons_and_episodes_are_read_as_they_were_written() -> None:
    person = Person(
        "p",
        (PersonName("Ана", "legal", "be", "Cyrl"), PersonName("Ana")),
        parse_period("1980-02"),
        "f",
        ("BY",),
        frozenset({Group.LAWYER, Group.JOURNALIST}),
        "lawyer",
    )
    assert person_of(json.loads(json.dumps(person_data(person)))) == person
    assert person_of(person_data(Person("q", ()))) == Person("q", ())


@given(registers())
def test_any_episode_is_read_as_it_was_written(episodes: list[Episode]) -> None:
    for one in episodes:
        assert episode_of(json.loads(json.dumps(episode_data(one)))) == one


def test_charges_doubts_and_retractions_are_written_too() -> None:
    one = episode(
        "arrested 2020-05-01 by court",
        "arrested 2020-05-02 for e0",
        charges=(Charge(Family.SPEECH, "CC", "130", "130 ch. 1", Sentence(365.25, raw="1 year")),),
        confirmations=((date(2021, 1, 1), False),),
        retracted=date(2022, 1, 1),
        facility="IK-1",
    )
    assert episode_of(json.loads(json.dumps(episode_data(one)))) == one
