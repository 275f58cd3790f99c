"""Single records and matrices of the catalogue, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from standwith.choose.codes import CODES
from standwith.choose.matrix import Matrix
from standwith.choose.release import by_id
from standwith.kernel.document import Data


def record_text(record: Data, release: Data) -> str:
    """Write a record field by field; evidence is written out, for and against."""
    title = record.get("title") or record.get("term") or record.get("text") or record.get("finding")
    lines = [f"{record['id']}  {title['en'] if title else ''}"]
    lines += _fields(record)
    if isinstance(record.get("evidence"), dict):
        lines += _evidence(record["evidence"], by_id(release["evidence"]))
    return "\n".join(lines) + "\n"


def _fields(record: Data) -> Iterator[str]:
    for key, value in record.items():
        if key in {"id", "title", "term", "evidence"} or value in (None, [], {}):
            continue
        yield f"  {key.replace('_', ' ')}: {_plain(value)}"


def _plain(value: Data) -> str:
    if isinstance(value, dict):
        return str(value["en"]) if set(value) == {"en"} else _pairs(value)
    if isinstance(value, list):
        separator = "; " if any(isinstance(part, dict) for part in value) else ", "
        return separator.join(_plain(part) for part in value)
    return str(value)


def _pairs(value: Data) -> str:
    kept = {k: v for k, v in value.items() if k != "sha256" and v not in (None, [])}
    return ", ".join(f"{key.replace('_', ' ')} {_plain(part)}" for key, part in kept.items())


def _evidence(named: Data, items: Data) -> Iterator[str]:
    for side in ("for", "against"):
        for key in named[side]:
            row = items[key]
            strength = f"design {row['design']} of 3, {row['directness']}, {row['checked']}"
            yield f"  evidence {side}: {row['study']}: {row['finding']['en']} ({key}; {strength})"


def matrix_text(found: Matrix) -> str:
    """Write a matrix as lines: one for each cell that holds anything."""
    lines = [f"{found.row_dimension} x {found.column_dimension}"]
    for row in found.rows:
        lines.append(f"{row} {CODES[found.row_dimension][row]}")
        for column in found.columns:
            ids = found.cells.get((row, column), ())
            if ids:
                name = CODES[found.column_dimension][column]
                lines.append(f"  {column} {name} ({len(ids)}): {', '.join(ids)}")
    return "\n".join(lines) + "\n"
