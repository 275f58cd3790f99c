"""The small parts, one by one: calendars, vaults, addresses, problems, visits, logs, calls once."""

from __future__ import annotations

import io
import json
import logging
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.http import HttpRequest
from django.test import RequestFactory
from hypothesis import HealthCheck, given
from hypothesis import settings as pace
from hypothesis import strategies as st
from tests.workspace.conftest import PASSWORD, World

from standwith.kernel.note import parse_key
from standwith.kernel.policy import Label, Purpose
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import (
    account,
    background,
    calendars,
    change,
    claims,
    factors,
    health,
    journal,
    once,
    own,
    people,
    standing,
    tasks,
    throttle,
    verification,
)
from standwith.services.address import database
from standwith.services.calendars import write
from standwith.services.change import changing
from standwith.services.once import KeyUsedBefore, Said
from standwith.services.place import home, keys
from standwith.services.second import NeedsAnother
from standwith.services.sight import NothingThere
from standwith.services.vault import FRAME, MAGIC, Sealer, UnusableBackup, key_of, write_keys
from standwith.store.models.exchange import Reply
from standwith.store.models.log import Checkpoint, Entry, Node
from standwith.store.models.people import Attempt, Person
from standwith.web import visit
from standwith.web.doors import door, open_door
from standwith.web.logs import Lines, configure
from standwith.web.middleware.faults import Faults
from standwith.web.middleware.headers import policy, sheet
from standwith.web.problem import Problem, answer
from standwith.web.views.lists import export, query_of

SLOW_FIXTURE = [HealthCheck.function_scoped_fixture]


def task(**changed: str) -> dict[str, str]:
    """A task as a calendar is given it."""
    return {"id": "1", "title": "Visit", "due": "2020-08-20"} | changed


def unfolded(text: str) -> list[str]:
    """Undo the folding of lines (RFC 5545, 3.1)."""
    return text.replace("\r\n ", "").split("\r\n")


def test_a_calendar_has_one_event_for_each_task() -> None:
    lines = unfolded(write([task(), task(id="2")]))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2] == "END:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert "VERSION:2.0" in lines


def test_an_event_lasts_its_whole_day() -> None:
    lines = unfolded(write([task(due="2020-12-31")]))
    assert "DTSTART;VALUE=DATE:20201231" in lines
    assert "DTEND;VALUE=DATE:20210101" in lines
    assert "CLASS:PRIVATE" in lines


def test_a_calendar_without_tasks_is_a_calendar() -> None:
    assert unfolded(write([]))[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=120))
def test_any_title_is_one_line_of_a_calendar_and_comes_back(title: str) -> None:
    text = write([task(title=title)])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (summary,) = [line for line in unfolded(text) if line.startswith("SUMMARY:")]
    plain = summary.removeprefix("SUMMARY:")
    for written, raw in (("\\n", "\n"), ("\\,", ","), ("\\;", ";"), ("\\\\", "\\")):
        plain = plain.replace(written, raw)
    assert plain == title or "\\" in title


@pytest.mark.parametrize(
    ("month", "weeks", "first", "after"),
    [
        ("2021-02", 4, date(2021, 2, 1), "2021-03"),
        ("2020-08", 6, date(2020, 7, 27), "2020-09"),
        ("2020-12", 5, date(2020, 11, 30), "2021-01"),
    ],
)
def test_a_month_is_made_of_whole_weeks(
    world: World, month: str, weeks: int, first: date, after: str
) -> None:
    found = calendars.month(world.reader("mission"), month)
    assert len(found.weeks) == weeks
    assert found.weeks[0][0].day == first
    assert found.after == after
    assert all(len(week) == 7 for week in found.weeks)
    inside = [day for week in found.weeks for day in week if day.inside]
    assert {day.day.month for day in inside} == {int(month[-2:])}


class Sunk(io.BytesIO):
    """Bytes that stay readable after they are closed."""


def sealed(plain: bytes) -> bytes:
    """Seal some bytes as a backup is."""
    target = Sunk()
    sealer = Sealer(target, bytes(32), bytes(7))
    sealer.write(plain)
    sealer.finish()
    return target.getvalue()


