"""What would change the advice: the fewest facts that, decided otherwise, give another verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, product

from standwith.choose.action import Action
from standwith.choose.advice import Advice
from standwith.choose.decide import PHASE, Assumptions, Judge
from standwith.choose.decision import Decision
from standwith.choose.recommendation import Change
from standwith.kernel.document import Data
from standwith.kernel.verdict import Verdict

Key = tuple[str, str]
After = Callable[[Assumptions], Advice]
_FIXED = frozenset({Advice.PROHIBITED, Advice.NOT_WARRANTED, Advice.REFERENCE_ONLY})


def would_change(
    judges: Sequence[Judge], action: Action, decisions: Sequence[Decision]
) -> tuple[Change, ...]:
    """Find minimal changes: single facts, then pairs, then the smallest set that opens all.

    ``decisions`` are those of the judges, in their order, for one recipient; their strictest is
    the advice. Facts that are unknown or contested may turn either way; of an advised action, the
    facts that its gates stand on may fall. Prohibitions do not change with facts.
    """
    now = _strictest(d.advice for d in decisions)
    if now in _FIXED:
        return ()
    name = decisions[0].organisation
    organisation = next((o for o in judges[0].situation.organisations if o.id == name), None)

    def after(assumed: Assumptions) -> Advice:
        return _strictest(j.decide(action, organisation, assumed).advice for j in judges)

    if now.advised:
        gates = (g for d in decisions for g in d.gates if g.verdict is Verdict.TRUE)
        stands_on = tuple(dict.fromkeys((g.fact, g.subject) for g in gates))
        return tuple(_differing(stands_on, (Verdict.FALSE,), 1, now, after))
    keys = all_open_keys(judges, decisions)
    return (*_opening(keys, now, after), *_closing(keys, now, after))


def _strictest(found: Iterable[Advice]) -> Advice:
    return max(found, key=lambda advice: advice.strictness)


def all_open_keys(judges: Sequence[Judge], decisions: Sequence[Decision]) -> tuple[Key, ...]:
    """List what keeps any of the decisions open, each once."""
    pairs = zip(judges, decisions, strict=True)
    return tuple(dict.fromkeys(key for judge, d in pairs for key in open_keys(judge, d)))


def _opening(keys: Sequence[Key], now: Advice, after: After) -> Iterable[Change]:
    for size in (1, 2):
        changes = _differing(keys, (Verdict.TRUE, Verdict.FALSE), size, now, after)
        found = [c for c in changes if c.advice.strictness < now.strictness]
        if found or size >= len(keys):
            return found
    return _all_at_once(keys, now, after)


def _closing(keys: Sequence[Key], now: Advice, after: After) -> Iterable[Change]:
    changes = _differing(keys, (Verdict.FALSE,), 1, now, after)
    return [c for c in changes if c.advice.strictness > now.strictness]


def open_keys(judge: Judge, decision: Decision) -> tuple[Key, ...]:
    """List what keeps a decision open: gates and criteria that are unknown or contested."""
    keys = [(g.fact, g.subject) for g in decision.gates if g.verdict in _UNDECIDED]
    if decision.fits_phase is Verdict.UNKNOWN:
        keys.append(PHASE)
    own = judge.assessment.organisations.get(decision.organisation or "", {})
    for name in _deciding(decision):
        finding = own.get(name) or judge.assessment.criteria.get(name)
        if finding and finding.verdict in _UNDECIDED:
            keys.append(("criterion", name))
    return tuple(dict.fromkeys(keys))


_UNDECIDED = frozenset({Verdict.UNKNOWN, Verdict.BOTH})


def _deciding(decision: Decision) -> Iterator[str]:
    for row in decision.rows:
        if row.outcome not in {"measured", "counsel"}:
            yield from sorted(set(_criteria(row.when)))


def _criteria(condition: Data) -> Iterator[str]:
    if "criterion" in condition:
        yield condition["criterion"]
    for word in ("all", "any"):
        for part in condition.get(word, ()):
            yield from _criteria(part)
    if "not" in condition:
        yield from _criteria(condition["not"])


def _differing(
    keys: Sequence[Key], values: tuple[Verdict, ...], size: int, now: Advice, after: After
) -> Iterable[Change]:
    for chosen in combinations(keys, size):
        for pick in product(values, repeat=size):
            advice = after(dict(zip(chosen, pick, strict=True)))
            if advice is not now:
                yield _change(chosen, pick, advice)


def _all_at_once(keys: Sequence[Key], now: Advice, after: After) -> Iterable[Change]:
    kept = list(keys)
    advice = after(dict.fromkeys(kept, Verdict.TRUE))
    if advice is now or not kept:
        return
    for key in keys:
        fewer = [other for other in kept if other != key]
        if after(dict.fromkeys(fewer, Verdict.TRUE)) is advice:
            kept = fewer
    yield _change(tuple(kept), (Verdict.TRUE,) * len(kept), advice)


def _change(keys: tuple[Key, ...], values: tuple[Verdict, ...], advice: Advice) -> Change:
    assumed = tuple(
        (fact, subject, value) for (fact, subject), value in zip(keys, values, strict=True)
    )
    return Change(assumed, advice)
