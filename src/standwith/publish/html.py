"""Briefs as one self-contained page: no request, no script, any direction of writing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from standwith.choose.codes import TIERS
from standwith.choose.page import Brief, Item
from standwith.kernel.argument import Argument
from standwith.publish.details import details, since_trigger, sources_known, worst_risks
from standwith.publish.template import environment, template_text
from standwith.publish.wording import (
    MARKS,
    asks,
    headline,
    held_phases,
    sections,
    unknowns,
    why,
)
from standwith.publish.words import words


def _facts(brief: Brief) -> dict[Argument, str]:
    """Give each fact that a reason rests on its anchor, once, in order of first use."""
    found: dict[Argument, str] = {}
    for item in brief.items:
        for reason in item.because:
            for premise in reason.premises:
                found.setdefault(premise, f"f{len(found) + 1}")
    return found


def brief_page(brief: Brief, language: str = "en") -> str:
    """Write a brief as an HTML page in a language of the product."""
    known = words(language)
    situation = brief.assessment.situation

    def item_details(item: Item, also: Sequence[Item]) -> tuple[tuple[str, str], ...]:
        return details(item, also, known)

    facts = _facts(brief)
    shown = {
        "w": known,
        "b": brief,
        "s": situation,
        "css": Markup(template_text("base.css")),  # noqa: S704 - our own file
        "shown": sections(brief),
        "title": situation.title.get(language, "en"),
        "summary": situation.summary.get(language, "en"),
        "tagged": "" if language == "en" else Markup(f' lang="{known["tag"]}"'),  # noqa: S704 - our own tag
        "english": "" if language == "en" else Markup(' lang="en"'),
        "marks": MARKS,
        "tiers": TIERS.items(),
        "facts": [(key, fact) for fact, key in facts.items()],
        "anchor": facts.__getitem__,
        "why": why,
        "worst": worst_risks,
        "details": item_details,
        **_sentences(brief, known),
    }
    return environment().get_template("brief.html.jinja").render(shown)


def _sentences(brief: Brief, known: Mapping[str, str]) -> dict[str, object]:
    return {
        "headline": headline(brief, known),
        "phases": held_phases(brief, known),
        "unknowns": unknowns(brief),
        "asks": asks(brief, known),
        "since": since_trigger(brief, known),
        "sources": sources_known(brief),
    }
