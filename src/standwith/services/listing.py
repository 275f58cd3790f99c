"""Lists: filters, counts, facets, pages; one way for every list, in HTML, CSV, JSON and the API.

Everything is computed from rows that the reader may see, so that totals and facets say nothing of
others. A page begins after the last row of the page before (keyset), so that late pages cost no
more than the first.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Count, Model, Q, QuerySet

PAGE = 50
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet, how many rows have it, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values, commonest first."""

    name: str
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of rows, the number of all, the facets, and where the next page begins."""

    rows: tuple[dict[str, Any], ...]
    total: int
    facets: tuple[Facet, ...]
    after: str | None
    query: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Spec(Generic[Row]):
    """What a list is made of: order (keyset), facets with titles, how a row is shown.

    ``narrow`` turns the text of the search field into a condition.
    """

    order: tuple[str, ...]
    facets: Mapping[str, str]
    show: Callable[[Row], dict[str, Any]]
    narrow: Callable[[str], Q] = field(default=lambda text: Q())  # noqa: ARG005 - no search by default
    related: tuple[str, ...] = ()
    labels: Callable[[str, str], str] = field(default=lambda name, value: value)  # noqa: ARG005 - the value itself


class UnusableQuery(ValueError):  # noqa: N818 - named for the situation
    """A query that cannot be answered; the message says why."""


def list_rows(
    rows: QuerySet[Row], spec: Spec[Row], query: Mapping[str, str], *, page: int = PAGE
) -> Listing:
    """Answer a query: filters by facet name, ``q`` for words, ``after`` for the next page.

    Raises:
        UnusableQuery: the place where the page begins is none.
    """
    asked = {name: value for name in spec.facets if (value := query.get(name, "").strip())}
    text = query.get("q", "").strip()
    found = rows.filter(spec.narrow(text)) if text else rows
    narrowed = found.filter(**asked)
    shown = list(_page(narrowed, spec, query.get("after", ""), page))
    more = len(shown) > page
    kept = asked | ({"q": text} if text else {})
    return Listing(
        tuple(spec.show(row) for row in shown[:page]),
        narrowed.count(),
        tuple(_facet(found, spec, name, asked) for name in spec.facets),
        _mark(shown[page - 1], spec.order) if more else None,
        kept,
    )


def all_rows(
    rows: QuerySet[Row], spec: Spec[Row], query: Mapping[str, str]
) -> Sequence[dict[str, Any]]:
    """Return every row of a query, for export; at most one hundred thousand."""
    return list_rows(rows, spec, {**query, "after": ""}, page=100_000).rows


def _page(rows: QuerySet[Row], spec: Spec[Row], after: str, page: int) -> QuerySet[Row]:
    ordered = rows.select_related(*spec.related).order_by(*spec.order)
    if after:
        try:
            ordered = ordered.filter(_later(spec.order, _read_mark(after, len(spec.order))))
        except ValidationError as error:
            raise UnusableQuery(
                "this is no place in the list; begin with its first page"
            ) from error
    return ordered[: page + 1]


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
    found = sorted(((str(value), n) for value, n in counted), key=lambda item: (-item[1], item[0]))
    chosen = asked.get(name)
    choices = [Choice(v, spec.labels(name, v), n, v == chosen) for v, n in found[:40]]
    return Facet(name, spec.facets[name], tuple(choices))
