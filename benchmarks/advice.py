"""Times of the main job: commands cold, one situation against the whole catalogue warm."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from statistics import median

from standwith.assess.assessment import assess
from standwith.assess.case import read_case
from standwith.assess.profile import shipped_profile
from standwith.choose.catalogue import catalogue
from standwith.choose.decide import Judge
from standwith.kernel.pack import read_yaml

PROGRAM = Path(sys.executable).with_name("standwith")
NOWHERE = subprocess.DEVNULL


def cpu(command: list[str], runs: int = 7) -> float:
    """Return the median CPU time of a command in milliseconds, byte code at hand."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    times = []
    for _ in range(runs + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, env=environment, stdout=NOWHERE, stderr=NOWHERE)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
        times.append(spent * 1000)
    return median(times[1:])


def warm(name: str, profile: str, runs: int = 50) -> float:
    """Return the median time in ms to decide every action of the catalogue for a case."""
    situation = read_case(read_yaml(f"cases/{name}.yaml"), today=date(2026, 1, 1))
    judge = Judge(assess(situation, as_of=situation.as_of), shipped_profile(profile))
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        for action in catalogue().values():
            for organisation in judge.recipients(action):
                judge.decide(action, organisation)
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


def main() -> None:
    """Print a table: what, measured, limit, ratio."""
    empty = cpu([sys.executable, "-c", "pass"])
    rows = [
        ("python -c pass", empty, None),
        ("import standwith", cpu([sys.executable, "-c", "import standwith"]), 60),
        ("standwith --help", cpu([str(PROGRAM), "--help"]), 150),
        ("brief belarus-2020, text", cpu([str(PROGRAM), "brief", "belarus-2020"]), 1000),
        ("brief myanmar-2023, text", cpu([str(PROGRAM), "brief", "myanmar-2023"]), 1000),
        ("catalogue x Belarus, icnc", warm("belarus-2020", "icnc"), 5),
        ("catalogue x Belarus, crm-atrocity", warm("belarus-2020", "crm-atrocity"), 5),
        ("catalogue x Myanmar, icnc", warm("myanmar-2023", "icnc"), 5),
        ("catalogue x Myanmar, crm-atrocity", warm("myanmar-2023", "crm-atrocity"), 5),
    ]
    print(f"{'what':<36} {'ms':>8} {'limit':>7} {'ratio':>6}")
    for name, value, limit in rows:
        ratio = f"{value / limit:6.2f}" if limit else "      "
        print(f"{name:<36} {value:8.1f} {limit or '':>7} {ratio}")


if __name__ == "__main__":
    main()
