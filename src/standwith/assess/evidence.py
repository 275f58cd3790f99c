"""What the claims of a situation come to, fact by fact and subject by subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from standwith.assess.fact import fact_definitions
from standwith.assess.situation import SITUATION, Request, Situation
from standwith.kernel.argument import Argument
from standwith.kernel.claim import Claim, Status, status
from standwith.kernel.verdict import Verdict, disjunction


class Evidence:
    """Statuses of facts, each worked out once; ask for (fact, subject)."""

    def __init__(self, situation: Situation) -> None:
        """Sort the claims of a situation by what they are about."""
        self.situation = situation
        self._claims: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in situation.claims:
            self._claims[claim.fact, claim.subject].append(claim)
        self._known: dict[tuple[str, str], Status] = {}

    def status(self, fact: str, subject: str = SITUATION) -> Status:
        """Combine the claims on a fact of a subject."""
        key = (fact, subject)
        if key not in self._known:
            self._known[key] = status(self._claims.get(key, []))
        return self._known[key]

    def verdict(self, fact: str, subject: str = SITUATION) -> Verdict:
        """Return the verdict alone."""
        return self.status(fact, subject).verdict

    def requested(self, action: str, organisation: str | None) -> Verdict:
        """Whether an organisation (None: any) asked for an action; withdrawn gives false."""
        asked = [request for request in self._requests(action) if _by(request, organisation)]
        day = self.situation.as_of
        if any(request.stands_on(day) for request in asked):
            return Verdict.TRUE
        if any(request.withdrawn is not None and request.withdrawn <= day for request in asked):
            return Verdict.FALSE
        return Verdict.UNKNOWN

    def _requests(self, action: str) -> Iterable[Request]:
        return (r for r in self.situation.requests if action in r.actions or "*" in r.actions)

    def any_organisation(self, fact: str) -> Verdict:
        """Whether a fact of organisations holds of at least one of them."""
        return disjunction(self.verdict(fact, o.id) for o in self.situation.organisations)

    def argue(self, fact: str, subject: str = SITUATION) -> Argument:
        """Explain a status: one premise for each claim, down to its passage."""
        found = self.status(fact, subject)
        about = "" if subject == SITUATION else f" ({subject})"
        question = fact_definitions()[fact].question.rstrip("?")
        return Argument(
            f"{question}{about}: {found.reason}",
            found.verdict,
            fact,
            premises=tuple(_leaf(claim) for claim in found.claims),
        )


def _by(request: Request, organisation: str | None) -> bool:
    return organisation is None or request.organisation == organisation


def _leaf(claim: Claim) -> Argument:
    said = {"true": Verdict.TRUE, "met": Verdict.TRUE, "false": Verdict.FALSE, "not": Verdict.FALSE}
    verdict = said.get(claim.value, Verdict.UNKNOWN)
    if claim.value == "n/a":
        verdict = Verdict.NOT_APPLICABLE
    aside = f" [not counted: {claim.inadmissible}]" if claim.inadmissible else ""
    text = f"{claim.note or claim.value} ({claim.grade}, {claim.valid}){aside}"
    return Argument(text, verdict, claim.id, claim.source)
