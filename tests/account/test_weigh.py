"""From messy lists to a number: pairs and their reasons, and an estimate that carries the doubt."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import PCG64, Generator
from tests.account.made_lists import LISTS, lists

from standwith.account.linkage.cluster import UnusableLinks, best_links
from standwith.account.linkage.evaluate import evaluate
from standwith.account.linkage.partition import draw
from standwith.account.linkage.weigh import Record, candidates, weigh, weigh_all
from standwith.account.undercount.averaging import Averaged, average, tables_of

SIZE = 300
days = st.dates().map(str)


def rng(seed: int = 1) -> Generator:
    """A source of chance with a seed."""
    return Generator(PCG64(seed))


def record(key: str, name: str | None, **more: str) -> Record:
    """Make a record on a list."""
    return Record(key, "x", name, **more)


def test_a_weight_is_the_sum_of_what_each_field_says() -> None:
    one = record("a", "Siarhei Lazouski", born="1980-05-04", happened="2020-08-10")
    other = record("b", "Лазовский Сергей", born="1980-05-04", happened="2020-08-12")
    found = weigh(other, one)
    assert (found.left, found.right) == ("a", "b")
    assert found.weight == pytest.approx(sum(value for _, value in found.parts))
    assert dict(found.parts)["born"] == 8.0
    assert dict(found.parts)["happened"] == 1.5
    assert dict(found.parts)["name"] >= 5.5
    assert found.weight > 4


def test_what_is_missing_says_nothing_and_two_missing_names_are_not_one() -> None:
    found = weigh(record("a", None), record("b", None))
    assert dict(found.parts) == {
        "prior": -6.0,
        "name": 0.0,
        "born": 0.0,
        "sex": 0.0,
        "happened": 0.0,
        "place": 0.0,
        "code": 0.0,
    }
    assert dict(weigh(record("a", "..."), record("b", "...")).parts)["name"] == 0.0


@pytest.mark.parametrize(
    ("one", "other", "value"),
    [
        ("1980-05-04", "1980-05-04", 8.0),
        ("1980", "1980-05-04", 3.0),
        ("1980-05", "1980-05-04", 3.0),
        ("1980", "1980", 3.0),
        ("1980-05-04", "1980-06-04", -1.0),
        ("1980-05-04", "1981-05-04", -2.0),
        ("1980", "1991", -5.0),
    ],
)
def test_birth_dates_are_weighed_as_far_as_they_are_known(
    one: str, other: str, value: float
) -> None:
    found = weigh(record("a", "Anna", born=one), record("b", "Anna", born=other))
    assert dict(found.parts)["born"] == value


@pytest.mark.parametrize(
    ("one", "other", "value"),
    [
        ("2020-08-10", "2020-08-10", 4.0),
        ("2020-08-10", "2020-08-15", 1.5),
        ("2020-08-10", "2020-10-15", -1.0),
        ("2020-08-10", "2021-10-15", -2.5),
        ("2020-08", "2020-10-15", 1.5),
        ("2020", "2021-10-15", -1.0),
    ],
)
def test_days_of_arrest_are_weighed_by_how_far_they_lie_apart(
    one: str, other: str, value: float
) -> None:
    found = weigh(record("a", "Anna", happened=one), record("b", "Anna", happened=other))
    assert dict(found.parts)["happened"] == value


def test_another_sex_speaks_against() -> None:
    same = weigh(record("a", "Sasha", sex="f"), record("b", "Sasha", sex="f"))
    other = weigh(record("a", "Sasha", sex="f"), record("b", "Sasha", sex="m"))
    assert other.weight < same.weight


@given(days, days)
def test_pairs_are_weighed_alike_from_both_sides(born: str, happened: str) -> None:
    one = record("a", "Anna Belova", born=born)
    other = record("b", "Анна Белова", born="1980", happened=happened)
    assert weigh(one, other) == weigh(other, one)


def test_records_are_compared_where_a_word_sounds_alike_or_a_birth_date_is_the_same() -> None:
    held = [
        record("a", "Siarhei Lazouski"),
        record("b", "Лазовский Сергей"),
        record("c", "Zahra Karimi", born="1990-01-01"),
        record("d", "Lee Young", born="1990-01-01"),
        record("e", "محمد كريمي"),
        record("f", None),
    ]
    found = candidates(held)
    assert ("a", "b") in found
    assert ("c", "d") in found
    assert ("c", "e") in found
    assert not any("f" in pair for pair in found)
    assert found == candidates(held[::-1])


def test_two_records_with_one_id_are_refused() -> None:
    with pytest.raises(UnusableLinks, match="same id"):
        weigh_all([record("a", "Anna"), record("a", "Hanna")])


@pytest.mark.parametrize("wrong", ["yesterday", "2020-13-01", "2020-02-30", "20", "01.02.2020"])
def test_what_is_no_date_is_refused_with_its_record(wrong: str) -> None:
    for field in ("born", "happened"):
        with pytest.raises(UnusableLinks, match=r"a: .* is no date"):
            weigh_all([record("a", "Anna", **{field: wrong})])


def linked(seed: int) -> tuple[Averaged, Averaged, float]:
    """Estimate from made lists: with the doubt of the linkage, and by equal spelling alone."""
    records, truth = lists(SIZE, seed)
    links = [found.link() for found in weigh_all(records)]
    where = {item.id: item.list for item in records}
    single = frozenset(LISTS)
    draws = draw(where, links, rng(), single=single, count=40)
    carried = average(tables_of(draws.persons, [where[r] for r in draws.records], LISTS))
    spelled: dict[str, list[str]] = {}
    for item in records:
        spelled.setdefault(item.name or item.id, []).append(item.id)
    same = {key: i for i, keys in enumerate(spelled.values()) for key in keys}
    plain = np.array([[same[r] for r in draws.records]])
    plug = tables_of(plain, [where[r] for r in draws.records], LISTS)
    clusters = best_links(where, links, single=single)
    return carried, average(plug), evaluate(clusters.labels(), truth).pairs.f1


def test_messy_lists_in_three_scripts_end_in_an_interval_that_holds_the_truth() -> None:
    """Four lists of 300 people; equal spelling finds far too many."""
    held, plugged, scores = 0, 0, []
    for seed in range(4):
        carried, plug, f1 = linked(seed)
        held += carried.low <= SIZE <= carried.high
        plugged += plug.low <= SIZE <= plug.high
        scores.append(f1)
        assert carried.n[0] <= carried.n[1] <= SIZE * 1.2
        assert sum(carried.shares.values()) == pytest.approx(1)
    assert held >= 3, scores
    assert plugged == 0
    assert min(scores) > 0.9


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("杨 磊", "Lei Yang"),
        ("王 伟", "Wei Wang"),
        ("赵 秀英", "Hsiu-ying Chao"),
        ("李 国强", "Kuo-chiang Lee"),
        ("Lei Yang", "Yang Lei"),
        ("Li Na", "Na Lee"),
        ("김민수", "Kim Min-su"),
        ("박지영", "Park Ji-young"),
        ("အောင်အောင်", "Aung Aung"),
    ],
)
def test_names_of_short_words_are_brought_together_without_a_date(one: str, other: str) -> None:
    pair = [Record("a", "court", one), Record("b", "press", other)]
    assert candidates(pair) == [("a", "b")]


def test_one_day_of_arrest_brings_records_together_whatever_their_names() -> None:
    pair = [
        Record("a", "court", "Иванов", happened="2020-08-10"),
        Record("b", "press", "Zhuk", happened="2020-08-10"),
    ]
    assert candidates(pair) == [("a", "b")]
    assert candidates([pair[0], Record("b", "press", "Zhuk", happened="2020-08")]) == []
