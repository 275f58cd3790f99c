"""Situations: list, picture, claims; new ones, imports, corrections."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from standwith.assess.problem import UnusableCase
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import cases, claims, compartments, situations
from standwith.services.invalid import Invalid
from standwith.web import visit
from standwith.web.forms import work as forms
from standwith.web.forms.languages import LANGUAGES
from standwith.web.views import lists
from standwith.web.views.answers import blame, reject


def index(request: HttpRequest) -> HttpResponse:
    """List the situations."""
    found = situations.list_situations(visit.reader(request), lists.query_of(request))
    return lists.page(request, "situations/list.html", found)


def index_as(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the situations of a query as data."""
    rows = situations.export_situations(visit.reader(request), lists.query_of(request))
    return lists.export(rows, suffix, "situations")


def show(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show one situation."""
    found = situations.read_situation(visit.reader(request), identifier)
    return render(request, "situations/show.html", {"s": found})


def as_case(request: HttpRequest, identifier: str) -> HttpResponse:
    """Give the case file of a situation, as far as the reader sees it."""
    data = situations.whole_case(visit.reader(request), identifier)
    text = json.dumps(data, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{data["case"]}.yaml"'
    return response


def new(request: HttpRequest, form: forms.NewSituation | None = None) -> HttpResponse:
    """Ask what opens a situation."""
    circles = compartments.circles(visit.reader(request))
    shown = (form or forms.NewSituation(initial={"language": get_language() or "en"})).offer(
        compartment=_named(circles)
    )
    more = {"form": shown, "circles": circles}
    return render(request, "situations/new.html", more, status=reject(shown))


def _named(found: list[compartments.Circle]) -> list[tuple[str, str]]:
    return [(circle.id, circle.name) for circle in found]


def do_new(request: HttpRequest) -> HttpResponse:
    """Open a situation."""
    form = forms.NewSituation(request.POST).accept("compartment")
    if not form.is_valid():
        return new(request, form)
    held = form.cleaned_data
    opened = situations.NewSituation(
        held["slug"],
        held["title"],
        held["language"] or "en",
        held["country"].upper(),
        held["as_of"],
        held["summary"],
    )
    marking = cases.Marking(held["compartment"], Sensitivity(held["sensitivity"]))
    try:
        made = situations.open_situation(visit.reader(request), opened, marking)
    except Invalid as error:
        return new(request, blame(form, error, {"case": "slug"}))
    return redirect("situation", made)


def bring(request: HttpRequest, form: forms.ImportCase | None = None) -> HttpResponse:
    """Ask for a case file."""
    circles = compartments.circles(visit.reader(request))
    shown = (form or forms.ImportCase()).offer(compartment=_named(circles))
    return render(request, "situations/import.html", {"form": shown}, status=reject(shown))


def do_bring(request: HttpRequest) -> HttpResponse:
    """Take a case file in, whole or not at all."""
    form = forms.ImportCase(request.POST, request.FILES).accept("compartment")
    if not form.is_valid():
        return bring(request, form)
    held = form.cleaned_data
    marking = cases.Marking(held["compartment"], Sensitivity(held["sensitivity"]))
    file, shipped = held["file"], held["shipped"]
    name = file.name if file else shipped or "case"
    try:
        raw = file.read() if file else cases.shipped_bytes(shipped)
        made = cases.import_case(visit.reader(request), raw, name, marking)
    except UnusableCase as error:
        for problem in error.problems[:20]:
            form.add_error("file", problem.sentence(name))
        return bring(request, form)
    except ValueError as error:
        form.add_error("file", str(error))
        return bring(request, form)
    return redirect("situation", made)


def edit(
    request: HttpRequest, identifier: str, form: forms.ChangeSituation | None = None
) -> HttpResponse:
    """Ask for changes of the head of a situation."""
    found = situations.read_situation(visit.reader(request), identifier)
    language = _language(request, found["title"])
    begin = {
        "language": language,
        "title": found["title"].get(language, ""),
        "summary": found["summary"].get(language, ""),
        "as_of": found["as_of"],
        "state": found["state"],
        "version": found["version"],
    }
    shown = form or forms.ChangeSituation(initial=begin)
    more = {"form": shown, "s": found, "language": language, "all_languages": LANGUAGES}
    return render(request, "situations/edit.html", more, status=reject(shown))


def _language(request: HttpRequest, texts: dict[str, str]) -> str:
    """Choose the language to edit: the one asked for, the reader's if there is a text, any."""
    asked = request.GET.get("language") or request.POST.get("language", "")
    if asked in dict(LANGUAGES):
        return asked
    own = get_language() or "en"
    return own if own in texts else "en" if "en" in texts else next(iter(texts))


def do_edit(request: HttpRequest, identifier: str) -> HttpResponse:
    """Change the head of a situation, unless somebody else did meanwhile."""
    form = forms.ChangeSituation(request.POST)
    if not form.is_valid():
        return edit(request, identifier, form)
    held = form.cleaned_data
    try:
        seen = held.pop("version")
        situations.change_situation(visit.reader(request), identifier, held, seen=seen)
    except Invalid as error:
        return edit(request, identifier, blame(form, error))
    return redirect("situation", identifier)


def claim_list(request: HttpRequest, identifier: str = "") -> HttpResponse:
    """List claims, of one situation or of all."""
    found = claims.list_claims(visit.reader(request), lists.query_of(request), identifier)
    return lists.page(request, "situations/claims.html", found, situation=identifier)


def claims_as(request: HttpRequest, suffix: str, identifier: str = "") -> HttpResponse:
    """Give the claims of a query as data."""
    rows = claims.export_claims(visit.reader(request), lists.query_of(request), identifier)
    return lists.export(rows, suffix, "claims")


def picture(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show the claims by fact: what they come to, and where they contradict each other."""
    found = claims.by_fact(visit.reader(request), identifier)
    return render(request, "situations/picture.html", {"facts": found, "situation": identifier})


def new_claim(
    request: HttpRequest, identifier: str, form: forms.Claim | None = None
) -> HttpResponse:
    """Ask what a source says."""
    found = situations.read_situation(visit.reader(request), identifier)
    sources = [(row["id"], row["title"]) for row in found["sources"]]
    about = [("situation", "situation"), *((o["id"], o["id"]) for o in found["organisations"])]
    shown = form or forms.Claim(initial={"recorded": situations.today()})
    shown.offer(source=sources, about=about)
    more = {"form": shown, "s": found, "corrects": request.GET.get("corrects", "")}
    return render(request, "situations/new_claim.html", more, status=reject(shown))


def do_new_claim(request: HttpRequest, identifier: str) -> HttpResponse:
    """Record what a source says."""
    form = forms.Claim(request.POST).accept("source", "about")
    if not form.is_valid():
        return new_claim(request, identifier, form)
    held = dict(form.cleaned_data)
    held["grade"] = held.pop("reliability") + held.pop("credibility")
    corrects = request.POST.get("corrects", "")
    try:
        said = claims.ClaimForm(**held)
        claims.record_claim(visit.reader(request), identifier, said, corrects=corrects)
    except Invalid as error:
        return new_claim(request, identifier, blame(form, error, {"grade": "reliability"}))
    return redirect("picture", identifier)


def new_source(
    request: HttpRequest, identifier: str, form: forms.Source | None = None
) -> HttpResponse:
    """Ask for a source."""
    found = situations.read_situation(visit.reader(request), identifier)
    shown = form or forms.Source()
    more = {"form": shown, "s": found}
    return render(request, "situations/new_source.html", more, status=reject(shown))


def do_new_source(request: HttpRequest, identifier: str) -> HttpResponse:
    """Record a source."""
    form = forms.Source(request.POST)
    if not form.is_valid():
        return new_source(request, identifier, form)
    held = dict(form.cleaned_data)
    level = held.pop("sensitivity")
    try:
        claims.record_source(visit.reader(request), identifier, held, level)
    except Invalid as error:
        return new_source(request, identifier, blame(form, error))
    return redirect("situation", identifier)
