"""Persons of the registry: the list, one with everything that is said of them, what editors add."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from standwith.account.registry.record import Episode
from standwith.account.registry.timeline import spell, standing
from standwith.account.registry.vocabulary import Status
from standwith.kernel.period import parse_period
from standwith.kernel.policy import Purpose, Reader
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import moment, recognitions, terms
from standwith.services.audience import audience
from standwith.services.batches import Batch
from standwith.services.change import changing
from standwith.services.dossiers import EVENTS, Part, joined, parts, survivor, whole
from standwith.services.invalid import Invalid
from standwith.services.labels import LEVELS, label_of
from standwith.services.listing import Listing, Spec, all_rows, list_counted
from standwith.services.promotions import refresh
from standwith.services.sight import Sight, looking
from standwith.services.situations import country_name
from standwith.store.models.people import Person
from standwith.store.models.register import Pair, RegisteredPerson, Statement

Data = dict[str, Any]
FIELDS = ("note", "occupation", "gender", "group", "health", "family", "contact")
_GRADE = re.compile(r"[A-F][1-6]")


def _show(row: RegisteredPerson) -> Data:
    return {
        "id": str(row.pk),
        "name": row.name,
        "country": row.country,
        "country_name": country_name(row.country),
        "status": row.status,
        "since": row.since,
        "source": row.source,
        "published": row.published,
        "tlp": LEVELS[row.label.level].value,
    }


SPEC: Spec[RegisteredPerson] = Spec(
    order=("name", "id"),
    facets={"country": "Country", "status": "Status", "source": "Source"},
    show=_show,
    related=("label",),
    labels=lambda name, value: country_name(value) if name == "country" else value,
    titled=True,
)


def list_persons(reader: Reader, query: Mapping[str, str]) -> Listing:
    """List persons; who is joined to another stands in the list with that status."""
    with looking(reader, Purpose.ACCOUNT) as sight:
        return list_counted(sight, RegisteredPerson, SPEC, query)


def export_persons(reader: Reader, query: Mapping[str, str]) -> list[Data]:
    """Return all persons of a query."""
    with looking(reader, Purpose.ACCOUNT) as sight:
        holding = terms.holding(sight, "registeredperson", query.get("q", ""))
        rows = sight.of(RegisteredPerson).filter(holding)
        return list(all_rows(rows, SPEC, query))


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that a reader may see of a person; ``stands_for`` is who stands for them."""

    head: Data
    stands_for: str
    names: tuple[str, ...]
    fields: tuple[Data, ...]
    events: tuple[Data, ...]
    episodes: tuple[Data, ...]
    rows: tuple[Data, ...]
    statements: tuple[Data, ...]
    joined: tuple[Data, ...]
    recognitions: tuple[Data, ...]
    version: int
    who: Any


def read_person(reader: Reader, identifier: str) -> Dossier:
    """Put together what is said of a person, and of all who are joined with them.

    Raises:
        NothingThere: there is none for this reader.
    """
    with looking(reader, Purpose.ACCOUNT) as sight:
        row = sight.one(RegisteredPerson, identifier)
        people, pairs = joined(sight.of, row)
        group = parts(sight.of, people)
        persons, episodes = whole(group)
        stands_for = survivor(people)
        return Dossier(
            _show(row) | {"key": row.key, "advocacy": row.advocacy},
            "" if stands_for.pk == row.pk else str(stands_for.pk),
            tuple(dict.fromkeys(name.text for one in persons for name in one.names)),
            tuple(_fields(group)),
            tuple(chain.from_iterable(map(_events, episodes))),
            tuple(map(_episode, episodes)),
            tuple(chain.from_iterable(map(_rows, group))),
            tuple(chain.from_iterable(map(_statements, group))),
            tuple(map(_joint, pairs)),
            tuple(recognitions.of_person(sight, people)),
            row.version,
            audience(row, Purpose.ACCOUNT),
        )  # fmt: skip


def _rows(part: Part) -> list[Data]:
    return [_row(part, one) for one in part.rows]


def _statements(part: Part) -> list[Data]:
    return [_statement(one) for one in part.statements]


def _joint(one: Pair) -> Data:
    return {"pair": str(one.pk), "ends": [str(one.one_id), str(one.other_id)]}


def _fields(group: Iterable[Part]) -> list[Data]:
    """List what each list says of each field; values that differ stand beside each other."""
    found: dict[str, dict[str, list[str]]] = {}
    for part in group:
        for one in part.lists:
            for field, text in one.observation.texts.items() if one.observation else ():
                said = f"{part.row.source} {one.known.isoformat()}"
                found.setdefault(field, {}).setdefault(text, []).append(said)
        for kept in part.statements:
            if kept.field not in EVENTS:
                said = f"{kept.cited} ({kept.grade}) {kept.recorded}"
                found.setdefault(kept.field, {}).setdefault(kept.value, []).append(said)
    return [
        {
            "field": field,
            "values": [{"value": text, "by": by} for text, by in values.items()],
            "differ": len(values) > 1,
        }
        for field, values in sorted(found.items())
    ]


