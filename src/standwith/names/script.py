"""Which script a text is written in, letter by letter."""

from __future__ import annotations

import unicodedata
from collections import Counter
from enum import Enum
from functools import lru_cache


class Script(Enum):
    """The scripts that names are compared in; OTHER is any that is not."""

    LATIN = "Latn"
    CYRILLIC = "Cyrl"
    ARABIC = "Arab"
    HEBREW = "Hebr"
    MYANMAR = "Mymr"
    HANGUL = "Hang"
    HAN = "Hani"
    OTHER = "Zyyy"


_NAMED = {
    "LATIN": Script.LATIN,
    "CYRILLIC": Script.CYRILLIC,
    "ARABIC": Script.ARABIC,
    "HEBREW": Script.HEBREW,
    "MYANMAR": Script.MYANMAR,
    "HANGUL": Script.HANGUL,
    "CJK": Script.HAN,
}


@lru_cache(maxsize=8192)
def of_letter(letter: str) -> Script | None:
    """Return the script of one letter; None for what is none, such as a digit or a mark."""
    if not letter.isalpha() and unicodedata.category(letter) not in {"Mc", "Mn"}:
        return None
    word = unicodedata.name(letter, "").split(" ", 1)[0]
    if word == "COMBINING":
        return None
    return _NAMED.get(word, Script.OTHER)


def of_text(text: str) -> Script | None:
    """Return the script of most letters; None where there is no letter."""
    if text.isascii() and text.isalpha():
        return Script.LATIN
    counted = Counter(s for s in map(of_letter, text) if s is not None)
    return max(counted, key=lambda s: (counted[s], s.value)) if counted else None
