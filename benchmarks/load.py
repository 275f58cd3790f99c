"""Many people at once: 50 users of one server for ten minutes; no error, no lost write.

    python benchmarks/load.py [--users 50] [--minutes 10]

Starts the program as it is served, on the loopback address, with a folder of its own and ten cases.
Each user reads lists, pages, the brief and the board of one case, records claims and tasks, and
waits about a second between. At the end every write that was answered is looked for, once, and the
log is verified. Ends with 1 if anything failed.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

PORT = 8937
CASES = 10
PASSWORD = "correct horse battery staple"  # noqa: S105 - of invented people


@dataclass
class Tally:
    """What was answered, how fast, and what was written."""

    times: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, what: str, seconds: float) -> None:
        """Note an answer."""
        with self.lock:
            self.times.setdefault(what, []).append(seconds * 1000)


def main() -> None:
    """Run, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between requests")
    parser.add_argument("--port", type=int, default=PORT)
    asked = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="standwith-load-"))
    held, cookies = prepare(home, asked.users)
    tally = Tally()
    server = serve(home, asked.port)
    try:
        crowd(asked, held, cookies, tally)
    finally:
        server.terminate()
        server.wait(timeout=30)
    raise SystemExit(judge(asked, tally))


def prepare(home: Path, users: int) -> tuple[list[str], list[str]]:
    """Make a workspace with cases and so many signed-in members; return cases and cookies."""
    os.environ |= {"STANDWITH_HOME": str(home), "DJANGO_SETTINGS_MODULE": "standwith.web.settings"}
    from standwith.services.keys import make_keys

    make_keys(home)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from standwith.kernel.policy import WITHIN
    from standwith.kernel.sensitivity import Sensitivity
    from standwith.services import account, cases, compartments, factors, people
    from standwith.store.models.people import Factor, Person

    def join(handle: str, role: str) -> Person:
        invited = people.Invited(handle, handle.title(), "Ministry", (role,))
        person = people.join(people.invite_from_host(invited, home=True), PASSWORD)
        factors.start_totp(person)
        factors.enrolled(person, Factor.objects.get(person=person))
        return Person.objects.select_related("institution").get(pk=person)

    head = join("head", "head")
    room = compartments.open_compartment(account.reader_from(head), "Desk")
    reader = account.reader_from(head)
    marking = cases.Marking(room, Sensitivity.GREEN)
    held = [cases.load_shipped(reader, "belarus-2020", marking) for _ in range(CASES)]
    members = [join(f"desk{number}", "desk") for number in range(users)]
    for member in members:
        place = compartments.Grant(str(member.pk), Sensitivity.AMBER, WITHIN, None, "works on it")
        compartments.grant(reader, room, place)
    return held, [session_of(member) for member in members]


def session_of(person: Any) -> str:  # noqa: ANN401 - a person of the store
    """Sign a person in past the forms; return the key of the session."""
    from django.contrib.sessions.backends.db import SessionStore

    now, session = time.time(), SessionStore()
    session.update({"person": str(person.pk), "epoch": person.epoch, "since": now, "seen": now})
    session.create()
    return str(session.session_key)


