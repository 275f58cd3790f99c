"""Health and figures for machines, the list of keys, the statement on accessibility."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from standwith.services import health
from standwith.web.doors import open_door


def start_for(request: HttpRequest) -> HttpResponse:
    """Send an administrator to the people."""
    return redirect("people")


@open_door
def alive(request: HttpRequest) -> HttpResponse:
    """Say whether the workspace works: database, log, disk, clock; nothing of its content."""
    found = health.alive()
    return JsonResponse(found, status=200 if found["ok"] else 503)


@open_door
def metrics(request: HttpRequest) -> HttpResponse:
    """Give figures in the Prometheus text format, to the same host alone."""
    if request.META.get("REMOTE_ADDR") not in {"127.0.0.1", "::1", ""}:
        return HttpResponse(status=404)
    return HttpResponse(health.figures(), content_type="text/plain; version=0.0.4; charset=utf-8")


def keys(request: HttpRequest) -> HttpResponse:
    """List the keys."""
    return render(request, "parts/keys.html")


@open_door
def accessibility(request: HttpRequest) -> HttpResponse:
    """State how far everybody can use this."""
    return render(request, "parts/accessibility.html")


@open_door
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say how to report a weakness (RFC 9116)."""
    host = request.get_host()
    lines = (
        f"Contact: https://{host}/accessibility",
        "Expires: 2027-11-01T00:00:00Z",
        "Preferred-Languages: en",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@open_door
def robots(request: HttpRequest) -> HttpResponse:
    """Ask machines to stay away."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")
