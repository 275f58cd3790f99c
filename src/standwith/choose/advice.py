"""The words in which advice is given, from the freest to the strictest."""

from __future__ import annotations

from enum import Enum


class Advice(Enum):
    """What the engine says of an action; ``reference-only`` is shown to read, never advised."""

    RECOMMEND = "recommend"
    PERMIT = "permit"
    CONTESTED = "contested"
    NEEDS_INFO = "needs-info"
    HOLD = "hold"
    NOT_WARRANTED = "not-warranted"
    OUT_OF_SCOPE = "out-of-scope"
    PROHIBITED = "prohibited"
    REFERENCE_ONLY = "reference-only"

    @property
    def strictness(self) -> int:
        """Rank from 0 (recommend) upwards."""
        return _RANK[self]

    @property
    def advised(self) -> bool:
        """Whether the action may be put before a minister as something to do."""
        return self is Advice.RECOMMEND or self is Advice.PERMIT


_RANK = {advice: rank for rank, advice in enumerate(Advice)}
