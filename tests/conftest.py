"""What all tests share: the shipped cases assessed, and situations made from a few words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache

import pytest
from hypothesis import settings
from numpy.random import PCG64, Generator

from standwith.assess.assessment import assess
from standwith.assess.case import read_case
from standwith.assess.fact import fact_definitions
from standwith.assess.picture import Assessment
from standwith.assess.profile import shipped, shipped_profile
from standwith.assess.situation import (
    SITUATION,
    Organisation,
    PhaseEvidence,
    Request,
    Situation,
)
from standwith.choose.brief import seed_of, write_brief
from standwith.choose.page import Brief
from standwith.kernel.claim import Claim
from standwith.kernel.grade import Grade
from standwith.kernel.pack import read_yaml
from standwith.kernel.period import parse_period
from standwith.kernel.place import place
from standwith.kernel.source import Citation
from standwith.kernel.text import parse_text

# A slow machine is no failure; what must be fast is measured under benchmarks.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

TODAY = date(2026, 1, 1)
DAY = date(2024, 6, 1)
CITED = Citation("made", "1")


@cache
def shipped_case(name: str) -> Situation:
    """Read a shipped case."""
    return read_case(read_yaml(f"cases/{name}.yaml"), today=TODAY)


@cache
def brief_of(name: str, profile: str = "", as_of: str = "") -> Brief:
    """Work out the brief of a shipped case under one profile, or under both."""
    situation = shipped_case(name)
    day = date.fromisoformat(as_of) if as_of else situation.as_of
    assessed = assess(situation, as_of=day)
    profiles = (shipped_profile(profile),) if profile else shipped()
    return write_brief(assessed, profiles, rng=Generator(PCG64(seed_of(assessed, profiles))))


def claims_on(facts: Mapping[str, str], organisations: Sequence[str]) -> tuple[Claim, ...]:
    """Make a deciding claim for each fact; ``both`` makes two that contradict each other."""
    made: list[Claim] = []
    for fact, word in facts.items():
        scope = fact_definitions()[fact].scope
        subjects = organisations if scope == "organisation" else (SITUATION,)
        values = {"both": ("true", "false"), "unknown": ()}.get(word, (word,))
        for subject in subjects:
            made += [_claim(f"{fact}-{subject}-{v}", subject, fact, v) for v in values]
    return tuple(made)


def _claim(name: str, subject: str, fact: str, value: str) -> Claim:
    period = parse_period("2024-01-01/..")
    return Claim(
        name, subject, fact, value, period, DAY, CITED, Grade("A", "1"), authoritative="made"
    )


def situation_of(
    facts: Mapping[str, str],
    *,
    kinds: Sequence[str] = ("civic",),
    signs: Sequence[str] = ("growing-numbers", "strikes"),
    asks: Sequence[str] = (),
    extra: Sequence[Claim] = (),
) -> Situation:
    """Make a situation: organisations are named after their kinds, facts hold of each."""
    organisations = tuple(Organisation(kind, parse_text(kind), kind) for kind in kinds)
    requests = tuple(
        Request(f"q-{kind}", kind, tuple(asks), DAY, None, None, True, "letter", CITED, DAY)
        for kind in kinds
        if asks
    )
    return Situation(
        id="made",
        title=parse_text("made"),
        country=place("BY"),
        as_of=DAY,
        summary=parse_text("made"),
        trigger=None,
        sources={},
        organisations=organisations,
        relations=(),
        claims=(*claims_on(facts, kinds), *extra),
        requests=requests,
        phase_evidence=tuple(PhaseEvidence(sign, CITED, DAY) for sign in signs),
        acts=(),
        appraisals=(),
        warnings=(),
    )


@pytest.fixture
def made() -> Callable[..., Assessment]:
    """Assess a situation made from a few words."""

    def make(facts: Mapping[str, str], **more: Sequence[str]) -> Assessment:
        return assess(situation_of(facts, **more), as_of=DAY)  # type: ignore[arg-type]

    return make
