"""Four-valued verdicts, and their algebra.

A fact is true, false, unknown or both (sources contradict each other); a rule may also not apply.
The algebra follows Belnap (1977) but for one choice: "both AND unknown" is unknown, not false,
because a gate must never close on a missing fact as if that fact were known to be false.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import reduce


class Verdict(Enum):
    """What is held of a statement: never a default, never a number."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"
    BOTH = "both"
    NOT_APPLICABLE = "not-applicable"

    def __invert__(self) -> Verdict:
        """Swap true and false; unknown, both and not-applicable stay."""
        return _NOT.get(self, self)

    def __and__(self, other: Verdict) -> Verdict:
        """Take the worse in the order false, unknown, both, true; not-applicable is neutral."""
        return self if _AND_RANK[self] <= _AND_RANK[other] else other

    def __or__(self, other: Verdict) -> Verdict:
        """Take the better in the order true, unknown, both, false (by De Morgan from AND)."""
        return self if _OR_RANK[self] <= _OR_RANK[other] else other

    def merge(self, other: Verdict) -> Verdict:
        """Join what two sources say: the knowledge order unknown < true, false < both."""
        if self is other or other in _SILENT:
            return self
        return other if self in _SILENT else Verdict.BOTH

    @property
    def opens(self) -> bool:
        """Whether a gate opens on it: on true alone, or where the gate does not apply."""
        return self is Verdict.TRUE or self is Verdict.NOT_APPLICABLE


_NOT = {Verdict.TRUE: Verdict.FALSE, Verdict.FALSE: Verdict.TRUE}
_AND_RANK = {
    Verdict.FALSE: 0,
    Verdict.UNKNOWN: 1,
    Verdict.BOTH: 2,
    Verdict.TRUE: 3,
    Verdict.NOT_APPLICABLE: 4,
}
_OR_RANK = {
    Verdict.TRUE: 0,
    Verdict.UNKNOWN: 1,
    Verdict.BOTH: 2,
    Verdict.FALSE: 3,
    Verdict.NOT_APPLICABLE: 4,
}
_SILENT = frozenset({Verdict.UNKNOWN, Verdict.NOT_APPLICABLE})


def conjunction(verdicts: Iterable[Verdict]) -> Verdict:
    """Combine by AND; nothing to combine gives not-applicable, the neutral element."""
    return reduce(Verdict.__and__, verdicts, Verdict.NOT_APPLICABLE)


def disjunction(verdicts: Iterable[Verdict]) -> Verdict:
    """Combine by OR; nothing to combine gives not-applicable, the neutral element."""
    return reduce(Verdict.__or__, verdicts, Verdict.NOT_APPLICABLE)
