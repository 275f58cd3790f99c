"""The threat model as a table that runs: adversary, what he can do, what stops him, proved here."""

from __future__ import annotations

import base64
import secrets
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tests.workspace.conftest import PASSWORD, POSTGRESQL, World, claim_form, code_of

from standwith.kernel.policy import Purpose
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import (
    account,
    claims,
    compartments,
    decisions,
    erasure,
    factors,
    journal,
    situations,
    tasks,
    tokens,
)
from standwith.services.roles import NotAllowed
from standwith.services.second import NeedsAnother
from standwith.services.sight import NothingThere
from standwith.services.verification import verify
from standwith.store.models.people import Factor

CANARY = "canary-"


def canaries(count: int) -> list[str]:
    """Make tokens that stand nowhere else."""
    return [CANARY + secrets.token_hex(16) for _ in range(count)]


def forms(token: str) -> Iterator[bytes]:
    """A token as it might lie on a disk: in two encodings, and in base64 at each phase."""
    raw = token.encode()
    yield raw
    yield token.encode("utf-16-le")
    for phase in range(3):
        packed = base64.b64encode(b"x" * phase + raw)
        yield packed[4:-4]


def lies_in(token: str, raw: bytes) -> bool:
    """Whether a token lies in some bytes, also where they are compressed."""
    if any(form in raw for form in forms(token)):
        return True
    for start in (i for i in range(len(raw) - 2) if raw[i : i + 2] in {b"x\x9c", b"x\xda"}):
        try:
            if token.encode() in zlib.decompressobj().decompress(raw[start:], 200_000):
                return True
        except zlib.error:
            continue
    return False


def disk(folder: Path) -> dict[str, bytes]:
    """Read every file of a workspace."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.skipif(POSTGRESQL, reason="the files of SQLite")
def test_a_thief_of_the_disk_finds_no_erased_record_anywhere(world: World) -> None:
    """Erased are the row, the index of words, and every copy of it in the log's envelopes."""
    head, case = world.reader("head"), world.records["belarus"]
    tokens_planted = canaries(20)
    made = [
        tasks.assign(head, case, tasks.NewTask(token, token, "", "", "TLP:GREEN"))
        for token in tokens_planted
    ]
    for task, token in zip(made, tokens_planted, strict=True):
        tasks.comment(world.reader("head"), task, f"said {token}")
        proposal = erasure.propose_erasure(world.reader("desk"), task, "court order 7 of 2020")
        erasure.agree_erasure(world.reader("head"), proposal)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for name, raw in disk(world.home).items():
        for token in tokens_planted:
            assert not lies_in(token, raw), name
    assert verify().sound


@pytest.mark.skipif(POSTGRESQL, reason="the files of SQLite")
def test_the_sweep_finds_what_was_not_erased(world: World) -> None:
    """The sweep itself is tested: it must find a token that is there."""
    (token,) = canaries(1)
    new = tasks.NewTask(token, "", "", "", "TLP:GREEN")
    tasks.assign(world.reader("head"), world.records["belarus"], new)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert any(lies_in(token, raw) for raw in disk(world.home).values())


@pytest.mark.parametrize("encoding", ["plain", "wide", "packed", "squeezed"])
def test_the_sweep_knows_the_forms_of_a_token(encoding: str) -> None:
    (token,) = canaries(1)
    raw = {
        "plain": token.encode(),
        "wide": token.encode("utf-16-le"),
        "packed": base64.b64encode(b"ab" + token.encode() + b"tail of it"),
        "squeezed": zlib.compress(f"some text {token} more text".encode()),
    }[encoding]
    assert lies_in(token, b"begin" + raw + b"end")
    assert not lies_in(token, b"nothing here")


@pytest.mark.skipif(POSTGRESQL, reason="the files of SQLite")
def test_a_thief_of_the_disk_finds_no_secret_that_opens_an_account(world: World) -> None:
    person = world.people["desk"]
    secret = factors._totp(Factor.objects.get(person_id=person))._hotp._key
    token = tokens.make_token(world.reader("desk"), "t", frozenset({"read"}), 5)
    connection.close()
    for name, raw in disk(world.home).items():
        assert PASSWORD.encode() not in raw, name
        assert token.encode() not in raw, name
        assert secret not in raw, name
        assert base64.b32encode(secret) not in raw, name


