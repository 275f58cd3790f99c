"""Gates of a list as a whole, its difference from the one before, and what becomes of its rows."""

from __future__ import annotations

from datetime import date

import pytest
from tests.account.registry.test_staging import staged

from standwith.account.registry.intake import Limits, difference, gates, receipt, texts_of
from standwith.account.registry.mapping import propose
from standwith.account.registry.promotion import absent, promote
from standwith.account.registry.record import Episode
from standwith.account.registry.spells import spells_of
from standwith.account.registry.staging import Quarantined, Row, Staged, stage
from standwith.account.registry.stock import Count, total
from standwith.account.registry.timeline import Spell, spell
from standwith.account.registry.vocabulary import Status

KNOWN = date(2024, 6, 1)


def person(number: int, **more: str) -> dict[str, str]:
    base = {"id": str(number), "name": f"Person {number}", "arrested": "2022-05-01"}
    return base | {"articles": "130", "status": "active", "prison": "IK-1"} | more


def many(count: int, **more: str) -> Staged:
    return staged(*(person(i, **more) for i in range(count)))


def failed(held: Staged, limits: Limits | None = None, before: Staged | None = None) -> list[str]:
    old = texts_of(before) if before else None
    return [gate.id for gate in gates(held, limits or Limits(), old) if not gate.passed]


def test_a_good_list_passes_every_gate() -> None:
    assert failed(many(100), Limits(claimed=100), many(110)) == []


def test_a_list_of_other_columns_stops() -> None:
    assert failed(staged({"name": "Ana", "shoe size": "40"})) == ["columns"]


def test_a_claimed_total_that_differs_stops() -> None:
    assert failed(many(99), Limits(claimed=100)) == ["claimed-total"]


def test_a_list_that_shrinks_by_half_stops_and_a_small_fall_does_not() -> None:
    assert failed(many(100), before=many(200)) == ["total-drop"]
    assert failed(many(951), before=many(1000)) == []
    assert failed(many(5), before=many(40)) == []


def test_too_few_rows_too_many_unnamed_or_quarantined_stop() -> None:
    assert failed(many(3), Limits(least=10)) == ["rows"]
    assert failed(many(11), Limits(most=10)) == ["rows"]
    assert failed(staged(*(person(i, name="" if i < 2 else "A") for i in range(100)))) == ["names"]
    lost = [Quarantined(f"line {i}", "x", "broken") for i in range(30)]
    rows = [Row(f"row {i}", person(i)) for i in range(100)]
    assert failed(stage(rows, propose(list(person(1))), KNOWN, lost)) == ["quarantine"]


def test_prisons_that_vanish_stop() -> None:
    assert failed(many(100, prison=""), before=many(100)) == ["places"]


def test_thirteen_malformed_of_many_are_quarantined_and_the_rest_adds_up() -> None:
    rows = [Row(f"file {i}", person(i)) for i in range(2800 - 13)]
    lost = [Quarantined(f"file x{i}", "{", "does not parse as a record") for i in range(13)]
    held = stage(rows, propose(list(person(1))), KNOWN, lost)
    told = receipt(held, gates(held, Limits(claimed=2800)), {"file": "list"}, None)
    assert (told["rows"], told["staged"], told["quarantined"]) == (2800, 2787, 13)
    assert not told["stopped"]


def test_a_release_of_a_list_is_compared_id_by_id() -> None:
    before = staged(person(1), person(2), person(3))
    after = staged(person(2), person(3, name="Person Three", status="released"), person(4))
    found = difference(texts_of(before), texts_of(after))
    assert (found.added, found.removed, found.same) == (("4",), ("1",), 1)
    assert found.changed == {
        "3": {"name": ("Person 3", "Person Three"), "status": ("active", "released")}
    }
    assert len(found.added) + len(found.changed) + found.same == 3


