"""Many tables at once, and estimates that carry how unsure the linkage is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st
from numpy.random import PCG64, Generator
from tests.account.tables import AUSTRALIA, KOSOVO, NEW_ORLEANS8, UK6, WESTERN5, table
from tests.account.test_reference import made

from standwith.account.undercount.averaging import average, tables_of
from standwith.account.undercount.batch import dga_batch
from standwith.account.undercount.capture import CaptureTable, UnusableTable
from standwith.account.undercount.dga import dga

LISTS = ("a", "b", "c")


def rng(seed: int = 1) -> Generator:
    """A source of chance with a seed."""
    return Generator(PCG64(seed))


@pytest.mark.parametrize("held", [KOSOVO, AUSTRALIA, WESTERN5, UK6, NEW_ORLEANS8.merge("A", "B")])
def test_a_table_in_a_batch_is_what_it_is_alone(held: CaptureTable) -> None:
    alone, batch = dga(held), dga_batch([held, held])
    assert batch.means()[0] == pytest.approx(alone.mean, rel=5e-4)
    assert batch.means()[0] == batch.means()[1]
    for share in (0.025, 0.5, 0.975):
        assert batch.quantile(share)[0] == pytest.approx(alone.quantile(share), rel=3e-3)
    spread = float(alone.probabilities @ (alone.support - alone.mean) ** 2)
    assert batch.variances()[0] == pytest.approx(spread, rel=5e-3)


@given(scale=st.integers(1, 5), seed=st.integers(0, 50))
@pace(deadline=None, max_examples=15)
def test_the_order_of_a_batch_changes_nothing(scale: int, seed: int) -> None:
    tables = [made([0.3, 0.25, 0.2], 200 * scale, seed + i) for i in range(4)]
    forth, back = dga_batch(tables, most=5000), dga_batch(tables[::-1], most=5000)
    np.testing.assert_array_equal(forth.mass, back.mass[::-1])
    support, mass = forth.mixture()
    assert mass.sum() == pytest.approx(1)
    assert support @ mass == pytest.approx(forth.means().mean())


def test_tables_that_differ_in_lists_are_no_batch() -> None:
    for wrong in ([], [KOSOVO, UK6], [table("a b", "10:5 01:4 11:3")]):
        with pytest.raises(UnusableTable, match=r"table|lists"):
            dga_batch(wrong)


def test_each_draw_of_a_partition_becomes_a_table() -> None:
    partitions = np.array([[0, 0, 1, 2, 2], [0, 1, 1, 2, 3]])
    first, second = tables_of(partitions, ["a", "b", "b", "c", "a"], LISTS)
    assert {h: int(c) for h, c in enumerate(first.counts) if c} == {0b110: 1, 0b010: 1, 0b101: 1}
    assert {h: int(c) for h, c in enumerate(second.counts) if c} == {
        0b100: 2,
        0b010: 1,
        0b001: 1,
    }


@given(order=st.permutations(range(5)))
def test_records_may_come_in_any_order_and_entities_have_any_name(order: list[int]) -> None:
    entities, lists = np.array([0, 0, 1, 2, 2]), ["a", "b", "b", "c", "a"]
    whole = tables_of(entities[None], lists, LISTS)[0]
    other = tables_of((entities[order] * 7 + 3)[None], [lists[i] for i in order], LISTS)[0]
    assert other.counts.tolist() == whole.counts.tolist()


def test_records_without_a_list_are_refused() -> None:
    with pytest.raises(UnusableTable, match="one list for each"):
        tables_of(np.zeros((2, 3), dtype=np.int64), ["a"], LISTS)
    with pytest.raises(UnusableTable, match="no list is named z"):
        tables_of(np.zeros((1, 1), dtype=np.int64), ["z"], LISTS)


def test_one_linkage_that_is_sure_adds_nothing_to_the_estimate() -> None:
    found, alone = average([KOSOVO] * 5), dga(KOSOVO)
    assert found.mean == pytest.approx(alone.mean, rel=5e-4)
    assert (found.low, found.high) == pytest.approx(
        (alone.quantile(0.025), alone.quantile(0.975)), rel=5e-3
    )
    assert found.shares["linkage"] == pytest.approx(0, abs=1e-9)
    assert sum(found.shares.values()) == pytest.approx(1)
    assert found.n == (4400, 4400)


def test_draws_that_differ_widen_the_interval_and_are_told_as_linkage() -> None:
    sure = average([made([0.4, 0.35, 0.3], 1000, 1)] * 6)
    unsure = average(
        [made([0.4, 0.35, 0.3], size, 1) for size in (850, 900, 950, 1000, 1050, 1150)]
    )
    assert unsure.high - unsure.low > sure.high - sure.low
    assert unsure.shares["linkage"] > 0.3
    assert 0 <= unsure.shares["model"] < 1
    assert 0.5 < unsure.weighed <= 1
