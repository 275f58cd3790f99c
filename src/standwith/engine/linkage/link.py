"""A linkage from lists to persons: by fixed weights for small lists, by learned ones for large."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from standwith.account.linkage.average import ABSENT, LEAST, average_links
from standwith.account.linkage.cluster import Clusters, Link, UnusableLinks
from standwith.account.linkage.review import decided
from standwith.account.linkage.weigh import PRIOR, Record, Weighed, weigh_all

if TYPE_CHECKING:
    from standwith.engine.linkage.model import Model

Tell = Callable[[str], None]
MOST_PLAIN = 5_000  # records, above which weights are learned
JOINS = {"plain": (-6.0, 0.0), "learned": (ABSENT, LEAST)}  # strangers, and what joins persons
SURE = 1e9  # what was decided outweighs whatever else is known


@dataclass(frozen=True, slots=True)
class Manner:
    """How to weigh: plain, duckdb, spark, or auto (plain to 5,000 records, duckdb beyond).

    A model that was learned before goes with duckdb or spark; else one is learned, by the seed.
    """

    engine: str = "auto"
    model: Model | None = None
    seed: int = 1

    def engine_for(self, size: int) -> str:
        """Choose for a number of records."""
        if self.engine != "auto":
            return self.engine
        return "plain" if self.model is None and size <= MOST_PLAIN else "duckdb"


@dataclass(frozen=True, slots=True)
class Linked:
    """Records as persons: the links with what was decided, and how they came about.

    ``weighed`` has what each field adds, where weights are fixed; ``model`` what was learned.
    """

    records: tuple[Record, ...]
    single: frozenset[str]
    engine: str
    links: tuple[Link, ...]
    weighed: tuple[Weighed, ...]
    clusters: Clusters
    model: Model | None

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists in the order in which they came."""
        return tuple(dict.fromkeys(record.list for record in self.records))

    @property
    def prior(self) -> float:
        """Log-odds that two records are one person before anything is compared."""
        if self.model is None:
            return PRIOR
        share = float(self.model["probability_two_random_records_match"])
        return log(share / (1 - share))

    def where(self) -> dict[str, str]:
        """Return the list of each record."""
        return {record.id: record.list for record in self.records}


def link(
    records: Sequence[Record],
    *,
    single: frozenset[str] = frozenset(),
    stands: Mapping[tuple[str, str], bool] | None = None,
    manner: Manner | None = None,
    tell: Tell = lambda _: None,
) -> Linked:
    """Link records; ``single`` lists have nobody twice, ``stands`` is what was decided of pairs.

    Raises:
        UnusableLinks: there is no record, a list or pair is unknown, or nothing can be learned.
    """
    _check(records, single, stands or {})
    manner = manner or Manner()
    engine, model = manner.engine_for(len(records)), manner.model
    weighed: tuple[Weighed, ...] = ()
    if engine == "plain":
        tell(f"comparing {len(records):,} records by fixed weights")
        weighed = weigh_all(records)
        links = tuple(pair.link() for pair in weighed)
    else:
        links, model = _learned(records, single, engine, manner, tell)
    tell(f"joining records of {len(links):,} pairs")
    clusters = _persons(records, single, links, stands or {}, plain=engine == "plain")
    held = decided(links, stands or {})
    return Linked(tuple(records), single, engine, held, weighed, clusters, model)


def _check(
    records: Sequence[Record], single: frozenset[str], stands: Mapping[tuple[str, str], bool]
) -> None:
    if not records:
        raise UnusableLinks("there is no record to link")
    known = {record.id for record in records}
    if len(known) < len(records):
        raise UnusableLinks("two records have the same id; give each its own")
    unknown = sorted(single - {record.list for record in records})
    if unknown:
        raise UnusableLinks(f"no list is called {', '.join(unknown)}")
    for pair in stands:
        missing = sorted(set(pair) - known)
        if missing:
            raise UnusableLinks(f"a decision names {missing[0]!r}, and there is no such record")


def _persons(
    records: Sequence[Record],
    single: frozenset[str],
    links: Sequence[Link],
    stands: Mapping[tuple[str, str], bool],
    *,
    plain: bool,
) -> Clusters:
    absent, least = JOINS["plain" if plain else "learned"]
    kept = [x for x in links if (x.left, x.right) not in stands and x.weight > absent]
    kept += [Link(*pair, SURE) for pair, same in stands.items() if same]
    apart = [pair for pair, same in stands.items() if not same]
    where = {record.id: record.list for record in records}
    return average_links(where, kept, single=single, apart=apart, absent=absent, least=least)


def _learned(
    records: Sequence[Record],
    single: frozenset[str],
    engine: str,
    manner: Manner,
    tell: Tell,
) -> tuple[tuple[Link, ...], Model]:
    from standwith.engine.linkage import run
    from standwith.engine.linkage.prepare import all_fields, fields_of, prepared, table_of

    table = table_of(records, single)
    fields = fields_of(table) if manner.model is None else all_fields()
    ready = prepared(table, fields)
    found = manner.model or run.learn(ready, fields, seed=manner.seed, tell=tell)
    weigh = run.weigh_on_spark if engine == "spark" else run.weigh
    return tuple(weigh(ready, found, tell=tell).links()), found
