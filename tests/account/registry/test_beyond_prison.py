"""Beyond prison: what is recorded, what is wrong in it, clocks that run, what followed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.account.registry.episodes import episode

from standwith.account.registry.measure_data import KINDS, UnusableMeasure, measure_of
from standwith.account.registry.measures import (
    Endorsement,
    Intervention,
    Leverage,
    Notice,
    Restriction,
    Transnational,
    clocks,
    matrix,
    outcome,
    released_after,
)
from standwith.account.registry.perpetrators import Involvement
from standwith.account.registry.record import Known
from standwith.account.registry.spells import spells_of
from standwith.account.registry.tactics import (
    DIRECT,
    Means,
    NoticeKind,
    Response,
    Step,
    Tactic,
)
from standwith.kernel.period import parse_period

TODAY = date(2024, 6, 1)
ALL: dict[str, dict[str, Any]] = {
    "restriction": {"person": "p", "country": "BY", "tactic": "travel_ban"},
    "transnational": {"country": "BY", "host": "PL", "tactic": "assault", "persons": "4"},
    "notice": {"person": "p", "country": "BY", "notice": "red"},
    "leverage": {"person": "p", "country": "IR", "host": "FR", "consular_access": "no"},
    "intervention": {"person": "p", "means": "demarche", "by": "three embassies"},
    "involvement": {"person": "p", "name": "N", "country": "BY", "degree": "ordered"},
    "endorsement": {"country": "CA"},
}
SAID = {"when": "2024-02", "source": "a newspaper"}


def measure(kind: str, **more: object) -> Any:
    """Read a measure with some fields changed."""
    return measure_of("m1", kind, "2024-03-01", ALL[kind] | SAID | more)


def test_each_kind_is_read_as_what_it_is() -> None:
    kinds = [type(measure(kind)) for kind in KINDS]
    assert kinds == [
        *(Restriction, Transnational, Notice, Leverage, Intervention, Involvement, Endorsement)
    ]
    for kind in KINDS:
        known = measure(kind).known
        assert (known.id, known.source, known.recorded) == (
            "m1",
            "a newspaper",
            date(2024, 3, 1),
        )
        assert str(known.when) == "2024-02"


@pytest.mark.parametrize(
    ("kind", "field"),
    [(kind, field) for kind, held in ALL.items() for field in held
     if field not in {"persons", "consular_access"}],
)  # fmt: skip
def test_a_field_that_is_needed_is_asked_for(kind: str, field: str) -> None:
    with pytest.raises(UnusableMeasure) as caught:
        measure(kind, **{field: ""})
    assert caught.value.fields == {field: "this is needed"}
    assert f"{field}: this is needed" in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "field", "value", "what"),
    [
        ("restriction", "tactic", "boredom", "choose house_arrest"),
        ("restriction", "country", "Nowhere", "no place"),
        ("restriction", "when", "some day", "no"),
        ("transnational", "persons", "many", "a whole number"),
        ("transnational", "persons", "0", "a whole number"),
        ("transnational", "mode", "teleport", "choose alone"),
        ("notice", "notice", "pink", "choose red"),
        ("notice", "last_seen", "yesterday", "isoformat"),
        ("intervention", "means", "prayer", "choose demarche"),
        ("intervention", "response", "shrug", "choose favourable"),
    ],
)
def test_what_is_no_word_is_said_in_its_field(kind: str, field: str, value: str, what: str) -> None:
    with pytest.raises(UnusableMeasure) as caught:
        measure(kind, **{field: value})
    assert what in caught.value.fields[field]


def test_every_problem_is_said_at_once() -> None:
    with pytest.raises(UnusableMeasure) as caught:
        measure_of("m", "transnational", "2024-01-01", {})
    assert set(caught.value.fields) == {"when", "source", "country", "host", "tactic"}


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnusableMeasure, match="choose restriction"):
        measure_of("m", "gossip", "2024-01-01", SAID)


def test_what_is_not_told_is_unknown_and_not_no() -> None:
    assert measure("leverage").consular_access is False
    assert measure("leverage", consular_access="").consular_access is None
    assert measure("intervention").response is Response.UNKNOWN
    assert measure("transnational", persons="").persons == 1


def test_countries_are_written_by_their_code() -> None:
    assert measure("restriction", country="by").country == "BY"
    assert measure("transnational", host="POL").host == "PL"


def notice(*steps: tuple[Step, date]) -> Notice:
    """Make a notice with steps."""
    known = Known("n", parse_period("2024-01-10"), date(2024, 1, 11), "a border guard")
    return Notice(known, "p", NoticeKind.RED, "BY", steps=steps)


def test_a_clock_runs_from_a_request_until_its_answer() -> None:
    asked = (Step.ACCESS_ASKED, date(2024, 1, 15))
    (running,) = clocks(notice(asked), TODAY)
    assert running.step is Step.ACCESS_ASKED
    assert running.due == date(2024, 5, 16)
    assert running.over
    assert running.days_left == -16
    assert clocks(notice(asked, (Step.ACCESS_ANSWERED, date(2024, 2, 1))), TODAY) == ()


def test_an_answer_before_the_request_stops_no_clock() -> None:
    found = clocks(
        notice((Step.ACCESS_ANSWERED, date(2024, 1, 1)), (Step.ACCESS_ASKED, date(2024, 5, 1))),
        TODAY,
    )
    assert [one.over for one in found] == [False]


@pytest.mark.parametrize(
    "answer", [Step.DELETED, Step.UPDATED, Step.UPHELD, Step.WITHDRAWN_BY_STATE]
)
def test_each_decision_ends_the_wait_for_deletion(answer: Step) -> None:
    asked = (Step.DELETION_ASKED, date(2024, 2, 1))
    assert len(clocks(notice(asked), TODAY)) == 1
    decided = notice(asked, (answer, date(2024, 3, 1)))
    assert clocks(decided, TODAY) == ()
    assert outcome(decided) is answer


def test_a_notice_without_a_step_was_found_and_no_more() -> None:
    assert outcome(notice()) is Step.FOUND


def act(origin: str, host: str, tactic: Tactic, persons: int, when: str) -> Transnational:
    """Make an act across a border."""
    known = Known(f"{origin}{host}{when}", parse_period(when), date(2024, 1, 1), "s")
    return Transnational(known, origin, host, tactic, persons=persons)


ACTS = (
    act("BY", "PL", Tactic.ASSAULT, 1, "2023-02-01"),
    act("BY", "PL", Tactic.ASSAULT, 5, "2023-07"),
    act("IR", "DE", Tactic.SURVEILLANCE, 2, "2023"),
    act("IR", "DE", Tactic.RENDITION, 1, "2022-12-31"),
    act("CN", "TH", Tactic.UNLAWFUL_DEPORTATION, 3, "../2023-05-01"),
)


def test_acts_of_a_year_are_counted_by_origin_host_and_tactic() -> None:
    found = matrix(ACTS, date(2023, 1, 1), date(2024, 1, 1))
    assert found.acts == {
        ("BY", "PL", Tactic.ASSAULT): 2,
        ("IR", "DE", Tactic.SURVEILLANCE): 1,
        ("CN", "TH", Tactic.UNLAWFUL_DEPORTATION): 1,
    }
    assert found.persons["BY", "PL", Tactic.ASSAULT] == 6
    assert (found.mass, found.direct) == (2, 3)
    assert (found.largest.part, found.largest.whole) == (4, 4)


def test_freedom_house_s_share_is_recomputed_from_its_counts() -> None:
    """272 of 1,219 incidents were of one state, published as 22 per cent (2014 to 2024)."""
    many = [act("CN", "TH", Tactic.ASSAULT, 1, "2020-01-01")] * 272
    rest = [act(f"{i // 26}{i % 26}", "DE", Tactic.ASSAULT, 1, "2020-01-01") for i in range(947)]
    found = matrix([*many, *rest], date(2014, 1, 1), date(2025, 1, 1))
    mine = sum(n for (origin, _, _), n in found.acts.items() if origin == "CN")
    assert round(100 * mine / sum(found.acts.values())) == 22


def test_only_bodily_acts_are_direct() -> None:
    assert Tactic.SURVEILLANCE not in DIRECT
    assert act("A", "B", Tactic.ASSASSINATION, 1, "2023").direct
    assert not act("A", "B", Tactic.THREATS, 1, "2023").direct


def done(person: str, when: str, means: Means = Means.DEMARCHE) -> Intervention:
    """Make an intervention for a person."""
    known = Known(f"i {person} {when}", parse_period(when), date(2024, 1, 1), "s")
    return Intervention(known, person, means, "us")


def test_releases_after_an_intervention_are_counted_and_not_explained() -> None:
    held = spells_of(
        [
            episode("arrested 2023-01-01", "released 2023-03-01", person="a"),
            episode("arrested 2023-01-01", person="b"),
            episode("arrested 2023-01-01", "died_in_custody 2023-02-20", person="c"),
        ],
        TODAY,
    )
    steps = [done(who, "2023-02-10") for who in "abc"]
    within = {days: released_after(steps, held, TODAY, days)[Means.DEMARCHE] for days in (10, 30)}
    assert (within[10].part, within[10].whole) == (0, 3)
    assert (within[30].part, within[30].whole) == (1, 3), "who died was not released"


def test_who_cannot_be_followed_long_enough_is_not_counted() -> None:
    held = spells_of([episode("arrested 2023-01-01", person="a")], TODAY)
    recent = [done("a", "2024-05-20")]
    assert released_after(recent, held, TODAY, 30) == {}
    assert released_after(recent, held, TODAY, 5)[Means.DEMARCHE].whole == 1


def test_what_was_done_when_nobody_was_held_is_not_counted() -> None:
    held = spells_of([episode("arrested 2023-05-01", person="a")], TODAY)
    assert released_after([done("a", "2023-01-01"), done("x", "2023-06-01")], held, TODAY, 30) == {}


@given(st.lists(st.integers(0, 4), max_size=30))
def test_acts_are_neither_lost_nor_made(picked: list[int]) -> None:
    found = matrix([ACTS[i] for i in picked], date(1900, 1, 1), date(2100, 1, 1))
    assert sum(found.acts.values()) == len(picked)
    assert sum(found.persons.values()) == sum(ACTS[i].persons for i in picked)
