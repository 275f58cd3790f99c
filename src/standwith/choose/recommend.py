"""Recommendations: one for each entry of the catalogue, over organisations and profiles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from standwith.assess.assessment import Assessment
from standwith.assess.profile import Profile
from standwith.choose.action import Action
from standwith.choose.advice import Advice
from standwith.choose.decide import Decision, Judge


@dataclass(frozen=True, slots=True)
class ProfileAdvice:
    """The advice under one profile: the freest over the organisations, and all decisions."""

    profile: str
    advice: Advice
    decisions: tuple[Decision, ...]

    @property
    def governing(self) -> Decision:
        """The decision that the advice is taken from."""
        return next(d for d in self.decisions if d.advice is self.advice)

    @property
    def fit_for(self) -> tuple[str, ...]:
        """The organisations for which this advice holds."""
        chosen = (d.organisation for d in self.decisions if d.advice is self.advice)
        return tuple(name for name in chosen if name)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The advice on one action: the strictest over the profiles, with each of them beside it."""

    action: Action
    advice: Advice
    profiles: tuple[ProfileAdvice, ...]

    @property
    def governing(self) -> Decision:
        """The decision of the strictest profile."""
        strictest = next(p for p in self.profiles if p.advice is self.advice)
        return strictest.governing

    @property
    def pending(self) -> tuple[str, ...]:
        """Sign-offs under any of the profiles, each once."""
        return tuple(dict.fromkeys(w for p in self.profiles for w in p.governing.pending))

    @property
    def fit_for(self) -> tuple[str, ...]:
        """The organisations for which the governing profile gives this advice."""
        return next(p for p in self.profiles if p.advice is self.advice).fit_for

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the tables add without changing the verdict, such as measured support."""
        rows = (row for p in self.profiles for row in p.governing.rows)
        return tuple(dict.fromkeys(r.because for r in rows if r.outcome in {"measured", "counsel"}))


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