@pytest.mark.skipif(POSTGRESQL, reason="the files of SQLite")
def test_nothing_but_the_database_holds_content(world: World) -> None:
    claims.record_claim(world.reader("head"), world.records["belarus"], claim_form())
    world.client("head").get(f"/situations/{world.records['belarus']}/brief.pdf")
    connection.close()
    for name, raw in disk(world.home).items():
        if not name.startswith("workspace.sqlite3"):
            assert b"Tolik" not in raw
            assert b"Belarus" not in raw


@pytest.mark.skipif(POSTGRESQL, reason="the file of SQLite")
def test_an_operator_with_the_database_cannot_rewrite_what_was_decided(world: World) -> None:
    reason = "the embassy was asked for it in writing"
    made = decisions.propose(world.reader("desk"), world.records["belarus"], "G-06", reason)
    decisions.decide(world.reader("head"), made, approve=False, why=reason)
    connection.close()
    raw = sqlite3.connect(world.home / "workspace.sqlite3")
    raw.execute("UPDATE store_decision SET state = 'approved'")
    raw.commit()
    raw.close()
    found = verify()
    assert [item.where.split()[0] for item in found.findings] == ["decision"]


Attempt = Callable[[World], object]
REASON = "because it was asked for in writing"


def _self_grant(world: World) -> object:
    asked = compartments.Grant(
        world.people["desk"], Sensitivity.RED, frozenset(Purpose), None, "curious"
    )
    return compartments.grant(world.reader("desk"), world.compartments["desk"], asked)


def _self_approve(world: World) -> None:
    made = decisions.propose(world.reader("head"), world.records["belarus"], "G-06", REASON)
    decisions.decide(world.reader("head"), made, approve=True, why=REASON)


def _self_emergency(world: World) -> None:
    compartments.ask_emergency(world.reader("second"), "Sources", REASON)
    (alarm,) = compartments.alarms(world.reader("second"))
    compartments.decide(world.reader("second"), alarm.id, agree=True)


def _self_erase(world: World) -> None:
    head = world.reader("head")
    proposal = erasure.propose_erasure(head, world.records["task GREEN"], REASON)
    erasure.agree_erasure(head, proposal)


def _peek(world: World) -> object:
    return situations.read_situation(world.reader("desk"), world.records["secret"])


def _write_up(world: World) -> object:
    form = claim_form(sensitivity="TLP:RED")
    return claims.record_claim(world.reader("desk"), world.records["belarus"], form)


def _rule_people(world: World) -> None:
    from standwith.services import people

    roles = frozenset({"head"})
    people.change_person(world.reader("desk"), world.people["desk"], roles=roles, active=True)


def _administrator_reads(world: World) -> object:
    return situations.list_situations(world.reader("admin"), {})


def _ally_decides(world: World) -> None:
    compartments.ask_emergency(world.reader("stranger"), "Belarus desk", REASON)
    (alarm,) = compartments.alarms(world.reader("head"))
    compartments.decide(world.reader("ally"), alarm.id, agree=True)


INSIDERS: dict[str, tuple[Attempt, type[Exception]]] = {
    "gives himself a higher clearance": (_self_grant, NothingThere),
    "approves his own proposal": (_self_approve, NeedsAnother),
    "agrees to his own emergency": (_self_emergency, NeedsAnother),
    "erases alone": (_self_erase, NeedsAnother),
    "opens a situation of another compartment": (_peek, NothingThere),
    "writes where he may not read": (_write_up, NothingThere),
    "makes himself head": (_rule_people, ValueError),
    "administers and reads": (_administrator_reads, NotAllowed),
    "decides without the role": (_ally_decides, NotAllowed),
}


@pytest.mark.parametrize("attempt", INSIDERS)
def test_an_insider_who(world: World, attempt: str) -> None:
    act, stopped = INSIDERS[attempt]
    size = journal.log_size()
    with pytest.raises(stopped):
        act(world)
    assert verify().sound
    assert journal.log_size() >= size


def test_a_phisher_with_the_password_is_stopped_at_the_second_door(world: World) -> None:
    thief = Client()
    thief.post("/sign-in", {"handle": "head", "password": PASSWORD})
    for path in ("/", "/situations/", "/settings/", "/compartments/", "/account/"):
        assert thief.get(path).status_code == 302
    for guess in range(8):
        thief.post("/second-factor", {"code": f"{guess:06}"})
    page = thief.post("/second-factor", {"code": code_of(world.people["head"], later=1)})
    assert page.status_code == 422
    assert "too many attempts" in page.content.decode()


