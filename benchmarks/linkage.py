"""Linkage beside its yardsticks: febrl4, historical figures, a million invented records, Spark.

Run with STANDWITH_DATA for the first two; `linkage.py PART` runs one of febrl4, historical,
million, spark. Spark needs `pip install 'standwith[spark]'` and Java 17.
"""

from __future__ import annotations

import csv
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from standwith.account.linkage.average import joined, single_masks
from standwith.account.linkage.evaluate import evaluate
from standwith.engine.linkage.fields import Field, Kind
from standwith.engine.linkage.link import JOINS
from standwith.engine.linkage.model import Model
from standwith.engine.linkage.prepare import prepared
from standwith.engine.linkage.run import Edges, learn, weigh, weigh_on_spark

DATA = Path(os.environ.get("STANDWITH_DATA", "")) / "undercount"
MILLION = 1_000_000
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


def persons(edges: Edges, table: pa.Table) -> NDArray[np.int64]:
    """Join records as the product does where weights are learned."""
    lists = [name or "" for name in table["alone"].to_pylist()]
    masks = single_masks(lists, frozenset(lists) - {""})
    absent, least = JOINS["learned"]
    return joined(edges.left, edges.right, edges.weights, masks, absent=absent, least=least)


def run(
    name: str, table: pa.Table, fields: list[Field], truth: dict[str, str]
) -> tuple[Model, Edges, NDArray[np.int64]]:
    """Prepare, learn, weigh, join; print how good and how fast."""
    begun = time.perf_counter()
    ready = prepared(table, fields)
    at = [("prepared", time.perf_counter())]
    model = learn(ready, fields)
    at.append(("learned", time.perf_counter()))
    edges = weigh(ready, model)
    at.append(("weighed", time.perf_counter()))
    found = persons(edges, ready)
    at.append(("joined", time.perf_counter()))
    score = evaluate(dict(zip(edges.records, found.tolist(), strict=True)), truth)
    steps = ", ".join(f"{step} {when - begun:.1f}" for step, when in at)
    print(
        f"{name:<12} {len(truth):>9,} records {len(edges.left):>9,} pairs   pairs P "
        f"{score.pairs.precision:.4f} R {score.pairs.recall:.4f} F1 {score.pairs.f1:.4f}   "
        f"B-cubed {score.b_cubed.f1:.4f}   whole {score.exact:.3f}   persons "
        f"{score.error:+.3f}   seconds: {steps}"
    )
    return model, edges, found


def febrl4() -> None:
    """Two lists of 5,000 without duplicates; to beat: F1 .9996."""
    rows = []
    for part in "ab":
        with (DATA / f"febrl/febrl4{part}.csv").open() as file:
            for row in csv.DictReader(file, skipinitialspace=True):
                held = {key.strip(): (value or "").strip() for key, value in row.items()}
                born = held["date_of_birth"]
                rows.append(
                    {
                        "unique_id": held["rec_id"],
                        "alone": part,
                        "name": f"{held['given_name']} {held['surname']}",
                        "born": f"{born[:4]}-{born[4:6]}-{born[6:]}" if len(born) == 8 else None,
                        "insurance": held["soc_sec_id"],
                        "postcode": held["postcode"],
                        "suburb": held["suburb"],
                        "address": held["address_1"],
                    }
                )
    fields = [Field("name", Kind.NAME), Field("born", Kind.DATE), Field("insurance", Kind.CODE)]
    fields += [Field("postcode", Kind.CODE), Field("suburb", Kind.PLACE)]
    fields += [Field("address", Kind.PLACE)]
    truth = {str(row["unique_id"]): str(row["unique_id"]).split("-")[1] for row in rows}
    run("febrl4", pa.Table.from_pylist(rows), fields, truth)


def historical() -> None:
    """50,578 records of 5,156 persons; to beat: pairs F1 .87, B-cubed .90, 20 s, same bytes."""
    table = pq.read_table(DATA / "splink/historical_figures_with_errors_50k.parquet")
    dates = [d if d and _DATE.fullmatch(d) else None for d in table["dob"].to_pylist()]
    table = table.set_column(table.schema.get_field_index("dob"), "dob", pa.array(dates))
    table = table.append_column("alone", pa.nulls(table.num_rows, pa.string()))
    truth = dict(zip(table["unique_id"].to_pylist(), table["cluster"].to_pylist(), strict=True))
    fields = [Field("full_name", Kind.NAME), Field("dob", Kind.DATE)]
    fields += [Field("postcode_fake", Kind.CODE), Field("birth_place", Kind.PLACE)]
    fields += [Field("occupation", Kind.PLACE)]
    model, edges, _ = run("historical", table, fields, truth)
    again, other, _ = run("again", table, fields, truth)
    same = model == again and all(
        np.array_equal(getattr(edges, name), getattr(other, name))
        for name in ("left", "right", "weights")
    )
    print(f"{'':<12} the same model and weights in both runs: {same}")


