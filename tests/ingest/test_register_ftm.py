"""FollowTheMoney, packed folders and lines of JSON as lists: nothing lost, nothing made up."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from standwith.account.registry.mapping import UnusableRegister, propose
from standwith.ingest import nested
from standwith.ingest.register import read_bytes
from standwith.ingest.sheet import Sheet

Data = dict[str, Any]


def entity(key: str, schema: str, **properties: list[str]) -> Data:
    return {"id": key, "schema": schema, "properties": properties}


ANA = entity("p1", "Person", name=["Ana Petrova", "Анна Петрова"], birthDate=["1990-01-02"])
BO = entity("p2", "Person", name=["Bo Example"], gender=["male"])
HELD = entity("e1", "Event", involved=["p1"], startDate=["2020-08-10"], endDate=["2021-08-10"],
              location=["Colony 9"])  # fmt: skip
AGAIN = entity("d1", "Detention", person=["p1"], startDate=["2023-02-01"], charges=["Article 342"],
               status=["in prison"])  # fmt: skip
CASE = entity("c1", "CourtCase", category=["Article 130"], court=["A court"])
PARTY = entity("y1", "CourtCaseParty", case=["c1"], party=["p2"], role=["accused"])
FIRM = entity("o1", "Company", name=["A company"])


def lines(*entities: Data) -> bytes:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in entities).encode()


def read(*entities: Data) -> Sheet:
    return read_bytes("list.ftm", lines(*entities))


def test_each_person_is_a_row_with_the_latest_detention() -> None:
    ana, bo = read(ANA, BO, HELD, AGAIN, CASE, PARTY).rows
    assert ana.cells["name"] == "Ana Petrova"
    assert ana.cells["other name"] == "Анна Петрова"
    assert (ana.cells["arrested"], ana.cells["charges"]) == ("2023-02-01", "Article 342")
    assert ana.cells["status"] == "in prison"
    assert bo.cells["charges"] == "Article 130"
    assert (ana.where, bo.where) == ("line 1", "line 2")


def test_the_end_of_an_event_is_no_release_and_stays_in_the_raw_cell() -> None:
    (row,) = read(ANA, HELD).rows
    assert row.cells["released"] == ""
    assert row.cells["arrested"] == "2020-08-10"
    assert json.loads(row.cells["told by"])[0]["properties"]["endDate"] == ["2021-08-10"]


def test_all_that_is_said_of_a_person_is_kept_as_it_came() -> None:
    row = read(ANA, BO, HELD, AGAIN, CASE, PARTY).rows[1]
    assert json.loads(row.cells["person as it came"]) == BO["properties"]
    assert {one["id"] for one in json.loads(row.cells["told by"])} == {"y1", "c1"}


def test_an_entity_that_speaks_of_nobody_is_given_back_with_the_reason() -> None:
    found = read(ANA, FIRM)
    assert [(one.where, one.reason) for one in found.lost] == [
        ("line 2", "an entity of the schema Company, which names no person of this file")
    ]
    assert "A company" in found.lost[0].raw


def test_a_broken_line_is_given_back_and_the_rest_comes_in() -> None:
    data = lines(ANA) + b'\n{"id": "p9", "schema\n' + lines(BO)
    found = read_bytes("list.jsonl", data)
    assert len(found.rows) == 2
    assert [(one.where, one.raw) for one in found.lost] == [("line 2", '{"id": "p9", "schema')]


def test_the_columns_are_known_without_a_mapping() -> None:
    columns = propose(read(ANA, BO, HELD, AGAIN).head).columns
    assert {"id", "name", "born", "arrested", "charges", "status", "prison"} <= set(columns)


def test_json_with_entities_in_a_list_is_read_alike() -> None:
    found = read_bytes("list.json", json.dumps([ANA, HELD]).encode())
    assert found.rows[0].cells == read(ANA, HELD).rows[0].cells


def test_lines_of_plain_records_are_rows() -> None:
    found = read_bytes("list.jsonl", b'{"name": "Ana", "arrested": "2020"}\n{"name": "Bo"}\n')
    assert [dict(row.cells) for row in found.rows] == [
        {"name": "Ana", "arrested": "2020"},
        {"name": "Bo"},
    ]


def test_lines_without_any_record_are_no_list() -> None:
    with pytest.raises(UnusableRegister, match="no line of it is a record"):
        read_bytes("list.jsonl", b"sign in\nplease\n")


def packed(**files: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as pack:
        for name, text in files.items():
            pack.writestr(name.replace("__", "/").replace("_yaml", ".yaml"), text)
    return out.getvalue()


def test_a_packed_folder_is_read_like_a_folder() -> None:
    data = packed(people__b_yaml="name: Bo\n", people__a_yaml="name: Ana\n", x_yaml="a: [b")
    found = read_bytes("list.zip", data)
    assert [(row.where, row.cells["name"]) for row in found.rows] == [
        ("people/a.yaml", "Ana"),
        ("people/b.yaml", "Bo"),
    ]
    assert [(one.where, one.raw) for one in found.lost] == [("x.yaml", "a: [b")]


@pytest.mark.parametrize("data", [b"PK no more", packed(), packed(readme="hello")])
def test_what_is_no_packed_folder_is_refused(data: bytes) -> None:
    with pytest.raises(UnusableRegister, match=r"list\.zip: no"):
        read_bytes("list.zip", data)


def test_a_packed_folder_that_swells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nested, "LARGEST", 100)
    with pytest.raises(UnusableRegister, match="more than 100 bytes"):
        read_bytes("list.zip", packed(a_yaml="name: " + "a" * 200))
