"""One estimate with everything that must stand beside it: bounds, gates, tests, sensitivity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.random import Generator

from standwith.account.undercount.bounds import Bounds, bounds
from standwith.account.undercount.capture import CaptureTable
from standwith.account.undercount.consistency import (
    Answer,
    Consistency,
    calibrated,
    consistency,
)
from standwith.account.undercount.dga import Posterior, dga
from standwith.account.undercount.gates import Gate, gates, refused
from standwith.account.undercount.sensitivity import ASSUMPTION, Point, curve

METHODS = ("dga", "chao")
MOST_EDGE, MOST_COMPLETE = 1e-3, 0.1


@dataclass(frozen=True, slots=True)
class Estimate:
    """What may be said of a table. ``posterior`` is None where only bounds may be given."""

    table: CaptureTable
    method: str
    bounds: Bounds
    gates: tuple[Gate, ...]
    posterior: Posterior | None
    tests: Consistency
    sensitivity: tuple[Point, ...]
    assumption: str

    @property
    def refused(self) -> bool:
        """Whether no number of persons may be published."""
        return refused(self.gates)

    @property
    def interval(self) -> tuple[float, float] | None:
        """The interval widened as the tests inside the lists ask; None without an estimate."""
        if self.posterior is None or self.refused:
            return None
        return calibrated(_answer(self.posterior), self.table.n, self.tests.factor)


def estimate(table: CaptureTable, method: str, rng: Generator) -> Estimate:
    """Estimate the number of persons, or give the lower bound alone where a gate refuses.

    Raises:
        UnusableTable: the method cannot take such a table.
        ValueError: there is no such method.
    """
    if method not in METHODS:
        raise ValueError(f"{method!r} is no method; choose {', '.join(METHODS)}")
    found = gates(table)
    if method == "chao" or refused(found):
        return Estimate(table, method, bounds(table), found, None, Consistency(()), (), ASSUMPTION)
    posterior = dga(table)
    tests = consistency(table, _by_graphs)
    held = (*found, *_after(posterior), _coverage(tests))
    return Estimate(
        table, method, bounds(table), held, posterior, tests, curve(table, rng), ASSUMPTION
    )


def _by_graphs(table: CaptureTable) -> Answer:
    return _answer(dga(table))


def _answer(found: Posterior) -> Answer:
    return found.quantile(0.5), found.quantile(0.025), found.quantile(0.975)


def _after(found: Posterior) -> tuple[Gate, ...]:
    edge = "mass lies at the end of the grid: the data do not bound the number"
    complete = "without the complete graph the answer differs; say both, or add a list"
    return (
        Gate("grid-edge", bool(found.edge < MOST_EDGE), found.edge, MOST_EDGE, edge),
        Gate(
            "complete-graph",
            found.complete_weight < MOST_COMPLETE,
            found.complete_weight,
            MOST_COMPLETE,
            complete,
            blocks=False,
        ),
    )


def _coverage(tests: Consistency) -> Gate:
    share = tests.coverage
    reason = "intervals miss known truths inside the lists; use the calibrated interval"
    if share is None:
        reason = "no list could be estimated from the others; the interval is not calibrated"
    return Gate(
        "internal-consistency", (share or 0) >= 0.9, share or 0.0, 0.9, reason, blocks=False
    )


def as_data(found: Estimate) -> dict[str, Any]:
    """Write an estimate as plain data; numbers of persons are null where none may be given."""
    posterior = None if found.refused else found.posterior
    interval = found.interval
    return {
        "n": found.table.n,
        "method": found.method,
        "estimate": _numbers(posterior),
        "calibrated": _ends(interval),
        "lower_bound": round(found.bounds.chao_corrected),
        "gates": [
            {"id": g.id, "passed": g.passed, "reason": "" if g.passed else g.reason,
             "value": g.value, "limit": g.limit, "blocks": g.blocks} for g in found.gates
        ],
        "refused": found.refused,
        "assumption": found.assumption,
        "sensitivity": [
            {"xi": p.xi, "median": round(p.median), "q025": round(p.low), "q975": round(p.high)}
            for p in found.sensitivity
        ],
        "internal_consistency": _tests(found.tests),
        "diagnostics": _diagnostics(found.posterior),
    }  # fmt: skip


def _ends(interval: tuple[float, float] | None) -> dict[str, int] | None:
    return {"q025": round(interval[0]), "q975": round(interval[1])} if interval else None


def _numbers(found: Posterior | None) -> dict[str, float] | None:
    if found is None:
        return None
    quantiles = {f"q{int(share * 1000):03d}": found.quantile(share) for share in (0.025, 0.975)}
    return {"mean": round(found.mean, 1), "median": found.quantile(0.5)} | quantiles


def _tests(found: Consistency) -> dict[str, Any]:
    return {
        "tests": [
            {"list": t.name, "truth": t.truth, "median": round(t.median), "q025": round(t.low),
             "q975": round(t.high), "log_error": round(t.error, 3)} for t in found.tests
        ],
        "rmse_log": None if found.rmse is None else round(found.rmse, 3),
        "coverage": found.coverage,
        "factor": round(found.factor, 3),
    }  # fmt: skip


def _diagnostics(found: Posterior | None) -> dict[str, Any]:
    if found is None:
        return {}
    mean, median = found.with_complete
    return {
        "delta": found.delta,
        "complete_graph_weight": round(found.complete_weight, 4),
        "with_complete_graph": {"mean": round(mean, 1), "median": median},
        "grid_edge": round(found.edge, 6),
        "graphs": [{"cliques": list(c), "weight": round(w, 4)} for c, w in found.graphs[:5]],
    }
