"""The registry: persons, lists that were taken in, and who may be one person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from standwith.kernel.sensitivity import Sensitivity
from standwith.services import compartments, intakes, pairs, promotions, registered, staging
from standwith.services.cases import Marking
from standwith.services.invalid import Invalid
from standwith.services.moment import today
from standwith.web import visit
from standwith.web.forms import register as forms
from standwith.web.views import lists
from standwith.web.views.answers import blame, reject


def index(request: HttpRequest) -> HttpResponse:
    """List persons."""
    found = registered.list_persons(visit.reader(request), lists.query_of(request))
    return lists.page(request, "registry/persons.html", found)


def index_as(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the persons of a query as data."""
    rows = registered.export_persons(visit.reader(request), lists.query_of(request))
    return lists.export(rows, suffix, "registry")


def person(
    request: HttpRequest, identifier: str, form: forms.State | forms.Advocacy | None = None
) -> HttpResponse:
    """Show all that is said of a person; who stands for another leads there."""
    found = registered.read_person(visit.reader(request), identifier)
    if found.stands_for and form is None and "here" not in request.GET:
        return redirect("registered", found.stands_for)
    level = {"sensitivity": found.head["tlp"], "grade": "C3"}
    stated = form if isinstance(form, forms.State) else forms.State(initial=level)
    seen = {"advocacy": found.head["advocacy"], "version": found.version}
    spoken = form if isinstance(form, forms.Advocacy) else forms.Advocacy(initial=seen)
    more = {"p": found, "form": stated, "spoken": spoken}
    return render(request, "registry/person.html", more, status=reject(form or stated))


def do_state(request: HttpRequest, identifier: str) -> HttpResponse:
    """Add what a source says."""
    form = forms.State(request.POST)
    if not form.is_valid():
        return person(request, identifier, form)
    try:
        registered.state(visit.reader(request), identifier, registered.Said(**form.cleaned_data))
    except Invalid as error:
        return person(request, identifier, blame(form, error))
    return redirect("registered", identifier)


def do_advocacy(request: HttpRequest, identifier: str) -> HttpResponse:
    """Say how a case may be spoken of."""
    form = forms.Advocacy(request.POST)
    if not form.is_valid():
        return person(request, identifier, form)
    held = form.cleaned_data
    registered.set_advocacy(
        visit.reader(request), identifier, held["advocacy"], seen=held["version"]
    )
    return redirect("registered", identifier)


def list_index(request: HttpRequest) -> HttpResponse:
    """List the lists that were taken in."""
    found = intakes.list_intakes(visit.reader(request), lists.query_of(request))
    return lists.page(request, "registry/lists.html", found)


def lists_as(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the lists of a query as data."""
    rows = intakes.export_intakes(visit.reader(request), lists.query_of(request))
    return lists.export(rows, suffix, "lists")


def take_in(request: HttpRequest, form: forms.TakeIn | None = None) -> HttpResponse:
    """Ask for a list."""
    circles = compartments.circles(visit.reader(request))
    shown = form or forms.TakeIn(initial={"known": today().isoformat()})
    shown.offer(compartment=[(circle.id, circle.name) for circle in circles])
    return render(request, "registry/take_in.html", {"form": shown}, status=reject(shown))


def do_take_in(request: HttpRequest) -> HttpResponse:
    """Stage a list."""
    form = forms.TakeIn(request.POST, request.FILES).accept("compartment")
    if not form.is_valid():
        return take_in(request, _sized(request, form))
    held = form.cleaned_data
    marking = Marking(held["compartment"], Sensitivity(held["sensitivity"]))
    offered = staging.Offered(
        held["source"],
        held["country"].upper(),
        held["known"],
        held["file"].name,
        held["file"].read(),
        held["encoding"],
        held["mapping"],
        held["claimed"],
    )
    try:
        made = staging.stage_list(visit.reader(request), offered, marking)
    except Invalid as error:
        return take_in(request, blame(form, error))
    return redirect("register-list", made)


def _sized(request: HttpRequest, form: forms.TakeIn) -> forms.TakeIn:
    """Say of a file that did not come in because it is too large that it is."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not request.FILES and length.isdigit() and int(length) > forms.LARGEST:
        form.errors.pop("file", None)
        form.add_error("file", forms.TOO_LARGE)
    return form


def one_list(request: HttpRequest, identifier: str, form: forms.Why | None = None) -> HttpResponse:
    """Show a list: receipt, gates, rows with what is odd in them."""
    found = intakes.read_intake(visit.reader(request), identifier, lists.query_of(request))
    shown = form or forms.Why()
    more = {"t": found, "listing": found.rows, "form": shown, "path": request.path}
    return render(request, "registry/list.html", more, status=reject(shown))


def rows_as(request: HttpRequest, identifier: str, suffix: str) -> HttpResponse:
    """Give the rows of a list as they came and as they were read."""
    rows = intakes.export_rows(visit.reader(request), identifier, lists.query_of(request))
    return lists.export(rows, suffix, "rows")


def do_promote(request: HttpRequest, identifier: str) -> HttpResponse:
    """Let the rows of a list become persons."""
    form = forms.Why(request.POST)
    if not form.is_valid():
        return one_list(request, identifier, form)
    try:
        promotions.promote_list(visit.reader(request), identifier, form.cleaned_data["reason"])
    except Invalid as error:
        return one_list(request, identifier, blame(form, error))
    return redirect("register-list", identifier)


def do_withdraw(request: HttpRequest, identifier: str) -> HttpResponse:
    """Take a list back."""
    form = forms.Why(request.POST)
    if not form.is_valid():
        return one_list(request, identifier, form)
    try:
        promotions.withdraw_list(visit.reader(request), identifier, form.cleaned_data["reason"])
    except Invalid as error:
        return one_list(request, identifier, blame(form, error))
    return redirect("register-list", identifier)


def pair_index(request: HttpRequest) -> HttpResponse:
    """List pairs of persons who may be one."""
    found = pairs.list_pairs(visit.reader(request), lists.query_of(request))
    return lists.page(request, "registry/pairs.html", found)


def pairs_as(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the pairs of a query as data."""
    rows = pairs.export_pairs(visit.reader(request), lists.query_of(request))
    return lists.export(rows, suffix, "pairs")


def do_compare(request: HttpRequest) -> HttpResponse:
    """Compare all persons with each other."""
    pairs.find_pairs(visit.reader(request))
    return redirect("pairs")


def pair(request: HttpRequest, identifier: str, form: forms.Decide | None = None) -> HttpResponse:
    """Lay two persons side by side."""
    found = pairs.read_pair(visit.reader(request), identifier)
    shown = form or forms.Decide()
    more = {"b": found, "form": shown}
    return render(request, "registry/pair.html", more, status=reject(shown))


def do_decide(request: HttpRequest, identifier: str) -> HttpResponse:
    """Decide whether two are one person, and go on to the next pair."""
    form = forms.Decide(request.POST)
    if not form.is_valid():
        return pair(request, identifier, form)
    held, reader = form.cleaned_data, visit.reader(request)
    try:
        after = pairs.decide_pair(reader, identifier, held["answer"], held["reason"])
    except Invalid as error:
        return pair(request, identifier, blame(form, error))
    return redirect("pair", after) if after else redirect("pairs")
