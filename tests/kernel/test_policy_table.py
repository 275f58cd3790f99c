"""The policy as a table that a lawyer can read: reader, purpose and value, and the answer with its why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest

from standwith.kernel.policy import (
    EVERY_CONSENT,
    EVERY_PURPOSE,
    WITHIN,
    Consent,
    Label,
    Membership,
    Purpose,
    Reader,
    may,
)
from standwith.kernel.sensitivity import Sensitivity, joined

NOW = datetime(2020, 8, 18, 12, tzinfo=UTC)
CLEAR, GREEN, AMBER, STRICT, RED = Sensitivity


def member(level: Sensitivity, *, of: str = "belarus", until: datetime | None = None) -> Membership:
    """A place in a compartment for everything within."""
    return Membership(of, level, WITHIN, until)


def person(*places: Membership, role: str = "desk", home: bool = True) -> Reader:
    """Somebody with places."""
    return Reader("p", frozenset({role}), home, places, NOW)


def value(
    level: Sensitivity,
    *compartments: str,
    purposes: frozenset[Purpose] = EVERY_PURPOSE,
    consents: frozenset[Consent] = EVERY_CONSENT,
) -> Label:
    """A value in compartments; in that of Belarus where none is named."""
    return Label(frozenset(compartments or ("belarus",)), level, purposes, consents)


class Case(NamedTuple):
    """One row: who asks, for what, of which value, and the answer."""

    who: Reader
    purpose: Purpose
    of: Label
    allowed: bool
    why: str


HEAD = person(member(RED), role="head")
DESK = person(member(STRICT))
MISSION = person(member(AMBER), role="mission")
ALLY = person(member(GREEN), role="ally", home=False)
CLOSE_ALLY = person(member(AMBER), role="ally", home=False)
STRANGER = person()
ADMIN = person(member(RED), role="administrator")
LATE = person(member(RED, until=NOW - timedelta(seconds=1)))
IN_TIME = person(member(RED, until=NOW + timedelta(seconds=1)))
TWO = person(member(RED), member(AMBER, of="sources"))

TABLE = {
    "a head sees what is RED in her compartment": Case(
        HEAD, Purpose.ASSESS, value(RED), True, "member of every compartment"
    ),
    "a desk officer sees what stays within": Case(
        DESK, Purpose.ASSESS, value(STRICT), True, "member of every compartment"
    ),
    "a desk officer does not see what is RED": Case(
        DESK, Purpose.ASSESS, value(RED), False, "cleared to TLP:AMBER+STRICT"
    ),
    "a mission sees AMBER": Case(
        MISSION, Purpose.ACT, value(AMBER), True, "member of every compartment"
    ),
    "a mission does not see what stays within": Case(
        MISSION, Purpose.ACT, value(STRICT), False, "cleared to TLP:AMBER only"
    ),
    "an ally sees the GREEN share": Case(
        ALLY, Purpose.ASSESS, value(GREEN), True, "member of every compartment"
    ),
    "an ally does not see AMBER unless cleared": Case(
        ALLY, Purpose.ASSESS, value(AMBER), False, "cleared to TLP:GREEN only"
    ),
    "a close ally sees AMBER": Case(
        CLOSE_ALLY, Purpose.ASSESS, value(AMBER), True, "member of every compartment"
    ),
    "an ally never sees what was not consented to be shared": Case(
        CLOSE_ALLY,
        Purpose.ASSESS,
        value(GREEN, consents=frozenset({Consent.ANALYSE})),
        False,
        "no consent to share",
    ),
    "a colleague sees it all the same": Case(
        DESK,
        Purpose.ASSESS,
        value(GREEN, consents=frozenset({Consent.ANALYSE})),
        True,
        "member of every compartment",
    ),
    "nobody analyses what may only be kept": Case(
        HEAD, Purpose.ASSESS, value(GREEN, consents=frozenset()), False, "no consent to analyse"
    ),
    "somebody outside the compartment sees nothing of it": Case(
        STRANGER, Purpose.ASSESS, value(GREEN), False, "not a member"
    ),
    "an administrator sees nothing, whatever place he was given": Case(
        ADMIN, Purpose.ASSESS, value(GREEN), False, "no role that reads"
    ),
    "a place that ran out a second ago opens nothing": Case(
        LATE, Purpose.ASSESS, value(GREEN), False, "not a member"
    ),
    "a place that runs out in a second still opens": Case(
        IN_TIME, Purpose.ASSESS, value(RED), True, "member of every compartment"
    ),
    "a value of two compartments needs both places": Case(
        HEAD, Purpose.ASSESS, value(GREEN, "belarus", "sources"), False, "not a member"
    ),
    "and the clearance in each of them": Case(
        TWO, Purpose.ASSESS, value(STRICT, "belarus", "sources"), False, "cleared to TLP:AMBER"
    ),
    "who has both sees it": Case(
        TWO, Purpose.ASSESS, value(AMBER, "belarus", "sources"), True, "member of every"
    ),
    "what is for casework is not for forecasting": Case(
        HEAD,
        Purpose.WATCH,
        value(GREEN, purposes=frozenset({Purpose.ACT})),
        False,
        "may not be used to watch",
    ),
    "a member for everything within does not publish": Case(
        HEAD, Purpose.PUBLISH, value(CLEAR), False, "not a member for the purpose"
    ),
}


@pytest.mark.parametrize("row", TABLE)
def test_the_table_holds(row: str) -> None:
    case = TABLE[row]
    found = may(case.who, case.purpose, case.of)
    assert found.allowed is case.allowed
    assert case.why in found.reason


@pytest.mark.parametrize("row", [name for name, case in TABLE.items() if case.allowed])
def test_raising_the_level_beyond_the_clearance_takes_it_away(row: str) -> None:
    case = TABLE[row]
    held = [m for m in case.who.memberships if m.compartment in case.of.compartments]
    least = min(m.clearance.level for m in held)
    for level in Sensitivity:
        raised = Label(case.of.compartments, level, case.of.purposes, case.of.consents)
        outside = not case.who.home and level.level > AMBER.level
        wanted = level.level <= least and not outside
        assert may(case.who, case.purpose, raised).allowed is wanted


@pytest.mark.parametrize("row", [name for name, case in TABLE.items() if case.allowed])
def test_taking_any_place_away_takes_it_away(row: str) -> None:
    case = TABLE[row]
    for gone in case.of.compartments:
        rest = tuple(m for m in case.who.memberships if m.compartment != gone)
        poorer = Reader(case.who.id, case.who.roles, case.who.home, rest, NOW)
        assert not may(poorer, case.purpose, case.of).allowed


@pytest.mark.parametrize("row", [name for name, case in TABLE.items() if case.allowed])
def test_joining_with_something_unseen_takes_it_away(row: str) -> None:
    case = TABLE[row]
    unseen = Label(frozenset({"elsewhere"}), GREEN)
    assert not may(case.who, case.purpose, case.of | unseen).allowed


@pytest.mark.parametrize(
    ("levels", "whole"),
    [
        ((), CLEAR),
        ((GREEN,), GREEN),
        ((GREEN, RED, AMBER), RED),
        ((CLEAR, STRICT, AMBER), STRICT),
        ((AMBER, AMBER), AMBER),
    ],
)
def test_the_level_of_several_values_is_the_highest(
    levels: tuple[Sensitivity, ...], whole: Sensitivity
) -> None:
    assert joined(levels) is whole


def test_a_reader_s_place_is_found_by_compartment() -> None:
    assert TWO.membership("sources") == member(AMBER, of="sources")
    assert TWO.membership("elsewhere") is None
    assert LATE.membership("belarus") is None
