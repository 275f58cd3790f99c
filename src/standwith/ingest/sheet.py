"""A list as it lies in its file: heads, rows as text, and the rows that could not be read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from standwith.account.registry.staging import Quarantined, Row

LARGEST = 1_000_000_000
FIELD = 1_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A register as it lies in its file: heads, rows, rows that were lost, and how it was read."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    lost: tuple[Quarantined, ...]
    encoding: str = "utf-8"


def records(found: Iterable[tuple[str, object]]) -> Sheet:
    """Make a sheet of records, each with where it stands; what is no record is given back."""
    rows, lost, head = list[Row](), list[Quarantined](), dict[str, None]()
    for where, one in found:
        if isinstance(one, Mapping) and one:
            cells = {storable(str(key)): flat(value) for key, value in one.items()}
            head |= dict.fromkeys(cells)
            rows.append(Row(where, cells))
        else:
            lost.append(Quarantined(where, flat(one)[:FIELD], "does not parse as a record"))
    return Sheet(tuple(head), tuple(rows), tuple(lost))


def flat(value: object) -> str:
    """Write a value as text; lists are joined by semicolons, records stay JSON."""
    if isinstance(value, list) and all(isinstance(one, str | int | float) for one in value):
        return "; ".join(map(cell, value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return cell(value)


def cell(value: object) -> str:
    """Write a cell as text; days have no time of day, whole numbers no point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return storable(str(value)).strip()


def storable(text: str) -> str:
    """Mark what no database holds (a zero, half of a pair of surrogates) by the sign for that."""
    if "\0" not in text and text.isascii():
        return text
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
