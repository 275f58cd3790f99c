"""The catalogue as readers browse it: list, one action, matrix of two dimensions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from standwith.choose.action import DIMENSIONS, Action
from standwith.choose.catalogue import catalogue
from standwith.choose.codes import CODES
from standwith.choose.matrix import Matrix, matrix
from standwith.kernel.policy import Reader
from standwith.services.listing import Choice, Facet, Listing, UnusableQuery
from standwith.services.roles import permit
from standwith.services.sight import NothingThere
from standwith.services.terms import fold

_FACETS = {"where": "Where", "target": "Target", "nature": "Nature", "tier": "Tier"}


def list_actions(reader: Reader, query: Mapping[str, str]) -> Listing:
    """List the actions of the catalogue, which is public; filters are its dimensions."""
    permit(reader, "read")
    asked = {name: value for name in _FACETS if (value := query.get(name, "").strip())}
    text = query.get("q", "").strip()
    found = [action for action in catalogue().values() if _holds(action, fold(text))]
    kept = [action for action in found if _fits(action, asked)]
    facets = tuple(_facet(found, name, asked) for name in _FACETS)
    words = {"q": text} if text else {}
    return Listing(tuple(map(_row, kept)), len(kept), facets, None, asked | words)


def _holds(action: Action, words: list[str]) -> bool:
    parts = fold(f"{action.id} {action.title}")
    return all(any(part.startswith(word) for part in parts) for word in words)


def _fits(action: Action, asked: Mapping[str, str]) -> bool:
    return all(value in action.values(name) for name, value in asked.items())


def _row(action: Action) -> dict[str, Any]:
    return {
        "id": action.id,
        "title": action.title,
        "tier": action.tier,
        "where": list(action.where),
        "target": list(action.target),
        "nature": list(action.nature),
        "phases": list(action.phases),
    }


def _facet(found: list[Action], name: str, asked: Mapping[str, str]) -> Facet:
    others = {key: value for key, value in asked.items() if key != name}
    counts = Counter(v for a in found if _fits(a, others) for v in a.values(name))
    codes = CODES[name]
    choices = [
        Choice(v, f"{v}: {codes[v]}", counts[v], v == asked.get(name)) for v in codes if counts[v]
    ]
    return Facet(name, _FACETS[name], tuple(choices))


def read_action(reader: Reader, identifier: str) -> dict[str, Any]:
    """Return one action with everything that is known of it.

    Raises:
        NothingThere: the catalogue has no such action.
    """
    permit(reader, "read")
    found = catalogue().get(identifier)
    if found is None:
        raise NothingThere(f"the catalogue has no action {identifier!r}; search for it")
    return asdict(found) | {"codes": [_coded(found, name) for name in DIMENSIONS]}


def _coded(action: Action, name: str) -> tuple[str, list[str]]:
    return name, [f"{code}: {CODES[name].get(code, code)}" for code in action.values(name)]


@dataclass(frozen=True, slots=True)
class Shown:
    """A matrix with the words of its codes, and the dimensions that can be chosen."""

    rows: str
    columns: str
    dimensions: tuple[str, ...]
    heads: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str, tuple[tuple[str, ...], ...]], ...]


def read_matrix(reader: Reader, rows: str, columns: str) -> Shown:
    """Sort the actions by two dimensions.

    Raises:
        UnusableQuery: a dimension is unknown, or both are the same.
    """
    permit(reader, "read")
    try:
        found: Matrix = matrix(catalogue().values(), rows, columns)
    except ValueError as error:
        raise UnusableQuery(str(error)) from error
    heads = tuple((code, CODES[columns].get(code, code)) for code in found.columns)
    lines = tuple(
        (
            code,
            CODES[rows].get(code, code),
            tuple(found.cells.get((code, c), ()) for c in found.columns),
        )
        for code in found.rows
    )
    return Shown(rows, columns, DIMENSIONS, heads, lines)
