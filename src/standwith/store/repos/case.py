"""Rows of a situation and the data of a case file: there and back without loss."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from standwith.kernel.sensitivity import Sensitivity
from standwith.store.models.case import Claim, Note, Organisation, Request, Situation, Source

Data = dict[str, Any]
NOTES = ("relations", "phase_evidence", "acts", "appraisals", "warnings")
_LEVELS = tuple(Sensitivity)


def situation_row(data: Data) -> Situation:
    """Make the row of a case's head."""
    return Situation(
        slug=data["case"],
        title=_texts(data["title"]),
        country=data["country"],
        as_of=data["as_of"],
        summary=_texts(data.get("summary") or data["title"]),
        trigger=data.get("trigger"),
    )


def _texts(value: str | Data) -> Data:
    return {"en": value} if isinstance(value, str) else value


def source_row(data: Data, situation: Situation) -> Source:
    """Make the row of a source."""
    return Source(
        situation=situation,
        key=data["id"],
        title=data["title"],
        author=data["author"],
        published=data["published"],
        citation=data["citation"],
        licence=data.get("licence", ""),
    )


def organisation_row(data: Data, situation: Situation) -> Organisation:
    """Make the row of an organisation."""
    return Organisation(
        situation=situation,
        key=data["id"],
        name=_texts(data["name"]),
        kind=data["kind"],
        aliases=list(data.get("aliases", [])),
        note=data.get("note", ""),
    )


def claim_row(data: Data, situation: Situation, source: Source) -> Claim:
    """Make the row of a claim."""
    return Claim(
        situation=situation,
        key=data["id"],
        subject=data.get("about", "situation"),
        fact=data["fact"],
        value=str(data["value"]).lower(),
        valid=str(data.get("valid") or data["recorded"]),
        recorded=data["recorded"],
        source=source,
        lines=str(data["source"].get("lines") or ""),
        grade=data["grade"],
        note=data.get("note", ""),
        authoritative=data.get("authoritative", ""),
        inadmissible=data.get("inadmissible", ""),
    )


def request_row(data: Data, situation: Situation, source: Source) -> Request:
    """Make the row of a request."""
    return Request(
        situation=situation,
        key=data["id"],
        organisation=data["organisation"],
        actions=list(data["actions"]),
        given=data["given"],
        until=data.get("until") or "",
        withdrawn=data.get("withdrawn") or "",
        verified=data["verified"],
        channel=data["channel"],
        source=source,
        lines=str(data["source"].get("lines") or ""),
        recorded=data["recorded"],
        note=data.get("note", ""),
    )


def note_row(
    data: Data, kind: str, number: int, situation: Situation, source: Source | None
) -> Note:
    """Make the row of another part; its data stay as they are."""
    key = str(data.get("id") or f"{kind}-{number}")
    return Note(situation=situation, key=key, kind=kind, body=data, source=source)


def head_data(row: Situation) -> Data:
    """Write the head of a case."""
    data = {
        "case": row.slug,
        "title": row.title,
        "country": row.country,
        "as_of": row.as_of,
        "summary": row.summary,
    }
    return data | ({"trigger": row.trigger} if row.trigger else {})


def source_data(row: Source) -> Data:
    """Write a source."""
    names = ("title", "author", "published", "citation", "licence")
    return {"id": row.key} | {name: getattr(row, name) for name in names if getattr(row, name)}


def organisation_data(row: Organisation) -> Data:
    """Write an organisation."""
    data = {"id": row.key, "name": row.name, "kind": row.kind}
    return data | {name: value for name in ("aliases", "note") if (value := getattr(row, name))}


def claim_data(row: Claim) -> Data:
    """Write a claim; its sensitivity is that of everything it derives from."""
    data = {
        "id": row.key,
        "about": row.subject,
        "fact": row.fact,
        "value": {"true": True, "false": False}.get(row.value, row.value),
        "valid": row.valid,
        "recorded": row.recorded,
        "source": _cited(row.source.key, row.lines),
        "grade": row.grade,
        "sensitivity": _LEVELS[row.label.level].value,
    }
    optional = ("note", "authoritative", "inadmissible")
    return data | {name: value for name in optional if (value := getattr(row, name))}


def request_data(row: Request) -> Data:
    """Write a request."""
    data = {
        "id": row.key,
        "organisation": row.organisation,
        "actions": row.actions,
        "given": row.given,
        "verified": row.verified,
        "channel": row.channel,
        "source": _cited(row.source.key, row.lines),
        "recorded": row.recorded,
    }
    optional = ("until", "withdrawn", "note")
    return data | {name: value for name in optional if (value := getattr(row, name))}


def _cited(source: str, lines: str) -> Data:
    return {"id": source} | ({"lines": lines} if lines else {})


def case_data(
    head: Situation,
    sources: Iterable[Source],
    organisations: Iterable[Organisation],
    claims: Iterable[Claim],
    requests: Iterable[Request],
    notes: Iterable[Note],
) -> Data:
    """Put a case file together from its rows."""
    data = head_data(head)
    data["sources"] = [source_data(row) for row in sources]
    data["organisations"] = [organisation_data(row) for row in organisations]
    data["claims"] = [claim_data(row) for row in claims]
    data["requests"] = [request_data(row) for row in requests]
    held = list(notes)
    for kind in NOTES:
        data[kind] = [row.body for row in held if row.kind == kind]
    return data
