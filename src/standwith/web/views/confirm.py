"""Confirming who one is, before a change of what opens an account."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from standwith.services import factors
from standwith.services.throttle import TooManyAttempts
from standwith.web import visit
from standwith.web.forms.entry import Code
from standwith.web.views.answers import reject


def confirm(request: HttpRequest, form: Code | None = None) -> HttpResponse:
    """Ask for a second factor again."""
    shown = form or Code()
    more = {"form": shown, "next": visit.safe_next(request)}
    return render(request, "people/confirm.html", more, status=reject(shown))


@sensitive_post_parameters("code")
def do_confirm(request: HttpRequest) -> HttpResponse:
    """Check it, and go back."""
    form = Code(request.POST)
    if form.is_valid():
        try:
            factors.check_code(UUID(visit.reader(request).id), form.cleaned_data["code"])
        except (factors.WrongCode, TooManyAttempts) as error:
            form.add_error("code", str(error))
        else:
            visit.confirm(request)
            return HttpResponseRedirect(visit.safe_next(request))
    return confirm(request, form)
