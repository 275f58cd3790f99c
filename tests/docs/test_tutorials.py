"""The tutorial of three lists, command by command: what it shows is what is printed."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from standwith.cli.main import standwith

FOLDER = Path(__file__).parents[2] / "docs" / "tutorials"
PAGE = (FOLDER / "three-lists.md").read_text(encoding="utf-8")


def steps() -> list[tuple[str, list[str]]]:
    """Return the commands of the page, each with the lines that it shows."""
    found = list[tuple[str, list[str]]]()
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ standwith "):
                found.append((line.removeprefix("$ standwith "), []))
            else:
                found[-1][1].append(line)
    return found


def test_three_messy_lists_end_in_the_sentence_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (FOLDER / "three-lists").iterdir():
        shutil.copy(path, tmp_path)
    monkeypatch.chdir(tmp_path)
    printed = ""
    for command, shown in steps():
        done = CliRunner().invoke(standwith, shlex.split(command))
        assert done.exit_code == 0, f"{command}: {done.output}"
        printed += done.stdout
        for line in shown:
            assert line.rstrip() in done.output, f"{command}: {line}"
    said = re.search(r"^> (.+(?:\n> .+)*)", PAGE, re.MULTILINE)
    assert said is not None
    sentence = said[1].replace("\n> ", " ")
    assert sentence in printed
    assert "Tests inside the lists" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert len(steps()) == 7


def test_the_lists_hold_whom_the_page_says() -> None:
    lines = (FOLDER / "three-lists" / "truth.csv").read_text(encoding="utf-8").splitlines()
    persons = {line.split(",")[1] for line in lines[1:]}
    assert f"{180 - len(persons)} of them stand on none" in PAGE
