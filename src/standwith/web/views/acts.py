"""Who did what to whom, and the page of an involvement with its gate."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from standwith.kernel.sensitivity import Sensitivity
from standwith.services import involvements, measures, recognitions
from standwith.services.cases import Marking
from standwith.services.invalid import Invalid
from standwith.web import visit
from standwith.web.forms import acts as forms
from standwith.web.views import lists
from standwith.web.views.answers import blame, reject


def index(request: HttpRequest) -> HttpResponse:
    """List acts."""
    found = involvements.list_acts(visit.reader(request), lists.query_of(request))
    return lists.page(request, "registry/acts.html", found)


def index_as(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the acts of a query as data."""
    rows = involvements.export_acts(visit.reader(request), lists.query_of(request))
    return lists.export(rows, suffix, "acts")


def new(
    request: HttpRequest, identifier: str, form: forms.NewInvolvement | None = None
) -> HttpResponse:
    """Ask who had a part in what befell a person."""
    recognitions.check_person(visit.reader(request), identifier)
    shown = form or forms.NewInvolvement()
    more = {"form": shown, "id": identifier}
    return render(request, "registry/involvement_new.html", more, status=reject(shown))


def do_new(request: HttpRequest, identifier: str) -> HttpResponse:
    """Record an involvement."""
    form = forms.NewInvolvement(request.POST)
    if not form.is_valid():
        return new(request, identifier, form)
    held = dict(form.cleaned_data) | {"person": identifier}
    marking = Marking("", Sensitivity(held.pop("sensitivity")))
    try:
        made = measures.record_measure(visit.reader(request), "involvement", held, marking)
    except Invalid as error:
        return new(request, identifier, blame(form, error))
    return redirect("involvement", made)


def one(
    request: HttpRequest,
    identifier: str,
    form: forms.Answer | None = None,
    problem: Invalid | None = None,
) -> HttpResponse:
    """Show an involvement with every condition of its gate; a problem, beside what was noted."""
    found = involvements.read_involvement(visit.reader(request), identifier)
    shown = form or forms.Answer(initial=_told(found))
    if problem is not None:
        blame(shown := forms.Answer(_told(found)), problem)
    more = {"i": found, "form": shown}
    return render(request, "registry/involvement.html", more, status=reject(shown))


def _told(found: involvements.Held) -> dict[str, object]:
    return {name: found.head[name] for name in ("asked", "reply")} | {"version": found.version}


def do_answer(request: HttpRequest, identifier: str) -> HttpResponse:
    """Note when an answer was asked for, and what it was."""
    form = forms.Answer(request.POST)
    if not form.is_valid():
        return one(request, identifier, form)
    held, reader = form.cleaned_data, visit.reader(request)
    try:
        involvements.note_answer(
            reader, identifier, held["asked"], held["reply"], seen=held["version"]
        )
    except Invalid as error:
        return one(request, identifier, blame(form, error))
    return redirect("involvement", identifier)


def do_agree(request: HttpRequest, identifier: str) -> HttpResponse:
    """Agree that the name may be used."""
    form = forms.Agree(request.POST)
    if not form.is_valid():
        return one(request, identifier)
    reader = visit.reader(request)
    try:
        involvements.agree_to_name(reader, identifier, seen=form.cleaned_data["version"])
    except Invalid as error:
        return one(request, identifier, problem=error)
    return redirect("involvement", identifier)
