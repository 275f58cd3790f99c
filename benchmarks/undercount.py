"""The undercount beside the literature and the field's packages: golden values, speed, refusals.

    python benchmarks/undercount.py [--whole]

The R packages dga, LCMCR and SparseMSE are run where Rscript and they are installed; else their
published or recorded figures stand in the table, marked so. --whole adds what takes minutes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.random import PCG64, Generator

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.account.tables import (
    AUSTRALIA,
    KOSOVO,
    NED6,
    NEW_ORLEANS8,
    UK6,
    WESTERN5,
)

from standwith.account.undercount.batch import dga_batch
from standwith.account.undercount.bootstrap import loglinear
from standwith.account.undercount.bounds import bounds
from standwith.account.undercount.capture import CaptureTable
from standwith.account.undercount.consistency import Check, Consistency, calibrated, consistency
from standwith.account.undercount.dga import dga
from standwith.account.undercount.gates import gates, refused
from standwith.account.undercount.irls import fit_many
from standwith.account.undercount.latent import latent_class
from standwith.account.undercount.loglinear import models, select
from standwith.account.undercount.margins import by_sets

R_FIT_MS = 46.0  # R's dga on Kosovo, 61 graphs x 20,000 values, recorded; user CPU
UK5, NED5 = UK6.merge("PF", "NCA"), NED6.merge("I", "O")
NEW_ORLEANS5 = NEW_ORLEANS8.merge("B", "E").merge("B+E", "F").merge("B+E+F", "G")
TABLES = {"Kosovo": KOSOVO, "UK5": UK5, "Ned5": NED5, "NewOrl5": NEW_ORLEANS5,
          "Western5": WESTERN5, "Australia": AUSTRALIA}  # fmt: skip


def rng() -> Generator:
    """A source of chance with a seed."""
    return Generator(PCG64(1))


def timed(work: Callable[[], object]) -> float:
    """Run once to compile, and once to measure; seconds."""
    work()
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def say(what: str, found: object, wanted: object) -> None:
    """Print a row."""
    print(f"{what:<58} {found!s:>24}  {wanted}")


def golden() -> None:
    """Published values."""
    say("-- value", "found", "published")
    found = dga(KOSOVO, delta=0.5, least=1, most=20_000, keep_complete=True)
    say("Kosovo, graphs, delta .5, mean", round(found.mean, 3), "11030.733")
    first = select(KOSOVO, count=1)[0]
    say("Kosovo, best model by BIC", round(first.estimate, 1), "10,356.5")
    say("UK5, best of 6,893 models", round(select(UK5, count=1)[0].estimate), "25,311")
    say("UK5, pairs alone", round(select(UK5, order=2, count=1)[0].estimate), "22,991")
    say("NewOrl5, best model", round(select(NEW_ORLEANS5, count=1)[0].estimate), "981")


def speed(*, whole: bool) -> None:
    """Times beside their limits."""
    say("-- time", "seconds", "limit")
    draws = rng().multinomial(KOSOVO.n, KOSOVO.counts / KOSOVO.n, size=2000)
    tables = [CaptureTable(KOSOVO.lists, counts) for counts in draws]
    each = timed(lambda: dga_batch(tables, most=20_000)) / len(tables) * 1000
    beside = r_fit() or R_FIT_MS
    mark = "measured" if r_fit() else "recorded"
    say("4 lists in batches, a fit, ms", round(each, 3), f"R {beside:.0f} ms ({mark})")
    say("  times as fast as R's dga", round(beside / each), ">= 300")
    seven = CaptureTable(tuple("abcdefg"), NEW_ORLEANS8.merge("A", "B").counts)
    say("7 lists, all 617,675 graphs", round(timed(lambda: dga(seven)), 1), "<= 5")
    offered, counts = models(5), by_sets(UK5)[None]
    say("6,893 models, UK5", round(timed(lambda: fit_many(counts, offered)), 2), "<= 0.5")
    say(
        "1,000 bootstraps, top 100 models, UK5",
        round(timed(lambda: loglinear(UK5, rng())), 1),
        "<= 60",
    )
    if whole:
        begin = time.perf_counter()
        found = dga(NEW_ORLEANS8, most=5550, keep_complete=True)
        say("8 lists, all 30,888,596 graphs", round(time.perf_counter() - begin, 1), "<= 120")
        say("  mean", round(found.mean, 1), "1036.3")
        begin = time.perf_counter()
        latent = latent_class(NED5, rng())
        say("latent classes, Ned5", round(time.perf_counter() - begin, 1), "<= 60")
        say("  R-hat of log n0", round(latent.r_hat, 4), "< 1.01")
        say("  effective size", round(latent.effective_size), "> 1,000")


def r_fit() -> float | None:
    """Time R's dga on Kosovo in ms, or None where it is not installed."""
    if shutil.which("Rscript") is None:
        return None
    cells = ",".join(map(str, KOSOVO.counts))
    code = f"library(dga);data(graphs4);Y<-array(c({cells}),dim=c(2,2,2,2));"
    code += "t<-system.time(for(i in 1:20)bma.cr(Y,1:20000,2^-4,graphs4))[1];cat(t/20*1000)"
    done = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, check=False)
    return float(done.stdout) if done.returncode == 0 and done.stdout else None


