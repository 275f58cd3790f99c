"""Splink 5 at work: learn a model from a table, and weigh the pairs of a table by a model."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from splink import DuckDBAPI, Linker

from standwith.account.linkage.cluster import Link, UnusableLinks
from standwith.engine.linkage.fields import Field, Rule, condition, rules
from standwith.engine.linkage.model import (
    FOUND,
    Model,
    between,
    completed,
    passes,
    settings,
    sure,
)

if TYPE_CHECKING:
    from splink.internals.splink_dataframe import SplinkDataFrame

Tell = Callable[[str], None]
LEAST_RECORDS = 50
PAIRS = 3_000_000  # pairs that are brought together, at most, or
FEW, MANY = 60, 5  # for each record: at most so many in small tables, and never fewer in large
SAMPLED = 1_000_001  # pairs of strangers looked at
LEARNED = 300_000.0  # pairs that one pass learns from, about
LEAST = 0.01  # probability below which a pair is not told


@dataclass(frozen=True, slots=True)
class Edges:
    """Weighed pairs: places in ``records``, natural log-odds, in the order of the places."""

    records: tuple[str, ...]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    weights: NDArray[np.float64]

    def links(self) -> list[Link]:
        """Return the pairs as links."""
        pairs = zip(self.left.tolist(), self.right.tolist(), self.weights.tolist(), strict=True)
        return [Link(self.records[i], self.records[j], weight) for i, j, weight in pairs]


def _quiet(_: str) -> None:
    """Tell nothing."""


def learn(table: pa.Table, fields: Sequence[Field], *, seed: int = 1, tell: Tell = _quiet) -> Model:
    """Learn the weights of fields from a prepared table, without labels (Winkler 1988; EM).

    Raises:
        UnusableLinks: there are too few records, or no name with a date or code to learn from.
    """
    if table.num_rows < LEAST_RECORDS:
        raise UnusableLinks(f"weights are learned from {LEAST_RECORDS} records at least")
    sure_rules = sure(fields)
    with _connected(table) as connection:
        chosen = _chosen(connection, fields, table.num_rows)
        tell(f"learning from {table.num_rows:,} records, {len(chosen)} ways to bring them together")
        linker = _linker(DuckDBAPI(connection).register("records"), settings(fields, chosen))
        linker.training.estimate_probability_two_random_records_match([*sure_rules], recall=FOUND)
        linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED, seed=seed)
        for number, rule in enumerate(passes(fields), start=1):
            tell(f"learning, pass {number}")
            linker.training.estimate_parameters_using_expectation_maximisation(
                rule, max_pairs=LEARNED
            )
        return completed(linker.misc.save_model_to_json())


def weigh(table: pa.Table, model: Model, *, tell: Tell = _quiet) -> Edges:
    """Weigh the pairs of a prepared table that the model's rules bring together, on DuckDB.

    Raises:
        UnusableLinks: the table lacks a column that the model compares.
    """
    with _connected(table) as connection:
        return _weighed(DuckDBAPI(connection).register("records"), table, model, tell)


def weigh_on_spark(table: pa.Table, model: Model, *, tell: Tell = _quiet) -> Edges:
    """Weigh pairs as ``weigh`` does, on Apache Spark as it is set up, by the same model.

    Raises:
        UnusableLinks: the table lacks a column that the model compares.
    """
    from pyspark.sql import SparkSession
    from splink import SparkAPI

    session = SparkSession.builder.appName("standwith").getOrCreate()
    before = session.conf.get("spark.sql.codegen.wholeStage")
    session.conf.set("spark.sql.codegen.wholeStage", "false")  # the levels outgrow its limit
    try:
        with TemporaryDirectory() as scratch:
            if session.conf.get("spark.checkpoint.dir", None) is None:
                session.sparkContext.setCheckpointDir(scratch)  # names persons: gone after the run
            api = SparkAPI(  # type: ignore[no-untyped-call]
                spark_session=session,
                break_lineage_method="parquet",
                num_partitions_on_repartition=2 * session.sparkContext.defaultParallelism,
                register_udfs_automatically=False,
            )
            return _weighed(api.register(table), table, model, tell)
    finally:
        session.conf.set("spark.sql.codegen.wholeStage", str(before))


def _linker(held: SplinkDataFrame, model: Model) -> Linker:
    logging.getLogger("splink").addHandler(logging.NullHandler())  # it tells what we tell better
    dialect = held.db_api.sql_dialect.sql_dialect_str
    return Linker(held, model | {"sql_dialect": dialect}, log_level=None)


def _weighed(held: SplinkDataFrame, table: pa.Table, model: Model, tell: Tell) -> Edges:
    compared = {comparison["output_column_name"] for comparison in model["comparisons"]}
    lacking = sorted(compared - set(table.column_names))
    if lacking:
        raise UnusableLinks(f"the settings file compares {', '.join(lacking)}, and no list has it")
    tell(f"weighing the pairs of {table.num_rows:,} records")
    linker = _linker(held, model)
    pairs = linker.inference.predict(threshold_match_probability=LEAST)
    found: pa.Table = pairs.as_pyarrow_table()  # type: ignore[no-untyped-call]
    names = tuple(table["unique_id"].to_pylist())
    place = {name: i for i, name in enumerate(names)}
    ends = (
        np.fromiter((place[x] for x in found[c].to_pylist()), np.int64, found.num_rows)
        for c in ("unique_id_l", "unique_id_r")
    )
    one, other = ends
    left, right = np.minimum(one, other), np.maximum(one, other)
    weights = np.round(found["match_weight"].to_numpy() * log(2), 6)
    order = np.lexsort((right, left))
    return Edges(names, left[order], right[order], weights[order])


def _chosen(connection: duckdb.DuckDBPyConnection, fields: Sequence[Field], size: int) -> list[str]:
    """Choose ways to bring records together, the narrow before the wide, within a number of pairs.

    Raises:
        UnusableLinks: even the narrowest brings too many together.
    """
    budget, found = min(FEW * size, max(PAIRS, MANY * size)), list[str]()
    for rule in rules(fields):
        pairs = _pairs(connection, rule)
        if 0 < pairs <= budget:
            budget -= pairs
            found.append(between(condition(rule)))
    if not found:
        raise UnusableLinks("every way brings too many records together, or none; give more fields")
    return found


def _pairs(connection: duckdb.DuckDBPyConnection, rule: Rule) -> int:
    """Count the pairs of records that a rule brings together, each once."""
    left, right = (
        _grouped(connection, parts, i) for i, parts in enumerate(zip(*rule, strict=True))
    )
    same = " and ".join(f"side0.k{i} = side1.k{i}" for i in range(len(rule)))
    both = _number(left.join(right, same).aggregate("sum(n0 * n1)"))
    if any(one != other for one, other in rule):
        return both // 2
    return (both - _number(left.aggregate("sum(n0)"))) // 2


def _grouped(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[str], side: int
) -> duckdb.DuckDBPyRelation:
    """Count the records with each row of values of some expressions, where all are known."""
    named = ", ".join(f"{part} as k{i}" for i, part in enumerate(parts))
    keys = ", ".join(f"k{i}" for i in range(len(parts)))
    known = connection.table("records").filter(" and ".join(f"{p} is not null" for p in parts))
    counted = known.project(named).aggregate(f"{keys}, count(*) as n{side}", keys)
    return counted.set_alias(f"side{side}")


def _number(found: duckdb.DuckDBPyRelation) -> int:
    row = found.fetchone()
    return int(row[0] or 0) if row else 0


def _connected(table: pa.Table) -> duckdb.DuckDBPyConnection:
    """Open a database of this one table, which reaches no file, whatever a settings file asks."""
    found = duckdb.connect(config={"enable_external_access": "false"})
    found.register("records", table)
    return found
