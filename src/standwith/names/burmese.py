"""Burmese syllables and their spellings in Latin letters (BGN classes and what people write)."""

from __future__ import annotations

import re
from itertools import product

_ONSETS = {
    "က": "k g", "ခ": "kh k hk g", "ဂ": "g k", "ဃ": "g gh", "င": "ng", "စ": "s z", "ဆ": "s hs z",
    "ဇ": "z s", "ဈ": "z", "ည": "ny nj n", "ဉ": "ny", "ဋ": "t", "ဌ": "t ht", "ဍ": "d", "ဏ": "n",
    "တ": "t d", "ထ": "ht t d", "ဒ": "d t", "ဓ": "d dh", "န": "n", "ပ": "p b", "ဖ": "hp ph p b f",
    "ဗ": "b", "ဘ": "b bh", "မ": "m", "ယ": "y", "ရ": "y r", "လ": "l", "ဝ": "w", "သ": "th t s",
    "ဟ": "h", "ဠ": "l", "အ": "~", "ဿ": "th t",
}  # fmt: skip
_SPEAKING = {"ဣ": "i", "ဤ": "i", "ဥ": "u ou", "ဦ": "u oo", "ဧ": "e ay", "ဩ": "aw", "ဪ": "aw"}
_SOFT = {"က": "ky gy ch kj", "ခ": "ch khy ky hky chy", "ဂ": "gy j ky", "ပ": "py by",
         "ဖ": "hpy phy py", "ဗ": "by", "ဘ": "by", "မ": "my", "လ": "ly",
         "သ": "thy", "န": "ny", "တ": "ty"}  # fmt: skip
_RHYMES = {
    "": "a ah", "ာ": "a ar ah aa", "ိ": "i ee e", "ီ": "i ee ie y", "ု": "u ou", "ူ": "u oo ou",
    "ေ": "e ay ei aye ey", "ဲ": "e ai ae ay eh", "ော": "aw o au or ore", "ော်": "aw o au or ore",
    "ို": "o oe oh", "က်": "et ek at ak ack", "ောက်": "auk out ouk", "ိုက်": "aik ike ite",
    "င်": "in inn ing", "ောင်": "aung oung", "ိုင်": "aing ine ai", "စ်": "it is ick ic ip",
    "ည်": "i e ay ee ii yi in",
    "ဉ်": "in inn", "တ်": "at ut et ap", "ိတ်": "eik ate ait eit ite", "ုတ်": "ok oke out ote ut",
    "န်": "an un ann", "ိန်": "ein ain eint", "ုန်": "on one oun ohn", "ပ်": "at ap ut ak ac",
    "ိပ်": "eik ate ip ait",
    "ုပ်": "ok oke oat up ot", "မ်": "an am un ann", "ိမ်": "ein eim ain", "ုမ်": "on one",
    "ံ": "an am un ant",
    "ိံ": "ein", "ုံ": "on one oun ohn um", "ယ်": "e ai ay ae eh el", "ါ": "a ar ah aa",
    "ေါ": "aw o au or", "ေါ်": "aw o au or", "ေါက်": "auk out", "ေါင်": "aung oung",
}  # fmt: skip
_WIDE = {"န်": "un oon on wan wun", "တ်": "ut wut oot ot", "ပ်": "ut wut", "မ်": "un on wan",
         "ံ": "un on wan um",
         "ယ်": "we wai way we wel", "ေ": "we way wai wei", "ာ": "wa war", "": "wa war",
         "င်": "win wyn"}  # fmt: skip
_TONES = re.compile("[\u1037\u1038]")
_SYLLABLE = re.compile(
    "(?P<on>[\u1000-\u1021\u103f\u1023-\u102a])(?P<medials>[\u103b-\u103e]*)"
    "(?P<vowel>[\u102b-\u1032\u1036]*)(?P<final>(?:[\u1000-\u1021](?:\u103a|\u1039))?)(?P<asat>\u103a?)"
)
_HONORIFICS = ("ဦး", "ဒေါ်", "ကို", "မောင်")


def burmese(text: str) -> tuple[frozenset[str], ...]:
    """Read each syllable as the set of its spellings; an honorific before a longer name is left."""
    held = text.replace(" ", "")
    for title in _HONORIFICS:
        if held.startswith(title) and len(_split(held)) > 2:
            held = held.removeprefix(title)
            break
    return tuple(_split(held))


def _split(text: str) -> list[frozenset[str]]:
    plain = _TONES.sub("", text).replace("\u1039", "\u103a")
    return [_spellings(found) for found in _SYLLABLE.finditer(plain)]


def _spellings(found: re.Match[str]) -> frozenset[str]:
    letter, medials = found["on"], found["medials"]
    if letter in _SPEAKING:
        return frozenset(_SPEAKING[letter].split())
    rhyme = found["vowel"] + (found["final"] + found["asat"]).replace("\u1039", "\u103a")
    ends = _RHYMES.get(rhyme, "a").split()
    if "\u103d" in medials:
        ends = _WIDE.get(rhyme, "").split() or ["w" + end for end in ends]
    return frozenset(a + b for a, b in product(_onsets(letter, medials), ends))


def _onsets(letter: str, medials: str) -> set[str]:
    """Spell a consonant with what is written below and around it."""
    found = _bare(letter)
    soft = "\u103b" in medials or "\u103c" in medials
    if soft:
        found = set(_SOFT.get(letter, "").split()) or {onset + "y" for onset in found}
    if "\u103e" not in medials:
        return found
    breathed = {"h" + onset for onset in found}
    if letter in {"ယ", "ရ"} or (letter == "လ" and soft):
        breathed.add("sh")
    return found | breathed


def _bare(letter: str) -> set[str]:
    return set(_ONSETS.get(letter, "~").replace("~", "").split() or [""])
