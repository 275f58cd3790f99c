"""Lists in every form: a page, a fragment for htmx, CSV and JSON under the same query."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def query_of(request: HttpRequest) -> dict[str, str]:
    """Return the query of a list as plain texts."""
    return {key: str(value).replace("\0", "")[:200] for key, value in request.GET.items()}


def page(request: HttpRequest, template: str, listing: object, **more: object) -> HttpResponse:
    """Show a list; for htmx only its results."""
    only_results = request.headers.get("HX-Request") == "true"
    shown = {"listing": listing, "only_results": only_results, "path": request.path} | more
    response = render(request, template, shown)
    response.headers["Vary"] = "HX-Request, Cookie"
    return response


def export(rows: Iterable[Mapping[str, Any]], suffix: str, name: str) -> HttpResponse:
    """Give all rows of a query as JSON or CSV."""
    held = list(rows)
    if suffix == "json":
        return JsonResponse(
            {"rows": held, "total": len(held)}, json_dumps_params={"ensure_ascii": False}
        )
    text = io.StringIO()
    columns = list(held[0]) if held else ["id"]
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in held)
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _cell(value: Any) -> str:  # noqa: ANN401 - whatever a row holds
    """Write a cell; one that a spreadsheet would run as a formula is neutralised."""
    if isinstance(value, Mapping):
        value = value.get("en") or next(iter(value.values()), "")
    if isinstance(value, list | tuple):
        value = ", ".join(str(item) for item in value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_RISKY) else text
