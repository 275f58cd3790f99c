"""How many are on no list: golden values of the literature, laws, refusals."""

from __future__ import annotations

import json
from math import exp, log
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st
from numpy.random import PCG64, Generator
from tests.account.tables import AUSTRALIA, KOSOVO, NED6, NEW_ORLEANS8, SPINA, UK6, table

from standwith.account.undercount.bounds import bounds, chapman
from standwith.account.undercount.capture import (
    CaptureTable,
    UnusableTable,
    from_cells,
    from_rows,
    patterns,
)
from standwith.account.undercount.consistency import Check, Consistency, calibrated, consistency
from standwith.account.undercount.dga import Posterior, dga
from standwith.account.undercount.estimate import as_data, estimate
from standwith.account.undercount.gates import gates, refused
from standwith.account.undercount.graphs import Graph, parts
from standwith.account.undercount.read import read_table
from standwith.account.undercount.sensitivity import curve, without_highest
from standwith.account.undercount.walk import walk
from standwith.cli.main import standwith

counts = st.lists(st.integers(0, 60), min_size=7, max_size=7)


def rng(seed: int = 1) -> Generator:
    """A source of chance with a seed."""
    return Generator(PCG64(seed))


def of(values: list[int]) -> CaptureTable:
    """Build a table of three lists."""
    return CaptureTable(("a", "b", "c"), np.array([0, *values], dtype=np.int64))


def three(found: Posterior) -> tuple[int, int, int]:
    """Return the quantiles of 2.5, 50 and 97.5 %."""
    low, median, high = (found.quantile(share) for share in (0.025, 0.5, 0.975))
    return low, median, high


def test_the_kosovo_table_has_its_published_margins() -> None:
    assert KOSOVO.n == 4400
    assert KOSOVO.frequencies().tolist() == [3218, 882, 273, 27]
    assert list(KOSOVO.sizes().values()) == [1910, 1528, 1786, 685]
    assert (UK6.n, NED6.n, AUSTRALIA.n, SPINA.n) == (2744, 8234, 414, 537)


def test_bounds_and_coverage_of_kosovo_are_the_published_ones() -> None:
    found = bounds(KOSOVO)
    assert found.chao == pytest.approx(10_270.48, abs=0.005)
    assert found.chao_corrected == pytest.approx(10_262.01, abs=0.005)
    assert found.by_lists == pytest.approx(8_586.07, abs=0.005)
    assert found.coverage == pytest.approx(0.47101, abs=5e-6)
    assert found.coverage_estimate == pytest.approx(7_633.55, abs=0.005)


@pytest.mark.parametrize(
    ("width", "count"),
    [(2, 2), (3, 8), (4, 61), (5, 822), (6, 18154), (7, 617675), (8, 30888596)],
)
def test_there_are_as_many_decomposable_graphs_as_are_known(width: int, count: int) -> None:
    """With nothing to score, every graph adds 1, so that the sum counts them too."""
    found = walk(np.zeros((2**width, 1)), np.zeros(1))
    assert found.count == count
    assert float(np.exp(found.sums[0])) == pytest.approx(count - 1, rel=1e-12)


@pytest.mark.parametrize(
    ("delta", "keep", "mean", "quantiles"),
    [
        (1, "all", 4829.456, (4408, 4617, 6860)),
        (0.5, "all", 11030.733, (4500, 11323, 14486)),
        (2**-4, "all", 12749.174, (9827, 12595, 16543)),
        (1, "without", 9458.1, (6945, 9786, 12745)),
        (0.5, "without", 11439.3, (7536, 11429, 14539)),
    ],
)
def test_graphs_of_kosovo_give_the_published_numbers(
    delta: float, keep: str, mean: float, quantiles: tuple[int, int, int]
) -> None:
    whole = keep == "all"
    found = dga(KOSOVO, delta=delta, least=1, most=20_000, keep_complete=whole)
    assert found.mean == pytest.approx(mean, rel=1e-6 if whole else 1e-5)
    assert three(found) == quantiles


