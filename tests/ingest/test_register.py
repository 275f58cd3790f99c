"""Registers as files: everything that is in them comes in, or is given back with the reason."""

from __future__ import annotations

import json
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from standwith.account.registry.mapping import UnusableRegister
from standwith.ingest.delimited import read_csv
from standwith.ingest.nested import read_json
from standwith.ingest.register import read_register
from standwith.ingest.sheet import Sheet
from standwith.ingest.workbook import read_xlsx

LIST = 'name,arrested\n"Ana, Petrova",2020-08-10\n"two\nlines",2020-08-11\n'


def cells(sheet: Sheet) -> list[list[str]]:
    return [list(row.cells.values()) for row in sheet.rows]


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_quoted_cells_and_lines_inside_them_are_read() -> None:
    found = read_csv("a.csv", LIST.encode())
    assert cells(found) == [["Ana, Petrova", "2020-08-10"], ["two\nlines", "2020-08-11"]]
    assert [row.where for row in found.rows] == ["line 2", "line 3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_the_encodings_of_registers_are_known(encoding: str) -> None:
    found = read_csv("a.csv", "имя,дата\nАнна Петрова,2020\n".encode(encoding))
    assert cells(found) == [["Анна Петрова", "2020"]]
    assert found.head == ("имя", "дата")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_delimiter_is_found(mark: str) -> None:
    text = f"name{mark}arrested\nAna{mark}2020\n"
    assert cells(read_csv("a.csv", text.encode())) == [["Ana", "2020"]]


def test_a_row_of_another_width_is_given_back_with_its_text() -> None:
    found = read_csv("a.csv", b"name,arrested\nAna\nBo,2020,extra\nCy,2021\n\n")
    assert cells(found) == [["Cy", "2021"]]
    assert [(lost.where, lost.reason) for lost in found.lost] == [
        ("line 2", "1 cells under 2 heads"),
        ("line 3", "3 cells under 2 heads"),
    ]
    assert found.lost[1].raw == "Bo | 2020 | extra"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<!DOCTYPE html><title>Sign in</title>", "web page"),
        (b"\n\n  <html><body>", "web page"),
        (b"%PDF-1.7\0\0\0", "binary file"),
        (b"", "fewer than two heads"),
        (b"name\nAna\n", "fewer than two heads"),
        (b'name,arrested\n"Ana,2020\n', "quotes that do not match"),
        (b'name,arrested\nAna,"20"20\n', "quotes that do not match"),
    ],
)
def test_what_is_no_list_stops_with_the_reason(data: bytes, why: str) -> None:
    with pytest.raises(UnusableRegister, match=why):
        read_csv("a.csv", data)


@given(st.binary(max_size=200))
def test_no_bytes_are_too_strange(data: bytes) -> None:
    try:
        found = read_csv("a.csv", data)
    except UnusableRegister:
        return
    assert all(len(row.cells) == len(set(found.head)) for row in found.rows)


