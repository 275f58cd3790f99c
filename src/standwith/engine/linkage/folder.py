"""A linkage as a folder of files that others read too: Splink's columns, Parquet, a manifest.

The folder names persons and says which list holds whom: keep it as close as the lists themselves.
"""

from __future__ import annotations

import csv
import hashlib
import json
import platform
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from io import StringIO
from math import exp, log
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from standwith.account.linkage.cluster import Link, UnusableLinks
from standwith.account.linkage.partition import Draws
from standwith.engine.linkage.link import Linked
from standwith.engine.linkage.model import written as model_text

RECORDS, PAIRS, PERSONS = "records.jsonl", "pairs.csv", "persons.csv"
CAPTURES, DRAWS, MODEL = "captures.csv", "draws.parquet", "model.json"
MANIFEST, DECISIONS = "manifest.json", "decisions.csv"
PARTS = ("prior", "name", "born", "sex", "happened", "place", "code")


def write_folder(
    place: Path, linked: Linked, draws: Draws | None, held: Mapping[str, Any], decisions: bytes
) -> None:
    """Write a linkage to a folder that is not there yet, whole or not at all.

    ``held`` is what the manifest says besides: the seed, the hashes of the inputs.

    Raises:
        UnusableLinks: the folder is there already.
        OSError: it cannot be written.
    """
    if place.exists():
        raise UnusableLinks(f"{place} is there already; name a new folder")
    place.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}."))
    try:
        _files(made, linked, draws)
        (made / DECISIONS).write_bytes(decisions or b"left,right,decision,by,reason\n")
        manifest = {"engine": linked.engine, "single": sorted(linked.single), **held}
        manifest |= {"lists": list(linked.lists), "versions": _versions(), "files": _hashes(made)}
        _write(made / MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
        made.rename(place)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _files(made: Path, linked: Linked, draws: Draws | None) -> None:
    lines = (json.dumps(asdict(record), ensure_ascii=False) for record in linked.records)
    _write(made / RECORDS, "".join(f"{line}\n" for line in lines))
    _write(made / PAIRS, _csv(*_pairs(linked)))
    lists = linked.where()
    rows = (
        (person[0], lists[record], record)
        for person in linked.clusters.persons
        for record in person
    )
    _write(made / PERSONS, _csv(("cluster_id", "source_dataset", "unique_id"), rows))
    _write(made / CAPTURES, _captures(linked))
    if linked.model is not None:
        _write(made / MODEL, model_text(linked.model))
    if draws is not None:
        _write_draws(made / DRAWS, draws)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def _csv(head: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(("" if cell is None else cell for cell in row) for row in rows)
    return file.getvalue()


def _pairs(linked: Linked) -> tuple[list[str], list[list[object]]]:
    """Write pairs as Splink does (weights to base 2), why one was not taken, and its parts."""
    parts = {(pair.left, pair.right): dict(pair.parts) for pair in linked.weighed}
    kept = {(link.left, link.right): why for link, why in linked.clusters.refused}
    head = ["unique_id_l", "unique_id_r", "match_weight", "match_probability", "kept_apart"]
    found = list[list[object]]()
    for link in linked.links:
        pair = (link.left, link.right)
        weight = round(link.weight / log(2), 6)
        row = [
            *pair,
            weight,
            round(1 / (1 + exp(-max(link.weight, -500.0))), 6),
            kept.get(pair, ""),
        ]
        found.append([*row, *(parts.get(pair, {}).get(name) for name in PARTS)])
    return [*head, *PARTS], found


def _captures(linked: Linked) -> str:
    """Count persons by the lists they are on: the table that an estimate reads."""
    on = linked.where()
    cells = Counter(
        tuple(name in {on[record] for record in person} for name in linked.lists)
        for person in linked.clusters.persons
    )
    rows = ([*map(int, cell), count] for cell, count in sorted(cells.items()))
    return _csv([*linked.lists, "count"], rows)


def _write_draws(path: Path, draws: Draws) -> None:
    """Write draws as rows of draw, record, entity, in their order."""
    count, size = draws.persons.shape
    table = pa.table(
        {
            "draw": pa.array(np.repeat(np.arange(count, dtype=np.int32), size)),
            "record_id": pa.array(list(draws.records) * count, pa.string()).dictionary_encode(),
            "entity_id": pa.array(draws.persons.astype(np.int32).ravel()),
        }
    )
    pq.write_table(table, path, compression="zstd")


def _versions() -> dict[str, str]:
    names = ("standwith", "numba", "numpy", "splink", "duckdb", "pyarrow")
    return {name: version(name) for name in names} | {"python": platform.python_version()}


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.name != DECISIONS
    }


@dataclass(frozen=True, slots=True)
class Folder:
    """A linkage read back from its folder."""

    place: Path
    manifest: dict[str, Any]

    def rows(self, name: str) -> list[dict[str, str]]:
        """Read one of the tables."""
        text = (self.place / name).read_text(encoding="utf-8")
        return list(csv.DictReader(StringIO(text, newline="")))

    def records(self) -> dict[str, dict[str, str | None]]:
        """Return the records by their ids."""
        lines = (self.place / RECORDS).read_text(encoding="utf-8").split("\n")
        return {record["id"]: record for record in map(json.loads, filter(None, lines))}

    def labels(self) -> dict[str, str]:
        """Return the person of each record."""
        return {row["unique_id"]: row["cluster_id"] for row in self.rows(PERSONS)}

    def links(self) -> list[Link]:
        """Return the pairs with natural weights."""
        return [
            Link(row["unique_id_l"], row["unique_id_r"], float(row["match_weight"]) * log(2))
            for row in self.rows(PAIRS)
        ]

    def draws(self) -> Draws:
        """Read the draws of who is who.

        Raises:
            UnusableLinks: none were made.
        """
        path = self.place / DRAWS
        if not path.exists():
            raise UnusableLinks(f"{self.place} has no draws; link again with --draws")
        table = pq.read_table(path)
        count = table["draw"][-1].as_py() + 1
        size = table.num_rows // count
        names = tuple(table["record_id"].slice(0, size).to_pylist())
        persons = table["entity_id"].to_numpy().astype(np.int64).reshape(count, size)
        return Draws(names, persons)


def read_folder(place: Path) -> Folder:
    """Open the folder of a linkage, and check that its files are those that were written.

    Raises:
        UnusableLinks: it is no such folder, or a file was changed, or is missing.
    """
    try:
        manifest = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        found = _hashes(place)
    except (OSError, ValueError) as error:
        raise UnusableLinks(f"{place} is no folder of a linkage ({error})") from error
    wrong = [name for name, digest in manifest["files"].items() if found.get(name) != digest]
    if wrong:
        raise UnusableLinks(f"{place / wrong[0]} is not as it was written; link again")
    return Folder(place, manifest)
