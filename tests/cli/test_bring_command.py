"""`standwith registry bring` on a workspace of its own: progress, interruption, refusals."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FURNISH = """
import django
from standwith.cli.workspace import open_workspace
open_workspace()
from standwith.services.setup import bring_up_to_date
bring_up_to_date()
from tests.workspace.conftest import furnish
furnish()
"""
RUN = "from standwith.cli.main import run; run()"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("home")
    subprocess.run([sys.executable, "-c", FURNISH], env=surroundings(place), cwd=ROOT, check=True)
    return place


def surroundings(home: Path) -> dict[str, str]:
    held = {key: text for key, text in os.environ.items() if key != "STANDWITH_TEST_DATABASE"}
    return held | {"STANDWITH_HOME": str(home)}


def listed(place: Path, rows: int) -> Path:
    lines = [f"{i},Person {i},2021-03-{1 + i % 28:02},Article {i % 9}" for i in range(rows)]
    path = place / f"list-{rows}.csv"
    path.write_text("\n".join(["id,name,arrested,charges", *lines]), "utf-8")
    return path


def words(path: Path, *more: str, source: str = "hosted", who: str = "desk") -> list[str]:
    return [
        sys.executable, "-c", RUN, "registry", "bring", str(path), "--as", who, "--source", source,
        "--country", "BY", "--on", "2024-06-01", "--tlp", "GREEN", "--compartment",
        "Belarus desk", *more,
    ]  # fmt: skip


def run(home: Path, asked: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        asked, env=surroundings(home), cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_a_list_is_brought_in_with_progress_and_promoted(home: Path, tmp_path: Path) -> None:
    asked = words(listed(tmp_path, 12), "--promote", "few rows, on purpose")
    found = run(home, asked)
    assert found.returncode == 0, found.stderr
    assert "12 of 12 rows" in found.stderr
    assert "promoted: 12 persons are new." in found.stdout


def test_interrupted_it_goes_on_with_the_same_command(home: Path, tmp_path: Path) -> None:
    asked = words(listed(tmp_path, 30_000), source="long")
    with subprocess.Popen(
        asked, env=surroundings(home), cwd=ROOT, stderr=subprocess.PIPE, text=True
    ) as begun:
        assert begun.stderr is not None
        first = begun.stderr.readline()
        begun.terminate()
    assert first == "5,000 of 30,000 rows\n"
    assert begun.returncode != 0
    again = run(home, asked)
    assert again.returncode == 0, again.stderr
    steps = [line for line in again.stderr.splitlines() if "of 30,000" in line]
    assert steps[0] != first.strip()
    assert steps[-1] == "30,000 of 30,000 rows"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--as", "nobody"], "no account is called 'nobody'"),
        (["--compartment", "Elsewhere"], "no compartment 'Elsewhere'"),
        (["--as", "auditor"], "this account may not"),
        (["--country", "Belarus"], "country: two letters"),
        (["--on", "tomorrow"], "tomorrow"),
        (["--mapping", "nowhere.json"], "nowhere.json: cannot be read"),
    ],
)
def test_what_is_wrong_is_told_in_words(
    home: Path, tmp_path: Path, more: list[str], says: str
) -> None:
    found = run(home, [*words(listed(tmp_path, 12), source="wrong"), *more])
    assert found.returncode == 2
    assert says in found.stderr
    assert "Traceback" not in found.stderr


def test_a_file_that_is_too_large_is_refused_before_it_is_read(home: Path, tmp_path: Path) -> None:
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(10_000_000_000)  # a file with a hole: it takes no room
    found = run(home, words(huge))
    assert found.returncode == 2
    assert "10,000,000,000 bytes; 1,000,000,000 at most; split the file" in found.stderr
