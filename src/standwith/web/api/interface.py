"""The interface itself: tokens, ETags, problem documents, and its description in OpenAPI 3.1."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.errors import ValidationError as NotValid
from ninja.security import HttpBearer

from standwith.kernel.policy import Reader
from standwith.services.invalid import Invalid
from standwith.services.once import KeyUsedBefore
from standwith.services.tokens import reader_by_token

PROBLEM = "application/problem+json"


class Bearer(HttpBearer):
    """A token with a scope; no session is honoured here, so that no other site can act."""

    openapi_description = "A token from your settings"

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Reader | None:
        """Return the reader that the token acts for; a token sent in the clear opens nothing."""
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return None
        return reader_by_token(token, self.scope)


READ, WRITE = Bearer("read"), Bearer("write")
api = NinjaAPI(
    title="Standwith workspace",
    version="1",
    description="The same services and the same policy as the pages.",
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
)


def problem(status: int, title: str, detail: str, **more: Any) -> HttpResponse:  # noqa: ANN401 - members of a problem
    """Write a problem document (RFC 9457)."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail} | more
    return HttpResponse(json.dumps(body, default=str), status=status, content_type=PROBLEM)


@api.exception_handler(NotValid)
def not_valid(request: HttpRequest, error: NotValid) -> HttpResponse:
    """Say which part of a call does not fit."""
    fields = [{"at": ".".join(map(str, e["loc"])), "what": e["msg"]} for e in error.errors]
    return problem(
        422, "Not valid", "Mend the fields that are named and send it again.", fields=fields
    )


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Say that a call could not be read, or brought no token that holds."""
    title = "No token that holds" if error.status_code == 401 else "Not understood"
    return problem(error.status_code, title, str(error))


@api.exception_handler(Invalid)
def invalid(request: HttpRequest, error: Invalid) -> HttpResponse:
    """Say what a service could not take."""
    return problem(422, "Not valid", str(error), fields=error.fields)


@api.exception_handler(KeyUsedBefore)
def key_used(request: HttpRequest, error: KeyUsedBefore) -> HttpResponse:
    """Say that an idempotency key was used for another call."""
    return problem(409, "Key used before", str(error))


def answer(request: HttpRequest, value: Any) -> HttpResponse:  # noqa: ANN401 - whatever is shown
    """Write a value with its ETag; 304 where the caller has it already.

    The tag is a hash of what this reader gets, so that it tells nothing of what he does not.
    """
    body = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    known = {item.strip() for item in request.headers.get("If-None-Match", "").split(",")}
    if tag in known:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response.headers["ETag"] = tag
    response.headers["Vary"] = "Authorization"
    return response


def reader_of(request: HttpRequest) -> Reader:
    """Return who calls."""
    found: Reader = vars(request)["auth"]
    return found
