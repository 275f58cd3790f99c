"""Briefs and assessments of a stored situation, from what the reader may see and nothing else."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import rfc8785
from numpy.random import PCG64, Generator

from standwith.assess.assessment import assess
from standwith.assess.case import situation_of
from standwith.assess.criteria import criteria
from standwith.assess.profile import shipped, shipped_profile
from standwith.choose.brief import seed_of, write_brief
from standwith.choose.page import Brief
from standwith.kernel.policy import Purpose, Reader
from standwith.publish import contract
from standwith.services.audience import audience
from standwith.services.cases import case_of
from standwith.services.change import changing
from standwith.services.sight import NothingThere, Sight, looking
from standwith.store.models.case import Situation

Data = dict[str, Any]
PROFILES = ("strictest", "icnc", "crm-atrocity")


class UnusableDay(ValueError):  # noqa: N818 - named for the situation
    """A day or profile for which there is no brief."""


@dataclass(frozen=True, slots=True)
class Worked:
    """A brief as plain data, with the hash of what it was computed from."""

    brief: Data
    assessment: Data
    sha256: str


def read_brief(
    reader: Reader, situation: str, *, profile: str = "strictest", as_of: str = ""
) -> Worked:
    """Work out the brief of a situation for a reader.

    Raises:
        NothingThere: there is no such situation for this reader.
        UnusableDay: the profile or the day cannot be used.
    """
    with looking(reader, Purpose.CHOOSE) as sight:
        return brief_seen(sight, situation, profile=profile, as_of=as_of)


def read_assessment(
    reader: Reader, situation: str, *, profile: str = "strictest", as_of: str = ""
) -> Data:
    """Return the assessment as its page shows it: criteria with their titles, and what is unknown.

    Raises:
        NothingThere, UnusableDay: see ``read_brief``.
    """
    worked = read_brief(reader, situation, profile=profile, as_of=as_of)
    titles = {item.id: item.title for item in criteria().values()}
    questions = worked.brief["questions"]
    return {"assessment": worked.assessment, "titles": titles, "questions": questions}


def brief_seen(sight: Sight, situation: str, *, profile: str, as_of: str) -> Worked:
    """Work out a brief from what a sight shows."""
    row = sight.one(Situation, situation)
    day = _day(as_of or row.as_of)
    if profile not in PROFILES:
        raise UnusableDay(f"{profile!r} is no profile; choose {', '.join(PROFILES)}")
    data = case_of(sight, row, as_of=day)
    return work_out(rfc8785.dumps(data), day.isoformat(), profile)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnusableDay(f"{text!r} is no day; write it as 2020-08-18") from error


@lru_cache(maxsize=64)
def work_out(case: bytes, as_of: str, profile: str) -> Worked:
    """Work out a brief from the bytes of a case; the same bytes give the same brief.

    Kept by content: what a reader gets rests on what this reader may see, whoever asked before.
    """
    brief = worked_brief(case, as_of, profile)
    found = hashlib.sha256(case + as_of.encode() + profile.encode()).hexdigest()
    return Worked(contract.brief(brief), contract.assessment(brief.assessment, profile), found)


def worked_brief(case: bytes, as_of: str, profile: str) -> Brief:
    """Work out a brief from the bytes of a case."""
    profiles = shipped() if profile == "strictest" else (shipped_profile(profile),)
    assessed = assess(situation_of(json.loads(case)), as_of=date.fromisoformat(as_of))
    rng = Generator(PCG64(seed_of(assessed, profiles)))
    return write_brief(assessed, profiles, rng=rng)


@dataclass(frozen=True, slots=True)
class Document:
    """A brief to take along."""

    name: str
    media_type: str
    content: bytes


_SECTIONS = (
    ("now", "Do now"),
    ("approval", "Do once approved"),
    ("ask", "Find out first"),
    ("hold", "Wait"),
    ("never", "Never as worded"),
)
_PLACES = {
    "needs-info": "ask",
    "contested": "ask",
    "hold": "hold",
    "not-warranted": "hold",
    "prohibited": "never",
}
_FORMS = {
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def read_page(
    reader: Reader, situation: str, *, profile: str = "strictest", as_of: str = ""
) -> Data:
    """Return the brief as its page shows it: sections, questions, and who else can see it.

    Raises:
        NothingThere, UnusableDay: see ``read_brief``.
    """
    with looking(reader, Purpose.CHOOSE) as sight:
        row = sight.one(Situation, situation)
        worked = brief_seen(sight, situation, profile=profile, as_of=as_of)
        who = audience(row, Purpose.CHOOSE)
    rows = worked.brief["recommendations"]
    sections = [
        {"key": key, "title": title, "rows": [r for r in _ranked(rows) if _section(r) == key]}
        for key, title in _SECTIONS
    ]
    return {
        "title": row.title,
        "brief": worked.brief,
        "sha256": worked.sha256,
        "sections": sections,
        "profile": profile,
        "profiles": PROFILES,
        "who": who,
    }


def _section(row: Data) -> str:
    """Place a row: what is advised waits for its sign-offs before it can start."""
    if row["verdict"] in {"recommend", "permit"}:
        return "approval" if row["pending"] else "now"
    return _PLACES.get(row["verdict"], "")


def _ranked(rows: list[Data]) -> list[Data]:
    return sorted(rows, key=lambda row: row["band"] or 99)


def read_item(reader: Reader, situation: str, action: str) -> Data:
    """Return what the brief says of one action.

    Raises:
        NothingThere: there is no such situation for this reader, or no such action.
    """
    worked = read_brief(reader, situation)
    for row in worked.brief["recommendations"]:
        if row["action"] == action:
            return dict(row)
    raise NothingThere(f"the catalogue has no action {action!r}")


def document(
    reader: Reader, situation: str, form: str, *, profile: str = "strictest", as_of: str = ""
) -> Document:
    """Set the brief as a document; that it left the workspace stands in the log.

    Raises:
        NothingThere, UnusableDay: see ``read_brief``.
    """
    with changing(reader, Purpose.CHOOSE, "record.export") as change:
        row = change.sight.one(Situation, situation)
        day = _day(as_of or row.as_of)
        case = rfc8785.dumps(case_of(change.sight, row, as_of=day))
        change.remark("exported", row.pk, {"form": form, "profile": profile})
    content = _set(case, day.isoformat(), profile, form)
    return Document(f"{row.slug}.{form}", _FORMS[form], content)


def _set(case: bytes, as_of: str, profile: str, form: str) -> bytes:
    if form == "json":
        return json.dumps(work_out(case, as_of, profile).brief, ensure_ascii=False).encode()
    from standwith.publish.html import brief_page  # noqa: PLC0415 - writers load when one is asked for
    from standwith.publish.pdf import brief_pdf  # noqa: PLC0415 - likewise
    from standwith.publish.word import brief_docx  # noqa: PLC0415 - likewise

    brief = worked_brief(case, as_of, profile)
    if form == "pdf":
        return brief_pdf(brief, "en")
    return brief_docx(brief, "en") if form == "docx" else brief_page(brief, "en").encode()
