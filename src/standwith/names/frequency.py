"""How rare the words of names are: a rare surname that agrees says more than a common one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import log2

from standwith.names.compare import Rarity, forms
from standwith.names.roles import slavic
from standwith.names.script import Script
from standwith.names.sounds import bare

LEAST, MOST = 0.5, 1.5


def rarity(names: Iterable[str | None]) -> Rarity:
    """Count the words of many names; return a factor of .5 to 1.5 for a word by its sounds.

    The factor is the word's surprise, -log2 of its share, over that of a word seen once among as
    many; a word that was never seen is as rare as one seen once.
    """
    counted = Counter(sound for name in names for sound in _sounds(name))
    whole = sum(counted.values())
    rarest = log2(whole) if whole > 1 else 1.0

    def factor(sound: str) -> float:
        surprise = log2(whole / counted[sound]) if counted[sound] else rarest
        return LEAST + (MOST - LEAST) * surprise / rarest

    return factor


def _sounds(name: str | None) -> set[str]:
    """Write each word of a name as it is weighed: with its vowels, and as its consonants."""
    found = set[str]()
    for form in forms(name):
        for word in form.words:
            if form.script in {Script.LATIN, Script.CYRILLIC}:
                found.add(slavic(word).sound)
            found.add(bare(word))
    return found - {""}
