"""The web surface: forged requests, hostile strings, headers, uploads, methods, addresses."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver
from hypothesis import HealthCheck, given
from hypothesis import settings as pace
from hypothesis import strategies as st
from tests.workspace.conftest import PASSWORD, World
from tests.workspace.inventory import patterns

from standwith.kernel.sensitivity import Sensitivity
from standwith.services import situations, tasks
from standwith.services.cases import Marking
from standwith.services.sight import whole_database
from standwith.store.models.people import Person
from standwith.store.models.work import Comment, Task

NAUGHTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE store_claim; --",
    "{{ 7*7 }}{% debug %}",
    "${jndi:ldap://x}",
    "javascript:alert(1)",
    "\u202egnp.exe",
    "\u0000null",
    "\ufeffBOM",
    "a\u0301\u0301\u0301",
    "Ω≈ç√∫˜µ≤≥÷",
    "田中さんにあげて下さい",
    "مُنَاقَشَةُ سُبُلِ",
    "မြန်မာ",
    "👩‍👩‍👧‍👦",
    "\U0001f3f3\ufe0f\u200d\U0001f308",
    "../../etc/passwd",
    "%00%0d%0aSet-Cookie: a=b",
    "=1+1",
    "-1+1",
    "+1+1",
    "@SUM(A1)",
    "1e400",
    "NaN",
    "undefined",
    "\\",
    "\t \t",
    "A" * 5000,
    "\ud7ff\ue000",
    "<svg/onload=alert(1)>",
    "&lt;b&gt;",
    "%s%s%s%n",
    "$(touch /tmp/x)",
    "`id`",
    "' OR 1=1 --",
)
POSTS = (
    ("/sign-in", ("handle", "password")),
    ("/second-factor", ("code",)),
    ("/situations/new", ("slug", "title", "country", "as_of", "summary", "compartment")),
    ("/situations/{case}/edit", ("title", "summary", "as_of", "state", "version")),
    ("/situations/{case}/claims/new", ("fact", "about", "value", "valid", "source", "note")),
    ("/situations/{case}/sources/new", ("id", "title", "author", "published", "citation")),
    ("/situations/{case}/propose/G-06", ("reason",)),
    ("/situations/{case}/tasks/new", ("title", "detail", "assignee", "due", "decision")),
    ("/situations/{case}/keep", ("profile",)),
    ("/tasks/{task}/move", ("state", "version")),
    ("/tasks/{task}/comment", ("text",)),
    ("/tasks/{task}/attach", ("place",)),
    ("/compartments/", ("name",)),
    ("/compartments/emergency", ("compartment", "reason")),
    ("/compartments/{desk}/grant", ("person", "clearance", "purposes", "days", "reason")),
    ("/proposals/{task}", ("answer",)),
    ("/people/", ("handle", "name", "institution", "roles")),
    ("/settings/preferences", ("language",)),
    ("/settings/password", ("old", "password")),
    ("/settings/tokens", ("name", "scopes", "days")),
    ("/language", ("language", "next")),
    ("/account/records/{task}/erase", ("reason",)),
    ("/account/records/{task}/use", ("sensitivity", "purposes", "consents", "reason", "version")),
    (
        "/situations/{case}/organisations/new",
        ("id", "name", "language", "kind", "aliases", "note", "sensitivity"),
    ),
    ("/situations/{case}/organisations/protest-movement/name", ("language", "name")),
    (
        "/situations/{case}/requests/new",
        ("organisation", "actions", "given", "until", "channel", "source", "recorded", "note"),
    ),
    ("/settings/confirm", ("code", "next")),
    ("/account/undercount", ("table", "signed")),
    (
        "/registry/persons/{person}/state",
        ("field", "when", "value", "cited", "grade", "supersedes", "sensitivity"),
    ),
    ("/registry/persons/{person}/advocacy", ("advocacy", "version")),
    ("/registry/lists/new", ("source", "country", "known", "claimed", "encoding", "mapping")),
    ("/registry/lists/{list}/promote", ("reason",)),
    ("/registry/lists/{list}/withdraw", ("reason",)),
    ("/registry/pairs/{pair}/decide", ("answer", "reason")),
    ("/registry/editions/", ("year", "known", "public")),
    ("/registry/publish", ("people", "reason")),
    ("/registry/site", ("language",)),
    (
        "/registry/measures/new",
        ("kind", "person", "country", "host", "tactic", "persons", "when", "source", "charge"),
    ),
    ("/registry/measures/{notice}/step", ("step", "day")),
    (
        "/registry/persons/{person}/recognise",
        ("standard", "body", "criteria", "reasoning", "cited", "conflict"),
    ),
    ("/registry/recognitions/{recognition}/decide", ("answer",)),
    (
        "/registry/persons/{person}/involved",
        ("name", "office", "country", "degree", "evidence", "sources", "when", "source"),
    ),
    ("/registry/involvements/{involvement}/answer", ("asked", "reply", "version")),
    ("/registry/involvements/{involvement}/agree", ("version",)),
    ("/registry/persons/{person}/relations", ("other", "kind", "cited", "sensitivity")),
    ("/registry/saved", ("name", "place", "query")),
    ("/help/new", ("title", "kind", "name", "born", "need")),
    ("/help/{help}/step", ("step", "version", "priority", "risk", "decision")),
    ("/help/{help}/expiry", ("until-what", "until-day", "until-version")),
    ("/people/{task}", ("roles", "active")),
    ("/compartments/{desk}/hand-over/{task}", ()),
)
# Posts that take nothing but their path, files (test_what_is_no_case_file…), or calls of our script.
NOTHING_TYPED = {
    "enrol",
    "invitation",
    "sign-out",
    "situation-import",
    "decision-advise",
    "decision-decide",
    "verify",
    "withdraw",
    "person-again",
    "sign-out-all",
    "session-end",
    "token-revoke",
    "request-withdraw",
    "pairs-compare",
    "unpublish",
    "measure-withdraw",
    "relation-withdraw",
    "saved-drop",
}


def test_every_form_stands_in_the_list() -> None:
    known = {re.sub(r"\{\w+\}|G-06|protest-movement", "X", path) for path, _ in POSTS}
    for item in get_resolver().url_patterns:
        if isinstance(item, URLPattern) and getattr(item.callback, "takes_posts", False):
            shape = "/" + re.sub(r"<[^>]+>", "X", str(item.pattern))
            if item.name and item.name not in NOTHING_TYPED:
                assert shape in known, (item.name, shape)


def filled(path: str, world: World) -> str:
    """Fill a path."""
    return path.format(
        case=world.records["belarus"],
        task=world.records["task GREEN"],
        desk=world.compartments["desk"],
        person=world.records["person"],
        list=world.records["list"],
        pair=world.records["pair"],
        notice=world.records["notice"],
        involvement=world.records["involvement"],
        recognition=world.records["recognition"],
        help=world.records["help"],
    )


@pytest.mark.parametrize(("path", "fields"), POSTS, ids=[p for p, _ in POSTS])
def test_no_hostile_string_in_any_field_is_a_server_error(
    world: World, path: str, fields: tuple[str, ...]
) -> None:
    client = world.client("admin" if path.startswith("/people") else "head")
    for text in NAUGHTY:
        answer = client.post(filled(path, world), dict.fromkeys(fields, text))
        assert answer.status_code < 500, (text, answer.content[:300])
        if "password" in path or path == "/sign-in":
            client = world.client("head")


@pytest.mark.parametrize("path", ["/search", "/situations/", "/claims/", "/tasks/list", "/choose/"])
def test_no_hostile_query_is_a_server_error(world: World, path: str) -> None:
    client = world.client("head")
    for text in NAUGHTY:
        for name in ("q", "after", "country", "fact", "state", "month", "rows"):
            assert client.get(path, {name: text}).status_code in {200, 400}


@pytest.mark.parametrize(
    "path", ["/choose/matrix", "/tasks/calendar", "/account/entries", "/search.json"]
)
def test_no_hostile_parameter_is_a_server_error(world: World, path: str) -> None:
    client = world.client("head")
    for text in NAUGHTY:
        asked = {"rows": text, "columns": text, "month": text, "before": text, "q": text}
        assert client.get(path, asked).status_code in {200, 400}


def test_no_hostile_identifier_is_a_server_error(world: World) -> None:
    from urllib.parse import quote

    client = world.client("head")
    for text in NAUGHTY:
        part = quote(text[:200], safe="")
        for path in (f"/situations/{part}/", f"/tasks/{part}/", f"/account/records/{part}/"):
            assert client.get(path).status_code in {400, 404}
        assert client.get(f"/choose/actions/{part}").status_code in {400, 404}


@pytest.mark.parametrize(
    "text", [t for t in NAUGHTY if 3 <= len(t.strip()) <= 200 and "\0" not in t]
)
def test_what_is_typed_is_shown_as_text_and_comes_back_whole(world: World, text: str) -> None:
    head = world.reader("head")
    made = tasks.assign(
        head,
        world.records["belarus"],
        tasks.NewTask(text, text, "", "", "TLP:GREEN"),
    )
    page = world.client("head").get(f"/tasks/{made}/").content.decode()
    assert tasks.read_task(head, made)["title"] == text.strip()
    for forbidden in ("<script>alert", "<img src=x", "<svg/onload"):
        assert forbidden not in page


@given(text=st.text(max_size=60))
@pace(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_text_in_a_comment_is_kept_or_refused(world: World, text: str) -> None:
    client = world.client("head")
    path = f"/tasks/{world.records['task GREEN']}/comment"
    answer = client.post(path, {"text": text})
    assert answer.status_code in {302, 422}
    if answer.status_code == 302:
        with whole_database():
            row = Comment.unguarded.order_by("-written_at").first()
        assert row
        assert row.text == text.strip().replace("\r\n", "\n") or "\r" in text


def test_a_table_cell_that_a_spreadsheet_would_run_is_neutralised(world: World) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    for text in ("=1+1", "-cmd", "+1", "@SUM(A1)", "\ttab here"):
        tasks.assign(head, case, tasks.NewTask(text + " x", "", "", "", "TLP:GREEN"))
    sheet = world.client("head").get("/tasks/list.csv").content.decode()
    for line in sheet.splitlines()[1:]:
        for cell in line.split(","):
            assert not cell.strip('"').startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.parametrize(("path", "fields"), POSTS, ids=[p for p, _ in POSTS])
def test_every_form_needs_the_token_of_its_session(
    world: World, path: str, fields: tuple[str, ...]
) -> None:
    client = world.client("head")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    answer = strict.post(filled(path, world), dict.fromkeys(fields, "x"))
    assert answer.status_code == 403
    assert b"Nothing was saved" in answer.content


def test_a_forged_cross_site_post_changes_nothing(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = world.client("head").cookies
    task = world.records["task GREEN"]
    strict.post(f"/tasks/{task}/move", {"state": "done", "version": "1"})
    with whole_database():
        assert Task.unguarded.get(pk=task).state == "todo"


OPEN = {
    "sign-in",
    "second-factor",
    "enrol",
    "invitation",
    "sign-out",
    "language",
    "passkey/use/begin",
    "passkey/use/finish",
    "accessibility",
    "health",
    "metrics",
    "robots",
    "security-txt",
    "calendar-feed",
}


@pytest.mark.usefixtures("world")
def test_every_path_but_the_open_ones_needs_somebody_signed_in() -> None:
    client = Client()
    for name, pattern in patterns():
        path = "/" + re.sub(r"\(\?P<suffix>[^)]*\)", "json", pattern)
        path = re.sub(r"<[^>]+>|\(\?P<\w+>[^)]*\)", "x", path).replace("\\", "").rstrip("$")
        if name in OPEN or path.startswith("/api/"):
            continue
        answer = client.get(path)
        assert answer.status_code in {302, 401, 404, 405}, (name, answer.status_code)
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/sign-in?next=")


@pytest.mark.usefixtures("world")
def test_every_call_of_the_interface_needs_a_token() -> None:
    client = Client()
    for name, pattern in patterns():
        path = "/" + re.sub(r"<[^>]+>", "x", pattern)
        if path.startswith("/api/v1/") and name not in {"openapi-json", "api-root"}:
            assert client.get(path).status_code in {401, 405}, name


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example", "x"],
)
def test_signing_in_leads_nowhere_outside(world: World, target: str) -> None:
    from tests.workspace.conftest import code_of

    client = Client()
    client.post("/sign-in", {"handle": "desk", "password": PASSWORD, "next": target})
    answer = client.post("/second-factor", {"code": code_of(world.people["desk"], later=1)})
    assert answer.headers["Location"] == "/"
    answer = client.post("/language", {"language": "fr", "next": target})
    assert answer.headers["Location"] == "/"


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "a b", "testserver:99999"]
)
def test_a_request_for_another_host_is_refused(host: str) -> None:
    answer = Client().get("/sign-in", headers={"host": host})
    assert answer.status_code in {200, 400}
    assert "evil" not in answer.content.decode()
    if answer.status_code == 200:
        assert host.startswith("testserver:")


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noarchive, noindex",
}


@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/situations/", "/nowhere", "/claims.csv", "/health", "/api/v1/tasks"]
)
def test_every_answer_has_the_headers_of_the_surface(world: World, path: str) -> None:
    answer = world.client("head").get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value, name
    rules = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in rules
    assert "frame-ancestors 'none'" in rules
    assert "unsafe" not in rules
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_the_style_of_a_page_is_the_one_that_its_policy_allows(world: World) -> None:
    import base64
    import hashlib

    answer = world.client("head").get("/")
    style = re.search(r"<style>(.*?)</style>", answer.content.decode(), re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"sha256-{digest}" in answer.headers["Content-Security-Policy"]


def test_no_page_has_inline_script_or_style_attributes(world: World) -> None:
    client = world.client("head")
    for path in ("/", "/situations/", f"/situations/{world.records['belarus']}/", "/settings/"):
        page = client.get(path).content.decode()
        assert not re.search(r"<script(?![^>]*src=)", page)
        assert not re.search(r"\son\w+=", page.split("</style>")[1])
        assert 'style="' not in page


def test_cookies_are_closed_to_scripts_and_other_sites(world: World) -> None:
    client = Client()
    client.get("/sign-in")
    client.post("/sign-in", {"handle": "desk", "password": PASSWORD})
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
    assert world.people


def test_behind_tls_cookies_are_secure_and_bound_to_the_host() -> None:
    import os
    import subprocess
    import sys

    code = (
        "import standwith.web.settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_NAME, s.SECURE_HSTS_SECONDS)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "STANDWITH_HTTPS": "1", "STANDWITH_HOSTS": "desk.example"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.split() == ["__Host-standwith", "True", "__Host-csrf", "63072000"]


def test_django_s_own_deployment_check_finds_nothing() -> None:
    import os
    import subprocess
    import sys

    code = (
        "import django; django.setup();"
        "from django.core.management import call_command;"
        "call_command('check', deploy=True, fail_level='WARNING')"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE": "", "STANDWITH_HTTPS": "1"}
        | {"STANDWITH_HOSTS": "desk.example"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr


def test_a_form_cannot_set_what_it_does_not_ask_for(world: World) -> None:
    client = world.client("desk")
    client.post(
        "/settings/preferences",
        {"language": "fr", "roles": "head", "is_active": "1", "institution": "x", "epoch": "9"},
    )
    row = Person.objects.get(pk=world.people["desk"])
    assert (row.roles, row.epoch, row.language) == ("desk", 0, "fr")


def test_an_upload_beyond_the_limit_is_refused_before_it_is_read(world: World) -> None:
    from io import BytesIO

    client = world.client("head")
    file = BytesIO(b"#" * 3_000_000)
    file.name = "big.yaml"
    sent = {"compartment": world.compartments["desk"], "sensitivity": "TLP:GREEN", "file": file}
    assert client.post("/situations/import", sent).status_code in {413, 422}


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"PK\x03\x04" + b"\0" * 100, "case.zip"),
        (b"a: &a [1]\nb: [*a, *a]\n", "bomb.yaml"),
        (b"\x89PNG\r\n\x1a\n", "case.yaml"),
        (b"[" * 5000, "deep.yaml"),
        (b"!!python/object/apply:os.system ['true']", "code.yaml"),
        (b"", "empty.yaml"),
        (b"- just a list", "list.yaml"),
    ],
)
def test_what_is_no_case_file_is_refused_in_words(world: World, raw: bytes, name: str) -> None:
    from io import BytesIO

    file = BytesIO(raw)
    file.name = name
    sent = {"compartment": world.compartments["desk"], "sensitivity": "TLP:GREEN", "file": file}
    answer = world.client("head").post("/situations/import", sent)
    assert answer.status_code == 422
    assert b"There is a problem" in answer.content


def test_a_body_with_too_many_fields_is_refused(world: World) -> None:
    sent = {f"f{i}": "x" for i in range(600)}
    assert world.client("head").post("/compartments/", sent).status_code in {400, 413}


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "trace"])
def test_other_methods_are_refused(world: World, method: str) -> None:
    client = world.client("head")
    assert getattr(client, method)("/situations/").status_code in {401, 405}


def test_a_fault_of_ours_shows_a_number_and_no_trace(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        message = "secret of the desk"
        raise RuntimeError(message)

    monkeypatch.setattr(situations, "list_situations", broken)
    client = world.client("head")
    client.raise_request_exception = False
    answer = client.get("/situations/")
    assert answer.status_code == 500
    assert b"secret" not in answer.content
    assert re.search(rb"number [0-9a-f]{8}", answer.content)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("database or disk is full", "disk is full"),
        ("database is locked", "busy"),
        ("could not connect", "out of reach"),
    ],
)
def test_faults_of_the_database_are_said_and_nothing_is_saved(
    world: World, monkeypatch: pytest.MonkeyPatch, text: str, shown: str
) -> None:
    from django.db import OperationalError

    def broken(*_: object) -> None:
        raise OperationalError(text)

    monkeypatch.setattr(situations, "list_situations", broken)
    answer = world.client("head").get("/situations/")
    assert answer.status_code == 503
    assert shown in answer.content.decode()
    assert "Nothing was saved" in answer.content.decode()


def test_logs_hold_no_name_address_or_query(
    world: World, capfd: pytest.CaptureFixture[str]
) -> None:
    import logging

    from standwith.web.logs import Lines

    record = logging.LogRecord(
        "django.request", logging.ERROR, __file__, 1, "Not Found: /search?q=Tolik", (), None
    )
    line = Lines().format(record)
    assert "Tolik" not in line
    assert '"level": "error"' in line
    world.client("head").get("/search?q=Tolik")
    assert "Tolik" not in capfd.readouterr().err


def test_a_logged_error_names_its_kind_and_place_but_not_its_text() -> None:
    import logging

    from standwith.web.logs import Lines

    with pytest.raises(ValueError, match="Tolik") as raised:
        int("Tolik")
    held = (raised.type, raised.value, raised.tb)
    record = logging.LogRecord("standwith.faults", logging.ERROR, __file__, 1, "fault", (), held)
    line = Lines().format(record)
    assert "ValueError" in line
    assert "Tolik" not in line


@override_settings(ALLOWED_HOSTS=["desk.example"])
@pytest.mark.usefixtures("world")
def test_only_the_hosts_of_the_settings_are_served() -> None:
    assert Client().get("/sign-in").status_code == 400
    assert settings.ALLOWED_HOSTS == ["desk.example"]


def test_the_demo_marking_is_green() -> None:
    assert Marking("x", Sensitivity.GREEN).label().sensitivity is Sensitivity.GREEN
