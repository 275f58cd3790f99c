"""Average linkage: the same persons as joining the best pair of all, one at a time."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st
from numpy.random import PCG64, Generator

from standwith.account.linkage.average import average_links, joined, single_masks
from standwith.account.linkage.cluster import Link, UnusableLinks

Persons = frozenset[frozenset[int]]


def greedy(
    size: int, weights: dict[tuple[int, int], float], absent: float, least: float
) -> Persons:
    """Join the best pair of persons again and again, over all pairs of records."""
    persons = [frozenset([i]) for i in range(size)]
    while len(persons) > 1:
        means = {
            (a, b): np.mean([weights.get((min(i, j), max(i, j)), absent) for i in a for j in b])
            for a, b in combinations(persons, 2)
        }
        a, b = max(means, key=lambda pair: means[pair])
        if means[a, b] < least:
            break
        persons = [p for p in persons if p not in {a, b}] + [a | b]
    return frozenset(persons)


def grouped(labels: np.ndarray) -> Persons:
    """Return persons as sets of records."""
    return frozenset(frozenset(np.flatnonzero(labels == x).tolist()) for x in np.unique(labels))


@given(st.integers(0, 10**6), st.integers(2, 9), st.floats(0.2, 1))
@pace(max_examples=120)
def test_mutual_best_pairs_give_what_joining_the_best_of_all_gives(
    seed: int, size: int, share: float
) -> None:
    rng = Generator(PCG64(seed))
    pairs = [pair for pair in combinations(range(size), 2) if rng.random() < share]
    weights = {pair: float(rng.normal(0, 4)) for pair in pairs}
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    found = joined(
        ends[:, 0],
        ends[:, 1],
        np.array(list(weights.values())),
        np.zeros(size, np.int64),
        absent=-2.0,
        least=-1.5,
    )
    assert grouped(found) == greedy(size, weights, -2.0, -1.5)


def test_many_equal_records_are_one_person_in_few_rounds() -> None:
    pairs = np.array(list(combinations(range(120), 2)), dtype=np.int64)
    found = joined(
        pairs[:, 0],
        pairs[:, 1],
        np.full(len(pairs), 3.0),
        np.zeros(120, np.int64),
        absent=-2,
        least=0,
    )
    assert (found == 0).all()


WHERE = {"a": "x", "b": "x", "c": "y", "d": "y", "e": "z"}


def test_one_strong_link_does_not_hold_two_persons_together_that_all_others_keep_apart() -> None:
    links = [Link("a", "b", 5.0), Link("c", "d", 5.0), Link("a", "c", 3.0)]
    links += [Link("a", "d", -6.0), Link("b", "c", -6.0), Link("b", "d", -6.0)]
    found = average_links(WHERE, links)
    assert found.persons == (("a", "b"), ("c", "d"), ("e",))
    assert found.refused == (
        (Link("a", "c", 3.0), "the other records of the two persons speak against it"),
    )


def test_a_list_without_duplicates_never_has_a_person_twice_not_even_through_others() -> None:
    links = [Link("a", "c", 5.0), Link("b", "c", 4.0), Link("a", "b", 9.0)]
    found = average_links(WHERE, links, single=frozenset("x"))
    assert found.persons == (("a", "c"), ("b",), ("d",), ("e",))
    assert {link: "twice on a list" in why for link, why in found.refused} == {
        Link("a", "b", 9.0): True,
        Link("b", "c", 4.0): True,
    }


def test_what_was_decided_to_be_two_is_never_joined() -> None:
    found = average_links(WHERE, [Link("a", "c", 50.0)], apart=[("c", "a")])
    assert ("a",) in found.persons
    assert found.refused == ((Link("a", "c", 50.0), "somebody decided that they are two persons"),)


@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
@pace(max_examples=40)
def test_the_order_of_links_and_of_their_ends_changes_no_person(seed: int, order: object) -> None:
    rng = Generator(PCG64(seed))
    names = "abcdefgh"
    where = {name: "xyz"[int(rng.integers(0, 3))] for name in names}
    links = [Link(a, b, float(rng.integers(-3, 4))) for a, b in combinations(names, 2)]
    turned = [Link(x.right, x.left, x.weight) for x in links]
    order.shuffle(turned)  # type: ignore[attr-defined]
    one = average_links(where, links, single=frozenset("x"))
    assert one.persons == average_links(where, turned, single=frozenset("x")).persons


def test_persons_of_a_link_that_weighs_nothing_stay_apart_and_nobody_is_lost() -> None:
    assert average_links(WHERE, []).persons == tuple((name,) for name in "abcde")


@pytest.mark.parametrize(
    ("links", "apart", "why"),
    [
        ([Link("a", "q", 1.0)], [], "no such record"),
        ([], [("a", "q")], "one of them is no record"),
        ([Link("a", "b", float("inf"))], [], "says nothing"),
    ],
)
def test_links_and_decisions_about_nobody_are_refused(
    links: list[Link], apart: list[tuple[str, str]], why: str
) -> None:
    with pytest.raises(UnusableLinks, match=why):
        average_links(WHERE, links, apart=apart)


def test_strangers_must_weigh_less_than_what_joins() -> None:
    with pytest.raises(UnusableLinks, match="nobody compared must weigh less"):
        average_links(WHERE, [], absent=0, least=0)


def test_more_lists_without_duplicates_than_bits_are_refused() -> None:
    lists = [f"list {i}" for i in range(70)]
    with pytest.raises(UnusableLinks, match="62 can be kept"):
        single_masks(lists, frozenset(lists))
