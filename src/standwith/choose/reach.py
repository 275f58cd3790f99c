"""Check 8 of the catalogue: each action is advisable somewhere, and blocked somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from standwith.assess.assessment import assess
from standwith.assess.fact import fact_definitions
from standwith.assess.profile import shipped
from standwith.assess.situation import (
    SITUATION,
    Organisation,
    PhaseEvidence,
    Request,
    Situation,
)
from standwith.choose.catalogue import catalogue
from standwith.choose.decide import Judge
from standwith.choose.recommend import recommend
from standwith.kernel.claim import Claim
from standwith.kernel.grade import Grade
from standwith.kernel.period import parse_period
from standwith.kernel.place import place
from standwith.kernel.source import Citation
from standwith.kernel.text import parse_text

_DAY = date(2020, 1, 1)
_CITED = Citation("check", "1")
_BARRED = frozenset({"T3", "REF"})


def unreachable() -> Iterator[tuple[str, str]]:
    """List actions that no trial situation advises, and those that none blocks."""
    advised: set[str] = set()
    blocked: set[str] = set()
    for situation in _trials():
        assessed = assess(situation, as_of=_DAY)
        for profile in shipped():
            for item in recommend([Judge(assessed, profile)], catalogue()):
                (advised if item.advice.advised else blocked).add(item.action.id)
    for action in catalogue().values():
        if action.tier not in _BARRED and action.id not in advised:
            yield action.id, "no trial situation makes it advisable"
        if action.id not in blocked:
            yield action.id, "no trial situation blocks it"


def _trials() -> Iterator[Situation]:
    """Situations in which all is known and open, at each phase; one in which nothing is known."""
    yield _situation({}, ())
    everything = dict.fromkeys(fact_definitions(), "true") | {"invasion": "false"}
    for signs in (("quiet",), ("first-protests",), ("growing-numbers", "strikes"), ("ruler-gone",)):
        yield _situation(everything, signs)
    yield _situation(everything | {"inclusive": "false", "coup": "false"}, ("mass-march",))


def _situation(known: dict[str, str], signs: tuple[str, ...]) -> Situation:
    organisations = tuple(
        Organisation(kind, parse_text(kind), kind) for kind in ("civic", "political", "armed")
    )
    return Situation(
        id="check",
        title=parse_text("check"),
        country=place("BY"),
        as_of=_DAY,
        summary=parse_text("check"),
        trigger=None,
        sources={},
        organisations=organisations,
        relations=(),
        claims=tuple(_claims(known, organisations)),
        requests=tuple(_asks(o.id) for o in organisations if known),
        phase_evidence=tuple(PhaseEvidence(sign, _CITED, _DAY) for sign in signs),
        acts=(),
        appraisals=(),
        warnings=(),
    )


def _asks(organisation: str) -> Request:
    return Request(
        id=organisation,
        organisation=organisation,
        actions=("*",),
        given=_DAY,
        until=None,
        withdrawn=None,
        verified=True,
        channel="check",
        source=_CITED,
        recorded=_DAY,
    )


def _claims(known: dict[str, str], organisations: tuple[Organisation, ...]) -> Iterator[Claim]:
    for fact, value in known.items():
        for subject in _subjects(fact, organisations):
            yield Claim(
                f"{fact}-{subject}",
                subject,
                fact,
                value,
                parse_period("2020"),
                _DAY,
                _CITED,
                Grade("A", "1"),
                authoritative="check",
            )


def _subjects(fact: str, organisations: tuple[Organisation, ...]) -> tuple[str, ...]:
    scope = fact_definitions()[fact].scope
    if scope == "organisation":
        return tuple(o.id for o in organisations)
    if scope == "phase":
        return ()
    return tuple(catalogue()) if scope == "person" else (SITUATION,)