def serve(home: Path, port: int) -> subprocess.Popen[bytes]:
    """Start the program, and wait until it answers."""
    command = [sys.executable, "-m", "standwith", "serve", "--home", str(home), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(400):
        try:
            connection = http.client.HTTPConnection("localhost", port, timeout=5)
            connection.request("GET", "/robots.txt")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return server
    raise SystemExit("the server did not answer")


def crowd(asked: argparse.Namespace, held: list[str], cookies: list[str], tally: Tally) -> None:
    """Let everybody work until the time is over."""
    until = time.monotonic() + asked.minutes * 60
    users = [
        threading.Thread(
            target=User(asked, held[number % CASES], key, number, tally).work, args=(until,)
        )
        for number, key in enumerate(cookies)
    ]
    for user in users:
        user.start()
    while any(user.is_alive() for user in users):
        time.sleep(5)
        done = sum(map(len, tally.times.values()))
        print(f"\r{done} answers, {len(tally.faults)} faults", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


class User:
    """One person at work."""

    def __init__(
        self, asked: argparse.Namespace, case: str, key: str, number: int, tally: Tally
    ) -> None:
        self.case, self.number, self.tally = case, number, tally
        self.cookie, self.pause = key, asked.pause
        self.connection = http.client.HTTPConnection("localhost", asked.port, timeout=60)
        self.chance = random.Random(number)  # noqa: S311 - no secret
        self.token = ""

    def work(self, until: float) -> None:
        """Do one thing after the other."""
        time.sleep(self.chance.random() * self.pause)
        turn = 0
        while time.monotonic() < until:
            turn += 1
            try:
                self.step(turn)
            except (OSError, http.client.HTTPException) as error:
                self.tally.faults.append(f"{type(error).__name__}: {error}")
                self.connection.close()
            time.sleep(self.pause * (0.5 + self.chance.random()))

    def step(self, turn: int) -> None:
        """Read mostly, write sometimes."""
        reads = ["/", "/claims/", f"/situations/{self.case}/", "/tasks/", "/search?q=bel"]
        reads += [f"/situations/{self.case}/brief", f"/situations/{self.case}/picture"]
        if turn % 4:
            path = self.chance.choice(reads)
            self.ask("GET", path, path.replace(self.case, "…"))
        elif turn % 8:
            self.claim(turn)
        else:
            self.task(turn)

    def claim(self, turn: int) -> None:
        """Record a claim."""
        mark = f"load-{self.number}-{turn}"
        path = f"/situations/{self.case}/claims/new"
        form = {
            "fact": "torture",
            "about": "situation",
            "value": "true",
            "valid": "2020-08-10",
            "recorded": "2020-08-18",
            "source": "belarus-2020",
            "reliability": "B",
            "credibility": "2",
            "note": mark,
            "sensitivity": "TLP:GREEN",
        }
        self.write(path, form, mark, "record a claim")

    def task(self, turn: int) -> None:
        """Assign a task."""
        mark = f"load-{self.number}-{turn}"
        form = {"title": mark, "sensitivity": "TLP:GREEN", "due": "2020-09-01"}
        self.write(f"/situations/{self.case}/tasks/new", form, mark, "assign a task")

    def write(self, path: str, form: dict[str, str], mark: str, what: str) -> None:
        """Open a form, send it, and remember that it was answered."""
        page = self.ask("GET", path, "open a form")
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        if not found:
            return
        body = urlencode(form | {"csrfmiddlewaretoken": found[1]})
        self.ask("POST", path, what, body)
        with self.tally.lock:
            self.tally.written.append(mark)

    def ask(self, method: str, path: str, what: str, body: str = "") -> str:
        """Ask; anything but a page or a redirect to one is a fault."""
        cookies = f"standwith={self.cookie}" + (f"; csrf={self.token}" if self.token else "")
        headers = {"Cookie": cookies, "Accept-Encoding": "identity"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self.connection.request(method, path, body or None, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        self.tally.note(what, time.perf_counter() - begun)
        if answer.status != (302 if method == "POST" else 200):
            raise http.client.HTTPException(f"{method} {path} answered {answer.status}")
        csrf = re.search(r"csrf=(\w+)", answer.headers.get("Set-Cookie") or "")
        self.token = csrf[1] if csrf else self.token
        return text


def judge(asked: argparse.Namespace, tally: Tally) -> int:
    """Look for every write that was answered, verify the log, and print."""
    from standwith.services import verification
    from standwith.services.sight import whole_database
    from standwith.store.models.case import Claim
    from standwith.store.models.work import Task

    with whole_database():
        kept = list(Claim.unguarded.values_list("note", flat=True))
        kept += list(Task.unguarded.values_list("title", flat=True))
    found = [mark for mark in kept if mark.startswith("load-")]
    lost, doubled = set(tally.written) - set(found), len(found) - len(set(found))
    print(f"{'what':<44}{'answers':>9}{'median ms':>11}{'p95 ms':>9}")
    for what, times in sorted(tally.times.items()):
        p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        print(f"{what:<44}{len(times):>9}{statistics.median(times):>11.0f}{p95:>9.0f}")
    sound = verification.verify().sound
    total = sum(map(len, tally.times.values()))
    print(f"{asked.users} users, {asked.minutes:g} minutes: {total} answers, ", end="")
    print(f"{len(tally.faults)} faults, {len(tally.written)} writes, {len(lost)} lost, ", end="")
    print(f"{doubled} twice, log {'sound' if sound else 'NOT SOUND'}")
    for fault in tally.faults[:5]:
        print("fault:", fault)
    return int(bool(tally.faults or lost or doubled or not sound))


if __name__ == "__main__":
    main()
