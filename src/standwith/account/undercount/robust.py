"""Two lists and what is known of each person: the doubly robust estimator.

Das, Kennedy and Jewell (2023): two lists that are independent given covariates; the chances are
learnt on one part of the persons and used on the other, so that a poor fit costs little.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from standwith.account.undercount.bounds import chapman
from standwith.account.undercount.capture import UnusableTable
from standwith.account.undercount.walk import Floats

LEAST = 100  # persons, below which covariates are not used
FOLDS = 5
_FLOOR = 0.005
_RIDGE = 1e-3
_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Robust:
    """The number of persons under independence given covariates, with its 95 % interval.

    ``used`` says whether covariates were; else it is Chapman's number and for illustration only.
    """

    n: int
    estimate: float
    low: float
    high: float
    used: bool
    assumption: str


_ASSUMPTION = (
    "The two lists are independent among persons who are alike in the covariates; nothing in the "
    "data can test that."
)


def doubly_robust(
    first: NDArray[np.bool_], second: NDArray[np.bool_], covariates: Floats, rng: Generator
) -> Robust:
    """Estimate from persons on either of two lists (n) and their covariates (n x p).

    With q the chances of being on the lists given being seen, 1/psi is the mean of
    (q1 q2 / q12)(y1/q1 + y2/q2 - y1 y2/q12), N = n/psi, and its variance
    n sigma**2 + n (1/psi)(1/psi - 1).

    Raises:
        UnusableTable: shapes differ, a covariate is no number, or nobody is on both lists.
    """
    _check(first, second, covariates)
    n, both = len(first), first & second
    if n < LEAST:
        value = chapman(int(first.sum()), int(second.sum()), int(both.sum()))
        return Robust(n, value, float(n), float("inf"), False, _ASSUMPTION)
    y = np.column_stack([first, second, both]).astype(float)
    terms = np.empty(n)
    for held in np.array_split(rng.permutation(n), FOLDS):
        rest = np.setdiff1d(np.arange(n), held)
        terms[held] = _terms(y[held], _chances(covariates[rest], y[rest], covariates[held]))
    inverse = max(1.0, float(terms.mean()))
    spread = sqrt(n * float(terms.var(ddof=1)) + n * inverse * (inverse - 1))
    value = n * inverse
    return Robust(
        n, value, max(float(n), value - 1.96 * spread), value + 1.96 * spread, True, _ASSUMPTION
    )


def _check(first: NDArray[np.bool_], second: NDArray[np.bool_], covariates: Floats) -> None:
    if covariates.ndim != 2 or not len(first) == len(second) == len(covariates):
        raise UnusableTable("give both lists and a row of covariates for each person")
    if not np.isfinite(covariates).all():
        raise UnusableTable("a covariate is no number; leave the person or the covariate out")
    if not (first | second).all():
        raise UnusableTable("a person on neither list cannot have been counted")
    if not (first & second).any():
        raise UnusableTable("nobody is on both lists; nothing can be estimated")


def _chances(known: Floats, y: Floats, asked: Floats) -> Floats:
    """Learn the three chances and give them for others, within what is possible."""
    middle, scale = known.mean(axis=0), known.std(axis=0)
    scale[scale == 0] = 1.0
    one, other = ((x - middle) / scale for x in (known, asked))
    q1, q2, q12 = (_logistic(one, y[:, j], other) for j in range(3))
    q12 = np.clip(q12, _FLOOR, np.minimum(q1, q2))
    over = np.maximum(q1 + q2 - q12 - 1, 0) / 2
    return np.column_stack([np.maximum(q1 - over, q12), np.maximum(q2 - over, q12), q12])


def _logistic(x: Floats, y: Floats, asked: Floats) -> Floats:
    """Fit a logistic regression with a slight ridge by Newton's steps, and predict."""
    design = np.column_stack([np.ones(len(x)), x])
    ridge = _RIDGE * len(x) * np.eye(design.shape[1])
    ridge[0, 0] = 1e-9
    beta = np.zeros(design.shape[1])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        slope = design.T @ (y - chance) - ridge @ beta
        bend = (design * (chance * (1 - chance))[:, None]).T @ design + ridge
        step = np.linalg.solve(bend, slope)
        beta = beta + step
        if np.abs(step).max() < 1e-8:
            break
    wanted = np.column_stack([np.ones(len(asked)), asked]) @ beta
    found: Floats = 1 / (1 + np.exp(-np.clip(wanted, -30, 30)))
    return found


def _terms(y: Floats, q: Floats) -> Floats:
    q1, q2, q12 = q.T
    found: Floats = (q1 * q2 / q12) * (y[:, 0] / q1 + y[:, 1] / q2 - y[:, 2] / q12)
    return found
