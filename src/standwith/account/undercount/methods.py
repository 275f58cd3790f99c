"""The methods by which a table is estimated, each with what its own answer must be judged by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.random import Generator

from standwith.account.undercount import sampled
from standwith.account.undercount.bootstrap import loglinear
from standwith.account.undercount.capture import CaptureTable
from standwith.account.undercount.dga import MOST, Posterior, dga
from standwith.account.undercount.gates import Gate
from standwith.account.undercount.latent import LEAST_SIZE, MOST_R_HAT, latent_class
from standwith.account.undercount.walk import Floats

MOST_EDGE, MOST_COMPLETE = 1e-3, 0.1
TOLD = 5  # graphs or models that are named


@dataclass(frozen=True, slots=True)
class Result:
    """One method's answer: mean, median and 95 % interval of N; gates, diagnostics, draws."""

    mean: float
    median: float
    low: float
    high: float
    gates: tuple[Gate, ...] = ()
    diagnostics: dict[str, Any] = field(default_factory=dict)
    draws: Floats | None = None


Method = Callable[[CaptureTable, Generator], Result]


def by_graphs(table: CaptureTable, rng: Generator) -> Result:
    """Average over decomposable graphs: all of them to 8 lists, those that chains visit beyond."""
    if table.width <= MOST:
        return _of(dga(table))
    found = sampled.dga_sampled(table, rng)
    chains = _chains(found.r_hat, found.effective_size)
    return _of(found.posterior, chains, {"r_hat": round(found.r_hat, 4)})


def _of(
    found: Posterior, more: tuple[Gate, ...] = (), said: dict[str, Any] | None = None
) -> Result:
    low, median, high = (found.quantile(share) for share in (0.025, 0.5, 0.975))
    gates = (_edge(found.edge), _complete(found.complete_weight), _modes(found), *more)
    return Result(found.mean, median, low, high, gates, _graphs(found) | (said or {}))


def _graphs(found: Posterior) -> dict[str, Any]:
    mean, median = found.with_complete
    return {
        "delta": found.delta,
        "complete_graph_weight": round(found.complete_weight, 4),
        "with_complete_graph": {"mean": round(mean, 1), "median": median},
        "grid_edge": round(found.edge, 6),
        "graphs": [
            {"cliques": list(cliques), "weight": round(weight, 4)}
            for cliques, weight in found.graphs[:TOLD]
        ],
        "modes": modes(found),
    }


def by_models(table: CaptureTable, rng: Generator) -> Result:
    """Choose a log-linear model, with the choice inside every bootstrap resample."""
    found = loglinear(table, rng)
    reason = "models within 2 of the best by BIC differ more than twofold: give the range"
    near = [fit.estimate for fit in found.models if fit.bic <= found.models[0].bic + 2]
    wide = max(near) / min(near) if near else 1.0
    gates = (
        Gate("models-agree", wide <= 2, wide, 2, reason, blocks=False),
        Gate(
            "resamples",
            found.failed <= 0.1 * (found.failed + len(found.draws)),
            found.failed,
            0.1 * (found.failed + len(found.draws)),
            "many resamples have no model that exists: the lists overlap too little",
        ),
    )
    told = {
        "models": [
            {"interactions": ["*".join(names) for names in fit.interactions],
             "estimate": round(fit.estimate, 1), "bic": round(fit.bic, 3),
             "deviance": round(fit.deviance, 3), "parameters": fit.parameters}
            for fit in found.models[:TOLD]
        ],
        "averaged_over_models": round(found.averaged, 1),
        "resamples": len(found.draws),
        "resamples_without_fit": found.failed,
    }  # fmt: skip
    point = found.estimate
    return Result(float(found.draws.mean()), point, found.low, found.high, gates, told, found.draws)


def by_classes(table: CaptureTable, rng: Generator) -> Result:
    """Let persons differ by latent classes; refused where the islands do not agree."""
    found = latent_class(table, rng)
    draws = found.draws.ravel()
    low, median, high = (float(x) for x in np.quantile(draws, (0.025, 0.5, 0.975)))
    gates = (*_chains(found.r_hat, found.effective_size), _edge(found.edge))
    told = {
        "r_hat": round(found.r_hat, 4),
        "effective_size": round(found.effective_size),
        "classes": found.classes,
        "steps": found.steps,
        "medians_of_islands": [round(float(x)) for x in np.median(found.draws, axis=1)],
    }
    return Result(float(draws.mean()), median, low, high, gates, told, draws)


def _chains(r_hat: float, size: float) -> tuple[Gate, ...]:
    why = "runs from dispersed starts disagree: the sampler did not converge; use another method"
    few = "too few independent draws; run longer, or use another method"
    return (
        Gate("r-hat", r_hat < MOST_R_HAT, r_hat, MOST_R_HAT, why),
        Gate("effective-size", size >= LEAST_SIZE, size, LEAST_SIZE, few),
    )


def _edge(mass: float) -> Gate:
    reason = "mass lies at the end of the grid: the data do not bound the number"
    return Gate("grid-edge", mass < MOST_EDGE, mass, MOST_EDGE, reason)


def _complete(weight: float) -> Gate:
    reason = "without the complete graph the answer differs; say both, or add a list"
    return Gate("complete-graph", weight < MOST_COMPLETE, weight, MOST_COMPLETE, reason, False)


def _modes(found: Posterior) -> Gate:
    count = len(modes(found))
    reason = "the posterior has several peaks: give each of them, not one number between"
    return Gate("modes", count <= 1, count, 1, reason, blocks=False)


def modes(found: Posterior) -> list[dict[str, float]]:
    """Find the peaks that hold a tenth of the mass each, cut at the deepest point between."""
    logs = np.log1p(found.support - found.n)
    edges = np.linspace(logs[0], logs[-1] + 1e-9, 121)
    share = np.histogram(logs, edges, weights=found.probabilities)[0]
    smooth = np.convolve(share, (0.25, 0.5, 0.25), "same")
    peaks = [
        i for i in range(1, 119) if smooth[i - 1] < smooth[i] >= smooth[i + 1] and smooth[i] > 1e-4
    ]
    cuts = [a + int(np.argmin(smooth[a : b + 1])) for a, b in pairwise(peaks)]
    parts = np.split(share, cuts)
    at = np.split((edges[1:] + edges[:-1]) / 2, cuts)
    whole = [(float(p.sum()), float(x[int(np.argmax(p))])) for p, x in zip(parts, at, strict=True)]
    return [
        {"at": round(found.n + float(np.expm1(x))), "mass": round(mass, 3)}
        for mass, x in whole
        if mass >= 0.1
    ]


METHODS: dict[str, Method] = {
    "dga": by_graphs,
    "loglinear": by_models,
    "latent-class": by_classes,
}
