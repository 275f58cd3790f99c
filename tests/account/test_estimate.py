"""What stands beside a number: gates at their limits, tests inside lists, curve, report."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from numpy.random import PCG64, Generator
from tests.account.tables import AUSTRALIA, KOSOVO, NED6, SPINA, UK6, table
from tests.account.test_capture import tables
from tests.account.test_reference import made

from standwith.account.undercount import gates as limits
from standwith.account.undercount.capture import CaptureTable
from standwith.account.undercount.consistency import Check, Consistency, calibrated, consistency
from standwith.account.undercount.dga import dga
from standwith.account.undercount.estimate import as_data, estimate
from standwith.account.undercount.gates import Gate, gates, refused
from standwith.account.undercount.sensitivity import XIS, curve
from standwith.cli.main import standwith

NUMBER = {"type": "number"}
METHODS = ("dga", "loglinear", "chao")
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "n",
        "method",
        "estimate",
        "calibrated",
        "lower_bound",
        "gates",
        "refused",
        "assumption",
        "sensitivity",
        "internal_consistency",
        "diagnostics",
    ],
    "properties": {
        "n": {"type": "integer", "minimum": 0},
        "method": {"enum": ["dga", "loglinear", "latent-class", "chao"]},
        "estimate": {
            "type": ["object", "null"],
            "required": ["mean", "median", "q025", "q975"],
            "additionalProperties": NUMBER,
        },
        "calibrated": {
            "type": ["object", "null"],
            "required": ["q025", "q975"],
            "additionalProperties": NUMBER,
        },
        "lower_bound": {"type": "integer"},
        "gates": {
            "type": "array",
            "minItems": 7,
            "items": {
                "type": "object",
                "required": ["id", "passed", "reason", "value", "limit", "blocks"],
                "properties": {"id": {"pattern": "^[a-z-]+$"}, "passed": {"type": "boolean"}},
            },
        },
        "refused": {"type": "boolean"},
        "assumption": {"type": "string", "minLength": 50},
        "sensitivity": {
            "type": "array",
            "items": {"required": ["xi", "median", "q025", "q975"], "additionalProperties": NUMBER},
        },
        "internal_consistency": {"required": ["tests", "rmse_log", "coverage", "factor"]},
        "diagnostics": {"type": "object"},
    },
}


def rng(seed: int = 1) -> Generator:
    """A source of chance with a seed."""
    return Generator(PCG64(seed))


def gate(held: CaptureTable, name: str) -> Gate:
    """Return one gate of a table."""
    (found,) = [item for item in gates(held) if item.id == name]
    return found


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("held", [KOSOVO, AUSTRALIA, SPINA], ids=["kosovo", "australia", "spina"])
def test_the_report_has_the_form_that_programs_expect(held: CaptureTable, method: str) -> None:
    data = as_data(estimate(held, method, rng()))
    Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(data)))


@given(held=tables(least=2, most=3))
def test_any_table_is_estimated_or_refused_with_reasons(held: CaptureTable) -> None:
    if not held.n:
        return
    data = as_data(estimate(held, "chao", rng()))
    Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(data)))
    assert data["estimate"] is None
    assert data["lower_bound"] >= held.n
    failed = [item for item in data["gates"] if not item["passed"] and item["blocks"]]
    assert data["refused"] == bool(failed)


@pytest.mark.parametrize("held", [KOSOVO, SPINA], ids=["kosovo", "spina"])
def test_no_number_below_the_documented_is_ever_told(held: CaptureTable) -> None:
    data = as_data(estimate(held, "dga", rng()))
    assert data["estimate"]["q025"] >= data["n"]
    assert data["calibrated"]["q025"] >= data["n"]
    assert data["calibrated"]["q025"] <= data["estimate"]["q025"]
    assert data["calibrated"]["q975"] >= data["estimate"]["q975"]
    assert all(point["q025"] >= data["n"] for point in data["sensitivity"])


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(ValueError, match="no method"):
        estimate(KOSOVO, "guess", rng())


@pytest.mark.parametrize(
    ("name", "below", "at"),
    [
        ("persons", "100:9 010:8 001:7 110:3 011:2", "100:9 010:8 001:7 110:3 011:3"),
        ("overlap", "100:40 010:40 001:40 110:5 011:4", "100:40 010:40 001:40 110:5 011:5"),
        ("short-list", "100:40 010:40 001:20 110:5 011:9", "100:40 010:40 001:20 110:5 011:10"),
    ],
)
def test_a_gate_opens_exactly_at_its_limit(name: str, below: str, at: str) -> None:
    shut, opened = gate(table("a b c", below), name), gate(table("a b c", at), name)
    assert (shut.passed, opened.passed) == (False, True)
    assert shut.value == shut.limit - 1
    assert opened.value == opened.limit
    assert len(shut.reason) > 20


def test_the_limits_are_those_of_the_field() -> None:
    assert (limits.LEAST_LISTS, limits.LEAST_PERSONS, limits.LEAST_OVERLAP) == (3, 30, 10)
    assert not gate(KOSOVO, "short-list").blocks
    assert all(item.passed for item in gates(KOSOVO))
    assert not refused(gates(KOSOVO))


def test_lists_that_meet_only_through_a_third_are_connected() -> None:
    chain = table("a b c", "100:40 010:40 001:40 110:9 011:9")
    assert gate(chain, "connected").passed
    apart = table("a b c d", "1000:40 0100:40 0010:40 0001:40 1100:9 0011:9")
    assert gate(apart, "connected").value == 2


def test_a_copy_is_told_from_a_list_that_overlaps_much() -> None:
    copied = table("a b c", "100:40 001:40 110:30 111:9 101:5")
    assert not gate(copied, "copied-list").passed
    near = table("a b c", "100:40 010:1 001:40 110:30 111:9 101:5")
    assert gate(near, "copied-list").passed
    assert gate(copied.merge("a", "b"), "copied-list").passed


def test_everybody_on_every_list_leaves_nobody_to_be_unseen() -> None:
    found = gates(table("a b c", "111:100"))
    assert refused(found)
    assert "copied-list" in {item.id for item in found if not item.passed}


def test_lists_of_three_are_not_tested_inside() -> None:
    assert consistency(made([0.3, 0.3, 0.3], 500, 1), lambda t: (t.n, t.n, t.n)).tests == ()
    data = as_data(estimate(made([0.3, 0.3, 0.3], 500, 1), "dga", rng()))
    (told,) = [item for item in data["gates"] if item["id"] == "internal-consistency"]
    assert not told["passed"]
    assert "not calibrated" in told["reason"]
    assert data["internal_consistency"]["coverage"] is None


def test_tests_inside_the_lists_of_kosovo_are_those_of_dga() -> None:
    def answer(held: CaptureTable) -> tuple[float, float, float]:
        found = dga(held)
        return found.quantile(0.5), found.quantile(0.025), found.quantile(0.975)

    found = {test.name: test for test in consistency(KOSOVO, answer).tests}
    assert set(found) == {"EXH", "ABA", "OSCE", "HRW"}
    assert found["HRW"].truth == 685
    assert found["HRW"].covered
    assert not found["ABA"].covered
    assert found["ABA"].error == pytest.approx(np.log(894 / 1528), abs=0.01)


@given(
    truths=st.lists(st.integers(120, 4000), min_size=1, max_size=12),
    width=st.floats(1.05, 3.0),
)
def test_widened_intervals_hold_the_truths_they_were_widened_for(
    truths: list[int], width: float
) -> None:
    checks = tuple(
        Check("l", truth, 100, 400.0, 100 + 300 / width, 100 + 300 * width) for truth in truths
    )
    factor = Consistency(checks).factor
    assert factor >= 1
    if factor < 20:
        held = 0
        for check in checks:
            low, high = calibrated((check.median, check.low, check.high), 100, factor)
            held += low - 1e-6 <= check.truth <= high + 1e-6
        assert held >= 0.95 * len(checks) - 1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_curve_has_the_truth_of_independent_lists_at_one(seed: int) -> None:
    truth = 3000
    (point,) = [p for p in curve(made([0.3, 0.3, 0.3, 0.25], truth, seed), rng()) if p.xi == 1]
    assert point.low <= truth <= point.high


def test_the_curve_is_drawn_for_every_value_and_stands_sparse_tables() -> None:
    for held in (UK6, NED6, table("a b c", "100:40 010:30 001:20 110:1")):
        found = curve(held, rng())
        assert tuple(point.xi for point in found) == XIS
        assert all(np.isfinite([point.low, point.median, point.high]).all() for point in found)


def written(tmp_path: Path, held: CaptureTable) -> str:
    """Write a table as the field does, with in_ before the names."""
    head = ",".join([*(f"in_{name}" for name in held.lists), "Freq"])
    rows = [
        ",".join([*f"{cell:0{held.width}b}", str(int(count))])
        for cell, count in enumerate(held.counts)
        if cell
    ]
    path = tmp_path / "table.csv"
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return str(path)


def run(*words: str) -> str:
    """Run the command; return what it printed."""
    done = CliRunner().invoke(standwith, ["undercount", "estimate", *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_text_shows_bounds_tests_and_assumption_beside_the_number(tmp_path: Path) -> None:
    text = run(written(tmp_path, KOSOVO))
    assert re.search(r"At least 8,262 \(lower bound", text)
    assert len(re.findall(r"inside \w+: [\d,]+ \([\d,]+ to [\d,]+\) where", text)) == 4
    assert len(re.findall(r"^  xi ", text, re.MULTILINE)) == len(XIS)
    assert "not in the data" in text
    assert max(len(line) for line in text.splitlines() if line.startswith("  xi")) < 70


def test_a_seed_changes_the_curve_and_not_the_estimate(tmp_path: Path) -> None:
    path = written(tmp_path, AUSTRALIA)
    one, other = (json.loads(run(path, "--format", "json", "--seed", s)) for s in ("1", "2"))
    assert one["estimate"] == other["estimate"]
    assert one["sensitivity"] != other["sensitivity"]
    assert one["manifest"]["input_sha256"] == other["manifest"]["input_sha256"]


def test_a_report_is_written_whole_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    run(written(tmp_path, SPINA), "--format", "json", "-o", str(target))
    found = json.loads(target.read_text("utf-8"))
    found.pop("manifest")
    Draft202012Validator(SCHEMA).validate(found)
    assert found["diagnostics"]["delta"] == 2**-5


def test_thirteen_lists_are_refused_in_words(tmp_path: Path) -> None:
    held = made([0.2] * 13, 2000, 5)
    done = CliRunner().invoke(standwith, ["undercount", "estimate", written(tmp_path, held)])
    assert done.exit_code == 2
    assert "13 lists; graphs are met for up to 12" in done.output


def test_classes_are_estimated_with_all_that_stands_beside_them() -> None:
    held = made([0.5, 0.4, 0.45], 300, 2)
    data = as_data(estimate(held, "latent-class", rng()))
    Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(data)))
    assert data["diagnostics"]["r_hat"] >= 0.99
    told = {gate["id"] for gate in data["gates"]}
    assert {"r-hat", "effective-size", "grid-edge", "agreement"} <= told
    assert data["refused"] == any(g["blocks"] and not g["passed"] for g in data["gates"])


def test_estimators_that_differ_more_than_twofold_are_told() -> None:
    data = as_data(estimate(UK6.merge("PF", "NCA"), "loglinear", rng()))
    (models,) = [gate for gate in data["gates"] if gate["id"] == "models-agree"]
    assert models["value"] > 1
    assert {gate["id"] for gate in data["gates"]} >= {"agreement", "resamples"}
    assert data["diagnostics"]["models"][0]["estimate"] == pytest.approx(25311.3, abs=0.1)


@pytest.mark.parametrize(("xi", "more"), [(0.5, True), (2.0, False)])
def test_a_smaller_xi_means_more_people_unseen(xi: float, more: bool) -> None:  # noqa: FBT001 - a column of a table
    found = {point.xi: point.median for point in curve(AUSTRALIA, rng())}
    assert (found[xi] > found[1.0]) == more


def test_the_same_table_and_seed_give_the_same_report() -> None:
    one, other = (as_data(estimate(SPINA, "dga", rng(5))) for _ in range(2))
    assert json.dumps(one) == json.dumps(other)


def test_a_gate_that_only_warns_does_not_refuse() -> None:
    warned = table("a b c", "100:90 010:80 001:10 110:20 101:8 011:7 111:2")
    assert not gate(warned, "short-list").passed
    assert not refused(gates(warned))
    assert as_data(estimate(warned, "dga", rng()))["estimate"] is not None


def test_the_complete_graph_is_told_beside_the_estimate() -> None:
    told = as_data(estimate(AUSTRALIA, "dga", rng()))["diagnostics"]
    assert set(told) == {
        "bounds",
        "delta",
        "complete_graph_weight",
        "with_complete_graph",
        "grid_edge",
        "graphs",
        "modes",
    }
    assert told["graphs"][0]["cliques"]
    assert 0 <= told["complete_graph_weight"] <= 1


def test_validation_tells_of_each_list_what_is_known_and_what_was_found(tmp_path: Path) -> None:
    path = written(tmp_path, KOSOVO)
    asked = ["undercount", "validate", path, "--format", "json"]
    done = CliRunner().invoke(standwith, asked)
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    assert set(found["methods"]) == {"dga", "loglinear"}
    for method in found["methods"].values():
        assert [test["truth"] for test in method["tests"]] == [1910, 1528, 1786, 685]
        assert method["coverage"] == 0.75
        assert method["factor"] > 1
    assert CliRunner().invoke(standwith, asked).output == done.output
    told = CliRunner().invoke(standwith, ["undercount", "validate", path]).output
    assert "ABA: 894 (844 to 957), known 1,528" in told
    assert "whom no list holds" in told


def test_three_lists_cannot_be_validated_and_the_reason_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, made([0.3, 0.3, 0.3], 500, 1))
    done = CliRunner().invoke(standwith, ["undercount", "validate", path])
    assert done.exit_code == 2
    assert "3 lists; a test inside one needs three others" in done.output


def test_a_table_without_enough_overlap_has_no_test_and_says_so(tmp_path: Path) -> None:
    lonely = table("a b c d", "1000:40 0100:40 0010:40 0001:40 1100:5 0011:5 0110:4")
    path = written(tmp_path, lonely)
    done = CliRunner().invoke(standwith, ["undercount", "validate", path])
    assert done.exit_code == 0, done.output
    assert "no list has enough persons on others" in done.output
