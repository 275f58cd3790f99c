"""Who is the same person: clusters, draws, decisions and metrics against their definitions."""

from __future__ import annotations

from itertools import combinations, product
from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st
from numpy.random import PCG64, Generator

from standwith.account.linkage.cluster import (
    Clusters,
    Link,
    UnusableLinks,
    best_links,
    complete_links,
    components,
)
from standwith.account.linkage.evaluate import Score, evaluate, from_sample
from standwith.account.linkage.partition import AGAIN, Draws, Known, draw, grown
from standwith.account.linkage.review import CERTAIN, Decision, decided, queue, standing

# Five records on three lists; a and b are surely one, b and c perhaps, d and e perhaps.
LISTS = {"a": "x", "b": "y", "c": "x", "d": "y", "e": "z"}
LINKS = [Link("a", "b", 5.0), Link("b", "c", 1.0), Link("d", "e", 0.2)]

records = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8, unique=True)
labels = st.lists(st.integers(0, 4), min_size=8, max_size=8)


def rng(seed: int = 1) -> Generator:
    """A source of chance with a seed."""
    return Generator(PCG64(seed))


def labelled(values: list[int]) -> dict[str, int]:
    """Label eight records."""
    return dict(zip("abcdefgh", values, strict=True))


def weighed(seed: int) -> list[Link]:
    """Weigh some pairs of eight records by chance."""
    source = rng(seed)
    pairs = [pair for pair in combinations("abcdefgh", 2) if source.random() < 0.5]
    return [Link(a, b, round(float(source.normal(0, 3)), 3)) for a, b in pairs]


def test_components_join_whom_any_chain_joins() -> None:
    found = components(LISTS, LINKS)
    assert found.persons == (("a", "b", "c"), ("d", "e"))
    assert components(LISTS, LINKS, least=0.5).persons == (("a", "b", "c"), ("d",), ("e",))
    assert found.labels() == {"a": 0, "b": 0, "c": 0, "d": 1, "e": 1}


def test_a_list_without_duplicates_holds_a_person_once() -> None:
    found = best_links(LISTS, LINKS, single=frozenset("x"))
    assert found.persons == (("a", "b"), ("c",), ("d", "e"))
    assert found.refused == (
        (Link("b", "c", 1.0), "one person twice on x, which has nobody twice"),
    )
    assert best_links(LISTS, LINKS).persons == components(LISTS, LINKS).persons


def test_what_somebody_decided_to_be_two_stays_two() -> None:
    found = best_links(LISTS, LINKS, apart=[("e", "d")])
    assert found.persons == (("a", "b", "c"), ("d",), ("e",))
    ((link, reason),) = found.refused
    assert link == Link("d", "e", 0.2)
    assert "decided" in reason


def test_complete_links_ask_for_every_pair() -> None:
    assert complete_links(LISTS, LINKS).persons == (("a", "b"), ("c",), ("d", "e"))
    whole = [*LINKS, Link("c", "a", 0.1)]
    assert complete_links(LISTS, whole).persons == (("a", "b", "c"), ("d", "e"))


@given(seed=st.integers(0, 500), order=st.randoms())
def test_the_order_of_links_and_of_their_ends_changes_nothing(seed: int, order: object) -> None:
    links = weighed(seed)
    turned = [Link(x.right, x.left, x.weight) for x in links]
    order.shuffle(turned)  # type: ignore[attr-defined]
    lists = dict(zip("abcdefgh", "xyzxyzxy", strict=True))
    assert components(lists, links) == components(lists, turned)
    assert complete_links(lists, links) == complete_links(lists, turned)
    single = frozenset("xyz")
    assert best_links(lists, links, single=single) == best_links(lists, turned, single=single)


@given(seed=st.integers(0, 500))
def test_every_record_is_one_person_and_no_single_list_has_one_twice(seed: int) -> None:
    lists = dict(zip("abcdefgh", "xyzxyzxy", strict=True))
    for single in (frozenset[str](), frozenset("x"), frozenset("xyz")):
        found = best_links(lists, weighed(seed), single=single)
        assert sorted(record for person in found.persons for record in person) == sorted(lists)
        for person in found.persons:
            for name in single:
                assert sum(lists[record] == name for record in person) <= 1


