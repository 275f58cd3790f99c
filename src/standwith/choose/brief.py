"""The brief: what to do now, what waits for which fact, what must not be done, and why."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np

from standwith.assess.picture import Assessment
from standwith.assess.policy import STRICTEST, Profile
from standwith.choose.action import Action
from standwith.choose.catalogue import catalogue
from standwith.choose.change import would_change
from standwith.choose.decide import Judge
from standwith.choose.page import Brief, Item, Standing
from standwith.choose.recommend import recommend
from standwith.choose.recommendation import Recommendation
from standwith.choose.release import current
from standwith.choose.score import GOALS, centre, grade_evidence, sample_scores
from standwith.choose.smaa import Acceptability, accept, bands, confidence, sample_goal_weights
from standwith.choose.timeliness import audit
from standwith.choose.trace import because
from standwith.choose.value import questions

SAMPLES = 2_000


def seed_of(assessment: Assessment, profiles: Sequence[Profile]) -> int:
    """Derive the seed of the ranking from its inputs, so that a replay gives the same bytes."""
    parts = [assessment.situation.id, assessment.situation.as_of.isoformat()]
    parts += [profile.id for profile in profiles] + [current()["content_sha256"]]
    return int.from_bytes(hashlib.sha256("\n".join(parts).encode()).digest()[:8], "big")


def write_brief(
    assessment: Assessment, profiles: Sequence[Profile], *, rng: np.random.Generator
) -> Brief:
    """Work out the brief of an assessed situation under one or more profiles."""
    judges = {profile.id: Judge(assessment, profile) for profile in profiles}
    advice = recommend(list(judges.values()), catalogue())
    standings = _rank(assessment, advice, rng)
    utility = {a.action.id: _middle(a.action) for a in advice}
    advised = {a.action.id for a in advice if a.advice.advised}
    items = tuple(_item(judges, a, standings.get(a.action.id), advised) for a in advice)
    name = profiles[0].id if len(profiles) == 1 else STRICTEST
    asked = questions(judges, advice, utility)
    release = current()
    return Brief(
        assessment,
        name,
        tuple(profiles),
        items,
        asked,
        audit(assessment.situation),
        release["version"],
        release["content_sha256"],
    )


def _item(
    judges: Mapping[str, Judge],
    advice: Recommendation,
    standing: Standing | None,
    advised: set[str],
) -> Item:
    decision = advice.governing
    judge = judges[decision.profile]
    clashes = advice.action.conflicts if advice.advice.advised else ()
    return Item(
        advice,
        standing,
        grade_evidence(advice.action),
        because(judge, advice.action, decision),
        would_change(list(judges.values()), advice.action, advice.chosen.decisions),
        tuple((other, why) for other, why in clashes if other in advised),
    )


def _called(assessment: Assessment) -> dict[str, int]:
    """Read what sources say of actions in this very case; one voice against outweighs all for."""
    found: dict[str, int] = {}
    for item in assessment.situation.appraisals:
        value = -1 if item.direction < 0 else 2 if item.strength == "strong" else 1
        known = found.get(item.action, value)
        found[item.action] = -1 if -1 in {known, value} else max(known, value)
    return found


def _middle(action: Action) -> float:
    scores = centre(action)
    return sum(scores) / len(scores)


def _rank(
    assessment: Assessment, advice: Sequence[Recommendation], rng: np.random.Generator
) -> dict[str, Standing]:
    chosen = [a.action for a in advice if a.advice.advised]
    if not chosen:
        return {}
    scores = sample_scores(rng, chosen, SAMPLES)
    found = accept(scores, sample_goal_weights(rng, SAMPLES, scores.shape[2], GOALS))
    sure = confidence(scores, found.central)
    asked_for = _called(assessment)
    called = [asked_for.get(action.id, 0) for action in chosen]
    placed = _place(called, bands(found))
    return {
        action.id: _standing(found, i, placed[i], called[i], float(sure[i]))
        for i, action in enumerate(chosen)
    }


def _place(called: Sequence[int], scored: Sequence[int]) -> list[int]:
    """Number the bands: asked for strongly, then weakly, then by score, then advised against."""
    keys = [(-value, band if value == 0 else 0) for value, band in zip(called, scored, strict=True)]
    ladder = {key: band for band, key in enumerate(sorted(set(keys)), start=1)}
    return [ladder[key] for key in keys]


def _standing(found: Acceptability, i: int, band: int, called: int, sure: float) -> Standing:
    central = found.central[i]
    never_first = bool(np.isnan(central).any())
    return Standing(
        band,
        called,
        float(found.utility[i]),
        float(found.ranks[i, 0]),
        None if never_first else sure,
        None if never_first else tuple(float(w) for w in central),
    )
