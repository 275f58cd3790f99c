"""Published aggregates, recomputed by our own report from registers with their counts."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest
from tests.account.registry.episodes import episode
from tests.account.reports.made import charged

from standwith.account.registry.annual import Asked
from standwith.account.registry.record import Episode, Sentence
from standwith.account.registry.vocabulary import Family
from standwith.account.reports.edition import Inputs, edition
from standwith.account.reports.layout import word

# Persons by country as the registers printed them; OTHERS are spread so that none is larger.
CPJ_2024 = {"CN": 50, "IL": 43, "MM": 35, "BY": 31, "RU": 30}
PEN_2024 = {"CN": 118, "IR": 43, "SA": 23, "VN": 23, "IL": 21, "RU": 18, "TR": 18, "BY": 15,
            "EG": 10, "MM": 10}  # fmt: skip
OTHERS = tuple(f"{a}{b}" for a in "QXZ" for b in "ABCDEFGHIJ")


def held(counts: dict[str, int], whole: int, most: int) -> list[Episode]:
    """Hold so many persons in each country, and the rest in others with at most so many each."""
    rest, filled = whole - sum(counts.values()), dict(counts)
    for code in OTHERS:
        filled[code] = min(most, rest)
        rest -= filled[code]
    assert rest == 0
    return [
        episode("arrested 2023-05-01", person=f"{code}{i}", country=code)
        for code, number in filled.items()
        for i in range(number)
    ]


@cache
def made(name: str) -> dict[str, Any]:
    """The edition of 2024 of a published register."""
    episodes = {
        "cpj": lambda: held(CPJ_2024, 361, 29),
        "pen": lambda: held(PEN_2024, 375, 9),
    }[name]()
    return edition(Inputs(Asked(2024, date(2025, 1, 31)), episodes))


def rows(name: str, table: str) -> list[list[Any]]:
    """The rows of a table."""
    return next(one["rows"] for one in made(name)["tables"] if one["id"] == table)


def row(name: str, table: str, label: Any) -> list[Any]:
    """A row of a table without its label."""
    return next(one[1:] for one in rows(name, table) if one[0] == label)


def test_the_census_of_journalists_is_361_as_1_december_begins() -> None:
    assert row("cpj", "census", {"w": "all"})[-1] == 361
    assert row("cpj", "census", {"c": "CN"})[-1] == 50


def test_the_first_five_hold_52_4_per_cent_and_not_53() -> None:
    part, whole, share = row("cpj", "concentration", word("share first_5"))
    assert (part, whole) == (189, 361)
    assert share == pytest.approx(52.354, abs=0.001)
    assert round(share) == 52


def test_china_and_iran_hold_43_per_cent_of_writers() -> None:
    counts = {one[0]["c"]: one[1] for one in rows("pen", "during") if "c" in one[0]}
    assert (counts["CN"] + counts["IR"]) == 161
    whole = row("pen", "during", {"w": "all"})[0]
    assert round(100 * 161 / whole) == 43


@pytest.mark.parametrize("name", ["cpj", "pen"])
def test_the_flows_of_a_year_without_a_move_close(name: str) -> None:
    total = row(name, "flows", {"w": "all"})
    assert total[0] == total[-2]
    assert total[-1] == 0


@pytest.mark.parametrize(("name", "first", "number"), [("cpj", "CN", 50), ("pen", "CN", 118)])
def test_the_country_that_holds_most_is_a_finding(name: str, first: str, number: int) -> None:
    found = next(one for one in made(name)["findings"] if one["key"] == "f.most")
    assert found["with"] == {"country": first, "n": number}


def test_pre_trial_and_no_charge_are_21_3_per_cent() -> None:
    """80 of 375 writers were in pre-trial detention or without charge (2024)."""
    free = held(PEN_2024, 375, 9)
    told = [charged(one, Family.NO_CHARGE, "none") for one in free[:80]]
    told += [charged(one, Family.SPEECH, "105", 4) for one in free[80:]]
    found = edition(Inputs(Asked(2024, date(2025, 1, 31)), told))
    table = next(one["rows"] for one in found["tables"] if one["id"] == "without_trial")
    no_charge = sum(line[1] for line in table)
    assert no_charge == 80
    assert round(100 * no_charge / 375, 1) == 21.3


def test_ten_years_and_more_are_22_4_per_cent() -> None:
    """62 of 277 writers served ten years or more (2021)."""
    many = [
        charged(
            episode("arrested 2020-05-01", person=str(i)), Family.SPEECH, "105", 12 if i < 62 else 3
        )
        for i in range(277)
    ]
    found = edition(Inputs(Asked(2021, date(2022, 1, 31)), many))
    finding = next(one for one in found["findings"] if one["key"] == "f.long")
    assert (finding["with"]["n"], finding["with"]["whole"]) == (62, 277)
    assert round(finding["with"]["share"], 1) == 22.4


def test_a_year_whose_printed_flows_leave_a_rest_is_not_publishable() -> None:
    """Burma 2011: 2,189 to 1,572 with 13 arrested and 364 released leaves 266 that nothing explains."""
    stayed = [episode("arrested 2009-01-01", person=f"s{i}") for i in range(1559)]
    gone = [
        episode("arrested 2009-01-01", "released 2011-05-17 known 2011-05-18", person=f"r{i}")
        for i in range(364)
    ]
    fresh = [
        episode("arrested 2011-06-01", person=f"n{i}", recorded="2011-06-02") for i in range(13)
    ]
    asked = Asked(
        2011, date(2011, 12, 31), published={"": 2189, "BY": 2189}, edition=date(2011, 1, 1)
    )
    found = edition(Inputs(asked, [
        *[one_known(one) for one in (*stayed, *gone)], *fresh,
    ]))  # fmt: skip
    assert found["annual"]["flows"][""]["closing"] == 1572
    assert found["residuals"][""] == -266
    assert not found["publishable"]


def one_known(one: Episode) -> Episode:
    """Let an episode have been known before the year."""
    from dataclasses import replace

    early = date(2010, 1, 1)
    events = tuple(
        replace(event, recorded=early) if event.recorded > date(2019, 1, 1) else event
        for event in one.events
    )
    return replace(one, recorded=early, events=events)


def test_a_sentence_of_no_length_is_in_no_share() -> None:
    from dataclasses import replace

    from standwith.account.registry.record import Charge

    one = replace(
        episode("arrested 2020-05-01"),
        charges=(Charge(Family.SPEECH, sentence=Sentence(raw="some years")),),
    )
    found = edition(Inputs(Asked(2021, date(2022, 1, 31)), [one]))
    assert not [f for f in found["findings"] if f["key"] == "f.long"]
