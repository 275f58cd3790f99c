"""What every page has around it: navigation, the reader's name, the style sheet."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _

from standwith.kernel.policy import Reader
from standwith.services.account import preferences
from standwith.services.roles import may_do
from standwith.web.middleware.headers import sheet

STAGES = (
    ("watch", _("Watch"), "/"),
    ("situations", _("Situations"), "/situations/"),
    ("assess", _("Assess"), "/assess/"),
    ("choose", _("Choose"), "/choose/"),
    ("act", _("Act"), "/tasks/"),
    ("account", _("Account"), "/account/"),
)
PEOPLE = (("people", _("People"), "/people/"),)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the parts of the frame for one request."""
    reader = getattr(request, "reader", None)
    language = get_language() or "en"
    shown: dict[str, Any] = {
        "css": mark_safe(sheet()),  # noqa: S308 - our own file
        "language": language,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "languages": settings.LANGUAGES,
        "reviewed": language == "en",
    }
    return shown | (_signed(request, reader) if isinstance(reader, Reader) else {})


def _signed(request: HttpRequest, reader: Reader) -> dict[str, Any]:
    name, _language, single_keys = preferences(reader.id)
    stages = STAGES if may_do(reader, "read") else PEOPLE
    return {
        "reader": reader,
        "reader_name": name,
        "single_keys": single_keys,
        "stages": [(key, title, url, _here(request.path, url)) for key, title, url in stages],
        "can": {use.replace(".", "_"): may_do(reader, use) for use in _SHOWN},
    }


_SHOWN = (
    "situation.open",
    "situation.change",
    "situation.import",
    "claim.record",
    "source.record",
    "organisation.record",
    "request.record",
    "assessment.keep",
    "decision.propose",
    "decision.advise",
    "decision.decide",
    "task.assign",
    "task.move",
    "task.comment",
    "task.attach",
    "compartment.open",
    "compartment.emergency",
    "compartment.approve",
    "record.erase",
    "record.handle",
    "registry.import",
    "registry.promote",
    "registry.review",
    "registry.state",
    "registry.publish",
    "help.keep",
    "log.read",
    "log.verify",
    "people.list",
    "read",
)


_WITHIN = {"/account/": "/registry/", "/tasks/": "/help/"}


def _here(path: str, url: str) -> bool:
    if path.startswith(_WITHIN.get(url, "//")):
        return True
    return path == url if url == "/" else path.startswith(url)
