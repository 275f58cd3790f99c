"""How good a linkage is: by pairs after closure, by record, by whole persons, and in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import comb, sqrt

from standwith.account.linkage.cluster import UnusableLinks

Labels = Mapping[str, Hashable]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall, and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean; 0 where both are."""
        whole = self.precision + self.recall
        return 2 * self.precision * self.recall / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A linkage beside the truth; ``error`` is the relative error in the number of persons."""

    pairs: Score
    b_cubed: Score
    exact: float
    found: int
    true: int

    @property
    def error(self) -> float:
        """Relative error in the number of persons: above 0 where too many were found."""
        return self.found / self.true - 1


def evaluate(found: Labels, truth: Labels) -> Evaluation:
    """Compare two labellings of the same records.

    Pairs are counted after closure. B-cubed (Bagga and Baldwin 1998) asks of each record which
    share of its person found is of its true one, and the other way. ``exact`` is the share of true
    persons that were found whole and alone.

    Raises:
        UnusableLinks: there is no record, or the two do not have the same ones.
    """
    if not truth or set(found) != set(truth):
        missing = sorted(set(found) ^ set(truth))[:3]
        raise UnusableLinks(f"label the same records in both; only in one: {', '.join(missing)}")
    both = Counter((found[record], truth[record]) for record in truth)
    mine, theirs = Counter(found[record] for record in truth), Counter(truth.values())
    shared = sum(comb(n, 2) for n in both.values())
    exact = sum(1 for (a, b), n in both.items() if n == mine[a] == theirs[b])
    return Evaluation(
        Score(_share(shared, _pairs(mine)), _share(shared, _pairs(theirs))),
        Score(
            sum(n * n / mine[a] for (a, _), n in both.items()) / len(truth),
            sum(n * n / theirs[b] for (_, b), n in both.items()) / len(truth),
        ),
        exact / len(theirs),
        len(mine),
        len(theirs),
    )


def _pairs(counted: Counter[Hashable]) -> int:
    return sum(comb(n, 2) for n in counted.values())


def _share(part: int, whole: int) -> float:
    """A share; where nothing was claimed, nothing was wrong."""
    return part / whole if whole else 1.0


@dataclass(frozen=True, slots=True)
class Sampled:
    """An estimate from true persons that were sampled, with its standard error."""

    value: float
    error: float


def from_sample(found: Labels, sample: Sequence[Sequence[str]]) -> tuple[Sampled, Sampled]:
    """Estimate the precision and recall of pairs from true persons drawn evenly among persons.

    Binette, York, Hickerson, Baek, Madhavan and Jones (2023): for each sampled person the pairs
    found within it are counted, and those that lead out of it; ratios of the means, their errors
    by linearisation.

    Raises:
        UnusableLinks: fewer than two persons were sampled, or a record has no label.
    """
    if len(sample) < 2:
        raise UnusableLinks("sample two persons at least")
    unknown = [record for person in sample for record in person if record not in found]
    if unknown:
        raise UnusableLinks(f"{unknown[0]!r} was not linked; sample among the linked records")
    size = Counter(found.values())
    right, wanted, claimed = list[float](), list[float](), list[float]()
    for person in sample:
        inside = Counter(found[record] for record in person)
        right.append(sum(comb(n, 2) for n in inside.values()))
        wanted.append(comb(len(person), 2))
        out = sum(n * (size[label] - n) for label, n in inside.items())
        claimed.append(right[-1] + out / 2)
    return _ratio(right, claimed), _ratio(right, wanted)


def _ratio(above: Sequence[float], below: Sequence[float]) -> Sampled:
    n, whole = len(above), sum(below)
    if not whole:
        return Sampled(1.0, 0.0)
    value, mean = sum(above) / whole, whole / n
    spread = sum((a - value * b) ** 2 for a, b in zip(above, below, strict=True)) / (n - 1)
    return Sampled(value, sqrt(spread / n) / mean)
