"""Places: states by ISO 3166, Gleditsch-Ward and Correlates of War codes, with validity years.

Historical states and territories without a code are places too; a territory's entry states no
position on its status.
"""

from __future__ import annotations

from functools import cache

from standwith.kernel.country import Code, Country
from standwith.kernel.document import Data
from standwith.kernel.pack import read_json


class UnknownPlace(ValueError):  # noqa: N818 - named for the situation
    """No place has this code."""


@cache
def places() -> tuple[Country, ...]:
    """Return all places: states first, then historical states, then territories."""
    return tuple(_read(row) for row in read_json("places/states.json")["places"])


def place(code: str) -> Country:
    """Find a place by ISO 3166 code of two or three letters, or by its name where it has none.

    Raises:
        UnknownPlace: no state, historical state or territory has it.
    """
    found = _by_text().get(code.casefold())
    if found is None:
        message = f"{code!r} is no place; write an ISO 3166 code such as BY, or a listed name"
        raise UnknownPlace(message)
    return found


def numbered(system: str, number: int, year: int) -> Country:
    """Find a place by its ``gw`` or ``cow`` number in a year.

    Raises:
        UnknownPlace: the number named no place in that year.
    """
    for country in places():
        code = country.gw if system == "gw" else country.cow
        if code is not None and code.number == number and code.holds_in(year):
            return country
    message = f"{system.upper()} {number} names no place in {year}; codes change over the years"
    raise UnknownPlace(message)


@cache
def _by_text() -> dict[str, Country]:
    table: dict[str, Country] = {}
    for country in places():
        for text in (country.iso2, country.iso3, country.name):
            if text is not None:
                table.setdefault(text.casefold(), country)
    return table


def _code(row: dict[str, Data] | None) -> Code | None:
    return None if row is None else Code(row["code"], row["since"], row.get("until"))


def _read(row: dict[str, Data]) -> Country:
    return Country(
        row["name"],
        row["kind"],
        row["iso2"],
        row["iso3"],
        _code(row.get("gw")),
        _code(row.get("cow")),
        tuple(row.get("successors", ())),
        row.get("claimed_by"),
    )
