"""People, for administrators; and everybody's own settings."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from standwith.services import account, own, people, sessions, tokens
from standwith.services.account import WrongSignIn
from standwith.services.password import WeakPassword
from standwith.services.returning import UnusableInvitation
from standwith.web import visit
from standwith.web.doors import fresh_door
from standwith.web.forms import entry as forms
from standwith.web.forms.work import TokenForm
from standwith.web.views import lists
from standwith.web.views.answers import reject


def index(request: HttpRequest, form: forms.Invite | None = None, link: str = "") -> HttpResponse:
    """List the people, and ask whom to invite."""
    shown = form or forms.Invite()
    text = lists.query_of(request).get("q", "")
    found = people.list_people(visit.reader(request), text)
    more = {"people": found, "form": shown, "link": link, "text": text}
    return render(request, "people/list.html", more, status=reject(shown))


def index_as(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the people of a query as data."""
    text = lists.query_of(request).get("q", "")
    found = people.list_people(visit.reader(request), text)
    return lists.export([asdict(row) for row in found], suffix, "people")


def do_invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody; the link is shown this once."""
    form = forms.Invite(request.POST)
    if not form.is_valid():
        return index(request, form)
    held = form.cleaned_data
    invited = people.Invited(
        held["handle"], held["name"], held["institution"], tuple(held["roles"])
    )
    try:
        token = people.invite(visit.reader(request), invited)
    except UnusableInvitation as error:
        form.add_error(None, str(error))
        return index(request, form)
    return index(request, link=request.build_absolute_uri(reverse("invitation", args=[token])))


@fresh_door
def do_let_in_again(request: HttpRequest, identifier: str) -> HttpResponse:
    """Make a link for somebody who lost password or second factor."""
    try:
        token = people.invite_again(visit.reader(request), identifier)
    except ValueError as error:
        return _said(request, str(error))
    return index(request, link=request.build_absolute_uri(reverse("invitation", args=[token])))


def _said(request: HttpRequest, why: str) -> HttpResponse:
    shown = forms.Invite({})
    shown.errors.clear()
    shown.add_error(None, why)
    return index(request, shown)


@fresh_door
def do_change(request: HttpRequest, identifier: str) -> HttpResponse:
    """Change roles, or close an account."""
    form = forms.ChangePerson(request.POST)
    if not form.is_valid():
        return index(request)
    held = form.cleaned_data
    try:
        roles = frozenset(held["roles"])
        people.change_person(visit.reader(request), identifier, roles=roles, active=held["active"])
    except ValueError as error:
        return _said(request, str(error))
    return redirect("people")


def settings(
    request: HttpRequest,
    password: forms.ChangePassword | None = None,
    token: TokenForm | None = None,
    made: str = "",
) -> HttpResponse:
    """Show one's own account."""
    found = own.read(visit.reader(request), str(request.session.session_key))
    begin = {"language": found.language, "single_keys": found.single_keys}
    changed, asked = password or forms.ChangePassword(), token or TokenForm()
    more = {
        "own": found,
        "preferences": forms.Preferences(initial=begin),
        "password": changed,
        "token": asked,
        "made": made,
        "fresh": visit.is_fresh(request),
    }
    refused = max(reject(changed), reject(asked))
    return render(request, "people/settings.html", more, status=refused)


def do_preferences(request: HttpRequest) -> HttpResponse:
    """Keep language and shortcuts."""
    form = forms.Preferences(request.POST)
    if not form.is_valid():
        return settings(request)
    account.set_preferences(visit.reader(request), **form.cleaned_data)
    response = redirect("settings")
    held = form.cleaned_data["language"]
    response.set_cookie("language", held, max_age=31_536_000, samesite="Strict", httponly=True)
    return response


@sensitive_post_parameters("old", "password")
def do_password(request: HttpRequest) -> HttpResponse:
    """Set a new password; all other sessions end."""
    form = forms.ChangePassword(request.POST)
    if form.is_valid():
        held = form.cleaned_data
        try:
            epoch = account.change_password(visit.reader(request), held["old"], held["password"])
        except WrongSignIn:
            form.add_error("old", "this is not the present password")
        except WeakPassword as error:
            form.add_error("password", str(error))
        else:
            visit.renew(request, epoch)
            return redirect("settings")
    return settings(request, form)


def do_sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all sessions."""
    account.sign_out_everywhere(visit.reader(request))
    request.session.flush()
    return redirect("sign-in")


@fresh_door
def do_token(request: HttpRequest) -> HttpResponse:
    """Make a token for a program; it is shown this once."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return settings(request, token=form)
    held = form.cleaned_data
    scopes = frozenset(held["scopes"])
    made = tokens.make_token(visit.reader(request), held["name"], scopes, held["days"])
    return settings(request, made=made)


def do_end_session(request: HttpRequest, mark: str) -> HttpResponse:
    """End one of the reader's sessions."""
    sessions.end_session(visit.reader(request), mark)
    return redirect("settings")


def do_revoke(request: HttpRequest, identifier: str) -> HttpResponse:
    """End a token."""
    tokens.revoke_token(visit.reader(request), identifier)
    return redirect("settings")
