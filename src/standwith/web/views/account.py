"""Account: the log and its state, receipts, histories; compartments and who belongs to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from standwith.kernel.policy import Purpose
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import (
    compartments,
    erasure,
    estimates,
    moment,
    receipts,
    standing,
    verification,
)
from standwith.services.invalid import Invalid
from standwith.services.listing import MOST
from standwith.web import visit
from standwith.web.forms import work as forms
from standwith.web.views import lists
from standwith.web.views.answers import blame, reject


def home(request: HttpRequest) -> HttpResponse:
    """Show the state of the log, and the ways on."""
    return render(request, "account/home.html", {"found": standing.read(visit.reader(request))})


def do_verify(request: HttpRequest) -> HttpResponse:
    """Verify the log now."""
    verification.verify_now(visit.reader(request))
    return redirect("account")


def entries(request: HttpRequest) -> HttpResponse:
    """List the entries of the log."""
    asked = lists.query_of(request)
    text = asked.get("before", "")
    before = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
    what, record = asked.get("what", "").strip(), asked.get("record", "").strip()
    found = receipts.entries(visit.reader(request), before=before, what=what, record=record)
    kept = {"what": what, "record": record}
    return render(request, "account/entries.html", {"entries": found, "query": kept})


def entries_as(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the entries of a query as data."""
    asked = lists.query_of(request)
    what, record = asked.get("what", "").strip(), asked.get("record", "").strip()
    found = receipts.entries(visit.reader(request), count=MOST, what=what, record=record)
    return lists.export(found, suffix, "entries")


def checkpoint(request: HttpRequest) -> HttpResponse:
    """Give the latest signed checkpoint, for witnesses."""
    text = receipts.latest_checkpoint(visit.reader(request))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def consistency(request: HttpRequest) -> HttpResponse:
    """Prove that the log of an earlier size is the begin of the present one, for witnesses."""
    text = request.GET.get("from", "")
    older = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
    found = receipts.consistency_note(visit.reader(request), older)
    return HttpResponse(found, content_type="text/plain; charset=utf-8")


def key(request: HttpRequest) -> HttpResponse:
    """Give the public key of the log."""
    return HttpResponse(receipts.verifier_key() + "\n", content_type="text/plain; charset=utf-8")


def record(request: HttpRequest, identifier: str, form: forms.Reason | None = None) -> HttpResponse:
    """Show the history of a record, with a receipt for each entry."""
    found = receipts.history(visit.reader(request), identifier)
    shown = form or forms.Reason()
    more = {"steps": found, "record": identifier, "form": shown}
    return render(request, "account/record.html", more, status=reject(shown))


def receipt(request: HttpRequest, identifier: str, seq: int) -> HttpResponse:
    """Give the receipt of an entry."""
    text = receipts.receipt(visit.reader(request), identifier, seq)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="entry-{seq}.tlog-proof"'
    return response


def do_propose_erasure(request: HttpRequest, identifier: str) -> HttpResponse:
    """Propose to erase a record."""
    form = forms.Reason(request.POST)
    if not form.is_valid():
        return record(request, identifier, form)
    try:
        erasure.propose_erasure(visit.reader(request), identifier, form.cleaned_data["reason"])
    except Invalid as error:
        return record(request, identifier, blame(form, error))
    return redirect("compartments")


def circles(request: HttpRequest, form: forms.Compartment | None = None) -> HttpResponse:
    """Show the reader's compartments, and what waits for a second person."""
    shown, text = form or forms.Compartment(), lists.query_of(request).get("q", "")
    more = {
        "found": standing.circles(visit.reader(request), text),
        "form": shown,
        "text": text,
        "emergency": forms.Emergency(),
    }
    return render(request, "account/circles.html", more, status=reject(shown))


def circles_as(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the places in the reader's compartments as data."""
    text = lists.query_of(request).get("q", "")
    rows = standing.export_places(visit.reader(request), text)
    return lists.export(rows, suffix, "compartments")


def do_open(request: HttpRequest) -> HttpResponse:
    """Open a compartment."""
    form = forms.Compartment(request.POST)
    if not form.is_valid():
        return circles(request, form)
    try:
        compartments.open_compartment(visit.reader(request), form.cleaned_data["name"])
    except ValueError as error:
        form.add_error("name", str(error))
        return circles(request, form)
    return redirect("compartments")


def grant(request: HttpRequest, identifier: str, form: forms.Grant | None = None) -> HttpResponse:
    """Ask who is let in, and show exactly what that person will see."""
    found = standing.prepare_grant(visit.reader(request), identifier)
    people = [(row.id, f"{row.name} ({row.institution})") for row in found.people]
    shown = (form or forms.Grant()).offer(person=people)
    more = {"form": shown, "found": found}
    return render(request, "account/grant.html", more, status=reject(shown))


def do_grant(request: HttpRequest, identifier: str) -> HttpResponse:
    """Let somebody in, or propose it where a second person must agree."""
    form = forms.Grant(request.POST).accept("person")
    if not form.is_valid():
        return grant(request, identifier, form)
    held = form.cleaned_data
    until = moment.now() + timedelta(days=held["days"]) if held["days"] else None
    purposes = frozenset(Purpose(word) for word in held["purposes"])
    level = Sensitivity(held["clearance"])
    asked = compartments.Grant(held["person"], level, purposes, until, held["reason"])
    try:
        compartments.grant(visit.reader(request), identifier, asked)
    except ValueError as error:
        form.add_error(None, str(error))
        return grant(request, identifier, form)
    return redirect("compartments")


def do_hand_over(request: HttpRequest, identifier: str, person: str) -> HttpResponse:
    """Let another member lead a compartment."""
    compartments.hand_over(visit.reader(request), identifier, person)
    return redirect("compartments")


def do_withdraw(request: HttpRequest, identifier: str, person: str) -> HttpResponse:
    """Take a place away."""
    try:
        compartments.withdraw(visit.reader(request), identifier, person)
    except ValueError:
        return redirect("compartments")
    return redirect("compartments")


def do_decide(request: HttpRequest, identifier: str) -> HttpResponse:
    """Decide on what another person proposed."""
    agree = request.POST.get("answer") == "yes"
    standing.decide(visit.reader(request), identifier, agree=agree)
    return redirect("compartments")


def do_emergency(request: HttpRequest) -> HttpResponse:
    """Ask for an hour in a compartment; the answer is the same whether there is one or not."""
    form = forms.Emergency(request.POST)
    if not form.is_valid():
        return circles(request)
    held = form.cleaned_data
    try:
        compartments.ask_emergency(visit.reader(request), held["compartment"], held["reason"])
    except ValueError:
        return circles(request)
    return render(request, "account/asked.html")


def undercount(
    request: HttpRequest, form: forms.Table | None = None, found: dict[str, Any] | None = None
) -> HttpResponse:
    """Ask for a table of counts, and show what it says."""
    shown = form or forms.Table()
    more = {"form": shown, "found": found}
    return render(request, "account/undercount.html", more, status=reject(shown))


def do_undercount(request: HttpRequest) -> HttpResponse:
    """Estimate how many persons no list holds."""
    form = forms.Table(request.POST)
    if not form.is_valid():
        return undercount(request, form)
    held = form.cleaned_data
    try:
        found = estimates.estimate_table(held["table"], held["signed"])
    except Invalid as error:
        blame(form, error)
        return undercount(request, form)
    return undercount(request, form, found)
