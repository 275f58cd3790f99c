"""Which column of a register holds what: proposed from the heads, settled by a person, saved."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from standwith.account.registry.dates import Calendar, Manner, Order
from standwith.kernel.pack import read_yaml

HEADS: dict[str, tuple[str, ...]] = {
    field: tuple(aliases) for field, aliases in read_yaml("registry/heads.yaml").data.items()
}
ESSENTIAL = ("name", "arrested", "charges", "status")
DATES = ("born", "arrested", "tried", "ends", "released", "died")
LEAST = 0.75


class UnusableRegister(ValueError):  # noqa: N818 - named for the situation
    """A file that cannot be staged; the message says what, where and the mend."""


@dataclass(frozen=True, slots=True)
class FieldMap:
    """Column of each field, how each column of dates writes them, and columns left over."""

    columns: Mapping[str, str]
    manners: Mapping[str, Manner]
    left: tuple[str, ...] = ()

    @property
    def essential(self) -> float:
        """Share of the essential fields that have a column; a place of custody tells a status."""
        held = set(self.columns) | ({"status"} if "prison" in self.columns else set())
        return sum(field in held for field in ESSENTIAL) / len(ESSENTIAL)


def propose(head: Sequence[str]) -> FieldMap:
    """Propose a column for each field by the heads; of two that fit the better known name wins.

    Raises:
        UnusableRegister: two columns have one head.
    """
    _different(head)
    folded = {_folded(column): column for column in reversed(head)}
    columns: dict[str, str] = {}
    for field, aliases in HEADS.items():
        fits = [folded[_folded(alias)] for alias in aliases if _folded(alias) in folded]
        if fits:
            columns[field] = fits[0]
    return FieldMap(columns, {}, tuple(one for one in head if one not in columns.values()))


def recognised(head: Sequence[str]) -> int:
    """Count the heads that are known; it tells which of two readings of a file makes sense."""
    return sum(bool(field_of(column)) for column in head)


def field_of(head: str) -> str:
    """Name the field that a head is known for; nothing where it is not known."""
    return _FIELDS.get(_folded(head), "")


def _different(head: Sequence[str]) -> None:
    seen = set[str]()
    for column in head:
        if column in seen:
            raise UnusableRegister(f"two columns have the head {column!r}; rename one of them")
        seen.add(column)


def _folded(head: str) -> str:
    plain = unicodedata.normalize("NFKC", head).casefold().replace("_", " ")
    return " ".join(plain.replace("'", "").replace("\u02bc", "").split())


def write_map(found: FieldMap) -> str:
    """Write a mapping, to be looked through, mended and used again."""
    manners = {
        field: {"calendar": manner.calendar, "order": manner.order}
        for field, manner in sorted(found.manners.items())
    }
    held = {"columns": dict(sorted(found.columns.items())), "dates": manners}
    return json.dumps(held, ensure_ascii=False, indent=2) + "\n"


def read_map(text: str, head: Sequence[str]) -> FieldMap:
    """Read a mapping for a file with these heads.

    Raises:
        UnusableRegister: it is no mapping, names a field or a column that there is not.
    """
    _different(head)
    try:
        held = json.loads(text)
        columns = {str(field): str(column) for field, column in held["columns"].items()}
        manners = {field: _manner(one) for field, one in held.get("dates", {}).items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnusableRegister(f"no mapping of columns ({error}); propose one anew") from error
    for field, column in columns.items():
        if field not in HEADS:
            raise UnusableRegister(f"{field!r} is no field; there are {', '.join(HEADS)}")
        if column not in head:
            raise UnusableRegister(f"no column is called {column!r}; there are {', '.join(head)}")
    strange = sorted(set(manners) - set(DATES))
    if strange:
        raise UnusableRegister(f"{strange[0]!r} is no date; dates are {', '.join(DATES)}")
    left = tuple(column for column in head if column not in columns.values())
    return FieldMap(columns, manners, left)


def _manner(held: Mapping[str, str | None]) -> Manner:
    calendar, order = held.get("calendar"), held.get("order")
    return Manner(Calendar(calendar) if calendar else None, Order(order) if order else None)


_FIELDS = {_folded(alias): field for field, aliases in HEADS.items() for alias in aliases}