def test_a_phisher_who_replays_a_code_is_stopped(world: World) -> None:
    code = code_of(world.people["head"], later=1)
    for attempt in range(2):
        client = Client()
        client.post("/sign-in", {"handle": "head", "password": PASSWORD})
        answer = client.post("/second-factor", {"code": code})
        assert answer.status_code == (302 if attempt == 0 else 422)


def test_a_thief_of_a_session_loses_it_when_everything_is_signed_out(world: World) -> None:
    owner, thief = world.client("head"), world.client("head")
    account.sign_out_everywhere(world.reader("head"))
    assert owner.get("/situations/").status_code == 302
    assert thief.get("/situations/").status_code == 302


def test_a_flood_of_wrong_names_bars_nobody(world: World) -> None:
    client = Client()
    for i in range(30):
        client.post("/sign-in", {"handle": f"nobody{i}", "password": "wrong horse battery"})
    assert account.check_password("desk", PASSWORD)
    assert world.people


def test_false_claims_do_not_count_before_a_second_source(world: World) -> None:
    """One source that repeats itself, however often, confirms nothing."""
    head, case = world.reader("head"), world.records["belarus"]
    for i in range(10):
        form = claim_form(fact="foreign-patron", value="false", note=f"fake {i}", grade="C3")
        claims.record_claim(head, case, form)
    (fact,) = [f for f in claims.by_fact(head, case) if f["fact"] == "foreign-patron"]
    assert fact["grade"] != "not"


def test_every_sign_in_stands_in_the_log(world: World) -> None:
    size = journal.log_size()
    client = Client()
    client.post("/sign-in", {"handle": "desk", "password": PASSWORD})
    client.post("/second-factor", {"code": code_of(world.people["desk"], later=1)})
    assert journal.log_size() == size + 1


class Task_Force(RuleBasedStateMachine):  # noqa: N801 - two words read better in a report
    """Random work of a task force: whatever they do, the log stays sound and nobody sees more."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.tasks: list[tuple[str, str]] = []
        self.before = {row["id"] for row in tasks.export_tasks(self.world.reader("ally"), {})}

    @rule(
        level=st.sampled_from(["TLP:GREEN", "TLP:AMBER", "TLP:RED"]),
        title=st.text("abc ж", min_size=3, max_size=9).filter(str.strip),
    )
    def assign(self, level: str, title: str) -> None:
        """Somebody assigns a task."""
        new = tasks.NewTask(f"t {title}", "", "", "", level)
        reader = self.world.reader("head")
        self.tasks.append((tasks.assign(reader, self.world.records["belarus"], new), level))

    @precondition(lambda self: self.tasks)
    @rule(data=st.data(), state=st.sampled_from(["doing", "done", "dropped"]))
    def move(self, data: st.DataObject, state: str) -> None:
        """Somebody moves one."""
        task, _ = data.draw(st.sampled_from(self.tasks))
        version = tasks.read_task(self.world.reader("head"), task)["version"]
        tasks.move(self.world.reader("head"), task, state, seen=version)

    @rule(value=st.sampled_from(["true", "false"]), level=st.sampled_from(["TLP:GREEN", "TLP:RED"]))
    def claim(self, value: str, level: str) -> None:
        """Somebody records a claim."""
        form = claim_form(value=value, sensitivity=level)
        claims.record_claim(self.world.reader("head"), self.world.records["belarus"], form)

    @precondition(lambda self: self.tasks)
    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        """Two persons erase a task."""
        task = data.draw(st.sampled_from(self.tasks))
        proposal = erasure.propose_erasure(self.world.reader("second"), task[0], REASON)
        erasure.agree_erasure(self.world.reader("head"), proposal)
        self.tasks.remove(task)

    @invariant()
    def the_ally_sees_exactly_the_green_tasks(self) -> None:
        """The share is what it should be after every step."""
        seen = {row["id"] for row in tasks.export_tasks(self.world.reader("ally"), {})}
        green = {task for task, level in self.tasks if level == "TLP:GREEN"}
        assert seen == green | self.before

    def teardown(self) -> None:
        """At the end everything verifies."""
        assert verify().findings == ()


def test_whatever_a_task_force_does_the_log_is_sound_and_shares_are_exact(world: World) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    kind = type("Force", (Task_Force,), {"world": world})
    pace = settings(
        max_examples=4,
        stateful_step_count=8,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(kind, settings=pace)
