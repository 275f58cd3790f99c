"""Sign-in, second factor, invitation: the only pages for people who are not signed in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from standwith.services import account, arrival, factors, people
from standwith.services.password import WeakPassword
from standwith.services.returning import UnusableInvitation
from standwith.services.throttle import TooManyAttempts
from standwith.web import visit
from standwith.web.doors import open_door
from standwith.web.forms import entry as forms


def _form(request: HttpRequest, template: str, form: object, **more: object) -> HttpResponse:
    errors = bool(getattr(form, "errors", None))
    shown = {"form": form, "next": visit.safe_next(request)} | more
    return render(request, template, shown, status=422 if errors else 200)


@open_door
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form."""
    if visit.is_signed_in(request):
        return redirect("watch")
    return _form(request, "entry/sign_in.html", forms.SignIn())


@open_door
@sensitive_post_parameters("password")
def do_sign_in(request: HttpRequest) -> HttpResponse:
    """Check the first factor, and ask for the second."""
    form = forms.SignIn(request.POST)
    if form.is_valid():
        try:
            person, epoch = account.check_password(**form.cleaned_data)
        except (account.WrongSignIn, TooManyAttempts) as error:
            form.add_error(None, str(error))
        else:
            visit.begin(request, person, epoch)
            request.session["next"] = visit.safe_next(request)
            return redirect("second-factor")
    return _form(request, "entry/sign_in.html", form)


@open_door
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor, or, when none is set yet, have one set."""
    person = visit.waiting(request)
    if person is None:
        return redirect("sign-in")
    kinds = factors.kinds(person)
    if not kinds:
        return redirect("enrol")
    return _form(request, "entry/second_factor.html", forms.Code(), kinds=kinds)


@open_door
@sensitive_post_parameters("code")
def do_second_factor(request: HttpRequest) -> HttpResponse:
    """Check the second factor, and let in."""
    person, form = visit.waiting(request), forms.Code(request.POST)
    if person is None:
        return redirect("sign-in")
    if form.is_valid():
        try:
            how = factors.check_code(person, form.cleaned_data["code"])
        except (factors.WrongCode, TooManyAttempts) as error:
            form.add_error("code", str(error))
        else:
            return _let_in(request, how)
    return _form(request, "entry/second_factor.html", form, kinds={"totp"})


def _let_in(request: HttpRequest, how: str) -> HttpResponseRedirect:
    target = request.session.pop("next", "/")
    arrival.arrive(visit.complete(request), how)
    return HttpResponseRedirect(target)


@open_door
def enrol(request: HttpRequest) -> HttpResponse:
    """Show what an authenticator app is given."""
    person = visit.waiting(request)
    if person is None or factors.kinds(person):
        return redirect("second-factor")
    enrolment = factors.start_totp(person)
    return _form(request, "entry/enrol.html", forms.Code(), enrolment=enrolment)


@open_door
@sensitive_post_parameters("code")
def do_enrol(request: HttpRequest) -> HttpResponse:
    """Confirm the app, let in, and show the recovery codes this once."""
    person, form = visit.waiting(request), forms.Code(request.POST)
    if person is None or factors.kinds(person):
        return redirect("second-factor")
    if form.is_valid():
        try:
            codes = factors.confirm_totp(person, form.cleaned_data["code"])
        except (factors.WrongCode, TooManyAttempts) as error:
            form.add_error("code", str(error))
        else:
            arrival.arrive(visit.complete(request), "totp")
            return render(request, "entry/codes.html", {"codes": codes})
    return _form(request, "entry/enrol.html", form, enrolment=factors.start_totp(person))


@open_door
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show whom an invitation is for, and ask for a password."""
    try:
        invited = people.read_invitation(token)
    except UnusableInvitation as error:
        return render(request, "entry/no_invitation.html", {"why": str(error)}, status=410)
    return _form(request, "entry/invitation.html", forms.NewPassword(), invited=invited)


@open_door
@sensitive_post_parameters("password")
def do_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Make the account, and have a second factor set."""
    form = forms.NewPassword(request.POST)
    try:
        invited = people.read_invitation(token)
        if form.is_valid():
            person = people.join(token, form.cleaned_data["password"])
            visit.begin(request, person, account.epoch_of(person))
            return redirect("enrol")
    except WeakPassword as error:
        form.add_error("password", str(error))
    except UnusableInvitation as error:
        return render(request, "entry/no_invitation.html", {"why": str(error)}, status=410)
    return _form(request, "entry/invitation.html", form, invited=invited)


@open_door
def do_sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and have the browser forget everything of it."""
    request.session.flush()
    response = redirect("sign-in")
    response.headers["Clear-Site-Data"] = '"*"'
    return response


@open_door
def do_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie, which says nothing else."""
    response = HttpResponseRedirect(visit.safe_next(request))
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return response
    response.set_cookie(
        "language",
        chosen,
        max_age=31_536_000,
        samesite="Strict",
        httponly=True,
        secure=request.is_secure(),
    )
    return response
