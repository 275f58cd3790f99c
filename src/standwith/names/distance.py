"""Weighted edit distances of sounds, for many pairs of words at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BARE_INSERT = {"V": 0.0, "Y": 0.25, "H": 0.35}
_BARE = {
    "GK": 0.4, "SZ": 0.5, "ST": 0.5, "DZ": 0.4, "GJ": 0.4, "BP": 0.2, "FV": 0.5, "JY": 0.5,
    "CX": 0.4, "HK": 0.5, "FP": 0.4, "DT": 0.5, "BV": 0.6, "JZ": 0.6, "CJ": 0.5, "VY": 0.35,
    "SX": 0.5,
}  # fmt: skip
_FULL_INSERT = {"A": 0.35, "E": 0.35, "I": 0.35, "O": 0.35, "H": 0.4}
_FULL = {
    "AO": 0.25, "EI": 0.25, "AE": 0.35, "AI": 0.4, "EO": 0.35, "IO": 0.4, "GH": 0.25, "GK": 0.5,
    "HK": 0.35, "OV": 0.3, "VF": 0.35, "FV": 0.35, "SZ": 0.4, "SX": 0.5, "CX": 0.4, "JZ": 0.35,
    "IJ": 0.3, "CJ": 0.5, "DZ": 0.5, "BP": 0.4, "DT": 0.5, "ST": 0.6, "KS": 0.7, "TZ": 0.5,
    "BV": 0.6, "CS": 0.6, "CK": 0.5, "MN": 0.6,
}  # fmt: skip


@cache
def costs(*, full: bool) -> tuple[Floats, Floats]:
    """Return costs of one letter more (26) and of one for another (26 x 26)."""
    inserts, pairs = (_FULL_INSERT, _FULL) if full else (_BARE_INSERT, _BARE)
    more = np.array([inserts.get(letter, 1.0) for letter in _ALPHABET])
    other = np.ones((26, 26)) - np.eye(26)
    for pair, cost in pairs.items():
        a, b = (_ALPHABET.index(letter) for letter in pair)
        other[a, b] = other[b, a] = cost
    return more, other


@lru_cache(maxsize=65536)
def weight(word: str, *, full: bool) -> float:
    """Weigh a word by the costs of its letters, at least .4."""
    more, _ = _tables(full=full)
    return max(0.4, sum(more[letter] for letter in word))


_LARGEST = 500_000  # pairs whose distance is remembered
_known: dict[tuple[str, str, bool], float] = {}


def distance(one: str, other: str, *, full: bool) -> float:
    """Return the distance of two words (letters A to Z), as ``distances`` does for many."""
    key = (one, other, full)
    found = _known.get(key)
    if found is None:
        found = _distance(one, other, full=full)
        _remember([key], [found])
    return found


def _remember(keys: Sequence[tuple[str, str, bool]], found: Sequence[float]) -> None:
    if len(_known) + len(keys) > _LARGEST:
        _known.clear()
    _known.update(zip(keys[:_LARGEST], found[:_LARGEST], strict=True))


def _distance(one: str, other: str, *, full: bool) -> float:
    more, change = _tables(full=full)
    row = [0.0]
    for letter in other:
        row.append(row[-1] + more[letter])
    for letter in one:
        before, row[0] = row[0], row[0] + more[letter]
        for j, b in enumerate(other, start=1):
            kept = before + change[letter + b]
            before = row[j]
            row[j] = min(kept, before + more[letter], row[j - 1] + more[b])
    return row[-1]


@cache
def _tables(*, full: bool) -> tuple[dict[str, float], dict[str, float]]:
    """Write the costs by letters and pairs of letters."""
    more, other = costs(full=full)
    pairs = ((a, b) for a in _ALPHABET for b in _ALPHABET)
    return (
        dict(zip(_ALPHABET, more.tolist(), strict=True)),
        {a + b: float(other[_ALPHABET.index(a), _ALPHABET.index(b)]) for a, b in pairs},
    )


def distances(pairs: Sequence[tuple[str, str]], *, full: bool) -> Floats:
    """Return the distances of many pairs of words at once, and remember them for ``distance``.

    Wagner and Fischer (1974), a cell of the table for all pairs at a time.
    """
    found = np.zeros(len(pairs))
    for begin in range(0, len(pairs), _AT_ONCE):
        part = slice(begin, begin + _AT_ONCE)
        found[part] = _at_once(pairs[part], full=full)
    _remember([(one, other, full) for one, other in pairs], found.tolist())
    return found


_AT_ONCE = 50_000


def _at_once(pairs: Sequence[tuple[str, str]], *, full: bool) -> Floats:
    more, other = costs(full=full)
    a, b = (_coded([pair[side] for pair in pairs]) for side in (0, 1))
    insert = np.append(more, 0.0)
    change = np.zeros((27, 27))
    change[:26, :26] = other
    change[26, :26] = change[:26, 26] = np.inf
    row = np.zeros((b.shape[1] + 1, len(pairs)))
    row[1:] = np.cumsum(insert[b], axis=1).T
    for i in range(a.shape[1]):
        letter = a[:, i]
        cost = insert[letter]
        after = np.empty_like(row)
        after[0] = row[0] + cost
        for j in range(b.shape[1]):
            kept = row[j] + change[letter, b[:, j]]
            after[j + 1] = np.minimum(kept, row[j + 1] + cost)
            np.minimum(after[j + 1], after[j] + insert[b[:, j]], out=after[j + 1])
        row = np.where(letter == 26, row, after)
    found: Floats = row[-1]
    return found


def _coded(given: Sequence[str]) -> NDArray[np.int64]:
    """Write words as numbers, padded at the end with 26, which costs nothing to add."""
    longest = max((len(word) for word in given), default=0)
    found = np.full((len(given), max(longest, 1)), 26, dtype=np.int64)
    for i, word in enumerate(given):
        found[i, : len(word)] = [_PLACE[letter] for letter in word]
    return found


_PLACE = {letter: i for i, letter in enumerate(_ALPHABET)}
