"""Where captures come from: copies merged, patterns that cannot occur, tables from frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import PCG64, Generator
from tests.account.tables import KOSOVO
from tests.account.test_capture import tables

from standwith.account.linkage.cluster import UnusableLinks
from standwith.account.linkage.frames import records_of
from standwith.account.linkage.weigh import Record
from standwith.account.undercount.capture import CaptureTable, UnusableTable, from_cells, patterns
from standwith.account.undercount.dga import dga
from standwith.account.undercount.estimate import as_data, estimate
from standwith.account.undercount.frames import from_frame, from_matrix
from standwith.account.undercount.loglinear import select
from standwith.account.undercount.provenance import independent, merged
from standwith.account.undercount.read import read_table

LATE = """old,older,founded 2021,count
1,0,0,400
0,1,0,300
1,1,0,300
0,0,1,impossible
1,0,1,impossible
0,1,1,impossible
1,1,1,impossible
"""


@given(tables())
def test_merging_a_copy_with_its_source_leaves_the_documented_persons(table: CaptureTable) -> None:
    if table.width < 3:
        return
    found = merged(table, {table.lists[1]: [table.lists[0]]})
    assert found.n == table.n
    assert found.width == table.width - 1
    assert found.lists[0] == f"{table.lists[0]}+{table.lists[1]}"


def test_copies_of_copies_are_one_list() -> None:
    found = merged(KOSOVO, {"ABA": ["EXH"], "OSCE": ["ABA"]})
    assert found.lists == ("EXH+ABA+OSCE", "HRW")
    assert found.sizes()["HRW"] == KOSOVO.sizes()["HRW"]
    assert merged(KOSOVO, {}) == KOSOVO


@pytest.mark.parametrize(
    ("derived", "why"),
    [
        ({"EXH": ["press"]}, "no list 'press'"),
        ({"EXH": ["ABA", "OSCE", "HRW"]}, "keep two at least"),
    ],
)
def test_copies_of_nothing_or_of_everything_are_refused(
    derived: dict[str, list[str]], why: str
) -> None:
    with pytest.raises(UnusableTable, match=why):
        merged(KOSOVO, derived)


def test_a_capture_whose_only_source_is_another_list_is_no_capture() -> None:
    records = [Record(f"{name}:1", name, "Anna") for name in ("court", "press", "families")]
    cites = {"press:1": frozenset({"court"}), "families:1": frozenset({"court", "a neighbour"})}
    own, copied = independent(records, cites)
    assert [record.list for record in own] == ["court", "families"]
    assert [record.list for record in copied] == ["press"]


def test_independence_with_an_impossible_cell_is_fitted_on_the_others() -> None:
    """The counts are exact for independence (odds 1/2, 1, 1) but for the cell that cannot be."""
    cells = {"100": 400, "010": 800, "001": 800, "110": 400, "101": 400, "011": 800}
    table = from_cells("abc", cells).impossible([(1, 1, 1)])
    fits = {fit.interactions: fit for fit in select(table)}
    assert fits[()].estimate == pytest.approx(sum(cells.values()) + 800, rel=1e-6)
    assert fits[()].deviance == pytest.approx(0, abs=1e-6)
    as_zero = {fit.interactions: fit for fit in select(from_cells("abc", cells))}
    assert as_zero[()].deviance > 100


def test_methods_without_a_place_for_it_say_so_and_log_linear_models_answer() -> None:
    table = KOSOVO.impossible([])
    assert table == KOSOVO
    cells = {"100": 400, "010": 800, "001": 800, "110": 400, "101": 400, "011": 800}
    late = from_cells("abc", cells).impossible([(1, 1, 1)])
    with pytest.raises(UnusableTable, match="structural zeros"):
        dga(late)
    found = as_data(estimate(late, "loglinear", Generator(PCG64(1))))
    assert not found["refused"]
    assert found["sensitivity"] == []
    agreement = next(gate for gate in found["gates"] if gate["id"] == "agreement")
    assert not agreement["passed"]
    assert "no other kind" in agreement["reason"]


def test_impossible_patterns_follow_a_list_into_its_tests_and_merges() -> None:
    table = read_table(LATE.replace("1,1,1,impossible", "1,1,1,5"))
    assert len(table.structural) == 3
    inside = table.inside("old")
    assert [patterns(2)[cell].tolist() for cell in inside.structural] == [[0, 1]]
    both = table.merge("old", "older")
    assert [patterns(2)[cell].tolist() for cell in sorted(both.structural)] == [[0, 1]]


@pytest.mark.parametrize("pattern", [(0, 0, 0, 0), (1, 0), (2, 0, 0, 0), (1, 0, 0, 0)])
def test_a_pattern_that_was_counted_or_is_none_cannot_be_impossible(
    pattern: tuple[int, ...],
) -> None:
    with pytest.raises(UnusableTable, match=r"no pattern of 4 lists|was counted"):
        KOSOVO.impossible([pattern])


@dataclass
class Frame:
    """What notebooks have: columns by name."""

    held: dict[str, list[Any]]

    @property
    def columns(self) -> list[str]:
        """Name the columns."""
        return list(self.held)

    def __getitem__(self, name: str) -> list[Any]:
        """Return a column."""
        return self.held[name]


PATTERNS = {"in_court": [1, 0, 1], "in_press": [0, 1, 1], "count": [5, 7, 2]}


@pytest.mark.parametrize("make", [dict, Frame, pa.table])
def test_frames_of_any_kind_are_tables(make: Any) -> None:
    found = from_frame(make(PATTERNS))
    assert found.lists == ("court", "press")
    assert found.counts.tolist() == [0, 7, 5, 2]
    assert from_frame(make(PATTERNS), lists=["in_press", "in_court"]).lists == ("press", "court")


def test_rows_of_persons_are_counted() -> None:
    matrix = np.array([[1, 0], [1, 1], [1, 0], [0, 1]])
    found = from_matrix(matrix, ["a", "b"])
    assert found.counts.tolist() == [0, 1, 2, 1]
    frame = {"a": [True, True, True, False], "b": [0, 1, 0, 1]}
    assert from_frame(frame).counts.tolist() == found.counts.tolist()


@pytest.mark.parametrize(
    ("frame", "why"),
    [
        ({"a": [1], "b": [2]}, "row 1: write 0 or 1"),
        ({"a": [1, 0], "b": [0, None]}, "row 2: write 0 or 1"),
        ({"a": [1], "b": [0], "count": [1.5]}, "row 1: 1.5 is no count"),
        ({"a": [1], "b": [0], "count": [float("nan")]}, "row 1: None is no count"),
        ({"a": [1], "b": [0], "count": [-1]}, "no count"),
        ({"a": [1, 0], "b": [0]}, "differ in length"),
        ({"a": [1], "b": [0], "count": [1], "n": [1]}, "one column of counts"),
        (17, "int has no columns"),
    ],
)
def test_frames_that_are_no_table_are_refused(frame: Any, why: str) -> None:
    with pytest.raises(UnusableTable, match=why):
        from_frame(frame)


def test_a_column_that_is_missing_and_a_matrix_of_another_shape_are_refused() -> None:
    with pytest.raises(UnusableTable, match="no column 'c'"):
        from_frame({"a": [1], "b": [0]}, lists=["a", "c"])
    with pytest.raises(UnusableTable, match="persons x 3 lists"):
        from_matrix(np.ones((2, 2)), ["a", "b", "c"])


def test_lists_of_persons_are_read_from_frames_with_their_gaps() -> None:
    court = {"id": [1.0, 2.0], "name": ["Anna", None], "born": ["1990", float("nan")]}
    press = Frame({"full_name": ["Olga"], "arrested": ["2020-08-11 00:00:00"]})
    found = records_of({"court": court, "press": press})
    assert [(r.id, r.name, r.born, r.happened) for r in found] == [
        ("court:1", "Anna", "1990", None),
        ("court:2", None, None, None),
        ("press:1", "Olga", None, "2020-08-11"),
    ]
    with pytest.raises(UnusableLinks, match="no column of names"):
        records_of({"court": {"x": [1]}})


@given(st.integers(0, 10**6))
def test_a_frame_of_persons_and_the_text_of_their_patterns_are_one_table(seed: int) -> None:
    rng = Generator(PCG64(seed))
    matrix = rng.integers(0, 2, (12, 3))
    matrix = matrix[matrix.any(axis=1)]
    if not len(matrix):
        return
    lines = "".join(f"{a},{b},{c},1\n" for a, b, c in matrix.tolist())
    assert (
        from_matrix(matrix, ["a", "b", "c"]).counts == read_table("a,b,c,count\n" + lines).counts
    ).all()
