"""Lists: filters, counts, facets, pages; one way for every list, in HTML, CSV, JSON and the API.

Everything is computed from rows that the reader may see, so that totals and facets say nothing of
others. A page begins after the last row of the page before (keyset), so that late pages cost no
more than the first. Where the database keeps counts, totals and facets come from them.
"""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count, Model, Q, QuerySet

from standwith.services import terms
from standwith.services.sight import Sight
from standwith.services.tallies import Counts, counts_of
from standwith.store.models.labelled import Labelled
from standwith.store.record import kind_of

PAGE = 50
MOST = 100_000  # rows of an export
STEPS = (500, 1000, 2000, 4000, 8000, 16000)  # rows that are looked through for common words
FEW = 5000  # so many rows are sorted sooner than the list is walked in its order to find them
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet, how many rows have it (None: not counted), and whether it is chosen."""

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values, commonest first."""

    name: str
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of rows, the number of all, the facets, and where the next page begins.

    ``total`` is None where so many rows have the words that they are not counted.
    """

    rows: tuple[dict[str, Any], ...]
    total: int | None
    facets: tuple[Facet, ...]
    after: str | None
    query: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Spec(Generic[Row]):
    """What a list is made of: order (keyset), facets with titles, how a row is shown.

    ``titled`` says that the order is that of the titles under which words find rows, then of ids.
    """

    order: tuple[str, ...]
    facets: Mapping[str, str]
    show: Callable[[Row], dict[str, Any]]
    related: tuple[str, ...] = ()
    labels: Callable[[str, str], str] = field(default=lambda name, value: value)  # noqa: ARG005 - the value itself
    titled: bool = False


class UnusableQuery(ValueError):  # noqa: N818 - named for the situation
    """A query that cannot be answered; the message says why."""


def list_rows(
    rows: QuerySet[Row], spec: Spec[Row], query: Mapping[str, str], *, page: int = PAGE
) -> Listing:
    """Answer a query: filters by facet name, ``after`` for the next page; ``q`` is kept.

    The rows are those that have the words of ``q``.

    Raises:
        UnusableQuery: the place where the page begins is none.
    """
    asked = _asked(spec, query)
    narrowed = rows.filter(**asked)
    shown = list(_page(narrowed, spec, query.get("after", ""), page))
    facets = tuple(_facet(rows, spec, name, asked) for name in spec.facets)
    return _listing(spec, shown, page, narrowed.count(), facets, asked | words_of(query))


def words_of(query: Mapping[str, str]) -> dict[str, str]:
    """Return the words of a query, as part of it; nothing where there are none."""
    text = query.get("q", "").strip()
    return {"q": text} if text else {}


def list_counted(
    sight: Sight, model: type[Any], spec: Spec[Any], query: Mapping[str, str], *, page: int = PAGE
) -> Listing:
    """Answer a query about all rows of a kind whose counts are kept.

    The same as ``list_rows``, but where words fit very many rows these are not counted.

    Raises:
        UnusableQuery: the place where the page begins is none.
    """
    words, kind = words_of(query), kind_of(model)
    if words and (found := terms.records(sight, kind, words["q"], FEW)) is not None:
        held = model.visible_in_order(sight.labels).filter(pk__in=found)
        return _list_found(held, spec, query, page)
    asked, counts = _asked(spec, query), counts_of(sight, kind)
    total = counts.total(asked)
    many = total > FEW
    rows = model.visible_in_order(sight.labels) if many else _few(sight, model, counts, asked)
    held = rows.filter(**asked)
    facets = tuple(_counted(counts, spec, name, asked, told=not words) for name in spec.facets)
    if words:
        shown, number = _worded(sight, spec, held, query, page, many=many)
        return _listing(spec, shown, page, number, facets, asked | words)
    shown = list(_page(held, spec, query.get("after", ""), page))
    return _listing(spec, shown, page, total, facets, asked)


def list_facets(
    sight: Sight, model: type[Any], spec: Spec[Any], query: Mapping[str, str]
) -> tuple[int, tuple[Facet, ...]]:
    """Count all rows of a kind whose counts are kept, whole and by each facet."""
    asked, counts = _asked(spec, query), counts_of(sight, kind_of(model))
    facets = tuple(_counted(counts, spec, name, asked, told=True) for name in spec.facets)
    return counts.total(asked), facets


def _list_found(
    rows: QuerySet[Row], spec: Spec[Row], query: Mapping[str, str], page: int
) -> Listing:
    """Answer a query about rows that were found by their words.

    Their values are asked for once, and their order without a limit: with one, the database would
    walk the order of the whole list to find them.
    """
    asked, names = _asked(spec, query), tuple(spec.facets)
    cells = Counter(rows.order_by().values_list(*names))
    counts = Counts(names, {tuple(map(str, cell)): n for cell, n in cells.items()})
    facets = tuple(_counted(counts, spec, name, asked, told=True) for name in names)
    ordered = _ordered(rows.filter(**asked), spec, query.get("after", ""))
    keys = list(ordered.values_list("pk", flat=True))[: page + 1]
    held = {row.pk: row for row in rows.select_related(*spec.related).filter(pk__in=keys)}
    shown = [held[key] for key in keys]
    return _listing(spec, shown, page, counts.total(asked), facets, asked | words_of(query))


def _worded(
    sight: Sight,
    spec: Spec[Row],
    rows: QuerySet[Row],
    query: Mapping[str, str],
    page: int,
    *,
    many: bool,
) -> tuple[list[Row], int | None]:
    """Return a page of rows that have common words, and their number where they are few."""
    kind, text, begin = kind_of(rows.model), words_of(query)["q"], query.get("after", "")
    if many and spec.titled and terms.fold(text):
        within = rows if _asked(spec, query) else None
        return _titled(sight, spec, rows, (text, within), page, begin), None
    if many:
        among = partial(terms.among, sight, kind, text)
        walked = _walk(_ordered(rows, spec, begin), among, page)
        if walked is not None:
            return walked, None
    held = rows.filter(terms.holding(sight, kind, text))
    return list(_page(held, spec, begin, page)), None if many else held.count()


def _titled(
    sight: Sight,
    spec: Spec[Row],
    rows: QuerySet[Row],
    wanted: tuple[str, QuerySet[Row] | None],
    page: int,
    begin: str,
) -> list[Row]:
    """Take a page of a list that is in the order of titles from the index of words."""
    after, (text, within) = None, wanted
    if begin:
        title, record = _read_mark(begin, len(spec.order))
        after = title, str(_key(record))
    found = terms.in_order(sight, kind_of(rows.model), text, after, within)
    keys = [record for _, record in found[: page + 1]]
    held = {row.pk: row for row in rows.select_related(*spec.related).filter(pk__in=keys)}
    return [held[key] for key in keys if key in held]


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise UnusableQuery("this is no place in the list; begin with its first page") from error


def _walk(
    ordered: QuerySet[Row], among: Callable[[Sequence[UUID]], set[UUID]], page: int
) -> list[Row] | None:
    """Take a page of rows that have common words, by walking the list in steps that grow.

    A join of all words with all rows would cost the same for every page. None where the words turn
    out to be rare among the first tens of thousands of rows: then the join is asked for after all.
    """
    begun, found = 0, list[UUID]()
    for size in STEPS:
        step = list(ordered.values_list("pk", flat=True)[begun : begun + size])
        kept = among(step)
        found += [key for key in step if key in kept]
        begun += size
        if len(found) > page or len(step) < size:
            held = {row.pk: row for row in ordered.filter(pk__in=found[: page + 1])}
            return [held[key] for key in found[: page + 1]]
    return None


def _asked(spec: Spec[Row], query: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name in spec.facets if (value := query.get(name, "").strip())}


def _few(
    sight: Sight, model: type[Labelled], counts: Counts, asked: Mapping[str, str]
) -> QuerySet[Any]:
    """Ask for few rows by all values that they have, which an index under their labels finds."""
    values = counts.found_in(asked)
    return sight.of(model).filter(
        **{f"{name}__in": sorted(found) for name, found in values.items()}
    )


def _listing(
    spec: Spec[Row],
    shown: Sequence[Row],
    page: int,
    total: int | None,
    facets: tuple[Facet, ...],
    kept: Mapping[str, str],
) -> Listing:
    rows = tuple(spec.show(row) for row in shown[:page])
    mark = _mark(shown[page - 1], spec.order) if len(shown) > page else None
    return Listing(rows, total, facets, mark, kept)


def all_rows(
    rows: QuerySet[Row], spec: Spec[Row], query: Mapping[str, str]
) -> Sequence[dict[str, Any]]:
    """Return every row of a query, for export.

    Raises:
        UnusableQuery: there are more than one hundred thousand.
    """
    shown = list(_page(rows.filter(**_asked(spec, query)), spec, "", MOST))
    if len(shown) > MOST:
        raise UnusableQuery(f"an export has at most {MOST:,} rows; narrow it by a filter")
    return [spec.show(row) for row in shown]


def _page(rows: QuerySet[Row], spec: Spec[Row], after: str, page: int) -> QuerySet[Row]:
    return _ordered(rows, spec, after)[: page + 1]


def _ordered(rows: QuerySet[Row], spec: Spec[Row], after: str) -> QuerySet[Row]:
    ordered = rows.select_related(*spec.related).order_by(*spec.order)
    if after:
        try:
            ordered = ordered.filter(_later(spec.order, _read_mark(after, len(spec.order))))
        except ValidationError as error:
            raise UnusableQuery(
                "this is no place in the list; begin with its first page"
            ) from error
    return ordered


def _later(order: Sequence[str], values: Sequence[str]) -> Q:
    """Rows after a place: the first differing column decides."""
    condition = Q()
    for i, name in enumerate(order):
        same = {order[j].lstrip("-"): values[j] for j in range(i)}
        way = "lt" if name.startswith("-") else "gt"
        condition |= Q(**same, **{f"{name.lstrip('-')}__{way}": values[i]})
    return condition


def _mark(row: Model, order: Sequence[str]) -> str:
    values = [str(getattr(row, name.lstrip("-"))) for name in order]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _read_mark(text: str, width: int) -> list[str]:
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, RecursionError) as error:
        raise UnusableQuery("this is no place in the list; begin with its first page") from error
    if not isinstance(values, list) or len(values) != width:
        raise UnusableQuery("this is no place in the list; begin with its first page")
    return [str(value).replace("\0", "") for value in values]


def _facet(rows: QuerySet[Row], spec: Spec[Row], name: str, asked: Mapping[str, str]) -> Facet:
    others = {key: value for key, value in asked.items() if key != name}
    counted = rows.filter(**others).order_by().values_list(name).annotate(n=Count("*"))
    return _choices(spec, name, {str(value): n for value, n in counted}, asked)


def _counted(
    counts: Counts, spec: Spec[Row], name: str, asked: Mapping[str, str], *, told: bool
) -> Facet:
    facet = _choices(spec, name, counts.by(name, asked), asked)
    return facet if told else replace(facet, choices=tuple(map(_untold, facet.choices)))


def _untold(choice: Choice) -> Choice:
    return replace(choice, count=None)


def _choices(
    spec: Spec[Row], name: str, found: Mapping[str, int], asked: Mapping[str, str]
) -> Facet:
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:40]
    choices = [Choice(v, spec.labels(name, v), n, v == asked.get(name)) for v, n in ordered]
    return Facet(name, spec.facets[name], tuple(choices))
