"""The catalogue as tables: one for each kind of record, for CSV and XLSX."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.styles import Font

from standwith.kernel.document import Data

ACTION_COLUMNS = (
    "id", "version", "status", "title", "paraphrase", "where", "who", "target", "nature", "goals",
    "phases", "tier", "recipient", "preconditions", "limits", "apt_when", "legal_basis",
    "substitute", "risks", "evidence_for", "evidence_against", "notice_days", "staff_days",
    "cost_eur", "requires", "conflicts", "overlaps", "part_of", "sources",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def action_table(release: Data) -> Table:
    """Return head and rows of the actions; lists are joined by a semicolon."""
    return ACTION_COLUMNS, [_action(row) for row in release["actions"]]


def _action(row: Data) -> tuple[str, ...]:
    estimates, relations = row["estimates"], row["relations"]
    substitute = row["substitute"] or {"text": {"en": ""}, "actions": []}
    risks = (f"{r['to']} ({r['severity']}): {r['what']}; {r['mitigation']}" for r in row["risks"])
    cells = {
        **row,
        "title": row["title"]["en"],
        "paraphrase": row["paraphrase"]["en"],
        "preconditions": [_condition(item) for item in row["preconditions"]],
        "substitute": _joined([substitute["text"]["en"], *substitute["actions"]]),
        "risks": list(risks),
        "evidence_for": row["evidence"]["for"],
        "evidence_against": row["evidence"]["against"],
        **{key: _range(estimates[key]) for key in ("notice_days", "staff_days", "cost_eur")},
        "requires": relations["requires"],
        "conflicts": [item["action"] for item in relations["conflicts"]],
        "overlaps": relations["overlaps"],
        "part_of": relations["part_of"] or "",
        "sources": [f"{item['source']} L{item['lines']}" for item in row["sources"]],
    }
    return tuple(_cell(cells[name]) for name in ACTION_COLUMNS)


def _condition(item: Data) -> str:
    return f"{item['gate']} when {item['when']}" if "when" in item else str(item["gate"])


def _range(value: Data) -> str:
    low, high = value.values()
    return f"{low} to {high} (estimate)"


def _joined(parts: Sequence[str]) -> str:
    return "; ".join(part for part in parts if part)


def _cell(value: Data) -> str:
    text = _joined([str(part) for part in value]) if isinstance(value, list) else str(value)
    return safe(text)


def safe(text: str) -> str:
    """Keep a spreadsheet from reading a text as a formula: a leading sign gets an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def catalogue_csv(release: Data) -> str:
    """Write the actions as CSV (UTF-8, head row, comma)."""
    head, rows = action_table(release)
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return file.getvalue()


def catalogue_xlsx(release: Data) -> bytes:
    """Write all records as a workbook: one sheet for each kind."""
    book = Workbook(write_only=True)
    for title, (head, rows) in _sheets(release):
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "B2"
        sheet.append([_bold(sheet, name) for name in head])
        for row in rows:
            sheet.append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _bold(sheet: Data, name: str) -> Data:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=name)
    cell.font = Font(bold=True)
    return cell


def _sheets(release: Data) -> Iterator[tuple[str, Table]]:
    yield "actions", action_table(release)
    for kind, columns in (
        ("criteria", ("id", "title", "kind", "scope", "answered", "sources")),
        (
            "statistics",
            ("id", "text", "value", "unit", "as_of", "recomputable", "label", "sources"),
        ),
        ("definitions", ("id", "term", "definition", "status", "sources")),
        ("evidence", ("id", "study", "finding", "design", "directness", "checked", "sources")),
    ):
        yield kind, (columns, [_row(row, columns) for row in release[kind]])


def _row(row: Data, columns: Sequence[str]) -> tuple[str, ...]:
    cells = []
    for name in columns:
        value = row[name]
        if name == "sources":
            value = [f"{item['source']} L{item['lines']}" for item in value]
        elif isinstance(value, dict):
            value = value["en"]
        cells.append(_cell("" if value is None else value))
    return tuple(cells)
