"""What imports cannot show: folder laws, purity, start-up, sizes, exceptions with reasons."""

from __future__ import annotations

import ast
import os
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "standwith"
MODULES = sorted(SOURCE.rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CORE = ("kernel", "names", "watch", "assess", "choose", "act", "account")
LAYERS = [
    layer
    for row in PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    for layer in row.split(" | ")
]


def test_package_files_hold_a_docstring_and_nothing_else() -> None:
    for path in SOURCE.rglob("__init__.py"):
        body = ast.parse(path.read_text()).body
        assert len(body) == 1, path
        assert isinstance(body[0], ast.Expr)


@pytest.mark.parametrize("folder", LAYERS[:-1])
def test_a_folder_s_docstring_names_only_what_lies_below_it(folder: str) -> None:
    text = ast.get_docstring(ast.parse((SOURCE / folder / "__init__.py").read_text())) or ""
    second = next(line for line in text.splitlines() if line.startswith("It may import"))
    below = LAYERS[LAYERS.index(folder) + 1 :]
    named = {word for word in re.findall(r"[a-z]+", second) if word in LAYERS}
    assert named <= set(below)
    assert "It must never" in text


def test_every_layer_of_the_contract_is_a_folder_and_the_other_way_round() -> None:
    folders = {p.parent.name for p in SOURCE.glob("*/__init__.py")}
    assert folders == set(LAYERS)


def test_the_architecture_page_quotes_the_contracts() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text()
    quoted = re.findall(r'^  "(.+)",$', page, re.MULTILINE)
    assert quoted == PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    for contract in PROJECT["tool"]["importlinter"]["contracts"]:
        number, _, text = contract["name"].partition(" ")
        assert f"| {number} | {text} |" in page


def test_every_exception_to_a_lint_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    block = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.pydocstyle]")]
    for line in block.splitlines():
        if re.match(r'\s*"[A-Z]+\d*",|"[^"]+" = \["', line):
            assert "#" in line, line


def test_every_noqa_in_the_code_has_code_and_reason() -> None:
    for path in MODULES:
        for line in path.read_text().splitlines():
            if "# noqa" in line:
                assert re.search(r"# noqa: [A-Z]+\d+( - | .*- )", line), (
                    f"{path.name}: {line.strip()}"
                )


@pytest.mark.parametrize("path", MODULES, ids=[str(p.relative_to(SOURCE)) for p in MODULES])
def test_rooms_are_small(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            doc = ast.get_docstring(node, clean=False)
            assert length - (doc.count("\n") + 1 if doc else 0) <= 36, node.name


def test_modules_have_no_drawer_names() -> None:
    drawers = {"utils", "helpers", "common", "manager", "exceptions", "misc"}
    assert not {path.stem for path in MODULES} & drawers


def python(code: str, **environment: str) -> str:
    """Run code in a fresh interpreter and return what it prints."""
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, **environment},
    )
    return result.stdout.strip()


LOADED = "import sys; {code}; print(' '.join(sorted({{m.split('.')[0] for m in sys.modules}})))"


def test_importing_standwith_loads_nothing_heavy() -> None:
    loaded = set(python(LOADED.format(code="import standwith")).split())
    assert not loaded & {"numpy", "rich", "click", "yaml", "jsonschema", "jinja2", "docx", "typst"}


def test_help_loads_click_alone() -> None:
    code = "from standwith.cli.main import standwith; standwith(['--help'], standalone_mode=False)"
    loaded = set(
        python(
            f"import io, contextlib\nwith contextlib.redirect_stdout(io.StringIO()):\n    {code}\nimport sys; print(' '.join(sorted({{m.split('.')[0] for m in sys.modules}})))"
        ).split()
    )
    assert "click" in loaded
    assert not loaded & {"numpy", "rich", "yaml", "jsonschema", "jinja2", "docx", "typst"}


def test_the_text_brief_loads_no_writer_of_documents() -> None:
    code = "from standwith.cli.brief import render, work_out; render(work_out('belarus-2020', None, 'strictest'), 'text')"
    loaded = set(python(LOADED.format(code=code)).split())
    assert not loaded & {"jinja2", "docx", "typst", "openpyxl"}


def test_the_base_install_stays_small() -> None:
    lock = (ROOT / "requirements" / "base.lock").read_text()
    names = re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE)
    assert len(set(names)) + 1 <= 30


def test_every_locked_package_has_a_hash_and_no_address() -> None:
    for name in ("base", "dev"):
        text = (ROOT / "requirements" / f"{name}.lock").read_text()
        assert "://" not in text
        assert text.count("==") <= text.count("--hash=sha256:")


def test_the_core_works_with_network_clock_and_environment_shut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Anything that reached out would raise here."""
    from numpy.random import PCG64, Generator
    from tests.conftest import shipped_case

    from standwith.assess.assessment import assess
    from standwith.assess.profile import shipped
    from standwith.choose.brief import write_brief

    def shut(*_: object, **__: object) -> None:
        raise AssertionError("the core reached out")

    situation, rng = shipped_case("belarus-2020"), Generator(PCG64(1))
    monkeypatch.setattr(socket, "socket", shut)
    monkeypatch.setattr("time.time", shut)
    monkeypatch.setattr("os.getenv", shut)
    monkeypatch.setattr("random.random", shut)
    assert write_brief(assess(situation, as_of=situation.as_of), shipped(), rng=rng).items


def test_the_core_names_no_clock_environment_or_chance() -> None:
    banned = {"time", "random", "secrets", "os", "subprocess", "socket", "urllib"}
    for folder in CORE:
        for path in (SOURCE / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Import):
                    assert not {alias.name.split(".")[0] for alias in node.names} & banned, path
                if isinstance(node, ast.ImportFrom):
                    assert (node.module or "").split(".")[0] not in banned, path


@pytest.mark.parametrize(
    ("target", "line", "broken"),
    [
        ("kernel/verdict.py", "import standwith.names", "1 The loop"),
        ("assess/phase.py", "import socket", "2 The core"),
        ("choose/score.py", "import standwith.publish.words", "1 The loop"),
        ("cli/doctor.py", "import standwith.web", "1 The loop"),
        ("act/sanctions/__init__.py", "import standwith.act.coercion", "3 Act"),
        ("account/registry/__init__.py", "import standwith.account.linkage", "4 Account"),
        ("web/__init__.py", "import standwith.publish", "7 Web"),
    ],
)
def test_a_planted_fault_breaks_its_contract(
    target: str, line: str, broken: str, tmp_path: Path
) -> None:
    import shutil

    shutil.copytree(
        SOURCE, tmp_path / "standwith", ignore=shutil.ignore_patterns("data", "__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    path = tmp_path / "standwith" / target
    path.write_text(f"{path.read_text()}\n{line}\n")
    result = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert result.returncode == 1
    assert re.search(rf"^{re.escape(broken)}.*BROKEN", result.stdout, re.MULTILINE)
