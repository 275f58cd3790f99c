"""Passkeys: two calls to add one, two to use one; answered to our own script alone."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse

from standwith.services import arrival, passkeys
from standwith.web import visit
from standwith.web.doors import fresh_door, open_door

STATE = "passkey"


def _host(request: HttpRequest) -> str:
    return request.get_host().rsplit(":", 1)[0]


def _refuse(why: str, status: int = 422) -> HttpResponse:
    body = {"title": "Passkey refused", "status": status, "detail": why}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


@fresh_door
def do_begin_new(request: HttpRequest) -> HttpResponse:
    """Begin to add a passkey to the reader's account."""
    challenge = passkeys.begin_new(UUID(visit.reader(request).id), _host(request))
    request.session[STATE] = challenge.state
    return JsonResponse(challenge.options)


def do_finish_new(request: HttpRequest) -> HttpResponse:
    """Keep the passkey."""
    state, person = request.session.pop(STATE, None), UUID(visit.reader(request).id)
    if state is None:
        return _refuse("begin again")
    try:
        passkeys.finish_new(person, _host(request), state, _read(request))
    except passkeys.UnusablePasskey as error:
        return _refuse(str(error))
    return JsonResponse({"next": "/settings/"})


@open_door
def do_begin_use(request: HttpRequest) -> HttpResponse:
    """Begin to sign in with a passkey, after the password."""
    person = visit.waiting(request)
    if person is None:
        return _refuse("sign in with name and password first", 401)
    challenge = passkeys.begin_use(person, _host(request))
    request.session[STATE] = challenge.state
    return JsonResponse(challenge.options)


@open_door
def do_finish_use(request: HttpRequest) -> HttpResponse:
    """Check the passkey, and let in."""
    state, person = request.session.pop(STATE, None), visit.waiting(request)
    if state is None or person is None:
        return _refuse("begin again", 401)
    try:
        passkeys.finish_use(person, _host(request), state, _read(request))
    except passkeys.UnusablePasskey as error:
        return _refuse(str(error))
    target = request.session.pop("next", "/")
    arrival.arrive(visit.complete(request), "passkey")
    return JsonResponse({"next": target})
