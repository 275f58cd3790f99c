"""Internal consistency: truth that lies in the data, and intervals that are calibrated on it.

Inside one list the number of persons is known. Its size is estimated from the other lists and
compared. The test is of dependence among the other lists inside that one; it says nothing of the
people whom no list holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log, sqrt

from standwith.account.undercount.capture import CaptureTable

LEAST = 30  # persons of a list who are on another, below which it is no test
NOMINAL = 0.95
WIDEST = 20.0

# Median and 95 % interval of the number of persons.
Answer = tuple[float, float, float]
Estimator = Callable[[CaptureTable], Answer | None]


@dataclass(frozen=True, slots=True)
class Check:
    """One list whose size was estimated from the others; error is log(estimate / truth)."""

    name: str
    truth: int
    seen: int
    median: float
    low: float
    high: float

    @property
    def error(self) -> float:
        """Logarithm of estimate over truth."""
        return log(self.median / self.truth)

    @property
    def covered(self) -> bool:
        """Whether the interval holds the truth."""
        return self.low <= self.truth <= self.high


@dataclass(frozen=True, slots=True)
class Consistency:
    """The tests of a table; shares and root mean square are None where there was no test."""

    tests: tuple[Check, ...]

    @property
    def rmse(self) -> float | None:
        """Root mean square of the errors."""
        if not self.tests:
            return None
        return sqrt(sum(test.error**2 for test in self.tests) / len(self.tests))

    @property
    def coverage(self) -> float | None:
        """Share of the tests whose interval held the truth."""
        if not self.tests:
            return None
        return sum(test.covered for test in self.tests) / len(self.tests)

    @property
    def factor(self) -> float:
        """Factor by which intervals on log n0 must be wider to hold the truth as often as they say.

        1 where they do already or no test could be made; at most 20.
        """
        needed = sorted(_needed(test) for test in self.tests)
        if not needed:
            return 1.0
        most_missed = int((1 - NOMINAL) * len(needed))
        return min(max(1.0, needed[len(needed) - 1 - most_missed]), WIDEST)


def _needed(test: Check) -> float:
    """Factor at which the interval of one test just holds the truth."""
    n0, middle = log(max(test.truth - test.seen, 0.5)), log(max(test.median - test.seen, 0.5))
    side = test.high if n0 > middle else test.low
    reach = abs(log(max(side - test.seen, 0.5)) - middle)
    return abs(n0 - middle) / reach if reach > 0 else (1.0 if n0 == middle else WIDEST)


def consistency(table: CaptureTable, estimate: Estimator) -> Consistency:
    """Estimate each list's size from the others, where enough of its persons are on another.

    A list for which the estimator has no answer is no test.
    """
    found = []
    for name, truth in table.sizes().items():
        if table.width < 4:
            break
        inner = table.inside(name)
        if inner.n >= LEAST and all(inner.sizes().values()):
            answer = estimate(inner)
            if answer is not None:
                found.append(Check(name, truth, inner.n, *answer))
    return Consistency(tuple(found))


def calibrated(answer: Answer, seen: int, factor: float) -> tuple[float, float]:
    """Widen an interval on log n0 by a factor."""
    median, low, high = (log(max(value - seen, 0.5)) for value in answer)
    return (
        seen + exp(median - factor * (median - low)),
        seen + exp(median + factor * (high - median)),
    )
