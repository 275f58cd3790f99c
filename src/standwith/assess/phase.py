"""In which phase is the movement: a distribution from dated signs, never a bare label."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import prod

from standwith.assess.belief import PhaseBelief, PhaseEstimate
from standwith.assess.situation import PhaseEvidence
from standwith.kernel.argument import Argument
from standwith.kernel.document import Data
from standwith.kernel.pack import read_yaml
from standwith.kernel.verdict import Verdict

HELD = 0.90


@cache
def _table() -> Data:
    return read_yaml("assess/phases.yaml").data


@cache
def indicators() -> dict[str, tuple[str, tuple[float, ...]]]:
    """Return title and likelihood in each phase, by indicator (editorial estimates)."""
    rows = _table()["indicators"]
    return {r["id"]: (r["title"], tuple(float(x) for x in r["likelihood"])) for r in rows}


def estimate(evidence: Sequence[PhaseEvidence]) -> PhaseEstimate:
    """Combine signs by Bayes' rule from equal priors, each indicator once.

    Signs are taken as independent given the phase, which makes the result too sure; that is why
    all phases up to 90 % are held, not the likeliest alone. Without signs no phase is held.
    """
    names = [str(row["name"]) for row in _table()["phases"]]
    used = {item.indicator: item for item in sorted(evidence, key=lambda e: e.indicator)}
    table = indicators()
    weights = [prod(table[key][1][phase] for key in used) for phase in range(len(names))]
    total = sum(weights)
    shares = [weight / total for weight in weights]
    held = _smallest_set(shares) if used else frozenset()
    beliefs = tuple(
        PhaseBelief(phase, names[phase], share, phase in held) for phase, share in enumerate(shares)
    )
    return PhaseEstimate(beliefs, tuple(_reason(item) for item in used.values()))


def _smallest_set(shares: Sequence[float]) -> frozenset[int]:
    chosen: list[int] = []
    for phase in sorted(range(len(shares)), key=lambda p: (-shares[p], p)):
        if sum(shares[p] for p in chosen) >= HELD:
            break
        chosen.append(phase)
    return frozenset(chosen)


def _reason(item: PhaseEvidence) -> Argument:
    title, likelihood = indicators()[item.indicator]
    likely = ", ".join(f"{phase}: {share:g}" for phase, share in enumerate(likelihood))
    text = f"{title}: {item.note} (likelihood by phase {likely}; estimates)"
    return Argument(text, Verdict.TRUE, item.indicator, item.source)
