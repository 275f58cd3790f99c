"""Laws of the registry that hold after anything that people do to it, and for any text."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.workspace.conftest import World
from tests.workspace.register_lists import bring
from tests.workspace.register_texts import HEAD

from standwith.kernel.policy import Purpose
from standwith.services import (
    editions,
    figures,
    intakes,
    pairs,
    promotions,
    registered,
    terms,
    verification,
)
from standwith.services.dossiers import joined, parts, survivor
from standwith.services.invalid import Invalid
from standwith.services.labels import label_of
from standwith.services.promotions import below
from standwith.services.sight import NothingThere, looking, whole_database
from standwith.store.models.register import Pair, RegisteredPerson
from standwith.store.models.search import Term

NAMES = ("Anna Example", "Ana Example", "Bela Sample", "李敏", "Vera Specimen")


@st.composite
def lists(draw: st.DrawFn) -> str:
    """A small list of some of the names, with some arrests and releases."""
    rows = []
    for key in sorted(draw(st.sets(st.integers(0, 4), min_size=1, max_size=5))):
        name = draw(st.sampled_from(NAMES))
        status = draw(st.sampled_from(["", "detained", "released", "died in prison", "DET?"]))
        day = draw(st.sampled_from(["2023-01-02", "2023-05", "", "31.02.2023"]))
        rows.append(f"{key},{name},1990-02-03,{day},342,,{status},IK-4")
    return HEAD + "\n".join(rows) + "\n"


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("list"), st.sampled_from(["one", "two"]), lists()),
        st.tuples(st.just("back"), st.integers(0, 9), st.just("")),
        st.tuples(st.just("decide"), st.integers(0, 9), st.sampled_from(["joined", "distinct"])),
        st.tuples(st.just("open"), st.integers(0, 9), st.just("")),
        st.tuples(st.just("say"), st.integers(0, 9), st.sampled_from(["released", "arrested"])),
    ),
    min_size=2,
    max_size=8,
)
SLOW = settings(
    deadline=None,
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def act(world: World, number: int, step: tuple[str, Any, Any]) -> None:
    """Do one thing; what is refused was refused whole."""
    desk, (what, which, more) = world.reader("desk"), step
    try:
        if what == "list":
            known = f"2024-01-{number + 1:02}"
            found = bring(world, more, source=f"law-{which}", known=known)
            promotions.promote_list(desk, found, "whatever the gates say")
            pairs.find_pairs(desk)
        elif what == "back":
            rows = intakes.export_intakes(desk, {"state": "promoted"})
            promotions.withdraw_list(desk, rows[which % len(rows)]["id"], "wrong file")
        elif what == "say":
            rows = registered.export_persons(desk, {})
            said = registered.Said(more, "", "2024-02-02", "a lawyer", "B2", "TLP:GREEN")
            registered.state(desk, rows[which % len(rows)]["id"], said)
        else:
            state = "open" if what == "decide" else "joined"
            rows = pairs.export_pairs(desk, {"state": state})
            answer = more or "open"
            pairs.decide_pair(desk, rows[which % max(1, len(rows))]["id"], answer, "looked again")
    except (Invalid, NothingThere, IndexError):
        return


def columns(row: RegisteredPerson) -> tuple[str, ...]:
    """What a list shows of a person."""
    return row.name, row.country, row.status, row.since


def anew(world: World) -> dict[str, tuple[str, ...]]:
    """Read from the records alone what every person's columns must show."""
    found = {}
    with looking(world.reader("head"), Purpose.ACCOUNT) as sight:
        for row in sight.of(RegisteredPerson).select_related("label"):
            of = below(sight, label_of(row.label))
            (part,) = parts(of, [row])
            promotions._show(part)
            people, _ = joined(of, row)
            if survivor(people).pk != row.pk:
                row.status = "joined"
            found[str(row.pk)] = columns(row)
    return found


@given(steps=STEPS)
@SLOW
def test_whatever_people_do_the_columns_say_what_the_records_say(
    furnished: World, steps: list[tuple[str, Any, Any]]
) -> None:
    from tests.workspace.conftest import _clone

    for home in _clone():
        world = World(furnished.people, dict(furnished.compartments), dict(furnished.records), home)
        for number, step in enumerate(steps):
            act(world, number, step)
        with whole_database():
            kept = {str(row.pk): columns(row) for row in RegisteredPerson.unguarded.all()}
        assert anew(world) == kept
        assert verification.verify().sound
        assert_counts(world)
        assert_one_survivor(world)


def assert_counts(world: World) -> None:
    """The counts of the list are those of its rows."""
    listing = registered.list_persons(world.reader("desk"), {})
    rows = registered.export_persons(world.reader("desk"), {})
    assert listing.total == len(rows)
    for facet in listing.facets:
        shown = {choice.value: choice.count for choice in facet.choices}
        assert shown == dict(Counter(row[facet.name] for row in rows))


