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
class RecipientAdvice:
    """The advice for one recipient (None: no organisation): the strictest over the profiles."""

    organisation: str | None
    advice: Advice
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The advice on one action: for each recipient the strictest profile, then the freest of them.

    An action is advised only if one and the same organisation passes under every profile.
    """

    action: Action
    advice: Advice
    recipients: tuple[RecipientAdvice, ...]
    profiles: tuple[ProfileAdvice, ...]

    @property
    def chosen(self) -> RecipientAdvice:
        """The first recipient for whom the advice holds."""
        return next(r for r in self.recipients if r.advice is self.advice)

    @property
    def governing(self) -> Decision:
        """The decision of the strictest profile for that recipient."""
        return next(d for d in self.chosen.decisions if d.advice is self.advice)

    @property
    def pending(self) -> tuple[str, ...]:
        """Sign-offs under any of the profiles for that recipient, each once."""
        return tuple(dict.fromkeys(w for d in self.chosen.decisions for w in d.pending))

    @property
    def fit_for(self) -> tuple[str, ...]:
        """The organisations for which this advice holds under all profiles taken together."""
        chosen = (r.organisation for r in self.recipients if r.advice is self.advice)
        return tuple(name for name in chosen if name)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the tables add without changing the verdict, such as measured support."""
        rows = (row for d in self.chosen.decisions for row in d.rows)
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
