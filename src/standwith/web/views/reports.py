"""Editions of the annual report, what is published, and the public site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from standwith.services import editions, publications, registered
from standwith.services.invalid import Invalid
from standwith.services.listing import UnusableQuery
from standwith.services.moment import today
from standwith.web import visit
from standwith.web.forms import register as forms
from standwith.web.views import lists
from standwith.web.views.answers import blame, reject

KINDS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "zip": "application/zip",
}


def index(request: HttpRequest, form: forms.MakeEdition | None = None) -> HttpResponse:
    """List the editions, and ask for a new one."""
    found = editions.list_editions(visit.reader(request), lists.query_of(request))
    day = today()
    begin = {"year": day.year - 1, "known": day.isoformat()}
    shown = form or forms.MakeEdition(initial=begin)
    more = {"listing": found, "form": shown, "path": request.path}
    return render(request, "registry/editions.html", more, status=reject(shown))


def index_as(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the editions of a query as data."""
    rows = editions.export_editions(visit.reader(request), lists.query_of(request))
    return lists.export(rows, suffix, "editions")


def do_make(request: HttpRequest) -> HttpResponse:
    """Make an edition, and keep it."""
    form = forms.MakeEdition(request.POST)
    if not form.is_valid():
        return index(request, form)
    held = form.cleaned_data
    asked = {"year": str(held["year"]), "known": held["known"]}
    try:
        made = editions.make_edition(visit.reader(request), asked, public=held["public"])
    except Invalid as error:
        return index(request, blame(form, error))
    except UnusableQuery as error:
        form.add_error("year", str(error))
        return index(request, form)
    return redirect("edition", made)


def edition(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show an edition, and whether the records still say the same."""
    again = "again" in request.GET
    found = editions.read_edition(visit.reader(request), identifier, again=again)
    shown = {"e": found, "forms": editions.FORMS, "papers": editions.PAPERS}
    return render(request, "registry/edition.html", shown)


def edition_as(request: HttpRequest, identifier: str, language: str, suffix: str) -> HttpResponse:
    """Write an edition in a form and a language."""
    body = editions.write_edition(visit.reader(request), identifier, suffix, language)
    return _file(body, suffix, f"edition-{language}")


def paper_as(
    request: HttpRequest, identifier: str, paper: str, language: str, suffix: str
) -> HttpResponse:
    """Write the memo or the campaign pack of an edition."""
    body = editions.write_paper(visit.reader(request), identifier, paper, suffix, language)
    return _file(body, suffix, f"{paper}-{language}")


def _file(body: bytes, suffix: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=KINDS[suffix])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response


def publish(request: HttpRequest, form: forms.Publish | None = None) -> HttpResponse:
    """Ask which cases may be published."""
    spoken = registered.spoken_of(visit.reader(request))
    shown = (form or forms.Publish()).offer(people=[(one["id"], one["name"]) for one in spoken])
    return render(request, "registry/publish.html", {"form": shown}, status=reject(shown))


def do_publish(request: HttpRequest) -> HttpResponse:
    """Propose to publish cases."""
    form = forms.Publish(request.POST)
    form.offer(people=[(key, "") for key in request.POST.getlist("people")])
    if not form.is_valid():
        return publish(request, form)
    held = form.cleaned_data
    try:
        publications.propose_publication(visit.reader(request), held["people"], held["reason"])
    except Invalid as error:
        return publish(request, blame(form, error))
    return redirect("compartments")


def do_unpublish(request: HttpRequest, identifier: str) -> HttpResponse:
    """Take a case out of what is published from now on."""
    publications.unpublish(visit.reader(request), identifier)
    return redirect("registered", identifier)


def do_site(request: HttpRequest) -> HttpResponse:
    """Write the public site as an archive."""
    language = request.POST.get("language", "en")
    try:
        body = publications.public_site(visit.reader(request), language)
    except ValueError as error:
        raise UnusableQuery(str(error)) from error
    return _file(body, "zip", "published")
