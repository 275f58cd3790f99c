"""Real faults: a database that is full, locked, read-only, gone; a disk without room for the anchor."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

import pytest
from django.db import OperationalError, connection
from django.test import Client
from tests.workspace.conftest import PASSWORD, POSTGRESQL, World, claim_form

from standwith.services import claims, health, journal, tasks
from standwith.services.verification import verify

pytestmark = pytest.mark.skipif(POSTGRESQL, reason="faults of the file of SQLite")
WRITES: dict[str, tuple[str, dict[str, str]]] = {
    "task": ("/situations/{case}/tasks/new", {"title": "Do it", "sensitivity": "TLP:GREEN"}),
    "comment": ("/tasks/{task}/comment", {"text": "seen"}),
    "move": ("/tasks/{task}/move", {"state": "done", "version": "1"}),
    "compartment": ("/compartments/", {"name": "Another"}),
    "preferences": ("/settings/preferences", {"language": "fr"}),
    "edit": (
        "/situations/{case}/edit",
        {"title": "T", "summary": "S", "as_of": "2020-08-18", "state": "open", "version": "1"},
    ),
}


def filled(world: World, path: str) -> str:
    """Fill a path."""
    return path.format(case=world.records["belarus"], task=world.records["task GREEN"])


@pytest.fixture
def full(world: World) -> Iterator[World]:
    """A database that may not grow: what SQLite says on a full disk."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages + 60}")
    yield world
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")


def fill_up(world: World) -> None:
    """Write until nothing more fits."""
    reader = world.reader("head")
    for i in range(400):
        new = tasks.NewTask(f"fill {i}", "x" * 3000, "", "", "TLP:GREEN")
        tasks.assign(reader, world.records["belarus"], new)


def test_a_full_disk_loses_nothing_and_says_so(full: World) -> None:
    with pytest.raises(OperationalError, match="full"):
        fill_up(full)
    size = journal.log_size()
    assert verify_if_room()
    assert journal.log_size() == size
    titles = {row["title"] for row in tasks.export_tasks(full.reader("head"), {})}
    written = sum(title.startswith("fill ") for title in titles)
    assert 0 < written < 400


def verify_if_room() -> bool:
    """Verify with room for the outcome."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")
    return verify().sound


@pytest.mark.parametrize("name", WRITES)
def test_a_page_on_a_full_disk_says_that_nothing_was_saved(world: World, name: str) -> None:
    client = world.client("head")
    path, sent = WRITES[name]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(OperationalError, match="full"):
        fill_up(world)
    size = journal.log_size()
    answer = client.post(filled(world, path), sent)
    if answer.status_code == 503:
        page = answer.content.decode()
        assert "The disk is full" in page
        assert "Nothing was saved" in page
        assert journal.log_size() == size
    else:
        assert answer.status_code in {200, 302}
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")
    assert verify().sound


@pytest.fixture
def locked(world: World) -> Iterator[World]:
    """A database that somebody else writes to and does not let go."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(world.home / "workspace.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield world
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.parametrize("name", ["task", "comment", "move"])
def test_a_locked_database_is_said_to_be_busy(world: World, name: str) -> None:
    client = world.client("head")
    path, sent = WRITES[name]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(world.home / "workspace.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = client.post(filled(world, path), sent)
    other.execute("ROLLBACK")
    other.close()
    assert answer.status_code == 503
    assert "busy" in answer.content.decode()
    again = client.post(filled(world, path), sent)
    assert again.status_code == 302
    assert verify().sound


def test_reading_goes_on_while_somebody_writes(locked: World) -> None:
    found = tasks.list_tasks(locked.reader("head"), {})
    assert found.total == 3


def test_a_database_that_cannot_be_written_is_said_to_be_out_of_reach(world: World) -> None:
    client = world.client("head")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
    path, sent = WRITES["task"]
    answer = client.post(filled(world, path), sent)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = OFF")
    assert answer.status_code == 503
    assert "Nothing was saved" in answer.content.decode()


def test_a_database_that_is_gone_makes_health_fail(world: World) -> None:
    connection.close()
    connection.settings_dict["NAME"] = str(world.home / "none" / "workspace.sqlite3")
    answer = Client().get("/health")
    connection.close()
    connection.settings_dict["NAME"] = str(world.home / "workspace.sqlite3")
    assert answer.status_code == 503
    assert answer.json()["points"]["database"] is False


def test_a_change_counts_even_if_the_anchor_could_not_be_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The anchor follows after the commit; when it fails, the next change writes it."""

    def broken() -> None:
        raise OSError("no space left on device")

    size = journal.log_size()
    monkeypatch.setattr(journal, "keep_anchor", broken)
    with pytest.raises(OSError, match="no space"):
        tasks.move(world.reader("head"), world.records["task GREEN"], "doing", seen=1)
    assert journal.log_size() == size + 1
    monkeypatch.undo()
    assert verify().sound
    tasks.move(world.reader("head"), world.records["task GREEN"], "done", seen=2)
    assert verify().sound


Step = Callable[..., object]
STEPS = ("leaf_hash", "commitment", "entry_text", "completed", "_sign")


@pytest.mark.parametrize("step", STEPS)
def test_a_fault_at_any_step_of_an_entry_leaves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OperationalError("disk I/O error")

    size = journal.log_size()
    before = claims.list_claims(world.reader("head"), {}).total
    monkeypatch.setattr(journal, step, broken)
    with pytest.raises(OperationalError):
        claims.record_claim(world.reader("head"), world.records["belarus"], claim_form())
    monkeypatch.undo()
    assert journal.log_size() == size
    assert claims.list_claims(world.reader("head"), {}).total == before
    assert verify().sound


def test_a_key_file_that_is_gone_is_said_by_health(world: World) -> None:
    from standwith.services.keys import read_keys

    read_keys.cache_clear()
    (world.home / "keys.json").rename(world.home / "away")
    points = {point.name: point for point in health.examine()}
    (world.home / "away").rename(world.home / "keys.json")
    assert not points["keys"].ok
    assert "restore" in points["keys"].mend


def test_signing_in_goes_on_after_a_fault(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
    client = Client()
    client.raise_request_exception = False
    broken = client.post("/sign-in", {"handle": "desk", "password": PASSWORD})
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = OFF")
    assert broken.status_code >= 500
    assert b"Traceback" not in broken.content
    answer = client.post("/sign-in", {"handle": "desk", "password": PASSWORD})
    assert answer.status_code == 302
    assert world.people
