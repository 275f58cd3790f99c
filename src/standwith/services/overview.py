"""The Watch board: open situations on a map and in a list; forecasts once there are any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from standwith.kernel.pack import read_json
from standwith.kernel.policy import Purpose, Reader
from standwith.services.compartments import Place, Proposed, alarms, emergencies_in
from standwith.services.sight import looking
from standwith.services.situations import SPEC, country_name
from standwith.services.tallies import counts_of
from standwith.store.models.case import Situation


@dataclass(frozen=True, slots=True)
class Country:
    """A country on the map: outline, name, and how many records the reader sees there."""

    code: str
    name: str
    path: str
    open: int

    @property
    def small(self) -> bool:
        """Whether it is drawn as a dot."""
        return self.path.endswith("h0")


@dataclass(frozen=True, slots=True)
class Board:
    """What the board shows; ``forecasts`` is empty until the watch stage has made some."""

    countries: tuple[Country, ...]
    rest: str
    situations: tuple[dict[str, Any], ...]
    forecasts: tuple[object, ...]
    alarms: tuple[Proposed, ...]
    emergencies: tuple[Place, ...]


@cache
def _outlines() -> tuple[tuple[str, str, str], ...]:
    rows = read_json("places/world.json")["countries"]
    return tuple((row["code"], row["name"], row["path"]) for row in rows)


def board(reader: Reader) -> Board:
    """Put the board together from what the reader may see."""
    with looking(reader, Purpose.WATCH) as sight:
        rows = sight.of(Situation).filter(state="open").select_related("label")
        shown = [SPEC.show(row) for row in rows.order_by("-as_of", "id")[:200]]
        found = counts_of(sight, "situation").by("country", {"state": "open"})
    drawn, rest = countries_drawn(found)
    waiting = tuple(alarms(reader))
    return Board(drawn, rest, tuple(shown), (), waiting, tuple(emergencies_in(reader)))


def countries_drawn(found: Mapping[str, int]) -> tuple[tuple[Country, ...], str]:
    """Draw the countries that have a number, and all others as one shape."""
    marked = [
        Country(code, country_name(code), path, found[code])
        for code, _, path in _outlines()
        if code in found
    ]
    return tuple(marked), "".join(path for code, _, path in _outlines() if code not in found)