def only(**cells: str) -> Episode:
    base = {"id": "7", "name": "Ana Petrova", "arrested": "2022-05-01", "articles": "130; 342"}
    (one,) = promote(staged(base | cells).observations, "list", "BY", KNOWN)[1]
    return one


def of(held: Episode) -> Spell:
    found = spell(held, KNOWN)
    assert found is not None
    return found


def test_who_is_active_is_held() -> None:
    found = only(status="active", prison="IK-1")
    assert of(found).end is None
    assert found.facility == "IK-1"
    assert [charge.article for charge in found.charges] == ["130", "342"]


def test_a_release_without_a_date_lies_between_the_arrest_and_the_list() -> None:
    found = of(only(status="released"))
    assert found.end is Status.RELEASED
    assert found.ended == (date(2022, 5, 1).toordinal(), KNOWN.toordinal())


def test_a_release_has_the_day_and_the_way_that_are_told() -> None:
    found = of(only(status="pardoned", **{"release date": "2023-07-01"}))
    assert (found.end, found.ended[0]) == (Status.PARDONED, date(2023, 7, 1).toordinal())


@pytest.mark.parametrize(
    ("cells", "end"),
    [
        ({"status": "released?"}, Status.WHEREABOUTS_UNKNOWN),
        ({"status": "DEC-ill"}, Status.WHEREABOUTS_UNKNOWN),
        ({"status": "former"}, Status.NO_LONGER_LISTED),
        ({"sentence ends": "2023-05-01"}, Status.TERM_EXPIRED_STATUS_UNKNOWN),
    ],
)
def test_what_is_not_known_to_be_freedom_is_none(cells: dict[str, str], end: Status) -> None:
    found = of(only(**cells))
    assert found.unsure
    assert found.end is end


def test_who_has_no_date_of_arrest_is_counted_from_the_list_on() -> None:
    held = spells_of([only(arrested="")], KNOWN)
    assert total(held, [date(2024, 5, 31)]) == [Count(0, 0, 1)]
    assert total(held, [KNOWN]) == [Count(1, 1, 1)]


def test_names_in_brackets_are_other_names() -> None:
    rows = staged({"id": "1", "name": "Ana Petrova (Анна Петрова)", "alias": "Anya"})
    (ana,), _ = promote(rows.observations, "list", "BY", KNOWN)
    assert [(name.text, name.kind) for name in ana.names] == [
        ("Ana Petrova", "legal"),
        ("Анна Петрова", "alias"),
        ("Anya", "other"),
    ]
    assert ana.id == "list:1"


def test_who_is_no_longer_listed_is_not_free() -> None:
    _, episodes = promote(many(3).observations, "list", "BY", date(2024, 1, 1))
    gone = absent(episodes, frozenset({"list:0", "list:2"}), "list", KNOWN)
    assert [one.person for one in gone] == ["list:1"]
    found = of(gone[0])
    assert found.end is Status.NO_LONGER_LISTED
    assert found.unsure
    held = spells_of([*episodes[:1], *gone, *episodes[2:]], KNOWN)
    assert total(held, [KNOWN]) == [Count(3, 2, 3)]
    assert absent(gone, frozenset(), "list", date(2024, 7, 1)) == (), "said once"


def test_who_was_released_before_is_not_marked_as_missing() -> None:
    _, episodes = promote(many(1, status="released").observations, "list", "BY", KNOWN)
    assert absent(episodes, frozenset(), "list", KNOWN) == ()


def test_the_receipt_says_all_that_came_in() -> None:
    before, after = many(3), staged(*(person(i, arrested="31.02.2021") for i in range(2)))
    found = difference(texts_of(before), texts_of(after))
    told = receipt(after, gates(after, Limits()), {"source": "list"}, found)
    assert told["anomalies"] == {"IMPOSSIBLE_DATE": 2}
    assert told["against_the_list_before"] == {"added": 0, "removed": 1, "changed": 2, "same": 0}
    assert told["source"] == "list"
    assert next(gate["id"] for gate in told["gates"]) == "columns"