def test_the_complete_graph_is_weighed_and_left_out_unless_asked_for() -> None:
    found = dga(KOSOVO, delta=1, least=1, most=20_000)
    assert found.complete_weight == pytest.approx(0.976, abs=5e-4)
    assert found.with_complete[1] == 4617
    assert dga(KOSOVO).graphs[0][0] == ("[EXH,ABA,OSCE]", "[EXH,OSCE,HRW]")
    assert dga(KOSOVO).graphs[0][1] == pytest.approx(0.9855, abs=5e-5)


def test_five_and_six_lists_give_the_published_numbers() -> None:
    assert three(dga(UK6, keep_complete=True)) == (10233, 12315, 26195)
    assert three(dga(UK6.merge("PF", "NCA"), keep_complete=True)) == (10387, 22990, 33510)
    found = three(dga(NED6.merge("I", "O"), keep_complete=True))
    assert found == pytest.approx((41665, 50383, 203389), abs=1), "published on a grid"


def test_seven_and_eight_lists_are_summed_over_all_their_graphs() -> None:
    found = dga(NEW_ORLEANS8, most=5550, keep_complete=True)
    assert found.mean == pytest.approx(1036.3, abs=0.5)
    assert three(found) == pytest.approx((521, 952, 2049), abs=2), "published on a grid"


def test_spina_bifida_in_five_lists_gives_the_published_numbers() -> None:
    found = dga(SPINA, delta=0.5, least=1, most=300, keep_complete=True)
    assert found.mean == pytest.approx(617.82, abs=0.005)
    assert three(found) == (588, 616, 655)


@given(values=counts, order=st.permutations(range(3)))
@pace(deadline=None, max_examples=40)
def test_the_order_of_the_lists_changes_nothing(values: list[int], order: list[int]) -> None:
    held = of(values)
    if not held.n:
        return
    bits = patterns(3)
    rows = [([int(bits[h, j]) for j in order], int(held.counts[h])) for h in range(8)]
    other = from_rows([held.lists[j] for j in order], rows)
    assert other.n == held.n
    assert dga(other).mean == pytest.approx(dga(held).mean, rel=1e-9)
    assert bounds(other).chao_corrected == bounds(held).chao_corrected


@given(values=counts)
def test_merging_two_lists_keeps_every_person(values: list[int]) -> None:
    held = of(values)
    merged = held.merge("a", "c")
    assert merged.n == held.n
    assert merged.sizes()["a+c"] >= max(held.sizes()["a"], held.sizes()["c"])


@given(values=counts)
def test_margins_count_everybody_once(values: list[int]) -> None:
    held = of(values)
    for chosen in ([], [0], [2, 0], [0, 1, 2]):
        assert held.margin(chosen).sum() == held.n
    assert held.margin([0, 1, 2]).tolist() == held.counts.tolist()
    assert int(held.frequencies().sum()) == held.n


@given(values=counts)
@pace(deadline=None, max_examples=40)
def test_a_posterior_is_a_distribution_above_what_is_documented(values: list[int]) -> None:
    held = of(values)
    if not held.n:
        return
    found = dga(held)
    assert found.probabilities.sum() == pytest.approx(1)
    assert found.support[0] == held.n
    assert held.n <= found.quantile(0.025) <= found.quantile(0.5) <= found.quantile(0.975)
    assert 0 <= found.complete_weight <= 1


def test_a_graph_with_a_hole_is_not_decomposable() -> None:
    square = (0b1010, 0b0101, 0b1010, 0b0101)
    assert parts(4, square) is None
    path = (0b010, 0b101, 0b010)
    assert parts(3, path) == Graph((0b011, 0b110), (0b010,))
    assert parts(3, (0, 0, 0)) == Graph((1, 2, 4), ())


def test_without_the_highest_interaction_kosovo_is_the_published_number() -> None:
    shares = KOSOVO.counts / KOSOVO.n
    shares[0] = 1.0
    unseen = float(without_highest(shares, 1.0))
    assert KOSOVO.n / (1 - unseen) == pytest.approx(16_941.88, abs=0.01)


