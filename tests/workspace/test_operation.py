"""Running a workspace: first run, doctor, backup, restore, move, receipts, kills, many at once."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from tests.workspace.conftest import POSTGRESQL, World

from standwith.services import backup, health, journal, receipts, tasks
from standwith.services.backup import write_backup
from standwith.services.keys import (
    Keys,
    SealBroken,
    UnusableKeys,
    make_keys,
    read_keys,
    seal,
    unseal,
)
from standwith.services.place import keys
from standwith.services.vault import UnusableBackup, read_backup
from standwith.services.verification import verify

PHRASE = "nine words that nobody else would ever think of"
ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "standwith"]
on_sqlite = pytest.mark.skipif(POSTGRESQL, reason="the file of SQLite")


def standwith(*words: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program on a folder."""
    kept = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(
        [*COMMAND, *words],
        env={**kept, "STANDWITH_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


@pytest.fixture
def phrase(tmp_path: Path) -> Path:
    """A file with a passphrase."""
    path = tmp_path / "phrase"
    path.write_text(f"{PHRASE}\n", "utf-8")
    return path


def test_a_backup_holds_every_row_and_reads_back(world: World, tmp_path: Path) -> None:
    target = tmp_path / "it.backup"
    kept = write_backup(target, PHRASE)
    assert kept.log == journal.log_size()
    assert kept.rows["Person"] == len(world.people)
    found, rows, key_file = read_backup(target, PHRASE)
    assert found == kept
    assert len(rows) == sum(kept.rows.values())
    assert "log_seed" in key_file


def test_a_backup_shows_nothing_without_its_passphrase(world: World, tmp_path: Path) -> None:
    target = tmp_path / "it.backup"
    write_backup(target, PHRASE)
    raw = target.read_bytes()
    for secret in (b"Tolik", b"Hanna", b"Belarus", keys().root, world.people["head"].encode()):
        assert secret not in raw
    assert target.stat().st_mode & 0o077 == 0
    with pytest.raises(UnusableBackup, match="passphrase is another"):
        read_backup(target, "nine words that somebody else thought of")


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("bend", ["flip", "cut", "add", "head", "swap", "empty"])
def test_a_backup_that_was_bent_is_refused(tmp_path: Path, bend: str) -> None:
    target = tmp_path / "it.backup"
    write_backup(target, PHRASE)
    raw = bytearray(target.read_bytes())
    if bend == "flip":
        raw[len(raw) // 2] ^= 1
    bent = {
        "flip": bytes(raw),
        "cut": bytes(raw[:-40]),
        "add": bytes(raw) + b"more",
        "head": b"x" + bytes(raw[1:]),
        "swap": bytes(raw[:50]) + bytes(raw[60:]) + bytes(raw[50:60]),
        "empty": b"",
    }[bend]
    target.write_bytes(bent)
    with pytest.raises(UnusableBackup):
        read_backup(target, PHRASE)


@pytest.mark.usefixtures("world")
def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableBackup, match="at least"):
        write_backup(tmp_path / "it.backup", "short")
    assert list(tmp_path.iterdir()) == []


@on_sqlite
def test_a_backup_is_restored_by_two_commands_and_verified(
    world: World, tmp_path: Path, phrase: Path
) -> None:
    connection.close()
    target, fresh = tmp_path / "it.backup", tmp_path / "fresh"
    made = standwith("backup", str(target), "--passphrase-file", str(phrase), home=world.home)
    assert made.returncode == 0, made.stderr
    assert "verified" in made.stdout
    back = standwith("restore", str(target), "--passphrase-file", str(phrase), home=fresh)
    assert back.returncode == 0, back.stderr
    assert "verified" in back.stdout
    checked = standwith("evidence", "check", home=fresh)
    assert checked.returncode == 0, checked.stdout
    again = standwith("restore", str(target), "--passphrase-file", str(phrase), home=fresh)
    assert again.returncode == 2
    assert "empty folder" in again.stderr


@on_sqlite
def test_a_restore_with_another_passphrase_leaves_nothing(world: World, tmp_path: Path) -> None:
    target, fresh = tmp_path / "it.backup", tmp_path / "fresh"
    write_backup(target, PHRASE)
    wrong = tmp_path / "wrong"
    wrong.write_text("nine words that somebody else thought of", "utf-8")
    found = standwith("restore", str(target), "--passphrase-file", str(wrong), home=fresh)
    assert found.returncode == 2
    assert "passphrase is another" in found.stderr
    assert not fresh.exists()
    assert world.home.exists()


@pytest.mark.usefixtures("world")
def test_a_backup_goes_into_an_empty_database_alone(tmp_path: Path) -> None:
    target = tmp_path / "it.backup"
    write_backup(target, PHRASE)
    with pytest.raises(UnusableBackup, match="already"):
        backup.restore(target, PHRASE)


@on_sqlite
def test_a_workspace_moves_to_postgresql_row_by_row(world: World) -> None:
    from tests.workspace.server import address, run

    name = f"moved{os.getpid()}"
    where = address(name)
    run(f"CREATE DATABASE {name} OWNER standwith TEMPLATE template0 ENCODING 'UTF8'")
    connection.close()
    found = standwith("move-database", where, home=world.home)
    assert found.returncode == 0, found.stderr
    assert "compared" in found.stdout
    checked = standwith("evidence", "check", home=world.home, STANDWITH_DATABASE=where)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    again = standwith("move-database", where, home=world.home)
    assert again.returncode == 2
    assert "rows already" in again.stderr
    run(f"DROP DATABASE {name} WITH (FORCE)")


@on_sqlite
@pytest.mark.parametrize("address", ["mysql://x/y", "postgresql://", "nonsense"])
def test_an_address_that_is_none_is_refused_in_words(world: World, address: str) -> None:
    connection.close()
    found = standwith("move-database", address, home=world.home)
    assert found.returncode == 2
    assert "postgresql://" in found.stderr


@on_sqlite
def test_doctor_says_one_line_for_each_part_with_its_mend(world: World) -> None:
    verify()
    connection.close()
    found = standwith("doctor", home=world.home)
    lines = found.stdout.splitlines()
    for name in ("keys", "database", "log", "clock", "disk"):
        assert any(line.startswith(f"ok    {name}:") for line in lines), found.stdout
    assert found.returncode == 0
    (world.home / "keys.json").chmod(0o644)
    found = standwith("doctor", home=world.home)
    assert found.returncode == 1
    assert "chmod 600" in found.stdout


def test_doctor_without_a_workspace_says_how_to_make_one(tmp_path: Path) -> None:
    found = standwith("doctor", home=tmp_path / "none")
    assert found.returncode == 0
    assert "standwith serve" in found.stdout


@pytest.mark.usefixtures("world")
def test_health_tells_a_verifier_that_died_and_a_clock_that_was_set_back(clock: object) -> None:
    verify()
    assert all(point.ok for point in health.examine())
    clock(3 * 3600)  # type: ignore[operator]
    late = {point.name: point for point in health.examine()}
    assert "verifier is not running" in late["log"].mend
    clock(-3600)  # type: ignore[operator]
    early = {point.name: point for point in health.examine()}
    assert not early["clock"].ok
    assert "behind the log" in early["clock"].found


@pytest.mark.usefixtures("world")
def test_a_full_disk_is_told_before_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 1_000_000})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    points = {point.name: point for point in health.examine()}
    assert not points["disk"].ok
    assert "make room" in points["disk"].mend


