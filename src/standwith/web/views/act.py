"""Act: tasks as board, list, calendar, and my week for a mission."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from standwith.services import calendars, tasks
from standwith.services.invalid import Invalid
from standwith.web import visit
from standwith.web.doors import open_door
from standwith.web.forms import work as forms
from standwith.web.views import lists
from standwith.web.views.answers import blame, reject


def board(request: HttpRequest) -> HttpResponse:
    """Show the tasks by state."""
    return render(
        request, "act/board.html", {"columns": tasks.board(visit.reader(request)).items()}
    )


def index(request: HttpRequest) -> HttpResponse:
    """List the tasks."""
    found = tasks.list_tasks(visit.reader(request), lists.query_of(request))
    return lists.page(request, "act/list.html", found)


def index_as(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the tasks of a query as data."""
    rows = tasks.export_tasks(visit.reader(request), lists.query_of(request))
    return lists.export(rows, suffix, "tasks")


def week(request: HttpRequest) -> HttpResponse:
    """Show what is to be done here in the next seven days."""
    return render(request, "act/week.html", {"tasks": tasks.my_week(visit.reader(request))})


def calendar(request: HttpRequest) -> HttpResponse:
    """Show a month of tasks."""
    month = lists.query_of(request).get("month", "")
    found = calendars.month(visit.reader(request), month)
    return render(request, "act/calendar.html", {"month": found})


def calendar_file(request: HttpRequest) -> HttpResponse:
    """Give the reader's tasks as a calendar file."""
    return _ics(calendars.file_for(visit.reader(request)))


@open_door
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the tasks of a token's owner to a calendar program."""
    return _ics(calendars.feed(token))


def _ics(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="tasks.ics"'
    return response


def task(
    request: HttpRequest,
    identifier: str,
    comment: forms.Comment | None = None,
    attachment: forms.Attachment | None = None,
) -> HttpResponse:
    """Show one task."""
    found = tasks.read_task(visit.reader(request), identifier)
    begin = {"state": found["state"], "version": found["version"]}
    said, kept = comment or forms.Comment(), attachment or forms.Attachment()
    move = forms.MoveTask(initial=begin)
    more = {"t": found, "move": move, "comment": said, "attachment": kept}
    refused = max(reject(said), reject(kept))
    return render(request, "act/task.html", more, status=refused)


def new(request: HttpRequest, identifier: str, form: forms.Task | None = None) -> HttpResponse:
    """Ask what is to be done."""
    found = tasks.prepare(visit.reader(request), identifier)
    people = [("", "–"), *((row.id, f"{row.name} ({row.institution})") for row in found.people)]
    shown = (form or forms.Task()).offer(assignee=people)
    more = {"form": shown, "found": found, "decision": request.GET.get("decision", "")}
    return render(request, "act/new.html", more, status=reject(shown))


def do_new(request: HttpRequest, identifier: str) -> HttpResponse:
    """Make a task."""
    form = forms.Task(request.POST).accept("assignee")
    if not form.is_valid():
        return new(request, identifier, form)
    asked = tasks.NewTask(**form.cleaned_data, decision=request.POST.get("decision", ""))
    try:
        made = tasks.assign(visit.reader(request), identifier, asked)
    except Invalid as error:
        return new(request, identifier, blame(form, error))
    return redirect("task", made)


def do_move(request: HttpRequest, identifier: str) -> HttpResponse:
    """Set the state of a task, unless somebody else changed it meanwhile."""
    form = forms.MoveTask(request.POST)
    if not form.is_valid():
        return task(request, identifier)
    held = form.cleaned_data
    tasks.move(visit.reader(request), identifier, held["state"], seen=held["version"])
    return redirect("task", identifier)


def do_comment(request: HttpRequest, identifier: str) -> HttpResponse:
    """Say something on a task."""
    form = forms.Comment(request.POST)
    if not form.is_valid():
        return task(request, identifier, form)
    try:
        tasks.comment(visit.reader(request), identifier, form.cleaned_data["text"])
    except Invalid as error:
        return task(request, identifier, blame(form, error))
    return redirect("task", identifier)


def do_attach(request: HttpRequest, identifier: str) -> HttpResponse:
    """Note what is known of a file."""
    form = forms.Attachment(request.POST, request.FILES)
    if not form.is_valid():
        return task(request, identifier, attachment=form)
    file, place = form.cleaned_data["file"], form.cleaned_data["place"]
    try:
        tasks.attach(visit.reader(request), identifier, file.name, file.read(), place)
    except Invalid as error:
        return task(request, identifier, attachment=blame(form, error, {"name": "file"}))
    return redirect("task", identifier)
