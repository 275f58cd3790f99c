"""Ranking under unknown weights: stochastic multicriteria acceptability analysis.

Source: Lahdelma and Salminen (2001), SMAA-2, Operations Research 49(3), formulae 4 to 11.
Arrays: ``scores`` (samples, alternatives, criteria) in [0, 1]; ``weights`` (samples, criteria).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Scores = NDArray[np.float64] | NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Acceptability:
    """What SMAA says of n alternatives under m criteria.

    ``ranks`` (n, n): share of samples in which i has rank r. ``central`` (n, m): mean weights
    among the samples in which i is first (nan where never). ``winning`` (n, n): share in which i
    beats j. ``utility`` (n): mean utility. ``entropy`` (n): of the ranks, in bits.
    """

    ranks: Floats
    central: Floats
    winning: Floats
    utility: Floats
    entropy: Floats


def sample_weights(rng: np.random.Generator, size: int, criteria: int) -> Floats:
    """Draw weights evenly from the simplex: Dirichlet with all parameters 1."""
    return rng.dirichlet(np.ones(criteria), size)


def sample_goal_weights(rng: np.random.Generator, size: int, criteria: int, goals: int) -> Floats:
    """Draw weights evenly where the first ``goals`` criteria weigh at least half, by rejection.

    This is the one statement on weights that is made for everybody: what an action is for counts
    at least as much as how convenient it is.
    """
    kept: list[Floats] = []
    while sum(len(block) for block in kept) < size:
        drawn = sample_weights(rng, size, criteria)
        kept.append(drawn[drawn[:, :goals].sum(axis=1) >= 0.5])
    return np.concatenate(kept)[:size]


def accept(scores: Scores, weights: Floats) -> Acceptability:
    """Work out the indices from paired samples of scores and weights."""
    utility = np.einsum("sac,sc->sa", scores, weights.astype(_kind(scores)), optimize=True)
    size, count = utility.shape
    order = np.argsort(-utility, axis=1, kind="stable")
    ranks = np.zeros((count, count))
    for rank in range(count):
        ranks[:, rank] = np.bincount(order[:, rank], minlength=count) / size
    shares = np.where(ranks > 0, ranks, 1.0)
    entropy = -(ranks * np.log2(shares)).sum(axis=1) + 0.0
    central = _central(order[:, 0], weights, count)
    return Acceptability(ranks, central, _winning(utility), utility.mean(axis=0), entropy)


def _kind(scores: Scores) -> np.dtype[np.floating[Any]]:
    """Reckon in the precision of the scores; whole numbers count as double."""
    return np.result_type(scores.dtype, np.float32)


def _central(first: NDArray[np.int64], weights: Floats, count: int) -> Floats:
    totals = np.zeros((count, weights.shape[1]))
    np.add.at(totals, first, weights)
    wins = np.bincount(first, minlength=count)[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        central: Floats = np.where(wins > 0, totals / wins, np.nan)
    return central


def _winning(utility: Scores) -> Floats:
    size, count = utility.shape
    columns = np.ascontiguousarray(utility.T.astype(np.float32))
    winning = np.empty((count, count))
    for i in range(count):
        winning[i] = (columns[i] > columns).sum(axis=1) / size
    return winning


def confidence(scores: Scores, central: Floats) -> Floats:
    """Share of score samples in which i is first under its own central weight (nan where none)."""
    factors = np.full(central.shape[0], np.nan)
    size, count, width = scores.shape
    flat = scores.reshape(size * count, width).T
    firsts = np.flatnonzero(~np.isnan(central).any(axis=1))
    for start in range(0, len(firsts), _BLOCK):
        chosen = firsts[start : start + _BLOCK]
        utility = central[chosen].astype(_kind(scores)) @ flat
        best = utility.reshape(len(chosen), size, count).argmax(axis=2)
        factors[chosen] = (best == chosen[:, None]).mean(axis=1)
    return factors


_BLOCK = 8
"""Alternatives at a time: their utilities then fit the processor's cache."""


def bands(acceptability: Acceptability, threshold: float = 0.65) -> tuple[int, ...]:
    """Group alternatives into bands, 1 the best: a new band begins where the leader surely wins.

    From the best mean utility downwards, an alternative joins the band unless the band's first
    beats it in at least ``threshold`` of the samples. Within a band no order is claimed.
    """
    order = np.argsort(-acceptability.utility, kind="stable")
    result = [0] * len(order)
    band, leader = 0, -1
    for index in order:
        if leader < 0 or acceptability.winning[leader, index] >= threshold:
            band, leader = band + 1, int(index)
        result[int(index)] = band
    return tuple(result)
