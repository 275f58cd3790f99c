"""How a record may be used: shown to who sees it, changed by who keeps it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from standwith.services import handling
from standwith.services.invalid import Invalid
from standwith.web import visit
from standwith.web.forms.parties import Handling
from standwith.web.views.answers import blame, reject


def show(request: HttpRequest, identifier: str, form: Handling | None = None) -> HttpResponse:
    """Show how a record may be used, and ask for changes."""
    found = handling.read_handling(visit.reader(request), identifier)
    begin = {
        "sensitivity": found.own.sensitivity,
        "purposes": list(found.own.purposes),
        "consents": list(found.own.consents),
        "version": found.version,
    }
    shown = form or Handling(initial=begin)
    more = {"form": shown, "found": found, "record": identifier}
    return render(request, "account/handling.html", more, status=reject(shown))


def do_set(request: HttpRequest, identifier: str) -> HttpResponse:
    """Set how a record may be used, or propose it where it would be used more widely."""
    form = Handling(request.POST)
    if not form.is_valid():
        return show(request, identifier, form)
    held = form.cleaned_data
    asked = handling.Handling(
        held["sensitivity"], tuple(held["purposes"]), tuple(held["consents"]), held["reason"]
    )
    try:
        reader = visit.reader(request)
        done = handling.set_handling(reader, identifier, asked, seen=held["version"])
    except Invalid as error:
        return show(request, identifier, blame(form, error))
    return redirect("handling", identifier) if done == "changed" else redirect("compartments")
