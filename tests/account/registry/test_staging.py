"""Rows become observations: nothing is lost, and what is odd is told."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st

from standwith.account.registry.dates import Calendar, Manner, Order
from standwith.account.registry.mapping import (
    HEADS,
    UnusableRegister,
    propose,
    read_map,
    write_map,
)
from standwith.account.registry.staging import Observation, Quarantined, Row, Staged, stage
from standwith.account.registry.statuses import told
from standwith.account.registry.vocabulary import Status

TODAY = date(2024, 6, 1)
VIASNA = (
    "id,url,name,status,gender,photo,description,birthday,arrested,articles,prison,declaration,"
    "decision,penalty,judge,councel,penalty_start_date,release_date,verdict_date,appeal_date,"
    "fake_terrorist_list,died,clusters"
)


def staged(*rows: dict[str, str], **manners: Manner) -> Staged:
    """Stage rows under the heads that any of them has."""
    head = list(dict.fromkeys(key for row in rows for key in row))
    proposed = propose(head)
    mapping = type(proposed)(proposed.columns, manners, proposed.left)
    held = [Row(f"line {i}", {key: row.get(key, "") for key in head})
            for i, row in enumerate(rows, start=2)]  # fmt: skip
    return stage(held, mapping, TODAY)


def one(**cells: str) -> Observation:
    (found,) = staged(cells).observations
    return found


def codes(found: Observation) -> list[str]:
    return [odd.code for odd in found.anomalies]


def test_the_columns_of_registers_find_their_fields() -> None:
    found = propose(VIASNA.split(","))
    assert found.columns["charges"] == "articles"
    assert found.columns["released"] == "release_date"
    assert found.columns["tried"] == "verdict_date"
    assert found.columns["sentence"] == "penalty"
    assert found.columns["born"] == "birthday"
    assert found.essential == 1
    assert "councel" in found.left


@pytest.mark.parametrize(
    "head",
    [
        ["ФИО", "Дата задержания", "Статья", "Статус"],
        ["نام", "تاریخ بازداشت", "اتهام", "وضعیت"],
        ["الاسم", "تاريخ الاعتقال", "التهمة", "الحالة"],
        ["姓名", "拘押日期", "罪名", "状态"],
        ["Main Name", "Date of Detention", "Charge (statute)", "Detention Status"],
    ],
)
def test_heads_in_five_languages_find_the_essential_fields(head: list[str]) -> None:
    assert propose(head).essential == 1


def test_a_mapping_is_saved_and_read_again() -> None:
    manner = Manner(Calendar.JALALI, Order.DAY_FIRST)
    head = ["name", "taken on"]
    text = json.dumps(
        {
            "columns": {"name": "name", "arrested": "taken on"},
            "dates": {"arrested": {"calendar": "jalali", "order": "day_first"}},
        }
    )
    found = read_map(text, head)
    assert found.manners == {"arrested": manner}
    assert read_map(write_map(found), head) == found


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "no mapping"),
        ("[]", "no mapping"),
        ('{"columns": []}', "no mapping"),
        ('{"columns": {"nom": "name"}}', "'nom' is no field"),
        ('{"columns": {"name": "nom"}}', "no column is called 'nom'"),
        ('{"columns": {"name": "name"}, "dates": {"name": {}}}', "'name' is no date"),
        ('{"columns": {"name": "name"}, "dates": {"born": {"calendar": "x"}}}', "no mapping"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(text: str, why: str) -> None:
    with pytest.raises(UnusableRegister, match=why):
        read_map(text, ["name"])


def test_two_columns_of_one_head_are_refused() -> None:
    with pytest.raises(UnusableRegister, match="rename one"):
        propose(["name", "name"])


def test_raw_cells_are_kept_as_they_came() -> None:
    found = one(name="  Ana\u202e  Petrova ", arrested="31.02.2021", note="=1+1")
    assert found.raw == {"name": "  Ana\u202e  Petrova ", "arrested": "31.02.2021", "note": "=1+1"}
    assert found.texts["name"] == "Ana Petrova"
    assert codes(found) == ["BIDI_CONTROL", "FORMULA_CELL", "IMPOSSIBLE_DATE"]


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "-cmd", "\tx"])
def test_cells_that_a_spreadsheet_would_run_are_marked(text: str) -> None:
    assert "FORMULA_CELL" in codes(one(name="Ana", note=text))


@pytest.mark.parametrize("text", ["-", "-5", "a=b", "2020-01-01", ""])
def test_plain_cells_are_not(text: str) -> None:
    assert codes(one(name="Ana", note=text)) == []


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"arrested": "31.02.2021"}, "IMPOSSIBLE_DATE"),
        ({"arrested": "some time"}, "UNPARSED_DATE"),
        ({"arrested": "03/04/2020"}, "AMBIGUOUS_DATE"),
        ({"arrested": "2031-01-01"}, "FUTURE_EVENT_DATE"),
        ({"died": "2023-01-01"}, "DEATH_CLAIM"),
        ({"status": "died in custody"}, "DEATH_CLAIM"),
        ({"arrested": "2022-05-01", "released": "2022-01-01"}, "ORDER_VIOLATION"),
        ({"arrested": "2022-05-01", "trial date": "2021"}, "ORDER_VIOLATION"),
        ({"arrested": "2020-05-01", "sentence ends": "2022-05-01"}, "TERM_EXPIRED"),
        ({"arrested": "2020-05-01", "age": "3"}, "AGE_IMPLAUSIBLE"),
        ({"arrested": "2020-05-01", "born": "1899-01-01"}, "AMBIGUOUS_DATE"),
        ({"arrested": "2020-05-01", "born": "1990", "age": "41"}, "AGE_DISAGREES"),
        ({"name": ""}, "MISSING_NAME"),
    ],
)
def test_each_oddity_has_its_code_and_never_drops_the_person(
    cells: dict[str, str], code: str
) -> None:
    found = one(**({"name": "Ana Petrova", "id": "1"} | cells))
    assert code in codes(found)
    assert found.raw["id"] == "1"


def test_a_withheld_date_leaves_the_others() -> None:
    found = one(name="Ana", arrested="2020-05-01", released="2031-01-01", born="31.02.1980")
    assert set(found.dates) == {"arrested"}
    assert all(odd.withheld for odd in found.anomalies)


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"released": "2022-01-01"}, "released"),
        ({"trial date": "2021"}, "tried"),
        ({"sentence ends": "2021-12-31"}, "ends"),
        ({"born": "2023-01-01"}, "born"),
    ],
)
def test_a_date_out_of_order_is_not_used(cells: dict[str, str], field: str) -> None:
    found = one(**({"name": "Ana", "arrested": "2022-05-01"} | cells))
    assert set(found.dates) == {"arrested"}
    assert [(odd.code, odd.field, odd.withheld) for odd in found.anomalies] == [
        ("ORDER_VIOLATION", field, True)
    ]


def test_a_term_may_end_in_the_future() -> None:
    found = one(name="Ana", arrested="2020-05-01", **{"sentence ends": "2030-05-01"})
    assert codes(found) == []
    assert str(found.dates["ends"]) == "2030-05-01"


def test_rows_that_collide_are_marked_and_kept_apart() -> None:
    ana = {"name": "Ana Petrova", "born": "1980-02-03", "url": "x"}
    found = staged({"id": "1"} | ana, {"id": "2"} | ana, {"id": "2", "name": "Bo"}).observations
    assert codes(found[0]) == ["SOURCE_URL_COLLISION", "STRONG_SIGNATURE_COLLISION"]
    assert "DUPLICATE_SOURCE_ID" in codes(found[1])
    assert codes(found[2]) == ["DUPLICATE_SOURCE_ID"]
    assert len({row.key for row in found}) == 3, "no two rows are taken for one person"


def test_the_whole_column_settles_which_number_is_the_day() -> None:
    found = staged(
        {"name": "Ana", "arrested": "03/04/2020"}, {"name": "Bo", "arrested": "05/28/2020"}
    )
    assert str(found.observations[0].dates["arrested"]) == "2020-03-04"
    assert found.mapping.manners["arrested"].order is Order.MONTH_FIRST


def test_a_saved_calendar_is_used() -> None:
    found = staged({"name": "آنا", "arrested": "۱۳۹۹/۰۵/۲۰"}, arrested=Manner(Calendar.JALALI))
    assert str(found.observations[0].dates["arrested"]) == "2020-08-10"


def test_a_row_without_anything_mapped_is_quarantined_with_its_cells() -> None:
    found = staged({"name": "Ana", "x": ""}, {"name": "", "x": "left over"})
    assert [lost.where for lost in found.quarantined] == ["line 3"]
    assert "left over" in found.quarantined[0].raw


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(HEADS, texts)), max_size=6))
@pace(deadline=None, max_examples=60)
def test_rows_in_are_rows_staged_and_quarantined_whatever_they_hold(
    rows: list[dict[str, str]],
) -> None:
    held = [Row(f"line {i}", cells) for i, cells in enumerate(rows)]
    lost = [Quarantined("line 99", "x", "broken")]
    found = stage(held, propose(list(HEADS)), TODAY, lost)
    assert found.rows == len(rows) + 1
    kept = {row.where: row.raw for row in found.observations}
    assert all(kept[row.where] == row.cells for row in held if row.where in kept)


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        ("released", Status.RELEASED),
        ("REL-PSB", Status.RELEASED),
        ("Pardoned, released", Status.PARDONED),
        ("освобожден по амнистии", Status.AMNESTIED),
        ("آزاد", Status.RELEASED),
        ("former", Status.NO_LONGER_LISTED),
        ("house arrest", Status.HOUSE_ARREST),
        ("пропал? исчез", Status.DISAPPEARED),
        ("DET", None),
        ("active", None),
        ("not released", None),
        ("pardon refused", None),
        ("calls for his release", None),
        ("не освобожден", None),
        ("", None),
    ],
)
def test_statuses_are_read_and_a_turned_one_is_not(status: str, wanted: Status | None) -> None:
    assert told({"status": status}).status is wanted


def test_a_prison_cell_may_hold_a_status_but_a_place_may_bear_any_name() -> None:
    assert told({"prison": "released"}).status is Status.RELEASED
    assert told({"prison": "at liberty before serving sentence"}).prison_is_status
    named = told({"prison": "IK-2, former monastery, Release Street 5"})
    assert named.status is None
    assert not named.prison_is_status


def test_death_and_allegation_are_told_apart() -> None:
    assert told({"status": "DEC-ill"}).dead
    assert told({"status": "умер в колонии"}).dead
    assert told({"status": "REL?"}).alleged
    assert told({"status": "DET"}).held
    assert not told({"status": "declared hunger strike"}).dead
