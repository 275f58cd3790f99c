"""Laws that hold for any list and any register: nothing lost, nothing counted twice."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from io import StringIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st
from tests.account.registry.episodes import LATE, episode, registers

from standwith.account.registry.comparison import Change, Share, carry_over
from standwith.account.registry.disclosure import withhold
from standwith.account.registry.flows import Figure, balance
from standwith.account.registry.intake import difference
from standwith.account.registry.record import Episode
from standwith.account.registry.spells import READINGS, blocks, spells_of
from standwith.account.registry.stock import during, persons_at, stock, total
from standwith.account.registry.survival import competing, kaplan_meier, time_held
from standwith.account.registry.timeline import spell, standing
from standwith.ingest.delimited import read_csv
from standwith.ingest.nested import read_json

cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
names = st.lists(st.text("abcdefgh", min_size=1, max_size=5), min_size=2, max_size=5, unique=True)
texts = st.dictionaries(st.sampled_from("abcdef"), st.dictionaries(cells, cells, max_size=3))
days = st.dates(date(2017, 1, 1), date(2026, 1, 1))


@given(st.data())
def test_any_table_of_cells_is_read_from_csv_as_it_was_written(data: st.DataObject) -> None:
    head = data.draw(names)
    row = st.lists(cells, min_size=len(head), max_size=len(head))
    rows = data.draw(st.lists(row.filter(lambda one: any(c.strip() for c in one)), max_size=5))
    out = StringIO(newline="")
    csv.writer(out).writerows([head, *rows])
    found = read_csv("a.csv", out.getvalue().encode())
    assert [list(one.cells.values()) for one in found.rows] == rows
    assert found.lost == ()


@given(st.lists(st.dictionaries(cells, cells, min_size=1, max_size=4), min_size=1, max_size=5))
def test_any_records_are_read_from_json_as_they_were_written(rows: list[dict[str, str]]) -> None:
    found = read_json("a.json", json.dumps(rows).encode())
    assert [dict(one.cells) for one in found.rows] == [
        {key: value.strip() for key, value in row.items()} for row in rows
    ]


@given(texts, texts)
def test_a_difference_accounts_for_every_id_once(
    old: dict[str, dict[str, str]], new: dict[str, dict[str, str]]
) -> None:
    found = difference(old, new)
    assert len(found.added) + len(found.changed) + found.same == len(new)
    assert len(found.removed) + len(found.changed) + found.same == len(old)
    back = difference(new, old)
    assert (back.added, back.removed) == (found.removed, found.added)
    assert difference(new, new).same == len(new)


@given(texts, texts)
def test_a_change_tells_the_old_and_the_new(
    old: dict[str, dict[str, str]], new: dict[str, dict[str, str]]
) -> None:
    for key, fields in difference(old, new).changed.items():
        for field, (was, now) in fields.items():
            assert was == old[key].get(field, "")
            assert now == new[key].get(field, "")
            assert was != now


@given(registers(), days)
def test_what_is_known_later_never_changes_what_was_known(
    episodes: list[Episode], known: date
) -> None:
    early = [one for one in episodes if one.recorded <= known]
    with_later = [spell(one, known) for one in episodes]
    assert [one for one in with_later if one] == [
        one for one in (spell(held, known) for held in early) if one
    ]


@given(registers(), days)
def test_a_spell_never_ends_before_it_begins(episodes: list[Episode], known: date) -> None:
    for one in (spell(held, known) for held in episodes):
        if one is not None:
            assert one.begin[0] <= one.begin[1]
            assert one.ended[0] <= one.ended[1]
            assert one.begin[0] <= one.ended[0]


@given(episodes=registers(), unsure=st.booleans())
def test_one_spell_and_all_spells_read_the_middle_alike(
    episodes: list[Episode], *, unsure: bool
) -> None:
    rows = [one for one in (spell(held, LATE) for held in episodes) if one is not None]
    begins, ends = spells_of(episodes, LATE).reading("middle", unsure=unsure)
    assert [one.middle(unsure=unsure) for one in rows] == list(
        zip(begins.tolist(), ends.tolist(), strict=True)
    )


@given(registers())
def test_events_stand_in_the_order_of_their_days(episodes: list[Episode]) -> None:
    for one in episodes:
        firsts = [event.when.first for event in standing(one.events, LATE)]
        known = [first for first in firsts if first is not None]
        assert known == sorted(known)


@given(registers())
@pace(deadline=None)
def test_blocks_of_a_person_in_a_country_never_touch(episodes: list[Episode]) -> None:
    held = spells_of(episodes, LATE)
    for reading in READINGS:
        found = blocks(held, reading)
        order = np.lexsort((found.begin, found.country, found.person))
        person, country = found.person[order], found.country[order]
        same = (person[1:] == person[:-1]) & (country[1:] == country[:-1])
        assert (found.begin[order][1:][same] > found.ended[order][:-1][same]).all()
        assert (found.begin < found.ended).all()


@given(registers(), days)
@pace(deadline=None)
def test_the_world_holds_no_more_than_its_countries_together(
    episodes: list[Episode], day: date
) -> None:
    held = spells_of(episodes, LATE)
    (world,) = total(held, [day])
    rows = [row[0] for row in stock(held, [day]).values()]
    assert world.value <= sum(row.value for row in rows)
    assert world.value >= max((row.value for row in rows), default=0)


@given(registers(), days)
@pace(deadline=None)
def test_who_is_held_on_a_day_is_held_in_its_period(episodes: list[Episode], day: date) -> None:
    held = spells_of(episodes, LATE)
    _, whole = during(held, day, day + timedelta(days=30))
    (start,) = total(held, [day])
    assert whole.value >= start.value
    assert whole.least >= start.least
    assert whole.most >= start.most


@given(registers(), days, days)
@pace(deadline=None)
def test_flows_lead_from_one_figure_to_the_other(
    episodes: list[Episode], one: date, other: date
) -> None:
    first, last = sorted((one, other))
    opening, closing = Figure(first, LATE), Figure(last, LATE)
    found = balance(episodes, opening, closing)
    assert found.opening + sum(found.into.values()) - sum(found.out_of.values()) == found.closing
    was = persons_at(spells_of(episodes, LATE), first)
    gone = {person for name in found.out_of for person in found.persons[name]}
    assert gone <= was
    assert balance(episodes, opening, opening).persons == dict.fromkeys(found.persons, ())


@given(registers(), days)
@pace(deadline=None)
def test_flows_in_one_vintage_are_arrests_and_ends_alone(
    episodes: list[Episode], day: date
) -> None:
    found = balance(episodes, Figure(day, LATE), Figure(day + timedelta(days=400), LATE))
    told = {name for name, n in (*found.into.items(), *found.out_of.items()) if n}
    assert told <= {"arrested", "released", "died", "escaped", "status_unknown"}


@given(registers(), days)
@pace(deadline=None)
def test_time_held_is_never_negative_and_who_has_not_left_is_censored(
    episodes: list[Episode], day: date
) -> None:
    found = time_held(spells_of(episodes, LATE), day)
    assert (found.days >= 0).all()
    assert set(found.cause.tolist()) <= {0, 1, 2, 3}


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=25))
def test_the_curve_falls_and_its_limits_hold_it(rows: list[tuple[int, bool]]) -> None:
    curve = kaplan_meier([float(t) for t, _ in rows], [left for _, left in rows])
    assert ((curve.share >= -1e-12) & (curve.share <= 1)).all()
    low, high = curve.interval()
    middle = curve.quantile(0.5)
    if middle is not None:
        assert low is None or low <= middle
        assert high is None or middle <= high


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=25))
def test_one_cause_alone_is_what_the_curve_lacks(rows: list[tuple[int, bool]]) -> None:
    times = [float(t) for t, _ in rows]
    gone = competing(times, [int(left) for _, left in rows])
    curve = kaplan_meier(times, [left for _, left in rows])
    if gone:
        assert gone[1][1] == pytest.approx(1 - curve.share)


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=4))
@pace(deadline=None)
def test_withholding_keeps_the_counts_and_shows_none_or_many(rows: list[list[int]]) -> None:
    found = withhold(np.array(rows))
    assert found.counts.tolist() == rows
    shown = [cell for row in found.cells() for cell in row if cell is not None]
    assert all(cell == 0 or cell >= 5 for cell in shown)


@given(st.integers(0, 999), st.integers(0, 999))
def test_change_and_share_are_of_their_numbers(one: int, other: int) -> None:
    change = Change(one, other)
    assert change.absolute == other - one
    if change.percent is not None:
        assert one * (1 + change.percent / 100) == pytest.approx(other)
    share = Share(min(one, other), max(one, other)).value
    assert share is None or 0 <= share <= 1


@given(st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")))
def test_carry_over_and_the_new_are_all(now: set[str], before: set[str]) -> None:
    found = carry_over(frozenset(now), frozenset(before))
    assert found.part + len(now - before) == found.whole == len(now)


def test_three_thousand_people_are_no_different_from_one() -> None:
    one = spells_of([episode("arrested 2020-05-01")], LATE)
    many = spells_of(
        [episode("arrested 2020-05-01", person=f"p{i}", name=f"e{i}") for i in range(3000)], LATE
    )
    day = [date(2020, 6, 1)]
    assert total(many, day)[0].value == 3000 * total(one, day)[0].value
