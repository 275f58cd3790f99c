"""Writing: the use cases of the forms; a repeat with the same Idempotency-Key changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from ninja import Header

from standwith.kernel.sensitivity import Sensitivity
from standwith.services import claims, parties, situations, tasks
from standwith.services.cases import Marking
from standwith.services.invalid import Invalid
from standwith.services.once import Said, once
from standwith.web.api.interface import WRITE, api, reader_of
from standwith.web.api.shapes import (
    MovedTask,
    NewClaim,
    NewOrganisation,
    NewRequest,
    NewSituation,
    NewSource,
    NewTask,
)

KEY: str = Header("", alias="Idempotency-Key", max_length=80)  # type: ignore[type-arg]


def _made(request: HttpRequest, key: str, act: Callable[[], str], place: str) -> HttpResponse:
    """Answer 201 with where the new record is."""

    def said() -> Said:
        identifier = act()
        where = f"/api/v1/{place}/{identifier}" if place else None
        return Said(201, json.dumps({"id": identifier, "location": where}))

    asked = request.path.encode() + b"\n" + request.body
    found = once(reader_of(request), key, asked, said)
    response = HttpResponse(found.body, status=found.status, content_type="application/json")
    where = json.loads(found.body).get("location")
    if where:
        response.headers["Location"] = where
    return response


def _level(text: str) -> Sensitivity:
    try:
        return Sensitivity(text)
    except ValueError as error:
        raise Invalid({"sensitivity": ["choose a level of the Traffic Light Protocol"]}) from error


@api.post("/situations", auth=WRITE)
def open_situation(request: HttpRequest, body: NewSituation, key: str = KEY) -> HttpResponse:
    """Open a situation."""
    marking = Marking(body.compartment, _level(body.sensitivity))
    new = situations.NewSituation(
        body.case, body.title, body.language, body.country, body.as_of, body.summary
    )
    reader = reader_of(request)
    return _made(
        request, key, lambda: situations.open_situation(reader, new, marking), "situations"
    )


@api.post("/situations/{identifier}/claims", auth=WRITE)
def record_claim(
    request: HttpRequest, identifier: str, body: NewClaim, key: str = KEY
) -> HttpResponse:
    """Record what a source says."""
    held = body.model_dump()
    corrects = held.pop("corrects")
    said, reader = claims.ClaimForm(**held), reader_of(request)
    return _made(
        request,
        key,
        lambda: claims.record_claim(reader, identifier, said, corrects=corrects),
        "",
    )


@api.post("/situations/{identifier}/sources", auth=WRITE)
def record_source(
    request: HttpRequest, identifier: str, body: NewSource, key: str = KEY
) -> HttpResponse:
    """Record a source."""
    held, reader = body.model_dump(), reader_of(request)
    level = held.pop("sensitivity")
    return _made(request, key, lambda: claims.record_source(reader, identifier, held, level), "")


@api.post("/situations/{identifier}/organisations", auth=WRITE)
def record_organisation(
    request: HttpRequest, identifier: str, body: NewOrganisation, key: str = KEY
) -> HttpResponse:
    """Record a part of the movement."""
    held, reader = body.model_dump(), reader_of(request)
    language, level = held.pop("language"), held.pop("sensitivity")
    return _made(
        request,
        key,
        lambda: parties.record_organisation(
            reader, identifier, held, language=language, level=level
        ),
        "",
    )


@api.post("/situations/{identifier}/requests", auth=WRITE)
def record_request(
    request: HttpRequest, identifier: str, body: NewRequest, key: str = KEY
) -> HttpResponse:
    """Record what an organisation asked for."""
    held, reader = body.model_dump(), reader_of(request)
    level = held.pop("sensitivity")
    return _made(request, key, lambda: parties.record_request(reader, identifier, held, level), "")


@api.post("/situations/{identifier}/tasks", auth=WRITE)
def assign_task(
    request: HttpRequest, identifier: str, body: NewTask, key: str = KEY
) -> HttpResponse:
    """Make a task."""
    new, reader = tasks.NewTask(**body.model_dump()), reader_of(request)
    return _made(request, key, lambda: tasks.assign(reader, identifier, new), "tasks")


@api.post("/tasks/{identifier}/move", auth=WRITE)
def move_task(request: HttpRequest, identifier: str, body: MovedTask) -> HttpResponse:
    """Set the state of a task that was seen in a version."""
    tasks.move(reader_of(request), identifier, body.state, seen=body.version)
    return HttpResponse(status=204)
