"""Weigh and join the invented people on Spark by a settings file; print pairs and persons."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pyspark.sql import SparkSession
from tests.engine.invented import people

from standwith.engine.linkage.link import Manner, link
from standwith.engine.linkage.model import read


def main() -> None:
    """Link by the settings file that is named."""
    (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    model = read(Path(sys.argv[1]).read_text(encoding="utf-8"))
    found = link(people(700)[0], single=frozenset("a"), manner=Manner("spark", model))
    links = [(x.left, x.right, x.weight) for x in found.links]
    print(json.dumps({"links": links, "persons": found.clusters.persons}))  # noqa: T201 - the answer


main()
