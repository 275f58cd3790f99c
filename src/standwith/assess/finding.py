"""What a criterion comes to for one organisation or for the situation."""

from __future__ import annotations

from dataclasses import dataclass

from standwith.kernel.argument import Argument
from standwith.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """What a criterion comes to: verdict, grade of meeting, and the argument."""

    criterion: str
    verdict: Verdict
    grade: str
    argument: Argument
