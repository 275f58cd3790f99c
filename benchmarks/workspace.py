"""The workspace: first page, memory, log appends beside fsync.

    python benchmarks/workspace.py

Prints a table. Each figure stands beside its limit or beside the disk's own fsync, in one run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from uuid import uuid4

HOME = Path(tempfile.mkdtemp(prefix="standwith-bench-"))
PORT = 8931


def main() -> None:
    """Measure, and print."""
    print(f"{'what':<52}{'measured':>14}{'limit':>12}")
    first_page()
    prepare()
    fsync = fsyncs()
    log_appends(fsync)


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


if __name__ == "__main__":
    main()