@pytest.mark.parametrize("size", [0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME, 3 * FRAME + 5])
def test_a_sealed_stream_is_a_little_longer_than_what_it_holds(size: int) -> None:
    raw = sealed(b"x" * size)
    frames = max(1, -(-size // FRAME))
    assert len(raw) == size + frames * 20


@given(st.binary(max_size=200))
@pace(max_examples=20, deadline=None)
def test_a_sealed_stream_shows_nothing_of_what_it_holds(plain: bytes) -> None:
    if len(plain) > 8:
        assert plain not in sealed(plain)


def test_the_key_of_a_backup_needs_passphrase_and_salt() -> None:
    phrase = "nine words that nobody else would think of"
    assert key_of(phrase, bytes(16)) == key_of(phrase, bytes(16))
    assert key_of(phrase, bytes(16)) != key_of(phrase, bytes([1]) * 16)
    assert key_of(phrase, bytes(16)) != key_of(phrase + "!", bytes(16))
    with pytest.raises(UnusableBackup, match="at least"):
        key_of("short", bytes(16))


@pytest.mark.usefixtures("world")
def test_the_keys_of_a_backup_go_into_a_folder_without_keys(tmp_path: Path) -> None:
    from standwith.services.backup import write_backup

    target, phrase = tmp_path / "it.backup", "nine words that nobody else would think of"
    write_backup(target, phrase)
    write_keys(target, phrase, tmp_path / "new")
    assert (tmp_path / "new" / "keys.json").read_text() == (home() / "keys.json").read_text()
    with pytest.raises(UnusableBackup, match="already"):
        write_keys(target, phrase, tmp_path / "new")


@pytest.mark.parametrize("raw", [b"", MAGIC, MAGIC + bytes(10), b"PK\x03\x04", bytes(200)])
def test_a_file_that_is_no_backup_is_refused(tmp_path: Path, raw: bytes) -> None:
    from standwith.services.vault import read_backup

    path = tmp_path / "it"
    path.write_bytes(raw)
    with pytest.raises(UnusableBackup):
        read_backup(path, "nine words that nobody else would think of")


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        (
            "postgresql://u:p%40ss@db.example:5433/desk?sslmode=require",
            {
                "USER": "u",
                "PASSWORD": "p@ss",
                "HOST": "db.example",
                "PORT": "5433",
                "NAME": "desk",
                "OPTIONS": {"sslmode": "require"},
            },
        ),
        ("postgres:///desk?host=/run/postgresql", {"HOST": "/run/postgresql", "NAME": "desk"}),
        ("postgresql://u@/desk", {"USER": "u", "HOST": "", "PORT": ""}),
    ],
)
def test_the_address_of_a_database_is_read(address: str, wanted: dict[str, object]) -> None:
    found = database(address, Path("/nowhere"))
    assert found["ENGINE"] == "django.db.backends.postgresql"
    for name, value in wanted.items():
        assert found[name] == value


def test_without_an_address_the_database_is_the_file_of_the_folder(tmp_path: Path) -> None:
    found = database("", tmp_path)
    assert found["NAME"] == tmp_path / "workspace.sqlite3"
    assert "synchronous=FULL" in found["OPTIONS"]["init_command"]


@pytest.mark.parametrize("address", ["mysql://x/y", "postgresql://host", "x", "sqlite:///a"])
def test_an_address_of_another_kind_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="postgresql://"):
        database(address, Path("/nowhere"))


def test_a_call_is_answered_once(world: World) -> None:
    reader, made = world.reader("desk"), []

    def act() -> Said:
        made.append(1)
        return Said(201, f"answer {len(made)}")

    first = once.once(reader, "k", b"body", act)
    second = once.once(reader, "k", b"body", act)
    assert first == second == Said(201, "answer 1")
    assert made == [1]
    with pytest.raises(KeyUsedBefore):
        once.once(reader, "k", b"other", act)
    assert once.once(reader, "", b"body", act).body == "answer 2"
    assert once.once(world.reader("head"), "k", b"body", act).body == "answer 3"


def test_a_call_that_fails_is_not_kept(world: World) -> None:
    def broken() -> Said:
        raise OperationalError("disk is full")

    with pytest.raises(OperationalError):
        once.once(world.reader("desk"), "k", b"body", broken)
    assert not Reply.objects.exists()


