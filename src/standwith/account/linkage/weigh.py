"""Records side by side: which pairs to look at, and what speaks for their being one person.

Weights are natural log-odds that add up, after Fellegi and Sunter (1969), with fixed levels; what
is missing on either side says nothing. A linkage at scale learns its weights instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from anyascii import anyascii

from standwith.account.linkage.cluster import Link, UnusableLinks
from standwith.names.burmese import burmese
from standwith.names.compare import Form, Rarity, compare, compare_all, forms
from standwith.names.frequency import rarity
from standwith.names.han import han
from standwith.names.hangul import hangul
from standwith.names.roles import slavic
from standwith.names.script import Script, of_text
from standwith.names.sounds import bare, is_particle

PRIOR = -6.0
NAMES = (
    (0.97, 6.5), (0.92, 5.5), (0.86, 4.5), (0.78, 3.5), (0.70, 2.0), (0.55, -1.0), (0.0, -4.0)
)  # fmt: skip
LARGEST = 400  # records that share a key, beyond which the key says too little
_LETTERS = frozenset({Script.LATIN, Script.CYRILLIC})
_SYLLABLES = {Script.HANGUL: hangul, Script.HAN: han, Script.MYANMAR: burmese}


@dataclass(frozen=True, slots=True)
class Record:
    """One row of one list; dates as YYYY, YYYY-MM or YYYY-MM-DD, what is not known as None.

    ``code`` is what a case or a person is numbered by.
    """

    id: str
    list: str
    name: str | None
    born: str | None = None
    sex: str | None = None
    happened: str | None = None
    place: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A pair with what each field adds to its log-odds; the parts sum to the weight."""

    left: str
    right: str
    parts: tuple[tuple[str, float], ...]

    @property
    def weight(self) -> float:
        """Log-odds that the two are one person."""
        return sum(value for _, value in self.parts)

    def link(self) -> Link:
        """Return the pair as a link."""
        return Link(self.left, self.right, self.weight)


def weigh_all(records: Sequence[Record]) -> tuple[Weighed, ...]:
    """Weigh every pair that shares a key, in the order of the records' names.

    Raises:
        UnusableLinks: two records have one id, or a date is none.
    """
    held = {record.id: record for record in records}
    if len(held) < len(records):
        raise UnusableLinks("two records have the same id; give each its own")
    for record in records:
        _check(record)
    rare = rarity(record.name for record in records)
    pairs = [(held[a], held[b]) for a, b in candidates(records)]
    alike = compare_all([(one.name, other.name) for one, other in pairs], rare)
    return tuple(
        _weigh(one, other, found.score) for (one, other), found in zip(pairs, alike, strict=True)
    )


def _check(record: Record) -> None:
    for text in (record.born, record.happened):
        if text is not None and as_date(text) is None:
            raise UnusableLinks(
                f"{record.id}: {text!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD"
            )


def candidates(records: Iterable[Record]) -> list[tuple[str, str]]:
    """List the pairs of records that share the sound of a word, or a birth date; sorted."""
    keyed: dict[str, list[str]] = {}
    for record in records:
        for key in sorted(set(_keys(record))):
            keyed.setdefault(key, []).append(record.id)
    pairs = set[tuple[str, str]]()
    for members in keyed.values():
        if len(members) <= LARGEST:
            pairs |= {tuple(sorted(pair)) for pair in combinations(members, 2)}  # type: ignore[misc]
    return sorted(pairs)


def _keys(record: Record) -> Iterator[str]:
    """Give the keys of a record: its words by their first consonants, and its full dates."""
    for form in forms(record.name):
        for word in _spelled(form):
            if not is_particle(word):
                yield from _ends(skeleton(heard(word)), word)
        if form.script in _SYLLABLES:
            yield f"script {form.script.value}"
    for name, day in (("born", record.born), ("happened", record.happened)):
        if day and len(day) == len("2020-01-01"):
            yield f"{name} {day}"


def _spelled(form: Form) -> Iterator[str]:
    """Give the words of a name; of syllables, all Latin spellings of each."""
    read = _SYLLABLES.get(form.script)
    if read is None:
        yield from form.words
    else:
        for spellings in read(form.text):
            yield from spellings


# Consonants that spellings exchange meet in one key; vowels and what comes and goes is left out.
_FOLDED = str.maketrans("PFZ", "BBS", "AEIOVYHG")


def heard(word: str) -> str:
    """Write a word as it sounds: with its vowels where its script writes them."""
    return slavic(word).sound if of_text(word) in _LETTERS else bare(word)


def skeleton(sound: str) -> str:
    """Write the consonants of a sound, those that spellings exchange as one: all scripts meet."""
    return sound.translate(_FOLDED)


def _ends(sound: str, word: str) -> Iterator[str]:
    """Give the begin and the end of a word's consonants, so that one slip leaves one of them.

    A word with fewer than two consonants, as many of one syllable are, is a key as it is written.
    """
    if len(sound) > 1:
        yield f"begins {sound[:3]}"
        yield f"ends {sound[-3:]}"
    else:
        yield f"is {word.casefold()}"


def weigh(one: Record, other: Record, rare: Rarity | None = None) -> Weighed:
    """Weigh one pair, field by field."""
    return _weigh(one, other, compare(one.name, other.name, rare).score)


def _weigh(one: Record, other: Record, alike: float | None) -> Weighed:
    parts = [("prior", PRIOR), ("name", _name(alike))]
    parts += [("born", _born(one.born, other.born)), ("sex", _sex(one.sex, other.sex))]
    parts.append(("happened", _happened(one.happened, other.happened)))
    parts.append(("place", _equal(one.place, other.place, 1.0, -0.5)))
    parts.append(("code", _equal(one.code, other.code, 8.0, -1.0)))
    left, right = sorted((one.id, other.id))
    return Weighed(left, right, tuple(parts))


def _name(alike: float | None) -> float:
    return 0.0 if alike is None else next(value for least, value in NAMES if alike >= least)


def _born(one: str | None, other: str | None) -> float:
    if one is None or other is None:
        return 0.0
    if one == other:
        return 8.0 if len(one) == len("2020-01-01") else 3.0
    apart = abs(int(one[:4]) - int(other[:4]))
    known = min(len(one), len(other))
    if one[:known] == other[:known]:
        return 3.0
    return {0: -1.0, 1: -2.0}.get(apart, -5.0)


def _sex(one: str | None, other: str | None) -> float:
    if one is None or other is None:
        return 0.0
    return 0.5 if one == other else -3.0


def _equal(one: str | None, other: str | None, same: float, unlike: float) -> float:
    """Weigh values that are the same or not, in Latin letters and without case."""
    if not one or not other:
        return 0.0
    return same if anyascii(one).casefold() == anyascii(other).casefold() else unlike


def _happened(one: str | None, other: str | None) -> float:
    """Weigh the days of the arrest or the event; a whole month or year is as far as it may be."""
    if one is None or other is None:
        return 0.0
    if min(len(one), len(other)) < len("2020-01-01"):
        return 1.5 if one[:4] == other[:4] else -1.0
    apart = abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    return next(value for most, value in _APART if apart <= most)


_APART = ((0, 4.0), (7, 1.5), (90, -1.0), (10**7, -2.5))


def as_date(text: str) -> date | None:
    """Read a date of a year, a month or a day; its begin, or nothing where it is none."""
    whole = text + "-01-01"[len(text) - 4 :] if len(text) in {4, 7} else text
    try:
        return date.fromisoformat(whole)
    except ValueError:
        return None
