"""How much one person or program may ask in a while: a burst, then so many in a second.

Kept in the memory of the one process. It stops who would copy everything out page by page, or fill
the workspace with rubbish; people at work do not meet it.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from standwith.services import moment
from standwith.web.problem import Problem, answer

Answer = Callable[[HttpRequest], HttpResponse]
KNOWN = 10_000
FREE = ("/static/", "/health", "/metrics", "/robots.txt", "/.well-known/")


class Pace:
    """Answers 429 once somebody has used up what was saved (a token bucket)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say how long to wait."""
        if request.path.startswith(FREE):
            return self.get_response(request)
        wait = self._take(who_of(request))
        if wait <= 0:
            return self.get_response(request)
        what = f"This was too much in a short time. Nothing was saved. Wait {wait} seconds."
        response = answer(request, Problem(429, "Too much in a short time", what))
        response.headers["Retry-After"] = str(wait)
        return response

    def _take(self, who: str) -> int:
        burst, rate = settings.REQUEST_PACE
        now = moment.now().timestamp()
        with self._lock:
            left, at = self._held.pop(who, (burst, now))
            left = min(burst, left + max(0.0, now - at) * rate)
            self._held[who] = (left - 1 if left >= 1 else left, now)
            while len(self._held) > KNOWN:
                self._held.popitem(last=False)
        return 0 if left >= 1 else int((1 - left) / rate) + 1


def who_of(request: HttpRequest) -> str:
    """Name who asks by a hash: the person, else the token, else the address of the connection."""
    reader = getattr(request, "reader", None)
    held = reader.id if reader else request.headers.get("Authorization", "")
    text = held or request.META.get("REMOTE_ADDR", "")
    return hashlib.sha256(text.encode()).hexdigest()
