"""What runs beside the requests: the log is verified every half hour, and after a start."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections

from standwith.services.keys import UnusableKeys
from standwith.services.verification import verify

PAUSE = 30 * 60
FIRST = 5
_LOG = logging.getLogger("standwith.verifier")


def keep_verifying(sleep: Callable[[float], None] = time.sleep, rounds: int | None = None) -> None:
    """Verify again and again; a failure is logged and the next round tries anew."""
    sleep(FIRST)
    done = 0
    while rounds is None or done < rounds:
        verify_once()
        done += 1
        sleep(PAUSE)


def verify_once() -> bool:
    """Verify once; tell the log of the process what was found."""
    close_old_connections()
    try:
        found = verify()
    except (DatabaseError, UnusableKeys, OSError) as error:
        _LOG.error("verification failed", extra={"event": "verify", "kind": type(error).__name__})
        return False
    finally:
        close_old_connections()
    _LOG.info("verified", extra={"event": "verify", "size": found.size, "sound": found.sound})
    return found.sound
