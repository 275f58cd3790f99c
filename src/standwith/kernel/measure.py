"""Figures that carry what makes them honest: unit, date, source, method, interval."""

from __future__ import annotations

from dataclasses import dataclass

from standwith.kernel.period import Period
from standwith.kernel.source import Citation


@dataclass(frozen=True, slots=True)
class Measure:
    """A value in a unit, with its interval [low, high] where the value is not exact.

    Raises:
        ValueError: the interval does not hold the value, or the unit is missing.
    """

    value: float
    unit: str
    as_of: Period
    source: Citation
    method: str
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        """Refuse a figure without unit, and an interval that does not hold its value."""
        if not self.unit:
            raise ValueError("a measure needs a unit; write for example 'persons'")
        below = self.low is not None and self.value < self.low
        above = self.high is not None and self.value > self.high
        if below or above:
            message = f"{self.value} lies outside its own interval [{self.low}, {self.high}]"
            raise ValueError(message)

    def __str__(self) -> str:
        """Write value, interval, unit, date and source on one line."""
        known = [f"{end:g}" for end in (self.low, self.high) if end is not None]
        interval = f" [{' to '.join(known)}]" if known else ""
        return f"{self.value:g}{interval} {self.unit} ({self.as_of}; {self.source})"
