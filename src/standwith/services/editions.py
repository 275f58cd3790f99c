"""Annual reports of the workspace: made from what the maker may see, kept whole, written again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import rfc8785

from standwith.account.registry.annual import Asked
from standwith.account.registry.case import stands
from standwith.account.registry.record import Episode
from standwith.account.reports.edition import Case, Inputs, edition
from standwith.kernel.policy import Label, Purpose, Reader, join
from standwith.publish.edition_files import edition_docx, edition_pdf, edition_xlsx
from standwith.publish.edition_html import edition_html
from standwith.publish.edition_words import Wording, languages
from standwith.services.audience import audience
from standwith.services.change import changing
from standwith.services.figures import Held, Vintage, asked_of, cases, now_known
from standwith.services.invalid import Invalid
from standwith.services.labels import LEVELS, label_of
from standwith.services.listing import Listing, Spec, UnusableQuery, all_rows, list_rows
from standwith.services.measures import measured
from standwith.services.sight import Sight, looking
from standwith.store.models.people import Person
from standwith.store.models.policy import Label as LabelRow
from standwith.store.models.register import Edition, RegisteredPerson

Data = dict[str, Any]
FORMS = ("html", "pdf", "docx", "xlsx", "json")
PAPERS = ("memo", "campaign")


def make_edition(reader: Reader, query: Mapping[str, str], *, public: bool) -> str:
    """Make and keep the edition of a year; return its id.

    Raises:
        NotAllowed: the reader may not.
        UnusableQuery: the year or the day is none.
        Invalid: nobody is in the registry, or a public edition has a residual.
    """
    year, known = asked_of(query)
    with changing(reader, Purpose.ACCOUNT, "registry.publish") as change:
        vintage = now_known(known)
        held = cases(change.sight, vintage, outward=public)
        if not held.episodes:
            raise Invalid({"year": ["nobody whom you may see is in the registry; promote a list"]})
        before = _before(change.sight, year, public=public)
        body = _body(change.sight, held, (year, known), before, public=public)
        label = _label(change.sight, held, (known, before), public=public)
        if public and not body["publishable"]:
            told = ", ".join(f"{place or 'all'}: {n:+d}" for place, n in body["residuals"].items())
            raise Invalid({"year": [f"a residual ({told}): mend it before anything is published"]})
        row = Edition(
            year=year,
            known=known.isoformat(),
            made=vintage.made,
            public=public,
            body=body,
            sha256=hashlib.sha256(rfc8785.dumps(body)).hexdigest(),
            author=Person.objects.get(pk=reader.id),
        )
        change.add(row, own=label)
    return str(row.pk)


def _label(
    sight: Sight, held: Held, made_of: tuple[date, Edition | None], *, public: bool
) -> Label:
    """Join the labels of all that an edition was made of: persons, measures, the edition before."""
    known, before = made_of
    numbers = set(held.labels)
    numbers |= {label for label, _ in measured(sight, known, _ceiling(held, public=public))}
    if before is not None:
        numbers.add(before.label_id)
    return join(label_of(row) for row in LabelRow.objects.filter(pk__in=numbers))


def _ceiling(held: Held, *, public: bool) -> Label | None:
    """Above which label nothing goes into an edition: in public, above that of the persons."""
    if not public:
        return None
    return join(label_of(row) for row in LabelRow.objects.filter(pk__in=held.labels))


def _before(sight: Sight, year: int, *, public: bool) -> Edition | None:
    rows = sight.of(Edition).filter(year=year - 1, public=public)
    return rows.order_by("-made", "id").first()


def _body(
    sight: Sight, held: Held, asked: tuple[int, date], before: Edition | None, *, public: bool
) -> Data:
    year, known = asked
    printed = None if before is None else before.body["annual"]
    told = Asked(year, known)
    if printed is not None and before is not None and date.fromisoformat(before.known) <= known:
        stock = printed["stock"]
        opening = {code: row[1]["value"] for code, row in stock["countries"].items()}
        opening[""] = stock["all"][1]["value"]
        told = replace(told, published=opening, edition=date.fromisoformat(before.known))
    given = Inputs(
        told,
        held.episodes,
        held.persons,
        [one for _, one in measured(sight, known, _ceiling(held, public=public))],
        before=printed,
        cases=named(held, known),
        public=public,
    )
    return edition(given)


def named(held: Held, known: date) -> list[Case]:
    """The cases whose publication was decided, each under the name that stands first."""
    mine: dict[str, list[Episode]] = {}
    for one in held.episodes:
        mine.setdefault(one.person, []).append(one)
    found = []
    for key, rows in sorted(held.rows.items()):
        if any(row.published for row in rows) and key in mine:
            found.append(_case(rows, mine[key], known))
    return sorted(found, key=lambda one: (one.country, one.name))


def _case(rows: Sequence[RegisteredPerson], episodes: Sequence[Episode], known: date) -> Case:
    where = stands(episodes, known)
    first = next(row for row in rows if row.published)
    raw = dict.fromkeys(c.raw for one in episodes for c in one.charges if c.raw)
    country = where.country or first.country
    return Case(first.name, country, where.status, where.since, "; ".join(raw))


def _show(row: Edition) -> Data:
    return {
        "id": str(row.pk),
        "year": row.year,
        "known": row.known,
        "made": row.made[:19],
        "public": row.public,
        "publishable": row.body["publishable"],
        "sha256": row.sha256,
        "tlp": LEVELS[row.label.level].value,
    }


SPEC: Spec[Edition] = Spec(
    order=("-made", "id"), facets={"year": "Year"}, show=_show, related=("label",)
)


def list_editions(reader: Reader, query: Mapping[str, str]) -> Listing:
    """List editions, the newest first."""
    asked = _years(query)
    with looking(reader, Purpose.ACCOUNT) as sight:
        return list_rows(sight.of(Edition), SPEC, asked)


def export_editions(reader: Reader, query: Mapping[str, str]) -> list[Data]:
    """Return all editions of a query."""
    asked = _years(query)
    with looking(reader, Purpose.ACCOUNT) as sight:
        return list(all_rows(sight.of(Edition), SPEC, asked))


def _years(query: Mapping[str, str]) -> Mapping[str, str]:
    year = query.get("year", "").strip()
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise UnusableQuery("write a year as 2024")
    return query


@dataclass(frozen=True, slots=True)
class Kept:
    """An edition as it is kept, and whether the records still say the same of its vintage."""

    head: Data
    findings: tuple[str, ...]
    differ: tuple[str, ...] | None
    languages: tuple[str, ...]
    who: Any


def read_edition(reader: Reader, identifier: str, *, again: bool = True) -> Kept:
    """Return an edition; ``again`` works it out anew, and names tables that come out otherwise.

    Raises:
        NothingThere: there is none for this reader.
    """
    with looking(reader, Purpose.ACCOUNT) as sight:
        row = sight.one(Edition, identifier)
        wording = Wording("en")
        findings = tuple(wording.finding(one) for one in row.body["findings"])
        differ = tuple(_differing(sight, row)) if again else None
        return Kept(_show(row), findings, differ, languages(), audience(row, Purpose.ACCOUNT))


def _differing(sight: Sight, row: Edition) -> list[str]:
    """Work the edition out again from its vintage, and name the tables that differ."""
    known = date.fromisoformat(row.known)
    held = cases(sight, Vintage(known, row.made), outward=row.public)
    if not held.episodes:
        return [table["id"] for table in row.body["tables"]]
    earlier = sight.of(Edition).filter(year=row.year - 1, public=row.public, made__lt=row.made)
    before = earlier.order_by("-made", "id").first()
    again = _body(sight, held, (row.year, known), before, public=row.public)
    old = {table["id"]: table for table in row.body["tables"]}
    return [table["id"] for table in again["tables"] if table != old.get(table["id"])]


def write_edition(reader: Reader, identifier: str, form: str, language: str) -> bytes:
    """Write an edition in a form and a language, and log that it was taken.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such edition.
        UnusableQuery: the form or the language is none.
    """
    if form not in FORMS or language not in languages():
        raise UnusableQuery(f"choose {', '.join(FORMS)}; {', '.join(languages())}")
    with changing(reader, Purpose.ACCOUNT, "record.export") as change:
        row = change.sight.one(Edition, identifier)
        change.remark("edition", UUID(reader.id), {"edition": str(row.pk), "form": form})
        return rendered(row.body, form, language)


def rendered(body: Data, form: str, language: str) -> bytes:
    """Write the model of an edition in a form and a language."""
    if form == "json":
        return rfc8785.dumps(body)
    if form == "html":
        return edition_html(body, language).encode()
    writers = {"pdf": edition_pdf, "docx": edition_docx, "xlsx": edition_xlsx}
    return writers[form](body, language)


def write_paper(reader: Reader, identifier: str, kind: str, form: str, language: str) -> bytes:
    """Write the memo or the campaign pack of an edition, and log that it was taken.

    Raises:
        NotAllowed, NothingThere: the reader may not, or there is no such edition.
        UnusableQuery: the paper, the form or the language is none.
    """
    if kind not in PAPERS or form not in {"pdf", "docx"} or language not in languages():
        raise UnusableQuery(f"choose {', '.join(PAPERS)}; pdf, docx; {', '.join(languages())}")
    with changing(reader, Purpose.ACCOUNT, "record.export") as change:
        row = change.sight.one(Edition, identifier)
        change.remark("paper", UUID(reader.id), {"edition": str(row.pk), "paper": kind})
        writer = edition_pdf if form == "pdf" else edition_docx
        return writer(row.body, language, kind)