@given(seed=st.integers(0, 500))
def test_clusters_of_complete_links_lie_within_those_of_components(seed: int) -> None:
    links = weighed(seed)
    whole = components("abcdefgh", links).labels()
    for person in complete_links("abcdefgh", links).persons:
        assert len({whole[record] for record in person}) == 1


@pytest.mark.parametrize(
    ("link", "why"),
    [
        (Link("a", "q", 1.0), "no such record"),
        (Link("a", "b", float("nan")), "says nothing"),
        (Link("a", "b", float("inf")), "says nothing"),
        (Link("a", "a", 1.0), "says nothing"),
    ],
)
def test_links_that_say_nothing_are_refused(link: Link, why: str) -> None:
    for make in (components, complete_links, best_links):
        with pytest.raises(UnusableLinks, match=why):
            make(LISTS, [link])


def test_a_decision_about_nobody_is_refused() -> None:
    with pytest.raises(UnusableLinks, match="decision names 'q'"):
        best_links(LISTS, LINKS, apart=[("a", "q")])


GROWTH = (-1.0, -2.0, -3.0)


def stationary(
    names: str, lists: dict[str, str], links: list[Link], single: str
) -> dict[frozenset[frozenset[str]], float]:
    """Work out how often each partition is met, from the steps as they are defined."""
    weights = {frozenset((x.left, x.right)): x.weight for x in links}
    states = {frozenset(frozenset(p) for p in parts): 0.0 for parts in partitions(names)}
    now = dict.fromkeys(states, 1 / len(states))
    for _ in range(200):
        for record in sorted(names):
            after = dict.fromkeys(states, 0.0)
            for state, share in now.items():
                rest = [p - {record} for p in state if p - {record}]
                odds = {frozenset([*rest, frozenset(record)]): 1.0}
                for person in rest:
                    alike = [weights.get(frozenset((record, o)), -4.0) for o in person]
                    again = sum(lists[o] == lists[record] for o in person)
                    if not (again and lists[record] in single):
                        others = [p for p in rest if p != person]
                        score = sum(alike) / len(alike) + GROWTH[len(person) - 1]
                        odds[frozenset([*others, person | {record}])] = exp(score) * AGAIN**again
                for state_after, held in odds.items():
                    after[state_after] += share * held / sum(odds.values())
            now = after
    return now


def partitions(names: str) -> list[tuple[tuple[str, ...], ...]]:
    """List every way to part names into sets."""
    if not names:
        return [()]
    first, rest = names[0], names[1:]
    found = []
    for smaller in partitions(rest):
        found.append(((first,), *smaller))
        found += [
            (*smaller[:i], (first, *smaller[i]), *smaller[i + 1 :]) for i in range(len(smaller))
        ]
    return found


@pytest.mark.parametrize("single", ["", "x", "xy"])
def test_draws_have_the_shares_of_the_definition(single: str) -> None:
    lists = {"a": "x", "b": "y", "c": "x", "d": "y"}
    links = [
        Link("a", "b", 1.0), Link("b", "c", 0.5), Link("c", "d", 0.0), Link("a", "d", -1.0),
        Link("a", "c", 0.7), Link("b", "d", -0.5),
    ]  # fmt: skip
    wanted = stationary("abcd", lists, links, single)
    known = Known(0.0, GROWTH)
    found = draw(lists, links, rng(), single=frozenset(single), count=6000, known=known)
    counted: dict[frozenset[frozenset[str]], int] = {}
    for row in found.persons:
        key = frozenset(
            frozenset(r for r, label in zip(found.records, row, strict=True) if label == one)
            for one in set(row.tolist())
        )
        counted[key] = counted.get(key, 0) + 1
    for key, share in wanted.items():
        assert counted.get(key, 0) / 6000 == pytest.approx(share, abs=0.03)
    assert all(wanted.get(key, 0) > 0 for key in counted), "nothing is drawn that cannot be"


