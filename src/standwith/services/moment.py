"""The clock of the workspace: the one place where services read the time."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the day in UTC."""
    return now().date()


def read(text: str) -> datetime:
    """Read a time that was written in ISO 8601."""
    return datetime.fromisoformat(text)
