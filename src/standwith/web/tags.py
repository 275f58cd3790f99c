"""Template tags: texts in their language, times, words for codes, links that keep a query."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from standwith.kernel.text import direction

register = template.Library()

# Words that come from the data, so that the catalogues of languages hold them.
SPOKEN = (
    _("open"),
    _("closed"),
    _("todo"),
    _("doing"),
    _("done"),
    _("dropped"),
    _("proposed"),
    _("approved"),
    _("refused"),
    _("recommend"),
    _("permit"),
    _("needs approval"),
    _("needs info"),
    _("contested"),
    _("hold"),
    _("not warranted"),
    _("prohibited"),
    _("met"),
    _("not"),
    _("unknown"),
    _("partly"),
    _("unconfirmed"),
    _("true"),
    _("false"),
    _("situation"),
    _("task"),
    _("decision"),
    _("source"),
    _("organisation"),
    _("claim"),
    _("request"),
    _("note"),
    _("assessment"),
    _("comment"),
    _("attachment"),
    _("watch"),
    _("assess"),
    _("choose"),
    _("act"),
    _("account"),
    _("publish"),
    _("analyse"),
    _("share"),
    _("civic"),
    _("political"),
    _("armed"),
    _("Do now"),
    _("Do once approved"),
    _("Find out first"),
    _("Wait"),
    _("Never as worded"),
    _("received"),
    _("acknowledged"),
    _("triaged"),
    _("eligible"),
    _("verified"),
    _("assessed"),
    _("decided"),
    _("paid"),
    _("checked_in"),
    _("outcome"),
    _("decision_proposed"),
    _("emergency"),
    _("relocation"),
    _("approve"),
    _("partial"),
    _("refer"),
    _("decline"),
    _("safe"),
    _("still_at_risk"),
    _("released"),
    _("harmed"),
    _("restriction"),
    _("transnational"),
    _("notice"),
    _("leverage"),
    _("involvement"),
    _("endorsement"),
    _("arriving"),
    _("access"),
    _("deletion"),
    _("partners_called"),
    _("joint_act"),
    _("consular_access"),
    _("release"),
    _("intervention"),
    _("agreed"),
    _("visa"),
    _("housing"),
    _("stipend"),
    _("insurance"),
    _("need"),
    _("priority"),
    _("eligible_why"),
    _("referee_one"),
    _("referee_two"),
    _("risk"),
    _("decision_why"),
    _("reference"),
    _("check_in"),
    _("learned"),
    _("Kind"),
    _("Year"),
    _("Priority"),
    _("staged"),
    _("promoted"),
    _("withdrawn"),
    _("held"),
    _("ended"),
    _("unsure"),
    _("dead"),
    _("joined"),
    _("distinct"),
    _("none"),
    _("public"),
    _("quiet"),
    _("Status"),
    _("Source"),
    _("Country"),
    _("Anomaly"),
    _("Quarantined"),
    _("State"),
    _("Where"),
    _("Target"),
    _("Nature"),
    _("Tier"),
    _("Fact"),
    _("Value"),
    _("Grade"),
    _("Person"),
    _("Institution"),
)

_VERDICTS = {
    "recommend": "now",
    "permit": "now",
    "needs-approval": "ask",
    "needs-info": "ask",
    "contested": "ask",
    "hold": "hold",
    "prohibited": "never",
}


@register.filter
def text(value: Any) -> SafeString | str:  # noqa: ANN401 - a text or a mapping of them
    """Show a text in the reader's language, else in one that there is, marked with its language."""
    if not isinstance(value, Mapping):
        return format_html('<span dir="auto">{}</span>', value)
    language = get_language() or "en"
    tag = language if language in value else "en" if "en" in value else next(iter(value))
    return format_html('<span lang="{}" dir="{}">{}</span>', tag, direction(tag), value[tag])


@register.filter
def plain(value: Any) -> str:  # noqa: ANN401 - a text or a mapping of them
    """Give the words of a text alone, for titles and attributes."""
    if not isinstance(value, Mapping):
        return str(value)
    return str(value.get(get_language() or "en") or value.get("en") or next(iter(value.values())))


@register.filter
def moment(value: Any) -> str:  # noqa: ANN401 - a datetime or its text
    """Write a time in UTC, to the minute."""
    return f"{value:%Y-%m-%d %H:%M} UTC" if isinstance(value, datetime) else str(value or "")


@register.filter
def tone(verdict: str) -> str:
    """Return the class of a verdict; the word beside it says the same."""
    return _VERDICTS.get(verdict, "hold")


@register.filter
def spoken(word: str) -> str:
    """Write a code word for people, in the reader's language."""
    return gettext(str(word).replace("-", " "))


@register.filter
def said(word: str) -> str:
    """Write a code word as words."""
    return str(word).replace("_", " ")


@register.filter
def item(mapping: Mapping[str, Any], key: str) -> Any:  # noqa: ANN401 - whatever is held
    """Look a key up."""
    return mapping.get(key)


@register.filter
def drawn(field: BoundField) -> SafeString:
    """Draw a field; a text that stands in it already keeps its own direction."""
    typed = field.widget_type in {"text", "textarea"} and bool(field.value())
    return field.as_widget(attrs={"dir": "auto"} if typed else None)


@register.simple_tag
def query(kept: Mapping[str, str], **changed: str | None) -> str:
    """Write a query with some parts changed; None takes a part away."""
    merged = {**kept, **changed}
    return urlencode({key: value for key, value in merged.items() if value})


@register.simple_tag
def packed(kept: Mapping[str, str]) -> str:
    """Write a query as one value of another."""
    return quote(query(kept), safe="")


@register.filter
def split(words: str) -> list[str]:
    """Split a text at blanks, for short lists that stand in a template."""
    return words.split()
