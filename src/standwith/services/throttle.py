"""Slows down who guesses: after five failures on one account each further one doubles the wait.

Counted by account and door (password, second factor), never by address alone: people behind one
address do not lock each other out, and a botnet gains nothing from many.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import timedelta

from django.db import transaction

from standwith.services import moment
from standwith.services.place import keys
from standwith.store.models.people import Attempt

_LOG = logging.getLogger("standwith.doors")
FREE = 5
LONGEST = timedelta(minutes=15)


class TooManyAttempts(Exception):  # noqa: N818 - named for the situation
    """The next attempt is heard after ``seconds``."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"too many attempts; try again in {seconds} seconds")


def _key(door: str, account: str) -> str:
    return hashlib.sha256(f"{door}|{account.casefold()}".encode()).hexdigest()


def check(door: str, account: str) -> None:
    """Let an attempt through.

    Raises:
        TooManyAttempts: the wait is not over.
    """
    row = Attempt.objects.filter(key=_key(door, account)).first()
    now = moment.now()
    if row is not None and row.until is not None and row.until > now:
        raise TooManyAttempts(int((row.until - now).total_seconds()) + 1)


def failed(door: str, account: str) -> None:
    """Count a failure, and log it under a pseudonym of the account."""
    who = keys().pseudonym("door", account.casefold())
    _LOG.warning("refused at a door", extra={"event": "door", "kind": door, "who": who})
    with transaction.atomic():
        row, _ = Attempt.objects.select_for_update().get_or_create(key=_key(door, account))
        row.failures += 1
        if row.failures >= FREE:
            wait = timedelta(seconds=5 * 2 ** min(row.failures - FREE, 10))
            row.until = moment.now() + min(wait, LONGEST)
        row.save()


def passed(door: str, account: str) -> None:
    """Forget the failures after a success."""
    Attempt.objects.filter(key=_key(door, account)).delete()
