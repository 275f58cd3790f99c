"""The workspace: first page, memory, log appends beside fsync, lists and completion at scale.

    python benchmarks/workspace.py [--claims 1000000]

Prints a table. Each figure stands beside its limit or beside the disk's own fsync, in one run.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from uuid import uuid4

HOME = Path(tempfile.mkdtemp(prefix="standwith-bench-"))
PORT = 8931


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=1_000_000)
    asked = parser.parse_args()
    print(f"{'what':<52}{'measured':>14}{'limit':>12}")
    first_page()
    prepare()
    fsync = fsyncs()
    log_appends(fsync)
    at_scale(asked.claims)


def row(what: str, measured: str, limit: str = "") -> None:
    """Print a row."""
    print(f"{what:<52}{measured:>14}{limit:>12}", flush=True)


def first_page() -> None:
    """Start the program on an empty folder, and wait for its first page."""
    folder = Path(tempfile.mkdtemp(prefix="standwith-first-")) / "home"
    command = [sys.executable, "-m", "standwith", "serve", "--home", str(folder)]
    begun = time.perf_counter()
    process = subprocess.Popen([*command, "--port", str(PORT)], stdout=subprocess.DEVNULL)
    try:
        wait(f"http://localhost:{PORT}/sign-in")
        row("first page of a new workspace, s", f"{time.perf_counter() - begun:.1f}", "15")
        row("memory of all its processes, MB", f"{memory(process.pid):.0f}", "300")
    finally:
        process.terminate()
        process.wait()


def wait(address: str) -> None:
    """Wait until a page answers."""
    for _ in range(600):
        try:
            with urlopen(address, timeout=5) as page:  # noqa: S310 - our own address
                page.read()
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise SystemExit("nobody answered")


def memory(pid: int) -> float:
    """Sum the resident memory of a process and its children, in MB."""
    listed = subprocess.run(
        ["ps", "-o", "rss=", "--pid", str(pid), "--ppid", str(pid)],
        capture_output=True,
        text=True,
        check=True,
    )
    return sum(int(line) for line in listed.stdout.split()) / 1024


def prepare() -> None:
    """Set Django up on a folder of its own."""
    os.environ["STANDWITH_HOME"] = str(HOME)
    os.environ["DJANGO_SETTINGS_MODULE"] = "standwith.web.settings"
    from standwith.services.keys import make_keys

    make_keys(HOME)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def fsyncs() -> float:
    """Count how many small writes the disk makes durable in a second."""
    with (HOME / "fsync").open("wb", buffering=0) as file:
        begun, count = time.perf_counter(), 0
        while time.perf_counter() - begun < 2:
            file.write(b"x" * 512)
            os.fsync(file.fileno())
            count += 1
    return count / (time.perf_counter() - begun)


def log_appends(fsync: float) -> None:
    """Append entries one by one and in batches, each durable before the next."""
    from django.db import transaction

    from standwith.services.journal import Happening, append

    row("writes that the disk makes durable, 1/s", f"{fsync:,.0f}")
    for size in (1, 100, 1000):
        begun, done = time.perf_counter(), 0
        while time.perf_counter() - begun < 4:
            batch = [
                Happening("remark.bench", uuid4(), '{"a":"b"}', "x", "TLP:GREEN", "bench")
                for _ in range(size)
            ]
            with transaction.atomic():
                append(batch)
            done += size
        rate = done / (time.perf_counter() - begun)
        row(
            f"durable log entries in batches of {size}, 1/s", f"{rate:,.0f}", f"{rate / fsync:.2f}x"
        )


def at_scale(claims: int) -> None:
    """Fill a workspace past the services (reading alone is measured), and ask for lists."""
    from standwith.services.account import reader_from
    from standwith.store.models.people import Person

    begun = time.perf_counter()
    fill(claims)
    row("claims written for the measurement", f"{claims:,}", f"{time.perf_counter() - begun:.0f} s")
    reader = reader_from(Person.objects.select_related("institution").get(handle="bench"))
    from standwith.services import claims as listed
    from standwith.services import situations, terms

    asked: list[tuple[str, Callable[[], object], str]] = [
        ("claims: list, facets, count, p95 ms", lambda: listed.list_claims(reader, {}), "150"),
        (
            "claims of one fact, p95 ms",
            lambda: listed.list_claims(reader, {"fact": "torture"}),
            "150",
        ),
        (
            "situations: list, facets, count, p95 ms",
            lambda: situations.list_situations(reader, {}),
            "150",
        ),
        ("completion of two letters, p95 ms", lambda: terms.find(reader, "be", limit=8), "50"),
        ("completion of a word, p95 ms", lambda: terms.find(reader, "belarus", limit=8), "50"),
    ]
    for what, ask, limit in asked:
        row(what, f"{p95(ask):.0f}", limit)
    row(
        "memory of this process, MB",
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}",
    )


def p95(ask: Callable[[], object]) -> float:
    """Ask twenty times after one; return the 95th percentile in milliseconds."""
    ask()
    times = []
    for _ in range(20):
        begun = time.perf_counter()
        ask()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.quantiles(times, n=20)[-1]


FACTS = ("torture", "repression", "detentions", "strikes", "shutdown", "exile", "coup", "defection")
COUNTRIES = ("BY", "MM", "GE", "RU", "VE", "SD", "IR", "ZW", "NI", "KH")


def fill(claims: int) -> None:
    """Write situations with ten claims each, under six labels, in bulk."""
    from django.db import transaction

    from standwith.kernel.policy import Label, Purpose
    from standwith.kernel.sensitivity import Sensitivity
    from standwith.services import moment
    from standwith.services.labels import label_row, purpose_bits
    from standwith.store.models import case
    from standwith.store.models.people import Institution, Person
    from standwith.store.models.policy import Compartment, Membership
    from standwith.store.models.search import Term

    now = moment.now()
    institution = Institution.objects.create(name="Bench", home=True)
    person = Person.objects.create(
        handle="bench", name="Bench", institution=institution, roles="desk", password=""
    )
    rooms = [
        Compartment.objects.create(name=f"Room {i}", lead=person, created_at=now) for i in range(3)
    ]
    for room in rooms[:2]:
        Membership.objects.create(
            compartment=room,
            person=person,
            clearance=2,
            purposes=purpose_bits(frozenset(Purpose)),
            reason="bench",
        )
    labels = [
        label_row(Label(frozenset({str(room.pk)}), level))
        for room in rooms
        for level in (Sensitivity.GREEN, Sensitivity.RED)
    ]
    total = max(1, claims // 10)
    for begin in range(0, total, 2000):
        heads, sources, rows, words = [], [], [], []
        for i in range(begin, min(begin + 2000, total)):
            held = {"label": labels[i % 6], "own_label": labels[i % 6], "written_at": now}
            country = COUNTRIES[i % 10]
            head = case.Situation(
                slug=f"case-{i}",
                title={"en": f"Belarus case {i}"},
                country=country,
                as_of=f"20{10 + i % 14}-0{1 + i % 9}-15",
                summary={"en": "s"},
                **held,
            )
            source = case.Source(
                situation=head,
                key="s",
                title="S",
                author="A",
                published="2010-01-01",
                citation="C",
                **held,
            )
            heads.append(head)
            sources.append(source)
            words += [
                Term(
                    term=w,
                    label=labels[i % 6],
                    kind="situation",
                    record=head.pk,
                    title=f"Belarus case {i}",
                )
                for w in ("belarus", "case", str(i))
            ]
            rows += [
                case.Claim(
                    situation=head,
                    key=f"c{k}",
                    subject="situation",
                    fact=FACTS[(i + k) % 8],
                    value=("true", "false", "met", "partly")[k % 4],
                    valid="2020",
                    recorded=f"20{10 + k}-0{1 + i % 9}-1{i % 9}",
                    source=source,
                    grade=("A1", "B2", "C3")[k % 3],
                    **held,
                )
                for k in range(10)
            ]
        with transaction.atomic():
            case.Situation.unguarded.bulk_create(heads)
            case.Source.unguarded.bulk_create(sources)
            case.Claim.unguarded.bulk_create(rows, batch_size=2000)
            Term.unguarded.bulk_create(words, batch_size=4000)


if __name__ == "__main__":
    main()