def consistent() -> None:
    """Internal consistency over the open tables, raw and calibrated on the other tables."""
    say("-- inside the lists of the open tables", "found", "wanted")
    checks = {name: consistency(table, _graphs) for name, table in TABLES.items()}
    tests = [(name, test) for name, found in checks.items() for test in found.tests]
    say("tests", len(tests), "")
    say("RMSE of log error", round(_rmse([test for _, test in tests]), 2), "<= 0.30")
    answered = [t for name, found in checks.items() for t in found.tests if _open(name, t)]
    say(f"  of the {len(answered)} that no gate refuses", round(_rmse(answered), 2), "<= 0.30")
    for what, way in WAYS.items():
        others = [t for table in TABLES.values() for t in consistency(table, way).tests]
        say(f"  by {what}", round(_rmse(others), 2), "<= 0.30")
    moved = [_moved(name, test, checks) for name, test in tests]
    say("  moved by the other tables' mean error", round(_rmse(moved), 2), "<= 0.30")
    say("coverage, raw", round(float(np.mean([t.covered for _, t in tests])), 2), "published .80")
    held = [
        low <= test.truth <= high
        for name, test in tests
        for low, high in [
            calibrated((test.median, test.low, test.high), test.seen, _factor(name, checks))
        ]
    ]
    say("coverage, calibrated on the other tables", round(float(np.mean(held)), 2), ">= 0.90")


def _rmse(tests: list[Check]) -> float:
    """Root mean square of the errors."""
    return float(np.sqrt(np.mean([test.error**2 for test in tests])))


def _open(name: str, test: Check) -> bool:
    """Say whether the product answers the table inside the list."""
    return not refused(gates(TABLES[name].inside(test.name)))


def _moved(name: str, test: Check, checks: dict[str, Consistency]) -> Check:
    """A test with its log n0 moved by the mean error of all other tables."""
    rest = [t for other, found in checks.items() if other != name for t in found.tests]
    shift = np.mean([_unseen(t.median, t) - _unseen(t.truth, t) for t in rest])
    moved = test.seen + float(np.exp(_unseen(test.median, test) - shift))
    return replace(test, median=moved)


def _unseen(value: float, test: Check) -> float:
    """Logarithm of those whom no list holds."""
    return float(np.log(max(value - test.seen, 0.5)))


def _graphs(table: CaptureTable) -> tuple[float, float, float]:
    found = dga(table)
    return found.quantile(0.5), found.quantile(0.025), found.quantile(0.975)


def _models(table: CaptureTable) -> tuple[float, float, float]:
    found = select(table, count=1)[0].estimate
    return found, found, found


def _independent(table: CaptureTable) -> tuple[float, float, float]:
    found = select(table, order=1, count=1)[0].estimate
    return found, found, found


def _both(table: CaptureTable) -> tuple[float, float, float]:
    unseen = [max(way(table)[0] - table.n, 0.5) for way in (_graphs, _models)]
    found = table.n + float(np.sqrt(unseen[0] * unseen[1]))
    return found, found, found


def _floor(table: CaptureTable) -> tuple[float, float, float]:
    found = max(_graphs(table)[0], bounds(table).by_lists or 0)
    return found, found, found


WAYS = {
    "log-linear models": _models,
    "independence": _independent,
    "graphs and models, geometric mean": _both,
    "graphs, no less than the lower bound": _floor,
}


def _factor(name: str, checks: dict[str, Consistency]) -> float:
    """Factor that the tests of all other tables ask for."""
    rest = [t for other, found in checks.items() if other != name for t in found.tests]
    return Consistency(tuple(rest)).factor


def main() -> None:
    """Print the tables."""
    golden()
    speed(whole="--whole" in sys.argv[1:])
    consistent()


if __name__ == "__main__":
    main()
