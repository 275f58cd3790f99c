"""Korean syllables and their spellings in Latin letters."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

_LEADS = ["g k", "kk k g", "n", "d t", "tt t d", "r l n", "m", "b p", "pp p b", "s sh", "ss s", "",
          "j ch", "jj j ch", "ch", "k", "t", "p", "h"]  # fmt: skip
_VOWELS = ["a ah", "ae e ai", "ya", "yae ye", "eo o u oe", "e ae", "yeo yo you yu", "ye e", "o",
           "wa", "wae wai", "oe oi we", "yo", "u oo ou woo", "wo weo won", "we", "wi ui", "yu yoo",
           "eu u", "ui eui i", "i ee y"]  # fmt: skip
_TAILS = ["", "k g ng c", "k", "k", "n", "n", "n", "t d", "l r", "k", "m", "p", "l", "l", "p", "l",
          "m", "p b", "p", "t s", "t s", "ng n", "t", "t", "k", "t", "p", "h "]  # fmt: skip
_SOFTENING = frozenset({2, 3, 6, 7, 12, 17, 20})  # vowels before which r falls silent
_R, _SILENT = 5, 11
_SURNAMES = {
    "이": "ri yi lee rhee li i", "리": "ri yi lee rhee li i",
    "박": "pak park bak bark", "최": "choe choi", "정": "chong jong jung jeong chung",
    "노": "no ro roh noh", "로": "no ro roh noh", "임": "im lim rim yim",
    "림": "im lim rim yim", "유": "yu ryu yoo you", "류": "yu ryu yoo you",
    "조": "cho jo", "강": "kang gang", "양": "yang ryang", "량": "yang ryang",
    "여": "yo ryo yeo", "려": "yo ryo yeo", "우": "u woo", "오": "o oh",
}  # fmt: skip


def hangul(text: str) -> tuple[frozenset[str], ...]:
    """Read each syllable as the set of its spellings."""
    found = [letter for letter in text if "가" <= letter <= "힣"]
    return tuple(_spellings(letter, first=i == 0) for i, letter in enumerate(found))


@lru_cache(maxsize=4096)
def _spellings(letter: str, *, first: bool) -> frozenset[str]:
    code = ord(letter) - ord("가")
    lead, vowel, tail = code // 588, code % 588 // 28, code % 28
    leads = set(_LEADS[lead].split() or [""])
    if vowel in _SOFTENING:
        leads |= {_R: {""}, _SILENT: {"r", "n", "l"}}.get(lead, set())
    made = {a + b + c for a, b, c in product(leads, _VOWELS[vowel].split(), _tails(tail))}
    return frozenset(made | set(_SURNAMES.get(letter, "").split() if first else ()))


def _tails(tail: int) -> set[str]:
    """Spell a final; one that ends in a blank may be silent."""
    found = set(_TAILS[tail].split()) or {""}
    return found | {""} if _TAILS[tail].endswith(" ") else found