def test_the_curve_falls_as_lists_are_taken_to_avoid_each_other() -> None:
    found = curve(KOSOVO, rng())
    medians = [point.median for point in found]
    assert medians == sorted(medians, reverse=True)
    assert all(KOSOVO.n <= p.low <= p.median <= p.high for p in found)
    assert curve(KOSOVO, rng()) == found, "the same seed gives the same curve"


def test_inside_a_list_its_own_size_is_the_truth() -> None:
    inner = KOSOVO.inside("HRW")
    assert inner.lists == ("EXH", "ABA", "OSCE")
    assert inner.n == 685 - 306
    found = consistency(KOSOVO, lambda t: (float(t.n), float(t.n), t.n * 2.0))
    assert [test.truth for test in found.tests] == [1910, 1528, 1786, 685]
    assert found.rmse is not None
    assert found.coverage is not None


def test_intervals_are_widened_until_the_known_truths_lie_inside() -> None:
    tests = (Check("a", 300, 100, 200.0, 150.0, 260.0), Check("b", 200, 100, 200.0, 150.0, 260.0))
    factor = Consistency(tests).factor
    assert factor == pytest.approx(log(200 / 100) / log(160 / 100))
    low, high = calibrated((200.0, 150.0, 260.0), 100, factor)
    assert high == pytest.approx(300)
    assert low == pytest.approx(100 + exp(log(100) - factor * log(2)))
    assert Consistency(()).factor == 1.0
    assert Consistency(()).rmse is None
    assert Consistency(()).coverage is None


@pytest.mark.parametrize(
    ("cells", "failed"),
    [
        ("10:50 01:60 11:20", "lists"),
        ("100:9 010:8 001:7 110:1 011:1", "persons"),
        ("100:90 010:80 001:70 110:4 011:4", "overlap"),
        ("1000:90 0100:80 0010:70 0001:60 1100:20 0011:20", "connected"),
        ("100:90 010:80 001:0 110:20 101:20 111:15", "copied-list"),
        ("100:90 010:80 110:30", "empty-list"),
    ],
)
def test_a_table_that_cannot_answer_is_refused_with_its_reason(cells: str, failed: str) -> None:
    lists = " ".join("abcd"[: cells.index(":")])
    found = gates(table(lists, cells))
    assert failed in {gate.id for gate in found if not gate.passed}
    assert refused(found)
    data = as_data(estimate(table(lists, cells), "dga", rng()))
    assert data["refused"] is True
    assert data["estimate"] is None
    assert data["lower_bound"] >= data["n"]
    assert all(gate["reason"] for gate in data["gates"] if not gate["passed"])


@pytest.mark.parametrize(
    ("lists", "cells", "why"),
    [
        ("a", "1:4", "1 lists"),
        ("a a", "10:4", "name of its own"),
        ("a b", "100:4", "0 or 1 for each"),
        ("a b", "1x:4", "0 or 1 for each"),
        ("a b", "00:4", "on no list"),
    ],
)
def test_what_is_no_table_is_refused_in_words(lists: str, cells: str, why: str) -> None:
    with pytest.raises(UnusableTable, match=why):
        table(lists, cells)


@pytest.mark.parametrize("count", [-1, 1.5, 10**13, True])
def test_what_is_no_count_is_refused(count: float) -> None:
    with pytest.raises(UnusableTable, match="no count"):
        from_cells(["a", "b"], {"10": count})  # type: ignore[dict-item]


def test_forty_lists_are_refused_before_their_patterns_are_made() -> None:
    with pytest.raises(UnusableTable, match="40 lists"):
        from_rows([f"l{i}" for i in range(40)], [])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "line 1"),
        ("a,b,c\n1,0,0\n", "line 1"),
        ("a,b,count\n", "no rows"),
        ("a,b,count\n1,0\n", "line 2: 2 cells"),
        ("a,b,count\n1,0,-3\n", "no count"),
        ("a,b,count\n1,0,2.5\n", "no count"),
        ("a,b,count\n1,2,5\n", "neither 0 nor 1"),
    ],
)
def test_a_file_that_is_no_table_is_refused_at_its_line(text: str, why: str) -> None:
    with pytest.raises(UnusableTable, match=why):
        read_table(text)