def test_a_workbook_is_read_and_its_formulas_are_not_run() -> None:
    data = workbook(
        ["name", "arrested", "age", "note"],
        ["Ana", date(2020, 8, 10), 40.0, "=1+1"],
        [None, None, None, None],
        ["Bo", "2020", None, None],
        ["Cy", "2020", 1, "x", "beyond"],
    )
    found = read_xlsx("a.xlsx", data)
    assert cells(found) == [["Ana", "2020-08-10", "40", "=1+1"], ["Bo", "2020", "", ""]]
    assert [lost.where for lost in found.lost] == ["row 5"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nothing", b"name,arrested\n"])
def test_a_file_that_is_no_workbook_says_so(data: bytes) -> None:
    with pytest.raises(UnusableRegister, match="workbook"):
        read_xlsx("a.xlsx", data)


def test_a_time_of_day_in_a_workbook_stays_in_the_raw_cell() -> None:
    taken = datetime(2020, 8, 10, 14, 30)  # noqa: DTZ001 - workbooks know no zone
    found = read_xlsx("a.xlsx", workbook(["name", "arrested"], ["Ana", taken]))
    assert found.rows[0].cells["arrested"] == "2020-08-10 14:30:00"


def test_a_workbook_without_heads_says_so() -> None:
    with pytest.raises(UnusableRegister, match="row 1"):
        read_xlsx("a.xlsx", workbook(["name", None, "arrested"]))


def test_records_of_a_json_file_are_found_under_any_name() -> None:
    people = [{"name": "Ana", "articles": ["130", "342"]}, {"name": "Bo", "more": {"a": 1}}, 7]
    for held in (people, {"total": 3, "items": people}):
        found = read_json("a.json", json.dumps(held).encode())
        assert found.head == ("name", "articles", "more")
        assert found.rows[0].cells["articles"] == "130; 342"
        assert json.loads(found.rows[1].cells["more"]) == {"a": 1}
        assert [lost.raw for lost in found.lost] == ["7"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"total": 3}', '"name"'])
def test_a_json_file_without_records_says_so(text: str) -> None:
    with pytest.raises(UnusableRegister, match=r"a[.]json"):
        read_json("a.json", text.encode())


def test_a_folder_of_small_files_gives_one_row_each_and_loses_none(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.yaml").write_text("name: Ана\narrested: 2020-08-10\n", "utf-8")
    (tmp_path / "deep" / "b.json").write_text('{"name": "Bo"}', "utf-8")
    (tmp_path / "c.yml").write_text("name: [unclosed", "utf-8")
    (tmp_path / "d.yaml").write_text("!!python/object/apply:os.system ['true']", "utf-8")
    (tmp_path / "readme.md").write_text("no record", "utf-8")
    found = read_register(tmp_path)
    assert cells(found) == [["Ана", "2020-08-10"], ["Bo"]]
    assert [lost.where for lost in found.lost] == ["c.yml", "d.yaml"]
    assert found.lost[0].raw == "name: [unclosed"


def test_files_are_read_by_their_suffix(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST, "utf-8")
    assert len(read_register(path).rows) == 2
    path.rename(tmp_path / "list.exe")
    with pytest.raises(UnusableRegister, match="save it as one of"):
        read_register(tmp_path / "list.exe")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnusableRegister, match="no YAML or JSON"):
        read_register(tmp_path / "empty")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with path.open("wb") as file:
        file.truncate(10_000_000_000)
    with pytest.raises(UnusableRegister, match="10,000,000,000 bytes"):
        read_register(path)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1251", "имя,статус\nАнна,в заключении\n"),
        ("windows-1256", "الاسم,الحالة\nآنا,معتقل\n"),
        ("gb18030", "姓名,状态\n王芳,在押\n"),
    ],
)
def test_old_code_pages_are_told_by_their_heads(encoding: str, text: str) -> None:
    found = read_csv("a.csv", text.encode(encoding))
    assert found.encoding == encoding
    assert ",".join(found.head) in text


def test_a_code_page_that_heads_do_not_tell_is_never_guessed() -> None:
    data = "name,status\nАнна,в заключении\n".encode("windows-1251")
    with pytest.raises(UnusableRegister, match="save it as UTF-8, or name it"):
        read_csv("a.csv", data)
    assert cells(read_csv("a.csv", data, "windows-1251")) == [["Анна", "в заключении"]]


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "klingon"])
def test_an_encoding_that_is_not_that_of_the_text_is_told(encoding: str) -> None:
    with pytest.raises(UnusableRegister, match=f"no text of {encoding}"):
        read_csv("a.csv", "имя,статус\nАнна,x\n".encode("windows-1251"), encoding)


def test_a_workbook_that_swells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[list[object]] = [[f"Person {i}", "2020"] for i in range(500)]
    data = workbook(["name", "arrested"], *rows)
    monkeypatch.setattr("standwith.ingest.workbook.LARGEST", len(data))
    with pytest.raises(UnusableRegister, match="larger than"):
        read_xlsx("a.xlsx", data)


def test_values_inside_records_keep_their_form() -> None:
    people = [{"name": "Ana", "age": 40.0, "minor": False, "tags": [1, "b"], "none": None}]
    (row,) = read_json("a.json", json.dumps(people).encode()).rows
    assert row.cells == {
        "name": "Ana",
        "age": "40",
        "minor": "False",
        "tags": "1; b",
        "none": "",
    }
