"""Several people at once on the program as it is served: no error, no lost write."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "load.py"


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def test_people_at_work_at_once_lose_nothing(tmp_path: Path) -> None:
    asked = ["--users", "6", "--minutes", "0.1", "--pause", "0.1", "--port", str(free_port())]
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *asked],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = re.search(
        r"(\d+) faults, (\d+) writes, (\d+) lost, (\d+) twice, log sound", done.stdout
    )
    assert found, done.stdout
    assert (found[1], found[3], found[4]) == ("0", "0", "0")
    assert int(found[2]) > 5
