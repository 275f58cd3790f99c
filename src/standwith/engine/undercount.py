"""A table of counts in, everything that may be said of it out: as data, with what made it."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any


def missing() -> list[str]:
    """List the packages that an estimate needs and that are not installed."""
    return [name for name in ("scipy", "numba") if find_spec(name) is None]


def answer(
    raw: bytes,
    *,
    method: str = "dga",
    seed: int = 1,
    derived: Mapping[str, Sequence[str]] | None = None,
    most: int | None = None,
) -> dict[str, Any]:
    """Estimate from a table as comma-separated text; the same seed gives the same answer.

    ``derived`` names lists that took from others; ``most`` bounds the number of lists.

    Raises:
        UnusableTable: the table cannot be read or estimated; the message says why.
        UnicodeDecodeError: the text is not UTF-8.
    """
    from numpy.random import PCG64, Generator

    from standwith.account.undercount.capture import UnusableTable
    from standwith.account.undercount.estimate import as_data, estimate
    from standwith.account.undercount.provenance import merged
    from standwith.account.undercount.read import read_table

    table = merged(read_table(raw.decode("utf-8")), derived or {})
    if most is not None and table.width > most:
        raise UnusableTable(f"{table.width} lists; {most} at most here, more by the command line")
    try:
        found = as_data(estimate(table, method, Generator(PCG64(seed))))
    except UnusableTable:
        raise
    except ValueError as error:
        raise UnusableTable(f"{error}; merge lists that are alike") from error
    return found | {"manifest": manifest(raw, seed)}


def manifest(raw: bytes, seed: int) -> dict[str, Any]:
    """Say what made an answer: the seed, the versions, the hash of the input."""
    versions = {name: version(name) for name in ("standwith", "numba", "numpy", "scipy")}
    held = {"seed": seed, "versions": versions | {"python": platform.python_version()}}
    return held | {"input_sha256": hashlib.sha256(raw).hexdigest()}


def sign(found: dict[str, Any], signed: str) -> dict[str, Any]:
    """Add the gate that somebody stands for what no data can test."""
    reason = "" if signed else "nobody stands for the assumption; name a person who does"
    held = {"id": "assumption", "passed": bool(signed), "reason": reason}
    gate = held | {"value": int(bool(signed)), "limit": 1, "blocks": False}
    told = f"{found['assumption']} Assumed by {signed}." if signed else found["assumption"]
    return found | {"gates": [*found["gates"], gate], "assumption": told}
