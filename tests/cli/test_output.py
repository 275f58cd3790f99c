"""Files are written whole or not at all; broken pipes and terminals are met with sense."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from tests.conftest import shipped_case

from standwith.cli.inputs import day_asked, open_case, open_document, open_profiles, shipped_cases
from standwith.cli.output import BadInput, formats, write

PROGRAM = Path(sys.executable).with_name("standwith")


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "brief.txt"
    path.write_text("old")
    write("new", path)
    assert path.read_text() == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["brief.txt"]


def test_a_written_file_can_be_read_by_others(tmp_path: Path) -> None:
    path = tmp_path / "brief.txt"
    write("text", path)
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "brief.txt"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(BadInput, match="No space left on device; choose another place"):
        write("new", path)
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["brief.txt"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="choose another place"):
        write("text", tmp_path / "none" / "brief.txt")


def test_bytes_never_go_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    with pytest.raises(BadInput, match="name a file with -o"):
        write(b"%PDF", None)


def test_bad_input_ends_with_status_2() -> None:
    @click.command()
    def refuse() -> None:
        raise BadInput("what is wrong; how to mend it")

    result = CliRunner().invoke(refuse)
    assert result.exit_code == 2
    assert result.stderr == "Error: what is wrong; how to mend it\n"


def test_the_first_format_is_the_default() -> None:
    @click.command()
    @formats(("text", "json"))
    def show(form: str) -> None:
        click.echo(form)

    assert CliRunner().invoke(show).output == "text\n"
    assert CliRunner().invoke(show, ["--format", "json"]).output == "json\n"


def test_a_reader_that_closes_the_pipe_early_is_no_error() -> None:
    command = f"{PROGRAM} brief belarus-2020 --all | head -n 1"
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in result.stderr
    assert result.stdout.startswith("BELARUS")


def test_the_module_runs_as_the_program_does() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "standwith", "case", "list"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "belarus-2020" in result.stdout


def test_the_version_is_told() -> None:
    result = subprocess.run([str(PROGRAM), "--version"], capture_output=True, text=True, check=True)
    assert result.stdout.startswith("standwith, version 0.")


def test_output_is_utf_8_whatever_the_terminal_says() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    result = subprocess.run(
        [str(PROGRAM), "case", "show", "belarus-2020"],
        capture_output=True,
        check=True,
        env=environment,
    )
    assert "Protest movement" in result.stdout.decode("utf-8")


def test_shipped_cases_are_found_by_id() -> None:
    assert list(shipped_cases()) == ["belarus-2020", "myanmar-2023"]
    assert open_case("belarus-2020").id == "belarus-2020"


def test_a_file_of_the_same_name_comes_before_the_shipped_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "belarus-2020").write_text("a: 1")
    with pytest.raises(BadInput, match="is missing"):
        open_case("belarus-2020")


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="check the path"):
        open_document(tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [(None, "2020-08-18"), ("2020-12-31", "2020-12-31")],
)
def test_the_day_is_that_of_the_case_unless_asked(text: str | None, expected: str) -> None:
    assert day_asked(text, shipped_case("belarus-2020")).isoformat() == expected


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("strictest", ["icnc", "crm-atrocity"]),
        ("icnc", ["icnc"]),
        ("crm-atrocity", ["crm-atrocity"]),
    ],
)
def test_profiles_are_opened_by_name(name: str, ids: list[str]) -> None:
    assert [profile.id for profile in open_profiles(name)] == ids
