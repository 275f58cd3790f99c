"""Which ids of the catalogue there are, for files that name them."""

from __future__ import annotations

from functools import cache

from standwith.kernel.pack import read_json


@cache
def action_ids() -> frozenset[str]:
    """Return the ids of all actions of the shipped release."""
    return frozenset(row["id"] for row in read_json("catalogue/release.json")["actions"])


@cache
def gate_codes() -> frozenset[str]:
    """Return the codes of all gates of the shipped release."""
    return frozenset(row["code"] for row in read_json("catalogue/release.json")["gates"])
