"""The details of one item of a brief, in the words of a language, for pages and documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from standwith.choose.action import Action, Risk
from standwith.choose.page import Brief, Item
from standwith.kernel.source import Source
from standwith.publish.wording import before, changed, differing, limits, pending


def details(
    item: Item, also: Sequence[Item], words: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """List (name, text) pairs of what binds an item; empty ones are left out."""
    advice = item.recommendation
    grade = item.evidence
    rows = (
        ("also", "; ".join(_named(other, item) for other in also)),
        ("pending", pending(item)),
        ("before", before(item)),
        ("fit_for", ", ".join(advice.fit_for)),
        ("limits", limits(item)),
        ("differ", differing(item)),
        ("substitute", instead(item)),
        ("change", "; ".join(changed(change) for change in item.would_change[:1])),
        ("conflict", "; ".join(f"{other}: {reason}" for other, reason in item.conflicts)),
        ("evidence", f"{grade.letter} ({grade.studies} studies)" if grade.studies else ""),
    )
    return tuple((words[key], text) for key, text in rows if text)


def _named(item: Item, lead: Item) -> str:
    action, waiting = item.recommendation.action, pending(item)
    own = f" ({waiting})" if waiting != pending(lead) else ""
    return f"{action.id} {action.title}{own}"


def instead(item: Item) -> str:
    """Say what may be done in the place of an action that is never done as worded."""
    action = item.recommendation.action
    codes = f" ({', '.join(action.substitute_actions)})" if action.substitute_actions else ""
    return action.substitute + codes if action.substitute else ""


def worst_risks(action: Action) -> tuple[Risk, ...]:
    """List the gravest risks of an action; all of them stand in `catalogue show`."""
    for severity in ("high", "medium", "low"):
        found = tuple(risk for risk in action.risks if risk.severity == severity)
        if found:
            return found
    return ()


def sources_known(brief: Brief) -> tuple[Source, ...]:
    """List the sources of the case that had appeared by the day of the brief."""
    situation = brief.assessment.situation
    return tuple(s for s in situation.sources.values() if s.published <= situation.as_of)


def since_trigger(brief: Brief, words: Mapping[str, str]) -> str:
    """Say how long ago the trigger was; empty where there is none."""
    trigger = brief.assessment.situation.trigger
    days = brief.timeliness.days_since_trigger
    return words["days_since"].format(days=days, what=trigger.what) if trigger else ""
