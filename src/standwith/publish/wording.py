"""What the renderings of a brief say: sections, reasons, changes, in the same words everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from standwith.assess.fact import fact_definitions
from standwith.assess.situation import Request
from standwith.choose.advice import Advice
from standwith.choose.page import Brief, Item
from standwith.choose.recommendation import Change
from standwith.kernel.argument import Argument
from standwith.kernel.verdict import Verdict

PENDING = {
    "evidence": "evidence file",
    "legal-basis": "legal basis",
    "risk": "risk sign-off",
    "identity-protection": "identity-protection plan",
    "neutrality": "neutrality",
    "local-ownership": "local ownership",
    "intention-and-proportionality": "intention and proportionality",
    "counsel": "counsel",
    "second-approver": "second approver",
}
MARKS = {
    Verdict.TRUE: "yes",
    Verdict.FALSE: "no",
    Verdict.UNKNOWN: "not known",
    Verdict.BOTH: "contested",
    Verdict.NOT_APPLICABLE: "does not apply",
}
_MERGED = frozenset({"now", "approval", "ask", "permit"})
_SECTIONS: tuple[tuple[str, tuple[Advice, ...]], ...] = (
    ("now", (Advice.RECOMMEND,)),
    ("approval", (Advice.RECOMMEND,)),
    ("ask", (Advice.NEEDS_INFO, Advice.CONTESTED)),
    ("hold", (Advice.HOLD, Advice.NOT_WARRANTED, Advice.OUT_OF_SCOPE)),
    ("never", (Advice.PROHIBITED,)),
    ("permit", (Advice.PERMIT,)),
    ("reference", (Advice.REFERENCE_ONLY,)),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of action: a leading item, and others that overlap with it in the same section."""

    lead: Item
    also: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the brief and its lines of action, best band first."""

    id: str
    lines: tuple[Line, ...]

    @property
    def size(self) -> int:
        """How many entries of the catalogue stand in it."""
        return sum(1 + len(line.also) for line in self.lines)


def sections(brief: Brief) -> tuple[Section, ...]:
    """Sort the items of a brief into the sections that every rendering shows, in order."""
    return tuple(_section(key, _chosen(brief, key, advice)) for key, advice in _SECTIONS)


def _chosen(brief: Brief, key: str, advice: tuple[Advice, ...]) -> list[Item]:
    items = brief.with_advice(*advice)
    if key in {"now", "approval"}:
        waiting = key == "approval"
        return [item for item in items if bool(item.recommendation.pending) is waiting]
    return list(items)


def _section(key: str, items: Sequence[Item]) -> Section:
    lines: list[Line] = []
    taken: set[str] = set()
    for item in items:
        action = item.recommendation.action
        if action.id in taken:
            continue
        taken.add(action.id)
        kin = {*action.overlaps, *action.parts, action.part_of} if key in _MERGED else set()
        also = tuple(o for o in items if o.recommendation.action.id in kin - taken)
        taken |= {other.recommendation.action.id for other in also}
        lines.append(Line(item, also))
    return Section(key, tuple(lines))


def pending(item: Item) -> str:
    """Say which sign-offs an item waits for."""
    return ", ".join(PENDING[word] for word in item.recommendation.pending)


def before(item: Item) -> str:
    """Say what must come before: the coalition, other actions."""
    codes = item.recommendation.governing.first
    return ", ".join("talk to the coalition" if code == "CN" else code for code in codes)


def limits(item: Item) -> str:
    """Say what binds how the action is done."""
    return "; ".join((*item.recommendation.action.limits, *item.recommendation.remarks))


def why(item: Item) -> str:
    """Say in one line what decides the verdict: the facts that call for it, or what is missing."""
    if item.recommendation.advice.advised:
        return "; ".join(_called(item)) or "no known fact calls for it by itself"
    verdict, reasons = _deciding(item)
    shown = (f"{r.statement} ({r.citation or r.rule})" for r in reasons)
    return f"{_STANDS[verdict]}: {'; '.join(shown)}"


def _deciding(item: Item) -> tuple[Verdict, list[Argument]]:
    """Return the first verdict that is not true, and up to three reasons that have it."""
    reasons = [reason for reason in item.because if reason.rule != "apt"]
    verdict = next((r.verdict for r in reasons if r.verdict is not Verdict.TRUE), Verdict.TRUE)
    return verdict, [reason for reason in reasons if reason.verdict is verdict][:3]


_STANDS = {
    Verdict.TRUE: "stands",
    Verdict.FALSE: "closed",
    Verdict.UNKNOWN: "not known whether",
    Verdict.BOTH: "contested",
    Verdict.NOT_APPLICABLE: "does not apply",
}


def _called(item: Item) -> Iterator[str]:
    for reason in item.because:
        if reason.rule != "apt":
            continue
        if not reason.premises:
            yield reason.statement
        for fact in reason.premises:
            claims = [leaf for leaf in fact.leaves() if leaf.verdict is Verdict.TRUE]
            if fact.verdict is Verdict.TRUE and claims:
                yield f"{claims[0].statement.rpartition(' (')[0]} ({claims[0].citation})"


def changed(change: Change) -> str:
    """Say a change in words: which facts would have to turn which way, and what follows."""
    parts = [f"{_fact(fact, about)} {MARKS[verdict]}" for fact, about, verdict in change.assumed]
    return f"{' and '.join(parts)}: then {change.advice.value}"


def _fact(fact: str, about: str) -> str:
    known = fact_definitions().get(fact)
    return known.question if known else f"{about if fact == 'criterion' else fact} is met?"


def differing(item: Item) -> str:
    """Say how the profiles differ, or nothing where they agree."""
    words = {p.profile: p.advice.value for p in item.recommendation.profiles}
    return (
        "; ".join(f"{name}: {w}" for name, w in words.items())
        if len(set(words.values())) > 1
        else ""
    )


def headline(brief: Brief, words: Mapping[str, str]) -> str:
    """Say in one sentence what the brief comes to."""
    shown = {section.id: section.size for section in sections(brief)}
    situation = brief.assessment.situation
    country = isolated(situation.country.name, words)
    return words["headline"].format(
        country=country, day=isolated(str(situation.as_of), words), **shown
    )


def isolated(text: str, words: Mapping[str, str]) -> str:
    """Keep a left-to-right text together inside a right-to-left one (Unicode isolates)."""
    right = any("\u0590" <= letter <= "\u08ff" for letter in text)
    return text if words["dir"] == "ltr" or right else f"\u2066{text}\u2069"


def held_phases(brief: Brief, words: Mapping[str, str]) -> str:
    """Say in which phases the movement is held to be, with their probabilities."""
    names = words["phases"].split("|")
    held = [b for b in brief.assessment.phase.beliefs if b.held]
    shown = ", ".join(f"{names[b.phase]} ({b.probability:.0%})" for b in held)
    return words["phase_sentence"].format(phases=shown or words["is_unknown"])


def unknowns(brief: Brief) -> tuple[str, ...]:
    """List the criteria that are unknown or contested, grouped by what they are about."""
    assessment = brief.assessment
    groups = [
        (str(o.name), assessment.organisations[o.id]) for o in assessment.situation.organisations
    ]
    groups.append(("situation", assessment.criteria))
    found = []
    for name, findings in groups:
        for word, verdict in (("not known", Verdict.UNKNOWN), ("contested", Verdict.BOTH)):
            open_ones = [f for f in findings.values() if f.verdict is verdict]
            if open_ones:
                titles = "; ".join(f.argument.statement for f in open_ones)
                found.append(f"{name}, {word}: {titles}")
    return tuple(found)


def asks(brief: Brief, words: Mapping[str, str]) -> tuple[str, ...]:
    """List what organisations asked for, and whether it is verified."""
    return tuple(
        f"{isolated(_asked(request), words)} "
        f"({words['verified' if request.verified else 'unverified']}; "
        f"{isolated(str(request.source), words)})"
        for request in brief.assessment.situation.requests
    )


def _asked(request: Request) -> str:
    actions = ", ".join(request.actions)
    return f"{request.given}, {request.organisation}: {request.note} [{actions}]"
