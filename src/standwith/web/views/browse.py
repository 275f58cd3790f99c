"""The registry as a map, along time, by relations; and queries that are kept under a name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from standwith.services import browse
from standwith.services import relations as related
from standwith.services import saved as kept
from standwith.services.invalid import Invalid
from standwith.web import visit
from standwith.web.forms import acts as forms
from standwith.web.views import lists
from standwith.web.views.answers import blame, reject


def world(request: HttpRequest) -> HttpResponse:
    """Show persons by country."""
    found = browse.world(visit.reader(request), lists.query_of(request))
    return render(request, "registry/map.html", {"m": found, "path": request.path})


def timeline(request: HttpRequest) -> HttpResponse:
    """Show persons along time."""
    found = browse.timeline(visit.reader(request), lists.query_of(request))
    return lists.page(request, "registry/timeline.html", found, width=browse.WIDTH)


def saved(request: HttpRequest, form: forms.Save | None = None) -> HttpResponse:
    """List one's own queries, and offer to keep one more."""
    begin = {name: request.GET.get(name, "")[:2000] for name in ("place", "query")}
    shown = form or forms.Save(initial=begin)
    more = {"queries": kept.my_queries(visit.reader(request)), "form": shown}
    more["offered"] = bool(form) or begin["place"] in kept.PLACES
    return render(request, "registry/saved.html", more, status=reject(shown))


def do_save(request: HttpRequest) -> HttpResponse:
    """Keep a query."""
    form = forms.Save(request.POST)
    if not form.is_valid():
        return saved(request, form)
    held = form.cleaned_data
    try:
        kept.save_query(visit.reader(request), held["name"], held["place"], held["query"])
    except Invalid as error:
        return saved(request, blame(form, error))
    return redirect("saved")


def do_drop(request: HttpRequest, identifier: str) -> HttpResponse:
    """Let a query go."""
    kept.drop_query(visit.reader(request), identifier)
    return redirect("saved")


def relations(
    request: HttpRequest, identifier: str, form: forms.Relate | None = None
) -> HttpResponse:
    """Show with whom a person belongs together."""
    found = related.list_relations(visit.reader(request), identifier, lists.query_of(request))
    shown = form or forms.Relate()
    more = {"name": found.name, "id": identifier, "form": shown}
    answer = lists.page(request, "registry/relations.html", found.listing, **more)
    answer.status_code = reject(shown)
    return answer


def relations_as(request: HttpRequest, identifier: str, suffix: str) -> HttpResponse:
    """Give the relations of a person as data."""
    rows = related.export_relations(visit.reader(request), identifier, lists.query_of(request))
    return lists.export(rows, suffix, "relations")


def do_relate(request: HttpRequest, identifier: str) -> HttpResponse:
    """Record that two persons belong together."""
    form = forms.Relate(request.POST)
    if not form.is_valid():
        return relations(request, identifier, form)
    try:
        related.relate(visit.reader(request), identifier, related.Related(**form.cleaned_data))
    except Invalid as error:
        return relations(request, identifier, blame(form, error))
    return redirect("relations", identifier)


def do_unrelate(request: HttpRequest, identifier: str) -> HttpResponse:
    """Take back a relation."""
    return redirect("relations", related.withdraw_relation(visit.reader(request), identifier))