def request_of(path: str = "/", **more: str) -> HttpRequest:
    """A request without a session."""
    return RequestFactory().get(path, **more)  # type: ignore[arg-type]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("path", ["/api/v1/tasks", "/claims.json"])
def test_a_problem_for_programs_is_a_problem_document(path: str) -> None:
    found = answer(request_of(path), Problem(404, "Nothing", "Look elsewhere."))
    assert found.status_code == 404
    assert found.headers["Content-Type"] == "application/problem+json"
    assert json.loads(found.content) == {
        "type": "about:blank",
        "title": "Nothing",
        "status": 404,
        "detail": "Look elsewhere.",
    }


@pytest.mark.usefixtures("world")
def test_a_problem_for_people_is_a_page_that_says_how_to_go_on() -> None:
    found = answer(request_of("/claims/"), Problem(409, "Changed", "Compare.", {"title": "theirs"}))
    page = found.content.decode()
    assert "Compare." in page
    assert "theirs" in page
    assert "To the start" in page


def test_a_problem_shows_neither_token_nor_password_of_a_form(world: World) -> None:
    request = RequestFactory().post(
        "/x", {"csrfmiddlewaretoken": "tok", "password": "pass", "title": "mine"}
    )
    page = answer(request, Problem(409, "Changed", "Compare.", {"a": "b"})).content.decode()
    assert "mine" in page
    assert "tok<" not in page
    assert "pass<" not in page
    assert world.people


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NothingThere("x"), 404),
        (NeedsAnother("x"), 403),
        (throttle.TooManyAttempts(3), 429),
        (change.ChangedMeanwhile({"a": "b"}), 409),
        (OperationalError("database is locked"), 503),
        (OperationalError("database or disk is full"), 503),
        (RuntimeError("x"), 500),
    ],
)
def test_each_fault_has_its_status(error: Exception, status: int) -> None:
    found = Faults(lambda _: answer(request_of(), Problem(200, "", ""))).process_exception(
        request_of("/api/v1/x"), error
    )
    assert found.status_code == status


def test_a_door_leads_methods_to_their_views() -> None:
    from django.http import HttpResponse

    @open_door
    def see(_: HttpRequest) -> HttpResponse:
        return HttpResponse("seen")

    def do(_: HttpRequest) -> HttpResponse:
        return HttpResponse("done")

    both = door(see, do)
    assert both(RequestFactory().get("/")).content == b"seen"
    assert both(RequestFactory().head("/")).content == b"seen"
    assert both(RequestFactory().post("/")).content == b"done"
    refused = both(RequestFactory().delete("/"))
    assert refused.status_code == 405
    assert refused.headers["Allow"] == "GET, HEAD, POST"


