"""Latent classes of persons whose chances of being listed differ: one particle, and how it moves.

A truncated Dirichlet process of classes, in each of which lists are independent (Manrique-Vallier
2016). The number of persons on no list is summed out under the prior 1/N, so that a particle is the
classes' weights and chances alone; the unseen are drawn within a sweep only, and forgotten.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from standwith.account.linkage.compiled import compiled
from standwith.account.undercount.walk import Floats, Ints

SHAPE, RATE = 0.25, 0.25  # of the concentration's gamma prior
REACH = 30.0  # unseen persons are at most so many times the documented ones, in expectation
_TINY = 1e-12


class Particle(NamedTuple):
    """Chances of each list in each class (K x J), logarithms of weights (K), concentration (1)."""

    chances: Floats
    weights: Floats
    concentration: Floats


@compiled
def born(classes: int, lists: int, rng: Generator) -> Particle:
    """Draw a particle from the prior, within reach."""
    while True:
        made = Particle(np.zeros((classes, lists)), np.zeros(classes), np.zeros(1))
        made.concentration[0] = max(rng.gamma(SHAPE, 1 / RATE), 1e-6)
        _sticks(made, np.zeros(classes), rng)
        for k in range(classes):
            for j in range(lists):
                made.chances[k, j] = min(max(rng.random(), _TINY), 1 - _TINY)
        if unseen(made) <= REACH / (1 + REACH):
            return made


@compiled
def unseen(particle: Particle) -> float:
    """Chance of being on no list."""
    found = 0.0
    for k in range(len(particle.weights)):
        share = np.exp(particle.weights[k])
        for j in range(particle.chances.shape[1]):
            share *= 1 - particle.chances[k, j]
        found += share
    return float(min(found, 1.0))


@compiled
def likelihood(particle: Particle, patterns: Ints, counts: Ints) -> float:
    """Log-likelihood of counts (M) of patterns (M x J), the unseen summed out under 1/N."""
    found, whole = 0.0, 0.0
    shares = np.zeros(len(particle.weights))
    for m in range(len(counts)):
        if counts[m] > 0:
            found += counts[m] * np.log(max(_split(particle, patterns[m], shares), 1e-300))
            whole += counts[m]
    return float(found - whole * np.log(max(1 - unseen(particle), 1e-300)))


@compiled
def _split(particle: Particle, pattern: Ints, shares: Floats) -> float:
    """Write each class's share of a pattern; return their sum."""
    whole = 0.0
    for k in range(len(shares)):
        share = np.exp(particle.weights[k])
        for j in range(len(pattern)):
            chance = particle.chances[k, j]
            share *= chance if pattern[j] else 1 - chance
        shares[k] = share
        whole += share
    return whole


@compiled
def _deal(count: int, shares: Floats, whole: float, into: Ints, rng: Generator) -> None:
    """Deal a count to classes by their shares."""
    for k in range(len(shares)):
        if count <= 0 or whole <= 0:
            into[k] = 0
            continue
        chance = min(max(shares[k] / whole, 0.0), 1.0)
        into[k] = count if k == len(shares) - 1 else rng.binomial(count, chance)
        count -= into[k]
        whole -= shares[k]


@compiled
def _sticks(particle: Particle, members: Floats, rng: Generator) -> None:
    """Draw weights by stick-breaking given members of each class (Sethuraman 1994), in logs."""
    rest, left = members.sum(), 0.0
    last = len(members) - 1
    for k in range(last):
        rest -= members[k]
        a = _log_gamma(1 + members[k], rng)
        b = _log_gamma(particle.concentration[0] + rest, rng)
        whole = np.logaddexp(a, b)
        particle.weights[k] = left + a - whole
        left += b - whole
    particle.weights[last] = left


@compiled
def _log_gamma(shape: float, rng: Generator) -> float:
    """Logarithm of a gamma draw, without underflow at small shapes."""
    if shape >= 0.5:
        return float(np.log(max(rng.gamma(shape, 1.0), 1e-300)))
    return float(np.log(max(rng.gamma(shape + 1, 1.0), 1e-300)) + np.log(1 - rng.random()) / shape)


