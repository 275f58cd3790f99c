"""Hierarchical log-linear models of capture tables: which exist, which fit, what they say.

Fienberg (1972); Bishop, Fienberg and Holland (1975); selection by BIC and by steps after Chan,
Silverman and Vincent (2021) and Silverman, Chan and Vincent (2024).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.optimize import linprog
from scipy.stats import poisson

from standwith.account.undercount.capture import CaptureTable, UnusableTable
from standwith.account.undercount.irls import Models, fit_many, fit_one, kept
from standwith.account.undercount.margins import as_sets, by_sets
from standwith.account.undercount.walk import Floats, Ints

MOST = 5  # lists up to which all 6,893 models are fitted
ENTER = 0.02  # a pair enters a stepwise model below this probability


@dataclass(frozen=True, slots=True)
class Fit:
    """One model: its interactions and their sets, the number of persons, BIC, deviance, parameters.

    An interaction that nobody has counts as a parameter, at minus infinity.
    """

    interactions: tuple[tuple[str, ...], ...]
    terms: tuple[int, ...]
    estimate: float
    bic: float
    deviance: float
    parameters: int


@cache
def models(width: int, order: int | None = None) -> Models:
    """List all hierarchical models without the full set (models x 2**K), independence first.

    ``order`` is the largest number of lists in an interaction. There are 8, 113 and 6,893 models
    on 3, 4 and 5 lists.

    Raises:
        ValueError: there are fewer than 3 lists, or more than 5 with interactions beyond pairs.
    """
    most = min(order or width - 1, width - 1)
    if width < 3 or (width > MOST and most > 2) or width > MOST + 1:
        raise ValueError(f"models on {width} lists are listed for 3 to {MOST}, or 6 with pairs")
    begin = models_of_one(width)[None]
    for term in _interactions(width, most):
        under = [term & ~(1 << v) for v in range(width) if term >> v & 1]
        may = begin[begin[:, under].all(axis=1)].copy()
        may[:, term] = True
        begin = np.concatenate([begin, may])
    return begin


def _interactions(width: int, most: int) -> list[int]:
    """List the sets of two lists or more, the small ones first."""
    found = [t for t in range(2**width) if 2 <= t.bit_count() <= most]
    return sorted(found, key=lambda term: (term.bit_count(), term))


def exists(counts: Ints, model: Models) -> bool:
    """Whether the fit of a model exists and says one number (counts by sets of lists).

    The fit exists where some table of positive cells has the same sufficient sums (Fienberg and
    Rinaldo 2012); it is one where the design has full rank.
    """
    return _exists(np.sign(counts).astype(np.int8).tobytes(), np.packbits(model).tobytes())


@cache
def _exists(signs: bytes, chosen: bytes) -> bool:
    """Existence depends on which cells are empty or cannot occur, not on the counts."""
    held = np.frombuffer(signs, np.int8).astype(np.int64)
    size = len(held)
    model = np.unpackbits(np.frombuffer(chosen, np.uint8))[:size].astype(np.bool_)
    cells, terms = kept(held, model)
    design = (cells[:, None] & terms[None, :] == terms[None, :]).astype(float)
    if np.linalg.matrix_rank(design) < len(terms):
        return False
    y = held[cells].astype(float)
    if (y > 0).all():
        return True
    goal = np.append(np.zeros(len(cells)), -1.0)
    equal = np.column_stack([design.T, np.zeros(len(terms))])
    above = np.column_stack([-np.eye(len(cells)), np.ones(len(cells))])
    found = linprog(
        goal, above, np.zeros(len(cells)), equal, design.T @ y, bounds=(None, None), method="highs"
    )
    return bool(found.status == 0 and -found.fun > 1e-9)


def select(table: CaptureTable, *, order: int | None = None, count: int = 20) -> tuple[Fit, ...]:
    """Return the models with the lowest BIC whose fit exists, the best first.

    Raises:
        UnusableTable: the table has more lists than all models can be fitted for, or no fit exists.
    """
    if table.width > MOST:
        raise UnusableTable(f"{table.width} lists; all models are fitted for up to {MOST}")
    offered, counts = models(table.width, order), marked(table)
    n0, bic, deviance = (found[0] for found in fit_many(counts[None], offered))
    ranked = np.argsort(bic, kind="stable")
    found = list[Fit]()
    for i in ranked[np.isfinite(bic[ranked])]:
        if len(found) == count:
            break
        if exists(counts, offered[i]):
            numbers = table.n + float(n0[i]), float(bic[i]), float(deviance[i])
            terms = tuple(map(int, np.flatnonzero(offered[i])))
            found.append(Fit(_named(table, offered[i]), terms, *numbers, 1 + len(terms)))
    if not found:
        raise UnusableTable("no log-linear model has a fit that exists; merge lists that are alike")
    return tuple(found)


def marked(table: CaptureTable) -> Ints:
    """Return the counts by sets of lists, -1 where a pattern cannot occur."""
    found = by_sets(table)
    found[as_sets(np.array(sorted(table.structural), dtype=np.int64), table.width)] = -1
    return found


def stepwise(counts: Ints, width: int) -> tuple[Models, float]:
    """Let pairs enter one by one from independence; return the model and n0.

    A pair enters by the smallest tail probability of its overlap under the fitted model, while
    that is below 0.02 and the larger model's fit exists.
    """
    model = models_of_one(width)
    pairs = _interactions(width, 2)
    while True:
        n0, means = fitted(counts, model)
        offers = sorted((_tail(counts, means, pair), pair) for pair in pairs if not model[pair])
        entered = _first(counts, model, [pair for tail, pair in offers if tail < ENTER])
        if entered is None:
            return model, n0
        model = entered


def _first(counts: Ints, model: Models, pairs: list[int]) -> Models | None:
    """Let the first pair enter with which the fit exists."""
    for pair in pairs:
        larger = model.copy()
        larger[pair] = True
        if exists(counts, larger):
            return larger
    return None


def models_of_one(width: int) -> Models:
    """Make the model of independence (2**K)."""
    found = np.zeros(2**width, dtype=np.bool_)
    found[[1 << v for v in range(width)]] = True
    return found


def fitted(counts: Ints, model: Models) -> tuple[float, Floats]:
    """Fit one model; return n0 and the mean of each cell (2**K)."""
    return fit_one(counts, *kept(counts, model))


def _tail(counts: Ints, means: Floats, pair: int) -> float:
    both = np.arange(len(counts)) & pair == pair
    seen, mean = int(np.maximum(counts[both], 0).sum()), float(means[both].sum())
    return float(min(poisson.cdf(seen, mean), poisson.sf(seen - 1, mean)))


def _named(table: CaptureTable, model: Models) -> tuple[tuple[str, ...], ...]:
    """Name the interactions that no other contains."""
    terms = [int(t) for t in np.flatnonzero(model) if t.bit_count() > 1]
    largest = [t for t in terms if not any(t != o and t & o == t for o in terms)]
    return tuple(
        tuple(name for v, name in enumerate(table.lists) if t >> v & 1) for t in sorted(largest)
    )
