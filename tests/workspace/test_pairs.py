"""Who may be one person: people decide, nobody is joined by the program, and all can be undone."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import Any

import pytest
from tests.workspace.conftest import World
from tests.workspace.register_lists import invented, register, written
from tests.workspace.register_texts import HEAD

from standwith.kernel.sensitivity import Sensitivity
from standwith.services import handling, pairs, registered, verification
from standwith.services.invalid import Invalid
from standwith.services.listing import UnusableQuery
from standwith.services.roles import NotAllowed
from standwith.services.sight import NothingThere

ONE = HEAD + "1,Anna Example,1990-02-03,2023-04-05,,,,\n2,Bob Sample,1980-01-01,2023-05-06,,,,\n"
TWO = HEAD + "a,Anna Exemple,1990-02-03,2023-04-05,,,,\nb,Rob Sampel,1981-01-01,2023-05-06,,,,\n"
THREE = HEAD + "x,Ana Example,1990-02-03,2023-04-05,,,,\n"


@pytest.fixture
def lists(world: World) -> World:
    """Three lists on which one person stands three times."""
    for source, text in (("one", ONE), ("two", TWO), ("three", THREE)):
        register(world, text, source=source)
    pairs.find_pairs(world.reader("desk"))
    return world


def queue(world: World, who: str = "desk", **query: str) -> dict[tuple[str, str], dict[str, Any]]:
    """The pairs between the three lists, by their sources."""
    rows = pairs.export_pairs(world.reader(who), query)
    mine = [row for row in rows if "Exampl" in row["one"] + row["other"]]
    return {(min(row["sources"]), max(row["sources"])): row for row in mine}


def decide(world: World, pair: str, answer: str, reason: str = "looked at both files") -> str:
    """Decide on a pair as the desk."""
    return pairs.decide_pair(world.reader("desk"), pair, answer, reason)


def person(world: World, name: str) -> dict[str, Any]:
    """A person of the lists by name."""
    return next(
        row for row in registered.export_persons(world.reader("desk"), {}) if row["name"] == name
    )


def test_likely_pairs_are_shown_with_their_reasons_and_nobody_is_joined(lists: World) -> None:
    assert set(queue(lists)) >= {("one", "two"), ("one", "three")}
    assert {row["state"] for row in queue(lists).values()} == {"open"}
    pair = queue(lists)["one", "two"]
    beside = pairs.read_pair(lists.reader("desk"), pair["id"])
    assert sum(value for _, value in beside.why) == pytest.approx(pair["score"], abs=0.01)
    assert {name for name, _ in beside.why} >= {"prior", "name", "born", "happened"}
    fields = {one["field"]: (one["one"], one["other"]) for one in beside.fields}
    assert fields["born"] == (["1990-02-03"], ["1990-02-03"])


def test_comparing_again_asks_nothing_twice(lists: World) -> None:
    before = pairs.list_pairs(lists.reader("desk"), {}).total
    assert pairs.find_pairs(lists.reader("desk")) == 0
    assert pairs.list_pairs(lists.reader("desk"), {}).total == before


def test_two_who_are_decided_distinct_are_never_asked_again(lists: World) -> None:
    pair = queue(lists)["one", "two"]["id"]
    decide(lists, pair, "distinct")
    pairs.find_pairs(lists.reader("desk"))
    rows = pairs.export_pairs(lists.reader("desk"), {"state": "distinct"})
    assert [row["id"] for row in rows] == [pair]


def test_of_joined_persons_the_first_stands_for_all(lists: World) -> None:
    decide(lists, queue(lists)["one", "two"]["id"], "joined")
    first, other = person(lists, "Anna Example"), person(lists, "Anna Exemple")
    assert (first["status"], other["status"]) == ("held", "joined")
    dossier = registered.read_person(lists.reader("desk"), other["id"])
    assert dossier.stands_for == first["id"]
    assert registered.read_person(lists.reader("desk"), first["id"]).stands_for == ""
    assert set(dossier.names) == {"Anna Example", "Anna Exemple"}
    assert {source for event in dossier.events for source in event["sources"]} == {"one", "two"}
    assert len(dossier.episodes) == 1, "one arrest told by two lists"


def test_a_chain_of_joins_has_one_survivor(lists: World) -> None:
    decide(lists, queue(lists)["one", "two"]["id"], "joined")
    rest = [row for key, row in queue(lists).items() if "three" in key and row["state"] == "open"]
    decide(lists, rest[0]["id"], "joined")
    states = sorted(
        person(lists, name)["status"] for name in ("Anna Example", "Anna Exemple", "Ana Example")
    )
    assert states == ["held", "joined", "joined"]


def test_a_pair_that_other_decisions_answer_is_not_next(lists: World) -> None:
    decide(lists, queue(lists)["one", "two"]["id"], "joined")
    left = [row for key, row in queue(lists).items() if "three" in key and row["state"] == "open"]
    decide(lists, left[0]["id"], "joined")
    following = decide_all(lists)
    assert not {row["id"] for row in left[1:]} & set(following)


def decide_all(world: World) -> list[str]:
    """Call everything that is still asked distinct; return what was asked."""
    asked: list[str] = []
    while True:
        try:
            pair = pairs.next_pair(world.reader("desk"))
        except NothingThere:
            return asked
        asked.append(pair)
        decide(world, pair, "distinct")


def everything(world: World) -> list[Any]:
    """All that is shown of all persons, to the byte."""
    desk = world.reader("desk")
    rows = registered.export_persons(desk, {})
    shown = []
    for row in rows:
        dossier = registered.read_person(desk, row["id"])
        kept = (dossier.head, dossier.stands_for, dossier.names, dossier.fields)
        shown.append((*kept, dossier.events, dossier.episodes, dossier.rows, dossier.joined))
    return [rows, shown]


def test_taking_a_join_back_leaves_every_byte_as_it_was(lists: World) -> None:
    before = everything(lists)
    pair = queue(lists)["one", "two"]["id"]
    decide(lists, pair, "joined")
    assert everything(lists) != before
    decide(lists, pair, "open", "they have different mothers")
    assert everything(lists) == before
    assert verification.verify().sound


def test_taking_one_join_of_a_chain_back_keeps_the_other(lists: World) -> None:
    first = queue(lists)["one", "two"]["id"]
    decide(lists, first, "joined")
    half = everything(lists)
    rest = [row for key, row in queue(lists).items() if "three" in key and row["state"] == "open"]
    decide(lists, rest[0]["id"], "joined")
    decide(lists, rest[0]["id"], "open", "they have different mothers")
    assert everything(lists) == half


def test_a_join_is_taken_back_with_a_reason(lists: World) -> None:
    pair = queue(lists)["one", "two"]["id"]
    decide(lists, pair, "joined")
    with pytest.raises(Invalid, match="why it is open again"):
        decide(lists, pair, "open", " ")


def test_two_ids_that_one_list_keeps_apart_are_not_joined(lists: World) -> None:
    decide(lists, queue(lists)["one", "two"]["id"], "joined")
    text = (
        HEAD
        + "1,Anna Example,1990-02-03,2023-04-05,,,,\n2,Anna Example,1990-02-03,2023-04-05,,,,\n"
    )
    register(lists, text, source="twins")
    pairs.find_pairs(lists.reader("desk"))
    rows = pairs.export_pairs(lists.reader("desk"), {})
    twins = next(row for row in rows if row["sources"] == ["twins", "twins"])
    with pytest.raises(Invalid, match="it keeps them apart"):
        decide(lists, twins["id"], "joined")


def test_an_id_that_stands_twice_in_a_list_may_be_one_person(world: World) -> None:
    text = (
        HEAD
        + "7,Anna Example,1990-02-03,2023-04-05,,,,\n7,Anna Example,1990-02-03,2023-04-05,,,,\n"
    )
    register(world, text, source="double")
    pairs.find_pairs(world.reader("desk"))
    row = next(
        r for r in pairs.export_pairs(world.reader("desk"), {}) if r["sources"] == ["double"] * 2
    )
    decide(world, row["id"], "joined")
    statuses = [
        r["status"] for r in registered.export_persons(world.reader("desk"), {"source": "double"})
    ]
    assert sorted(statuses) == ["held", "joined"]


def test_a_join_against_a_decision_is_refused(lists: World) -> None:
    """Who was decided to be two cannot become one by way of a third."""
    found = queue(lists)
    decide(lists, found["one", "two"]["id"], "distinct")
    decide(lists, found["one", "three"]["id"], "joined")
    with pytest.raises(Invalid, match="two persons; open that first"):
        decide(lists, found["three", "two"]["id"], "joined")


def test_persons_under_other_labels_are_neither_compared_nor_joined(world: World) -> None:
    register(world, ONE, source="one")
    register(world, TWO, source="two", level=Sensitivity.AMBER)
    pairs.find_pairs(world.reader("desk"))
    assert queue(world) == {}


@pytest.mark.parametrize("answer", ["", "yes", "merge"])
def test_an_answer_that_is_none_is_refused(lists: World, answer: str) -> None:
    with pytest.raises(Invalid, match="one person, two persons, or open again"):
        decide(lists, queue(lists)["one", "two"]["id"], answer)


def test_a_pair_is_joined_once(lists: World) -> None:
    pair = queue(lists)["one", "two"]["id"]
    decide(lists, pair, "joined")
    with pytest.raises(Invalid, match="one person already"):
        decide(lists, pair, "joined")


@pytest.mark.parametrize("who", ["mission", "counsel", "auditor", "ally"])
def test_only_keepers_of_records_compare_and_decide(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        pairs.find_pairs(world.reader(who))
    with pytest.raises(NotAllowed):
        pairs.decide_pair(world.reader(who), world.records["pair"], "joined", "")


def test_too_many_at_once_is_said_and_nothing_is_compared(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(world, ONE, source="one")
    register(world, TWO, source="two")
    before = pairs.list_pairs(world.reader("desk"), {}).total
    monkeypatch.setattr(pairs, "MOST", 1)
    with pytest.raises(UnusableQuery, match="use linkage link"):
        pairs.find_pairs(world.reader("desk"))
    assert pairs.list_pairs(world.reader("desk"), {}).total == before


def test_raising_one_of_joined_persons_raises_both(lists: World) -> None:
    from tests.workspace.test_registered import raised

    decide(lists, queue(lists)["one", "two"]["id"], "joined")
    key = person(lists, "Anna Exemple")["id"]
    raised(lists, key)
    names = {row["name"] for row in registered.export_persons(lists.reader("desk"), {})}
    assert not names & {"Anna Example", "Anna Exemple"}
    assert handling.read_handling(lists.reader("head"), key).effective.sensitivity == "TLP:RED"
    assert verification.verify().sound


def test_a_reviewer_finds_nearly_all_duplicates_in_few_looks(world: World) -> None:
    """On dirty lists in three scripts: .97 of the pairs at no more than 1.2 looks for each join."""
    made = invented(60, seed=11)
    for name, rows in made.lists.items():
        register(world, written(rows), source=f"made-{name}")
    pairs.find_pairs(world.reader("desk"))
    truth = {f"made-{name}:{key}": who for (name, key), who in made.truth.items()}
    looks, joins = review(world, truth)
    reached, wanted = closed(world, truth)
    assert reached / wanted >= 0.97
    assert looks / joins <= 1.2


def ids(world: World) -> dict[str, str]:
    """Source and key of each person, by id."""
    desk = world.reader("desk")
    rows = registered.export_persons(desk, {})
    kept = [row for row in rows if row["source"].startswith("made-")]
    return {
        row["id"]: f"{row['source']}:{registered.read_person(desk, row['id']).head['key']}"
        for row in kept
    }


def review(world: World, truth: dict[str, str]) -> tuple[int, int]:
    """Look at pair after pair as somebody who knows the truth; return looks and joins."""
    names, looks, joins = ids(world), 0, 0
    desk = world.reader("desk")
    while True:
        try:
            pair = pairs.next_pair(desk)
        except NothingThere:
            return looks, joins
        ends = [names.get(end, end).partition(" (")[0] for end in pairs.read_pair(desk, pair).ends]
        same = truth.get(ends[0], ends[0]) == truth.get(ends[1], ends[1])
        looks += 1
        try:
            decide(world, pair, "joined" if same else "distinct")
            joins += same
        except Invalid:
            decide(world, pair, "distinct")


def closed(world: World, truth: dict[str, str]) -> tuple[int, int]:
    """Count pairs of lists that tell of one person: those whose rows were joined, and all there are.

    A list that names one person under two ids keeps the two apart for good, so lists are counted.
    """
    desk = world.reader("desk")
    names = {key: name.partition(" (")[0] for key, name in ids(world).items()}
    mine = defaultdict[str, defaultdict[str, set[str]]](lambda: defaultdict(set))
    for key, name in names.items():
        head = registered.read_person(desk, key).stands_for or key
        mine[truth[name]][name.partition(":")[0]].add(head)
    both = [pair for held in mine.values() for pair in combinations(held.values(), 2)]
    return sum(bool(a & b) for a, b in both), len(both)