@compiled
def sweep(particle: Particle, patterns: Ints, counts: Ints, rng: Generator) -> Particle:
    """Move a particle by one Gibbs sweep; where it leaves the reach it stays as it was."""
    classes, lists = particle.chances.shape
    members, ones = np.zeros(classes), np.zeros((classes, lists))
    shares, into = np.zeros(classes), np.zeros(classes, np.int64)
    for m in range(len(counts)):
        if counts[m] > 0:
            whole = _split(particle, patterns[m], shares)
            _deal(counts[m], shares, whole, into, rng)
            for k in range(classes):
                members[k] += into[k]
                for j in range(lists):
                    ones[k, j] += into[k] * patterns[m, j]
    _deal_unseen(particle, counts.sum(), shares, into, rng)
    members += into
    made = Particle(particle.chances.copy(), particle.weights.copy(), particle.concentration.copy())
    for k in range(classes):
        for j in range(lists):
            drawn = rng.beta(1 + ones[k, j], 1 + members[k] - ones[k, j])
            made.chances[k, j] = min(max(drawn, _TINY), 1 - _TINY)
    _sticks(made, members, rng)
    if unseen(made) > REACH / (1 + REACH):
        return particle
    rate = max(RATE - made.weights[classes - 1], _TINY)
    made.concentration[0] = max(rng.gamma(SHAPE + classes - 1, 1 / rate), 1e-6)
    return made


@compiled
def _deal_unseen(particle: Particle, seen: int, shares: Floats, into: Ints, rng: Generator) -> None:
    """Draw how many are unseen, and deal them to the classes."""
    whole = _split(particle, np.zeros(particle.chances.shape[1], np.int64), shares)
    into[:] = 0
    if seen > 0:
        rate = rng.gamma(float(seen), 1.0) * whole / (1 - whole)
        _deal(rng.poisson(rate), shares, whole, into, rng)


@compiled
def _prior(weights: Floats, concentration: float) -> float:
    """Log density of weights under stick-breaking; the last weight is what is left."""
    found, left = 0.0, 1.0
    for k in range(len(weights) - 1):
        after = max(left - np.exp(weights[k]), 1e-300)
        found += np.log(concentration) - np.log(left)
        found += (concentration - 1) * (np.log(after) - np.log(left))
        left = after
    return found


@compiled
def shift(particle: Particle, patterns: Ints, counts: Ints, rng: Generator) -> Particle:
    """Shift all chances of one class, its observed weight kept: p0 moves, the fit hardly does.

    A Metropolis step on the likelihood without the unseen. Chances l move to l' by one step of
    their logits; the weight is multiplied by r so that what is observed of the class stays, and
    all weights are divided by their sum S: the Jacobian is prod l'(1-l') / (l(1-l)) times r / S**K.
    """
    classes, lists = particle.chances.shape
    k = rng.integers(0, classes)
    step = rng.normal() * (0.1, 0.5, 2.0)[rng.integers(0, 3)]
    made = Particle(particle.chances.copy(), particle.weights.copy(), particle.concentration)
    before, after, jacobian = 0.0, 0.0, 0.0
    for j in range(lists):
        old = particle.chances[k, j]
        new = min(max(1 / (1 + np.exp(-np.log(old / (1 - old)) - step)), _TINY), 1 - _TINY)
        made.chances[k, j] = new
        before, after = before + np.log1p(-old), after + np.log1p(-new)
        jacobian += np.log(new * (1 - new)) - np.log(old * (1 - old))
    ratio = np.log(-np.expm1(before)) - np.log(-np.expm1(after))
    made.weights[k] += ratio
    whole = np.log(np.exp(made.weights).sum())
    made.weights[:] -= whole
    if not np.isfinite(whole) or unseen(made) > REACH / (1 + REACH):
        return particle
    gain = likelihood(made, patterns, counts) - likelihood(particle, patterns, counts)
    gain += _prior(made.weights, particle.concentration[0])
    gain -= _prior(particle.weights, particle.concentration[0])
    gain += jacobian + ratio - classes * whole
    return made if np.log(1 - rng.random()) < gain else particle


@compiled
def swap(particle: Particle, rng: Generator) -> Particle:
    """Exchange the places of two classes in the stick; the likelihood stays."""
    classes = len(particle.weights)
    a, b = rng.integers(0, classes), rng.integers(0, classes)
    made = Particle(particle.chances.copy(), particle.weights.copy(), particle.concentration)
    made.weights[a], made.weights[b] = particle.weights[b], particle.weights[a]
    made.chances[a], made.chances[b] = particle.chances[b].copy(), particle.chances[a].copy()
    gain = _prior(made.weights, particle.concentration[0])
    gain -= _prior(particle.weights, particle.concentration[0])
    return made if np.log(1 - rng.random()) < gain else particle
