"""Chinese characters and their spellings in Latin letters: Pinyin, and Wade-Giles from it."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

# Characters that are read otherwise as a family name.
_FAMILY = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "朴": "piao pu",
    "盖": "ge gai", "任": "ren", "翟": "zhai di", "覃": "qin tan", "乐": "yue le", "尉": "yu wei",
    "单于": "chanyu", "吕": "lu lv lyu", "禤": "xuan",
}  # fmt: skip
_GILES = [
    (r"^zh", "ch"), (r"^q", "ch"), (r"^x", "hs"), (r"^j", "ch"), (r"^b", "p"), (r"^d", "t"),
    (r"^g", "k"), (r"^z", "ts"), (r"^c(?!h)", "ts"), (r"^r", "j"),
]  # fmt: skip
_ENDS = [(r"ong$", "ung"), (r"ian$", "ien"), (r"ie$", "ieh"), (r"ue$", "ueh"),
         (r"(?<=[zcsrh])i$", "ih"), (r"o$", "uo"), (r"e$", "o"), (r"^yan$", "yen")]  # fmt: skip


def han(text: str) -> tuple[frozenset[str], ...]:
    """Read each character as the set of its spellings."""
    found = [letter for letter in text if "\u3400" <= letter <= "\u9fff"]
    return tuple(_spellings(letter, first=i == 0) for i, letter in enumerate(found))


@lru_cache(maxsize=8192)
def _spellings(letter: str, *, first: bool) -> frozenset[str]:
    pinyin = {anyascii(letter).casefold().strip()}
    if first and letter in _FAMILY:
        pinyin |= set(_FAMILY[letter].split())
    pinyin |= {spelled.replace("lu", "lv") for spelled in pinyin if spelled.startswith("lu")}
    return frozenset(pinyin | {other for spelled in pinyin for other in _giles(spelled)})


def _giles(spelled: str) -> set[str]:
    """Turn Pinyin into the spellings of Wade and Giles, without their apostrophes."""
    begun = spelled
    for pattern, other in _GILES:
        if re.search(pattern, spelled):
            begun = re.sub(pattern, other, spelled)
            break
    ended = {re.sub(pattern, other, begun) for pattern, other in _ENDS}
    return {begun, *ended}
