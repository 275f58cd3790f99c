"""What imports cannot show of the shell: views call one service, nobody goes round the policy."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "standwith"
VIEWS = sorted(path for path in (SOURCE / "web" / "views").glob("*.py") if path.stem != "__init__")
SERVICES = sorted((SOURCE / "services").glob("*.py"))
STORE = sorted((SOURCE / "store").rglob("*.py"))
# Who may ask for rows past the policy: the log and its verification compare every row; the index of
# words and erasure act on rows that a sight gave out before; a change reads the version it replaces;
# counts are no content, and are narrowed to the labels of a sight themselves.
UNGUARDED = {
    "batches.py",
    "change.py",
    "derivation.py",
    "erasure.py",
    "tallies.py",
    "terms.py",
    "verification.py",
}
WHOLE = {"handling.py", "verification.py", "backup.py", "move.py"}


def calls(path: Path) -> list[tuple[ast.Call, ast.Attribute]]:
    """List the calls of methods and functions of modules in a file."""
    return [
        (node, node.func)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]


def service_calls(function: ast.FunctionDef, names: set[str]) -> list[str]:
    """List the calls of services in a view: module.function of what was imported as a module."""
    found = []
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            value = node.func.value
            if isinstance(value, ast.Name) and value.id in names and node.func.attr.islower():
                found.append(f"{value.id}.{node.func.attr}")
    return found


def imported_services(tree: ast.Module) -> set[str]:
    """Name the modules of services that a file imports."""
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "standwith.services":
            found |= {alias.asname or alias.name for alias in node.names}
    return found


# The clock, a constant of the package, the second factor's state: no use case, and no state changes.
NO_USE_CASE = {"moment.now", "cases.shipped_bytes", "factors.kinds", "situations.today"}
# Signing in is a walk of several steps, each of which decides where the next leads.
WALKS = {
    "do_second_factor",
    "do_confirm",
    "_let_in",
    "enrol",
    "do_enrol",
    "do_invitation",
    "do_finish_use",
}


@pytest.mark.parametrize("path", VIEWS, ids=[p.stem for p in VIEWS])
def test_a_view_calls_one_service(path: Path) -> None:
    tree = ast.parse(path.read_text())
    names = imported_services(tree)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name not in WALKS:
            called = set(service_calls(node, names)) - NO_USE_CASE
            assert len(called) <= 1, f"{path.stem}.{node.name} calls {sorted(called)}"


@pytest.mark.parametrize("path", VIEWS, ids=[p.stem for p in VIEWS])
def test_a_view_knows_no_row_and_no_database(path: Path) -> None:
    text = path.read_text()
    for word in (".objects", "unguarded", "django.db", "standwith.store", "request.user"):
        assert word not in text, word


@pytest.mark.parametrize("path", SERVICES, ids=[p.stem for p in SERVICES])
def test_only_named_services_ask_for_rows_past_the_policy(path: Path) -> None:
    text = path.read_text()
    if path.name not in UNGUARDED:
        assert "unguarded" not in text
        assert "_base_manager" not in text or path.name in {"backup.py", "move.py"}
    if path.name not in WHOLE | {"sight.py"}:
        assert "whole_database" not in text


def test_the_lists_of_exceptions_hold_no_more_than_is_needed() -> None:
    for path in SERVICES:
        if path.name in UNGUARDED:
            assert "unguarded" in path.read_text(), path.name


CONTENT = (
    "Situation|Source|Organisation|Claim|Request|Note|Assessment|Decision|Task|Comment|Attachment"
)


@pytest.mark.parametrize("path", SERVICES, ids=[p.stem for p in SERVICES])
def test_nothing_but_a_change_writes_content(path: Path) -> None:
    if path.name in {"change.py", "erasure.py", "backup.py", "move.py"}:
        return
    text = path.read_text()
    assert not re.search(rf"\b({CONTENT})\.\w+\.(create|bulk_create|update)\(", text)
    for _, function in calls(path):
        if function.attr == "save" and isinstance(function.value, ast.Name):
            assert function.value.id in {"row", "factor", "held"}, path.name


@pytest.mark.parametrize("path", SERVICES, ids=[p.stem for p in SERVICES])
def test_whoever_writes_rows_of_people_notes_it_in_the_log(path: Path) -> None:
    """A function that saves says so in the same breath: change.note, or it is a factor's own."""
    quiet = {"throttle.py", "factors.py", "passkeys.py", "change.py", "once.py", "journal.py"}
    quiet |= {"verification.py", "labels.py", "terms.py", "backup.py", "move.py", "erasure.py"}
    if path.name in quiet:
        return
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            text = ast.unparse(node)
            if ".save()" in text or ".objects.create(" in text:
                assert "change." in text or "change:" in text, f"{path.name}: {node.name}"


