"""Drafts of case files: what a first interview gives, written as YAML that fits the schema."""

from __future__ import annotations

import json
from dataclasses import dataclass

FIRST_FACTS = (
    "movement-active",
    "repression",
    "coup",
    "invasion",
    "election-dispute",
    "detentions",
    "torture",
    "shutdown",
    "strikes",
    "defection-signs",
    "exile",
    "foreign-patron",
    "armed-conflict",
    "nonviolent",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The answers of an interview; facts are (fact, true or false), unknown ones left out.

    ``decides`` says why the source decides alone, ``signs`` are those of the phase.
    """

    case: str
    title: str
    country: str
    as_of: str
    trigger: str
    trigger_date: str
    source: str
    source_title: str
    source_author: str
    source_published: str
    organisation: str
    organisation_name: str
    organisation_kind: str
    facts: tuple[tuple[str, str], ...]
    decides: str = ""
    signs: tuple[str, ...] = ()


def draft_text(draft: Draft) -> str:
    """Write a draft as a case file; facts that nobody answered stay out, and so unknown."""
    head = f"""\
# A case file of Standwith. Check it with `standwith case check`.
# One claim for each fact and source: what a source does not state is left out, never guessed.
case: {draft.case}
title: {{en: {_quoted(draft.title)}}}
country: {_quoted(draft.country)}
as_of: {draft.as_of}
trigger:
  what: {_quoted(draft.trigger)}
  date: {draft.trigger_date}
  source: {{id: {draft.source}}}
sources:
- id: {draft.source}
  title: {_quoted(draft.source_title)}
  author: {_quoted(draft.source_author)}
  published: {draft.source_published}
  citation: {_quoted(f"{draft.source_author}: {draft.source_title} ({draft.source_published})")}
organisations:
- id: {draft.organisation}
  name: {_quoted(draft.organisation_name)}
  kind: {draft.organisation_kind}
claims:{"" if draft.facts else " []"}
"""
    claims = [_claim(draft, i, fact, value) for i, (fact, value) in enumerate(draft.facts, 1)]
    signs = [_sign(draft, sign) for sign in draft.signs]
    return "".join((head, *claims, _TAIL, f"phase_evidence:{'' if signs else ' []'}\n", *signs))


_TAIL = """\
# requests: what the organisation asked for, once verified; aid that needs one waits for it.
requests: []
# Signs of the phase: see docs/reference/phases.
"""


def _claim(draft: Draft, number: int, fact: str, value: str) -> str:
    about = f"  about: {draft.organisation}\n" if fact == "nonviolent" else ""
    alone = f"  authoritative: {_quoted(draft.decides)}\n" if draft.decides else ""
    return (
        f"- id: c{number:02}\n{about}  fact: {fact}\n  value: {value}\n"
        f"  valid: {draft.trigger_date}/..\n  recorded: {_recorded(draft)}\n"
        f"  source: {{id: {draft.source}}}\n  grade: C3\n{alone}"
    )


def _sign(draft: Draft, sign: str) -> str:
    return (
        f"- {{indicator: {sign}, source: {{id: {draft.source}}}, recorded: {_recorded(draft)}}}\n"
    )


def _recorded(draft: Draft) -> str:
    return max(draft.source_published, draft.trigger_date)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
