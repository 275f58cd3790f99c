"""The report of an undercount: a wrong number cannot be missed, and the documented comes first."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from numpy.random import PCG64, Generator
from tests.account.tables import KOSOVO

from standwith.account.undercount.capture import CaptureTable, from_cells
from standwith.account.undercount.estimate import as_data, estimate
from standwith.publish.undercount import report, sentence

MANIFEST = {"seed": 1, "versions": {"numpy": "2.4"}, "input_sha256": "ab" * 32}


def data_of(table: CaptureTable, method: str = "dga") -> dict[str, Any]:
    """Estimate a table, and write it as data."""
    return as_data(estimate(table, method, Generator(PCG64(1)))) | {"manifest": MANIFEST}


@pytest.fixture(scope="module")
def kosovo() -> dict[str, Any]:
    """The estimate of a table that passes its gates."""
    return data_of(KOSOVO)


def words(page: str) -> str:
    """Return the text of a page."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("<body>")[1])))


def test_bounds_assumption_sensitivity_and_tests_stand_beside_the_number(
    kosovo: dict[str, Any],
) -> None:
    text = words(report(kosovo, "Killings"))
    assert f"{kosovo['estimate']['median']:,}" in text
    assert f"{kosovo['calibrated']['q025']:,} to {kosovo['calibrated']['q975']:,}" in re.sub(
        r" +", " ", text
    )
    assert f"{kosovo['lower_bound']:,}" in text
    assert kosovo["assumption"] in text
    for point in kosovo["sensitivity"]:
        assert f"{point['median']:,}" in text
    for test in kosovo["internal_consistency"]["tests"]:
        assert f"{test['truth']:,}" in text
    for gate in kosovo["gates"]:
        assert gate["id"] in text
    assert str(MANIFEST["input_sha256"]) in text


def test_the_documented_number_comes_first_in_the_sentence(kosovo: dict[str, Any]) -> None:
    said = sentence(kosovo)
    numbers = [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", said)]
    assert numbers[0] == 4400
    assert numbers[1] == kosovo["estimate"]["median"]
    assert numbers[2:4] == [kosovo["calibrated"]["q025"], kosovo["calibrated"]["q975"]]


def test_a_refusal_stands_as_large_as_a_number_and_gives_none() -> None:
    thin = from_cells(["a", "b", "c"], {"100": 40, "010": 30, "001": 2, "110": 3})
    found = data_of(thin)
    assert found["refused"]
    text = words(report(found, "Thin"))
    assert "cannot tell" in sentence(found)
    assert "No estimate is given." in text
    assert "Because of" in text
    assert "overlap" in text
    assert "Estimated, with those on no list" not in text


def test_names_of_lists_and_titles_cannot_write_the_page() -> None:
    bent = CaptureTable(("<script>alert(1)</script>", "b", "c", "d"), KOSOVO.counts)
    page = report(data_of(bent), "<img src=x onerror=alert(1)>")
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_the_same_data_make_the_same_bytes(kosovo: dict[str, Any]) -> None:
    assert report(kosovo, "x") == report(data_of(KOSOVO), "x")


def test_the_linkage_is_told_where_it_was_averaged_over(kosovo: dict[str, Any]) -> None:
    held = {
        "draws": 200,
        "n": [4300, 4500],
        "shares": {"linkage": 0.31, "model": 0.2, "sampling": 0.49},
    }
    text = words(report(kosovo | {"linkage": held}, "x"))
    assert "4,300 to 4,500" in text
    assert "31 % lies between linkages" in text
