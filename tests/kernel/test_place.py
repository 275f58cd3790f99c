"""Places by ISO, Gleditsch-Ward and Correlates of War codes, with validity years."""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from standwith.kernel.place import UnknownPlace, numbered, place, places


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("BY", "Belarus"),
        ("blr", "Belarus"),
        ("MM", "Myanmar"),
        ("Belarus", "Belarus"),
        ("Tibet", "Tibet"),
        ("XK", "Kosovo"),
        ("SU", "Soviet Union"),
    ],
)
def test_a_place_is_found_by_code_or_name(code: str, name: str) -> None:
    assert place(code).name == name


def test_an_unknown_place_is_refused() -> None:
    with pytest.raises(UnknownPlace, match="write an ISO 3166 code"):
        place("Atlantis")


@pytest.mark.parametrize(
    ("system", "number", "year", "name"),
    [
        ("gw", 370, 2020, "Belarus"),
        ("cow", 255, 2000, "Germany"),
        ("gw", 260, 2000, "Germany"),
        ("cow", 345, 1980, "Yugoslavia"),
        ("cow", 345, 1999, "Serbia and Montenegro"),
        ("cow", 345, 2010, "Serbia"),
        ("gw", 340, 2010, "Serbia"),
        ("gw", 678, 1985, "Yemen Arab Republic"),
        ("cow", 679, 1995, "Yemen"),
        ("cow", 511, 1963, "Zanzibar"),
    ],
)
def test_a_number_names_a_place_in_a_year(system: str, number: int, year: int, name: str) -> None:
    assert numbered(system, number, year).name == name


def test_a_number_outside_its_years_names_nothing() -> None:
    with pytest.raises(UnknownPlace, match="names no place in 1950"):
        numbered("gw", 370, 1950)


def test_codes_are_not_given_twice() -> None:
    for field in ("iso2", "iso3"):
        counts = Counter(getattr(p, field) for p in places() if getattr(p, field))
        assert [code for code, count in counts.items() if count > 1] == []


def test_territories_state_no_code_of_states() -> None:
    territories = [p for p in places() if p.kind == "territory"]
    assert len(territories) >= 10
    assert all(p.gw is None and p.cow is None for p in territories)


def test_successors_and_claims_name_places() -> None:
    for entry in places():
        for code in (*entry.successors, *([entry.claimed_by] if entry.claimed_by else [])):
            assert place(code).kind == "state"


@pytest.mark.skipif("STANDWITH_DATA" not in os.environ, reason="no reference data at hand")
def test_all_states_of_the_reference_list_are_known() -> None:
    path = Path(os.environ["STANDWITH_DATA"]) / "watch/ewp_2025/states_gleditsch_ward.csv"
    with path.open() as file:
        rows = [r for r in csv.DictReader(file) if int(r["end_year_2017"]) == 2017]
    missing = [r["COW_name"] for r in rows if not _known(int(r["COW_number"]))]
    assert missing == []


def _known(number: int) -> bool:
    try:
        return bool(numbered("gw", number, 2017))
    except UnknownPlace:
        return False
