"""Where things stand: the log, the reader's compartments, what waits for a second person."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from standwith.kernel.policy import Purpose, Reader
from standwith.services import (
    compartments,
    erasure,
    handling,
    publications,
    receipts,
    verification,
)
from standwith.services.compartments import Circle, Place, Proposed
from standwith.services.labels import label_of
from standwith.services.people import PersonRow, colleagues
from standwith.services.roles import may_do
from standwith.services.sight import NothingThere, as_uuid, looking
from standwith.store.models.case import Situation
from standwith.store.models.policy import Proposal


@dataclass(frozen=True, slots=True)
class State:
    """What the page of the log shows; details only to who reads the log as a whole."""

    sound: bool | None
    at: str
    size: int | None
    findings: tuple[verification.Finding, ...]
    key: str
    whole: bool


def read(reader: Reader) -> State:
    """Return the state of the log."""
    last, whole = verification.last_check(), may_do(reader, "log.read")
    return State(
        last.sound if last else None,
        last.at if last else "",
        last.size if last and whole else None,
        last.findings if last and whole else (),
        receipts.verifier_key(),
        whole,
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """The reader's compartments, alarms, and what waits for a head."""

    circles: tuple[Circle, ...]
    alarms: tuple[Proposed, ...]
    emergencies: tuple[Place, ...]


def circles(reader: Reader, words: str = "") -> Waiting:
    """Return the reader's compartments and what waits in them; with words, those that have them.

    Words are sought in the names of the compartment, its lead, its people and their institutions;
    alarms are shown whatever is sought.
    """
    return Waiting(
        tuple(circle for circle in compartments.circles(reader) if _has(circle, words)),
        tuple(compartments.alarms(reader)),
        tuple(compartments.emergencies_in(reader)),
    )


def _has(circle: Circle, words: str) -> bool:
    people = (text for place in circle.places for text in (place.name, place.institution))
    held = "\n".join((circle.name, circle.lead, *people)).casefold()
    return all(word in held for word in words.casefold().split()[:6])


def export_places(reader: Reader, words: str = "") -> list[dict[str, object]]:
    """List the places in the reader's compartments, one row each, as data."""
    return [
        {"compartment": circle.name, "lead": circle.lead} | asdict(place)
        for circle in circles(reader, words).circles
        for place in circle.places
    ]


@dataclass(frozen=True, slots=True)
class Granting:
    """What a form for a new place needs; ``shown`` says how much each level shows."""

    id: str
    name: str
    people: tuple[PersonRow, ...]
    shown: tuple[tuple[str, int], ...]


def prepare_grant(reader: Reader, identifier: str) -> Granting:
    """Return who can be let in, and how many situations each level would show.

    Raises:
        NothingThere: the reader does not lead such a compartment.
    """
    mine = [c for c in compartments.circles(reader) if c.id == identifier and c.leads]
    if not mine:
        raise NothingThere("there is no compartment of this kind that you lead")
    with looking(reader, Purpose.ASSESS) as sight:
        rows = sight.of(Situation).filter(label__compartments=as_uuid(identifier))
        levels = [label_of(row.label).sensitivity.value for row in rows.select_related("label")]
    counts = tuple((level, levels.count(level)) for level in sorted(set(levels)))
    return Granting(identifier, mine[0].name, tuple(colleagues()), counts)


def decide(reader: Reader, proposal: str, *, agree: bool) -> None:
    """Decide on what another person proposed, of whatever kind.

    Raises:
        NotAllowed, NothingThere, NeedsAnother: see the service of its kind.
    """
    row = Proposal.objects.filter(pk=as_uuid(proposal)).first()
    if row is not None and row.kind == "erasure" and agree:
        erasure.agree_erasure(reader, proposal)
    elif row is not None and row.kind == handling.KIND and agree:
        handling.agree_handling(reader, proposal)
    elif row is not None and row.kind == publications.KIND and agree:
        publications.agree_publication(reader, proposal)
    else:
        compartments.decide(reader, proposal, agree=agree)
