"""Names across scripts: recall at few false alarms, on pairs of the same sanctions regime.

    STANDWITH_DATA=folder python benchmarks/names.py

For each script the true pairs are native names beside the Latin spellings of the same person; the
false ones each native name beside the Latin names of other persons of the regime, some forty to
eighty of them, spread evenly over its list (all of them where there are fewer). The threshold is
the lowest at which at most one in a thousand false pairs is above it.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from standwith.names.compare import compare

LIMITS = {"ARABIC": 0.97, "CYRILLIC": 0.995, "HANGUL": 0.90, "CJK": 0.85, "HEBREW": 0.85}
FIXED = 0.72
MOST = 40  # persons of a regime that a name is compared with


def pairs() -> list[dict[str, Any]]:
    """Read the pairs."""
    folder = Path(os.environ["STANDWITH_DATA"]) / "sanctions" / "cross_script_gold"
    text = gzip.decompress((folder / "pairs.jsonl.gz").read_bytes()).decode("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def best(native: list[str], latin: list[str]) -> float:
    """Return the best score over the spellings."""
    return max((compare(a, b).score or 0.0) for a in native for b in latin)


def measure(rows: list[dict[str, Any]], show: str) -> dict[str, tuple[float, ...]]:
    """Score true and false pairs by script."""
    by_regime = defaultdict(list)
    for row in rows:
        by_regime[row["program"]].append(row)
    rows = [row for row in rows if not show or row["script"] == show]
    true: dict[str, list[float]] = defaultdict(list)
    false: dict[str, list[tuple[float, Any, Any]]] = defaultdict(list)
    said = []
    for row in rows:
        score = best(row["native"], row["latin"])
        true[row["script"]].append(score)
        said.append((score, row))
        others = [other for other in by_regime[row["program"]] if other is not row]
        step = max(1, len(others) // MOST)
        false[row["script"]] += [(best(row["native"], o["latin"]), row, o) for o in others[::step]]
    if show:
        worst = sorted((item for item in said if item[1]["script"] == show), key=lambda i: i[0])
        for score, row in worst[:25]:
            print(f"  {score:.3f} {row['native']} {row['latin'][:3]}", file=sys.stderr)
        for score, row, o in sorted(false[show], key=lambda i: -i[0])[:25]:
            print(f"  false {score:.3f} {row['native']} {o['latin'][:2]}", file=sys.stderr)
    found: dict[str, tuple[float, ...]] = {}
    for script, scores in true.items():
        wrong = np.array([score for score, _, _ in false[script]] or [0.0])
        limit = np.sort(wrong)[::-1][min(len(wrong) - 1, int(len(wrong) * 0.001))]
        held = np.array(scores)
        recall, fixed = float((held > limit).mean()), float((held >= FIXED).mean())
        found[script] = (
            len(scores),
            len(wrong),
            limit,
            recall,
            fixed,
            float((wrong >= FIXED).mean()),
        )
    return found


def main() -> None:
    """Print the table."""
    if "STANDWITH_DATA" not in os.environ:
        sys.exit("set STANDWITH_DATA to the folder of open data")
    begin = time.perf_counter()
    found = measure(pairs(), sys.argv[1] if len(sys.argv) > 1 else "")
    head = "script    pairs  false  threshold  recall  wanted   at .72: recall  false"
    print(head)
    for script, (n, wrong, limit, recall, fixed, alarms) in sorted(found.items()):
        wanted = LIMITS[script]
        line = f"{script:<9} {n:>5} {wrong:>6}  {limit:9.3f}  {recall:6.3f}  {wanted:6.3f}"
        print(f"{line}   {fixed:14.3f}  {alarms:.5f}")
    print(f"{time.perf_counter() - begin:.0f} s")


if __name__ == "__main__":
    main()
