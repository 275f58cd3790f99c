"""Organisations and requests of a situation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from standwith.services import parties, situations
from standwith.services.invalid import Invalid
from standwith.services.sight import NothingThere
from standwith.web import visit
from standwith.web.forms import parties as forms
from standwith.web.views.answers import blame, reject


def new_organisation(
    request: HttpRequest, identifier: str, form: forms.Organisation | None = None
) -> HttpResponse:
    """Ask for an organisation."""
    found = situations.read_situation(visit.reader(request), identifier)
    shown = form or forms.Organisation(initial={"language": get_language() or "en"})
    more = {"form": shown, "s": found}
    return render(request, "situations/new_organisation.html", more, status=reject(shown))


def do_new_organisation(request: HttpRequest, identifier: str) -> HttpResponse:
    """Record an organisation."""
    form = forms.Organisation(request.POST)
    if not form.is_valid():
        return new_organisation(request, identifier, form)
    held = dict(form.cleaned_data)
    language, level = held.pop("language"), held.pop("sensitivity")
    held["aliases"] = [line.strip() for line in held["aliases"].splitlines() if line.strip()]
    reader = visit.reader(request)
    try:
        parties.record_organisation(reader, identifier, held, language=language, level=level)
    except Invalid as error:
        return new_organisation(request, identifier, blame(form, error))
    return redirect("situation", identifier)


def name(
    request: HttpRequest, identifier: str, key: str, form: forms.Name | None = None
) -> HttpResponse:
    """Ask for a name in another language."""
    found = situations.read_situation(visit.reader(request), identifier)
    named = [item for item in found["organisations"] if item["id"] == key]
    if not named:
        raise NothingThere("there is no such record, or it is not for you")
    shown = form or forms.Name()
    more = {"form": shown, "s": found, "o": named[0]}
    return render(request, "situations/name.html", more, status=reject(shown))


def do_name(request: HttpRequest, identifier: str, key: str) -> HttpResponse:
    """Name an organisation in a language."""
    form = forms.Name(request.POST)
    if not form.is_valid():
        return name(request, identifier, key, form)
    held = form.cleaned_data
    reader = visit.reader(request)
    try:
        parties.name_organisation(reader, identifier, key, held["language"], held["name"])
    except Invalid as error:
        return name(request, identifier, key, blame(form, error))
    return redirect("situation", identifier)


def new_request(
    request: HttpRequest, identifier: str, form: forms.Request | None = None
) -> HttpResponse:
    """Ask what an organisation asked for."""
    found = situations.read_situation(visit.reader(request), identifier)
    shown = form or forms.Request(initial={"recorded": situations.today()})
    shown.offer(
        organisation=[(row["id"], row["id"]) for row in found["organisations"]],
        source=[(row["id"], row["title"]) for row in found["sources"]],
    )
    more = {"form": shown, "s": found}
    return render(request, "situations/new_request.html", more, status=reject(shown))


def do_new_request(request: HttpRequest, identifier: str) -> HttpResponse:
    """Record what an organisation asked for."""
    form = forms.Request(request.POST).accept("organisation", "source")
    if not form.is_valid():
        return new_request(request, identifier, form)
    held = dict(form.cleaned_data)
    level = held.pop("sensitivity")
    held["actions"] = held["actions"].replace(",", " ").split()
    try:
        parties.record_request(visit.reader(request), identifier, held, level)
    except Invalid as error:
        return new_request(request, identifier, blame(form, error))
    return redirect("situation", identifier)


def do_withdraw(request: HttpRequest, identifier: str, key: str) -> HttpResponse:
    """Note that a request was withdrawn."""
    parties.withdraw_request(visit.reader(request), identifier, key)
    return redirect("situation", identifier)
