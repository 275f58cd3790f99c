"""What charts draw: every point where its number puts it, in either direction of writing."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from standwith.account.registry.tactics import (
    Means,
    Step,
    Tactic,
)
from standwith.account.registry.vocabulary import DEATHS, RELEASES, Family, Group
from standwith.publish.charts import WIDE, svg
from standwith.publish.edition_words import Wording, languages

EN, AR = Wording("en"), Wording("ar")


def chart(kind: str, *series: tuple[str, list[Any]], name: str = "ages") -> dict[str, Any]:
    """Make a chart."""
    return {"id": name, "kind": kind, "series": [[key, points] for key, points in series]}


def rects(drawn: str) -> list[tuple[float, float]]:
    """Begin and width of each bar."""
    found = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', drawn)
    return [(float(x), float(w)) for x, w in found]


def paths(drawn: str) -> list[list[tuple[float, float]]]:
    """Points of the lines of series, without grid and legend."""
    found = re.findall(r'<path d="(M[^"]+)" fill="none"', drawn)
    lines = [re.findall(r"[ML]([\d.]+) ([\d.]+)", d) for d in found if "h" not in d]
    return [[(float(x), float(y)) for x, y in line] for line in lines]


NUMBERS = st.lists(st.integers(0, 10_000), min_size=1, max_size=12)


@given(NUMBERS)
def test_bars_are_proportional_and_stay_inside(numbers: list[int]) -> None:
    points = [[{"t": str(i)}, n] for i, n in enumerate(numbers)]
    for wording in (EN, AR):
        drawn = rects(svg(chart("bars", ("all", points)), wording))
        assert len(drawn) == len(numbers)
        most = max(numbers) or 1
        widest = max(width for _, width in drawn)
        for (x, width), number in zip(drawn, numbers, strict=True):
            assert width == pytest.approx(widest * number / most, abs=0.1)
            assert 0 <= x <= x + width <= WIDE


STEPS = st.lists(st.integers(-50, 50), max_size=6)


@given(st.integers(300, 500), STEPS)
def test_a_waterfall_hangs_each_step_on_the_one_before(first: int, steps: list[int]) -> None:
    last = first + sum(steps)
    numbers = [first, *steps, last]
    points = [[{"t": str(i)}, n] for i, n in enumerate(numbers)]
    drawn = rects(svg(chart("waterfall", ("all", points)), EN))
    ground = drawn[0][0]
    scale = drawn[0][1] / first
    level = first
    for (x, width), number in zip(drawn[1:-1], steps, strict=True):
        low, high = sorted((level, level + number))
        assert x == pytest.approx(ground + low * scale, abs=0.2)
        assert width == pytest.approx(max(1.0, (high - low) * scale), abs=0.2)
        level += number
    assert drawn[-1][0] == ground
    assert drawn[-1][1] == pytest.approx(last * scale, abs=0.2)


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=12))
def test_a_line_goes_up_where_numbers_go_up(numbers: list[int]) -> None:
    points = [[{"t": f"2020-{i + 1:02}"}, n] for i, n in enumerate(numbers)]
    (line,) = paths(svg(chart("lines", ("all", points)), EN))
    assert len(line) == len(numbers)
    assert [x for x, _ in line] == sorted(x for x, _ in line)
    for (_, a), (_, b), m, n in zip(line, line[1:], numbers, numbers[1:], strict=False):
        assert (b < a) == (n > m) or abs(b - a) <= 0.2


def test_a_curve_falls_in_steps_and_not_aslant() -> None:
    points = [[0, 100], [10, 80], [30, 50]]
    (line,) = paths(svg(chart("steps", ("held", points), name="time_held"), EN))
    assert len(line) == 5
    for (x, y), (u, v) in pairwise(line):
        assert x == u or y == v, "level, then down"


def test_series_are_told_apart_without_colour() -> None:
    points = [[0, 1], [1, 2]]
    drawn = svg(chart("steps", *((name, points) for name in ("held", "all", "gone"))), EN)
    dashes = re.findall(r'stroke-dasharray="([^"]+)"', drawn)
    assert len(set(dashes)) == 2
    assert all(word in drawn for word in ("held", "All together", "Gone"))


def test_the_map_fills_countries_and_says_their_numbers() -> None:
    drawn = svg(chart("map", ("now", [[{"c": "BY"}, 9], [{"c": "MM"}, 3]]), name="map"), EN)
    assert "Belarus: 9" in drawn
    assert "Myanmar (Burma): 3" in drawn
    tree = etree.fromstring(drawn.encode())
    shades = [
        float(one.get("fill-opacity", "1"))
        for one in tree.iter("{*}path")
        if one.get("fill") == "#1d4f8c"
    ]
    assert max(shades) == 1.0
    assert len(shades) == 2
    assert shades[0] != shades[1]


def test_long_names_are_cut_and_numbers_are_not() -> None:
    drawn = svg(chart("bars", ("all", [[{"t": "x" * 80}, 1_234_567]])), EN)
    assert "x" * 29 + "…" in drawn
    assert "1,234,567" in drawn


def test_what_is_not_known_is_drawn_as_a_dash() -> None:
    drawn = svg(chart("bars", ("all", [[{"t": "a"}, None], [{"t": "b"}, 2]])), EN)
    assert ">–<" in drawn


@pytest.mark.parametrize("kind", ["bars", "lines", "steps", "waterfall", "map"])
def test_a_chart_without_points_is_not_drawn(kind: str) -> None:
    assert svg(chart(kind, ("all", [])), EN) == ""


WORDS = (
    [f"tactic {one}" for one in Tactic]
    + [f"step {one}" for one in Step]
    + [f"means {one}" for one in Means]
    + [f"family {one}" for one in Family]
    + [f"group {one}" for one in Group]
    + [f"status {one}" for one in sorted(RELEASES | DEATHS)]
    + [f"gender {one}" for one in ("female", "male", "other", "unknown")]
    + [f"stage {one}" for one in ("no_charge", "before_trial", "sentenced", "unknown")]
    + [f"cause {one}" for one in ("released", "dead", "other", "held")]
    + ["held", "unsure", "ended", "dead", "joined", "all", "unknown", "taken", "gone"]
)


@pytest.mark.parametrize("language", languages())
def test_every_word_that_a_report_can_need_is_in_every_language(language: str) -> None:
    wording = Wording(language)
    lacking = [word for word in WORDS if not _written(wording, word)]
    assert lacking == []


def _written(wording: Wording, word: str) -> bool:
    """Whether a word has its own entry; what has none is shown as its key."""
    group, _, name = word.partition(" ")
    held = wording._words
    if name:
        return name in held[group]
    return any(word in held[part] for part in ("w", "h", "flow"))


@pytest.mark.parametrize("language", [one for one in languages() if one != "en"])
def test_words_of_other_languages_are_not_english(language: str) -> None:
    same = [word for word in WORDS if Wording(language).word(word) == EN.word(word)]
    assert same == []
