"""Measures beyond prison, recognition of persons, and cases of help."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from standwith.account.registry.recognition import Asked
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import compartments, measures, recognitions
from standwith.services import help as helping
from standwith.services.cases import Marking
from standwith.services.invalid import Invalid
from standwith.web import visit
from standwith.web.forms import register as forms
from standwith.web.views import lists
from standwith.web.views.answers import blame, reject


def index(request: HttpRequest) -> HttpResponse:
    """List measures."""
    found = measures.list_measures(visit.reader(request), lists.query_of(request))
    return lists.page(request, "registry/measures.html", found)


def index_as(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the measures of a query as data."""
    rows = measures.export_measures(visit.reader(request), lists.query_of(request))
    return lists.export(rows, suffix, "measures")


def times(request: HttpRequest) -> HttpResponse:
    """Show how long procedures take, and who endorsed the Declaration."""
    found = measures.read_times(visit.reader(request), lists.query_of(request))
    return render(request, "registry/times.html", {"t": found})


def new(request: HttpRequest, form: forms.NewMeasure | None = None) -> HttpResponse:
    """Ask for a measure."""
    circles = compartments.circles(visit.reader(request))
    shown = form or forms.NewMeasure(initial={"person": request.GET.get("person", "")[:36]})
    shown.offer(compartment=[(circle.id, circle.name) for circle in circles])
    return render(request, "registry/measure_new.html", {"form": shown}, status=reject(shown))


def do_new(request: HttpRequest) -> HttpResponse:
    """Record a measure."""
    form = forms.NewMeasure(request.POST).accept("compartment")
    if not form.is_valid():
        return new(request, form)
    held = dict(form.cleaned_data)
    marking = Marking(held.pop("compartment"), Sensitivity(held.pop("sensitivity")))
    kind = held.pop("kind")
    try:
        measures.record_measure(visit.reader(request), kind, held, marking)
    except Invalid as error:
        return new(request, blame(form, error))
    return redirect("measures")


def do_step(request: HttpRequest, identifier: str) -> HttpResponse:
    """Add a step to a notice."""
    form = forms.AddStep(request.POST)
    if form.is_valid():
        held = form.cleaned_data
        try:
            measures.add_step(visit.reader(request), identifier, held["step"], held["day"])
        except Invalid as error:
            form = blame(form, error)
    if form.errors:
        return render(request, "registry/step.html", {"form": form, "id": identifier}, status=422)
    return redirect("measures")


def step(request: HttpRequest, identifier: str) -> HttpResponse:
    """Ask for a step of a notice."""
    measures.read_measure(visit.reader(request), identifier)
    shown = {"form": forms.AddStep(), "id": identifier}
    return render(request, "registry/step.html", shown)


def do_withdraw(request: HttpRequest, identifier: str) -> HttpResponse:
    """Take back a measure that was recorded by mistake."""
    measures.withdraw_measure(visit.reader(request), identifier)
    return redirect("measures")


def recognise(
    request: HttpRequest, identifier: str, form: forms.Recognise | None = None
) -> HttpResponse:
    """Ask what a body holds of a person."""
    recognitions.check_person(visit.reader(request), identifier)
    shown = form or forms.Recognise()
    more = {"form": shown, "id": identifier}
    return render(request, "registry/recognise.html", more, status=reject(shown))


def do_recognise(request: HttpRequest, identifier: str) -> HttpResponse:
    """Propose a recognition."""
    form = forms.Recognise(request.POST)
    if not form.is_valid():
        return recognise(request, identifier, form)
    reader = visit.reader(request)
    try:
        recognitions.propose_recognition(reader, identifier, Asked(**form.cleaned_data))
    except Invalid as error:
        return recognise(request, identifier, blame(form, error))
    return redirect("registered", identifier)


def do_decide(request: HttpRequest, identifier: str) -> HttpResponse:
    """Decide on a recognition."""
    answer = request.POST.get("answer", "")
    person = recognitions.decide_recognition(visit.reader(request), identifier, answer)
    return redirect("registered", person)


def help_index(request: HttpRequest) -> HttpResponse:
    """List cases of help."""
    found = helping.list_help(visit.reader(request), lists.query_of(request))
    return lists.page(request, "registry/help.html", found.listing, paces=found.paces)


def help_as(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the cases of help as data."""
    rows = helping.export_help(visit.reader(request), lists.query_of(request))
    return lists.export(rows, suffix, "help")


def help_new(request: HttpRequest, form: forms.OpenHelp | None = None) -> HttpResponse:
    """Ask what opens a case of help."""
    circles = compartments.circles(visit.reader(request))
    shown = form or forms.OpenHelp(initial={"sensitivity": Sensitivity.RED.value})
    shown.offer(compartment=[(circle.id, circle.name) for circle in circles])
    return render(request, "registry/help_new.html", {"form": shown}, status=reject(shown))


def do_help_new(request: HttpRequest) -> HttpResponse:
    """Open a case of help."""
    form = forms.OpenHelp(request.POST).accept("compartment")
    if not form.is_valid():
        return help_new(request, form)
    held = dict(form.cleaned_data)
    marking = Marking(held.pop("compartment"), Sensitivity(held.pop("sensitivity")))
    try:
        made = helping.open_help(visit.reader(request), helping.Intake(**held), marking)
    except Invalid as error:
        return help_new(request, blame(form, error))
    return redirect("help-case", made)


def help_case(
    request: HttpRequest,
    identifier: str,
    form: forms.HelpStep | None = None,
    expiry: forms.HelpExpiry | None = None,
) -> HttpResponse:
    """Show a case of help with its next step."""
    found = helping.read_help(visit.reader(request), identifier)
    begin = {"step": found.following, "version": found.version}
    shown = (form or forms.HelpStep(initial=begin)).needing(found.following)
    until = expiry or forms.HelpExpiry(initial={"version": found.version}, prefix="until")
    more = {"h": found, "form": shown, "until": until}
    return render(request, "registry/help_case.html", more, status=reject(expiry or shown))


def do_help_step(request: HttpRequest, identifier: str) -> HttpResponse:
    """Take the next step of a case."""
    form = forms.HelpStep(request.POST)
    if not form.is_valid():
        return help_case(request, identifier, form)
    given = {name: str(value or "") for name, value in form.cleaned_data.items()}
    step_, seen = given.pop("step"), int(given.pop("version"))
    try:
        helping.take_step(visit.reader(request), identifier, step_, given, seen=seen)
    except Invalid as error:
        return help_case(request, identifier, blame(form, error))
    return redirect("help-case", identifier)


def do_help_expiry(request: HttpRequest, identifier: str) -> HttpResponse:
    """Note when something expires."""
    form = forms.HelpExpiry(request.POST, prefix="until")
    if not form.is_valid():
        return help_case(request, identifier, expiry=form)
    held = form.cleaned_data
    reader = visit.reader(request)
    try:
        helping.set_expiry(reader, identifier, held["what"], held["day"], seen=held["version"])
    except Invalid as error:
        return help_case(request, identifier, expiry=blame(form, error))
    return redirect("help-case", identifier)
