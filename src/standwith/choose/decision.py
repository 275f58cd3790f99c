"""The decision on one action, with every reason that it rests on.

Tuples rather than dataclasses: thousands are made for one brief.
"""

from __future__ import annotations

from typing import NamedTuple

from standwith.choose.advice import Advice
from standwith.choose.row import Row
from standwith.kernel.verdict import Verdict


class GateFinding(NamedTuple):
    """A fact gate and what is known of it; subject names the organisation or action it is about."""

    gate: str
    fact: str
    subject: str
    verdict: Verdict


class Decision(NamedTuple):
    """The verdict on one action for one organisation (None: no recipient) under one profile."""

    action: str
    profile: str
    organisation: str | None
    advice: Advice
    gates: tuple[GateFinding, ...]
    rows: tuple[Row, ...]
    fits_phase: Verdict
    apt: Verdict
    pending: tuple[str, ...]
    first: tuple[str, ...]
