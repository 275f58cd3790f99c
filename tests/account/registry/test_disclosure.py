"""Withheld cells cannot be worked out from the totals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st

from standwith.account.registry.disclosure import Bools, UnprotectedTable, withhold

tables = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=2, max_size=5
    )
)


def exactly_known(hidden: Bools) -> int:
    """Count the withheld cells that rows and columns determine, by plain linear algebra."""
    places = np.argwhere(hidden)
    rows, columns = hidden.shape
    equations = np.zeros((rows + columns, len(places)))
    for k, (i, j) in enumerate(places):
        equations[i, k] = equations[rows + j, k] = 1
    rank = np.linalg.matrix_rank
    return sum(
        rank(np.vstack((equations, np.eye(len(places))[k]))) == rank(equations)
        for k in range(len(places))
    )


@given(tables)
@pace(deadline=None, max_examples=150)
def test_no_withheld_cell_follows_from_the_totals(rows: list[list[int]]) -> None:
    found = withhold(np.array(rows))
    assert exactly_known(found.hidden) == 0
    assert not (found.small & found.beside).any()
    shown = found.counts[~found.hidden]
    assert ((shown == 0) | (shown >= 5)).all()


@given(tables)
@pace(deadline=None)
def test_a_table_without_small_cells_is_shown_whole(rows: list[list[int]]) -> None:
    table = np.array(rows) + 5
    assert withhold(table).cells() == table.tolist()


def test_the_cell_beside_is_the_one_that_costs_least() -> None:
    found = withhold(np.array([[2, 40, 9], [30, 50, 60], [7, 80, 90]]))
    assert found.cells() == [[None, 40, None], [None, 50, None], [7, 80, 90]]


def test_withholding_the_cell_alone_would_give_it_away() -> None:
    alone = np.zeros((3, 3), dtype=bool)
    alone[0, 0] = True
    assert exactly_known(alone) == 1


def test_nothing_happens_to_zeros() -> None:
    assert withhold(np.array([[0, 9], [8, 0]])).cells() == [[0, 9], [8, 0]]


@pytest.mark.parametrize("rows", [[[3, 9]], [[3], [9]], [[1, -1], [5, 5]], [1, 2]])
def test_what_cannot_be_protected_is_refused(rows: list[list[int]]) -> None:
    with pytest.raises(UnprotectedTable):
        withhold(np.array(rows))
