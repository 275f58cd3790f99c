"""Whether chains agree: rank-normalised split R-hat and effective sample size.

Vehtari, Gelman, Simpson, Carpenter and Buerkner (2021); autocorrelation sums after Geyer (1992).
Only quantities that do not change when classes are renamed may be judged.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

Floats = NDArray[np.float64]
LEAST = 8  # draws of a chain, below which nothing can be said


def r_hat(chains: Floats) -> float:
    """Return the larger of the bulk and the folded R-hat of chains x draws; 1 is agreement.

    Raises:
        ValueError: there are fewer than 2 chains, too few draws, or values that are no numbers.
    """
    _check(chains)
    split = _split(chains)
    folded = np.abs(split - np.median(split))
    return max(_plain(_normal(split)), _plain(_normal(folded)))


def effective_size(chains: Floats) -> float:
    """Return the bulk effective sample size of chains x draws.

    Raises:
        ValueError: see ``r_hat``.
    """
    _check(chains)
    held = _normal(_split(chains))
    count, draws = held.shape
    if np.ptp(held) == 0:
        return float(held.size)
    covariance = np.array([_autocovariance(chain) for chain in held])
    within = float(covariance[:, 0].mean() * draws / (draws - 1))
    whole = within * (draws - 1) / draws + float(held.mean(axis=1).var(ddof=1))
    rho = 1 - (within - covariance.mean(axis=0)) / whole
    rho[0] = 1.0
    tau = max(_tau(rho), 1 / np.log10(count * draws))
    return float(count * draws / tau)


def _check(chains: Floats) -> None:
    if chains.ndim != 2 or chains.shape[0] < 2 or chains.shape[1] < LEAST:
        raise ValueError(f"give 2 chains at least, with {LEAST} draws each")
    if not np.isfinite(chains).all():
        raise ValueError("a draw is no number")


def _split(chains: Floats) -> Floats:
    half = chains.shape[1] // 2
    return np.concatenate([chains[:, :half], chains[:, -half:]])


def _normal(chains: Floats) -> Floats:
    """Replace values by the normal scores of their ranks (Blom 1958)."""
    ranks = rankdata(chains).reshape(chains.shape)
    scores: Floats = ndtri((ranks - 0.375) / (chains.size + 0.25))
    return scores


def _plain(chains: Floats) -> float:
    draws = chains.shape[1]
    within = float(chains.var(axis=1, ddof=1).mean())
    between = draws * float(chains.mean(axis=1).var(ddof=1))
    if within <= 1e-20 * between or between == within == 0:
        return 1.0 if between == 0 else float("inf")
    return float(np.sqrt((between / within + draws - 1) / draws))


def _autocovariance(chain: Floats) -> Floats:
    """Autocovariance at every lag by the transform of the padded chain."""
    draws = len(chain)
    held = np.fft.rfft(chain - chain.mean(), 2 * draws)
    found: Floats = np.fft.irfft(held * held.conj())[:draws] / draws
    return found


def _tau(rho: Floats) -> float:
    """Sum pairs of autocorrelations while they are positive, made to fall (Geyer 1992)."""
    last = len(rho) - 3
    pairs = [float(rho[t] + rho[t + 1]) for t in range(0, last + 2, 2)]
    end = next((i for i, pair in enumerate(pairs) if pair < 0), len(pairs))
    falling = np.minimum.accumulate(pairs[: max(end, 1)])
    after = float(rho[2 * end]) if 0 < end < len(pairs) else 0.0
    return -1 + 2 * float(falling.sum()) + max(0.0, after)
