"""`standwith undercount` as one would use it: reports, copies, patterns that cannot be, signatures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from standwith.cli.main import standwith

FOUR = """court,families,lawyers,press,count
1,0,0,0,120
0,1,0,0,95
0,0,1,0,80
0,0,0,1,70
1,1,0,0,52
1,0,1,0,44
1,0,0,1,37
0,1,1,0,36
0,1,0,1,29
0,0,1,1,25
1,1,1,0,20
1,1,0,1,16
1,0,1,1,13
0,1,1,1,11
1,1,1,1,6
"""
LATE = """old,older,late,count
1,0,0,400
0,1,0,800
0,0,1,800
1,1,0,400
1,0,1,400
0,1,1,800
1,1,1,impossible
"""


def run(*words: str | Path) -> Result:
    """Run a command of the group."""
    return CliRunner().invoke(standwith, ["undercount", *(str(word) for word in words)])


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of four lists."""
    path = tmp_path / "four.csv"
    path.write_text(FOUR)
    return path


def data(*words: str | Path) -> dict[str, Any]:
    """Run a command, and read what it says."""
    done = run(*words, "--format", "json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.output)
    return found


def gate(found: dict[str, Any], name: str) -> dict[str, Any]:
    """Return one gate."""
    return next(item for item in found["gates"] if item["id"] == name)


def test_nobody_stands_for_the_assumption_until_somebody_signs(table: Path) -> None:
    unsigned = data("estimate", table)
    assert not gate(unsigned, "assumption")["passed"]
    assert "name a person" in gate(unsigned, "assumption")["reason"]
    assert not unsigned["refused"]
    signed = data("estimate", table, "--signed", "A. Statistician")
    assert gate(signed, "assumption")["passed"]
    assert signed["assumption"].endswith("Assumed by A. Statistician.")
    assert signed["estimate"] == unsigned["estimate"]


def test_a_list_that_was_copied_is_merged_with_its_source(table: Path) -> None:
    found = data("estimate", table, "--copied", "press=court")
    alone = data("estimate", table)
    assert found["n"] == alone["n"]
    assert found["estimate"] != alone["estimate"]
    assert gate(found, "lists")["value"] == 3
    assert gate(alone, "lists")["value"] == 4


def test_copies_that_leave_two_lists_are_refused_and_say_why(table: Path) -> None:
    found = data("estimate", table, "--copied", "press=court", "--copied", "lawyers=court")
    assert found["refused"]
    assert found["estimate"] is None
    assert "add a third" in gate(found, "lists")["reason"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--copied", "press"], "write LIST=SOURCE"),
        (["--copied", "press=radio"], "there is no list 'radio'"),
        (
            ["--copied", "press=court", "--copied", "court=lawyers", "--copied", "court=families"],
            "keep two at least",
        ),
    ],
)
def test_copies_that_cannot_be_are_refused(table: Path, words: list[str], why: str) -> None:
    done = run("estimate", table, *words)
    assert done.exit_code == 2
    assert why in done.output


def test_a_pattern_that_cannot_occur_is_no_zero(tmp_path: Path) -> None:
    """The counts are those of independence, the last cell aside: 800 are on no list."""
    path = tmp_path / "late.csv"
    path.write_text(LATE)
    found = data("estimate", path, "--method", "loglinear")
    assert found["n"] == 3600
    assert found["estimate"]["median"] == pytest.approx(4400, rel=0.05)
    assert found["sensitivity"] == []
    done = run("estimate", path, "--method", "dga")
    assert done.exit_code == 2
    assert "structural zeros" in done.output


def test_a_pattern_that_was_counted_cannot_be_impossible(tmp_path: Path) -> None:
    path = tmp_path / "both.csv"
    path.write_text(LATE + "1,1,1,5\n")
    done = run("estimate", path, "--method", "loglinear")
    assert done.exit_code == 2
    assert "a pattern that cannot occur was counted" in done.output


@pytest.mark.parametrize("method", ["dga", "loglinear", "chao"])
def test_every_method_has_a_page_that_loads_nothing(table: Path, method: str) -> None:
    page = run("estimate", table, "--method", method, "--format", "html").output
    assert page.startswith("<!doctype html>")
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http-equiv", "")
    assert "<script" not in page
    assert "What no data can test" in page


def test_a_page_is_written_whole_to_a_file(table: Path, tmp_path: Path) -> None:
    done = run("estimate", table, "--format", "html", "-o", tmp_path / "report.html")
    assert done.exit_code == 0
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert text.rstrip().endswith("</html>")
    assert "<title>four: how many persons no list holds</title>" in text


def test_the_text_begins_with_the_sentence_and_draws_the_curve(table: Path) -> None:
    lines = run("estimate", table).output.splitlines()
    assert lines[0].startswith("654 persons are documented by name")
    bars = [line for line in lines if line.startswith("  xi ")]
    assert len(bars) == 7
    assert bars[0].count("#") == 40
    assert [line.count("#") for line in bars] == sorted((x.count("#") for x in bars), reverse=True)


def test_the_interval_reaches_the_lower_bound_and_what_contradicts_it(table: Path) -> None:
    found = data("estimate", table)
    assert found["calibrated"]["q025"] <= found["estimate"]["q025"]
    assert found["calibrated"]["q975"] >= found["estimate"]["q975"]
    assert found["calibrated"]["q975"] >= found["lower_bound"]


def test_an_estimate_below_the_lower_bound_warns(tmp_path: Path) -> None:
    """Each pair of lists shares few, and nobody is on all three."""
    path = tmp_path / "low.csv"
    path.write_text(
        "families,court,press,count\n0,0,1,189\n0,1,0,181\n0,1,1,14\n1,0,0,84\n1,0,1,13\n"
        "1,1,0,58\n1,1,1,1\n"
    )
    found = data("estimate", path)
    warned = gate(found, "lower-bound")
    assert warned["limit"] == pytest.approx(found["lower_bound"], abs=1)
    assert not warned["blocks"]
    assert warned["value"] < warned["limit"]
    assert not warned["passed"]
    assert found["calibrated"]["q975"] >= found["lower_bound"]


def test_two_runs_with_one_seed_print_the_same_bytes(table: Path) -> None:
    for form in ("text", "json", "html"):
        one = run("estimate", table, "--method", "loglinear", "--seed", "7", "--format", form)
        other = run("estimate", table, "--method", "loglinear", "--seed", "7", "--format", form)
        assert one.output == other.output
