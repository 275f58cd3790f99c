"""Recommendations: one for each entry of the catalogue, over organisations and profiles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from standwith.assess.picture import Assessment
from standwith.assess.policy import Profile
from standwith.choose.action import Action
from standwith.choose.decide import Judge
from standwith.choose.recommendation import ProfileAdvice, Recommendation


def recommend(
    assessment: Assessment, profiles: Sequence[Profile], actions: Mapping[str, Action]
) -> tuple[Recommendation, ...]:
    """Decide every action under every profile; the strictest profile gives the advice."""
    judges = [Judge(assessment, profile) for profile in profiles]
    return tuple(_one(judges, action) for action in actions.values())


def _one(judges: Iterable[Judge], action: Action) -> Recommendation:
    found = tuple(_under(judge, action) for judge in judges)
    strictest = max(found, key=lambda p: p.advice.strictness)
    return Recommendation(action, strictest.advice, found)


def _under(judge: Judge, action: Action) -> ProfileAdvice:
    decisions = tuple(judge.decide(action, o) for o in judge.recipients(action) or (None,))
    freest = min(decisions, key=lambda d: d.advice.strictness)
    return ProfileAdvice(judge.profile.id, freest.advice, decisions)
