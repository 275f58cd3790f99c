"""Laws of every form of list: nothing vanishes, nothing crashes, one list reads alike in all."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.ingest.test_register_pdf import printed, table

from standwith.account.registry.mapping import UnusableRegister, propose
from standwith.account.registry.staging import stage
from standwith.ingest import pdf_page
from standwith.ingest.register import FORMS, read_bytes
from standwith.ingest.sheet import Sheet

HEAD = ("id", "name", "arrested", "charges", "status")
TODAY = date(2024, 6, 1)
ROWS = [
    ("1", "Ana Petrova", "2021-03-04", "Article 342", "detained"),
    ("2", "Алесь Прыкладны", "2021-03-05", "ст. 130", "released"),
    ("3", "مریم نمونه", "1400/01/15", "500", "detained"),
]


def as_csv() -> bytes:
    out = StringIO(newline="")
    csv.writer(out).writerows([HEAD, *ROWS])
    return out.getvalue().encode()


def as_xlsx() -> bytes:
    book = Workbook()
    for row in (HEAD, *ROWS):
        book.worksheets[0].append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def records() -> list[dict[str, str]]:
    return [dict(zip(HEAD, row, strict=True)) for row in ROWS]


def as_zip() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as pack:
        for one in records():
            pack.writestr(f"{one['id']}.yaml", yaml.safe_dump(one, allow_unicode=True))
    return out.getvalue()


def as_lines() -> bytes:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in records()).encode()


MADE = {
    "list.csv": as_csv(),
    "list.xlsx": as_xlsx(),
    "list.json": json.dumps({"people": records()}).encode(),
    "list.jsonl": as_lines(),
    "list.zip": as_zip(),
    "list.pdf": printed(table([list(HEAD), *[list(row) for row in ROWS]])),
}


def told(sheet: Sheet) -> list[tuple[dict[str, str], dict[str, str], tuple[str, ...]]]:
    staged = stage(sheet.rows, propose(sheet.head), TODAY, sheet.lost)
    assert staged.rows == len(sheet.rows) + len(sheet.lost)
    return [
        (
            dict(one.texts),
            {field: str(period) for field, period in one.dates.items()},
            tuple(odd.code for odd in one.anomalies),
        )
        for one in staged.observations
    ]


@pytest.mark.parametrize("name", sorted(MADE))
def test_one_list_says_the_same_in_every_form(name: str) -> None:
    assert told(read_bytes(name, MADE[name])) == told(read_bytes("list.csv", MADE["list.csv"]))


@pytest.mark.parametrize("suffix", FORMS)
@settings(max_examples=25, deadline=None)
@given(data=st.binary(max_size=200))
def test_no_bytes_of_any_form_are_anything_but_read_or_refused(suffix: str, data: bytes) -> None:
    if suffix == ".pdf":
        data = b"no " + data  # what begins as a PDF is another process's: see its own tests
    found = read_or_refused(f"list{suffix}", data)
    if isinstance(found, str):
        assert found.startswith(f"list{suffix}")
    else:
        assert all(set(row.cells) <= set(found.head) for row in found.rows)


def read_or_refused(name: str, data: bytes) -> Sheet | str:
    """Read a file; or give the words in which it is refused."""
    try:
        return read_bytes(name, data)
    except UnusableRegister as error:
        return str(error)


IDS = st.sampled_from("abcdef")
TEXTS = st.lists(st.one_of(IDS, st.text(max_size=8)), max_size=3)
ENTITIES = st.builds(
    lambda key, schema, held: {"id": key, "schema": schema, "properties": held},
    IDS,
    st.sampled_from(["Person", "Event", "CourtCase", "CourtCaseParty", "Company", "Detention"]),
    st.dictionaries(
        st.sampled_from(["name", "involved", "party", "case", "person", "startDate"]), TEXTS
    ),
)
THINGS = st.lists(
    st.one_of(ENTITIES, st.dictionaries(st.text(max_size=3), st.text(max_size=3)), st.integers()),
    max_size=12,
)


@given(THINGS)
def test_every_entity_is_a_row_part_of_a_row_or_given_back(found: list[Any]) -> None:
    text = "\n".join(
        json.dumps(one) for one in [*found, {"id": "z", "schema": "Person", "properties": {}}]
    )
    sheet = read_bytes("list.ftm", text.encode())
    persons = [one for one in found if isinstance(one, dict) and one.get("schema") == "Person"]
    assert len(sheet.rows) == len(persons) + 1
    inside = {one["id"] for row in sheet.rows for one in json.loads(row.cells["told by"] or "[]")}
    for one in found:
        entity = isinstance(one, dict) and "schema" in one
        if entity and one["schema"] != "Person" and one["id"] not in inside:
            assert any(json.dumps(one["id"]) in lost.raw for lost in sheet.lost)
        if not entity:
            assert len(sheet.lost) > 0


@given(THINGS)
def test_lines_in_are_lines_out(found: list[Any]) -> None:
    plain = [one for one in found if not (isinstance(one, dict) and "schema" in one)]
    data = "\n".join(json.dumps(one) for one in [*plain, {"name": "Ana"}]).encode()
    sheet = read_bytes("list.jsonl", data)
    assert len(sheet.rows) + len(sheet.lost) == len(plain) + 1


@given(st.lists(st.sampled_from("abcابتث 12-"), max_size=20))
def test_putting_signs_in_order_keeps_every_sign(signs: list[str]) -> None:
    assert sorted(pdf_page.logical(signs)) == sorted(signs)


@given(st.text("ابتثجحخ", min_size=1, max_size=12))
def test_a_word_from_right_to_left_is_turned_round(word: str) -> None:
    assert pdf_page.logical(list(word[::-1])) == word


@given(st.text("ابتثجح", min_size=3, max_size=8), st.integers(1000, 2999))
def test_numbers_inside_a_line_from_right_to_left_stay_as_they_are(word: str, year: int) -> None:
    shown = list(f"{year} {word[::-1]}")
    assert pdf_page.logical(shown) == f"{word} {year}"


def char(text: str, x: float, y: float = 10.0, size: float = 10.0) -> dict[str, Any]:
    return {"text": text, "x0": x, "x1": x + 5, "top": y, "bottom": y + size, "size": size,
            "fontname": "Some-Bold"}  # fmt: skip


def test_signs_at_one_height_are_one_line_with_blanks_where_there_are_gaps() -> None:
    chars = [char("b", 25), char("a", 20), char("c", 40), char("d", 20, y=30)]
    found = list(pdf_page.lines(chars))
    assert [line["text"] for line in found] == ["ab c", "d"]
    assert [line["bold"] for line in found] == [True, True]
    assert found[1]["gap"] == 1.0


def test_letters_drawn_as_shapes_are_read_as_letters() -> None:
    (line,) = pdf_page.lines([char("\ufe8e", 10), char("\ufe91", 15), char("ﬁ", 40)])
    assert "با" in line["text"]
    assert "fi" in line["text"]