def invented(size: int, seed: int = 1) -> tuple[pa.Table, list[Field], dict[str, str]]:
    """Invent records: persons with one to four each, a slip in every fifth name, gaps."""
    rng = np.random.Generator(np.random.PCG64(seed))
    onsets = np.array([*list("bdfghklmnprstvz"), "sh", "ch", "kr", "st", "br"])
    ends = np.array(["ov", "enko", "ski", "ich", "ova", "uk", "in", "ak", "ets", "an"])
    who = np.repeat(np.arange(size), rng.integers(1, 5, size))[:size]
    count = int(who.max()) + 1
    parts = [onsets[rng.integers(0, 20, count)] for _ in range(6)]
    vowels = [np.array(list("aeiou"))[rng.integers(0, 5, count)] for _ in range(6)]
    add = np.strings.add
    given = add(add(add(parts[0], vowels[0]), parts[1]), vowels[1])
    family = add(add(add(add(parts[2], vowels[2]), parts[3]), vowels[3]), add(parts[4], vowels[4]))
    family = add(family, ends[rng.integers(0, 10, count)])
    names = add(add(given, " "), family)[who].tolist()
    for i in np.flatnonzero(rng.random(size) < 0.2).tolist():
        at = int(rng.integers(1, len(names[i])))
        names[i] = names[i][:at] + names[i][at + 1 :]
    days = (np.datetime64("1950-01-01") + rng.integers(0, 20_000, count)).astype(str)[who]
    born = [d if keep else None for d, keep in zip(days, rng.random(size) < 0.9, strict=True)]
    places = [f"place {n}" for n in rng.integers(0, 500, count)[who]]
    ids = [f"r{i:07}" for i in range(size)]
    columns = {"unique_id": ids, "name": names, "born": born, "place": places}
    table = pa.table(columns).append_column("alone", pa.nulls(size, pa.string()))
    fields = [Field("name", Kind.NAME), Field("born", Kind.DATE), Field("place", Kind.PLACE)]
    return table, fields, dict(zip(ids, map(str, who.tolist()), strict=True))


def million() -> None:
    """A million invented records; to beat: 60 s on 2 cores."""
    run("million", *invented(MILLION))


def spark() -> None:
    """A hundred thousand records by one settings file on DuckDB and on Spark: the same clusters.

    Six of the ways to bring records together, for each costs Spark minutes on two cores.
    """
    table, fields, _ = invented(100_000)
    ready = prepared(table, fields)
    model = learn(ready, fields)
    key = "blocking_rules_to_generate_predictions"
    model = model | {key: model[key][:6]}
    edges = weigh(ready, model)
    begun = time.perf_counter()
    other = weigh_on_spark(ready, model)
    took = time.perf_counter() - begun
    same = np.array_equal(persons(edges, ready), persons(other, ready))
    alike = np.array_equal(edges.left, other.left) and np.array_equal(edges.right, other.right)
    most = float(np.abs(edges.weights - other.weights).max()) if alike else float("nan")
    print(
        f"{'spark':<12} {table.num_rows:>9,} records {len(other.left):>9,} pairs   the same "
        f"pairs: {alike}, clusters: {same}   largest difference of weights {most:g}   "
        f"seconds {took:.1f}"
    )


PARTS: dict[str, Callable[[], None]] = {
    "febrl4": febrl4, "historical": historical, "million": million, "spark": spark
}  # fmt: skip


def main() -> None:
    """Run the parts that are asked for, or all but Spark."""
    asked = sys.argv[1:] or ["febrl4", "historical", "million"]
    for name in asked:
        if name in {"febrl4", "historical"} and not DATA.is_dir():
            print(f"{name}: set STANDWITH_DATA to the folder of the open data")
            continue
        PARTS[name]()


if __name__ == "__main__":
    main()
