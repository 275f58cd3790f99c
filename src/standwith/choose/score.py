"""Scores of an action on nine criteria, from the estimates of its record and graded evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from standwith.choose.action import Action
from standwith.choose.page import EvidenceGrade
from standwith.choose.release import by_id, current
from standwith.kernel.document import Data

GOALS = 4
CRITERIA = (
    "movement capacity",
    "loyalty shifts",
    "solidarity",
    "less repression",
    "safety of activists",
    "speed",
    "low cost",
    "reversibility",
    "coalition fit",
)
WIDTHS = {"A": 0.10, "B": 0.15, "C": 0.20, "D": 0.30, "X": 0.30}
_SAFETY = {"none": 0.95, "low": 0.80, "medium": 0.60, "high": 0.35}
_DIRECTNESS = {"atrocity": 2, "related": 1}


@cache
def _items() -> Mapping[str, Data]:
    return by_id(current()["evidence"])


def grade_evidence(action: Action) -> EvidenceGrade:
    """Grade the evidence: s = sum(d q) / (sum q + 2), q = design x directness; arguments count 0.

    d is +1 for, -1 against, and 0 where the study shows mixed or no effect.

    A: s >= .5 with five studies or more; B: s >= .25; C: s > 0; D: no study, or s between -.25
    and 0; X: s <= -.25 (harm).
    """
    weighed = [(_shows(key), _weight(key)) for key in action.evidence_for]
    weighed += [(-_shows(key), _weight(key)) for key in action.evidence_against]
    studies = sum(1 for _, q in weighed if q)
    s = sum(d * q for d, q in weighed) / (sum(q for _, q in weighed) + 2)
    return EvidenceGrade(_letter(s, studies), s, studies)


def _shows(key: str) -> int:
    return 1 if _items()[key]["shows"] == "effect" else 0


def _weight(key: str) -> int:
    row = _items()[key]
    return int(row["design"]) * _DIRECTNESS[row["directness"]]


def _letter(s: float, studies: int) -> str:
    if s <= -0.25:
        return "X"
    if s >= 0.5 and studies >= 5:
        return "A"
    if s >= 0.25:
        return "B"
    return "C" if s > 0 else "D"


def centre(action: Action) -> tuple[float, ...]:
    """Return the middle score on each criterion, in [0, 1]; all are editorial estimates.

    Goals: .6 for the first, .4 for others, .05 where the action does not aim. Speed:
    1 / (1 + typical days / 30). Cost: .9 up to 10,000 EUR, .6, and .3 from ten million.
    """
    goals = [_aim(action, goal) for goal in ("G1", "G2", "G3", "G4")]
    speed = 1 / (1 + action.notice_days[1] / 30)
    most = action.cost_eur[1]
    cost = 0.9 if most <= 10_000 else 0.3 if most >= 10_000_000 else 0.6
    rest = (_SAFETY[_worst(action)], speed, cost, action.reversibility, action.coalition_fit)
    return (*goals, *rest)


def _aim(action: Action, goal: str) -> float:
    if goal not in action.goals:
        return 0.05
    return 0.6 if action.goals[0] == goal else 0.4


def _worst(action: Action) -> str:
    touched = [
        risk.severity
        for risk in action.risks
        if risk.to in {"activists", "relatives", "victims", "movement"}
    ]
    ladder = list(_SAFETY)
    return max(touched, key=ladder.index, default="none")


def sample_scores(
    rng: np.random.Generator, actions: Sequence[Action], size: int
) -> NDArray[np.float32]:
    """Draw scores (size, actions, 9): triangular about the centre, as wide as evidence is weak."""
    middle = np.array([centre(a) for a in actions], dtype=np.float32)
    width = np.array([WIDTHS[grade_evidence(a).letter] for a in actions], dtype=np.float32)[:, None]
    low, high = np.clip(middle - width, 0, 1), np.clip(middle + width, 0, 1)
    drawn = rng.random((size, *middle.shape), dtype=np.float32)
    return _triangular(drawn, low, middle, high)


def _triangular(
    uniform: NDArray[np.float32],
    low: NDArray[np.float32],
    mode: NDArray[np.float32],
    high: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Turn uniform draws into triangular ones by the inverse of the distribution function."""
    span = np.maximum(high - low, 1e-9)
    turn = (mode - low) / span
    left = low + np.sqrt(uniform * span * (mode - low))
    right = high - np.sqrt((1 - uniform) * span * (high - mode))
    result: NDArray[np.float32] = np.where(uniform < turn, left, right)
    return result
