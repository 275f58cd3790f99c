"""Names as sounds: one small alphabet for the scripts that write letters one by one.

Consonants are those of a skeleton in which Arabic, Persian, Hebrew and Latin spellings meet; the
full form keeps vowels (A E I O), the bare one drops A and E and writes O as V and I as Y.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from standwith.names.script import Script, of_text

_ARABIC = {
    **dict.fromkeys("ب", "B"), **dict.fromkeys("پ", "P"), **dict.fromkeys("تط", "T"),
    **dict.fromkeys("ثسص", "S"), **dict.fromkeys("جژ", "J"), **dict.fromkeys("چ", "C"),
    **dict.fromkeys("حهةھہە", "H"), **dict.fromkeys("خقكک", "K"), **dict.fromkeys("د", "D"),
    **dict.fromkeys("ذزضظ", "Z"), **dict.fromkeys("ر", "R"), **dict.fromkeys("ش", "X"),
    **dict.fromkeys("غگ", "G"), **dict.fromkeys("ف", "F"), **dict.fromkeys("ل", "L"),
    **dict.fromkeys("م", "M"), **dict.fromkeys("ن", "N"), **dict.fromkeys("وؤ", "V"),
    **dict.fromkeys("يیىئې", "Y"),
}  # fmt: skip
_HEBREW = dict(zip("בגדהחוזטתיךכקלםמןנסףפץצרש", "BGDHHVZTTYKKKLMMNNSFFZZRX", strict=True))
_CYRILLIC = {
    "а": "A", "б": "B", "в": "V", "г": "G", "ґ": "G", "д": "D", "е": "E", "ё": "E", "є": "E",
    "ж": "J", "з": "Z", "и": "I", "і": "I", "ї": "I", "й": "I", "к": "K", "л": "L", "м": "M",
    "н": "N", "о": "O", "п": "P", "р": "R", "с": "S", "т": "T", "у": "O", "ў": "V", "ф": "F",
    "х": "H", "ц": "TS", "ч": "C", "ш": "X", "щ": "XC", "ъ": "", "ы": "I", "ь": "", "э": "E",
    "ю": "IO", "я": "IA", "ј": "I", "љ": "L", "њ": "N", "ћ": "C", "ђ": "J", "џ": "J", "қ": "K",
    "ғ": "G", "ң": "N", "ө": "O", "ұ": "O", "ү": "O", "һ": "H", "ә": "A", "ѕ": "Z", "ӣ": "I",
    "ҷ": "J", "ҳ": "H", "ӯ": "O",
}  # fmt: skip
_LETTERS = {"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "đ": "d", "ð": "d",
            "þ": "th", "ə": "a", "ʻ": "", "ʼ": "", "'": "", "’": "", "`": ""}  # fmt: skip
_FULL = [
    ("shch", "XC"), ("szcz", "XC"), ("schtsch", "XC"), ("tsch", "C"), ("tch", "C"), ("dzh", "J"),
    ("dsch", "J"), ("sch", "X"), ("sh", "X"), ("ch", "C"), ("cz", "C"), ("zh", "J"), ("kh", "H"),
    ("gh", "G"), ("ph", "F"), ("th", "T"), ("dj", "J"), ("ts", "TS"), ("tz", "TS"), ("ck", "K"),
    ("ou", "O"), ("oo", "O"), ("ee", "I"), ("iy", "I"), ("ij", "I"), ("yi", "I"), ("ii", "I"),
    ("yy", "I"), ("x", "KS"), ("q", "K"), ("w", "V"), ("ya", "IA"), ("ja", "IA"), ("yu", "IO"),
    ("ju", "IO"), ("yo", "E"), ("jo", "E"), ("ye", "E"), ("je", "E"), ("y", "I"), ("j", "J"),
    ("c", "K"), ("u", "O"),
]  # fmt: skip
_BARE = [
    ("kh", "K"), ("gh", "G"), ("sh", "X"), ("ch", "C"), ("zh", "J"), ("dj", "J"), ("th", "S"),
    ("dh", "Z"), ("ph", "F"), ("ck", "K"), ("ou", "V"), ("oo", "V"), ("ee", "Y"), ("sc", "X"),
    ("q", "K"), ("c", "K"), ("w", "V"), ("o", "V"), ("u", "V"), ("i", "Y"), ("a", ""), ("e", ""),
]  # fmt: skip
_WITHOUT_VOWELS = str.maketrans("OI", "VY", "AE")
_ARTICLES = frozenset({"al", "el", "ul", "ol", "as", "ad", "ar", "ash", "at", "an", "az"})
_SONS = frozenset({"bin", "ben", "ibn", "bint", "ould", "bar"})
PARTICLES = _ARTICLES | _SONS  # words that many spellings leave out
_ARABIC_SMALL = frozenset({"بن", "ابن", "ال", "بنت"})


def words(text: str) -> list[str]:
    """Split a cleaned name into lower-case words; hyphens split, apostrophes vanish."""
    held = text.casefold()
    for mark in "-\u2010\u2011\u2012\u2013\u2014_.":
        held = held.replace(mark, " ")
    return held.split()


def latin(word: str) -> str:
    """Reduce a Latin word to the letters a to z."""
    if word.isascii() and word.isalpha():
        return word.casefold()
    held = "".join(_LETTERS.get(letter, letter) for letter in word.casefold())
    held = unicodedata.normalize("NFKD", held)
    return "".join(letter for letter in held if "a" <= letter <= "z")


@lru_cache(maxsize=65536)
def full(word: str) -> str:
    """Write a Latin or Cyrillic word as sounds with its vowels, no letter twice in a row."""
    if of_text(word) is Script.CYRILLIC:
        held = "".join(_CYRILLIC.get(letter, "") for letter in word.casefold())
    else:
        held = _replaced(latin(word), _FULL)
    return _single(held)


@lru_cache(maxsize=65536)
def bare(word: str) -> str:
    """Write a word of any of the scripts as its skeleton of consonants and long vowels."""
    script = of_text(word)
    if script is Script.ARABIC:
        held = word.replace("آ", "ا").removeprefix("ال") if len(word) > 4 else word
        return _single("".join(_ARABIC.get(letter, "") for letter in held))
    if script is Script.HEBREW:
        first = "P" if word[:1] == "פ" else ""
        rest = word[1:] if first else word
        return _single(first + "".join(_HEBREW.get(letter, "") for letter in rest))
    if script is Script.CYRILLIC:
        return _single(full(word).translate(_WITHOUT_VOWELS))
    return _single(_replaced(latin(word), _BARE))


def _replaced(text: str, table: list[tuple[str, str]]) -> str:
    """Replace from left to right, the first pattern of the table that fits; results stay."""
    pattern, sounds = _compiled(tuple(table))
    return pattern.sub(lambda found: sounds[found[0]], text).upper()


@cache
def _compiled(table: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    pattern = re.compile("|".join(re.escape(spelled) for spelled, _ in table))
    return pattern, dict(reversed(table))


_DOUBLE = re.compile(r"(.)\1+")


def _single(text: str) -> str:
    return _DOUBLE.sub(r"\1", text)


def is_particle(word: str) -> bool:
    """Whether a word is an article or a word for "son of", which many spellings leave out."""
    return word in _ARABIC_SMALL or latin(word) in PARTICLES


def is_son(word: str) -> bool:
    """Whether a word says "son of" or "daughter of"."""
    return word in {"بن", "ابن", "بنت"} or latin(word) in _SONS
