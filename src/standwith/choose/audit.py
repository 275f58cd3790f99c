"""What a timeliness audit says."""

from __future__ import annotations

from dataclasses import dataclass

from standwith.assess.situation import Act


@dataclass(frozen=True, slots=True)
class Lag:
    """Days from the trigger to one act: at least, at most (None where a source leaves it open)."""

    act: Act
    least: int | None
    most: int | None

    def __str__(self) -> str:
        """Write the lag as readers say it."""
        if self.least is None and self.most is None:
            return "day not stated"
        if self.least is not None and self.least == self.most:
            return f"{self.least} days"
        if self.most is None:
            return f"{self.least} days or more"
        return f"{self.least if self.least is not None else 0} to {self.most} days"


@dataclass(frozen=True, slots=True)
class Audit:
    """All acts known so far with their lags, and the words that describe the answer."""

    days_since_trigger: int | None
    lags: tuple[Lag, ...]
    findings: tuple[str, ...]
