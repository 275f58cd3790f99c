"""Estimates that carry how unsure the linkage is: one table for each draw of who is who.

Sadinle (2018): p(N) is the mean of p(N | partition) over draws of the partition. The variance is
split after its law: between draws of the linkage, between graphs (the model), and within them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from standwith.account.undercount.batch import Batch, dga_batch
from standwith.account.undercount.bounds import bounds
from standwith.account.undercount.capture import CaptureTable, UnusableTable, from_rows
from standwith.account.undercount.dga import frame_of
from standwith.account.undercount.graphs import parts
from standwith.account.undercount.margins import score
from standwith.account.undercount.walk import Floats, Ints, walk

FEW = 0.05  # draws that may have a lower bound below the one that is told
LOOKED_AT = 20  # draws of which the graphs are weighed


@dataclass(frozen=True, slots=True)
class Averaged:
    """The number of persons over draws of the linkage.

    ``shares`` are those of the variance: linkage, model, sampling; they sum to 1. ``weighed`` is
    the weight of the graphs from which the model's share was worked out. ``least`` is the lower
    bound that 95 % of the draws keep or exceed.
    """

    n: tuple[int, int]
    mean: float
    median: float
    low: float
    high: float
    shares: dict[str, float]
    weighed: float
    draws: int
    least: float


def tables_of(partitions: Ints, lists: Sequence[str], names: Sequence[str]) -> list[CaptureTable]:
    """Count who is on which list, for each draw of a partition (draws x records, entities).

    ``lists`` has the list of each record, ``names`` all lists in the order of the table.

    Raises:
        UnusableTable: records and lists differ in number, or a list is unknown.
    """
    if partitions.ndim != 2 or partitions.shape[1] != len(lists):
        raise UnusableTable("give one list for each record of the partitions")
    place = {name: j for j, name in enumerate(names)}
    unknown = sorted(set(lists) - set(place))
    if unknown:
        raise UnusableTable(f"no list is named {', '.join(unknown[:3])}")
    bits = np.array([1 << (len(names) - 1 - place[name]) for name in lists], dtype=np.int64)
    return [_table(entities, bits, names) for entities in partitions]


def _table(entities: Ints, bits: Ints, names: Sequence[str]) -> CaptureTable:
    _, entity = np.unique(entities, return_inverse=True)
    cells = np.zeros(int(entity.max()) + 1, dtype=np.int64)
    np.bitwise_or.at(cells, entity, bits)
    width = len(names)
    found = np.bincount(cells, minlength=2**width)
    rows = (([int(c) for c in f"{h:0{width}b}"], int(n)) for h, n in enumerate(found) if n)
    return from_rows(names, rows)


def average(tables: Sequence[CaptureTable], *, delta: float | None = None) -> Averaged:
    """Average over draws of the linkage, each over its graphs.

    Raises:
        UnusableTable: see ``dga_batch``.
    """
    batch = dga_batch(tables, delta=delta)
    support, mass = batch.mixture()
    low, median, high = np.interp((0.025, 0.5, 0.975), np.cumsum(mass) - mass / 2, support)
    shares, weighed = _split(tables, batch, delta)
    return Averaged(
        (int(batch.n.min()), int(batch.n.max())),
        float(support @ mass),
        float(median),
        float(low),
        float(high),
        shares,
        weighed,
        len(tables),
        float(np.quantile([bounds(table).least for table in tables], FEW)),
    )


def _split(
    tables: Sequence[CaptureTable], batch: Batch, delta: float | None
) -> tuple[dict[str, float], float]:
    between = float(batch.means().var())
    within = float(batch.variances().mean())
    looked = np.linspace(0, len(tables) - 1, min(LOOKED_AT, len(tables))).astype(int)
    found = [_by_model(tables[i], delta) for i in looked]
    part = float(np.mean([share for share, _ in found]))
    whole = between + within
    if whole <= 0:
        return {"linkage": 0.0, "model": 0.0, "sampling": 1.0}, 1.0
    shares = {"linkage": between / whole, "model": part * within / whole}
    return shares | {"sampling": 1 - sum(shares.values())}, min(weight for _, weight in found)


def _by_model(table: CaptureTable, delta: float | None) -> tuple[float, float]:
    """Share of the variance that lies between graphs, over the leading ones, and their weight."""
    frame = frame_of(table, delta)
    found = walk(frame.rows, frame.base)
    whole = frame.mass(found.sums)[1]
    weights, means, spreads = [], [], []
    for near in found.leaders:
        graph = parts(table.width, tuple(map(int, near)))
        if graph is not None:
            mass, weight = frame.mass(score(frame.rows, graph))
            middle = float(mass @ frame.grid)
            weights.append(float(np.exp(weight - whole)))
            means.append(middle)
            spreads.append(float(mass @ (frame.grid - middle) ** 2))
    held = np.array(weights) / sum(weights)
    return _between(held, np.array(means), np.array(spreads)), min(1.0, sum(weights))


def _between(weights: Floats, means: Floats, spreads: Floats) -> float:
    model = float(weights @ (means - weights @ means) ** 2)
    whole = model + float(weights @ spreads)
    return model / whole if whole > 0 else 0.0
