"""Doors: how a path leads to a view by its method, and which views need no reader."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

View = Callable[..., HttpResponse]
Marked = TypeVar("Marked", bound=View)


def open_door(view: Marked) -> Marked:
    """Mark a view as open to people who are not signed in."""
    vars(view)["open_door"] = True
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
        return view(request, *args, **kwargs)

    vars(lead)["open_door"] = all(getattr(view, "open_door", False) for view in views)
    return lead
