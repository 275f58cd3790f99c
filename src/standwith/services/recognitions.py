"""Recognition of persons under a standard: proposed by one editor, agreed by another, dated."""

from __future__ import annotations

from typing import Any

from standwith.account.registry.recognition import STANDARDS, Asked, problems
from standwith.kernel.policy import Purpose, Reader
from standwith.services import moment
from standwith.services.change import changing
from standwith.services.invalid import Invalid
from standwith.services.labels import label_of
from standwith.services.second import NeedsAnother
from standwith.services.sight import NothingThere, Sight, looking
from standwith.store.models.people import Person
from standwith.store.models.register import Recognition, RegisteredPerson

Data = dict[str, Any]


def check_person(reader: Reader, identifier: str) -> None:
    """Look whether there is such a person, before anything is asked of them.

    Raises:
        NothingThere: there is none for this reader.
    """
    with looking(reader, Purpose.ACCOUNT) as sight:
        sight.one(RegisteredPerson, identifier)


def propose_recognition(reader: Reader, identifier: str, asked: Asked) -> str:
    """Propose how a body holds a person under a standard; nobody is recognised by that yet.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such person.
        Invalid: with the problems of each field.
    """
    wrong = problems(asked)
    if wrong:
        raise Invalid({name: [what] for name, what in wrong.items()})
    with changing(reader, Purpose.ACCOUNT, "registry.state") as change:
        person = change.sight.one(RegisteredPerson, identifier)
        row = Recognition(
            person=person,
            standard=asked.standard,
            body=asked.body.strip(),
            criteria=list(asked.criteria),
            excluded=asked.exclusion_found,
            reasoning=asked.reasoning.strip(),
            cited=asked.cited.strip(),
            conflict=asked.conflict.strip(),
            author=Person.objects.get(pk=reader.id),
        )
        change.add(row, own=label_of(person.own_label), below=[person])
    return str(row.pk)


def decide_recognition(reader: Reader, identifier: str, answer: str) -> str:
    """Agree to a recognition, refuse it, or withdraw one; return the id of the person.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such proposal.
        NeedsAnother: it is the reader's own.
    """
    with changing(reader, Purpose.ACCOUNT, "registry.review") as change:
        row = change.sight.one(Recognition, identifier)
        today = moment.today().isoformat()
        if answer in {"agree", "refuse"} and row.state == "proposed":
            if str(row.author_id) == reader.id:
                raise NeedsAnother("another person must decide on what you proposed")
            row.state = "agreed" if answer == "agree" else "refused"
            row.decided, row.second = today, Person.objects.get(pk=reader.id)
        elif answer == "withdraw" and row.state == "agreed":
            row.state, row.withdrawn = "withdrawn", today
        else:
            raise NothingThere("there is nothing to decide here")
        change.amend(row, row.state if row.state != "withdrawn" else "taken-back")
        return str(row.person_id)


def of_person(sight: Sight, people: list[Any]) -> list[Data]:
    """List what bodies hold of some persons, as "recognised by X on a day under Y"."""
    rows = sight.of(Recognition).filter(person__in=people).select_related("author", "second")
    return [_show(row) for row in rows.order_by("written_at", "id")]


def _show(row: Recognition) -> Data:
    known = STANDARDS[row.standard]
    return {
        "id": str(row.pk),
        "standard": row.standard,
        "body": row.body,
        "criteria": [known[key] for key in row.criteria],
        "reasoning": row.reasoning,
        "cited": row.cited,
        "conflict": row.conflict,
        "state": row.state,
        "decided": row.decided,
        "withdrawn": row.withdrawn,
        "author": str(row.author_id),
    }