def test_how_many_records_a_person_has_is_learned_from_the_linkage() -> None:
    """40 alone, 30 of two, 10 of three: odds by hand, half a person added to each."""
    persons = [*range(40), *(40 + i // 2 for i in range(60)), *(70 + i // 3 for i in range(30))]
    found = grown(np.array([persons]))
    assert found[0] == pytest.approx(log(2 * 30.5 / 40.5 / 40.5))
    assert found[1] == pytest.approx(log(3 * 10.5 / 30.5 / 40.5))
    assert found[2] == pytest.approx(log(4 * 0.5 / 10.5 / 40.5))


def test_sure_links_are_in_every_draw_and_strangers_in_none() -> None:
    found = draw(LISTS, [Link("a", "b", 30.0), Link("d", "e", -30.0)], rng())
    assert found.together("a", "b") == 1.0
    assert found.together("d", "e") == 0.0
    assert found.counts().tolist() == [4] * 200


@given(seed=st.integers(0, 60), order=st.randoms())
@pace(max_examples=15)
def test_the_same_seed_gives_the_same_draws_in_any_order_of_links(seed: int, order: object) -> None:
    lists = dict(zip("abcdefgh", "xyzxyzxy", strict=True))
    links = weighed(seed)
    turned = [Link(x.right, x.left, x.weight) for x in links]
    order.shuffle(turned)  # type: ignore[attr-defined]
    first = draw(lists, links, rng(), single=frozenset("x"), count=8)
    again = draw(lists, turned, rng(), single=frozenset("x"), count=8)
    assert np.array_equal(first.persons, again.persons)
    for row in first.persons:
        on_x = [
            label for record, label in zip(first.records, row, strict=True) if lists[record] == "x"
        ]
        assert len(on_x) == len(set(on_x))


def test_no_draw_is_no_answer() -> None:
    for records, count in ((LISTS, 0), ({}, 1)):
        with pytest.raises(UnusableLinks, match="one draw at least"):
            draw(records, LINKS if records else [], rng(), count=count)


@given(found=labels, true=labels)
def test_metrics_are_those_of_their_definitions(found: list[int], true: list[int]) -> None:
    mine, theirs = labelled(found), labelled(true)
    result = evaluate(mine, theirs)
    pairs = list(combinations("abcdefgh", 2))
    claimed = [p for p in pairs if mine[p[0]] == mine[p[1]]]
    wanted = [p for p in pairs if theirs[p[0]] == theirs[p[1]]]
    right = set(claimed) & set(wanted)
    assert result.pairs.precision == (len(right) / len(claimed) if claimed else 1.0)
    assert result.pairs.recall == (len(right) / len(wanted) if wanted else 1.0)
    cubed = [0.0, 0.0]
    for r in "abcdefgh":
        one = {s for s in mine if mine[s] == mine[r]}
        other = {s for s in theirs if theirs[s] == theirs[r]}
        cubed[0] += len(one & other) / len(one) / 8
        cubed[1] += len(one & other) / len(other) / 8
    assert (result.b_cubed.precision, result.b_cubed.recall) == pytest.approx(tuple(cubed))
    people = {frozenset(r for r in theirs if theirs[r] == k) for k in set(true)}
    made = {frozenset(r for r in mine if mine[r] == k) for k in set(found)}
    assert result.exact == pytest.approx(len(people & made) / len(people))
    assert result.error == pytest.approx(len(set(found)) / len(set(true)) - 1)


@given(true=labels)
def test_the_truth_is_perfect_by_every_metric(true: list[int]) -> None:
    result = evaluate(labelled(true), labelled([7 * value for value in true]))
    assert result.pairs == result.b_cubed == Score(1.0, 1.0)
    assert (result.exact, result.error, result.pairs.f1) == (1.0, 0.0, 1.0)


def test_a_score_of_nothing_is_none() -> None:
    assert Score(0.0, 0.0).f1 == 0.0


@pytest.mark.parametrize("truth", [{}, {"a": 1}, {"a": 1, "b": 2, "c": 3}])
def test_labels_of_other_records_are_refused(truth: dict[str, int]) -> None:
    with pytest.raises(UnusableLinks, match="same records"):
        evaluate({"a": 1, "b": 1}, truth)


def test_a_sample_of_all_persons_gives_the_whole_answer() -> None:
    true, found = [0, 0, 0, 1, 1, 2, 3, 3], [0, 0, 1, 1, 1, 2, 3, 3]
    people = [[r for r, k in labelled(true).items() if k == one] for one in range(4)]
    precision, recall = from_sample(labelled(found), people)
    whole = evaluate(labelled(found), labelled(true))
    assert precision.value == pytest.approx(whole.pairs.precision)
    assert recall.value == pytest.approx(whole.pairs.recall)
    assert precision.error > 0


def test_samples_are_right_on_average() -> None:
    source = rng()
    true = {f"r{i}": i // 3 for i in range(600)}
    found = {r: (k if source.random() < 0.8 else 1000 + int(r[1:])) for r, k in true.items()}
    whole = evaluate(found, true)
    people = [[f"r{3 * k + i}" for i in range(3)] for k in range(200)]
    values, held = [], 0
    for _ in range(60):
        sample = [people[i] for i in source.choice(200, 40, replace=False)]
        _, recall = from_sample(found, sample)
        values.append(recall.value)
        held += abs(recall.value - whole.pairs.recall) < 2 * recall.error
    assert np.mean(values) == pytest.approx(whole.pairs.recall, abs=0.02)
    assert held >= 50


def test_a_sample_that_cannot_answer_is_refused() -> None:
    with pytest.raises(UnusableLinks, match="two persons"):
        from_sample({"a": 1}, [["a"]])
    with pytest.raises(UnusableLinks, match="'q' was not linked"):
        from_sample({"a": 1}, [["a"], ["q"]])


def test_the_pair_with_most_to_learn_is_asked_first() -> None:
    lists = {name: "xyz"[i % 3] for i, name in enumerate("abcdef")}
    links = [Link("a", "b", 4.0), Link("d", "e", 0.0), Link("c", "f", -3.0)]
    found = draw(lists, links, rng(), count=400, known=Known(0.0, (0.0,)))
    asked = queue(found, links)
    assert (asked[0].left, asked[0].right) == ("d", "e")
    assert 0.3 < asked[0].together < 0.7
    assert [q.bits for q in asked] == sorted((q.bits for q in asked), reverse=True)
    assert all(0 < q.together < 1 for q in asked)
    assert len(queue(found, links, count=1)) == 1


def test_an_open_pair_weighs_more_where_more_records_hang_on_it() -> None:
    rows = [[0, 0, 0, 0, 4, 4], [0, 0, 0, 3, 4, 5]] * 2
    found = Draws(tuple("abcdef"), np.array(rows))
    first, second = queue(found, [Link("e", "f", 0.0), Link("c", "d", 0.0)])
    assert (first.left, first.right, first.records) == ("c", "d", 8)
    assert (second.left, second.right, second.records) == ("e", "f", 4)
    assert first.bits == pytest.approx(8.0)


def test_pairs_that_every_draw_agrees_on_are_not_asked() -> None:
    sure = Draws(("a", "b", "c"), np.array([[0, 0, 2], [0, 0, 2]]))
    assert queue(sure, [Link("a", "b", 3.0), Link("a", "c", -1.0)]) == ()


def test_a_decision_stands_until_a_later_one_and_can_be_taken_back() -> None:
    said = [
        Decision("b", "a", True, "dana", "the same birth date and court"),
        Decision("d", "e", False, "dana", "brothers"),
        Decision("d", "e", None, "cora", "seen too early"),
    ]
    stands = standing(said)
    assert stands == {("a", "b"): True}
    again = standing([*said, Decision("a", "b", False, "cora", "two birth dates")])
    assert again == {("a", "b"): False}
    assert standing([]) == {}


def test_what_was_decided_stands_in_the_place_of_what_was_weighed() -> None:
    links = decided(LINKS, {("a", "b"): False, ("a", "e"): True})
    weights = {(x.left, x.right): x.weight for x in links}
    assert weights == {
        ("a", "b"): -CERTAIN, ("a", "e"): CERTAIN, ("b", "c"): 1.0, ("d", "e"): 0.2
    }  # fmt: skip
    found = draw(LISTS, links, rng())
    assert found.together("a", "b") < 0.01
    assert found.together("a", "e") > 0.99


@given(st.lists(st.booleans(), min_size=1, max_size=6))
def test_the_last_word_counts(words: list[bool]) -> None:
    said = [Decision("a", "b", word, "dana", "") for word in words]
    assert standing(said) == {("a", "b"): words[-1]}


def test_clusters_number_their_persons_by_their_records() -> None:
    found = Clusters((("a",), ("b", "c")), ())
    assert found.labels() == {"a": 0, "b": 1, "c": 1}


@pytest.mark.parametrize(("left", "right"), list(product("ab", "cd")))
def test_pairs_that_were_never_compared_are_hardly_ever_one(left: str, right: str) -> None:
    lists = {"a": "x", "b": "y", "c": "x", "d": "y"}
    links = [Link("a", "b", 3.0), Link("c", "d", 3.0), Link("b", "c", -4.0)]
    assert draw(lists, links, rng(), count=400).together(left, right) < 0.05