def test_columns_of_the_field_are_read_and_rows_added_up() -> None:
    found = read_table("\ufeffin_a,in_b,Freq\n1,0,3\n1,0,4\n\n0,1,2\n")
    assert found.lists == ("a", "b")
    assert found.counts.tolist() == [0, 2, 7, 0]


def test_two_lists_give_chapman_s_number_and_no_more() -> None:
    assert chapman(10, 10, 5) == pytest.approx(121 / 6 - 1)
    with pytest.raises(ValueError, match="at most as many"):
        chapman(3, 3, 4)


def test_huge_counts_are_estimated_without_a_warning() -> None:
    big = CaptureTable(KOSOVO.lists, KOSOVO.counts * 50_000)
    found = dga(big)
    assert found.quantile(0.5) / big.n == pytest.approx(12_550 / 4400, rel=0.05)


def test_structural_zeros_and_counts_exclude_each_other() -> None:
    with pytest.raises(UnusableTable, match="cannot occur"):
        CaptureTable(KOSOVO.lists, KOSOVO.counts, frozenset({1}))
    held = CaptureTable(("a", "b", "c"), np.array([0, 1, 2, 3, 4, 0, 0, 0]), frozenset({7}))
    with pytest.raises(UnusableTable, match="structural"):
        dga(held)


def written(tmp_path: Path, held: CaptureTable) -> Path:
    """Write a table as a file."""
    lines = [",".join([*held.lists, "count"])]
    for pattern, count in zip(patterns(held.width), held.counts, strict=True):
        lines.append(",".join(map(str, [*pattern.tolist(), int(count)])))
    path = tmp_path / "table.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_the_command_says_everything_beside_the_number_and_repeats_itself(tmp_path: Path) -> None:
    asked = ["undercount", "estimate", str(written(tmp_path, KOSOVO)), "--format", "json"]
    first = CliRunner().invoke(standwith, [*asked, "--seed", "7"])
    assert first.exit_code == 0, first.output
    found = json.loads(first.output)
    assert found["n"] == 4400
    assert found["lower_bound"] == 8262
    assert round(found["diagnostics"]["bounds"]["chao_corrected"]) == 10262
    assert found["estimate"]["median"] == 12595
    assert found["calibrated"]["q025"] <= found["estimate"]["q025"]
    assert len(found["internal_consistency"]["tests"]) == 4
    assert [point["xi"] for point in found["sensitivity"]] == [0.25, 0.5, 0.75, 1, 1.5, 2, 4]
    assert found["manifest"]["seed"] == 7
    again = CliRunner().invoke(standwith, [*asked, "--seed", "7"])
    assert again.output == first.output
    text = CliRunner().invoke(standwith, asked[:3]).output
    for word in ("Documented: 4,400", "At least 8,262", "12,595", "calibrated", "xi 1 "):
        assert word in text


def test_the_command_refuses_in_words(tmp_path: Path) -> None:
    two = written(tmp_path, table("a b", "10:50 01:60 11:20"))
    done = CliRunner().invoke(standwith, ["undercount", "estimate", str(two)])
    assert done.exit_code == 0
    assert "No estimate" in done.output
    assert "third" in done.output
    (tmp_path / "bad.csv").write_bytes(b"\xff\xfe")
    for name in ("bad.csv", "missing.csv"):
        wrong = CliRunner().invoke(standwith, ["undercount", "estimate", str(tmp_path / name)])
        assert wrong.exit_code == 2
        assert name in wrong.output
    chao = CliRunner().invoke(
        standwith, ["undercount", "estimate", str(written(tmp_path, KOSOVO)), "--method", "chao"]
    )
    assert "At least 8,262" in chao.output
