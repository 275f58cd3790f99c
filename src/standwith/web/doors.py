"""Doors: how a path leads to a view by its method, and which views need no reader."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from standwith.web import visit
from standwith.web.problem import Problem, problem_document

View = Callable[..., HttpResponse]
Marked = TypeVar("Marked", bound=View)


def open_door(view: Marked) -> Marked:
    """Mark a view as open to people who are not signed in."""
    vars(view)["open_door"] = True
    return view


def _turn_back(request: HttpRequest) -> HttpResponse:
    """Ask for a second factor first; our own script is told in words."""
    if request.content_type == "application/json":
        what = "Your second factor was given long ago. Confirm that it is you, then do this again."
        return problem_document(Problem(403, "Confirm that it is you", what))
    back = "/people/" if request.path.startswith("/people/") else "/settings/"
    return HttpResponseRedirect(f"{reverse('confirm')}?{urlencode({'next': back})}")


def fresh_door(view: Marked) -> Marked:
    """Mark a view as open only shortly after a second factor was given."""
    vars(view)["fresh_door"] = True
    return view


def door(get: View | None = None, post: View | None = None) -> View:
    """Lead GET and POST of one path to a function each; other methods are refused."""
    known = {"GET": get, "HEAD": get, "POST": post}
    views = [view for view in (get, post) if view is not None]

    @wraps(views[0])
    def lead(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - as the view
        view = known.get(request.method or "")
        if view is None:
            return HttpResponseNotAllowed([name for name, held in known.items() if held])
        if getattr(view, "fresh_door", False) and not visit.is_fresh(request):
            return _turn_back(request)
        return view(request, *args, **kwargs)

    vars(lead)["takes_posts"] = post is not None
    vars(lead)["open_door"] = all(getattr(view, "open_door", False) for view in views)
    return lead
