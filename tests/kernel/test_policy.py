"""The one question of the policy, against a second writing of its rules, and against mutations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.kernel.policy import (
    EVERY_CONSENT,
    EVERY_PURPOSE,
    PUBLIC,
    READING_ROLES,
    WITHIN,
    Consent,
    Label,
    Membership,
    Purpose,
    Reader,
    join,
    may,
)
from standwith.kernel.sensitivity import Sensitivity

NOW = datetime(2020, 8, 18, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
COMPARTMENTS = ("a", "b", "c")
LEVELS = st.sampled_from(list(Sensitivity))

labels = st.builds(
    Label,
    st.frozensets(st.sampled_from(COMPARTMENTS)),
    LEVELS,
    st.frozensets(st.sampled_from(list(Purpose))),
    st.frozensets(st.sampled_from(list(Consent))),
)
memberships = st.builds(
    Membership,
    st.sampled_from(COMPARTMENTS),
    LEVELS,
    st.frozensets(st.sampled_from(list(Purpose))),
    st.sampled_from([None, NOW - HOUR, NOW, NOW + HOUR]),
)
ROLES = st.sampled_from(["head", "desk", "ally", "administrator", "auditor", "nobody"])
readers = st.builds(
    Reader,
    st.just("someone"),
    st.frozensets(ROLES, max_size=2),
    st.booleans(),
    st.lists(memberships, max_size=3, unique_by=lambda m: m.compartment).map(tuple),
    st.just(NOW),
)


def reader(
    *places: Membership, roles: frozenset[str] = frozenset({"desk"}), home: bool = True
) -> Reader:
    """Make a reader."""
    return Reader("someone", roles, home, places, NOW)


def place(
    compartment: str = "a", level: Sensitivity = Sensitivity.AMBER, **more: object
) -> Membership:
    """Make a membership."""
    return Membership(compartment, level, **more)  # type: ignore[arg-type]


def label(*compartments: str, level: Sensitivity = Sensitivity.GREEN, **more: object) -> Label:
    """Make a label."""
    return Label(frozenset(compartments), level, **more)  # type: ignore[arg-type]


def as_the_reference_says(who: Reader, purpose: Purpose, asked: Label) -> bool:
    """The rules once more, as one conjunction."""
    order = ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]
    rank = order.index(asked.sensitivity.value)

    def inside(compartment: str) -> bool:
        return any(
            m.compartment == compartment
            and order.index(m.clearance.value) >= rank
            and purpose in m.purposes
            and (m.until is None or m.until > NOW)
            for m in who.memberships
        )

    role = any(r in {"head", "desk", "ally", "auditor"} for r in who.roles)
    need = all(inside(c) for c in asked.compartments)
    placed = bool(asked.compartments) or rank == 0
    outside = who.home or (rank <= 2 and Consent.SHARE in asked.consents)
    public = purpose is not Purpose.PUBLISH or (rank == 0 and Consent.PUBLISH in asked.consents)
    use = purpose in asked.purposes and Consent.ANALYSE in asked.consents
    return role and need and placed and outside and public and use


@given(readers, st.sampled_from(list(Purpose)), labels)
def test_the_answer_is_that_of_the_rules(who: Reader, purpose: Purpose, asked: Label) -> None:
    assert may(who, purpose, asked).allowed is as_the_reference_says(who, purpose, asked)


@given(readers, st.sampled_from(list(Purpose)), labels)
def test_every_answer_has_a_reason(who: Reader, purpose: Purpose, asked: Label) -> None:
    assert may(who, purpose, asked).reason


@given(readers, st.sampled_from(list(Purpose)), labels, labels)
def test_what_derives_from_two_is_seen_only_by_who_sees_both(
    who: Reader, purpose: Purpose, one: Label, other: Label
) -> None:
    if may(who, purpose, one | other).allowed:
        for part in (one, other):
            placed = part.compartments or part.sensitivity is Sensitivity.CLEAR
            assert may(who, purpose, part).allowed or not placed


@given(labels, labels, labels)
def test_joining_labels_is_a_lattice(a: Label, b: Label, c: Label) -> None:
    assert a | b == b | a
    assert (a | b) | c == a | (b | c)
    assert a | a == a
    assert a | PUBLIC == a


@given(st.lists(labels, max_size=4))
def test_the_join_asks_for_all_that_any_asks_for(many: list[Label]) -> None:
    whole = join(many)
    for part in many:
        assert part.compartments <= whole.compartments
        assert part.sensitivity.level <= whole.sensitivity.level
        assert whole.purposes <= part.purposes
        assert whole.consents <= part.consents


@given(readers, st.sampled_from(list(Purpose)), labels)
def test_a_membership_that_ran_out_opens_nothing(
    who: Reader, purpose: Purpose, asked: Label
) -> None:
    ended = tuple(
        Membership(m.compartment, m.clearance, m.purposes, NOW - HOUR) for m in who.memberships
    )
    late = Reader(who.id, who.roles, who.home, ended, NOW)
    if asked.compartments:
        assert not may(late, purpose, asked).allowed


def test_a_member_who_is_cleared_may() -> None:
    assert may(reader(place()), Purpose.ASSESS, label("a")).allowed


@pytest.mark.parametrize(
    ("who", "purpose", "asked", "why"),
    [
        (reader(), Purpose.ASSESS, label("a"), "not a member"),
        (reader(place("b")), Purpose.ASSESS, label("a"), "not a member"),
        (reader(place()), Purpose.ASSESS, label("a", "b"), "not a member"),
        (reader(place(until=NOW)), Purpose.ASSESS, label("a"), "not a member"),
        (
            reader(place(level=Sensitivity.GREEN)),
            Purpose.ASSESS,
            label("a", level=Sensitivity.AMBER),
            "cleared to TLP:GREEN",
        ),
        (
            reader(place(purposes=frozenset({Purpose.ACT}))),
            Purpose.ASSESS,
            label("a"),
            "for the purpose",
        ),
        (
            reader(place()),
            Purpose.ASSESS,
            label("a", purposes=frozenset({Purpose.ACT})),
            "may not be used",
        ),
        (
            reader(place(), roles=frozenset({"administrator"})),
            Purpose.ASSESS,
            label("a"),
            "no role",
        ),
        (reader(place(), roles=frozenset()), Purpose.ASSESS, label("a"), "no role"),
        (
            reader(place(level=Sensitivity.RED), home=False),
            Purpose.ASSESS,
            label("a", level=Sensitivity.AMBER_STRICT),
            "within the organisation",
        ),
        (
            reader(place(), home=False),
            Purpose.ASSESS,
            label("a", consents=frozenset({Consent.ANALYSE})),
            "share",
        ),
        (
            reader(place()),
            Purpose.ASSESS,
            label("a", consents=frozenset({Consent.SHARE})),
            "analyse",
        ),
        (
            reader(place(purposes=EVERY_PURPOSE)),
            Purpose.PUBLISH,
            label("a", level=Sensitivity.GREEN),
            "TLP:CLEAR",
        ),
        (
            reader(place(purposes=EVERY_PURPOSE)),
            Purpose.PUBLISH,
            label("a", level=Sensitivity.CLEAR, consents=frozenset({Consent.ANALYSE})),
            "publish",
        ),
        (reader(), Purpose.ASSESS, label(level=Sensitivity.GREEN), "for nobody"),
    ],
)
def test_each_single_check_refuses_alone(
    who: Reader, purpose: Purpose, asked: Label, why: str
) -> None:
    """Every case differs from an allowed one in one thing: to drop any check is noticed here."""
    found = may(who, purpose, asked)
    assert not found.allowed
    assert why in found.reason


def test_an_ally_sees_amber_that_was_consented_to() -> None:
    who = reader(place(level=Sensitivity.AMBER), home=False, roles=frozenset({"ally"}))
    assert may(who, Purpose.ASSESS, label("a", level=Sensitivity.AMBER)).allowed


def test_public_values_need_no_compartment() -> None:
    assert may(reader(), Purpose.ASSESS, PUBLIC).allowed


def test_publishing_needs_clear_and_consent() -> None:
    who = reader(place(purposes=EVERY_PURPOSE))
    assert may(who, Purpose.PUBLISH, label("a", level=Sensitivity.CLEAR)).allowed


def test_a_membership_is_for_everything_within_but_not_for_publishing() -> None:
    assert Purpose.PUBLISH not in place().purposes
    assert place().purposes == WITHIN


def test_an_administrator_is_no_reading_role() -> None:
    assert "administrator" not in READING_ROLES


def test_a_label_without_words_allows_every_use() -> None:
    assert label("a").purposes == EVERY_PURPOSE
    assert label("a").consents == EVERY_CONSENT


def test_joining_nothing_is_public() -> None:
    assert join([]) == PUBLIC
