"""Capture tables: laws that hold for every table, and patterns that are what they say."""

from __future__ import annotations

from contextlib import suppress
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.account.tables import AUSTRALIA, KOSOVO, NED6, UK6

from standwith.account.undercount.capture import (
    MOST_LISTS,
    CaptureTable,
    UnusableTable,
    from_cells,
    from_rows,
    patterns,
)
from standwith.account.undercount.read import read_table

NAMES = ("families", "lawyers", "press", "registry")


@st.composite
def tables(draw: st.DrawFn, least: int = 2, most: int = 4) -> CaptureTable:
    """Make a table of some lists with small counts."""
    width = draw(st.integers(least, most))
    held = draw(st.lists(st.integers(0, 40), min_size=2**width - 1, max_size=2**width - 1))
    return CaptureTable(NAMES[:width], np.array([0, *held], dtype=np.int64))


@pytest.mark.parametrize("width", range(2, 8))
def test_patterns_are_the_binary_numbers_in_their_order(width: int) -> None:
    found = patterns(width)
    assert found.shape == (2**width, width)
    for number, row in enumerate(found):
        assert int("".join(map(str, row)), 2) == number


@given(held=tables())
def test_a_table_written_as_cells_reads_back(held: CaptureTable) -> None:
    width = held.width
    cells = {f"{h:0{width}b}": int(n) for h, n in enumerate(held.counts) if h}
    assert from_cells(held.lists, cells).counts.tolist() == held.counts.tolist()


@given(held=tables())
def test_a_table_written_as_a_file_reads_back(held: CaptureTable) -> None:
    lines = [",".join(["count", *held.lists])]
    for row, count in zip(patterns(held.width), held.counts, strict=True):
        lines.append(",".join([str(count), *map(str, row)]))
    found = read_table("\r\n".join(lines))
    assert found.lists == held.lists
    assert found.counts.tolist() == held.counts.tolist()


@given(held=tables(), seed=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(held: CaptureTable, seed: object) -> None:
    rows = [(r.tolist(), int(n)) for r, n in zip(patterns(held.width), held.counts, strict=True)]
    seed.shuffle(rows)  # type: ignore[attr-defined]
    assert from_rows(held.lists, rows).counts.tolist() == held.counts.tolist()


@given(held=tables(), share=st.integers(0, 40))
def test_strata_that_are_added_up_give_the_whole(held: CaptureTable, share: int) -> None:
    part = np.minimum(held.counts, share)
    one, other = CaptureTable(held.lists, part), CaptureTable(held.lists, held.counts - part)
    assert one.n + other.n == held.n
    both = one.frequencies() + other.frequencies()
    assert both.tolist() == held.frequencies().tolist()
    for name, size in held.sizes().items():
        assert one.sizes()[name] + other.sizes()[name] == size


@given(held=tables())
def test_frequencies_and_sizes_count_the_same_entries(held: CaptureTable) -> None:
    entries = sum(k * int(n) for k, n in enumerate(held.frequencies(), start=1))
    assert entries == sum(held.sizes().values())


@given(held=tables())
def test_a_margin_of_two_lists_has_their_overlap(held: CaptureTable) -> None:
    for a, b in combinations(range(held.width), 2):
        none, second, first, both = (int(n) for n in held.margin([a, b]))
        sizes = list(held.sizes().values())
        assert (first + both, second + both) == (sizes[a], sizes[b])
        assert none == held.n - first - second - both


@given(held=tables(least=3))
def test_inside_a_list_only_its_members_who_are_seen_again_are_left(held: CaptureTable) -> None:
    for j, name in enumerate(held.lists):
        inner = held.inside(name)
        alone = int(held.counts[2 ** (held.width - 1 - j)])
        assert inner.n == held.sizes()[name] - alone
        assert name not in inner.lists
        assert inner.width == held.width - 1


@given(held=tables(least=3))
def test_merging_is_the_same_from_either_side(held: CaptureTable) -> None:
    one = held.merge("families", "lawyers")
    other = held.merge("lawyers", "families")
    assert one.n == other.n == held.n
    assert one.sizes()["families+lawyers"] == other.sizes()["lawyers+families"]
    assert one.frequencies().tolist() == other.frequencies().tolist()


@given(held=tables(least=3))
def test_a_merged_list_holds_whoever_was_on_one_of_the_two(held: CaptureTable) -> None:
    bits = patterns(held.width)
    either = int(held.counts[(bits[:, 0] | bits[:, 1]) == 1].sum())
    assert held.merge("families", "lawyers").sizes()["families+lawyers"] == either


@pytest.mark.parametrize(
    ("held", "n"), [(KOSOVO, 4400), (UK6, 2744), (NED6, 8234), (AUSTRALIA, 414)]
)
def test_published_tables_have_their_published_totals(held: CaptureTable, n: int) -> None:
    assert held.n == n
    assert held.counts[0] == 0


def test_published_mergers_keep_the_totals() -> None:
    assert UK6.merge("PF", "NCA").n == 2744
    assert NED6.merge("I", "O").n == 8234
    assert UK6.merge("PF", "NCA").lists == ("LA", "NG", "PF+NCA", "GO", "GP")


@pytest.mark.parametrize(
    ("first", "second"), [("EXH", "EXH"), ("EXH", "nobody"), ("nobody", "EXH")]
)
def test_what_cannot_be_merged_is_refused(first: str, second: str) -> None:
    with pytest.raises(UnusableTable):
        KOSOVO.merge(first, second)


def test_two_lists_are_neither_merged_nor_tested_inside() -> None:
    two = from_cells(["a", "b"], {"10": 3, "11": 2})
    with pytest.raises(UnusableTable, match="two at least"):
        two.merge("a", "b")
    with pytest.raises(UnusableTable, match="two others"):
        two.inside("a")


@pytest.mark.parametrize(
    "counts",
    [
        np.array([0, 1, 2]),
        np.array([1, 1, 2, 3]),
        np.array([0, -1, 2, 3]),
        np.array([0, 10**13, 2, 3]),
    ],
)
def test_counts_that_are_no_table_are_refused(counts: np.ndarray) -> None:
    with pytest.raises(UnusableTable):
        CaptureTable(("a", "b"), counts)


def test_as_many_lists_as_are_taken_and_one_more() -> None:
    names = [f"list {i}" for i in range(MOST_LISTS)]
    held = from_rows(names, [([1, 0] * (MOST_LISTS // 2), 3)])
    assert held.n == 3
    with pytest.raises(UnusableTable, match="takes 20"):
        from_rows([*names, "one more"], [])


@given(text=st.text(max_size=200))
def test_any_text_is_a_table_or_refused_in_words(text: str) -> None:
    with suppress(UnusableTable):
        assert read_table(text).n >= 0


@given(cells=st.lists(st.text("01x,; \n", max_size=8), max_size=8))
def test_any_rows_under_a_head_are_a_table_or_refused(cells: list[str]) -> None:
    text = "a,b,count\n" + "\n".join(cells)
    assume("," in text)
    with suppress(UnusableTable):
        assert read_table(text).width == 2
