"""Criteria as data: each a rule over facts, with its passage, worked out for one organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from standwith.assess.evidence import Evidence
from standwith.assess.fact import fact_definitions
from standwith.assess.finding import Finding
from standwith.assess.situation import SITUATION
from standwith.kernel.argument import Argument
from standwith.kernel.pack import read_json
from standwith.kernel.source import Citation
from standwith.kernel.verdict import Verdict, conjunction, disjunction

Rule = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion or gate of the sources, with the rule that decides it."""

    id: str
    title: str
    kind: str
    scope: str
    graded: bool
    rule: Rule
    citation: Citation
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether the criterion is valid on a day; its last day is included."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)

    @property
    def decidable(self) -> bool:
        """Whether claims on organisations or the situation decide it."""
        return (
            self.kind == "fact"
            and self.scope in {"organisation", "situation"}
            and not (self.rule.keys() & {"phase"})
        )


@cache
def criteria() -> Mapping[str, Criterion]:
    """Return the 37 criteria and gates by id, in the order of the catalogue."""
    return {row["id"]: _read(row) for row in read_json("catalogue/release.json")["criteria"]}


def evaluate(criterion: Criterion, evidence: Evidence, subject: str | None) -> Finding:
    """Work out a criterion for an organisation, or for the situation (subject None)."""
    argument, grade = _weigh(criterion.rule, evidence, subject)
    root = Argument(
        f"{criterion.id} {criterion.title}",
        argument.verdict,
        criterion.id,
        criterion.citation,
        (argument,),
    )
    return Finding(criterion.id, argument.verdict, grade or _grade(argument.verdict), root)


_GRADES = {
    Verdict.TRUE: "met",
    Verdict.FALSE: "not",
    Verdict.UNKNOWN: "unknown",
    Verdict.BOTH: "contested",
    Verdict.NOT_APPLICABLE: "n/a",
}


def _grade(verdict: Verdict) -> str:
    return _GRADES[verdict]


def _weigh(rule: Rule, evidence: Evidence, subject: str | None) -> tuple[Argument, str]:
    if "fact" in rule:
        return _fact(str(rule["fact"]), evidence, subject)
    if "criterion" in rule:
        found = evaluate(criteria()[rule["criterion"]], evidence, subject)
        return found.argument, found.grade
    if "unless" in rule:
        return _unless(rule, evidence, subject)
    if "not" in rule:
        inner, _ = _weigh(rule["not"], evidence, subject)
        return Argument(f"not: {inner.statement}", ~inner.verdict, "not", None, (inner,)), ""
    word, combine = ("all", conjunction) if "all" in rule else ("any", disjunction)
    parts = tuple(_weigh(part, evidence, subject)[0] for part in rule[word])
    return Argument(f"{word} of", combine(p.verdict for p in parts), word, None, parts), ""


def _fact(fact: str, evidence: Evidence, subject: str | None) -> tuple[Argument, str]:
    if fact == "request":
        return _asked(evidence, subject)
    about = subject if _scope(fact) == "organisation" else SITUATION
    about = about or SITUATION
    return evidence.argue(fact, about), evidence.status(fact, about).grade


def _asked(evidence: Evidence, subject: str | None) -> tuple[Argument, str]:
    day = evidence.situation.as_of
    standing = [
        request
        for request in evidence.situation.requests
        if request.organisation == subject and request.stands_on(day)
    ]
    verdict = Verdict.TRUE if standing else Verdict.UNKNOWN
    leaves = tuple(Argument(r.note, Verdict.TRUE, r.id, r.source) for r in standing)
    text = "verified requests in force" if standing else "no verified request in force"
    return Argument(text, verdict, "request", premises=leaves), ""


def _unless(rule: Rule, evidence: Evidence, subject: str | None) -> tuple[Argument, str]:
    test, _ = _weigh(rule["unless"], evidence, subject)
    if test.verdict is Verdict.FALSE:
        text = str(rule["because"])
        return Argument(text, Verdict.NOT_APPLICABLE, "unless", None, (test,)), "n/a"
    inner, grade = _weigh(rule["else"], evidence, subject)
    return Argument(inner.statement, inner.verdict, inner.rule, None, (test, inner)), grade


def _scope(fact: str) -> str:
    return fact_definitions()[fact].scope


def _read(row: Mapping[str, Any]) -> Criterion:
    first = row["sources"][0]
    return Criterion(
        row["id"],
        row["title"]["en"],
        row["kind"],
        row["scope"],
        row["graded"],
        row["rule"],
        Citation(first["source"], first["lines"]),
        _day(row["valid"]["from"]),
        _day(row["valid"]["to"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
