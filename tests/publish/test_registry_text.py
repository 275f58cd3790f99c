"""The figures of a year in words: each with its range, its share of what, and its doubts."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from standwith.publish.registry import annual_text

COUNT = {"value": 1200, "least": 1200, "most": 1200}
RANGE = {"value": 1300, "least": 1250, "most": 1410}
FOUND: dict[str, Any] = {
    "year": 2023,
    "known": "2024-01-15",
    "unit": "persons",
    "ranges": "from dates; not from who is who",
    "policy": "the headline leaves out persons of whom nobody knows",
    "stock": {
        "days": ["2023-01-01", "2024-01-01"],
        "all": [COUNT, RANGE],
        "change": {"absolute": 100, "percent": 8.333},
        "countries": {"BY": [COUNT, RANGE]},
    },
    "during": {
        "all": RANGE,
        "countries": {"BY": RANGE},
        "held_the_year_before": {"part": 1, "whole": 3, "share": 1 / 3},
    },
    "flows": {
        "": {
            "opening": 1200,
            "into": {"arrested": 150, "late_discovered": 20},
            "out_of": {"released": 70},
            "closing": 1300,
            "residual": 0,
        },
        "BY": {"opening": 1199, "into": {}, "out_of": {}, "closing": 1300, "residual": 101},
    },
    "residuals": {},
    "law": {
        "families": {"speech": {"part": 3, "whole": 4, "share": 0.75}},
        "sentences": {
            "number": 10,
            "quartiles_years": (1.0, 2.5, 8.0),
            "ten_years_or_more": {"part": 2, "whole": 10, "share": 0.2},
            "life": 1,
            "death": 0,
            "unread": 4,
        },
    },
    "time_held": {
        "number": 1500,
        "still_held": 1100,
        "median_days": 1234.0,
        "median_95": [1100.0, None],
        "mean_of_the_released_alone": 456.7,
    },
    "quality": {
        "two_sources": {"part": 0, "whole": 0, "share": None},
        "begin_known_to_the_day": {"part": 9, "whole": 10, "share": 0.9},
        "lag_days": {"median": 12.0, "p90": 90.5},
        "incomplete_from": "2023-11-15",
    },
}


def changed(**parts: Any) -> str:
    """Write the figures with some parts put otherwise."""
    return annual_text(copy.deepcopy(FOUND) | parts)


@pytest.mark.parametrize(
    "line",
    [
        "Deprived of liberty, 2023, as known on 2024-01-15",
        "Unit: persons. The headline leaves out persons of whom nobody knows.",
        "Ranges come from dates; not from who is who.",
        "Held as 2024-01-01 began: 1,300 (1,250 to 1,410); a year before 1,200 (+100, +8.3 %).",
        "of them the year before: 1 of 3 (33.3 %).",
        "  all: 1,200 +150 arrested +20 late discovered -70 released = 1,300 (closes)",
        "  BY: 1,199 = 1,300 (residual +101)",
        "  speech: 3 of 4 (75.0 %)",
        "Sentences: 10; median 2.5 years (1.0 to 8.0 the middle half);",
        "ten years or more 2 of 10 (20.0 %); life 1, death 0; not read 4.",
        "Time held: 1,500 episodes, 1,100 not ended; median 1,234 days (95 % 1,100 to ?).",
        "Mean of the released alone: 457 days, too short.",
        "Quality: two sources or more 0 of 0; begin known to the day 9 of 10 (90.0 %).",
        "after 12 days (median; nine in ten within 90): figures from 2023-11-15 on will grow.",
    ],
)
def test_every_figure_is_said_with_what_it_is_of(line: str) -> None:
    assert line in annual_text(FOUND)


def test_a_residual_forbids_publication_in_capitals() -> None:
    text = changed(residuals={"": -2, "BY": 1})
    assert text.endswith("NOT TO BE PUBLISHED: flows leave a residual (all -2, BY +1).\n")
    assert "NOT TO BE" not in annual_text(FOUND)


def test_what_there_is_not_is_left_out() -> None:
    law = {"families": {}, "sentences": FOUND["law"]["sentences"] | {"quartiles_years": None}}
    quality = FOUND["quality"] | {"lag_days": None}
    text = changed(law=law, time_held={"number": 0}, quality=quality)
    for word in ("Sentences", "Time held", "will grow", "speech"):
        assert word not in text


def test_a_median_that_is_not_reached_says_so() -> None:
    held = FOUND["time_held"] | {"median_days": None, "mean_of_the_released_alone": None}
    text = changed(time_held=held)
    assert "median not reached" in text
    assert "released alone" not in text


def test_a_change_from_nothing_has_no_percentage() -> None:
    stock = FOUND["stock"] | {"change": {"absolute": 7, "percent": None}}
    assert "(+7)" in changed(stock=stock)


def test_a_country_where_nobody_was_held_that_year_is_nobody() -> None:
    during = FOUND["during"] | {"countries": {}}
    (line,) = [one for one in changed(during=during).splitlines() if one.startswith("  BY  ")]
    assert line.endswith(" 0")
