"""Case files in and out of the store, and the data that a reader's picture is computed from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from standwith.assess.case import read_case
from standwith.assess.form import check_form
from standwith.assess.problem import Findings, UnusableCase
from standwith.assess.sense import check_sense
from standwith.kernel.document import Document, UnreadableDocument, read_document
from standwith.kernel.pack import names, read_bytes
from standwith.kernel.policy import Label, Purpose, Reader
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import moment, terms
from standwith.services.change import Change, changing
from standwith.services.sight import Sight
from standwith.store.models.case import Claim, Note, Organisation, Request, Situation, Source
from standwith.store.models.labelled import Labelled
from standwith.store.repos import case as repo

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Marking:
    """Where a new record goes: its compartment and level."""

    compartment: str
    sensitivity: Sensitivity

    def label(self) -> Label:
        """Return the label that this sets."""
        return Label(frozenset({self.compartment}), self.sensitivity)


def shipped_cases() -> tuple[str, ...]:
    """Name the cases that ship with the program."""
    return tuple(path.rsplit("/", 1)[1].removesuffix(".yaml") for path in names("cases"))


def shipped_bytes(name: str) -> bytes:
    """Return a case that ships, as its file is.

    Raises:
        ValueError: no such case ships.
    """
    if name not in shipped_cases():
        known = ", ".join(shipped_cases())
        raise ValueError(f"choose a file of at most 2 MB, or a case that ships: {known}")
    return read_bytes(f"cases/{name}.yaml")


def read_upload(raw: bytes, name: str) -> Data:
    """Check a case file; return its data.

    Raises:
        UnusableCase: with every problem of form and sense, each with line and column.
        ValueError: it cannot be read at all.
    """
    try:
        document = read_document(raw, name)
    except UnreadableDocument as error:
        raise ValueError(str(error)) from error
    read_case(document, today=moment.today())
    data: Data = document.data
    return data


def import_case(reader: Reader, raw: bytes, name: str, marking: Marking) -> str:
    """Take a case file in, whole or not at all; return the id of the situation.

    Raises:
        UnusableCase, ValueError: see ``read_upload``.
        NothingThere: the reader may not write there.
    """
    data = read_upload(raw, name)
    with changing(reader, Purpose.ASSESS, "situation.import") as change:
        return str(store_case(change, data, marking).pk)


def load_shipped(reader: Reader, name: str, marking: Marking) -> str:
    """Take a shipped case in.

    Raises:
        ValueError: no such case ships.
    """
    return import_case(reader, shipped_bytes(name), f"{name}.yaml", marking)


def store_case(change: Change, data: Data, marking: Marking) -> Situation:
    """Write the rows of a checked case."""
    own = marking.label()
    head = repo.situation_row(data)
    change.add(head, own=own)
    terms.index(head, [*terms.texts(head.title), head.slug])
    sources = {row["id"]: repo.source_row(row, head) for row in data["sources"]}
    for source in sources.values():
        change.add(source, own=own, below=[head])
        terms.index(source, [source.title, source.author])
    parties = {row["id"]: repo.organisation_row(row, head) for row in data["organisations"]}
    for party in parties.values():
        change.add(party, own=own, below=[head])
        terms.index(party, terms.texts(party.name) + list(party.aliases))
    for row in data["claims"]:
        claim = repo.claim_row(row, head, sources[row["source"]["id"]])
        level = Sensitivity(row.get("sensitivity", Sensitivity.CLEAR.value))
        add_claim(change, claim, Marking(marking.compartment, level), parties)
    _store_rest(change, data, head, sources, own, parties)
    return head


def add_claim(
    change: Change, row: Claim, marking: Marking, parties: dict[str, Organisation]
) -> None:
    """Write a claim under the join of its own label, its situation's, source's and subject's."""
    below: list[Labelled] = [row.situation, row.source]
    if row.subject in parties:
        below.append(parties[row.subject])
    change.add(row, own=marking.label(), below=below)
    if row.note:
        terms.index_words(row, row.note)


def _store_rest(
    change: Change,
    data: Data,
    head: Situation,
    sources: dict[str, Source],
    own: Label,
    parties: dict[str, Organisation],
) -> None:
    for row in data.get("requests") or []:
        source = sources[row["source"]["id"]]
        party = parties[row["organisation"]]
        change.add(repo.request_row(row, head, source), own=own, below=[head, source, party])
    for kind in repo.NOTES:
        for number, row in enumerate(data.get(kind) or []):
            cited = sources.get((row.get("source") or {}).get("id", ""))
            below: list[Labelled] = [head, *([cited] if cited else [])]
            below += [parties[k] for k in _named(row) if k in parties]
            change.add(repo.note_row(row, kind, number, head, cited), own=own, below=below)


def _named(row: Data) -> list[str]:
    return [str(row[key]) for key in ("from", "to") if key in row]


def parties_of(sight: Sight, situation: Situation) -> dict[str, Organisation]:
    """Return the organisations of a situation that may be seen, by key."""
    rows = sight.of(Organisation).filter(situation=situation).select_related("label")
    return {row.key: row for row in rows.order_by("key")}


def case_of(sight: Sight, situation: Situation, *, as_of: date | None = None) -> Data:
    """Return the case as this reader may see it, corrections applied as of a day."""
    sources = sight.of(Source).filter(situation=situation).order_by("key")
    requests = sight.of(Request).filter(situation=situation).select_related("source")
    notes = sight.of(Note).filter(situation=situation)
    return repo.case_data(
        situation,
        sources,
        parties_of(sight, situation).values(),
        standing_claims(sight, situation, as_of=as_of),
        requests.order_by("key"),
        notes.order_by("kind", "written_at", "key"),
    )


def standing_claims(
    sight: Sight, situation: Situation, *, as_of: date | None = None
) -> list[Claim]:
    """Return the claims that no later claim, known by the day, has corrected."""
    rows = sight.of(Claim).filter(situation=situation).select_related("source", "label")
    held = list(rows.order_by("key", "id"))
    day = (as_of or moment.today()).isoformat()
    corrected = {row.supersedes_id for row in held if row.supersedes_id and row.recorded <= day}
    return [row for row in held if row.pk not in corrected]


def problems_of(data: Data, kind: str) -> dict[str, list[str]]:
    """Check the one new part of a kind in a case; return problems by field, none if all is well."""
    document = Document("form", data, {})
    try:
        read_case(document, today=moment.today())
    except UnusableCase:
        return _by_field(document, kind)
    return {}


def _by_field(document: Document, kind: str) -> dict[str, list[str]]:
    findings = Findings(document)
    check_form(findings, "case")
    check_sense(findings, today=moment.today())
    found: dict[str, list[str]] = {}
    for path, problem in zip(findings.paths, findings.problems, strict=True):
        field = str(path[2]) if len(path) > 2 and path[0] == kind else str(path[0]) if path else ""
        found.setdefault(field, []).append(f"{problem.what}; {problem.mend}")
    return found
