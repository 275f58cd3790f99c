"""What changed between two releases of the catalogue, field by field, with the reason of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from standwith.choose.release import FOLDERS, by_id
from standwith.kernel.document import Data


@dataclass(frozen=True, slots=True, order=True)
class FieldChange:
    """One field of one record: before, after (None where absent), and why."""

    record: str
    field: str
    before: str | None
    after: str | None
    reason: str


def diff(old: Data, new: Data, reasons: Mapping[tuple[str, str], str]) -> tuple[FieldChange, ...]:
    """Compare two releases; ``reasons`` are by (record, field), or by (record, "*")."""
    return tuple(
        FieldChange(record, field, before, after, _reason(reasons, record, field))
        for folder in FOLDERS
        for record, field, before, after in _folder(by_id(old[folder]), by_id(new[folder]))
    )


def _reason(reasons: Mapping[tuple[str, str], str], record: str, field: str) -> str:
    top = field.partition(".")[0]
    return (
        reasons.get((record, field)) or reasons.get((record, top)) or reasons.get((record, "*"), "")
    )


Change = tuple[str, str, str | None, str | None]


def _folder(old: Mapping[str, Data], new: Mapping[str, Data]) -> Iterator[Change]:
    for record in sorted(old.keys() | new.keys()):
        if record not in new:
            yield record, "(record)", "present", None
        elif record not in old:
            yield record, "(record)", None, "present"
        else:
            before, after = _flat(old[record]), _flat(new[record])
            for field in sorted(before.keys() | after.keys()):
                if before.get(field) != after.get(field):
                    yield record, field, before.get(field), after.get(field)


def _flat(value: Data, path: str = "") -> dict[str, str]:
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list) and any(isinstance(part, dict) for part in value):
        items = ((str(i), part) for i, part in enumerate(value))  # type: ignore[assignment]
    elif isinstance(value, list):
        return {path: ", ".join(str(part) for part in value)}
    else:
        return {path: str(value)}
    flat: dict[str, str] = {}
    for key, part in items:
        flat |= _flat(part, f"{path}.{key}" if path else str(key))
    return flat
