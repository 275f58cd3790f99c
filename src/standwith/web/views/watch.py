"""The Watch board: where situations are open, and what the forecasts say when there are any."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from standwith.services import overview
from standwith.web import visit
from standwith.web.views.operations import start_for


def board(request: HttpRequest) -> HttpResponse:
    """Show map and list; to an administrator, who reads no content, the people."""
    reader = visit.reader(request)
    if not reader.roles - {"administrator"}:
        return start_for(request)
    return render(request, "watch/board.html", {"board": overview.board(reader)})
