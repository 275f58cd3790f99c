"""The annual report: every table against numbers counted by hand, and laws for any register."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as pace
from tests.account.registry.episodes import episode, registers
from tests.account.reports.made import ASKED, EPISODES, INPUTS, KNOWN

from standwith.account.registry.annual import Asked
from standwith.account.registry.comparison import Population
from standwith.account.registry.record import Episode
from standwith.account.reports.edition import Inputs, edition
from standwith.account.reports.layout import WITHHELD, value_of, word

BY, MM, ALL = {"c": "BY"}, {"c": "MM"}, {"w": "all"}
TABLES = (
    *("world", "during", "census", "flows", "revisions", "stayed", "concentration", "rates"),
    *("families", "charges", "without_trial", "sentences", "time_held", "endings", "ends"),
    *("gender_and_age", "groups", "tactics", "transnational", "notices", "leverage"),
    *("interventions", "accountability", "named", "indicator", "quality"),
)


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    """The edition of the small register."""
    return edition(INPUTS)


def table(made: dict[str, Any], name: str) -> list[list[Any]]:
    """The rows of a table."""
    return next(one["rows"] for one in made["tables"] if one["id"] == name)


def row(made: dict[str, Any], name: str, label: Any) -> list[Any]:
    """A row of a table without its label."""
    return next(one[1:] for one in table(made, name) if one[0] == label)


def test_an_edition_has_its_tables_and_at_least_twelve_charts(made: dict[str, Any]) -> None:
    assert tuple(one["id"] for one in made["tables"]) == TABLES
    assert len(made["tables"]) >= 20
    assert len(made["charts"]) >= 12


def test_the_model_is_plain_data_and_reads_back_the_same(made: dict[str, Any]) -> None:
    assert json.loads(json.dumps(made)) == made
    assert edition(INPUTS) == made


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_a_cell_for_every_column(made: dict[str, Any], name: str) -> None:
    one = next(one for one in made["tables"] if one["id"] == name)
    assert {len(line) for line in one["rows"]} <= {len(one["columns"])}


def test_persons_held_at_both_ends_of_the_year(made: dict[str, Any]) -> None:
    assert row(made, "world", BY) == [3, 3, 0, 0.0]
    assert row(made, "world", MM) == [1, 1, 0, 0.0]
    assert row(made, "world", ALL) == [4, 4, 0, 0.0]


def test_persons_held_on_any_day(made: dict[str, Any]) -> None:
    assert row(made, "during", BY) == [4]
    assert row(made, "during", MM) == [2]
    assert row(made, "during", ALL) == [6]


def test_the_census_is_of_the_first_of_december(made: dict[str, Any]) -> None:
    one = next(one for one in made["tables"] if one["id"] == "census")
    assert [head for head, _ in one["columns"]][1:] == [
        f"={year}-12-01" for year in range(2019, 2024)
    ]
    assert row(made, "census", BY) == [0, 1, 2, 3, 3]
    assert row(made, "census", ALL) == [0, 1, 2, 4, 4]


def test_the_flows_close(made: dict[str, Any]) -> None:
    heads = [head for head, _ in next(t for t in made["tables"] if t["id"] == "flows")["columns"]]
    assert heads == [
        *("country", "before", "flow arrested", "flow died", "flow released"),
        *("now", "residual"),
    ]
    assert row(made, "flows", ALL) == [4, 2, -1, -1, 4, 0]
    assert table(made, "flows")[-1][0] == ALL
    assert made["publishable"]


def test_a_figure_of_the_last_edition_that_nothing_explains_is_a_residual() -> None:
    printed = replace(ASKED, published={"": 9, "BY": 8, "MM": 1}, edition=KNOWN)
    made = edition(replace(INPUTS, asked=printed))
    assert not made["publishable"]
    assert made["residuals"] == {"": -5, "BY": -5}
    assert made["findings"][-1]["key"] == "f.residual"


def test_revisions_lay_what_was_printed_beside_what_is_known() -> None:
    before = edition(replace(INPUTS, asked=Asked(2022, date(2023, 1, 10))))["annual"]
    made = edition(replace(INPUTS, before=before))
    assert row(made, "revisions", ALL) == [4, 4, 0]
    assert row(made, "revisions", BY) == [3, 3, 0]
    assert table(edition(INPUTS), "revisions") == []


def test_carry_over_and_new_persons(made: dict[str, Any]) -> None:
    assert row(made, "stayed", word("share carry_over"))[:2] == [4, 6]
    assert row(made, "stayed", word("share new_this_year"))[:2] == [2, 6]
    assert row(made, "stayed", word("share within_1_years"))[:2] == [1, 1]


def test_the_first_country_s_share(made: dict[str, Any]) -> None:
    assert row(made, "concentration", word("share first_1")) == [3, 4, 75.0]
    assert row(made, "concentration", word("share herfindahl"))[2] == pytest.approx(62.5)


def test_a_rate_names_its_source_and_is_empty_without_one() -> None:
    populations = {"BY": Population(9_000_000, 2023, "statistics office")}
    made = edition(replace(INPUTS, populations=populations))
    number, rate, by = row(made, "rates", BY)
    assert (number, by) == (3, {"t": "statistics office (2023)"})
    assert rate == pytest.approx(1 / 3)
    assert row(made, "rates", MM)[1:] == [None, None]


def test_laws_count_persons_with_a_known_charge(made: dict[str, Any]) -> None:
    assert row(made, "families", word("family speech"))[:2] == [3, 4]
    assert row(made, "families", word("family assembly"))[:2] == [1, 4]
    assert table(made, "charges")[0] == [BY, {"t": "369"}, 2]


def test_who_is_held_without_a_sentence_is_told_apart(made: dict[str, Any]) -> None:
    assert row(made, "without_trial", BY) == [0, 0, 2, 1]
    assert row(made, "without_trial", MM) == [0, 0, 0, 1]


def test_sentences_are_described(made: dict[str, Any]) -> None:
    assert row(made, "sentences", word("sentences read")) == [3]
    assert row(made, "sentences", word("sentences median")) == [2.0]
    assert row(made, "sentences", word("sentences ten_years")) == [1]


def test_endings_add_up_to_a_hundred(made: dict[str, Any]) -> None:
    for line in table(made, "endings"):
        assert sum(line[1:]) == pytest.approx(100)


def test_ends_of_the_year_by_kind_and_country(made: dict[str, Any]) -> None:
    one = next(one for one in made["tables"] if one["id"] == "ends")
    assert [head for head, _ in one["columns"]] == ["end", "@BY", "@MM", "all"]
    assert row(made, "ends", word("status released")) == [1, 0, 1]
    assert row(made, "ends", word("status died_in_custody")) == [0, 1, 1]


def test_gender_and_age_add_up_and_unknown_is_not_guessed(made: dict[str, Any]) -> None:
    female, male, other, unknown, whole = row(made, "gender_and_age", ALL)
    assert (female, male, other, unknown, whole) == (2, 1, 0, 1, 4), "sources of f disagree"
    assert row(made, "gender_and_age", word("age 18-24")) == [0, 1, 0, 0, 1]
    assert sum(line[-1] for line in table(made, "gender_and_age")[:-1]) == whole


def test_in_public_small_numbers_are_withheld_and_totals_stay() -> None:
    made = edition(replace(INPUTS, public=True))
    cells = [cell for line in table(made, "gender_and_age")[:-1] for cell in line[1:-1]]
    assert WITHHELD in cells
    assert not [cell for cell in cells if isinstance(cell, int) and 0 < cell < 5]
    assert row(made, "gender_and_age", ALL)[-1] == 4
    assert table(made, "groups") == [], "fewer than five in each"


def test_groups_and_occupations_of_all_held_in_the_year(made: dict[str, Any]) -> None:
    found = {json.dumps(label): n for label, n in table(made, "groups")}
    assert found[json.dumps({"w": "group journalist"})] == 2
    assert found[json.dumps({"t": "doctor"})] == 1
    assert found[json.dumps({"w": "unknown"})] == 3


def test_beyond_prison(made: dict[str, Any]) -> None:
    assert table(made, "tactics") == [[word("tactic travel_ban"), BY, 1]]
    assert table(made, "transnational")[0] == [BY, {"c": "PL"}, word("tactic assault"), 1, 3]
    assert row(made, "notices", BY) == [1, 1]
    assert table(made, "leverage") == [[{"c": "IR"}, {"c": "FR"}, 1]]


def test_what_became_known_after_the_edition_is_not_in_it(made: dict[str, Any]) -> None:
    rows = table(made, "interventions")
    assert [line[0] for line in rows] == [word("means demarche")], "the prize came later"
    assert rows[0][1:] == [1, 0, 0.0, 1, 100.0, None, None]


def test_who_is_said_to_be_involved_is_counted_and_named_behind_the_gate(
    made: dict[str, Any],
) -> None:
    assert table(made, "accountability") == [
        [BY, word("evidence alleged"), 1, 0],
        [BY, word("evidence court_finding"), 1, 1],
    ]
    (named,) = table(made, "named")
    assert named[1:3] == [{"t": "Judge Example"}, {"t": "a court"}]
    assert named[-1] == {"t": "I followed the law."}
    assert "Guard Hidden" not in json.dumps(made)


def test_the_indicator_counts_persons_of_its_groups_and_leaves_empty_what_is_not_told(
    made: dict[str, Any],
) -> None:
    assert row(made, "indicator", word("act detention")) == [1, 0, 0]
    assert row(made, "indicator", word("act death")) == [0, 0, 0]
    assert row(made, "indicator", word("act torture")) == [None, None, None]
    public = edition(replace(INPUTS, public=True))
    assert row(public, "indicator", word("act detention")) == [WITHHELD, 0, 0]


def test_completeness_counts_what_is_filled(made: dict[str, Any]) -> None:
    assert row(made, "quality", word("field name"))[:2] == [6, 6]
    assert row(made, "quality", word("field born"))[:2] == [5, 6]
    assert row(made, "quality", word("field gender"))[:2] == [4, 6]


def test_a_page_for_each_country_has_its_rows_alone(made: dict[str, Any]) -> None:
    assert [one["code"] for one in made["countries"]] == ["BY", "MM"]
    for one in made["countries"]:
        for part in one["tables"]:
            assert all(line[0] == {"c": one["code"]} for line in part["rows"])


def test_only_cases_that_may_be_named_are_named(made: dict[str, Any]) -> None:
    named = {one["code"]: [case["name"] for case in one["cases"]] for one in made["countries"]}
    assert named == {"BY": ["Person A"], "MM": []}
    assert "Person B" not in json.dumps(made)


def test_findings_carry_their_numbers_and_lead_to_their_tables(made: dict[str, Any]) -> None:
    keys = [one["key"] for one in made["findings"]]
    assert keys[:3] == ["f.held", "f.same", "f.during"]
    assert 5 <= len(keys) <= 10
    assert {one["table"] for one in made["findings"]} <= set(TABLES)
    died = next(one for one in made["findings"] if one["key"] == "f.died")
    assert died["with"] == {"n": 1, "year": 2023}


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ([episode("arrested 2023-03-03", person="z")], "f.up"),
        ([episode("arrested 2021-03-03", "released 2023-02-02", person="z")], "f.down"),
    ],
)
def test_the_change_is_said_in_its_direction(more: list[Episode], key: str) -> None:
    made = edition(Inputs(ASKED, [*EPISODES, *more]))
    assert made["findings"][1]["key"] == key
    assert made["findings"][1]["with"]["n"] == 1


def test_a_register_without_anybody_gives_an_edition_of_zeros() -> None:
    made = edition(Inputs(ASKED, []))
    assert row(made, "world", ALL) == [0, 0, 0, None]
    assert made["publishable"]
    assert made["findings"][0]["with"]["n"] == 0


@given(episodes=registers())
@pace(deadline=None, max_examples=40)
def test_any_register_gives_an_edition_whose_countries_hold_its_persons(
    episodes: list[Episode],
) -> None:
    made = edition(Inputs(Asked(2021, date(2026, 1, 1)), episodes))
    assert json.loads(json.dumps(made)) == made
    assert made["publishable"], "in one vintage every change is explained"
    whole = value_of(row(made, "during", ALL)[0])
    parts = [value_of(line[1]) for line in table(made, "during")[:-1]]
    assert max((p or 0 for p in parts), default=0) <= (whole or 0) <= sum(p or 0 for p in parts)
    for line in table(made, "endings"):
        assert all(cell is None or -1e-9 <= cell <= 100 + 1e-9 for cell in line[1:])


def points(made: dict[str, Any], name: str) -> list[Any]:
    """The points of the first series of a chart."""
    return next(one["series"][0][1] for one in made["charts"] if one["id"] == name)


def test_charts_show_the_numbers_of_their_tables(made: dict[str, Any]) -> None:
    assert points(made, "top_ten") == [[BY, 3.0], [MM, 1.0]]
    assert points(made, "families")[0] == [word("family speech"), 3.0]
    assert [value for _, value in points(made, "genders")] == [2.0, 1.0, 0.0, 1.0]


def test_the_waterfall_leads_from_the_first_figure_to_the_last(made: dict[str, Any]) -> None:
    steps = [value for _, value in points(made, "flows")]
    assert steps[0] + sum(steps[1:-1]) == steps[-1]


def test_ten_years_end_with_the_figure_of_today(made: dict[str, Any]) -> None:
    years = points(made, "ten_years")
    assert len(years) == 10
    assert years[-1] == [{"t": "2024-01-01"}, 4.0]


def test_months_count_each_begin_and_end_once(made: dict[str, Any]) -> None:
    taken, gone = (
        series for one in made["charts"] if one["id"] == "months" for series in one["series"]
    )
    assert sum(value for _, value in taken[1]) == 2
    assert sum(value for _, value in gone[1]) == 2


def test_sentences_fall_in_their_bars(made: dict[str, Any]) -> None:
    bars = {cell["t"]: value for cell, value in points(made, "sentence_lengths")}
    assert bars == {"0-1": 0, "1-2": 1, "2-3": 1, "3-5": 0, "5-7": 0, "7-10": 0, "10+": 1}


def test_the_curve_falls_and_stays_between_none_and_all(made: dict[str, Any]) -> None:
    curve = [value for _, value in points(made, "time_held")]
    assert curve[0] == 100
    assert all(100 >= a >= b >= 0 for a, b in pairwise(curve))