def test_a_door_is_open_only_if_every_way_through_it_is() -> None:
    from django.http import HttpResponse

    @open_door
    def see(_: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def do(_: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert vars(door(see))["open_door"] is True
    assert vars(door(see, do))["open_door"] is False


@pytest.mark.parametrize(
    ("target", "given"),
    [
        ("/tasks/", "/tasks/"),
        ("/tasks/?q=a&b=c", "/tasks/?q=a&b=c"),
        ("//evil.example", "/"),
        ("https://evil.example/", "/"),
        ("\\evil", "/"),
        ("tasks", "/"),
        ("", "/"),
        ("///evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_only_paths_of_the_workspace_are_gone_to(target: str, given: str) -> None:
    request = RequestFactory().get("/sign-in", {"next": target})
    assert visit.safe_next(request) == given


@pytest.mark.parametrize(
    ("sent", "held"),
    [
        ("a=1&b=2", {"a": "1", "b": "2"}),
        ("a=%00x", {"a": "x"}),
        (f"a={'x' * 999}", {"a": "x" * 200}),
    ],
)
def test_a_query_is_read_as_plain_short_texts(sent: str, held: dict[str, str]) -> None:
    assert query_of(RequestFactory().get(f"/?{sent}")) == held


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("plain", "plain"),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        (None, ""),
        (True, "True"),
        (3, "3"),
        (["a", "b"], "a, b"),
        ({"en": "e", "fr": "f"}, "e"),
        ({"fr": "f"}, "f"),
        ({}, ""),
    ],
)
def test_a_cell_of_a_table_is_safe_to_open(value: object, cell: str) -> None:
    import csv

    text = export([{"id": value}], "csv", "x").content.decode()
    assert list(csv.reader(io.StringIO(text))) == [["id"], [cell]] or cell == ""


def test_an_export_of_nothing_has_its_head() -> None:
    assert export([], "csv", "x").content == b"id\r\n"
    assert json.loads(export([], "json", "x").content) == {"rows": [], "total": 0}


def test_the_policy_of_a_page_names_its_style_by_hash() -> None:
    assert policy().count("sha256-") == 1
    assert "default-src 'none'" in policy()
    assert len(sheet()) < 12_000


@pytest.mark.parametrize("level", [logging.INFO, logging.ERROR])
def test_a_line_of_the_log_is_json_with_time_and_level(level: int) -> None:
    record = logging.LogRecord("standwith.x", level, __file__, 1, "it happened", (), None)
    record.__dict__["event"] = "verify"
    record.__dict__["secret"] = "Tolik"  # noqa: S105 - no secret of anybody
    line = json.loads(Lines().format(record))
    assert line["message"] == "it happened"
    assert line["event"] == "verify"
    assert "secret" not in line
    assert datetime.fromisoformat(line["at"]).tzinfo is UTC


def test_what_others_log_is_kept_without_its_text() -> None:
    record = logging.LogRecord("django.x", logging.ERROR, __file__, 1, "Bad: /q?n=Tolik", (), None)
    assert "message" not in json.loads(Lines().format(record))


def test_logs_are_configured_for_the_whole_process(monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    kept, level = list(root.handlers), root.level
    configure({})
    assert isinstance(root.handlers[0].formatter, Lines)
    root.handlers[:] = kept
    root.setLevel(level)
    assert monkeypatch


def test_a_change_that_raises_writes_nothing(world: World) -> None:
    size = journal.log_size()
    reader = world.reader("head")

    def use() -> None:
        with changing(reader, Purpose.ACT, "task.assign") as held:
            held.remark("test", uuid4(), {"a": "b"})
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        use()
    assert journal.log_size() == size


def test_a_change_without_writes_leaves_no_entry(world: World) -> None:
    size = journal.log_size()
    with changing(world.reader("head"), Purpose.ACT, "task.assign"):
        pass
    assert journal.log_size() == size


def test_one_change_signs_one_checkpoint(world: World) -> None:
    before = Checkpoint.objects.count()
    with changing(world.reader("head"), Purpose.ACT, "task.assign") as held:
        for _ in range(5):
            held.remark("test", uuid4(), {"a": "b"})
    assert Checkpoint.objects.count() == before + 1
    assert verification.verify().sound


def test_the_tree_in_the_store_has_every_complete_node_once(world: World) -> None:
    size = journal.log_size()
    assert Node.objects.count() == 2 * size - size.bit_count()
    assert Entry.objects.count() == size
    assert world.records


def test_an_entry_commits_to_the_same_record_differently_each_time(world: World) -> None:
    record = uuid4()
    with changing(world.reader("head"), Purpose.ACT, "task.assign") as held:
        for _ in range(2):
            held.remark("test", record, {"a": "b"})
    texts = Entry.objects.order_by("-seq").values_list("text", flat=True)[:2]
    commits = {json.loads(text)["commit"] for text in texts}
    assert len(commits) == 2


@given(label=st.sampled_from(["TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]))
@pace(max_examples=8, deadline=None, suppress_health_check=SLOW_FIXTURE)
def test_an_entry_carries_the_level_of_its_record(world: World, label: str) -> None:
    new = tasks.NewTask("Do it", "", "", "", label)
    tasks.assign(world.reader("head"), world.records["belarus"], new)
    latest = Entry.objects.order_by("-seq").first()
    assert latest
    assert json.loads(latest.text)["tlp"] == label


def test_the_state_of_the_log_tells_its_size_only_to_who_reads_it(world: World) -> None:
    verification.verify()
    assert standing.read(world.reader("auditor")).size == journal.log_size()
    found = standing.read(world.reader("desk"))
    assert found.size is None
    assert found.findings == ()
    assert found.sound is True
    assert parse_key(found.key).name == keys().log_name


def test_before_the_first_verification_the_state_is_unknown(world: World) -> None:
    found = standing.read(world.reader("auditor"))
    assert found.sound is None
    assert found.at == ""


def test_what_a_level_would_show_is_counted_before_somebody_is_let_in(world: World) -> None:
    found = standing.prepare_grant(world.reader("head"), world.compartments["desk"])
    assert dict(found.shown) == {"TLP:GREEN": 1}
    assert "Ada Admin" not in {person.name for person in found.people}
    with pytest.raises(NothingThere):
        standing.prepare_grant(world.reader("second"), world.compartments["desk"])


def test_the_own_page_shows_factors_codes_and_tokens(world: World) -> None:
    found = own.read(world.reader("desk"), "")
    assert found.factors == ("totp",)
    assert found.codes_left == factors.CODES
    assert found.tokens == ()
    assert (found.name, found.handle) == ("Dario Desk", "desk")


def test_colleagues_are_those_who_read_and_have_both_factors(world: World) -> None:
    invited = people.Invited("half", "Half Way", "Ministry", ("desk",))
    people.join(people.invite_from_host(invited), PASSWORD)
    names = {person.name for person in people.colleagues()}
    assert "Half Way" not in names
    assert "Ada Admin" not in names
    assert {"Hanna Head", "Aldo Ally"} <= names
    assert world.people


@pytest.mark.usefixtures("world")
def test_failures_are_counted_by_door_and_account_without_their_names() -> None:
    throttle.failed("password", "Dario")
    throttle.failed("password", "dario")
    (row,) = Attempt.objects.all()
    assert row.failures == 2
    assert "dario" not in row.key
    throttle.passed("password", "DARIO")
    assert not Attempt.objects.exists()


@pytest.mark.usefixtures("world")
def test_health_says_what_is_missing_when_the_database_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> int:
        raise OperationalError("no such table")

    monkeypatch.setattr(journal, "log_size", broken)
    points = {point.name: point for point in health.examine()}
    assert not points["database"].ok
    assert "log" not in points
    assert "standwith serve" in points["database"].mend
    assert health.alive()["ok"] is False


@pytest.mark.usefixtures("world")
def test_health_says_when_the_log_was_altered() -> None:
    verification.verify()
    from standwith.store.models.log import Check

    Check.objects.update(sound=False, findings=[["entry 3", "it was edited"]])
    points = {point.name: point for point in health.examine()}
    assert "it was edited" in points["log"].found
    assert "keep a copy" in points["log"].mend


@pytest.mark.usefixtures("world")
def test_the_background_tells_the_process_what_it_found(caplog: pytest.LogCaptureFixture) -> None:
    from unittest.mock import patch

    with patch.object(background, "close_old_connections"), caplog.at_level(logging.INFO):
        assert background.verify_once() is True
    assert "verified" in caplog.text


def test_an_account_is_described_without_what_opens_it(world: World) -> None:
    row = people.person_row(Person.objects.select_related("institution").get(handle="desk"))
    assert "argon2" not in repr(row)
    assert row.institution == "Ministry"
    assert world.people


def test_the_epoch_of_a_person_is_part_of_what_a_session_must_know(world: World) -> None:
    person = world.people["desk"]
    before = account.reader_of(person, 0)
    account.sign_out_everywhere(world.reader("desk"))
    assert before is not None
    assert account.reader_of(person, 0) is None
    assert account.reader_of(person, 1) is not None


def test_a_claim_s_label_is_the_join_of_everything_it_rests_on(world: World) -> None:
    from standwith.services.labels import label_of
    from standwith.services.sight import whole_database
    from standwith.store.models.case import Claim

    with whole_database():
        row = Claim.unguarded.select_related(
            "label", "own_label", "source__label", "situation__label"
        ).get(pk=world.records["derived"])
    whole = label_of(row.own_label) | label_of(row.source.label) | label_of(row.situation.label)
    assert label_of(row.label) == whole
    assert label_of(row.own_label).sensitivity is Sensitivity.GREEN
    assert whole.sensitivity is Sensitivity.AMBER_STRICT


def test_a_writer_cannot_set_a_label_that_he_could_not_read(world: World) -> None:
    from standwith.services.change import Change
    from standwith.store.models.work import Task

    reader = world.reader("desk")
    held = Change(reader, Purpose.ACT, "task.assign")
    label = Label(frozenset({world.compartments["sources"]}), Sensitivity.GREEN)
    with pytest.raises(NothingThere, match="lower label"):
        held.add(Task(title="x"), own=label)


def test_the_times_of_entries_are_whole_seconds_in_utc(world: World) -> None:
    for text in Entry.objects.values_list("text", flat=True)[:20]:
        at = journal.entry_time(text)
        assert at.tzinfo is UTC
        assert at.microsecond == 0
    assert world.home == home()


def test_verification_reports_its_progress(world: World) -> None:
    reader = world.reader("head")
    while journal.log_size() < 1001:
        with changing(reader, Purpose.ACT, "task.assign") as held:
            for _ in range(200):
                held.remark("test", uuid4(), {"a": "b"})
    seen: list[int] = []
    assert verification.verify(seen.append).sound
    assert seen == [1000]


@pytest.mark.usefixtures("world")
def test_the_checks_of_the_framework_find_nothing() -> None:
    call_command("check", verbosity=0)


@pytest.mark.parametrize("days", [1, 30, 365])
def test_a_token_lasts_as_long_as_it_says(world: World, days: int) -> None:
    from standwith.services import moment, tokens

    tokens.make_token(world.reader("desk"), "t", frozenset({"read"}), days)
    (held,) = tokens.my_tokens(world.reader("desk"))
    assert held.expires == (moment.now() + timedelta(days=days)).date().isoformat()


def test_claims_are_named_by_day_author_and_number(world: World) -> None:
    from tests.workspace.conftest import claim_form

    head, case = world.reader("head"), world.records["belarus"]
    for _ in range(3):
        claims.record_claim(head, case, claim_form())
    names = {row["id"] for row in claims.list_claims(head, {"fact": "torture"}, case).rows}
    mine = [name for name in names if name.startswith("c-")]
    assert len(mine) == len(set(mine)) >= 5
    assert all(world.people["head"][:4] in name for name in mine)


SETTINGS = """
import json
import standwith.web.settings as s
print(json.dumps([str(s.DATABASES["default"]["NAME"]), s.ALLOWED_HOSTS, s.HTTPS, bool(s.SECRET_KEY)]))
"""


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, ["{home}/workspace.sqlite3", ["localhost", "127.0.0.1", "[::1]"], False, False]),
        (
            {"STANDWITH_HOSTS": "a.example, b.example", "STANDWITH_HTTPS": "1"},
            ["{home}/workspace.sqlite3", ["a.example", "b.example"], True, False],
        ),
        (
            {"STANDWITH_DATABASE": "postgresql://u@h/desk"},
            ["desk", ["localhost", "127.0.0.1", "[::1]"], False, False],
        ),
        (
            {"STANDWITH_DATABASE_FILE": "{home}/address"},
            ["held", ["localhost", "127.0.0.1", "[::1]"], False, False],
        ),
    ],
)
def test_the_settings_come_from_the_environment(
    tmp_path: Path, environment: dict[str, str], wanted: list[object]
) -> None:
    import os
    import subprocess
    import sys

    (tmp_path / "address").write_text("postgresql://u@h/held\n", "utf-8")
    given = {name: value.format(home=tmp_path) for name, value in environment.items()}
    kept = {k: v for k, v in os.environ.items() if not k.startswith("STANDWITH")}
    done = subprocess.run(
        [sys.executable, "-c", SETTINGS],
        env={**kept, "STANDWITH_HOME": str(tmp_path), **given},
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert found[0] == str(wanted[0]).format(home=tmp_path)
    assert found[1:] == wanted[1:]


@pytest.mark.parametrize("state", ["todo", "doing", "done", "dropped"])
def test_the_board_has_a_column_for_each_state(world: World, state: str) -> None:
    head = world.reader("head")
    tasks.move(head, world.records["task GREEN"], state, seen=1)
    columns = tasks.board(world.reader("ally"))
    assert list(columns) == ["todo", "doing", "done", "dropped"]
    assert [row["id"] for row in columns[state]] == [world.records["task GREEN"]]
    assert sum(len(rows) for rows in columns.values()) == 1
