"""Search: one field for everything that the reader may see; the palette is this form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from standwith.services import terms
from standwith.web import visit
from standwith.web.views import lists


def search(request: HttpRequest) -> HttpResponse:
    """Show what is found."""
    text = lists.query_of(request).get("q", "")
    found = terms.find(visit.reader(request), text)
    template = (
        "parts/hits.html" if request.headers.get("HX-Request") == "true" else "parts/search.html"
    )
    return render(request, template, {"hits": found, "text": text})


def search_json(request: HttpRequest) -> HttpResponse:
    """Complete what is being typed."""
    found = terms.find(visit.reader(request), lists.query_of(request).get("q", ""), limit=8)
    return JsonResponse({"hits": [{"kind": h.kind, "id": h.id, "title": h.title} for h in found]})
