"""Value of information: which missing fact, if it were known, would change the advice most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from standwith.assess.fact import fact_definitions
from standwith.choose.advice import Advice
from standwith.choose.change import Key, all_open_keys
from standwith.choose.decide import Judge
from standwith.choose.recommendation import Question, Recommendation
from standwith.kernel.verdict import Verdict

CHANCE = 0.5
_OPEN = frozenset({Advice.NEEDS_INFO, Advice.CONTESTED, Advice.HOLD})


def questions(
    judges: Mapping[str, Judge],
    recommendations: Sequence[Recommendation],
    utility: Mapping[str, float],
) -> tuple[Question, ...]:
    """Rank all open questions by value, then by how many actions they would help."""
    groups = _groups(judges, recommendations)
    advised = (utility[r.action.id] for r in recommendations if r.advice.advised)
    best_now = max(advised, default=0.0)
    asked = [_ask(group, judges, found, utility, best_now) for group, found in groups.items()]
    return tuple(sorted(asked, key=lambda q: (-q.value, -len(q.helps), q.fact, q.subject)))


Group = tuple[str, str]
Found = dict[str, tuple[Recommendation, tuple[Key, ...]]]


def _groups(
    judges: Mapping[str, Judge], recommendations: Sequence[Recommendation]
) -> dict[Group, Found]:
    groups: dict[Group, Found] = defaultdict(dict)
    for item in recommendations:
        if item.advice not in _OPEN:
            continue
        chosen = item.chosen
        for key in all_open_keys([judges[d.profile] for d in chosen.decisions], chosen.decisions):
            group = _group(key, chosen.organisation or "")
            keys = groups[group].get(item.action.id, (item, ()))[1]
            groups[group][item.action.id] = (item, (*keys, key))
    return groups


_OF_CRITERION = {
    "R1": "elected-mandate",
    "R2": "inclusive",
    "R3": "deliberative",
    "R4": "democratic-resolution",
    "R5": "humanitarian-law",
    "R6": "human-rights",
}


def _group(key: Key, organisation: str) -> Group:
    kind, subject = key
    if kind == "criterion":
        return (_OF_CRITERION.get(subject, subject), organisation)
    scope = fact_definitions()[kind].scope
    return (kind, organisation if scope == "organisation" else "")


def _ask(
    group: Group,
    judges: Mapping[str, Judge],
    found: Found,
    utility: Mapping[str, float],
    best_now: float,
) -> Question:
    opened = [name for name, (item, keys) in found.items() if _opens(judges, item, keys)]
    helped = tuple(name for name in found if name not in opened)
    best_then = max((utility[name] for name in opened), default=0.0)
    definition = fact_definitions()[group[0]]
    return Question(
        group[0],
        group[1],
        definition.question,
        definition.ask,
        definition.risk_of_asking,
        CHANCE * sum(utility[name] for name in opened),
        CHANCE * max(0.0, best_then - best_now),
        tuple(opened),
        helped,
    )


def _opens(judges: Mapping[str, Judge], item: Recommendation, keys: tuple[Key, ...]) -> bool:
    """Whether the answer yes would make the action advised under every profile for one."""
    assumed = dict.fromkeys(keys, Verdict.TRUE)
    used = [judges[under.profile] for under in item.profiles]
    return any(
        all(judge.decide(item.action, organisation, assumed).advice.advised for judge in used)
        for organisation in used[0].recipients(item.action) or (None,)
    )
