"""The catalogue: complete, linted, compiled, compared, crossed."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from standwith.choose import lint as lint_module
from standwith.choose.action import DIMENSIONS
from standwith.choose.catalogue import catalogue
from standwith.choose.codes import CODES
from standwith.choose.diff import diff
from standwith.choose.lint import Lint, lint, sourced_share
from standwith.choose.lint_text import copied_share, lix, readable, spans, translated
from standwith.choose.matrix import matrix
from standwith.choose.reach import unreachable
from standwith.choose.release import compile_release, current, encode
from standwith.choose.score import CRITERIA, centre, grade_evidence
from standwith.kernel.document import Data

RELEASE: Data = compile_release()


@pytest.fixture
def release() -> Data:
    """A release that a test may spoil."""
    return copy.deepcopy(RELEASE)


def test_the_lints_find_nothing() -> None:
    assert lint(None, unreachable()) == ()


def test_what_cannot_be_reached_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint_module, "_form", lambda: iter(()))
    monkeypatch.setattr(lint_module, "compile_release", lambda: RELEASE)
    assert lint(None, [("G-01", "no trial situation blocks it")])[0].check == 8


@pytest.mark.skipif("STANDWITH_SOURCES" not in os.environ, reason="no source texts at hand")
def test_cited_lines_are_those_that_were_read() -> None:
    folder = Path(os.environ["STANDWITH_SOURCES"])
    texts = {p.stem: p.read_text("utf-8").split("\n") for p in folder.glob("*.txt")}
    assert len(texts) == 5
    assert lint(texts) == ()


@pytest.mark.parametrize(
    ("prefix", "count"),
    [
        ("G-", 94),
        ("SF-", 40),
        ("CO-", 25),
        ("BY-", 10),
        ("RS-", 38),
    ],
)
def test_all_entries_and_parts_are_there(prefix: str, count: int) -> None:
    assert sum(name.startswith(prefix) for name in catalogue()) == count


def test_183_entries_and_202_with_parts() -> None:
    names = list(catalogue())
    entries = [n for n in names if not n[-1].isalpha()]
    parents = {n[:-1] for n in names if n[-1].isalpha()}
    split = {p for p in parents if p.startswith("G-")}
    assert len(entries) == 183
    assert len(names) - len(split) == 202


def test_statistics_definitions_and_evidence_are_complete() -> None:
    assert (len(RELEASE["statistics"]), len(RELEASE["definitions"])) == (22, 21)
    assert len(RELEASE["evidence"]) == 51


def test_figures_that_do_not_recompute_say_so() -> None:
    rows = {row["id"]: row for row in RELEASE["statistics"]}
    for name in ("ST-03", "ST-04"):
        assert rows[name]["recomputable"] == "does-not-recompute"
        assert "not recomputable" in rows[name]["label"]["en"]
    assert rows["ST-05"]["admissible"] is False


def test_every_action_has_evidence_on_both_sides_and_estimates_flagged() -> None:
    for row in RELEASE["actions"]:
        assert row["evidence"]["for"]
        assert row["evidence"]["against"]
        assert row["estimates"]["status"] == "estimate"


def test_coding_that_was_changed_has_its_note() -> None:
    notes = [row for row in RELEASE["actions"] if "review" in row]
    assert len(notes) == 14
    assert all(row["review"]["why"] for row in notes)


def test_the_shipped_release_is_that_of_the_records() -> None:
    assert encode(RELEASE) == encode(current())


SPOILT: list[tuple[int, Callable[[Data], object]]] = [
    (1, lambda r: r["actions"].pop(0)),
    (2, lambda r: r["criteria"][0]["sources"].clear()),
    (3, lambda r: next(a for a in r["actions"] if a["tier"] == "T2")["legal_basis"].clear()),
    (3, lambda r: next(a for a in r["actions"] if a["tier"] == "T3").update(substitute=None)),
    (3, lambda r: r["actions"][0].update(substitute={"actions": [], "text": {"en": "x"}})),
    (4, lambda r: r["actions"][0]["preconditions"].append({"gate": "ZZ"})),
    (4, lambda r: r["actions"][0]["relations"]["overlaps"].append("G-99")),
    (4, lambda r: r["actions"][0]["evidence"]["for"].append("EV-99")),
    (5, lambda r: r["actions"][0]["relations"]["requires"].append("G-14")),
    (6, lambda r: r["actions"].pop()),
    (6, lambda r: r["actions"][0].update(id="G-98")),
    (7, lambda r: r["actions"][0]["paraphrase"].update(en=COPIED)),
    (9, lambda r: r["actions"][0]["title"].update(be="x")),
    (10, lambda r: r["actions"][0]["title"].update(en="word " * 13)),
    (10, lambda r: r["actions"][0]["paraphrase"].update(en="institutionalisation " * 9)),
    (12, lambda r: r["actions"][0].update(status="draft")),
    (12, lambda r: r["definitions"].pop()),
]
COPIED = "words"


@pytest.mark.parametrize(("check", "spoil"), SPOILT)
def test_each_lint_catches_its_own_fault(
    check: int, spoil: Callable[[Data], object], release: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    if check == 7:
        monkeypatch.setattr("standwith.choose.lint_text.copied_share", lambda *_: 0.5)
    spoil(release)
    monkeypatch.setattr(lint_module, "_form", lambda: iter(()))
    monkeypatch.setattr(lint_module, "compile_release", lambda: release)
    assert check in {found.check for found in lint()}


def test_a_broken_record_is_named_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint_module, "_form", lambda: iter([Lint(0, "x.yaml", "line 3")]))
    assert lint() == (Lint(0, "x.yaml", "line 3"),)


def test_a_changed_source_shows() -> None:
    texts = {"icnc-guide": ["other text"] * 400}
    assert {row[0] for row in spans(RELEASE, texts)} == {11}


def test_own_words_are_told_from_copied_ones() -> None:
    assert copied_share("nothing of this stands anywhere in that text at all", "icnc-guide") == 0
    assert copied_share("too short", "icnc-guide") == 0


def test_readability_is_bjornsson_s_formula() -> None:
    assert lix("One two three four.") == pytest.approx(4.0)
    assert lix("Institutionalisation matters.") == pytest.approx(2 + 100)
    assert list(readable(RELEASE)) == []
    assert list(translated(RELEASE)) == []


def test_every_action_is_advisable_somewhere_and_blocked_somewhere() -> None:
    assert list(unreachable()) == []


def test_the_share_of_fields_that_a_source_states_is_printed() -> None:
    assert 0.2 < sourced_share(RELEASE) < 0.5


def test_two_equal_releases_do_not_differ(release: Data) -> None:
    assert diff(RELEASE, release, {}) == ()


def test_a_difference_is_named_by_record_and_field_with_its_reason(release: Data) -> None:
    release["actions"][0]["tier"] = "T2"
    release["actions"][1]["risks"][0]["severity"] = "high"
    release["actions"].pop()
    found = diff(RELEASE, release, {("G-01", "tier"): "counsel asked", ("G-02", "risks"): "review"})
    shown = {(c.record, c.field): (c.before, c.after, c.reason) for c in found}
    assert shown["G-01", "tier"] == ("T1", "T2", "counsel asked")
    assert shown["G-02", "risks.0.severity"][2] == "review"
    assert shown["RS-38", "(record)"] == ("present", None, "")
    back = diff(release, RELEASE, {("RS-38", "*"): "restored"})
    assert any(c.record == "RS-38" and c.reason == "restored" for c in back)


@pytest.mark.parametrize("rows", DIMENSIONS)
@pytest.mark.parametrize("columns", DIMENSIONS)
def test_any_two_dimensions_make_a_matrix_that_loses_nothing(rows: str, columns: str) -> None:
    if rows == columns:
        with pytest.raises(ValueError, match="choose two"):
            matrix(catalogue().values(), rows, columns)
        return
    found = matrix(catalogue().values(), rows, columns)
    held = {name for ids in found.cells.values() for name in ids}
    assert held == set(catalogue())
    assert set(found.rows) <= set(CODES[rows])
    for action in catalogue().values():
        for down in action.values(rows):
            for across in action.values(columns):
                assert action.id in found.cells[down, across]


def test_an_unknown_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match="is no dimension"):
        matrix(catalogue().values(), "colour", "tier")


def test_evidence_grades_follow_the_formula() -> None:
    """RS-12: for EV-18 (q 2); against q 4+4+2+2+2+2+2: s = (2 - 18) / (20 + 2)."""
    grade = grade_evidence(catalogue()["RS-12"])
    assert grade.s == pytest.approx(-16 / 22)
    assert (grade.letter, grade.studies) == ("X", 8)
    assert grade_evidence(catalogue()["G-52"]).letter == "B"


def test_arguments_count_no_study() -> None:
    only = [a for a in catalogue().values() if grade_evidence(a).studies == 0]
    assert only
    assert {grade_evidence(a).letter for a in only} == {"D"}


def test_scores_lie_between_nought_and_one() -> None:
    for action in catalogue().values():
        found = centre(action)
        assert len(found) == len(CRITERIA)
        assert all(0 <= score <= 1 for score in found)
