"""The tutorials, command by command: what they show is what is printed."""

from __future__ import annotations

import csv
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from standwith.cli.main import standwith

FOLDER = Path(__file__).parents[2] / "docs" / "tutorials"


def page(name: str) -> str:
    """Return the text of a tutorial."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def steps(name: str) -> list[tuple[str, list[str]]]:
    """Return the commands of a tutorial, each with the lines that it shows."""
    found = list[tuple[str, list[str]]]()
    for block in re.findall(r"```console\n(.*?)```", page(name), re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ standwith "):
                found.append((line.removeprefix("$ standwith "), []))
            else:
                found[-1][1].append(line)
    return found


def followed(name: str) -> str:
    """Run a tutorial; return what it printed."""
    printed = ""
    for command, shown in steps(name):
        done = CliRunner().invoke(standwith, shlex.split(command))
        assert done.exit_code == 0, f"{command}: {done.output}"
        printed += done.stdout
        for line in shown:
            assert line.rstrip() in done.output, f"{command}: {line}"
    return printed


def test_three_messy_lists_end_in_the_sentence_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (FOLDER / "three-lists").iterdir():
        shutil.copy(path, tmp_path)
    monkeypatch.chdir(tmp_path)
    printed = followed("three-lists")
    said = re.search(r"^> (.+(?:\n> .+)*)", page("three-lists"), re.MULTILINE)
    assert said is not None
    sentence = said[1].replace("\n> ", " ")
    assert sentence in printed
    assert "Tests inside the lists" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert len(steps("three-lists")) == 7


def test_the_lists_hold_whom_the_page_says() -> None:
    lines = (FOLDER / "three-lists" / "truth.csv").read_text(encoding="utf-8").splitlines()
    persons = {line.split(",")[1] for line in lines[1:]}
    assert f"{180 - len(persons)} of them stand on none" in page("three-lists")


def test_dirty_lists_end_in_the_figures_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    followed("lists-to-figures")
    assert len(steps("lists-to-figures")) == 7
    day = "2024-01-01"
    with (tmp_path / "made" / "persons.csv").open(encoding="utf-8", newline="") as file:
        held = {
            row["person"]
            for row in csv.DictReader(file)
            if row["arrested"] <= day and (not row["ended"] or row["ended"] > day)
        }
    with (tmp_path / "made" / "truth.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["person"] for row in csv.DictReader(file)}
    said = f"In truth {len(held & listed)} of the persons on the lists were held that day, and"
    assert f"{said} {len(held)} with" in page("lists-to-figures")
