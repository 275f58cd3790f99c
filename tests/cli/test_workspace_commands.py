"""The commands of the workspace: what they print, how they end, what they say of wrong input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.kernel.test_note import KEY
from tests.kernel.test_receipt import receipt

from standwith.cli.main import standwith
from standwith.cli.workspace import folder_of, need_extra

HIDE = """
import sys
from importlib.abc import MetaPathFinder
class Hide(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "cryptography"}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Hide())
import importlib.util
real = importlib.util.find_spec
importlib.util.find_spec = lambda n, *a: None if n in {"django", "cryptography"} else real(n, *a)
from standwith.cli.main import run
sys.argv = ["standwith", *sys.argv[1:]]
run()
"""


def without_extra(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a command as if only the base were installed."""
    return subprocess.run(
        [sys.executable, "-c", HIDE, *words], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "words",
    [
        ("serve",),
        ("people", "invite", "x", "--name", "X", "--institution", "M", "--role", "desk"),
        ("evidence", "check"),
        ("move-database", "postgresql://u@h/n"),
    ],
)
def test_without_the_extra_a_command_says_how_to_install_it(words: tuple[str, ...]) -> None:
    found = without_extra(*words)
    assert found.returncode == 2
    assert "pip install 'standwith[workspace]'" in found.stderr
    assert "Traceback" not in found.stderr


def test_without_the_extra_the_main_job_still_runs() -> None:
    found = without_extra("catalogue", "list", "--tier", "T3")
    assert found.returncode == 0
    assert "G-29" in found.stdout


def test_without_the_extra_doctor_says_that_there_is_no_workspace(tmp_path: Path) -> None:
    found = without_extra("doctor", "--home", str(tmp_path / "none"))
    assert found.returncode == 0
    assert "workspace: none" in found.stdout


def test_the_extra_is_found_where_it_is_installed() -> None:
    need_extra()


@pytest.mark.parametrize(
    ("home", "environment", "found"),
    [
        ("/a", {"STANDWITH_HOME": "/b"}, "/a"),
        (None, {"STANDWITH_HOME": "/b"}, "/b"),
        (None, {"STANDWITH_HOME": "", "XDG_DATA_HOME": "/c"}, "/c/standwith"),
    ],
)
def test_the_folder_is_the_one_named_nearest(
    monkeypatch: pytest.MonkeyPatch, home: str | None, environment: dict[str, str], found: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert folder_of(Path(home) if home else None) == Path(found)


def run(*words: str) -> tuple[int, str, str]:
    """Run a command in this process."""
    result = CliRunner().invoke(standwith, list(words))
    return result.exit_code, result.stdout, result.stderr


def test_a_receipt_is_checked_from_a_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "it.tlog-proof"
    path.write_text(receipt(), "utf-8")
    code, said, _ = run("evidence", "verify", str(path), "--key", str(KEY))
    assert code == 0
    assert said.startswith("proved: entry 4 of 11 in example.org/log")
    assert "value: true" in said


def test_a_receipt_as_json_holds_entry_and_record(tmp_path: Path) -> None:
    path = tmp_path / "it.tlog-proof"
    path.write_text(receipt(), "utf-8")
    code, said, _ = run("evidence", "verify", str(path), "--key", str(KEY), "--format", "json")
    found = json.loads(said)
    assert code == 0
    assert (found["index"], found["size"], found["log"]) == (4, 11, "example.org/log")
    assert found["record"]["fields"] == {"value": "true"}


def test_an_erased_record_is_said_to_be_erased(tmp_path: Path) -> None:
    from tests.kernel.test_receipt import ENTRIES

    from standwith.kernel.receipt import Disclosure

    path = tmp_path / "it.tlog-proof"
    path.write_text(receipt(4, Disclosure(ENTRIES[4], None, None)), "utf-8")
    code, said, _ = run("evidence", "verify", str(path), "--key", str(KEY))
    assert code == 0
    assert "was erased" in said


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("index 4", "index 5"),
        ("example.org", "example.net"),
        ("\n11\n", "\n12\n"),
        ("extra ", "x "),
    ],
)
def test_a_bent_receipt_ends_with_one_and_says_why(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "it.tlog-proof"
    path.write_text(receipt().replace(old, new, 1), "utf-8")
    code, said, why = run("evidence", "verify", str(path), "--key", str(KEY))
    assert code == 1
    assert said == ""
    assert "proves nothing" in why


@pytest.mark.parametrize("key", ["", "x", "name+00000000+AAAA", str(KEY)[:-4]])
def test_a_key_that_is_none_is_bad_input(tmp_path: Path, key: str) -> None:
    path = tmp_path / "it.tlog-proof"
    path.write_text(receipt(), "utf-8")
    code, _, why = run("evidence", "verify", str(path), "--key", key)
    assert code == 2
    assert "--key" in why


def test_a_receipt_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    code, _, why = run("evidence", "verify", str(tmp_path / "none"), "--key", str(KEY))
    assert code == 2
    assert "does not exist" in why


def test_a_huge_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.truncate(3_000_000_000)
    code, _, why = run("evidence", "verify", str(path), "--key", str(KEY))
    assert code == 1
    assert "no receipt" in why


COMMANDS = ("serve", "people", "backup", "restore", "move-database", "evidence", "doctor")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    code, said, _ = run(name, "--help")
    assert code == 0
    assert "Usage" in said


def test_help_still_loads_nothing_of_the_workspace() -> None:
    code = (
        "import sys, io, contextlib\n"
        "from standwith.cli.main import standwith\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        "    standwith(['--help'], standalone_mode=False)\n"
        "print(' '.join(sorted({m.split('.')[0] for m in sys.modules})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    loaded = set(done.stdout.split())
    assert not loaded & {"django", "cryptography", "ninja", "gunicorn", "fido2", "psycopg"}