def assert_one_survivor(world: World) -> None:
    """Of persons who are one, one stands for all, and only joined persons are stood for."""
    with looking(world.reader("head"), Purpose.ACCOUNT) as sight:
        ends = {
            end
            for pair in sight.of(Pair).filter(state="joined")
            for end in (pair.one_id, pair.other_id)
        }
        for row in sight.of(RegisteredPerson):
            people, _ = joined(sight.of, row)
            standing = [one for one in people if one.status != "joined"]
            assert len(standing) == 1
            assert (row.status == "joined") <= (row.pk in ends)


@given(steps=STEPS)
@SLOW
def test_whatever_people_do_later_a_past_edition_is_told_the_same(
    furnished: World, steps: list[tuple[str, Any, Any]]
) -> None:
    """Joins, statements and later lists never change an edition; lists taken away are shown."""
    from tests.workspace.conftest import _clone

    for home in _clone():
        world = World(furnished.people, dict(furnished.compartments), dict(furnished.records), home)
        desk, kept = world.reader("desk"), world.records["edition"]
        before = editions.write_edition(desk, kept, "json", "en")
        for number, step in enumerate(step for step in steps if step[0] != "back"):
            act(world, number, step)
        assert editions.read_edition(desk, kept).differ == ()
        assert editions.write_edition(desk, kept, "json", "en") == before


@given(steps=STEPS)
@SLOW
def test_whatever_people_do_the_flows_of_one_vintage_close(
    furnished: World, steps: list[tuple[str, Any, Any]]
) -> None:
    from tests.workspace.conftest import _clone

    for home in _clone():
        world = World(furnished.people, dict(furnished.compartments), dict(furnished.records), home)
        for number, step in enumerate(steps):
            act(world, number, step)
        shown = figures.read_figures(world.reader("desk"), {"year": "2023", "known": "2024-06-30"})
        assert shown.found["publishable"], shown.found["residuals"]
        for place, row in shown.found["stock"]["countries"].items():
            assert all(one["least"] <= one["value"] <= one["most"] for one in row), place


@given(st.text(min_size=1, max_size=30))
@settings(deadline=None, max_examples=200)
def test_any_name_is_found_by_each_of_its_own_words(name: str) -> None:
    found = terms.spellings([name])
    assert {word[:60] for word in terms.fold(name)} <= found


@given(st.text(alphabet="李敏王小明张伟刘洋", min_size=1, max_size=4))
def test_a_han_name_is_found_by_any_run_of_its_characters(name: str) -> None:
    found = terms.spellings([name])
    for begin in range(len(name)):
        for end in range(begin + 1, len(name) + 1):
            wanted = name[begin:end]
            assert any(word.startswith(wanted) for word in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("يوسف كريمي", "یوسف کریمی"),
        ("فاطمة", "فاطمه"),
        ("أحمد", "احمد"),
        ("José", "JOSE"),
        ("Ёлкина", "елкина"),
        ("Łukasz", "łukasz"),
        ("ﻣﺤﻤﺪ", "محمد"),
        ("ＡＢＣ", "abc"),
    ],
)
def test_two_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert terms.fold(one) == terms.fold(other)


@given(st.text(max_size=40))
@settings(deadline=None)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = " ".join(terms.fold(text))
    again = " ".join(terms.fold(once))
    assert unicodedata.normalize("NFC", again) == unicodedata.normalize("NFC", once)


def test_the_steps_of_these_laws_do_what_they_say(world: World) -> None:
    """Otherwise the laws would hold of nothing."""
    text = HEAD + "1,Anna Example,1990-02-03,2023-01-02,342,,,IK-4\n"
    steps: list[tuple[str, Any, Any]] = [("list", "one", text), ("list", "two", text)]
    for number, step in enumerate(steps):
        act(world, number, step)
    rows = registered.export_persons(world.reader("desk"), {"q": "anna"})
    assert len(rows) == 2
    act(world, 2, ("decide", 0, "joined"))
    assert pairs.export_pairs(world.reader("desk"), {"state": "joined"})
    act(world, 3, ("open", 0, ""))
    assert not pairs.export_pairs(world.reader("desk"), {"state": "joined"})
    act(world, 4, ("say", 0, "released"))
    shown = registered.export_persons(world.reader("desk"), {})
    assert [row["status"] for row in shown].count("ended") == 1
    act(world, 5, ("back", 0, ""))
    assert len(intakes.export_intakes(world.reader("desk"), {"state": "withdrawn"})) <= 1


@pytest.mark.usefixtures("world")
def test_the_index_carries_the_label_of_its_person() -> None:
    with whole_database():
        for row in RegisteredPerson.unguarded.all():
            labels = set(Term.unguarded.filter(record=row.pk).values_list("label", flat=True))
            assert labels == {row.label_id}


def test_no_word_of_a_person_who_went_is_left(world: World) -> None:
    found = bring(world, HEAD + "1,Gone Tomorrow,,2023-01-01,,,,\n", source="gone")
    promotions.promote_list(world.reader("desk"), found, "one row, on purpose")
    assert terms.find(world.reader("desk"), "tomorrow")
    promotions.withdraw_list(world.reader("desk"), found, "wrong file")
    assert terms.find(world.reader("desk"), "tomorrow") == []
    with whole_database():
        assert not Term.unguarded.filter(term="tomorrow").exists()
