"""Who asks: every view needs a signed-in reader unless it is marked as open to all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from standwith.web import visit
from standwith.web.problem import Problem, answer

Answer = Callable[[HttpRequest], HttpResponse]


class SignedIn:
    """Attaches the reader; turns away who is not signed in. Default is to refuse."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the reader of the session attached."""
        visit.attach(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Let the request through to its view, or send it to sign in."""
        if getattr(view, "open_door", False) or visit.is_signed_in(request):
            return None
        if request.path.endswith((".json", ".csv", ".ics")) or request.method != "GET":
            what = "Sign in, then try again. Nothing was saved."
            return answer(request, Problem(401, "Not signed in", what))
        target = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse('sign-in')}?{target}")
