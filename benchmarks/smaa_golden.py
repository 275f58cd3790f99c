"""SMAA-2 against the published thrombolysis example, and figures of NAVCO that we recompute.

Reads the folder named by STANDWITH_DATA; without it there is nothing to compare with.
"""

from __future__ import annotations

import csv
import json
import os
import time
from collections import Counter
from pathlib import Path

import numpy as np

from standwith.choose.smaa import accept, confidence


def golden(folder: Path) -> None:
    """Print the largest difference to the published indices."""
    data = np.load(folder / "thrombo.npz")
    published = json.loads((folder / "published.json").read_text())
    start = time.perf_counter()
    found = accept(data["measurements"], data["weights"])
    sure = confidence(data["measurements"], found.central)
    spent = (time.perf_counter() - start) * 1000
    worst = 0.0
    for i, name in enumerate(data["alternatives"]):
        pairs = (
            (found.ranks[i], published["rank_acceptability"][name]),
            (found.central[i], published["central_weights"][name]),
            (sure[i], published["confidence_factor"][name]),
        )
        worst = max([worst, *(float(np.max(np.abs(a - np.array(b)))) for a, b in pairs)])
    print(f"SMAA-2, thrombolysis: largest difference {worst:.1e} (limit 1e-07), {spent:.0f} ms")


def navco(path: Path) -> None:
    """Print the success shares that stand beside ST-14 and evidence EV-19."""
    with path.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    print(f"NAVCO 1.2: {len(rows)} campaigns, columns {', '.join(list(rows[0])[:8])} ...")
    for label, nonviolent in (("nonviolent", "1"), ("violent", "0")):
        chosen = [r for r in rows if r["NONVIOL"].strip() == nonviolent]
        won = sum(r["SUCCESS"].strip() == "1" for r in chosen)
        print(f"{label:<12} {won:4} of {len(chosen):4} succeeded: {won / len(chosen):.1%}")
    change = [r for r in rows if r["NONVIOL"].strip() == r["REGCHANGE"].strip() == "1"]
    for label, value in (("with state support", "1"), ("without", "0")):
        chosen = [r for r in change if r["STATESUP"].strip() == value]
        won = sum(r["SUCCESS"].strip() == "1" for r in chosen)
        print(f"nonviolent regime change, {label}: {won} of {len(chosen)} succeeded (EV-19)")
    for label, chosen in (
        ("all", [r for r in rows if r["NONVIOL"].strip() == "1"]),
        ("regime change", change),
    ):
        _defections(label, chosen)


def _defections(label: str, rows: list[dict[str, str]]) -> None:
    """Print the share of defections among successes, and the odds ratio (ST-03, ST-04)."""
    cells = Counter((r["SUCCESS"].strip() == "1", r["DEFECT"].strip() == "1") for r in rows)
    won, both = cells[True, True] + cells[True, False], cells[True, True]
    ratio = (both * cells[False, False]) / (cells[True, False] * cells[False, True])
    print(f"nonviolent, {label}: defections in {both} of {won} successes; odds ratio {ratio:.1f}")


def main() -> None:
    """Compare with what is at hand."""
    root = os.environ.get("STANDWITH_DATA")
    if root is None:
        print("skipped: STANDWITH_DATA names no folder")
        return
    golden(Path(root) / "planning" / "smaa_thrombo")
    navco(Path(root) / "watch" / "navco_1_2" / "campaigns.csv")


if __name__ == "__main__":
    main()
