"""Figures of the registry, and the persons behind each of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from standwith.services import figures
from standwith.web import visit
from standwith.web.views import lists


def show(request: HttpRequest) -> HttpResponse:
    """Show the figures of a year."""
    asked = lists.query_of(request)
    found = figures.read_figures(visit.reader(request), asked)
    unsure = "out" if asked.get("unsure") == "out" else "in"
    more = {"f": found, "rows": [_row(found, *one) for one in found.countries], "unsure": unsure}
    return render(request, "registry/figures.html", more)


def _row(shown: figures.Shown, code: str, name: str) -> dict[str, Any]:
    """Lay out the figures of a country as a row of the table."""
    stock, flows = shown.found["stock"], shown.found["flows"][code]
    counts = stock["countries"][code]
    return {
        "code": code,
        "name": name,
        "stock": [one | {"day": day} for day, one in zip(stock["days"], counts, strict=True)],
        "during": shown.found["during"]["countries"][code],
        "into": ", ".join(f"+{n} {_spaced(kind)}" for kind, n in flows["into"].items()),
        "out_of": ", ".join(f"-{n} {_spaced(kind)}" for kind, n in flows["out_of"].items()),
        "residual": flows["residual"],
    }


def _spaced(word: str) -> str:
    return word.replace("_", " ")


def show_as(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the figures of a year as data."""
    found = figures.read_figures(visit.reader(request), lists.query_of(request))
    return lists.export([found.found], suffix, "figures")


def behind(request: HttpRequest) -> HttpResponse:
    """List the persons behind a figure."""
    found = figures.behind(visit.reader(request), lists.query_of(request))
    return render(request, "registry/behind.html", {"cases": found})
