"""Grades of claims, explanations of scores, argument trees: small laws."""

from __future__ import annotations

from itertools import product

import pytest

from standwith.kernel.argument import Argument
from standwith.kernel.explanation import Contribution, Explanation, explain
from standwith.kernel.grade import CREDIBILITY, RELIABILITY, Grade, parse_grade
from standwith.kernel.source import Citation
from standwith.kernel.verdict import Verdict

ALL = [f"{letter}{digit}" for letter, digit in product(RELIABILITY, CREDIBILITY)]
COUNTED = {f"{letter}{digit}" for letter, digit in product("ABC", "123")}


@pytest.mark.parametrize("text", ALL)
def test_a_grade_counts_from_a_to_c_and_from_1_to_3(text: str) -> None:
    grade = parse_grade(text)
    assert str(grade) == text
    assert grade.counts is (text in COUNTED)


def test_there_are_thirty_six_grades_in_order() -> None:
    grades = [parse_grade(text) for text in ALL]
    assert len(grades) == 36
    assert sorted(grades) == grades
    assert Grade("A", "1") < Grade("A", "2") < Grade("B", "1")


@pytest.mark.parametrize("text", ["", "A", "1A", "A7", "G1", "a1", "A1 ", "A11"])
def test_other_grades_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a letter A-F and a digit 1-6"):
        parse_grade(text)


def test_an_explanation_has_no_score_but_the_sum_of_its_parts() -> None:
    found = explain({"speed": (0.2, "two days"), "harm": (-0.5, "high"), "cost": (0.2, "low")})
    assert [part.part for part in found.parts] == ["harm", "cost", "speed"]
    assert found.score == pytest.approx(-0.1)
    assert found.parts[0] == Contribution("harm", -0.5, "high")
    assert Explanation(()).score == 0


def leaf(rule: str, verdict: Verdict = Verdict.TRUE) -> Argument:
    """Make a statement that rests on a passage."""
    return Argument(rule, verdict, rule, Citation("source", rule))


def test_a_tree_is_walked_from_the_root_in_order() -> None:
    root = Argument("root", Verdict.TRUE, "r", None, (leaf("1"), leaf("2")))
    tree = Argument("top", Verdict.TRUE, "t", None, (root, leaf("3")))
    walked = [(depth, node.rule) for depth, node in tree.outline()]
    assert walked == [(0, "t"), (1, "r"), (2, "1"), (2, "2"), (1, "3")]
    assert [node.rule for node in tree.leaves()] == ["1", "2", "3"]


def test_a_passage_that_is_cited_twice_is_listed_once() -> None:
    tree = Argument("top", Verdict.TRUE, "t", Citation("source", "1"), (leaf("1"), leaf("2")))
    assert [str(cited) for cited in tree.citations()] == ["source L1", "source L2"]


def test_a_contribution_keeps_its_reason_beside_its_amount() -> None:
    found = explain({"a": (1.0, "why a"), "b": (1.0, "why b")})
    assert [(part.part, part.detail) for part in found.parts] == [("a", "why a"), ("b", "why b")]


def test_a_verdict_of_a_leaf_may_differ_from_that_of_its_root() -> None:
    tree = Argument("top", Verdict.BOTH, "t", None, (leaf("1"), leaf("2", Verdict.FALSE)))
    assert {node.verdict for node in tree.leaves()} == {Verdict.TRUE, Verdict.FALSE}
    assert tree.verdict is Verdict.BOTH
