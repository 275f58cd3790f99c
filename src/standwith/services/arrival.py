"""Arrivals: each sign-in stands in the log; the first head finds the demo cases, if wanted."""

from __future__ import annotations

from uuid import UUID

from standwith.kernel.policy import Purpose, Reader
from standwith.services.change import changing
from standwith.services.setup import welcome


def arrive(reader: Reader, how: str) -> None:
    """Log that somebody signed in, and with which second factor."""
    with changing(reader, Purpose.ACCOUNT, "account.own") as change:
        change.remark("signed-in", UUID(reader.id), {"how": how})
    welcome(reader)
