"""A visit: what the session remembers of who signed in, and for how long that holds."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from standwith.kernel.policy import Reader
from standwith.services import account, moment

IDLE = 15 * 60
LONGEST = 8 * 3600
FRESH = 10 * 60


def attach(request: HttpRequest) -> None:
    """Attach the reader of the session, or None where it ran out."""
    vars(request)["reader"] = None
    held = request.session
    if "person" not in held or held.get("waiting"):
        return
    now = moment.now().timestamp()
    if not (0 <= now - held.get("seen", 0) <= IDLE and 0 <= now - held.get("since", 0) <= LONGEST):
        held.flush()
        return
    reader = account.reader_of(held["person"], held["epoch"])
    if reader is None:
        held.flush()
        return
    if now - held["seen"] > 30:
        held["seen"] = now
    vars(request)["reader"] = reader


def is_signed_in(request: HttpRequest) -> bool:
    """Whether somebody is signed in with both factors."""
    return getattr(request, "reader", None) is not None


def reader(request: HttpRequest) -> Reader:
    """Return who asks; the middleware lets nobody else through."""
    found = vars(request)["reader"]
    if not isinstance(found, Reader):
        raise TypeError("a view without a reader must be an open door")
    return found


def begin(request: HttpRequest, person: UUID, epoch: int) -> None:
    """Remember the first factor in a fresh session; the second is still waited for."""
    request.session.flush()
    request.session.update({"person": str(person), "epoch": epoch, "waiting": True})


def waiting(request: HttpRequest) -> UUID | None:
    """Return who gave the first factor and not yet the second."""
    held = request.session
    return UUID(held["person"]) if held.get("waiting") and "person" in held else None


def complete(request: HttpRequest) -> Reader:
    """Count the second factor: a new session key, and the clock starts."""
    held = request.session
    person, epoch = held["person"], held["epoch"]
    held.cycle_key()
    now = moment.now().timestamp()
    held.update({"waiting": False, "since": now, "seen": now})
    found = account.reader_of(person, epoch)
    if found is None:
        raise account.WrongSignIn("the account was closed meanwhile")
    vars(request)["reader"] = found
    return found


def is_fresh(request: HttpRequest) -> bool:
    """Whether a second factor was given within ten minutes, as changes of one's keys need."""
    held = request.session
    given = max(held.get("since", 0), held.get("confirmed", 0))
    return bool(0 <= moment.now().timestamp() - given <= FRESH)


def confirm(request: HttpRequest) -> None:
    """Count a second factor that was given again."""
    request.session.cycle_key()
    request.session["confirmed"] = moment.now().timestamp()


def renew(request: HttpRequest, epoch: int) -> None:
    """Keep this session when all others end."""
    request.session.cycle_key()
    request.session["epoch"] = epoch


def safe_next(request: HttpRequest) -> str:
    """Return where to go after signing in; only a path of this workspace."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if allowed and target.startswith("/") else "/"
