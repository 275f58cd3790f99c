"""Timeliness audit: how many days after the trigger each act came, and what that says."""

from __future__ import annotations

from standwith.assess.situation import Act, Situation
from standwith.choose.audit import Audit, Lag

LATE_AFTER = 14
FEW_TOOLS = 3


def audit(situation: Situation) -> Audit:
    """Compare each known act with the trigger.

    late: no dated act came within 14 days; reactive: no act had been prepared beforehand;
    limited tools: three kinds of tool or fewer. Nothing known yields findings of its own.
    """
    trigger = situation.trigger
    if trigger is None:
        return Audit(None, (), ("no trigger is given, so nothing can be timed",))
    days = (situation.as_of - trigger.when).days
    lags = tuple(_lag(act, situation) for act in situation.acts)
    if not lags:
        return Audit(days, (), (f"no act is on record {days} days after the trigger",))
    return Audit(days, lags, tuple(_findings(lags)))


def _lag(act: Act, situation: Situation) -> Lag:
    if act.when is None or situation.trigger is None:
        return Lag(act, *act.lag)
    return Lag(act, *act.when.days_since(situation.trigger.when))


def _findings(lags: tuple[Lag, ...]) -> list[str]:
    prepared = any(lag.act.prepared for lag in lags)
    answers = [lag for lag in lags if lag.least is not None and not lag.act.prepared]
    found = [*_late(answers)]
    if not prepared:
        found.append("reactive: no act on record had been prepared beforehand")
    tools = sorted({lag.act.tool for lag in answers})
    if len(tools) <= FEW_TOOLS:
        found.append(f"limited tools: the dated answers used {', '.join(tools) or 'none'}")
    return found or ["in time, prepared and with several tools"]


def _late(answers: list[Lag]) -> list[str]:
    first = min((lag.least or 0 for lag in answers), default=0)
    if first <= LATE_AFTER:
        return []
    return [f"late: the first dated answer came {first} days or more after the trigger"]