def _events(episode: Episode) -> list[Data]:
    stands = {one.id for one in standing(episode.events, moment.today())}
    return [
        {
            "id": one.id,
            "status": one.status.value,
            "when": str(one.when),
            "recorded": one.recorded.isoformat(),
            "sources": list(one.sources),
            "stands": one.id in stands,
        }
        for one in sorted(episode.events, key=lambda one: (str(one.when), one.recorded, one.id))
    ]


def _episode(one: Episode) -> Data:
    found = spell(one, moment.today())
    return {
        "country": country_name(one.country),
        "facility": one.facility,
        "charges": [charge.raw for charge in one.charges if charge.raw],
        "sentence": next((c.sentence.raw for c in one.charges if c.sentence), ""),
        "end": found.end.value if found and found.end else "",
        "held": found is not None and found.end is None,
    }


def _row(part: Part, one: Any) -> Data:  # noqa: ANN401 - the row of an observation
    return {
        "intake": str(one.intake_id),
        "source": part.row.source,
        "where": one.body["where"],
        "raw": one.body["raw"],
        "anomalies": [[odd[0], odd[1], odd[2]] for odd in one.body["anomalies"]],
    }


def _statement(one: Statement) -> Data:
    return {
        "id": str(one.pk),
        "field": one.field,
        "value": one.value,
        "valid": one.valid,
        "recorded": one.recorded,
        "cited": one.cited,
        "grade": one.grade,
        "author": one.author_id,
    }


@dataclass(frozen=True, slots=True)
class Said:
    """What an editor adds: a field with a value, or an event with its time; whence; how sure."""

    field: str
    value: str
    when: str
    cited: str
    grade: str
    sensitivity: str
    supersedes: str = ""


def state(reader: Reader, identifier: str, said: Said) -> str:
    """Add what a source says of a person; return the id of the statement.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such person.
        Invalid: with the problems of each field.
    """
    _check(said)
    with changing(reader, Purpose.ACCOUNT, "registry.state") as change:
        row = change.sight.one(RegisteredPerson, identifier)
        made = Statement(
            person=row,
            field=said.field,
            value=said.value.strip(),
            valid=said.when.strip(),
            recorded=moment.today().isoformat(),
            supersedes=_superseded(change.sight, row, said),
            cited=said.cited.strip(),
            grade=said.grade,
            author=Person.objects.get(pk=reader.id),
        )
        own = label_of(row.own_label)
        level = own.sensitivity | Sensitivity(said.sensitivity)
        change.add(made, own=type(own)(own.compartments, level), below=[row])
        batch = Batch(change)
        refresh(change.sight, batch, joined(change.sight.of, row)[0])
        batch.close()
    return str(made.pk)


def _check(said: Said) -> None:
    wrong = _unsaid(said)
    if len(said.cited.strip()) < 3:
        wrong["cited"] = ["name the source: who says it, where"]
    if not _GRADE.fullmatch(said.grade):
        wrong["grade"] = ["a letter A to F for the source, a digit 1 to 6 for what it says"]
    if said.sensitivity not in {level.value for level in LEVELS}:
        wrong["sensitivity"] = ["choose a level of the Traffic Light Protocol"]
    if wrong:
        raise Invalid(wrong)


def _unsaid(said: Said) -> dict[str, list[str]]:
    """Say what is wrong with the field or the event itself."""
    if said.field in EVENTS:
        try:
            parse_period(said.when.strip())
        except ValueError:
            return {"when": ["when was it? 2024-05-01, 2024-05, or 2024-05-01/2024-06-01"]}
        return {}
    if said.field not in FIELDS:
        return {"field": ["choose a field or an event"]}
    return {} if said.value.strip() else {"value": ["what does the source say?"]}


def _superseded(sight: Sight, row: RegisteredPerson, said: Said) -> str:
    """Check that what is corrected is an event of this person."""
    if not said.supersedes:
        return ""
    _, episodes = whole(parts(sight.of, joined(sight.of, row)[0]))
    known = {event.id for episode in episodes for event in episode.events}
    if said.supersedes not in known or said.field not in EVENTS:
        raise Invalid({"supersedes": ["an event corrects an event of the same person"]})
    return said.supersedes


ADVOCACY = ("none", "public", "quiet")


def set_advocacy(reader: Reader, identifier: str, mode: str, *, seen: int) -> None:
    """Say how a case may be spoken of: publicly, quietly, or not at all.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such person.
        Invalid, ChangedMeanwhile: the mode is none, or somebody else changed the person.
    """
    if mode not in ADVOCACY:
        raise Invalid({"advocacy": ["choose none, public or quiet"]})
    with changing(reader, Purpose.ACCOUNT, "registry.state") as change:
        row = change.sight.one(RegisteredPerson, identifier)
        row.advocacy = mode
        if mode != "public":
            row.published = ""
        change.amend(row, "advocacy", seen=seen)


def spoken_of(reader: Reader) -> list[Data]:
    """List persons who are spoken of publicly and are not published yet."""
    with looking(reader, Purpose.ACCOUNT) as sight:
        rows = sight.of(RegisteredPerson).filter(advocacy="public", published="")
        return [_show(row) for row in rows.select_related("label").order_by("name", "id")[:500]]


def statuses() -> tuple[str, ...]:
    """List the events that an editor may add."""
    return tuple(status.value for status in Status)
