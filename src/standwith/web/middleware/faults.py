"""What goes wrong becomes a clear page or a problem document, never a trace and never a guess."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse

from standwith.kernel.policy import Reader
from standwith.services.account import pseudonym
from standwith.services.briefs import UnusableDay
from standwith.services.change import ChangedMeanwhile
from standwith.services.decisions import NeedsCounsel
from standwith.services.listing import UnusableQuery
from standwith.services.roles import NotAllowed
from standwith.services.second import NeedsAnother
from standwith.services.sight import NothingThere
from standwith.services.throttle import TooManyAttempts
from standwith.web.problem import Problem, answer

Answer = Callable[[HttpRequest], HttpResponse]
_LOG = logging.getLogger("standwith.faults")

_KNOWN: tuple[tuple[type[Exception], int, str], ...] = (
    (NothingThere, 404, "Nothing here for you"),
    (NotAllowed, 403, "Not included in your roles"),
    (NeedsAnother, 403, "Another person is needed"),
    (NeedsCounsel, 409, "Counsel is needed first"),
    (ChangedMeanwhile, 409, "Changed meanwhile"),
    (UnusableDay, 422, "There is no such brief"),
    (UnusableQuery, 400, "This list cannot be shown"),
    (TooManyAttempts, 429, "Too many attempts"),
    (RequestDataTooBig, 413, "Too much at once"),
    (TooManyFieldsSent, 413, "Too much at once"),
)


class Faults:
    """Turns what services raise into answers; anything else is logged under a number."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse:
        """Answer what a view raised."""
        for kind, status, title in _KNOWN:
            if isinstance(error, kind):
                _note(request, error)
                theirs = error.theirs if isinstance(error, ChangedMeanwhile) else None
                return answer(request, Problem(status, title, str(error), theirs))
        if isinstance(error, OperationalError):
            return answer(request, _storage(error))
        return answer(request, _unknown(request, error))


def _note(request: HttpRequest, error: Exception) -> None:
    """Log a refusal: of what kind, and to whom under a pseudonym; not what was asked for."""
    reader = getattr(request, "reader", None) or getattr(request, "auth", None)
    who = pseudonym(reader) if isinstance(reader, Reader) else ""
    _LOG.warning("refused", extra={"event": "refused", "kind": type(error).__name__, "who": who})


def _storage(error: DatabaseError) -> Problem:
    """Say what is wrong with the database, and that nothing was half written."""
    text = str(error).casefold()
    if "full" in text or "no space" in text:
        what = "The disk is full. Nothing was saved. Ask the administrator to make room."
    elif "locked" in text or "timeout" in text:
        what = "The database is busy. Nothing was saved. Wait a moment, then try again."
    else:
        what = (
            "The database is out of reach. Nothing was saved. Try again, or tell the administrator."
        )
    _LOG.error("storage", extra={"event": "storage", "kind": type(error).__name__})
    return Problem(503, "Nothing was saved", what)


def _unknown(request: HttpRequest, error: Exception) -> Problem:
    number = secrets.token_hex(4)
    _LOG.error("fault", exc_info=error, extra={"event": "fault", "number": number})
    what = f"The fault is ours. Nothing was saved. Tell the administrator the number {number}."
    return Problem(500, "Something went wrong", what)
