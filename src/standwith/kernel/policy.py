"""Who may use a value, and for what: compartments, sensitivity, purpose and consent.

Default is to refuse. A value carries a label; what derives from several values carries their join.
There is one question, `may`, and one answer to it, with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import reduce

from standwith.kernel.sensitivity import Sensitivity


class Purpose(Enum):
    """What a value is used for: the stages, and publication."""

    WATCH = "watch"
    ASSESS = "assess"
    CHOOSE = "choose"
    ACT = "act"
    ACCOUNT = "account"
    PUBLISH = "publish"


class Consent(Enum):
    """What the person or source that a value comes from has agreed to."""

    ANALYSE = "analyse"
    SHARE = "share"
    PUBLISH = "publish"


EVERY_PURPOSE = frozenset(Purpose)
EVERY_CONSENT = frozenset(Consent)
WITHIN = frozenset(Purpose) - {Purpose.PUBLISH}


@dataclass(frozen=True, slots=True)
class Label:
    """What a value asks of its readers: all compartments, the level, and one of the purposes.

    ``purposes`` and ``consents`` are what it may be used for; fewer is stricter.
    """

    compartments: frozenset[str]
    sensitivity: Sensitivity
    purposes: frozenset[Purpose] = EVERY_PURPOSE
    consents: frozenset[Consent] = EVERY_CONSENT

    def __or__(self, other: Label) -> Label:
        """Join: what derives from both asks for all that either asks for."""
        return Label(
            self.compartments | other.compartments,
            self.sensitivity | other.sensitivity,
            self.purposes & other.purposes,
            self.consents & other.consents,
        )


PUBLIC = Label(frozenset(), Sensitivity.CLEAR)


def join(labels: Iterable[Label]) -> Label:
    """Join all labels; with none, the public one."""
    return reduce(Label.__or__, labels, PUBLIC)


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's place in a compartment: up to which level, for which purposes, until when."""

    compartment: str
    clearance: Sensitivity
    purposes: frozenset[Purpose] = WITHIN
    until: datetime | None = None

    def stands_at(self, now: datetime) -> bool:
        """Whether the time of the membership has not run out."""
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who asks: roles, and memberships as of the moment of asking.

    ``home`` is false for people of other organisations: allies and partners.
    """

    id: str
    roles: frozenset[str]
    home: bool
    memberships: tuple[Membership, ...]
    now: datetime
    organisation: str = ""
    _by_compartment: dict[str, Membership] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Index the memberships that still stand."""
        for held in self.memberships:
            if held.stands_at(self.now):
                self._by_compartment[held.compartment] = held

    def membership(self, compartment: str) -> Membership | None:
        """Return the membership in a compartment, if it stands."""
        return self._by_compartment.get(compartment)


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a use is allowed, and why."""

    allowed: bool
    reason: str


READING_ROLES = frozenset({"head", "desk", "counsel", "mission", "ally", "documenter", "auditor"})
_YES = Answer(True, "member of every compartment, cleared, for a purpose that is consented to")


def may(reader: Reader, purpose: Purpose, label: Label) -> Answer:
    """Whether a reader may use a value with this label for this purpose.

    The order of the checks is that of the reasons: role, compartments, level, purpose, consent.
    """
    if not reader.roles & READING_ROLES:
        return Answer(False, "no role that reads content")
    for compartment in sorted(label.compartments):
        refusal = _refusal(reader.membership(compartment), purpose, label.sensitivity)
        if refusal:
            return Answer(False, refusal)
    if purpose not in label.purposes:
        return Answer(False, f"the value may not be used to {purpose.value}")
    refusal = _outside(reader, label) or _unconsented(reader, purpose, label)
    return Answer(False, refusal) if refusal else _YES


def _refusal(held: Membership | None, purpose: Purpose, level: Sensitivity) -> str:
    if held is None:
        return "not a member of a compartment of the value"
    if not level.may_reach(held.clearance):
        return f"cleared to {held.clearance.value} only"
    if purpose not in held.purposes:
        return f"not a member for the purpose: {purpose.value}"
    return ""


def _outside(reader: Reader, label: Label) -> str:
    """TLP 2.0: from AMBER+STRICT on, a value stays within the organisation."""
    if not label.compartments and label.sensitivity is not Sensitivity.CLEAR:
        return "a value without a compartment is for nobody unless it is public"
    if not reader.home and not label.sensitivity.may_reach(Sensitivity.AMBER):
        return "the value stays within the organisation"
    return ""


def _unconsented(reader: Reader, purpose: Purpose, label: Label) -> str:
    needed = {Consent.ANALYSE}
    if not reader.home:
        needed.add(Consent.SHARE)
    if purpose is Purpose.PUBLISH:
        needed.add(Consent.PUBLISH)
        if label.sensitivity is not Sensitivity.CLEAR:
            return "only what is marked TLP:CLEAR is published"
    missing = sorted(item.value for item in needed - label.consents)
    return f"no consent to {', '.join(missing)}" if missing else ""
