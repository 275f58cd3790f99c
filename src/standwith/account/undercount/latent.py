"""Latent-class estimates that converge, or say that they do not.

One chain of the usual sampler stays where it began, for the posterior has several modes. Here
particles begin at the prior and the persons are let in by and by (Chopin 2002), so that modes are
weighed before they part; several islands of particles run apart, and are compared.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.random import PCG64, Generator

from standwith.account.linkage.compiled import compiled
from standwith.account.undercount.capture import CaptureTable, UnusableTable, patterns
from standwith.account.undercount.classes import (
    REACH,
    Particle,
    born,
    likelihood,
    shift,
    swap,
    sweep,
    unseen,
)
from standwith.account.undercount.convergence import effective_size, r_hat
from standwith.account.undercount.walk import Floats, Ints

MOST_R_HAT, LEAST_SIZE = 1.01, 400
ISLANDS = 4
PARTICLES = 1000  # on each island
MOST_CLASSES = 8
SWEEPS, LAST = 3, 40  # after each step, and at the end
_KEPT = 0.7  # share of particles that a step should leave effective
_WORKERS = 2


@dataclass(frozen=True, slots=True)
class Latent:
    """Draws of N (islands x particles), and whether the islands agree on log n0.

    ``edge`` is the share of draws in the last twentieth of the reach.
    """

    n: int
    draws: Floats
    r_hat: float
    effective_size: float
    edge: float
    classes: int
    steps: int

    @property
    def converged(self) -> bool:
        """Whether the islands agree well enough for a number."""
        return self.r_hat < MOST_R_HAT and self.effective_size >= LEAST_SIZE


def latent_class(
    table: CaptureTable, rng: Generator, *, particles: int = PARTICLES, islands: int = ISLANDS
) -> Latent:
    """Draw the number of persons under a truncated Dirichlet process of classes.

    Where the islands do not agree, three times as many particles are tried once.

    Raises:
        UnusableTable: there are fewer than 3 lists, nobody on any, or structural zeros.
    """
    found = _run(table, rng, particles, islands)
    if found.converged:
        return found
    return _run(table, rng, 3 * particles, islands)


def _run(table: CaptureTable, rng: Generator, particles: int, islands: int) -> Latent:
    if table.width < 3 or table.n == 0 or table.structural:
        raise UnusableTable("latent classes need 3 lists, persons, and no structural zeros")
    seen = np.flatnonzero(table.counts)
    held, counts = patterns(table.width)[seen], table.counts[seen]
    classes = min(2**table.width - 1, MOST_CLASSES)
    seeds = [Generator(PCG64(rng.integers(0, 2**62))) for _ in range(islands)]
    with ThreadPoolExecutor(_WORKERS) as pool:
        runs = list(pool.map(lambda own: _island(held, counts, classes, particles, own), seeds))
    unseen_drawn = np.array([drawn for drawn, _ in runs])
    logs = np.log(np.maximum(unseen_drawn, 0.5))
    return Latent(
        table.n,
        table.n + unseen_drawn,
        r_hat(logs),
        effective_size(logs),
        float((unseen_drawn > 0.95 * REACH * table.n).mean()),
        classes,
        max(steps for _, steps in runs),
    )


@compiled
def _island(
    held: Ints, counts: Ints, classes: int, size: int, rng: Generator
) -> tuple[Floats, int]:
    """Let the persons in, from none to all; return n0 of each particle, and the steps taken."""
    cloud = [born(classes, held.shape[1], rng) for _ in range(size)]
    now, steps, reached = np.zeros_like(counts), 0, 0.0
    while reached < 1.0:
        reached, following = _further(cloud, held, counts, now, reached)
        logs = _gains(cloud, held, following, now)
        cloud = _resample(cloud, logs, rng)
        now, steps = following, steps + 1
        _move(cloud, held, now, SWEEPS if reached < 1 else LAST, rng)
    found = np.zeros(size)
    for i in range(size):
        chance = unseen(cloud[i])
        found[i] = rng.poisson(rng.gamma(counts.sum() * 1.0, 1.0) * chance / (1 - chance))
    return found, steps


@compiled
def _gains(cloud: list[Particle], held: Ints, after: Ints, before: Ints) -> Floats:
    found = np.zeros(len(cloud))
    more = after - before
    for i in range(len(cloud)):
        found[i] = likelihood(cloud[i], held, more)
    return found


@compiled
def _further(
    cloud: list[Particle], held: Ints, counts: Ints, now: Ints, reached: float
) -> tuple[float, Ints]:
    """Find how many more persons can be let in and leave enough particles effective."""
    low, high = reached, 1.0
    for _ in range(12):
        tried = high if high == 1.0 and low == reached else (low + high) / 2
        following = _share(counts, tried)
        logs = _gains(cloud, held, following, now)
        weights = np.exp(logs - logs.max())
        if weights.sum() ** 2 / (weights**2).sum() >= _KEPT * len(cloud):
            if tried == 1.0:
                return 1.0, following
            low = tried
        else:
            high = tried if high < 1.0 else (reached + 1.0) / 2
            if tried == 1.0:
                high = 0.999999
    chosen = low
    while True:
        following = _share(counts, chosen)
        if (following != now).any():
            return chosen, following
        chosen = min(1.0, chosen + 0.5 / counts.sum())


@compiled
def _share(counts: Ints, share: float) -> Ints:
    """Take a share of each count, whole persons."""
    found: Ints = np.floor(counts * share + 1e-9).astype(np.int64)
    return found


@compiled
def _resample(cloud: list[Particle], logs: Floats, rng: Generator) -> list[Particle]:
    """Draw particles by their weights, evenly (systematic resampling); kin stay side by side."""
    weights = np.exp(logs - logs.max())
    bounds = np.cumsum(weights / weights.sum())
    place, found = rng.random(), [cloud[0]]
    at = 0
    for i in range(len(cloud)):
        while at < len(cloud) - 1 and bounds[at] < (place + i) / len(cloud):
            at += 1
        if i == 0:
            found[0] = cloud[at]
        else:
            found.append(cloud[at])
    return found


@compiled
def _move(cloud: list[Particle], held: Ints, counts: Ints, sweeps: int, rng: Generator) -> None:
    for i in range(len(cloud)):
        moved = cloud[i]
        for _ in range(sweeps):
            moved = sweep(moved, held, counts, rng)
            for _ in range(4):
                moved = shift(moved, held, counts, rng)
                moved = swap(moved, rng)
        cloud[i] = moved
