"""One's own sessions: which are open, and ending one of them. Nothing is kept of the device."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.contrib.sessions.models import Session

from standwith.kernel.policy import Purpose, Reader
from standwith.services import moment
from standwith.services.change import changing
from standwith.services.sight import NothingThere


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as its owner sees it; ``mark`` names it and opens nothing."""

    mark: str
    since: datetime
    seen: datetime
    this: bool


def mark_of(key: str) -> str:
    """Name a session without telling its key."""
    return hashlib.sha256(f"session|{key}".encode()).hexdigest()[:16]


def my_sessions(reader: Reader, key: str) -> list[SessionRow]:
    """List the reader's open sessions, the present one first; ``key`` is that one's."""
    found = [
        SessionRow(mark_of(row.session_key), _moment(data["since"]), _moment(data["seen"]), this)
        for row, data in _mine(reader)
        for this in [row.session_key == key]
    ]
    return sorted(found, key=lambda row: (not row.this, -row.seen.timestamp()))


def end_session(reader: Reader, mark: str) -> None:
    """End one session of the reader.

    Raises:
        NothingThere: the reader has no such session.
    """
    for row, _ in _mine(reader):
        if mark_of(row.session_key) == mark:
            with changing(reader, Purpose.ACCOUNT, "account.own") as change:
                change.remark("session-ended", UUID(reader.id), {"mark": mark})
                row.delete()
            return
    raise NothingThere("there is no such session")


def _mine(reader: Reader) -> Iterator[tuple[Session, dict[str, float]]]:
    for row in Session.objects.filter(expire_date__gt=moment.now()):
        data = row.get_decoded()
        if data.get("person") == reader.id and not data.get("waiting") and "seen" in data:
            yield row, data


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