@pytest.mark.usefixtures("world")
def test_figures_are_in_the_prometheus_format() -> None:
    verify()
    text = health.figures().decode()
    assert "standwith_log_sound 1.0" in text
    assert "standwith_emergencies_waiting 0.0" in text


def test_the_verifier_goes_on_after_a_fault(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    from django.db import OperationalError

    from standwith.services import background

    calls: list[int] = []

    def broken() -> object:
        calls.append(1)
        message = "database is locked"
        raise OperationalError(message)

    monkeypatch.setattr(background, "verify", broken)
    monkeypatch.setattr(background, "close_old_connections", lambda: None)
    background.keep_verifying(lambda _: None, rounds=3)
    assert len(calls) == 3
    assert world.home


def test_a_receipt_is_verified_offline_by_the_command(world: World, tmp_path: Path) -> None:
    path = tmp_path / "it.tlog-proof"
    path.write_text(receipts.receipt(world.reader("head"), world.records["red"]), "utf-8")
    key = receipts.verifier_key()
    found = standwith("evidence", "verify", str(path), "--key", key, home=tmp_path)
    assert found.returncode == 0, found.stderr
    assert "Tolik" in found.stdout
    plain = standwith(
        "evidence", "verify", str(path), "--key", key, "--format", "json", home=tmp_path
    )
    assert json.loads(plain.stdout)["record"]["fields"]["note"] == "a guard named Tolik says so"


def test_a_bent_receipt_proves_nothing_and_a_wrong_key_is_bad_input(
    world: World, tmp_path: Path
) -> None:
    path = tmp_path / "it.tlog-proof"
    text = receipts.receipt(world.reader("head"), world.records["red"])
    path.write_text(text.replace("index ", "index 1"), "utf-8")
    key = receipts.verifier_key()
    assert standwith("evidence", "verify", str(path), "--key", key, home=tmp_path).returncode == 1
    assert standwith("evidence", "verify", str(path), "--key", "x", home=tmp_path).returncode == 2
    path.write_bytes(b"\xff\xfe")
    assert standwith("evidence", "verify", str(path), "--key", key, home=tmp_path).returncode == 1


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command")
def test_an_independent_verifier_agrees(world: World, tmp_path: Path) -> None:
    """A script that shares no line with the product, and checks signatures by openssl."""
    path = tmp_path / "it.tlog-proof"
    text = receipts.receipt(world.reader("head"), world.records["red"])
    path.write_text(text, "utf-8")
    script = ROOT / "tools" / "check_receipt.py"
    command = [sys.executable, "-I", str(script), str(path), receipts.verifier_key()]
    good = subprocess.run(command, capture_output=True, text=True, check=False)
    assert good.returncode == 0, good.stdout + good.stderr
    for old, new in (("index ", "index 1"), ("extra ", "extra A"), ("— ", "— x")):
        path.write_text(text.replace(old, new, 1), "utf-8")
        bent = subprocess.run(command, capture_output=True, text=True, check=False)
        assert bent.returncode == 1, (old, bent.stdout)


STEPS = ("permit", "insert", "entry", "envelope", "node", "checkpoint", "commit", "anchor")
KILLED = """
import os, signal, sys
import django; django.setup()
from django.conf import settings
from django.db import connection, transaction
from standwith.services import account, change, journal, tasks
from standwith.store.models.people import Person
step, person, case = sys.argv[1:4]
def die(*a, **k): os.kill(os.getpid(), signal.SIGKILL)
def after(target, name):
    real = getattr(target, name)
    def wrapped(*a, **k):
        found = real(*a, **k); die(); return found
    setattr(target, name, wrapped)
if step == "permit": after(change, "permit")
if step == "insert": after(change.Change, "_happened")
if step == "entry": after(journal, "entry_text")
if step == "envelope": after(journal, "seal")
if step == "node": after(journal, "completed")
if step == "checkpoint": after(journal, "_sign")
if step == "anchor": journal.keep_anchor = die
if step == "commit":
    real = connection.commit
    connection.ensure_connection()
    connection._commit = die
reader = account.reader_from(Person.objects.get(pk=person))
tasks.assign(reader, case, tasks.NewTask("Killed", "", "", "", "TLP:GREEN"))
"""


@on_sqlite
@pytest.mark.parametrize("step", STEPS)
def test_a_kill_at_any_step_leaves_all_or_nothing(world: World, step: str) -> None:
    size = journal.log_size()
    connection.close()
    found = subprocess.run(
        [sys.executable, "-c", KILLED, step, world.people["head"], world.records["belarus"]],
        env={**os.environ, "STANDWITH_HOME": str(world.home)},
        capture_output=True,
        check=False,
        cwd=ROOT,
    )
    assert found.returncode == -signal.SIGKILL, found.stderr.decode()[-600:]
    titles = {row["title"] for row in tasks.export_tasks(world.reader("head"), {})}
    whole = "Killed" in titles
    assert journal.log_size() == size + whole
    assert whole is (step == "anchor")
    assert verify().sound


WRITER = """
import sys
import django; django.setup()
from standwith.services import account, tasks
from standwith.store.models.people import Person
person, case, name = sys.argv[1:4]
reader = account.reader_from(Person.objects.get(pk=person))
for i in range(12):
    tasks.assign(reader, case, tasks.NewTask(f"{name} {i}", "", "", "", "TLP:GREEN"))
"""


def test_many_processes_write_at_once_and_nothing_is_lost(world: World) -> None:
    size = journal.log_size()
    environment = {**os.environ, "STANDWITH_HOME": str(world.home)}
    if POSTGRESQL:
        from tests.workspace.server import address

        name = connections["default"].settings_dict["NAME"]
        environment["STANDWITH_DATABASE"] = address(name)
    connection.close()
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, world.people["head"], world.records["belarus"], f"w{i}"],
            env=environment,
            cwd=ROOT,
        )
        for i in range(4)
    ]
    assert [process.wait(120) for process in running] == [0] * 4
    assert journal.log_size() == size + 48
    assert verify().findings == ()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A workspace that was just started: its address, and what it printed."""
    home = tmp_path / "home"
    port = str(free_port())
    kept = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    log = tmp_path / "said"
    with log.open("w") as said:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--home", str(home), "--port", port, "--demo"],
            env={**kept, "STANDWITH_HOME": str(home)},
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
        )
    try:
        address = f"http://localhost:{port}"
        wait_for(address)
        yield address, log.read_text("utf-8")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(15)


def free_port() -> int:
    """Return a port that nobody listens on."""
    import socket

    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def wait_for(address: str) -> None:
    """Wait until somebody answers there."""
    from urllib.error import URLError
    from urllib.request import urlopen

    for _ in range(150):
        try:
            with urlopen(f"{address}/sign-in", timeout=2):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail("nobody answered")


def test_the_first_run_prints_a_link_that_works_once(served: tuple[str, str]) -> None:
    from urllib.request import urlopen

    address, said = served
    link = next(word for word in said.split() if "/invitation/" in word)
    assert link.startswith(address)
    with urlopen(link) as page:
        assert "Head of the task force" in page.read().decode()


def test_a_port_that_is_taken_is_said_in_words(tmp_path: Path) -> None:
    import socket

    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = str(held.getsockname()[1])
        found = standwith("serve", "--host", "127.0.0.1", "--port", port, home=tmp_path / "h")
    assert found.returncode != 0


def test_a_person_is_invited_from_the_host(tmp_path: Path) -> None:
    words = ("people", "invite", "ada", "--name", "Ada", "--institution", "Ministry", "--at-home")
    found = standwith(*words, "--role", "administrator", home=tmp_path / "h")
    assert found.returncode == 0, found.stderr
    assert found.stdout.startswith("/invitation/")
    wrong = standwith(*words, "--role", "king", home=tmp_path / "h")
    assert wrong.returncode == 2
    assert "roles" in wrong.stderr


def test_a_missing_passphrase_file_is_said_in_words(tmp_path: Path) -> None:
    target = str(tmp_path / "it.backup")
    missing = str(tmp_path / "none")
    found = standwith("backup", target, "--passphrase-file", missing, home=tmp_path / "h")
    assert found.returncode == 2
    assert "first line" in found.stderr


def test_keys_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    path = make_keys(tmp_path / "new")
    before = path.read_text("utf-8")
    make_keys(tmp_path / "new")
    assert path.read_text("utf-8") == before
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("not json", "no key file"),
        ("{}", "no key file"),
        ('{"secret":"s","root":"AA==","log_seed":"AA==","log_name":"n"}', "32 bytes"),
        ('{"secret":"s","root":"!","log_seed":"AA==","log_name":"n"}', "no key file"),
    ],
)
def test_a_key_file_that_is_none_is_refused_in_words(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    with pytest.raises(UnusableKeys, match=why):
        read_keys(tmp_path)


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    make_keys(tmp_path).chmod(0o640)
    with pytest.raises(UnusableKeys, match="chmod 600"):
        read_keys(tmp_path)


def test_what_is_sealed_opens_in_its_own_place_alone() -> None:
    key, other = bytes(32), bytes([1]) * 32
    sealed = seal(key, b"secret", "factor|1")
    assert unseal(key, sealed, "factor|1") == b"secret"
    for wrong in ((other, sealed, "factor|1"), (key, sealed, "factor|2"), (key, sealed[:9], "")):
        with pytest.raises(SealBroken):
            unseal(*wrong)


def test_pseudonyms_are_stable_and_opaque() -> None:
    held = Keys("s", bytes(32), bytes(32), "n")
    other = Keys("s", bytes([1]) * 32, bytes(32), "n")
    assert held.pseudonym("actor", "x") == held.pseudonym("actor", "x")
    assert held.pseudonym("actor", "x") != held.pseudonym("actor", "y")
    assert held.pseudonym("actor", "x") != other.pseudonym("actor", "x")
