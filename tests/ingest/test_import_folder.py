"""An import as a folder: whole or not at all, and read again as it was written."""

from __future__ import annotations

import csv
import json
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.account.registry.test_staging import staged

from standwith.account.registry.intake import Limits, gates, receipt, texts_of
from standwith.account.registry.mapping import UnusableRegister
from standwith.account.registry.promotion import promote
from standwith.account.registry.record import Episode
from standwith.account.registry.staging import Staged
from standwith.ingest.batch import Batch, read_batch, read_texts, write_batch

KNOWN = date(2024, 6, 1)
ROWS = (
    {"id": "1", "name": "Ana Petrova", "born": "1980-02-03", "arrested": "2021-05-01"},
    {"id": "2", "name": "=Bo", "born": "1980-02", "arrested": "2021-05"},
    {"id": "3", "name": "", "born": "1980~", "arrested": "31.02.2021"},
    {"id": "4", "name": "Дана", "born": "", "arrested": "1399/05/20 ش"},
)


@pytest.fixture
def held() -> Staged:
    """Four rows, each with a trouble of its own."""
    return staged(*ROWS)


def told(held: Staged, **more: Any) -> dict[str, Any]:
    base = {"source": "list", "country": "BY", "known": KNOWN.isoformat()}
    return receipt(held, gates(held, Limits()), base | more, None)


def written(held: Staged, place: Path) -> Batch:
    write_batch(place, held, told(held), promote(held.observations, "list", "BY", KNOWN))
    return read_batch(place)


def test_persons_episodes_and_receipt_are_read_as_written(held: Staged, tmp_path: Path) -> None:
    found = written(held, tmp_path / "in")
    persons, episodes = promote(held.observations, "list", "BY", KNOWN)
    assert found.persons == persons
    assert found.episodes == episodes
    assert found.receipt == told(held)
    assert found.known == KNOWN


def test_texts_come_back_for_the_list_after(held: Staged, tmp_path: Path) -> None:
    written(held, tmp_path / "in")
    assert read_texts(tmp_path / "in") == texts_of(held)


def test_raw_cells_stay_in_the_folder(held: Staged, tmp_path: Path) -> None:
    written(held, tmp_path / "in")
    lines = (tmp_path / "in" / "observations.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["raw"] for row in rows] == list(ROWS)
    assert [odd["code"] for odd in rows[2]["anomalies"]] == ["IMPOSSIBLE_DATE", "MISSING_NAME"]
    assert rows[3]["dates"]["arrested"] == "2020-08-10"


def test_what_tells_people_apart_is_written_for_the_linkage(held: Staged, tmp_path: Path) -> None:
    written(held, tmp_path / "in")
    with (tmp_path / "in" / "list.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["born"], row["happened"]) for row in rows] == [
        ("1980-02-03", "2021-05-01"),
        ("1980", "2021"),
        ("1980", ""),
        ("", "2020-08-10"),
    ]


def test_only_its_owner_reads_the_folder(held: Staged, tmp_path: Path) -> None:
    place = written(held, tmp_path / "in").place
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_a_folder_that_is_there_is_left_alone(held: Staged, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(UnusableRegister, match="is there already"):
        written(held, tmp_path / "in")
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["mine.txt"]


def test_an_interrupted_import_leaves_nothing_behind(held: Staged, tmp_path: Path) -> None:
    def cut() -> Any:
        yield from promote(held.observations, "list", "BY", KNOWN)[1][:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_batch(tmp_path / "in", held, told(held), ((), cut()))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["receipt.json", "persons.jsonl", "episodes.jsonl"])
@pytest.mark.parametrize("text", [None, "{", "[]\n", '{"id": 1}\n'])
def test_a_folder_that_was_changed_is_told(
    held: Staged, tmp_path: Path, name: str, text: str | None
) -> None:
    place = written(held, tmp_path / "in").place
    (place / name).unlink()
    if text is not None:
        (place / name).write_text(text, "utf-8")
    with pytest.raises(UnusableRegister, match="no folder of an import"):
        read_batch(place)


def test_an_event_of_another_kind_is_told(held: Staged, tmp_path: Path) -> None:
    place = written(held, tmp_path / "in").place
    text = (place / "episodes.jsonl").read_text("utf-8")
    (place / "episodes.jsonl").write_text(text.replace('"arrested"', '"vanished"', 1), "utf-8")
    with pytest.raises(UnusableRegister, match="vanished"):
        read_batch(place)


def test_an_empty_list_is_written_and_read(tmp_path: Path) -> None:
    empty = staged({"name": "", "id": ""})
    assert written(empty, tmp_path / "in").episodes == tuple[Episode]()
    assert (tmp_path / "in" / "list.csv").read_text("utf-8") == "id,name,born,happened,sex\n"
