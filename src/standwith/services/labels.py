"""Labels between the core and the database: bits, words, and rows that are made once."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from standwith.kernel.policy import Consent, Label, Purpose
from standwith.kernel.sensitivity import Sensitivity
from standwith.store.models import policy as rows

LEVELS = tuple(Sensitivity)
_PURPOSES = tuple(Purpose)
_CONSENTS = tuple(Consent)
Word = TypeVar("Word", bound=Enum)


def bits(words: frozenset[Word], order: tuple[Word, ...]) -> int:
    """Write a set of words as a number."""
    return sum(1 << order.index(word) for word in words)


def words(number: int, order: tuple[Word, ...]) -> frozenset[Word]:
    """Read a number as a set of words."""
    return frozenset(word for i, word in enumerate(order) if number >> i & 1)


def purpose_bits(purposes: frozenset[Purpose]) -> int:
    """Write purposes as a number."""
    return bits(purposes, _PURPOSES)


def purposes_of(number: int) -> frozenset[Purpose]:
    """Read purposes from a number."""
    return words(number, _PURPOSES)


def purpose_bit(purpose: Purpose) -> int:
    """Return the bit of one purpose."""
    return 1 << _PURPOSES.index(purpose)


def key_of(label: Label) -> str:
    """Write a label in words: the same label always gives the same key."""
    compartments = ",".join(sorted(label.compartments))
    purposes = ",".join(sorted(item.value for item in label.purposes))
    consents = ",".join(sorted(item.value for item in label.consents))
    return f"{label.sensitivity.value}|{compartments}|{purposes}|{consents}"


def label_row(label: Label) -> rows.Label:
    """Return the row of a label, made when it is new."""
    row, made = rows.Label.objects.get_or_create(
        key=key_of(label),
        defaults={
            "level": label.sensitivity.level,
            "purposes": purpose_bits(label.purposes),
            "consents": bits(label.consents, _CONSENTS),
        },
    )
    if made:
        row.compartments.set(rows.Compartment.objects.filter(pk__in=label.compartments))
    return row


def label_of(row: rows.Label) -> Label:
    """Read a label from its row."""
    level, compartments, purposes, consents = row.key.split("|")
    return Label(
        frozenset(compartments.split(",")) - {""},
        Sensitivity(level),
        frozenset(Purpose(word) for word in purposes.split(",") if word),
        frozenset(Consent(word) for word in consents.split(",") if word),
    )
