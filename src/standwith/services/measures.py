"""Measures beyond prison, and what is done for people: recorded, listed, with clocks that run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from standwith.account.registry.joint import Span, endorsers, spans
from standwith.account.registry.measure_data import UnusableMeasure, measure_of
from standwith.account.registry.measures import Clock, Measure, Notice, clocks
from standwith.account.registry.perpetrators import Involvement, nameable
from standwith.account.registry.tactics import Joint, Step
from standwith.kernel.policy import Label, Purpose, Reader
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import moment
from standwith.services.cases import Marking
from standwith.services.change import Change, changing
from standwith.services.invalid import Invalid
from standwith.services.labels import LEVELS, label_of
from standwith.services.listing import Listing, Spec, UnusableQuery, all_rows, list_rows
from standwith.services.sight import Sight, looking
from standwith.services.situations import country_name
from standwith.store.models import register as rows
from standwith.store.models.people import Person
from standwith.store.models.register import RegisteredPerson

Data = dict[str, Any]


def record_measure(reader: Reader, kind: str, body: Data, marking: Marking) -> str:
    """Record a measure; of a person, under the label of the person joined with its own.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such person.
        Invalid: with the problems of each field.
    """
    with changing(reader, Purpose.ACCOUNT, "registry.state") as change:
        person = _person(change.sight, body)
        today = moment.today().isoformat()
        found = _read("new", kind, today, body)
        row = rows.Measure(
            kind=kind,
            person=person,
            country=_country(found),
            day=(found.known.when.first or found.known.when.last or date.min).isoformat(),
            recorded=today,
            body={name: value for name, value in body.items() if value},
            author=Person.objects.get(pk=reader.id),
        )
        change.add(row, own=_own(kind, person, marking), below=[person] if person else [])
    return str(row.pk)


def _person(sight: Sight, body: Data) -> RegisteredPerson | None:
    return sight.one(RegisteredPerson, body["person"]) if body.get("person") else None


def _own(kind: str, person: RegisteredPerson | None, marking: Marking) -> Label:
    if person is None:
        return marking.label()
    own = label_of(person.own_label)
    least = Sensitivity.AMBER_STRICT if kind == "involvement" else Sensitivity.CLEAR
    return Label(own.compartments, own.sensitivity | marking.sensitivity | least)


def _read(identity: str, kind: str, recorded: str, body: Data) -> Measure:
    try:
        return measure_of(identity, kind, recorded, body)
    except UnusableMeasure as error:
        raise Invalid({name: [what] for name, what in error.fields.items()}) from error


def _country(found: Measure) -> str:
    for name in ("country", "origin", "issuer", "holder"):
        if hasattr(found, name):
            return str(getattr(found, name))
    return ""


def add_step(reader: Reader, identifier: str, step: str, day: str) -> None:
    """Add a step to a notice: a request to the Commission, its answer.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such notice.
        Invalid: the step or the day is none.
    """
    with changing(reader, Purpose.ACCOUNT, "registry.state") as change:
        row = change.sight.one(rows.Measure, identifier)
        added = _step(row, step, day)
        row.body = row.body | {"steps": [*row.body.get("steps", []), added]}
        change.amend(row, "step")


# The words for the steps of a kind.
_STEPS: dict[str, type[Step | Joint]] = {"notice": Step, "leverage": Joint}


def _step(row: rows.Measure, step: str, day: str) -> list[str]:
    """Read a step of the kind that a measure is of."""
    if row.kind not in _STEPS:
        raise Invalid({"step": ["only notices and detentions as leverage have steps"]})
    try:
        word, taken = _STEPS[row.kind](step), date.fromisoformat(day)
    except ValueError as error:
        raise Invalid({"step": ["choose a step, and write a day as 2024-05-01"]}) from error
    if taken > moment.today():
        raise Invalid({"day": ["no step was taken on a day to come"]})
    return [word.value, taken.isoformat()]


@dataclass(frozen=True, slots=True)
class Times:
    """How long procedures took, and which states had endorsed the Declaration by a day."""

    spans: tuple[Span, ...]
    endorsers: tuple[Data, ...]
    day: str


def read_times(reader: Reader, query: Mapping[str, str]) -> Times:
    """Measure the procedures that the reader sees, and list the states that endorsed by a day.

    Raises:
        UnusableQuery: the day is none.
    """
    text = query.get("day", "").strip()
    try:
        day = date.fromisoformat(text) if text else moment.today()
    except ValueError as error:
        raise UnusableQuery("write a day as 2024-12-31") from error
    with looking(reader, Purpose.ACCOUNT) as sight:
        found = [one for _, one in measured(sight, moment.today())]
    states = sorted(endorsers(found, day).values(), key=lambda one: country_name(one.country))
    told = tuple(
        {"country": country_name(one.country), "since": str(one.known.when),
         "source": one.known.source} for one in states
    )  # fmt: skip
    return Times(spans(found, moment.today()), told, day.isoformat())


def measured(sight: Sight, known: date, ceiling: Label | None = None) -> list[tuple[int, Measure]]:
    """Read the measures known on a day, none above a label, each with the number of its label."""
    held = sight.of(rows.Measure).filter(recorded__lte=known.isoformat()).order_by("id")
    return [
        (row.label_id, measure_of(str(row.pk), row.kind, row.recorded, row.body))
        for row in held.select_related("label")
        if ceiling is None or label_of(row.label) | ceiling == ceiling
    ]


def _show(row: rows.Measure) -> Data:
    body = row.body
    found = measure_of(str(row.pk), row.kind, row.recorded, body)
    name = found.name if isinstance(found, Involvement) and nameable(found, moment.today()) else ""
    running = clocks(found, moment.today()) if isinstance(found, Notice) else ()
    return {
        "id": str(row.pk),
        "kind": row.kind,
        "what": _what(body),
        "who": name,
        "country": country_name(row.country),
        "other": country_name(body["host"]) if body.get("host") else "",
        "person": str(row.person_id) if row.person_id else "",
        "name": row.person.name if row.person else "",
        "when": body["when"],
        "source": body["source"],
        "steps": body.get("steps", []),
        "clocks": [_clock(one) for one in running],
        "tlp": LEVELS[row.label.level].value,
    }


def _what(body: Data) -> str:
    named = (body.get(name) for name in ("tactic", "notice", "means", "degree"))
    return next((text for text in named if text), "")


def _clock(one: Clock) -> str:
    until = f"{one.step}, due {one.due.isoformat()}"
    return (
        f"{until}: over by {-one.days_left} days" if one.over else f"{until}: {one.days_left} days"
    )


SPEC: Spec[rows.Measure] = Spec(
    order=("-day", "id"),
    facets={"kind": "Kind", "country": "Country"},
    show=_show,
    related=("label", "person"),
    labels=lambda name, value: country_name(value) if name == "country" and value else value,
)


def list_measures(reader: Reader, query: Mapping[str, str]) -> Listing:
    """List measures, the newest first."""
    with looking(reader, Purpose.ACCOUNT) as sight:
        return list_rows(_worded(sight, query), SPEC, query)


def export_measures(reader: Reader, query: Mapping[str, str]) -> list[Data]:
    """Return all measures of a query."""
    with looking(reader, Purpose.ACCOUNT) as sight:
        return list(all_rows(_worded(sight, query), SPEC, query))


def _worded(sight: Sight, query: Mapping[str, str]) -> Any:  # noqa: ANN401 - a queryset of measures
    found = sight.of(rows.Measure)
    text = query.get("q", "").strip()
    return found.filter(person__name__icontains=text) if text else found


def read_measure(reader: Reader, identifier: str) -> Data:
    """Return one measure.

    Raises:
        NothingThere: there is none for this reader.
    """
    with looking(reader, Purpose.ACCOUNT) as sight:
        return _show(sight.one(rows.Measure, identifier))


def withdraw_measure(reader: Reader, identifier: str) -> None:
    """Take back what was recorded by mistake; that it stood stays in the log.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such measure.
    """
    with changing(reader, Purpose.ACCOUNT, "registry.state") as change:
        row = change.sight.one(rows.Measure, identifier)
        _gone(change, row)


def _gone(change: Change, row: rows.Measure) -> None:
    change.note(row, "withdrawn", Sensitivity(LEVELS[row.label.level].value))
    row.delete()
