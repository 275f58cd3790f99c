"""Lists of prisoners that were taken in: their receipts, their rows, what was odd in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from standwith.kernel.policy import Purpose, Reader
from standwith.services.audience import audience
from standwith.services.labels import LEVELS
from standwith.services.listing import Listing, Spec, all_rows, list_rows
from standwith.services.sight import Sight, looking
from standwith.store.models.register import Intake, Observation

Data = dict[str, Any]


def _show(row: Intake) -> Data:
    told = row.receipt
    return {
        "id": str(row.pk),
        "source": row.source,
        "country": row.country,
        "known": row.known,
        "file": row.file,
        "state": row.state,
        "rows": told["rows"],
        "staged": told["staged"],
        "quarantined": told["quarantined"],
        "stopped": told["stopped"],
        "tlp": LEVELS[row.label.level].value,
    }


SPEC: Spec[Intake] = Spec(
    order=("-known", "id"),
    facets={"source": "Source", "state": "State"},
    show=_show,
    related=("label",),
)


def list_intakes(reader: Reader, query: Mapping[str, str]) -> Listing:
    """List the lists that were taken in."""
    with looking(reader, Purpose.ACCOUNT) as sight:
        return list_rows(_worded(sight, query), SPEC, query)


def export_intakes(reader: Reader, query: Mapping[str, str]) -> list[Data]:
    """Return all lists of a query."""
    with looking(reader, Purpose.ACCOUNT) as sight:
        return list(all_rows(_worded(sight, query), SPEC, query))


def _worded(sight: Sight, query: Mapping[str, str]) -> Any:  # noqa: ANN401 - a queryset of lists
    return sight.of(Intake).filter(file__icontains=query.get("q", "").strip())


def _show_row(row: Observation) -> Data:
    body = row.body
    return {
        "row": row.row,
        "where": body["where"],
        "key": row.key,
        "name": body.get("texts", {}).get("name", ""),
        "reason": row.reason,
        "odd": row.odd,
        "anomalies": [[one[0], one[1], one[2]] for one in body.get("anomalies", [])],
        "raw": body["raw"],
    }


ROWS: Spec[Observation] = Spec(
    order=("row", "id"), facets={"odd": "Anomaly", "reason": "Quarantined"}, show=_show_row
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A list with its receipt, its mapping as text, and a page of its rows."""

    head: Data
    receipt: Data
    mapping: str
    sha256: str
    rows: Listing
    who: Any


def read_intake(reader: Reader, identifier: str, query: Mapping[str, str]) -> Taken:
    """Return a list with a page of its rows.

    Raises:
        NothingThere: there is none for this reader.
    """
    with looking(reader, Purpose.ACCOUNT) as sight:
        row = sight.one(Intake, identifier)
        rows = list_rows(sight.of(Observation).filter(intake=row), ROWS, query)
        who = audience(row, Purpose.ACCOUNT)
        return Taken(_show(row), row.receipt, row.mapping["text"], row.sha256, rows, who)


def export_rows(reader: Reader, identifier: str, query: Mapping[str, str]) -> list[Data]:
    """Return all rows of a list, as they came and as they were read."""
    with looking(reader, Purpose.ACCOUNT) as sight:
        row = sight.one(Intake, identifier)
        return list(all_rows(sight.of(Observation).filter(intake=row), ROWS, query))
