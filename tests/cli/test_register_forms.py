"""`standwith registry import` of every form of list: PDF, FollowTheMoney, packed folders."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.ingest.test_register_ftm import AGAIN, ANA, BO, FIRM, HELD, lines
from tests.ingest.test_register_pdf import blocks, people, printed, table

from standwith.cli.main import standwith

NAMES = ["Ana Petrova", "Bo Example", "Cy Sample"]


def run(path: Path, output: Path, *more: str) -> Result:
    words = ["registry", "import", str(path), "--source", "made", "--country", "BY",
             "--on", "2024-06-01", "-o", str(output), *more]  # fmt: skip
    return CliRunner().invoke(standwith, words)


def receipt(output: Path) -> dict[str, Any]:
    held: dict[str, Any] = json.loads((output / "receipt.json").read_text("utf-8"))
    return held


def test_a_list_in_pdf_is_imported(tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(printed(blocks("cyrillic", people("cyrillic", 12))))
    found = run(path, tmp_path / "out")
    assert found.exit_code == 0, found.output
    told = receipt(tmp_path / "out")
    assert (told["rows"], told["staged"], told["quarantined"]) == (12, 12, 0)


def test_a_table_in_pdf_reconciles_row_by_row(tmp_path: Path) -> None:
    rows = [["Name", "Arrest date", "Charges", "Status"]]
    rows += [[name, f"2021-01-0{i}", "Article 1", "detained"] for i, name in enumerate(NAMES, 1)]
    path = tmp_path / "list.pdf"
    path.write_bytes(printed(table(rows)))
    assert run(path, tmp_path / "out", "--claimed", "3").exit_code == 0
    refused = run(path, tmp_path / "other", "--claimed", "4")
    assert refused.exit_code == 2
    assert not (tmp_path / "other").exists()


def test_follow_the_money_is_imported_with_what_it_says_of_nobody(tmp_path: Path) -> None:
    path = tmp_path / "list.ftm"
    path.write_bytes(lines(ANA, BO, HELD, AGAIN, FIRM))
    found = run(path, tmp_path / "out", "--anyway", "few entities, on purpose")
    assert found.exit_code == 0, found.output
    told = receipt(tmp_path / "out")
    assert (told["rows"], told["staged"], told["quarantined"]) == (3, 2, 1)


def test_a_packed_folder_and_the_folder_are_one_list(tmp_path: Path) -> None:
    folder = tmp_path / "people"
    folder.mkdir()
    for i, name in enumerate(NAMES):
        text = f"name: {name}\\narrested: 2021-01-0{i + 1}\\ncharges: art. 1\\nstatus: detained\\n"
        (folder / f"{i}.yaml").write_text(text.replace("\\n", "\n"), "utf-8")
    with zipfile.ZipFile(tmp_path / "people.zip", "w") as pack:
        for path in sorted(folder.iterdir()):
            pack.write(path, path.name)
    for name in ("people", "people.zip"):
        found = run(tmp_path / name, tmp_path / f"out {name}")
        assert found.exit_code == 0, found.output
    one, two = (receipt(tmp_path / f"out {name}") for name in ("people", "people.zip"))
    assert one["rows"] == two["rows"] == 3
    assert one["anomalies"] == two["anomalies"]
    assert one["sha256"] != two["sha256"]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("list.pdf", b"%PDF-1.7 broken", "no PDF that can be read"),
        ("list.pdf", b"<html>", "no PDF; download it again"),
        ("list.zip", b"PK", "no ZIP that opens"),
        ("list.ftm", b"please sign in", "no line of it is a record"),
        ("list.docx", b"PK", "no form that is known; save it as one of .csv"),
    ],
)
def test_what_is_no_list_leaves_nothing_behind(
    tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found = run(path, tmp_path / "out")
    assert found.exit_code == 2
    assert says in found.output
    assert not (tmp_path / "out").exists()
