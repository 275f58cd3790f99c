"""Poisson fits of many hierarchical log-linear models at once.

Corner-point coding on the observed cells: the intercept is the logarithm of the unobserved cell
(Fienberg 1972). Where a model has an interaction whose lists share nobody, its effect is minus
infinity: its cells and whatever contains it are taken out (Chan, Silverman and Vincent 2021). A
cell that cannot occur has the count -1: it is taken out, and so is an effect that no cell is left
to show.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from math import lgamma

import numpy as np
from numpy.typing import NDArray

from standwith.account.linkage.compiled import compiled
from standwith.account.undercount.walk import Floats, Ints

Models = NDArray[np.bool_]
ROUNDS = 60
_CLOSE = 1e-10
_STEEP = 40.0  # steps of a predictor beyond which a fit has run away
_WORKERS = 2


def fit_many(counts: Ints, models: Models) -> tuple[Floats, Floats, Floats]:
    """Fit each model to each table; return n0, BIC and deviance (tables x models).

    ``counts`` is tables x 2**K by sets of lists (bit v is list v), ``models`` models x 2**K says
    which sets interact. BIC is -2 log L + p log n with the whole likelihood. A fit that does not
    come to rest has BIC infinity.
    """
    held = np.ascontiguousarray(counts, dtype=np.float64)
    if len(held) > 1:
        cuts = np.array_split(np.arange(len(held)), _WORKERS)
        jobs = [(held[cut], models) for cut in cuts if len(cut)]
        axis = 0
    else:
        jobs = [(held, part) for part in np.array_split(models, _WORKERS) if len(part)]
        axis = 1
    with ThreadPoolExecutor(_WORKERS) as pool:
        parts = list(pool.map(lambda job: _fit_all(*job), jobs))
    n0, bic, deviance = (np.concatenate([part[i] for part in parts], axis=axis) for i in range(3))
    return n0, bic, deviance


def fit_one(counts: Ints, cells: Ints, terms: Ints) -> tuple[float, Floats]:
    """Fit one model with given cells and terms; return n0 and the mean of every cell (2**K)."""
    mean, n0, _ = _fit(np.maximum(counts, 0).astype(np.float64), cells, terms)
    whole = np.zeros(len(counts))
    whole[cells] = mean
    return float(n0), whole


def kept(counts: Ints, model: Models) -> tuple[Ints, Ints]:
    """List the cells and terms that stay once interactions that nobody has are taken out."""
    held = np.maximum(counts, 0).astype(np.float64)
    found: tuple[Ints, Ints] = _kept(_margins(held), model, counts < 0)
    return found


@compiled
def _fit_all(counts: Floats, models: Models) -> tuple[Floats, Floats, Floats]:
    shape = (len(counts), len(models))
    n0, bic, deviance = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for i in range(len(counts)):
        barred = counts[i] < 0
        held = np.maximum(counts[i], 0.0)
        margins = _margins(held)
        constant = 0.0
        for h in range(1, counts.shape[1]):
            constant += lgamma(held[h] + 1)
        for j in range(len(models)):
            cells, terms = _kept(margins, models[j], barred)
            fitted, n0[i, j], rested = _fit(held, cells, terms)
            like, deviance[i, j] = _likelihood(held, cells, fitted)
            bic[i, j] = -2 * (like - constant) + (models[j].sum() + 1) * np.log(held.sum())
            if not rested:
                bic[i, j] = np.inf
    return n0, bic, deviance


@compiled
def _margins(counts: Floats) -> Floats:
    """Count the persons who are on all lists of each set."""
    found = counts.copy()
    step = 1
    while step < len(found):
        for h in range(len(found)):
            if not h & step:
                found[h] += found[h | step]
        step <<= 1
    return found


@compiled
def _kept(margins: Floats, model: Models, barred: Models) -> tuple[Ints, Ints]:
    """List the cells and terms that stay once interactions of nobody are taken out."""
    sets = np.arange(len(model))
    gone = barred.copy()
    for term in sets[1:]:
        if model[term] and margins[term] == 0:
            gone |= sets & term == term
    cells = sets[1:][~gone[1:]]
    held = model.copy()
    held[0] = True
    if barred.any():
        for term in sets[1:]:
            held[term] = held[term] and (cells & term == term).any()
        return cells, sets[held]
    return cells, sets[held & ~gone]


@compiled
def _fit(counts: Floats, cells: Ints, terms: Ints) -> tuple[Floats, float, bool]:
    """Fit one model by iteratively reweighted least squares; return means, n0, whether it rests."""
    y = counts[cells]
    mean = y + 0.5
    eta = np.log(mean)
    design = (cells.reshape(-1, 1) & terms.reshape(1, -1) == terms.reshape(1, -1)) * 1.0
    last, beta = np.inf, np.zeros(len(terms))
    for _ in range(ROUNDS):
        weighted = design * mean.reshape(-1, 1)
        gram = design.T @ weighted
        for p in range(len(terms)):
            gram[p, p] *= 1 + 1e-12
        right = weighted.T @ (eta + (y - mean) / mean)
        solved, beta = _solve(gram, right)
        if not solved:
            return mean, np.inf, False
        eta = np.clip(design @ beta, -_STEEP, _STEEP)
        mean = np.exp(eta)
        now = (mean - y * eta).sum()
        if np.abs(now - last) < _CLOSE * (1 + np.abs(now)):
            return mean, np.exp(min(beta[0], 700.0)), True
        last = now
    return mean, np.exp(min(beta[0], 700.0)), False


@compiled
def _solve(gram: Floats, right: Floats) -> tuple[bool, Floats]:
    """Solve by Cholesky's factors, in place; False where the matrix is not positive."""
    size = len(right)
    for j in range(size):
        for k in range(j):
            gram[j, j] -= gram[j, k] ** 2
        if gram[j, j] <= 1e-13:
            return False, right
        gram[j, j] = np.sqrt(gram[j, j])
        for i in range(j + 1, size):
            for k in range(j):
                gram[i, j] -= gram[i, k] * gram[j, k]
            gram[i, j] /= gram[j, j]
    for i in range(size):
        for k in range(i):
            right[i] -= gram[i, k] * right[k]
        right[i] /= gram[i, i]
    for i in range(size - 1, -1, -1):
        for k in range(i + 1, size):
            right[i] -= gram[k, i] * right[k]
        right[i] /= gram[i, i]
    return True, right


@compiled
def _likelihood(counts: Floats, cells: Ints, mean: Floats) -> tuple[float, float]:
    """Return the Poisson log-likelihood without its constant, and the deviance."""
    like, deviance = 0.0, 0.0
    for i in range(len(cells)):
        y = counts[cells[i]]
        like += y * np.log(mean[i]) - mean[i]
        deviance += 2 * (mean[i] - y)
        if y > 0:
            deviance += 2 * y * np.log(y / mean[i])
    return like, deviance
