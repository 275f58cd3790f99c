"""One estimate with everything that must stand beside it: bounds, gates, tests, sensitivity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.random import Generator

from standwith.account.undercount.averaging import Averaged
from standwith.account.undercount.bootstrap import loglinear
from standwith.account.undercount.bounds import Bounds, bounds, bounds_data
from standwith.account.undercount.capture import CaptureTable, UnusableTable
from standwith.account.undercount.consistency import (
    Answer,
    Consistency,
    Estimator,
    calibrated,
    consistency,
)
from standwith.account.undercount.dga import dga
from standwith.account.undercount.gates import Gate, gates, refused
from standwith.account.undercount.loglinear import MOST, marked, select, stepwise
from standwith.account.undercount.methods import METHODS, Result
from standwith.account.undercount.sensitivity import ASSUMPTION, Point, curve

MOST_APART = 2.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """What may be said of a table. ``result`` is None where only bounds may be given."""

    table: CaptureTable
    method: str
    bounds: Bounds
    gates: tuple[Gate, ...]
    result: Result | None
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
        if self.result is None or self.refused:
            return None
        return self.widened(_answer(self.result))

    def widened(self, answer: Answer) -> tuple[float, float]:
        """Widen an interval by the tests inside the lists, and to what would contradict it.

        That is the lower bound, and the number under the assumption alone, without any of the
        method's own, where its interval of 95 % has nothing in common with the method's.
        """
        low, high = calibrated(answer, self.table.n, self.tests.factor)
        high = max(high, self.bounds.by_lists or 0)
        for point in (point for point in self.sensitivity if point.xi == 1):
            high = max(high, point.median) if point.low > high else high
            low = min(low, point.median) if point.high < low else low
        return low, high


def estimate(table: CaptureTable, method: str, rng: Generator) -> Estimate:
    """Estimate the number of persons, or give the lower bound alone where a gate refuses.

    Raises:
        UnusableTable: the method cannot take such a table.
        ValueError: there is no such method.
    """
    if method != "chao" and method not in METHODS:
        raise ValueError(f"{method!r} is no method; choose {', '.join([*METHODS, 'chao'])}")
    found, floor = gates(table), bounds(table)
    if method == "chao" or refused(found):
        return Estimate(table, method, floor, found, None, Consistency(()), (), ASSUMPTION)
    result = METHODS[method](table, rng)
    tests = consistency(table, _inside(method, rng))
    beside = (_agreement(table, method, result), _above(result, floor), _coverage(tests))
    held = (*found, *result.gates, *beside)
    points = () if table.structural else curve(table, rng)
    return Estimate(table, method, floor, held, result, tests, points, ASSUMPTION)


def _inside(method: str, rng: Generator) -> Estimator:
    """Estimate inside a list by the same method; classes by graphs, for they take minutes."""
    if method == "loglinear":
        return lambda table: _models_inside(table, rng)
    return lambda table: _answer(METHODS["dga"](table, rng))


def validate(table: CaptureTable, rng: Generator) -> dict[str, Consistency]:
    """Test every method that is fast enough inside each list, where the number is known.

    Raises:
        UnusableTable: the table has fewer than 4 lists, so that no list leaves three others.
    """
    if table.width < 4:
        raise UnusableTable(f"{table.width} lists; a test inside one needs three others at least")
    return {name: consistency(table, _inside(name, rng)) for name in ("dga", "loglinear")}


def _models_inside(table: CaptureTable, rng: Generator) -> Answer | None:
    try:
        found = loglinear(table, rng, count=200)
    except UnusableTable:
        return None
    return found.estimate, found.low, found.high


def _answer(found: Result) -> Answer:
    return found.median, found.low, found.high


def _agreement(table: CaptureTable, method: str, found: Result) -> Gate:
    """Whether another kind of estimator says much the same."""
    reason = "estimators differ more than twofold: give the range, not one number"
    try:
        other = _other(table, method)
    except UnusableTable:
        reason = "no other kind of estimator has an answer to compare with"
        return Gate("agreement", False, 0.0, MOST_APART, reason, blocks=False)
    apart = max(other, found.median) / max(1.0, min(other, found.median))
    return Gate("agreement", apart <= MOST_APART, apart, MOST_APART, reason, blocks=False)


def _above(found: Result, floor: Bounds) -> Gate:
    """Whether the estimate is not below what there are at least."""
    least = floor.least
    reason = "the estimate is below the lower bound: look for missed links, or for lists that avoid"
    reason = f"{reason} each other"
    return Gate("lower-bound", found.median >= least, found.median, least, reason, blocks=False)


def _other(table: CaptureTable, method: str) -> float:
    if method == "dga":
        if table.width <= MOST:
            return select(table, count=1)[0].estimate
        return table.n + stepwise(marked(table), table.width)[1]
    return dga(table).quantile(0.5)


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
    result = None if found.refused else found.result
    return {
        "n": found.table.n,
        "method": found.method,
        "estimate": _numbers(result),
        "calibrated": _ends(found.interval),
        "lower_bound": int(found.bounds.least),
        "gates": [
            {"id": g.id, "passed": g.passed, "reason": "" if g.passed else g.reason,
             "value": round(g.value, 6), "limit": g.limit, "blocks": g.blocks}
            for g in found.gates
        ],
        "refused": found.refused,
        "assumption": found.assumption,
        "sensitivity": [
            {"xi": p.xi, "median": round(p.median), "q025": round(p.low), "q975": round(p.high)}
            for p in found.sensitivity
        ],
        "internal_consistency": consistency_data(found.tests),
        "diagnostics": {"bounds": bounds_data(found.bounds)}
        | (found.result.diagnostics if found.result else {}),
    }  # fmt: skip


def averaged_data(found: Estimate, averaged: Averaged) -> dict[str, Any]:
    """Write an average over draws of the linkage, with what stands beside the linkage as it is.

    The estimate, its interval and the lower bound are those of the average; gates, tests inside the
    lists and the curve those of ``found``, the table of the linkage that was settled on.
    """
    told = as_data(found)
    told["linkage"] = {
        "draws": averaged.draws,
        "n": list(averaged.n),
        "shares": {name: round(share, 4) for name, share in averaged.shares.items()},
    }
    told["lower_bound"] = int(min(averaged.least, found.bounds.least))
    if told["estimate"] is not None:
        ends = averaged.median, averaged.low, averaged.high
        told["estimate"] = {
            "mean": round(averaged.mean, 1),
            "median": round(averaged.median),
            "q025": round(averaged.low),
            "q975": round(averaged.high),
        }
        told["calibrated"] = _ends(found.widened(ends))
    return told


def _ends(interval: tuple[float, float] | None) -> dict[str, int] | None:
    return {"q025": round(interval[0]), "q975": round(interval[1])} if interval else None


def _numbers(found: Result | None) -> dict[str, float] | None:
    if found is None:
        return None
    ends = {"q025": round(found.low), "q975": round(found.high)}
    return {"mean": round(found.mean, 1), "median": round(found.median)} | ends


def consistency_data(found: Consistency) -> dict[str, Any]:
    """Write the tests inside the lists as plain data."""
    return {
        "tests": [
            {"list": t.name, "truth": t.truth, "median": round(t.median), "q025": round(t.low),
             "q975": round(t.high), "log_error": round(t.error, 3)} for t in found.tests
        ],
        "rmse_log": None if found.rmse is None else round(found.rmse, 3),
        "coverage": found.coverage,
        "factor": round(found.factor, 3),
    }  # fmt: skip
