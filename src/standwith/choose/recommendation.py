"""Recommendations: the advice on one action, over organisations and profiles."""

from __future__ import annotations

from dataclasses import dataclass

from standwith.choose.action import Action
from standwith.choose.advice import Advice
from standwith.choose.decision import Decision
from standwith.kernel.verdict import Verdict


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


@dataclass(frozen=True, slots=True)
class Change:
    """If these facts or criteria took these values, the advice would be this."""

    assumed: tuple[tuple[str, str, Verdict], ...]
    advice: Advice


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what its answer is worth.

    ``value`` is the expected gain in summed utility of advised actions; ``evpi`` the expected
    gain of the single best one (Raiffa and Schlaifer 1961); both under even odds for the answer.
    ``unlocks`` are actions that this answer alone would open, ``helps`` those that need more.
    """

    fact: str
    subject: str
    text: str
    ask: str
    risk_of_asking: str
    value: float
    evpi: float
    unlocks: tuple[str, ...]
    helps: tuple[str, ...]
