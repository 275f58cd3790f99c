"""Acts and those involved in them: who did what to whom, and the gate before any name.

Whoever may see an involvement sees that there is one. The name, the office and the answer are
shown to those who keep the registry, on its own page; everywhere else they pass the gate or are
withheld.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from standwith.account.registry.acts import Act, Part, acts
from standwith.account.registry.measure_data import measure_of
from standwith.account.registry.measures import Measure
from standwith.account.registry.perpetrators import Involvement, gate, nameable
from standwith.kernel.policy import Purpose, Reader
from standwith.services import moment
from standwith.services.change import Change, changing
from standwith.services.dossiers import parts
from standwith.services.invalid import Invalid
from standwith.services.labels import LEVELS
from standwith.services.listing import MOST, Listing, UnusableQuery, list_counted
from standwith.services.promotions import steps
from standwith.services.registered import SPEC
from standwith.services.roles import permit
from standwith.services.second import NeedsAnother
from standwith.services.sight import NothingThere, Sight, looking
from standwith.services.situations import country_name
from standwith.services.terms import holding
from standwith.store.models import register as rows
from standwith.store.models.register import RegisteredPerson

Data = dict[str, Any]
KIND = "involvement"


def list_acts(reader: Reader, query: Mapping[str, str]) -> Listing:
    """List the acts against a page of persons, with the filters of the list of persons."""
    with looking(reader, Purpose.ACCOUNT) as sight:
        found = list_counted(sight, RegisteredPerson, SPEC, query)
        people = sight.among(RegisteredPerson, (row["id"] for row in found.rows))
        return replace(found, rows=tuple(_told(sight, list(people.order_by("name", "id")))))


def export_acts(reader: Reader, query: Mapping[str, str]) -> list[Data]:
    """Return who did what to whom: a row for each who had a part, or for the act alone.

    Raises:
        UnusableQuery: there are more persons than an export holds.
    """
    with looking(reader, Purpose.ACCOUNT) as sight:
        asked = {name: query[name].strip() for name in SPEC.facets if query.get(name, "").strip()}
        held = sight.of(RegisteredPerson).filter(**asked)
        text = query.get("q", "").strip()
        if text:
            held = held.filter(holding(sight, "registeredperson", text))
        people = list(held.order_by("name", "id")[: MOST + 1])
        if len(people) > MOST:
            raise UnusableQuery(f"an export has at most {MOST:,} persons; narrow it by a filter")
        told = (act for step in steps(people) for act in _told(sight, step))
        return [row for act in told for row in _flat(act)]


def _flat(act: Data) -> list[Data]:
    whole = {
        "act": act["id"], "person": act["person"], "victim": act["victim"], "kind": act["kind"],
        "code": act["code"], "when": act["when"], "country": act["country"], "place": act["place"],
        "law": act["law"], "authority": act["authority"], "sources": act["sources"],
    }  # fmt: skip
    return [whole | part for part in act["parts"] or [asdict(Part("", "", "", ""))]]


def _told(sight: Sight, people: Sequence[RegisteredPerson]) -> list[Data]:
    """Tell the acts against some persons, in the order of the persons."""
    today, found = moment.today(), list[Data]()
    measures = _measures(sight, people)
    for part in parts(sight.of, people):
        mine = [replace(one, person=str(part.row.pk)) for one in part.tell()[1]]
        found += [_show(one, part.row) for one in acts(mine, measures[part.row.pk], today)]
    return found


def _measures(sight: Sight, people: Sequence[RegisteredPerson]) -> dict[UUID, list[Measure]]:
    found = defaultdict[UUID, list[Measure]](list)
    held = sight.of(rows.Measure).filter(person__in=people).order_by("day", "id")
    for row in held:
        if row.person_id is not None:
            found[row.person_id].append(measure_of(str(row.pk), row.kind, row.recorded, row.body))
    return found


def _show(act: Act, row: RegisteredPerson) -> Data:
    return asdict(act) | {
        "victim": row.name,
        "person": str(row.pk),
        "country_name": country_name(act.country),
        "sources": list(act.sources),
        "parts": [asdict(one) for one in act.parts],
    }


@dataclass(frozen=True, slots=True)
class Held:
    """An involvement with its gate, for those who keep the registry."""

    head: Data
    conditions: tuple[Data, ...]
    nameable: bool
    proposed: bool
    version: int


def read_involvement(reader: Reader, identifier: str) -> Held:
    """Return an involvement with every condition of the gate.

    Raises:
        NotAllowed: the reader does not keep the registry.
        NothingThere: there is none for this reader.
    """
    permit(reader, "registry.state")
    with looking(reader, Purpose.ACCOUNT) as sight:
        row = _one(sight, identifier)
        found, today = _involvement(row), moment.today()
        return Held(
            _head(row, found),
            tuple({"name": one.name, "met": one.met.value, "detail": one.detail}
                  for one in gate(found, today)),
            nameable(found, today),
            str(row.author_id) == reader.id,
            row.version,
        )  # fmt: skip


def _one(sight: Sight, identifier: str) -> rows.Measure:
    row = sight.one(rows.Measure, identifier)
    if row.kind != KIND:
        raise NothingThere("there is no such record, or it is not for you")
    return row


def _involvement(row: rows.Measure) -> Involvement:
    found = measure_of(str(row.pk), row.kind, row.recorded, row.body)
    if not isinstance(found, Involvement):
        raise NothingThere("there is no such record, or it is not for you")
    return found


def _head(row: rows.Measure, found: Involvement) -> Data:
    return {
        "id": str(row.pk),
        "person": str(row.person_id),
        "victim": row.person.name if row.person else "",
        "name": found.name,
        "office": found.office,
        "country": country_name(found.country),
        "degree": found.degree.value,
        "branch": found.branch.value,
        "evidence": found.evidence.value,
        "rank": found.rank.value,
        "when": str(found.known.when),
        "source": found.known.source,
        "asked": found.asked.isoformat() if found.asked else "",
        "reply": found.reply,
        "tlp": LEVELS[row.label.level].value,
    }


def note_answer(reader: Reader, identifier: str, asked: str, reply: str, *, seen: int) -> None:
    """Note the day on which an answer was asked for, and what was answered.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such involvement.
        Invalid, ChangedMeanwhile: the day is none, or somebody else changed it.
    """
    with changing(reader, Purpose.ACCOUNT, "registry.state") as change:
        row = _one(change.sight, identifier)
        try:
            day = date.fromisoformat(asked.strip())
        except ValueError as error:
            raise Invalid({"asked": ["write a day as 2024-05-01"]}) from error
        if day > moment.today():
            raise Invalid({"asked": ["nobody was asked on a day to come"]})
        _write(change, row, {"asked": day.isoformat(), "reply": reply.strip()}, seen)


def agree_to_name(reader: Reader, identifier: str, *, seen: int) -> None:
    """Agree, as a second person, that the name may be used where every other condition is met.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such involvement.
        NeedsAnother: it is the reader's own.
        Invalid: another condition is not met.
    """
    with changing(reader, Purpose.ACCOUNT, "registry.review") as change:
        row = _one(change.sight, identifier)
        if str(row.author_id) == reader.id:
            raise NeedsAnother("another person must agree to what you recorded")
        left = [one.detail for one in gate(_involvement(row), moment.today())
                if one.name != "second" and one.met.value != "true"]  # fmt: skip
        if left:
            raise Invalid({"reply": [f"not yet: {'; '.join(left)}"]})
        _write(change, row, {"agreed_by": reader.id}, seen)


def _write(change: Change, row: rows.Measure, more: Data, seen: int) -> None:
    """Write what is new; whoever changes what was agreed to asks for it again."""
    kept = {name: value for name, value in row.body.items() if name != "agreed_by"}
    row.body = kept | more
    change.amend(row, "answer" if "asked" in more else "agreed", seen=seen)
