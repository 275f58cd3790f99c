"""Recommendations: one for each entry of the catalogue, over organisations and profiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from standwith.assess.situation import Organisation
from standwith.choose.action import Action
from standwith.choose.decide import Judge
from standwith.choose.decision import Decision
from standwith.choose.recommendation import ProfileAdvice, RecipientAdvice, Recommendation


def recommend(judges: Sequence[Judge], actions: Mapping[str, Action]) -> tuple[Recommendation, ...]:
    """Decide every action for every recipient under every judge's profile; see Recommendation."""
    return tuple(_one(judges, action) for action in actions.values())


def _one(judges: Sequence[Judge], action: Action) -> Recommendation:
    recipients = tuple(
        _for(judges, action, organisation)
        for organisation in judges[0].recipients(action) or (None,)
    )
    freest = min((r.advice for r in recipients), key=lambda advice: advice.strictness)
    profiles = tuple(
        _under(judge.profile.id, tuple(r.decisions[i] for r in recipients))
        for i, judge in enumerate(judges)
    )
    return Recommendation(action, freest, recipients, profiles)


def _for(
    judges: Sequence[Judge], action: Action, organisation: Organisation | None
) -> RecipientAdvice:
    decisions = tuple(judge.decide(action, organisation) for judge in judges)
    strictest = max((d.advice for d in decisions), key=lambda advice: advice.strictness)
    return RecipientAdvice(organisation.id if organisation else None, strictest, decisions)


def _under(profile: str, decisions: tuple[Decision, ...]) -> ProfileAdvice:
    freest = min((d.advice for d in decisions), key=lambda advice: advice.strictness)
    return ProfileAdvice(profile, freest, decisions)
