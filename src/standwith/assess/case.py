"""Reads a case file: form first, then sense; every problem is reported, none is guessed away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from standwith.assess.form import check_form
from standwith.assess.problem import Findings
from standwith.assess.sense import check_sense
from standwith.assess.situation import (
    SITUATION,
    Act,
    Appraisal,
    Caution,
    Organisation,
    PhaseEvidence,
    Relation,
    Request,
    Situation,
    Trigger,
)
from standwith.kernel.claim import Claim
from standwith.kernel.document import Data, Document
from standwith.kernel.grade import parse_grade
from standwith.kernel.period import parse_period
from standwith.kernel.place import place
from standwith.kernel.sensitivity import Sensitivity
from standwith.kernel.source import Citation, Source
from standwith.kernel.text import parse_text


def read_case(document: Document, *, today: date) -> Situation:
    """Read a case file into a situation.

    Raises:
        UnusableCase: with every problem of form and of sense.
    """
    findings = Findings(document)
    check_form(findings, "case")
    check_sense(findings, today=today)
    findings.stop()
    return situation_of(document.data)


def situation_of(data: Data) -> Situation:
    """Build a situation from the data of a case whose form and sense were checked."""
    return Situation(
        id=data["case"],
        title=parse_text(data["title"]),
        country=place(data["country"]),
        as_of=_day(data["as_of"]),
        summary=parse_text(data.get("summary") or data["title"]),
        trigger=_trigger(data.get("trigger")),
        sources={row["id"]: _source(row) for row in data["sources"]},
        organisations=tuple(_organisation(row) for row in data["organisations"]),
        relations=_each(data, "relations", _relation),
        claims=tuple(_claim(row) for row in data["claims"]),
        requests=_each(data, "requests", _request),
        phase_evidence=_each(data, "phase_evidence", _sign),
        acts=_each(data, "acts", _act),
        appraisals=_each(data, "appraisals", _appraisal),
        warnings=_each(data, "warnings", _caution),
    )


Part = TypeVar("Part")


def _each(data: Data, key: str, read: Callable[[Data], Part]) -> tuple[Part, ...]:
    return tuple(read(row) for row in data.get(key) or [])


def _relation(row: Data) -> Relation:
    return Relation(row["from"], row["to"], row["kind"])


def _caution(row: Data) -> Caution:
    return Caution(row["text"], _cite(row["source"]), _day(row["recorded"]))


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _maybe(text: str | None) -> date | None:
    return _day(text) if text else None


def _cite(row: Data) -> Citation:
    return Citation(row["id"], str(row.get("lines") or ""))


def _source(row: Data) -> Source:
    return Source(
        row["id"],
        row["title"],
        row["author"],
        _day(row["published"]),
        row["citation"],
        row.get("licence", ""),
    )


def _organisation(row: Data) -> Organisation:
    aliases = tuple(row.get("aliases", ()))
    name = parse_text(row["name"])
    return Organisation(row["id"], name, row["kind"], aliases, row.get("note", ""))


def _claim(row: Data) -> Claim:
    return Claim(
        id=row["id"],
        subject=row.get("about", SITUATION),
        fact=row["fact"],
        value=str(row["value"]).lower(),
        valid=parse_period(str(row.get("valid") or row["recorded"])),
        recorded=_day(row["recorded"]),
        source=_cite(row["source"]),
        grade=parse_grade(row["grade"]),
        note=row.get("note", ""),
        authoritative=row.get("authoritative", ""),
        inadmissible=row.get("inadmissible", ""),
        sensitivity=Sensitivity(row.get("sensitivity", "TLP:CLEAR")),
    )


def _request(row: Data) -> Request:
    return Request(
        row["id"],
        row["organisation"],
        tuple(row["actions"]),
        _day(row["given"]),
        _maybe(row.get("until")),
        _maybe(row.get("withdrawn")),
        row["verified"],
        row["channel"],
        _cite(row["source"]),
        _day(row["recorded"]),
        row.get("note", ""),
    )


def _trigger(row: Data) -> Trigger | None:
    return Trigger(row["what"], _day(row["date"]), _cite(row["source"])) if row else None


def _sign(row: Data) -> PhaseEvidence:
    cited = _cite(row["source"])
    return PhaseEvidence(row["indicator"], cited, _day(row["recorded"]), row.get("note", ""))


def _act(row: Data) -> Act:
    lag = row.get("lag_days") or {}
    when = parse_period(str(row["when"])) if row.get("when") else None
    return Act(
        row["id"],
        row["actor"],
        row["what"],
        row["tool"],
        when,
        (lag.get("least"), lag.get("most")),
        row.get("prepared", False),
        _cite(row["source"]),
        _day(row["recorded"]),
    )


def _appraisal(row: Data) -> Appraisal:
    cited = _cite(row["source"])
    strength = row.get("strength", "strong")
    day = _day(row["recorded"])
    return Appraisal(row["action"], row["direction"], strength, cited, day, row["note"])
