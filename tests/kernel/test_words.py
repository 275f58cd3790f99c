"""Sources, sensitivity, measures, texts, ids, explanations: the small words."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.kernel.argument import Argument
from standwith.kernel.explanation import explain
from standwith.kernel.ids import action_id, order, slug
from standwith.kernel.measure import Measure
from standwith.kernel.period import parse_period
from standwith.kernel.sensitivity import Sensitivity, joined
from standwith.kernel.source import Citation, line_numbers, span_hash
from standwith.kernel.text import direction, parse_text
from standwith.kernel.verdict import Verdict

LABELS = list(Sensitivity)


def test_lines_of_a_citation_are_numbers_and_ranges() -> None:
    assert line_numbers("86, 90") == (86, 90)
    assert line_numbers("49-51, 50, 60") == (49, 50, 51, 60)


@pytest.mark.parametrize("text", ["", "x", "9-3", "1;2", "-4"])
def test_other_lines_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="numbers and ranges"):
        line_numbers(text)


def test_a_span_hash_sees_words_not_white_space() -> None:
    text = ["one  two", "three", "four"]
    assert span_hash(text, "1-2") == span_hash(["one two", " three "], "1, 2")
    assert span_hash(text, "1") != span_hash(text, "3")
    with pytest.raises(IndexError):
        span_hash(text, "9")


def test_a_citation_reads_as_a_reader_writes_it() -> None:
    assert str(Citation("icnc-guide", "86, 90")) == "icnc-guide L86, 90"
    assert str(Citation("video", "")) == "video"


@pytest.mark.parametrize(("a", "b", "c"), list(product(LABELS, repeat=3)))
def test_labels_form_a_lattice(a: Sensitivity, b: Sensitivity, c: Sensitivity) -> None:
    assert a | b is b | a
    assert (a | b) | c is a | (b | c)
    assert a | (a & b) is a
    assert a & (a | b) is a
    assert (a & b) | (a & c) is a & (b | c)


@given(st.lists(st.sampled_from(LABELS)))
def test_what_derives_from_values_is_at_least_as_sensitive(labels: list[Sensitivity]) -> None:
    label = joined(labels)
    assert all(item.may_reach(label) for item in labels)
    assert label is Sensitivity.CLEAR or label in labels


def test_a_label_reaches_only_who_is_cleared_for_it() -> None:
    assert Sensitivity.GREEN.may_reach(Sensitivity.AMBER)
    assert not Sensitivity.RED.may_reach(Sensitivity.AMBER_STRICT)


def measure(**more: float) -> Measure:
    """A figure on detention, with interval ends as given."""
    day, cited = parse_period("2020-08-16~"), Citation("belarus-2020", "16")
    return Measure(6700, "persons", day, cited, "count of the source", **more)


def test_a_measure_says_value_unit_date_and_source() -> None:
    text = str(measure(low=6700))
    assert text == "6700 [6700] persons (2020-08-16~; belarus-2020 L16)"
    assert "[6000 to 7000]" in str(measure(low=6000, high=7000))


@pytest.mark.parametrize("ends", [{"low": 7000}, {"high": 100}])
def test_an_interval_must_hold_its_value(ends: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="outside its own interval"):
        measure(**ends)


def test_a_measure_without_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a unit"):
        Measure(1, "", parse_period("2020"), Citation("x", "1"), "count")


def test_a_text_falls_back_to_what_there_is() -> None:
    text = parse_text({"be": "рух", "en": "movement"})
    assert text.get("ar", "be") == ("be", "рух")
    assert text.get("ar") == ("be", "рух")
    assert str(text) == "movement"
    assert str(parse_text("plain")) == "plain"


@pytest.mark.parametrize("value", [{}, {"English": "x"}, {"en_GB": "x"}])
def test_a_text_without_a_language_is_refused(value: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="write for example"):
        parse_text(value)


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        ("ar", "rtl"),
        ("fa", "rtl"),
        ("en", "ltr"),
        ("az-Arab", "rtl"),
        ("ar-Latn", "ltr"),
        ("zh-Hant", "ltr"),
        ("he-IL", "rtl"),
    ],
)
def test_the_script_decides_the_direction(tag: str, way: str) -> None:
    assert direction(tag) == way


def test_ids_have_one_form_and_one_order() -> None:
    names = ["RS-01", "G-06a", "G-06", "BY-10", "SF-01", "CO-14c", "G-10"]
    assert sorted(names, key=order) == [
        "G-06",
        "G-06a",
        "G-10",
        "SF-01",
        "CO-14c",
        "BY-10",
        "RS-01",
    ]
    assert action_id("G-06a") == "G-06a"
    assert slug("belarus-2020") == "belarus-2020"


@pytest.mark.parametrize("text", ["g-06", "G-6", "G-06f", "XX-01", ""])
def test_other_ids_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no id of an action"):
        action_id(text)


@pytest.mark.parametrize("text", ["Belarus", "a b", "-a", "a--b", ""])
def test_other_slugs_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="small letters"):
        slug(text)


@given(st.dictionaries(st.text(min_size=1), st.tuples(st.floats(-1, 1), st.text()), max_size=8))
def test_contributions_sum_to_the_score_largest_first(parts: dict[str, tuple[float, str]]) -> None:
    found = explain(parts)
    assert found.score == pytest.approx(sum(amount for amount, _ in parts.values()))
    sizes = [abs(part.amount) for part in found.parts]
    assert sizes == sorted(sizes, reverse=True)


def test_an_argument_leads_down_to_its_passages() -> None:
    leaf = Argument("detained", Verdict.TRUE, "b06", Citation("belarus-2020", "16"))
    root = Argument("held", Verdict.TRUE, "K", Citation("icnc-guide", "73"), (leaf, leaf))
    assert list(root.leaves()) == [leaf, leaf]
    assert [str(c) for c in root.citations()] == ["icnc-guide L73", "belarus-2020 L16"]
    assert [depth for depth, _ in root.outline()] == [0, 1, 1]
