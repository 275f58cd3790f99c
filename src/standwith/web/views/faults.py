"""What Django itself turns away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from standwith.web.problem import Problem, answer


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without the token of this session."""
    what = "This form is no longer valid. Nothing was saved. Open the page anew and send it again."
    return answer(request, Problem(403, "Form out of date", what))


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a path that leads nowhere."""
    what = "There is no such page, or it is not for you. Check the address, or search."
    return answer(request, Problem(404, "Nothing here for you", what))


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that is not understood."""
    what = "The request could not be read. Nothing was saved. Go back and try again."
    return answer(request, Problem(400, "Not understood", what))


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when nothing else could."""
    what = "Something went wrong on our side. Nothing was saved. Tell the administrator."
    return answer(request, Problem(500, "Something went wrong", what))
