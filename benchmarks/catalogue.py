"""Catalogue at 20,000 objects: load and matrix, against the MemoryStore of stix2, in one run."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import stix2

from standwith.choose.catalogue import read_action
from standwith.choose.matrix import matrix
from standwith.choose.release import NAME, compile_release, current, encode
from standwith.kernel.document import Data
from standwith.kernel.pack import parse_json, read_bytes
from standwith.publish.explorer import explorer_page
from standwith.publish.stix import catalogue_stix
from standwith.publish.table import catalogue_xlsx

OBJECTS = 20_000


def synthetic() -> Data:
    """Return a release of 20,000 actions: the real ones repeated under made ids."""
    base = current()
    rows = []
    for i in range(OBJECTS):
        row = dict(base["actions"][i % len(base["actions"])])
        relations = {
            **row["relations"],
            "requires": [],
            "conflicts": [],
            "overlaps": [],
            "part_of": None,
        }
        rows.append({**row, "id": f"X-{i:05d}", "relations": relations})
    return {**base, "actions": rows}


def timed(work: Callable[[], object], runs: int = 3) -> float:
    """Return the median time in ms."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


def main() -> None:
    """Print load, matrix and export times with their limits and the ratio to the peer."""
    release = synthetic()
    with TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "release.json", Path(folder) / "bundle.json"
        ours.write_text(encode(release))
        theirs.write_text(json.dumps(catalogue_stix(release)))
        plain = timed(lambda: parse_json(ours.read_bytes()))
        indexed = timed(lambda: {r["id"]: r for r in parse_json(ours.read_bytes())["actions"]})
        bundle = timed(lambda: {r["id"]: r for r in parse_json(theirs.read_bytes())["objects"]})
        store = timed(lambda: stix2.MemoryStore().load_from_file(str(theirs)), 1)
    actions = [read_action(row) for row in release["actions"]]
    crossed = timed(lambda: matrix(actions, "nature", "phases"))
    page = len(explorer_page(current()).encode()) / 1e6
    records = timed(compile_release, 1)
    shipped = timed(lambda: parse_json(read_bytes(NAME)))
    print(f"{'the shipped YAML records':<40} {records:9.1f} ms")
    print(f"{'the shipped release as JSON':<40} {shipped:9.1f} ms")
    print(f"{'at 20,000 objects':<40} {'ms':>9} {'limit':>7}")
    print(f"{'parse the release':<40} {plain:9.1f}")
    print(f"{'load and index the release':<40} {indexed:9.1f}")
    print(f"{'stix2 MemoryStore, same objects':<40} {store:9.1f}")
    print(f"{'the same bundle by our reader':<40} {bundle:9.1f}")
    print(f"{'ratio MemoryStore / our reader':<40} {store / bundle:9.1f}   reference 24")
    print(f"{'ratio MemoryStore / whole release':<40} {store / indexed:9.1f}")
    print(f"{'matrix nature x phases':<40} {crossed:9.1f} {100:7}")
    print(f"{'XLSX of the shipped release':<40} {timed(lambda: catalogue_xlsx(current())):9.1f}")
    print(f"{'explorer, MB':<40} {page:9.2f} {2:7}")


if __name__ == "__main__":
    main()
