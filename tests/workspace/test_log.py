"""The transparency log: every bend of log or rows is found, erasure leaves it whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from tests.workspace.conftest import POSTGRESQL, World, claim_form

from standwith.kernel.merkle import consistent
from standwith.kernel.note import open_note, parse_checkpoint, parse_key
from standwith.kernel.receipt import check_receipt, parse_receipt
from standwith.services import claims, erasure, journal, receipts, situations, tasks
from standwith.services.keys import verify_ed25519
from standwith.services.roles import NotAllowed
from standwith.services.sight import NothingThere, whole_database
from standwith.services.verification import verify
from standwith.store.models.case import Claim
from standwith.store.models.log import Checkpoint, Entry, Envelope, RecordKey
from standwith.store.models.policy import Proposal


def run(statement: str) -> int:
    """Write past the services, as somebody with the database would: triggers and policies off."""
    tables = ("entry", "node", "checkpoint", "envelope")
    with whole_database(), connection.cursor() as cursor:
        for table in tables:
            if POSTGRESQL:
                cursor.execute(f"ALTER TABLE store_{table} DISABLE TRIGGER store_{table}_frozen")
            else:
                for verb in ("UPDATE", "DELETE"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS store_{table}_{verb}")
        cursor.execute(statement)
        return int(cursor.rowcount)


def test_a_workspace_that_was_only_used_is_sound(world: World) -> None:
    found = verify()
    assert found.findings == ()
    assert found.size == journal.log_size() > 100
    assert world.records


def test_every_state_change_appends_exactly_one_entry(world: World) -> None:
    before = journal.log_size()
    claims.record_claim(world.reader("head"), world.records["belarus"], claim_form())
    assert journal.log_size() == before + 1
    tasks.move(world.reader("head"), world.records["task GREEN"], "done", seen=1)
    assert journal.log_size() == before + 2


def test_an_entry_names_no_person_and_no_content(world: World) -> None:
    texts = "".join(Entry.objects.values_list("text", flat=True))
    for secret in ("Tolik", "Hanna", "Visit the trial", "guard", *world.people.values()):
        assert secret not in texts.replace(world.people["head"], "") or secret in world.people
    assert "Belarus" not in texts
    for text in Entry.objects.values_list("text", flat=True):
        assert set(json.loads(text)) == {
            "v",
            "type",
            "seq",
            "at",
            "obj",
            "alg",
            "commit",
            "actor",
            "tlp",
            "auth",
        }


def one(model: type, **more: object) -> object:
    """Return the key of some row."""
    with whole_database():
        return model.objects.filter(**more).order_by("pk").values_list("pk", flat=True)[3]  # type: ignore[attr-defined]


BENDS: dict[str, tuple[str, str]] = {
    "an entry was edited": (
        "UPDATE store_entry SET text = replace(text, 'hmac-sha256', 'none') WHERE seq = 40",
        "no longer give its root",
    ),
    "an entry was removed": ("DELETE FROM store_entry WHERE seq = 40", "missing or moved"),
    "two entries changed places": (
        (
            "UPDATE store_entry SET text = CASE seq WHEN 40 THEN "
            "(SELECT text FROM store_entry WHERE seq = 41) ELSE "
            "(SELECT text FROM store_entry WHERE seq = 40) END WHERE seq IN (40, 41)"
        ),
        "missing or moved",
    ),
    "an entry is no entry": ("UPDATE store_entry SET text = 'x' WHERE seq = 40", "not an entry"),
    "the last entry was cut": (
        "DELETE FROM store_entry WHERE seq = (SELECT max(seq) FROM store_entry)",
        "cut",
    ),
    "a checkpoint was edited": (
        (
            "UPDATE store_checkpoint SET note = replace(note, 'standwith', 'standwiht') "
            "WHERE size = (SELECT max(size) FROM store_checkpoint)"
        ),
        "signature is wrong",
    ),
    "the last checkpoint was removed": (
        "DELETE FROM store_checkpoint WHERE size = (SELECT max(size) FROM store_checkpoint)",
        "no checkpoint covers",
    ),
    "a node was removed": ("DELETE FROM store_node WHERE level = 0 AND position = 3", "nodes"),
    "an envelope was exchanged": (
        (
            "UPDATE store_envelope SET sealed = (SELECT sealed FROM store_envelope WHERE seq = 60) "
            "WHERE seq = 61"
        ),
        "envelope",
    ),
    "a claim was changed": (
        "UPDATE store_claim SET value = 'false' WHERE note LIKE '%Tolik%'",
        "changed past the services",
    ),
    "a claim was removed": (
        "DELETE FROM store_claim WHERE note LIKE '%Tolik%'",
        "was removed",
    ),
    "a role was given": (
        "UPDATE store_person SET roles = 'head' WHERE handle = 'ally'",
        "changed past the services",
    ),
    "a membership was given": (
        "UPDATE store_membership SET clearance = 4",
        "changed past the services",
    ),
    "a label was lowered": (
        (
            "UPDATE store_claim SET label_id = (SELECT label_id FROM store_situation "
            "WHERE slug = 'belarus-2020') WHERE note LIKE '%Tolik%'"
        ),
        "changed past the services",
    ),
    "an invitation was made": (
        (
            "INSERT INTO store_invitation (id, token_hash, handle, name, institution_id, roles, "
            "expires_at) SELECT '00000000000000000000000000000009', 'h', 'x', 'X', institution_id, "
            "'head', expires_at FROM store_invitation LIMIT 1"
        ),
        "written past the services",
    ),
}


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("bend", BENDS)
def test_what_was_bent_past_the_services_is_found(bend: str) -> None:
    import re

    statement, why = BENDS[bend]
    assert run(statement) >= 1
    found = verify()
    assert not found.sound
    assert any(re.search(why, item.what) for item in found.findings), found.findings


@pytest.mark.usefixtures("world")
def test_what_was_found_stays_on_record() -> None:
    from standwith.services.verification import last_check

    run(BENDS["a claim was changed"][0])
    verify()
    last = last_check()
    assert last is not None
    assert not last.sound


@pytest.mark.skipif(POSTGRESQL, reason="the file of SQLite")
def test_a_database_that_was_rolled_back_is_found(world: World) -> None:
    connection.close()
    kept = world.home / "kept.sqlite3"
    shutil.copy2(world.home / "workspace.sqlite3", kept)
    tasks.move(world.reader("head"), world.records["task GREEN"], "done", seen=1)
    connection.close()
    for name in ("workspace.sqlite3-wal", "workspace.sqlite3-shm"):
        (world.home / name).unlink(missing_ok=True)
    shutil.copy2(kept, world.home / "workspace.sqlite3")
    found = verify()
    assert any("rolled back" in item.what for item in found.findings)


def test_a_missing_or_forged_checkpoint_outside_is_found(world: World) -> None:
    anchor = world.home / journal.ANCHOR
    tasks.move(world.reader("head"), world.records["task GREEN"], "done", seen=1)
    text = anchor.read_text("utf-8")
    anchor.write_text(text.replace("standwith", "standwiht"), "utf-8")
    assert any("not signed" in item.what for item in verify().findings)
    anchor.unlink()
    assert any("missing" in item.what for item in verify().findings)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("table", ["entry", "node", "checkpoint", "envelope"])
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_the_database_itself_refuses_to_change_the_log(table: str, verb: str) -> None:
    column = {"entry": "text", "node": "level", "checkpoint": "note", "envelope": "record"}[table]
    statements = {
        "UPDATE": f"UPDATE store_{table} SET {column} = {column}",
        "DELETE": f"DELETE FROM store_{table}",
    }
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(statements[verb])


def test_a_receipt_proves_a_claim_offline(world: World) -> None:
    text = receipts.receipt(world.reader("head"), world.records["red"])
    key = parse_key(receipts.verifier_key())
    found = check_receipt(parse_receipt(text), [key], verify_ed25519)
    assert found.record
    assert found.record["fields"]["note"] == "a guard named Tolik says so"


def test_only_who_sees_a_record_gets_its_receipt(world: World) -> None:
    for key in ("ally", "mission", "stranger"):
        with pytest.raises(NothingThere):
            receipts.receipt(world.reader(key), world.records["red"])
        with pytest.raises(NothingThere):
            receipts.history(world.reader(key), world.records["red"])


def test_a_receipt_of_another_record_s_entry_is_not_given(world: World) -> None:
    steps = receipts.history(world.reader("head"), world.records["red"])
    with pytest.raises(NothingThere):
        receipts.receipt(world.reader("head"), world.records["belarus"], steps[0].seq)


def test_later_checkpoints_are_proved_to_hold_the_earlier(world: World) -> None:
    auditor, key = world.reader("auditor"), parse_key(receipts.verifier_key())
    older = parse_checkpoint(open_note(receipts.latest_checkpoint(auditor), [key], verify_ed25519))
    tasks.move(world.reader("head"), world.records["task GREEN"], "done", seen=1)
    newer = parse_checkpoint(open_note(receipts.latest_checkpoint(auditor), [key], verify_ed25519))
    path = receipts.consistency(auditor, older.size, newer.size)
    assert consistent((older.size, older.root), (newer.size, newer.root), path)
    with pytest.raises(ValueError, match="entries"):
        receipts.consistency(auditor, 1, newer.size + 1)


@pytest.mark.parametrize("key", ["desk", "mission", "ally", "stranger", "admin"])
def test_the_log_as_a_whole_is_for_auditors_and_heads(world: World, key: str) -> None:
    with pytest.raises(NotAllowed):
        receipts.entries(world.reader(key))
    with pytest.raises(NotAllowed):
        receipts.latest_checkpoint(world.reader(key))


def test_entries_are_narrowed_by_what_happened_and_to_which_record(world: World) -> None:
    auditor = world.reader("auditor")
    claims_only = receipts.entries(auditor, what="claim", count=500)
    assert {entry["type"].split(".")[0] for entry in claims_only} == {"claim"}
    recorded = receipts.entries(auditor, what="task.recorded", count=500)
    assert len(recorded) == 3
    task = world.records["task GREEN"]
    about = receipts.entries(auditor, record=task, count=500)
    assert {entry["obj"] for entry in about} == {task.replace("-", "")}
    assert receipts.entries(auditor, what='x"} OR', record="%") == []


def test_the_list_of_entries_is_given_as_data_under_the_same_query(world: World) -> None:
    client = world.client("auditor")
    rows = client.get("/account/entries.json?what=task.recorded").json()["rows"]
    assert [row["type"] for row in rows] == ["task.recorded"] * 3
    table = client.get("/account/entries.csv?what=task.recorded").content.decode()
    assert table.count("task.recorded") == 3
    page = client.get("/account/entries?what=task.recorded").content.decode()
    assert page.count("task.recorded") >= 3
    assert "claim.recorded</td>" not in page


def test_people_are_listed_by_words_and_as_data(world: World) -> None:
    client = world.client("admin")
    rows = client.get("/people.json?q=ministry desk").json()["rows"]
    assert {row["handle"] for row in rows} == {"desk"}
    assert "password" not in client.get("/people.csv").content.decode()
    assert "Aldo Ally" not in client.get("/people/?q=hanna").content.decode()


def test_entries_are_listed_latest_first_in_pages(world: World) -> None:
    auditor = world.reader("auditor")
    first = receipts.entries(auditor, count=10)
    then = receipts.entries(auditor, before=first[-1]["seq"], count=10)
    numbers = [entry["seq"] for entry in (*first, *then)]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == 20


def erase(world: World, record: str) -> None:
    """Erase a record by two persons."""
    proposal = erasure.propose_erasure(world.reader("desk"), record, "court order 12 of 2020")
    erasure.agree_erasure(world.reader("head"), proposal)


def test_erasure_destroys_the_record_and_leaves_the_log_sound(world: World) -> None:
    record = world.records["derived"]
    before = journal.log_size()
    erase(world, record)
    assert verify().findings == ()
    assert journal.log_size() > before
    with whole_database():
        assert not Claim.unguarded.filter(pk=record).exists()
    key = RecordKey.objects.get(record=UUID(record))
    assert key.wrapped is None
    assert Envelope.objects.filter(record=UUID(record)).exists()


def test_after_erasure_nothing_opens_the_envelopes(world: World) -> None:
    from standwith.services.keys import SealBroken
    from standwith.services.place import keys
    from standwith.services.verification import open_envelope

    record = UUID(world.records["derived"])
    erase(world, str(record))
    for envelope in Envelope.objects.filter(record=record):
        with pytest.raises(SealBroken):
            open_envelope(keys(), RecordKey.objects.get(record=record), envelope)


def test_a_receipt_from_before_an_erasure_still_proves_its_entry(world: World) -> None:
    record = world.records["derived"]
    text = receipts.receipt(world.reader("head"), record)
    erase(world, record)
    key = parse_key(receipts.verifier_key())
    assert check_receipt(parse_receipt(text), [key], verify_ed25519).record


def test_erasing_a_situation_erases_all_that_hangs_on_it(world: World) -> None:
    case = world.records["belarus"]
    proposal = erasure.propose_erasure(world.reader("head"), case, "court order 13 of 2020")
    erasure.agree_erasure(world.reader("second"), proposal)
    assert verify().findings == ()
    with pytest.raises(NothingThere):
        situations.read_situation(world.reader("head"), case)
    with whole_database():
        assert not Claim.unguarded.filter(situation_id=case).exists()
    for claim in ("red", "derived"):
        assert RecordKey.objects.get(record=UUID(world.records[claim])).wrapped is None


def test_nobody_erases_alone(world: World) -> None:
    from standwith.services.second import NeedsAnother

    head = world.reader("head")
    proposal = erasure.propose_erasure(head, world.records["derived"], "court order 12 of 2020")
    with pytest.raises(NeedsAnother):
        erasure.agree_erasure(head, proposal)
    with pytest.raises(NothingThere):
        erasure.agree_erasure(world.reader("stranger"), proposal)
    with whole_database():
        assert Claim.unguarded.filter(pk=world.records["derived"]).exists()


def test_an_erasure_names_its_legal_basis(world: World) -> None:
    with pytest.raises(ValueError, match="legal basis"):
        erasure.propose_erasure(world.reader("desk"), world.records["derived"], "so")
    erase(world, world.records["derived"])
    assert Proposal.objects.get(kind="erasure").reason == "court order 12 of 2020"


def test_an_entry_s_time_never_runs_backwards(world: World, clock: Callable[..., None]) -> None:
    clock(-86400)
    tasks.move(world.reader("head"), world.records["task GREEN"], "done", seen=1)
    times = [
        journal.entry_time(t) for t in Entry.objects.order_by("seq").values_list("text", flat=True)
    ]
    assert times == sorted(times)
    assert verify().sound


def test_every_checkpoint_is_signed_by_the_key_of_the_log(world: World) -> None:
    key = parse_key(receipts.verifier_key())
    notes = Checkpoint.objects.values_list("size", "note")
    for size, note in notes:
        assert parse_checkpoint(open_note(note, [key], verify_ed25519)).size == size
    assert len(notes) > 20
    assert world.home


def test_the_page_of_the_log_says_what_was_found(world: World) -> None:
    client = world.client("auditor")
    client.post("/account/verify")
    assert "nothing was altered" in client.get("/account/").content.decode()
    run(BENDS["a claim was changed"][0])
    client.post("/account/verify")
    page = client.get("/account/").content.decode()
    assert "Alarm" in page
    assert "changed past the services" in page


def test_others_learn_whether_the_log_is_sound_and_no_more(world: World) -> None:
    verify()
    page = world.client("ally").get("/account/").content.decode()
    assert "nothing was altered" in page
    assert "entries" not in page.split("<main")[1].split("</section>")[0]
