"""Decision tables: each row decides its own cases; validity dates and conditions hold."""

from __future__ import annotations

from datetime import date

import pytest

from standwith.choose.row import Row
from standwith.choose.table import View, holds, rows
from standwith.kernel.document import Data
from standwith.kernel.pack import names, read_yaml

CASES = [
    (row, case)
    for name in names("rules")
    for row in read_yaml(name).data["rules"]
    for case in row["cases"]
]
GRADES = {"true": "met", "false": "not", "both": "contested", "not-applicable": "n/a"}


def view(given: dict[str, str], kind: str = "civic") -> View:
    """Make a view in which criteria and facts have the words given."""

    def look(key: str) -> tuple[str, str]:
        word = given.get(key, "unknown")
        return ("unknown", "partly") if word == "partly" else (word, GRADES.get(word, word))

    return View(look, look, kind)


@pytest.mark.parametrize(("row", "case"), CASES, ids=[f"{r['id']}: {c['name']}" for r, c in CASES])
def test_a_row_decides_its_own_cases(row: Data, case: Data) -> None:
    assert holds(row["when"], view(case["given"])) is case["expect"]


def test_every_row_has_passage_reason_and_known_outcome() -> None:
    outcomes = {"hold", "needs-info", "contested", "not-warranted", "measured", "counsel"}
    for row in rows():
        assert row.citation.lines
        assert row.because
        assert row.outcome in outcomes
        assert set(row.profiles) <= {"icnc", "crm-atrocity"}


def test_no_table_can_free_what_a_gate_holds() -> None:
    """Rows only restrict: there is no outcome that permits."""
    assert not {row.outcome for row in rows()} & {"permit", "recommend"}


def test_row_ids_are_unique() -> None:
    found = [row.id for row in rows()]
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 12, 31), False),
        (date(2024, 1, 1), True),
        (date(2024, 12, 31), True),
        (date(2025, 1, 1), False),
    ],
)
def test_a_row_holds_only_while_it_is_valid(day: date, *, expected: bool) -> None:
    row = rows()[0]
    dated = Row(
        row.id,
        row.title,
        row.profiles,
        row.actions,
        row.when,
        row.outcome,
        row.because,
        row.citation,
        date(2024, 1, 1),
        date(2024, 12, 31),
    )
    assert dated.in_force(day) is expected
    assert row.in_force(day)


def test_conditions_combine_as_they_read() -> None:
    true = {"always": True}
    assert holds({"all": [true, {"not": {"not": true}}]}, view({}))
    assert not holds({"any": [{"not": true}]}, view({}))
    assert not holds({}, view({}))
    assert holds({"organisation": ["armed"]}, view({}, "armed"))
