"""What a person should look at next: pairs whose answer is open and would change something.

A decision never deletes: it is a record of its own, may be taken back by a later one, and the
links are worked out anew from all that stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

import numpy as np
from numpy.typing import NDArray

from standwith.account.linkage.cluster import Link
from standwith.account.linkage.partition import Draws


@dataclass(frozen=True, slots=True)
class Question:
    """A pair to be looked at: how sure it is now, and how much there is to learn, in bits."""

    left: str
    right: str
    together: float
    bits: float
    records: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided of a pair: one person, two, or that it is open again (None)."""

    left: str
    right: str
    same: bool | None
    by: str
    reason: str


CERTAIN = 1e6  # log-odds that a decision gives: no other record outweighs it


def queue(draws: Draws, links: Iterable[Link], *, count: int = 50) -> tuple[Question, ...]:
    """List the pairs with most to learn, the largest first.

    Bits are the entropy of the share of draws in which the pair is one person, times the records
    that hang on it (those that stand with either in half of the draws).
    """
    weight = _company(draws)
    place = {record: i for i, record in enumerate(draws.records)}
    found = [
        Question(link.left, link.right, share, _entropy(share) * hang, hang)
        for link in links
        for i, j in [(place[link.left], place[link.right])]
        for share in [float((draws.persons[:, i] == draws.persons[:, j]).mean())]
        for hang in [weight[link.left] + weight[link.right]]
        if 0 < share < 1
    ]
    found.sort(key=lambda question: (-question.bits, question.left, question.right))
    return tuple(found[:count])


def _company(draws: Draws) -> dict[str, int]:
    """Count for each record those that are one person with it in half of the draws, itself too."""
    held = [Counter[int]() for _ in draws.records]
    for row in draws.persons:
        for members in np.split(np.argsort(row, kind="stable"), _begins(np.sort(row))):
            for i in members.tolist() if len(members) > 1 else ():
                held[i].update(members.tolist())
    half = len(draws.persons) / 2
    shared = (sum(n >= half for n in counted.values()) for counted in held)
    return {record: max(1, n) for record, n in zip(draws.records, shared, strict=True)}


def _begins(ordered: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return where another person begins among ordered ones."""
    return 1 + np.flatnonzero(np.diff(ordered))


def _entropy(share: float) -> float:
    return -share * log2(share) - (1 - share) * log2(1 - share)


def standing(decisions: Sequence[Decision]) -> dict[tuple[str, str], bool]:
    """Return what stands of each pair: the last decision, and nothing where it was opened again."""
    last: dict[tuple[str, str], bool | None] = {}
    for decision in decisions:
        left, right = sorted((decision.left, decision.right))
        last[left, right] = decision.same
    return {pair: same for pair, same in last.items() if same is not None}


def decided(links: Iterable[Link], stands: Mapping[tuple[str, str], bool]) -> tuple[Link, ...]:
    """Put what was decided in the place of what was weighed, and add what was not."""
    found = {(min(x.left, x.right), max(x.left, x.right)): x.weight for x in links}
    for pair, same in stands.items():
        found[pair] = CERTAIN if same else -CERTAIN
    return tuple(Link(left, right, weight) for (left, right), weight in sorted(found.items()))
