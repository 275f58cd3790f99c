"""Claims: what a source says of a subject, when it holds, when it became known, how good it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from standwith.kernel.grade import Grade
from standwith.kernel.period import Period
from standwith.kernel.sensitivity import Sensitivity
from standwith.kernel.source import Citation
from standwith.kernel.verdict import Verdict

GRADES_OF_MEETING = ("met", "partly", "not", "n/a")


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of one source about one subject.

    ``value`` is true, false, or a grade of meeting (met, partly, not, n/a). ``recorded`` is when
    it became known; ``valid`` the time it is about. ``authoritative`` says why this source decides
    alone (a document on its own content); empty where it does not. ``inadmissible`` keeps a claim
    on show but out of every status, with the reason.
    """

    id: str
    subject: str
    fact: str
    value: str
    valid: Period
    recorded: date
    source: Citation
    grade: Grade
    note: str = ""
    authoritative: str = ""
    inadmissible: str = ""
    sensitivity: Sensitivity = Sensitivity.CLEAR

    @property
    def counts(self) -> bool:
        """Whether it is evidence at all."""
        return not self.inadmissible and self.grade.counts


@dataclass(frozen=True, slots=True)
class Status:
    """What the claims on one fact come to, with the claims and the rule that combined them."""

    verdict: Verdict
    grade: str
    claims: tuple[Claim, ...]
    reason: str


def known_at(claims: Iterable[Claim], as_of: date) -> tuple[Claim, ...]:
    """Keep what was recorded by a day and speaks of a time not wholly after it."""
    return tuple(
        claim
        for claim in claims
        if claim.recorded <= as_of and claim.valid.begins_by(as_of) is not Verdict.FALSE
    )


def status(claims: Sequence[Claim]) -> Status:
    """Combine the claims on one fact of one subject into a status.

    Two independent sources, or one authoritative, are needed on a side; contradicting sides give
    ``both``; nothing that counts gives unknown. A claim of ``partly`` is something in favour, but
    never counts as met.
    """
    ordered = tuple(sorted(claims, key=lambda claim: claim.id))
    usable = [claim for claim in ordered if claim.counts]
    if not usable:
        return Status(Verdict.UNKNOWN, "unknown", ordered, "no claim that counts")
    if all(claim.value == "n/a" for claim in usable):
        return Status(Verdict.NOT_APPLICABLE, "n/a", ordered, usable[0].note)
    return _weigh([claim for claim in usable if claim.value != "n/a"], ordered)


def _weigh(usable: list[Claim], ordered: tuple[Claim, ...]) -> Status:
    said = {claim.value for claim in usable}
    if said & _AGAINST and said & (_FOR | {"partly"}):
        part = "met in part, and broken in part" if "partly" in said else "sources contradict"
        return Status(Verdict.BOTH, "contested", ordered, part)
    if "partly" in said:
        return Status(Verdict.UNKNOWN, "partly", ordered, "met in part only: never counts as met")
    if not _suffices(usable):
        reason = "one source alone, and not one that decides alone"
        return Status(Verdict.UNKNOWN, "unconfirmed", ordered, reason)
    verdict, grade = (Verdict.TRUE, "met") if said & _FOR else (Verdict.FALSE, "not")
    return Status(verdict, grade, ordered, _why(usable))


_FOR = frozenset({"true", "met"})
_AGAINST = frozenset({"false", "not"})


def _suffices(side: Sequence[Claim]) -> bool:
    decisive = any(claim.authoritative for claim in side)
    return decisive or len({claim.source.source for claim in side}) >= 2


def _why(side: Sequence[Claim]) -> str:
    if any(claim.authoritative for claim in side):
        return "a source that decides alone says so, and none against"
    return f"{len({claim.source.source for claim in side})} independent sources, none against"
