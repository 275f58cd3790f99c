"""Assess and choose: criteria, catalogue, matrix, brief; decisions on record."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from standwith.services import briefs, decisions, kept, shelf, situations
from standwith.services.invalid import Invalid
from standwith.web import visit
from standwith.web.forms import work as forms
from standwith.web.views import lists
from standwith.web.views.answers import blame, reject


def assess_index(request: HttpRequest) -> HttpResponse:
    """List the situations, to be assessed."""
    found = situations.list_situations(visit.reader(request), lists.query_of(request))
    return lists.page(request, "assess/list.html", found)


def assess(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show the criteria of a situation, with arguments and what is unknown."""
    found = briefs.read_assessment(visit.reader(request), identifier, **_asked(request))
    return render(request, "assess/show.html", {"found": found, "situation": identifier})


def _asked(request: HttpRequest) -> dict[str, str]:
    asked = lists.query_of(request)
    return {"profile": asked.get("profile") or "strictest", "as_of": asked.get("as_of", "")}


def catalogue(request: HttpRequest) -> HttpResponse:
    """List the actions of the catalogue."""
    found = shelf.list_actions(visit.reader(request), lists.query_of(request))
    return lists.page(request, "choose/catalogue.html", found)


def catalogue_as(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the actions of a query as data."""
    found = shelf.list_actions(visit.reader(request), lists.query_of(request))
    return lists.export(found.rows, suffix, "catalogue")


def action(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show one action."""
    found = shelf.read_action(visit.reader(request), identifier)
    return render(request, "choose/action.html", {"a": found})


def matrix(request: HttpRequest) -> HttpResponse:
    """Show the actions by two dimensions."""
    asked = lists.query_of(request)
    rows, columns = asked.get("rows") or "where", asked.get("columns") or "target"
    found = shelf.read_matrix(visit.reader(request), rows, columns)
    return render(request, "choose/matrix.html", {"m": found})


def brief(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show the brief of a situation as it stands now."""
    found = briefs.read_page(visit.reader(request), identifier, **_asked(request))
    return render(request, "choose/brief.html", {"found": found, "situation": identifier})


def brief_as(request: HttpRequest, identifier: str, suffix: str) -> HttpResponse:
    """Give the brief as JSON, or as a document to take along."""
    made = briefs.document(visit.reader(request), identifier, suffix, **_asked(request))
    response = HttpResponse(made.content, content_type=made.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response.headers["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    )
    return response


def do_keep(request: HttpRequest, identifier: str) -> HttpResponse:
    """Keep the brief as it stands."""
    profile = request.POST.get("profile", "strictest")[:20]
    decisions.keep_assessment(visit.reader(request), identifier, profile)
    return redirect("kept", identifier)


def kept_list(request: HttpRequest, identifier: str) -> HttpResponse:
    """List the assessments of a situation that were kept."""
    text = lists.query_of(request).get("q", "")
    found = kept.list_kept(visit.reader(request), identifier, text)
    more = {"found": found, "situation": identifier, "text": text}
    return render(request, "assess/kept.html", more)


def kept_as(request: HttpRequest, identifier: str, suffix: str) -> HttpResponse:
    """Give the kept assessments of a query as data."""
    text = lists.query_of(request).get("q", "")
    rows = kept.export_kept(visit.reader(request), identifier, text)
    return lists.export(rows, suffix, "kept-assessments")


def kept_one(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show a kept assessment beside the brief of now."""
    found = kept.read_kept(visit.reader(request), identifier)
    return render(request, "assess/assessment.html", {"found": found})


def decision_list(request: HttpRequest) -> HttpResponse:
    """List the decisions."""
    found = decisions.list_decisions(visit.reader(request), lists.query_of(request))
    return lists.page(request, "choose/decisions.html", found)


def decisions_as(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the decisions of a query as data."""
    rows = decisions.export_decisions(visit.reader(request), lists.query_of(request))
    return lists.export(rows, suffix, "decisions")


def decision(
    request: HttpRequest, identifier: str, form: forms.Verdict | None = None
) -> HttpResponse:
    """Show one decision."""
    found = decisions.read_decision(visit.reader(request), identifier)
    shown = form or forms.Verdict()
    more = {"d": found, "form": shown}
    return render(request, "choose/decision.html", more, status=reject(shown))


def propose(
    request: HttpRequest, identifier: str, code: str, form: forms.Reason | None = None
) -> HttpResponse:
    """Ask why an action should be done."""
    found = briefs.read_item(visit.reader(request), identifier, code)
    shown = form or forms.Reason()
    more = {"form": shown, "item": found, "situation": identifier}
    return render(request, "choose/propose.html", more, status=reject(shown))


def do_propose(request: HttpRequest, identifier: str, code: str) -> HttpResponse:
    """Propose to do an action."""
    form = forms.Reason(request.POST)
    if not form.is_valid():
        return propose(request, identifier, code, form)
    try:
        made = decisions.propose(
            visit.reader(request), identifier, code, form.cleaned_data["reason"]
        )
    except Invalid as error:
        return propose(request, identifier, code, blame(form, error))
    return redirect("decision", made)


def do_advise(request: HttpRequest, identifier: str) -> HttpResponse:
    """Record the view of counsel."""
    form = forms.Verdict(request.POST)
    if not form.is_valid():
        return decision(request, identifier, form)
    allows, view = form.cleaned_data["answer"] == "yes", form.cleaned_data["reason"]
    try:
        decisions.advise(visit.reader(request), identifier, allows=allows, view=view)
    except Invalid as error:
        return decision(request, identifier, blame(form, error, {"view": "reason"}))
    return redirect("decision", identifier)


def do_decide(request: HttpRequest, identifier: str) -> HttpResponse:
    """Approve or refuse what another person proposed."""
    form = forms.Verdict(request.POST)
    if not form.is_valid():
        return decision(request, identifier, form)
    approve, why = form.cleaned_data["answer"] == "yes", form.cleaned_data["reason"]
    try:
        decisions.decide(visit.reader(request), identifier, approve=approve, why=why)
    except Invalid as error:
        return decision(request, identifier, blame(form, error, {"why": "reason"}))
    return redirect("decision", identifier)
