"""Scripts that write whole syllables: each has several spellings in Latin letters.

A name is a row of syllables, each a set of spellings (Revised Romanisation, McCune-Reischauer and
usage for Hangul; Pinyin and Wade-Giles for Han; BGN classes and usage for Burmese). A Latin name is
laid along the row letter by letter, and every syllable is judged on its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from standwith.names.burmese import burmese
from standwith.names.han import han
from standwith.names.hangul import hangul
from standwith.names.script import Script
from standwith.names.sounds import latin

Readings = tuple[frozenset[str], ...]
_LONGEST = 7
_HONORIFICS = frozenset({"u", "daw", "ko", "maung", "ma", "sai", "naw", "saw", "nang", "nan"})


@dataclass(frozen=True, slots=True)
class Laid:
    """How a Latin spelling lies along syllables: each one's piece and similarity, 0 to 1."""

    pieces: tuple[str, ...]
    similarities: tuple[float, ...]

    @property
    def score(self) -> float:
        """Mean over the syllables, the worst counted twice: one wrong syllable is another name."""
        if not self.similarities:
            return 0.0
        return (sum(self.similarities) + min(self.similarities)) / (len(self.similarities) + 1)


def readings(text: str, script: Script) -> Readings:
    """Read a text of a syllabic script as a row of sets of spellings."""
    makers = {Script.HANGUL: hangul, Script.HAN: han, Script.MYANMAR: burmese}
    return makers[script](text)


def lay(row: Readings, words: Sequence[str], script: Script) -> Laid:
    """Find the best way to lay a Latin name along the syllables, in any usual order."""
    best = Laid((), ())
    for spelled in _orders([latin(word) for word in words if latin(word)], script):
        if len(row) <= len(spelled) <= _LONGEST * len(row):
            found = _lay(row, spelled)
            best = max(best, found, key=lambda laid: laid.score)
    return best


def _orders(words: list[str], script: Script) -> list[str]:
    """Join the words as they stand, with the last one first, and with the first one last."""
    rows = [words]
    if script is Script.MYANMAR:
        rows += [words[1:]] if len(words) > 1 and words[0] in _HONORIFICS else []
    elif len(words) > 1:
        rows += [[words[-1], *words[:-1]], [*words[1:], words[0]]]
    return list(dict.fromkeys("".join(row) for row in rows))


def _lay(row: Readings, spelled: str) -> Laid:
    """Cut a spelling into as many pieces as there are syllables, at the least cost."""
    size = len(spelled)
    costs: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for spellings in row:
        after: dict[int, tuple[float, int]] = {}
        for end, (cost, _) in costs[-1].items():
            for stop in range(end + 1, min(size, end + _LONGEST) + 1):
                whole = cost + _apart(spellings, spelled[end:stop])
                if stop not in after or whole < after[stop][0]:
                    after[stop] = (whole, end)
        costs.append(after)
    if size not in costs[-1]:
        return Laid((), ())
    stops = [size]
    for level in range(len(row), 0, -1):
        stops.append(costs[level][stops[-1]][1])
    cuts = stops[::-1]
    pieces = tuple(spelled[a:b] for a, b in pairwise(cuts))
    return Laid(pieces, tuple(1 - _apart(s, p) for s, p in zip(row, pieces, strict=True)))


@lru_cache(maxsize=131072)
def _apart(spellings: frozenset[str], piece: str) -> float:
    """Least share of letters that must change to turn a spelling into the piece, at most 1."""
    return min(
        min(1.0, _edits(spelling, piece) / max(2, len(spelling))) for spelling in sorted(spellings)
    )


@lru_cache(maxsize=131072)
def _edits(one: str, other: str) -> float:
    """Levenshtein's distance, a vowel for a vowel at half."""
    row = [float(j) for j in range(len(other) + 1)]
    for i, a in enumerate(one, start=1):
        before, row[0] = row[0], float(i)
        for j, b in enumerate(other, start=1):
            change = 0.0 if a == b else 0.5 if a in "aeiouy" and b in "aeiouy" else 1.0
            before, row[j] = row[j], min(before + change, row[j] + 1, row[j - 1] + 1)
    return row[-1]
