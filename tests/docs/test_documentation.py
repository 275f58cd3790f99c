"""Documentation that cannot lie: commands, outputs, fields and links are compared with the program."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from click.testing import CliRunner

from standwith.choose.release import current
from standwith.cli.main import standwith
from standwith.kernel.pack import names, read_bytes

ROOT = Path(__file__).parents[2]
PAGES = sorted(p for p in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))


def generator() -> ModuleType:
    """Load the script that writes the reference pages."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATED: dict[str, str] = generator().pages()


@pytest.mark.parametrize("name", GENERATED)
def test_a_reference_page_says_what_the_program_does(name: str) -> None:
    written = (ROOT / "docs" / "reference" / name).read_text("utf-8")
    assert written == GENERATED[name], "run: python docs/generate.py"


def test_every_schema_is_published() -> None:
    for name in names("schemas", ".json"):
        published = ROOT / "docs" / "reference" / "schemas" / name.rsplit("/", 1)[1]
        assert published.read_bytes() == read_bytes(name)


OUTPUTS = re.findall(
    r"<!-- output: standwith (.+?) -->\n```text\n(.*?)```",
    (ROOT / "README.md").read_text(),
    re.DOTALL,
)


@pytest.mark.parametrize(("command", "shown"), OUTPUTS)
def test_an_output_in_the_readme_is_what_the_command_prints(command: str, shown: str) -> None:
    result = CliRunner().invoke(standwith, command.split())
    assert result.exit_code == 0
    assert result.stdout.startswith(shown)


COMMANDS = sorted(
    {
        line.split("standwith ", 1)[1].split("#")[0].strip()
        for page in PAGES
        for line in page.read_text().splitlines()
        if line.startswith("$ .venv/bin/standwith ")
    }
)
SETTING = {"mine.yaml": "case", "ministry.yaml": "profile"}


@pytest.mark.parametrize("command", [c for c in COMMANDS if not c.startswith("case new")])
def test_every_command_in_the_documentation_runs(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.assess.test_case import VALID

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STANDWITH_HOME", str(tmp_path / "home"))
    Path("mine.yaml").write_text(VALID)
    page = (ROOT / "docs" / "how-to" / "add-a-profile.md").read_text()
    Path("ministry.yaml").write_text(re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[0])
    result = CliRunner().invoke(standwith, command.split())
    assert result.exit_code == 0, result.stderr


def test_there_are_commands_to_check() -> None:
    assert len(COMMANDS) >= 8
    assert len(OUTPUTS) == 2


@pytest.mark.parametrize("page", PAGES, ids=[str(p.relative_to(ROOT)) for p in PAGES])
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)\)", page.read_text("utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


def test_the_readme_is_short_and_so_is_the_architecture() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 120
    assert len((ROOT / "ARCHITECTURE.md").read_text().splitlines()) <= 150


def test_the_readme_s_figures_are_those_of_the_catalogue() -> None:
    text = (ROOT / "README.md").read_text()
    entries = [row for row in current()["actions"] if not row["id"][-1].isalpha()]
    assert f"{len(entries)} actions" in text
    assert "five sources" in text
    assert len(current()["sources"]) == 5


@pytest.mark.parametrize("name", ["CITATION.cff", "publiccode.yml", "mkdocs.yml"])
def test_machine_readable_files_parse(name: str) -> None:
    assert yaml.safe_load((ROOT / name).read_text())


def test_every_page_stands_in_the_navigation() -> None:
    listed = set(re.findall(r"[\w/-]+\.md", (ROOT / "mkdocs.yml").read_text()))
    there = {str(p.relative_to(ROOT / "docs")) for p in (ROOT / "docs").rglob("*.md")}
    assert listed == there


def test_every_make_target_that_is_named_exists() -> None:
    made = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"`make ([a-z-]+)`|\$ make ([a-z-]+)", page.read_text()))
        assert {a or b for a, b in named} <= made


def test_the_repository_speaks_of_the_product_alone() -> None:
    """No address of a package index, no path of a build machine."""
    import shutil
    import subprocess

    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")

    files = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    hosts = ("pypi" + ".org", "python" + "hosted", "npm" + "js.org", "deb." + "debian")
    for name in files:
        if not (ROOT / name).exists():
            continue
        text = (ROOT / name).read_bytes().decode("utf-8", "ignore")
        assert not any(host in text for host in hosts), name
