"""Claims: the list of one situation or of all, a new one, a correction; never a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from standwith.assess.case import situation_of
from standwith.assess.fact import fact_definitions
from standwith.kernel.claim import status
from standwith.kernel.policy import Purpose, Reader
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import moment, terms
from standwith.services.cases import (
    Marking,
    add_claim,
    case_of,
    parties_of,
    problems_of,
    standing_claims,
)
from standwith.services.change import Change, changing
from standwith.services.invalid import Invalid
from standwith.services.labels import LEVELS, label_of
from standwith.services.listing import Listing, Spec, all_rows, list_counted, list_rows
from standwith.services.sight import Sight, looking
from standwith.store.models.case import Claim, Situation, Source
from standwith.store.models.people import Person
from standwith.store.repos import case as repo

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ClaimForm:
    """What a new claim says; ``source`` is the key of a source of the situation."""

    fact: str
    about: str
    value: str
    valid: str
    recorded: str
    source: str
    lines: str
    grade: str
    note: str
    authoritative: str
    sensitivity: str


def _show(row: Claim) -> Data:
    shown = repo.claim_data(row)
    return shown | {
        "uuid": str(row.pk),
        "situation": str(row.situation_id),
        "case": row.situation.slug,
        "value": row.value,
        "source": row.source.title,
        "citation": f"{row.source.citation} {row.lines}".strip(),
        "supersedes": str(row.supersedes_id) if row.supersedes_id else None,
    }


SPEC: Spec[Claim] = Spec(
    order=("-recorded", "id"),
    facets={"fact": "Fact", "value": "Value", "grade": "Grade"},
    show=_show,
    related=("label", "source", "situation"),
)


def _rows(sight: Sight, query: Mapping[str, str], situation: str) -> Any:  # noqa: ANN401 - a queryset of claims
    rows = sight.of(Claim).filter(terms.holding(sight, "claim", query.get("q", "")))
    return rows.filter(situation=sight.one(Situation, situation)) if situation else rows


def list_claims(reader: Reader, query: Mapping[str, str], situation: str = "") -> Listing:
    """List claims that the reader may see, of one situation or of all.

    Raises:
        NothingThere: there is no such situation for this reader.
    """
    with looking(reader, Purpose.ASSESS) as sight:
        if not situation:
            return list_counted(sight, Claim, SPEC, query)
        return list_rows(_rows(sight, query, situation), SPEC, query)


def export_claims(reader: Reader, query: Mapping[str, str], situation: str = "") -> list[Data]:
    """Return all claims of a query."""
    with looking(reader, Purpose.ASSESS) as sight:
        return list(all_rows(_rows(sight, query, situation), SPEC, query))


def by_fact(reader: Reader, situation: str) -> list[Data]:
    """Group the standing claims of a situation by fact: what they come to, and contradictions."""
    with looking(reader, Purpose.ASSESS) as sight:
        row = sight.one(Situation, situation)
        standing = standing_claims(sight, row)
        shown = {claim.pk: _show_in(claim, row) for claim in standing}
        core = _core(sight, row)
    found: dict[tuple[str, str], list[Claim]] = {}
    for claim in standing:
        found.setdefault((claim.fact, claim.subject), []).append(claim)
    return [
        _group(fact, subject, [shown[c.pk] for c in rows], status([core[c.key] for c in rows]))
        for (fact, subject), rows in sorted(found.items())
    ]


def _show_in(claim: Claim, situation: Situation) -> Data:
    claim.situation = situation
    return _show(claim)


def _core(sight: Sight, row: Situation) -> dict[str, Any]:
    return {claim.id: claim for claim in situation_of(case_of(sight, row)).claims}


def _group(fact: str, subject: str, rows: list[Data], found: Any) -> Data:  # noqa: ANN401 - a Status
    definition = fact_definitions().get(fact)
    return {
        "fact": fact,
        "question": definition.question if definition else fact,
        "about": subject,
        "verdict": found.verdict.value,
        "grade": found.grade,
        "reason": found.reason,
        "claims": rows,
    }


def record_claim(reader: Reader, situation: str, form: ClaimForm, *, corrects: str = "") -> str:
    """Record what a source says; with ``corrects`` it takes the place of an earlier claim.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such situation or claim.
        Invalid: with the problems of each field.
    """
    with changing(reader, Purpose.ASSESS, "claim.record") as change:
        head = change.sight.one(Situation, situation)
        row = _checked(change, head, form)
        row.author = Person.objects.get(pk=reader.id)
        if corrects:
            row.supersedes = change.sight.one(Claim, corrects)
            _check_correction(row, head)
        level = Sensitivity(form.sensitivity)
        compartment = min(label_of(head.label).compartments)
        parties = parties_of(change.sight, head)
        add_claim(change, row, Marking(compartment, level), parties)
    return str(row.pk)


def _check_correction(row: Claim, head: Situation) -> None:
    old = row.supersedes
    if (
        old is None
        or old.situation_id != head.pk
        or (old.fact, old.subject) != (row.fact, row.subject)
    ):
        raise Invalid({"fact": ["a correction is about the same fact and subject; keep both"]})


def _checked(change: Change, head: Situation, form: ClaimForm) -> Claim:
    sources = {row.key: row for row in _sources(change.sight, head)}
    data = case_of(change.sight, head)
    taken = set(change.sight.of(Claim).filter(situation=head).values_list("key", flat=True))
    new = _claim_data(form, _key(taken, change))
    problems = problems_of(data | {"claims": [new], "requests": []}, "claims")
    if form.sensitivity not in {level.value for level in LEVELS}:
        problems["sensitivity"] = ["choose a level of the Traffic Light Protocol"]
    if form.source not in sources:
        problems["source"] = ["choose a source of this situation, or record a new one first"]
    if problems:
        raise Invalid(problems)
    return repo.claim_row(new, head, sources[form.source])


def _key(taken: set[str], change: Change) -> str:
    """Name a claim by the day, its author and a number among what the author may see."""
    begin = f"c-{moment.today().isoformat()}-{change.reader.id[:4]}"
    return next(key for n in range(1, 100_000) if (key := f"{begin}-{n}") not in taken)


def _claim_data(form: ClaimForm, key: str) -> Data:
    value: str | bool = {"true": True, "false": False}.get(form.value, form.value)
    data: Data = {
        "id": key,
        "about": form.about or "situation",
        "fact": form.fact,
        "value": value,
        "valid": form.valid or form.recorded,
        "recorded": form.recorded,
        "source": {"id": form.source} | ({"lines": form.lines} if form.lines else {}),
        "grade": form.grade,
        "sensitivity": form.sensitivity,
    }
    optional = {"note": form.note, "authoritative": form.authoritative}
    return data | {name: text for name, text in optional.items() if text}


def _sources(sight: Sight, head: Situation) -> list[Source]:
    return list(sight.of(Source).filter(situation=head).select_related("label").order_by("key"))


def record_source(
    reader: Reader, situation: str, fields: Mapping[str, str], marking_level: str
) -> str:
    """Record a source of a situation; return its key.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such situation.
        Invalid: with the problems of each field.
    """
    with changing(reader, Purpose.ASSESS, "source.record") as change:
        head = change.sight.one(Situation, situation)
        data = case_of(change.sight, head)
        new = {key: value for key, value in fields.items() if value}
        problems = problems_of(data | {"sources": [*data["sources"], new]}, "sources")
        wrong = {key: text for key, text in problems.items() if key in {*fields, "sources"}}
        if marking_level not in {level.value for level in LEVELS}:
            wrong["sensitivity"] = ["choose a level of the Traffic Light Protocol"]
        if wrong:
            raise Invalid(wrong)
        row = repo.source_row(new, head)
        compartment = min(label_of(head.label).compartments)
        own = Marking(compartment, Sensitivity(marking_level)).label()
        change.add(row, own=own, below=[head])
        terms.index(row, [row.title, row.author])
    return row.key
