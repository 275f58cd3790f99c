"""Policy profiles as data: whose rules apply, and what a ministry adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STRICTEST = "strictest"


@dataclass(frozen=True, slots=True)
class Profile:
    """A policy: scope tests, whether recipients must be nonviolent, and what it adds.

    ``base`` is the shipped profile whose rules it uses; ``hold`` gives reasons by action;
    ``gates`` adds gate codes by action.
    """

    id: str
    base: str
    title: str
    summary: str
    out_of_scope_if: tuple[str, ...]
    context_needed: tuple[str, ...]
    nonviolent_recipients: bool
    hold: Mapping[str, str]
    gates: Mapping[str, tuple[str, ...]]