@pytest.mark.parametrize("path", SERVICES, ids=[p.stem for p in SERVICES])
def test_only_the_clock_of_the_workspace_is_read(path: Path) -> None:
    if path.name == "moment.py":
        return
    text = path.read_text()
    for word in ("datetime.now", "date.today", "time.time(", "timezone.now"):
        assert word not in text


@pytest.mark.parametrize("path", [*SERVICES, *STORE], ids=lambda p: p.stem)
def test_no_statement_is_put_together_from_values(path: Path) -> None:
    """Names of our own tables in the guards are the one exception; values are parameters."""
    if path.name == "guards.py" or "migrations" in path.parts:
        return
    for node, function in calls(path):
        if function.attr in {"execute", "raw", "extra"} and node.args:
            assert not isinstance(node.args[0], ast.JoinedStr | ast.BinOp), path.name


@pytest.mark.parametrize("path", STORE, ids=lambda p: p.stem)
def test_models_are_named_by_class_and_not_by_string(path: Path) -> None:
    if "migrations" in path.parts:
        return
    text = path.read_text()
    assert "get_model(" not in text
    for found in re.findall(r"ForeignKey\(\s*\"(\w+)\"", text):
        assert found == "self"


@pytest.mark.parametrize("path", STORE, ids=lambda p: p.stem)
def test_every_foreign_key_is_one_way(path: Path) -> None:
    if "migrations" in path.parts:
        return
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
            ("ForeignKey", "ManyToManyField")
        ):
            named = {k.arg: ast.unparse(k.value) for k in node.keywords}
            assert named.get("related_name") == "'+'"


TEMPLATES = sorted((SOURCE / "web" / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=[f"{p.parent.name}/{p.stem}" for p in TEMPLATES])
def test_a_template_switches_no_escaping_off_but_for_our_own_pictures(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "autoescape off" not in text
    assert "mark_safe" not in text
    safe = re.findall(r"\{\{ ([\w.]+)\|safe", text)
    assert safe in ([], ["enrolment.picture"])


@pytest.mark.parametrize("path", TEMPLATES, ids=[f"{p.parent.name}/{p.stem}" for p in TEMPLATES])
def test_every_form_that_changes_something_carries_its_token(path: Path) -> None:
    text = path.read_text("utf-8")
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", text, re.DOTALL):
        assert "{% csrf_token %}" in form


@pytest.mark.parametrize("path", TEMPLATES, ids=[f"{p.parent.name}/{p.stem}" for p in TEMPLATES])
def test_a_template_has_no_inline_script_style_or_foreign_address(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\son(click|load|submit|change)=", text)
    assert 'style="' not in text
    assert not re.search(r"(src|href|action)=\"(https?:)?//", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=[f"{p.parent.name}/{p.stem}" for p in TEMPLATES])
def test_what_people_typed_stands_in_its_own_direction(path: Path) -> None:
    """Names and notes are isolated, so that a right-to-left name does not turn its sentence round."""
    text = path.read_text("utf-8")
    typed = r"\{\{ \w+\.(note|text|place|counsel_view|decided_why)[ |}]"
    for found in re.finditer(typed, text):
        before = text[max(0, found.start() - 40) : found.start()]
        assert "dir=" in before or "<bdi" in before, before


def test_the_settings_explain_themselves() -> None:
    text = (SOURCE / "web" / "settings.py").read_text()
    named = set(re.findall(r"STANDWITH_[A-Z]+", text)) - {"STANDWITH_HOME"}
    head = ast.get_docstring(ast.parse(text)) or ""
    assert all(name in head for name in named)


def test_the_scripts_are_ours_or_carry_their_licence() -> None:
    folder = SOURCE / "web" / "static"
    scripts = {path.name for path in folder.glob("*.js")}
    assert scripts == {"app.js", "htmx.min.js"}
    assert "Zero-Clause BSD" in (folder / "htmx.LICENSE.txt").read_text()
