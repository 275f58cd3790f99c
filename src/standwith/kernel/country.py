"""Countries as data: a state, a historical state or a territory, and its codes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """A number in a code list, and the years for which it names this place."""

    number: int
    since: int
    until: int | None = None

    def holds_in(self, year: int) -> bool:
        """Whether the code names the place in a year (both ends included)."""
        return self.since <= year and (self.until is None or year <= self.until)


@dataclass(frozen=True, slots=True)
class Country:
    """A state, a historical state or a territory."""

    name: str
    kind: str
    iso2: str | None
    iso3: str | None
    gw: Code | None
    cow: Code | None
    successors: tuple[str, ...] = ()
    claimed_by: str | None = None
