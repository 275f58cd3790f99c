"""Organisations and what they ask for: recorded, named in further languages, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from standwith.kernel.policy import Purpose, Reader
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import moment, terms
from standwith.services.cases import Marking, case_of, parties_of, problems_of
from standwith.services.change import Change, changing
from standwith.services.invalid import Invalid
from standwith.services.labels import LEVELS, label_of
from standwith.services.sight import NothingThere
from standwith.store.models.case import Request, Situation, Source
from standwith.store.repos import case as repo

KINDS = ("civic", "political", "armed")
_NO_LEVEL = "choose a level of the Traffic Light Protocol"


def record_organisation(
    reader: Reader, situation: str, fields: Mapping[str, Any], *, language: str, level: str
) -> str:
    """Record a part of the movement; return its key.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such situation.
        Invalid: with the problems of each field.
    """
    with changing(reader, Purpose.ASSESS, "organisation.record") as change:
        head = change.sight.one(Situation, situation)
        new = {key: value for key, value in fields.items() if value}
        new["name"] = {language: fields["name"]}
        _check(change, head, "organisations", new, level, fields)
        row = repo.organisation_row(new, head)
        change.add(row, own=_own(head, level), below=[head])
        terms.index(row, terms.texts(row.name) + list(row.aliases))
    return row.key


def _check(
    change: Change,
    head: Situation,
    kind: str,
    new: dict[str, Any],
    level: str,
    fields: Mapping[str, Any],
) -> None:
    """Check the case with a new part."""
    data = case_of(change.sight, head)
    problems = problems_of(data | {kind: [*data[kind], new]}, kind)
    wrong = {key: text for key, text in problems.items() if key in {*fields, kind}}
    if level not in {item.value for item in LEVELS}:
        wrong["sensitivity"] = [_NO_LEVEL]
    if wrong:
        raise Invalid(wrong)


def _own(head: Situation, level: str) -> Any:  # noqa: ANN401 - a label
    return Marking(min(label_of(head.label).compartments), Sensitivity(level)).label()


def name_organisation(reader: Reader, situation: str, key: str, language: str, name: str) -> None:
    """Name an organisation in a language; other names stay.

    Raises:
        NotAllowed, NothingThere: the reader may not, or sees no such organisation.
        Invalid: the name or the language cannot be taken.
    """
    with changing(reader, Purpose.ASSESS, "organisation.record") as change:
        head = change.sight.one(Situation, situation)
        row = parties_of(change.sight, head).get(key)
        if row is None:
            raise NothingThere("there is no such record, or it is not for you")
        row.name = row.name | {language: name.strip()}
        data = case_of(change.sight, head)
        others = [item for item in data["organisations"] if item["id"] != key]
        changed = [*others, repo.organisation_data(row)]
        problems = problems_of(data | {"organisations": changed}, "organisations")
        if "name" in problems:
            raise Invalid({"name": problems["name"]})
        change.amend(row, "changed")
        terms.index(row, terms.texts(row.name) + list(row.aliases))


def record_request(reader: Reader, situation: str, fields: Mapping[str, Any], level: str) -> str:
    """Record what an organisation asked for; return its key.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such situation.
        Invalid: with the problems of each field.
    """
    with changing(reader, Purpose.ASSESS, "request.record") as change:
        head = change.sight.one(Situation, situation)
        party = parties_of(change.sight, head).get(fields["organisation"])
        sources = {row.key: row for row in change.sight.of(Source).filter(situation=head)}
        source = sources.get(fields["source"])
        if party is None or source is None:
            what = "choose one of this situation, or record it first"
            missing = {"organisation": party, "source": source}
            raise Invalid({key: [what] for key, row in missing.items() if row is None})
        new = _request(fields, _next_key(change, head))
        _check(change, head, "requests", new, level, fields)
        row = repo.request_row(new, head, source)
        change.add(row, own=_own(head, level), below=[head, source, party])
    return row.key


def _request(fields: Mapping[str, Any], key: str) -> dict[str, Any]:
    optional = {name: fields[name] for name in ("until", "note") if fields[name]}
    cited = {"id": fields["source"]} | ({"lines": fields["lines"]} if fields["lines"] else {})
    kept = {name: fields[name] for name in ("organisation", "given", "verified", "channel")}
    rest = {"id": key, "actions": fields["actions"], "source": cited}
    return kept | rest | {"recorded": fields["recorded"]} | optional


def _next_key(change: Change, head: Situation) -> str:
    taken = set(change.sight.of(Request).filter(situation=head).values_list("key", flat=True))
    begin = f"r-{moment.today().isoformat()}-{change.reader.id[:4]}"
    return next(key for n in range(1, 100_000) if (key := f"{begin}-{n}") not in taken)


def withdraw_request(reader: Reader, situation: str, key: str) -> None:
    """Note that an organisation withdrew what it asked for, as of today.

    Raises:
        NotAllowed, NothingThere: the reader may not, or sees no such request.
    """
    with changing(reader, Purpose.ASSESS, "request.record") as change:
        head = change.sight.one(Situation, situation)
        rows = change.sight.of(Request).filter(situation=head, key=key, withdrawn="")
        row = rows.select_related("label", "own_label").first()
        if row is None:
            raise NothingThere("there is no such request, or it was withdrawn before")
        row.withdrawn = moment.today().isoformat()
        change.amend(row, "withdrawn")
