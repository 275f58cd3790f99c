"""What a case holds, for a terminal and as data."""

from __future__ import annotations

from collections.abc import Iterator

from standwith.assess.situation import Situation
from standwith.kernel.document import Data


def case_data(situation: Situation) -> Data:
    """Write the claims, requests and acts of a situation as plain data."""
    return {
        "case": situation.id,
        "as_of": situation.as_of.isoformat(),
        "organisations": [
            {"id": o.id, "name": str(o.name), "kind": o.kind} for o in situation.organisations
        ],
        "claims": [
            {
                "id": c.id,
                "about": c.subject,
                "fact": c.fact,
                "value": c.value,
                "valid": str(c.valid),
                "recorded": c.recorded.isoformat(),
                "source": str(c.source),
                "grade": str(c.grade),
                "counts": c.counts,
            }
            for c in situation.claims
        ],
        "requests": [
            {"id": r.id, "organisation": r.organisation, "actions": list(r.actions),
             "in_force": r.stands_on(situation.as_of)}
            for r in situation.requests
        ],
        "acts": [{"id": a.id, "actor": a.actor, "what": a.what} for a in situation.acts],
    }  # fmt: skip


def case_text(situation: Situation) -> str:
    """Write a case for a reader: one line for each claim, with grade and passage."""
    return "\n".join(_lines(situation)) + "\n"


def _lines(situation: Situation) -> Iterator[str]:
    yield f"{situation.title} ({situation.country.name}), as known on {situation.as_of}"
    for organisation in situation.organisations:
        yield f"  {organisation.kind}: {organisation.name} [{organisation.id}]"
    for relation in situation.relations:
        yield f"  {relation.origin} {relation.kind} {relation.target}"
    for claim in situation.claims:
        aside = f" NOT COUNTED: {claim.inadmissible}" if claim.inadmissible else ""
        yield (
            f"{claim.id} {claim.subject}: {claim.fact} = {claim.value} "
            f"({claim.valid}, {claim.grade}, {claim.source}) {claim.note}{aside}"
        )
    for request in situation.requests:
        word = "in force" if request.stands_on(situation.as_of) else "not in force"
        yield f"{request.id} {request.organisation} asks {', '.join(request.actions)}: {word}"
    for act in situation.acts:
        yield f"{act.id} {act.actor}: {act.what} ({act.source})"
