"""Reading: lists with the filters of the pages, single records, the brief, receipts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from standwith.services import briefs, claims, decisions, receipts, shelf, situations, tasks, terms
from standwith.services.listing import Listing
from standwith.web.api.interface import READ, answer, api, problem, reader_of
from standwith.web.views.lists import query_of


def _page(request: HttpRequest, found: Listing) -> HttpResponse:
    """Write a page of a list; the next one by Link header (RFC 8288)."""
    facets = {f.name: {c.value: c.count for c in f.choices} for f in found.facets}
    body: dict[str, Any] = {
        "rows": found.rows,
        "total": found.total,
        "facets": facets,
        "after": found.after,
    }
    response = answer(request, body)
    if found.after:
        later = urlencode({**found.query, "after": found.after})
        response.headers["Link"] = f'<{request.path}?{later}>; rel="next"'
    return response


@api.get("/situations", auth=READ)
def list_situations(
    request: HttpRequest, q: str = "", country: str = "", state: str = "", after: str = ""
) -> HttpResponse:
    """List situations."""
    return _page(request, situations.list_situations(reader_of(request), query_of(request)))


@api.get("/situations/{identifier}", auth=READ)
def read_situation(request: HttpRequest, identifier: str) -> HttpResponse:
    """Return one situation."""
    found = situations.read_situation(reader_of(request), identifier)
    found.pop("who")
    return answer(request, found)


@api.get("/situations/{identifier}/claims", auth=READ)
def list_situation_claims(
    request: HttpRequest,
    identifier: str,
    q: str = "",
    fact: str = "",
    value: str = "",
    grade: str = "",
    after: str = "",
) -> HttpResponse:
    """List the claims of one situation."""
    return _page(request, claims.list_claims(reader_of(request), query_of(request), identifier))


@api.get("/claims", auth=READ)
def list_claims(
    request: HttpRequest,
    q: str = "",
    fact: str = "",
    value: str = "",
    grade: str = "",
    after: str = "",
) -> HttpResponse:
    """List claims of all situations."""
    return _page(request, claims.list_claims(reader_of(request), query_of(request)))


@api.get("/situations/{identifier}/brief", auth=READ)
def read_brief(
    request: HttpRequest, identifier: str, profile: str = "strictest", as_of: str = ""
) -> HttpResponse:
    """Work out the brief of a situation."""
    try:
        found = briefs.read_brief(reader_of(request), identifier, profile=profile, as_of=as_of)
    except briefs.UnusableDay as error:
        return problem(422, "Not valid", str(error))
    return answer(request, found.brief)


@api.get("/decisions", auth=READ)
def list_decisions(
    request: HttpRequest, state: str = "", tier: str = "", action: str = "", after: str = ""
) -> HttpResponse:
    """List decisions."""
    return _page(request, decisions.list_decisions(reader_of(request), query_of(request)))


@api.get("/decisions/{identifier}", auth=READ)
def read_decision(request: HttpRequest, identifier: str) -> HttpResponse:
    """Return one decision."""
    found = decisions.read_decision(reader_of(request), identifier)
    found.pop("who")
    return answer(request, found)


@api.get("/tasks", auth=READ)
def list_tasks(request: HttpRequest, q: str = "", state: str = "", after: str = "") -> HttpResponse:
    """List tasks."""
    return _page(request, tasks.list_tasks(reader_of(request), query_of(request)))


@api.get("/tasks/{identifier}", auth=READ)
def read_task(request: HttpRequest, identifier: str) -> HttpResponse:
    """Return one task."""
    found = tasks.read_task(reader_of(request), identifier)
    found.pop("who")
    return answer(request, found)


@api.get("/catalogue", auth=READ)
def list_actions(
    request: HttpRequest,
    q: str = "",
    where: str = "",
    target: str = "",
    nature: str = "",
    tier: str = "",
) -> HttpResponse:
    """List the actions of the catalogue."""
    return _page(request, shelf.list_actions(reader_of(request), query_of(request)))


@api.get("/search", auth=READ)
def search(request: HttpRequest, q: str = "") -> HttpResponse:
    """Find records by the beginnings of the words of their titles."""
    found = terms.find(reader_of(request), q.replace("\0", "")[:200])
    return answer(
        request, {"hits": [{"kind": h.kind, "id": h.id, "title": h.title} for h in found]}
    )


@api.get("/records/{identifier}/receipt", auth=READ)
def read_receipt(request: HttpRequest, identifier: str) -> HttpResponse:
    """Return the receipt of the latest entry about a record."""
    text = receipts.receipt(reader_of(request), identifier)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
