"""Problems as a page, or as a problem document (RFC 9457) for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and how to mend it; ``theirs`` is the present version of a record."""

    status: int
    title: str
    detail: str
    theirs: Mapping[str, object] | None = None


def problem_document(problem: Problem) -> HttpResponse:
    """Answer a program."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.theirs is not None:
        body["present"] = dict(problem.theirs)
    text = json.dumps(body, default=str)
    return HttpResponse(text, content_type="application/problem+json", status=problem.status)


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Answer with a problem, in the form that the asker reads."""
    if request.path.startswith("/api/") or request.path.endswith(".json"):
        return problem_document(problem)
    mine = {k: v for k, v in request.POST.items() if k not in {"csrfmiddlewaretoken", "password"}}
    shown = {"problem": problem, "mine": mine if problem.theirs is not None else {}}
    page = render_to_string("faults/problem.html", shown, request)
    return HttpResponse(page, status=problem.status)
