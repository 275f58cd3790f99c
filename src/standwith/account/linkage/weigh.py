"""Records side by side: which pairs to look at, and what speaks for their being one person.

Weights are natural log-odds that add up, after Fellegi and Sunter (1969), with fixed levels; what
is missing on either side says nothing. A linkage at scale learns its weights instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from standwith.account.linkage.cluster import Link, UnusableLinks
from standwith.names.compare import Rarity, compare, forms
from standwith.names.frequency import rarity
from standwith.names.roles import slavic
from standwith.names.script import Script
from standwith.names.sounds import bare, is_particle

PRIOR = -6.0
NAMES = (
    (0.97, 6.5), (0.92, 5.5), (0.86, 4.5), (0.78, 3.5), (0.70, 2.0), (0.55, -1.0), (0.0, -4.0)
)  # fmt: skip
LARGEST = 400  # records that share a key, beyond which the key says too little
_LETTERS = frozenset({Script.LATIN, Script.CYRILLIC})
_SYLLABLES = frozenset({Script.HANGUL, Script.HAN, Script.MYANMAR})


@dataclass(frozen=True, slots=True)
class Record:
    """One row of one list; dates as YYYY, YYYY-MM or YYYY-MM-DD, what is not known as None."""

    id: str
    list: str
    name: str | None
    born: str | None = None
    sex: str | None = None
    happened: str | None = None


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
    return tuple(weigh(held[a], held[b], rare) for a, b in candidates(records))


def _check(record: Record) -> None:
    for text in (record.born, record.happened):
        if text is not None and _day(text) is None:
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
    """Give the keys of a record: its words by their first consonants, and its birth date."""
    for form in forms(record.name):
        for word in form.words:
            if not is_particle(word):
                yield from _ends(_consonants(word, form.script))
        if form.script in _SYLLABLES:
            yield f"script {form.script.value}"
    if record.born and len(record.born) == len("2020-01-01"):
        yield f"born {record.born}"


# Consonants that spellings exchange meet in one key; vowels and what comes and goes is left out.
_FOLDED = str.maketrans("PFZ", "BBS", "AEIOVYHG")


def _consonants(word: str, script: Script) -> str:
    heard = slavic(word).sound if script in _LETTERS else bare(word)
    return heard.translate(_FOLDED)


def _ends(sound: str) -> Iterator[str]:
    """Give the begin and the end of a word's consonants, so that one slip leaves one of them."""
    if len(sound) > 1:
        yield f"begins {sound[:3]}"
        yield f"ends {sound[-3:]}"


def weigh(one: Record, other: Record, rare: Rarity | None = None) -> Weighed:
    """Weigh one pair, field by field."""
    parts = [("prior", PRIOR), ("name", _name(one.name, other.name, rare))]
    parts += [("born", _born(one.born, other.born)), ("sex", _sex(one.sex, other.sex))]
    parts.append(("happened", _happened(one.happened, other.happened)))
    left, right = sorted((one.id, other.id))
    return Weighed(left, right, tuple(parts))


def _name(one: str | None, other: str | None, rare: Rarity | None) -> float:
    score = compare(one, other, rare).score
    return 0.0 if score is None else next(value for least, value in NAMES if score >= least)


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


def _happened(one: str | None, other: str | None) -> float:
    """Weigh the days of the arrest or the event; a whole month or year is as far as it may be."""
    if one is None or other is None:
        return 0.0
    if min(len(one), len(other)) < len("2020-01-01"):
        return 0.5 if one[:4] == other[:4] else -1.0
    apart = abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    return next(value for most, value in _APART if apart <= most)


_APART = ((0, 4.0), (7, 1.5), (90, -1.0), (10**7, -2.5))


def _day(text: str) -> date | None:
    """Read a date; what is not known of it is taken as the first."""
    whole = text + "-01-01"[len(text) - 4 :] if len(text) in {4, 7} else text
    try:
        return date.fromisoformat(whole)
    except ValueError:
        return None
