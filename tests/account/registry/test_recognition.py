"""Recognition is a matter of people: the program checks the form, and never proposes a label."""

from __future__ import annotations

from dataclasses import replace

import pytest

from standwith.account.registry.recognition import EXCLUDING, STANDARDS, Asked, problems

GOOD = Asked(
    "PACE1900", "a committee", ["a"], True, False, "held for a column in a newspaper", "file 12"
)


def test_a_proposal_with_all_its_parts_can_be_decided() -> None:
    assert problems(GOOD) == {}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"standard": "Mine"}, "standard"),
        ({"criteria": []}, "criteria"),
        ({"criteria": ["a", "II"]}, "criteria"),
        ({"exclusion_checked": False}, "exclusion_checked"),
        ({"exclusion_found": True}, "exclusion_found"),
        ({"body": " "}, "body"),
        ({"reasoning": "because"}, "reasoning"),
        ({"cited": ""}, "cited"),
    ],
)
def test_what_is_missing_is_said_by_field(changed: dict[str, object], field: str) -> None:
    assert list(problems(replace(GOOD, **changed))) == [field]  # type: ignore[arg-type]


def test_a_standard_without_a_clause_of_exclusion_asks_for_none() -> None:
    asked = replace(GOOD, standard="WGAD", criteria=["II", "V"], exclusion_checked=False)
    assert problems(asked) == {}


def test_the_five_categories_of_the_working_group_are_there() -> None:
    assert list(STANDARDS["WGAD"]) == ["I", "II", "III", "IV", "V"]


def test_the_resolution_of_2012_has_its_five_criteria() -> None:
    assert list(STANDARDS["PACE1900"]) == list("abcde")


def test_every_standard_that_excludes_violence_is_known() -> None:
    assert set(STANDARDS) >= EXCLUDING
