"""Situations: the list, one with its parts, a new one, its head changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from standwith.kernel.place import place
from standwith.kernel.policy import Purpose, Reader
from standwith.services import moment, terms
from standwith.services.audience import audience
from standwith.services.cases import Marking, case_of, parties_of, problems_of
from standwith.services.change import changing
from standwith.services.invalid import Invalid
from standwith.services.labels import LEVELS
from standwith.services.listing import Listing, Spec, all_rows, list_counted
from standwith.services.sight import Sight, looking
from standwith.store.models.case import Claim, Note, Request, Situation, Source
from standwith.store.models.work import Decision
from standwith.store.repos import case as repo

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NewSituation:
    """What opens a situation."""

    slug: str
    title: str
    language: str
    country: str
    as_of: str
    summary: str


def today() -> str:
    """Return the day, for forms that begin with it."""
    return moment.today().isoformat()


def country_name(code: str) -> str:
    """Name a country in English; the code itself where it is none."""
    try:
        return place(code).name
    except ValueError:
        return code


def _show(row: Situation) -> Data:
    return {
        "id": str(row.pk),
        "case": row.slug,
        "title": row.title,
        "country": row.country,
        "country_name": country_name(row.country),
        "as_of": row.as_of,
        "state": row.state,
        "tlp": LEVELS[row.label.level].value,
    }


SPEC: Spec[Situation] = Spec(
    order=("-as_of", "id"),
    facets={"country": "Country", "state": "State"},
    show=_show,
    related=("label",),
    labels=lambda name, value: country_name(value) if name == "country" else value,
)


def list_situations(reader: Reader, query: Mapping[str, str]) -> Listing:
    """List the situations that the reader may see."""
    with looking(reader, Purpose.ASSESS) as sight:
        return list_counted(sight, Situation, SPEC, query)


def export_situations(reader: Reader, query: Mapping[str, str]) -> list[Data]:
    """Return all situations of a query."""
    with looking(reader, Purpose.ASSESS) as sight:
        holding = terms.holding(sight, "situation", query.get("q", ""))
        return list(all_rows(sight.of(Situation).filter(holding), SPEC, query))


def read_situation(reader: Reader, identifier: str) -> Data:
    """Return one situation with its sources, organisations, requests and notes.

    Raises:
        NothingThere: there is none for this reader.
    """
    with looking(reader, Purpose.ASSESS) as sight:
        row = sight.one(Situation, identifier)
        return _show(row) | {
            "version": row.version,
            "summary": row.summary,
            "trigger": row.trigger,
            "sources": [_source(item) for item in _parts(sight, Source, row)],
            "organisations": [
                repo.organisation_data(party)
                | {"tlp": LEVELS[party.label.level].value, "uuid": str(party.pk)}
                for party in parties_of(sight, row).values()
            ],
            "requests": [repo.request_data(item) for item in _parts(sight, Request, row)],
            "timeline": _timeline(sight, row),
            "decisions": _decided(sight, row),
            "who": audience(row, Purpose.ASSESS),
        }


def _parts(sight: Sight, model: type[Any], row: Situation) -> list[Any]:
    related = ("label", "source") if model is Request else ("label",)
    return list(sight.of(model).filter(situation=row).select_related(*related).order_by("key"))


def _decided(sight: Sight, row: Situation) -> list[Data]:
    seen = sight.of(Decision).filter(situation=row).order_by("-written_at")
    names = ("pk", "action", "state", "tier")
    return [{name: getattr(item, name) for name in names} for item in seen]


def _source(row: Source) -> Data:
    return repo.source_data(row) | {"uuid": str(row.pk), "tlp": LEVELS[row.label.level].value}


def _timeline(sight: Sight, row: Situation) -> list[Data]:
    """List what happened and what became known, latest first; dates as precise as they are."""
    acts = sight.of(Note).filter(situation=row, kind="acts")
    found = [
        {"when": str(a.body.get("when") or ""), "what": a.body["what"], "who": a.body["actor"]}
        for a in acts
    ]
    if row.trigger:
        found.append({"when": row.trigger["date"], "what": row.trigger["what"], "who": ""})
    claims = sight.of(Claim).filter(situation=row).order_by("-recorded", "key")[:200]
    found += [
        {"when": c.valid, "what": c.note or c.fact, "who": "", "fact": c.fact} for c in claims
    ]
    return sorted(found, key=lambda item: item["when"], reverse=True)


def whole_case(reader: Reader, identifier: str) -> Data:
    """Return the case file of a situation, as far as the reader may see it.

    Raises:
        NothingThere: there is none for this reader.
    """
    with looking(reader, Purpose.ASSESS) as sight:
        return case_of(sight, sight.one(Situation, identifier))


def open_situation(reader: Reader, new: NewSituation, marking: Marking) -> str:
    """Open a situation; return its id.

    Raises:
        NotAllowed, NothingThere: the reader may not open one, or not write there.
        Invalid: with the problems of each field.
    """
    data: Data = {
        "case": new.slug,
        "title": {new.language: new.title},
        "country": new.country,
        "as_of": new.as_of,
        "summary": {new.language: new.summary or new.title},
        "sources": [],
        "organisations": [],
        "claims": [],
    }
    problems = problems_of(data, "")
    lists = {"sources", "organisations", "claims"}
    if problems.keys() - lists:
        raise Invalid({key: text for key, text in problems.items() if key not in lists})
    with changing(reader, Purpose.ASSESS, "situation.open") as change:
        row = repo.situation_row(data)
        change.add(row, own=marking.label())
        terms.index(row, [*terms.texts(row.title), row.slug])
    return str(row.pk)


def change_situation(
    reader: Reader, identifier: str, fields: Mapping[str, Any], *, seen: int
) -> None:
    """Change title, summary, day or state of a situation that the reader saw in a version.

    Raises:
        ChangedMeanwhile: somebody else changed it; carries the present version.
        Invalid: a field cannot be taken.
    """
    with changing(reader, Purpose.ASSESS, "situation.change") as change:
        row = change.sight.one(Situation, identifier)
        for name in ("as_of", "state"):
            if name in fields:
                setattr(row, name, fields[name])
        language = fields.get("language") or "en"
        row.title = row.title | {language: fields["title"]}
        row.summary = row.summary | {language: fields["summary"]}
        problems = problems_of(case_of(change.sight, row), "")
        mine = {key: text for key, text in problems.items() if key in {"title", "summary", "as_of"}}
        if mine or row.state not in {"open", "closed"}:
            raise Invalid(mine or {"state": ["state is open or closed; choose one of the two"]})
        change.amend(row, "changed", seen=seen)
        terms.index(row, [*terms.texts(row.title), row.slug])
