"""The law by which people are held: families of statutes, charges, sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import inf, nan

import numpy as np
from numpy.typing import NDArray

from standwith.account.registry.comparison import Share
from standwith.account.registry.record import Charge, Episode, Sentence
from standwith.account.registry.vocabulary import Family
from standwith.kernel.pack import read_yaml

YEAR, MONTH, WEEK = 365.25, 30.4375, 7.0
LONG = 10.0  # years

# Beginnings of words for units of time, as registers in these languages write them.
_UNITS = (
    (YEAR, ("year", "yr", "лет", "год", "гад", "рок", "рік", "سال", "سن", "عام", "年", "년")),
    (
        MONTH,
        ("month", "mo", "мес", "мес", "меся", "мiс", "міс", "ماه", "شهر", "أشهر", "个月", "개월"),
    ),
    (WEEK, ("week", "нед", "тыд", "тиж", "هفته", "أسبوع", "周")),
    (1.0, ("day", "дн", "ден", "дзе", "сут", "روز", "يوم", "أيام", "天", "日", "일")),
)
_AMOUNT = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)")
_LIFE = re.compile(r"\blife\b|пожизнен|пажыццёв|довічн|حبس ابد|مؤبد|无期|무기징역", re.IGNORECASE)
_DEATH = re.compile(r"\bdeath\b|смертн|сьмяротн|اعدام|إعدام|死刑|사형", re.IGNORECASE)
_SUSPENDED = re.compile(r"suspended|условн|умоўн|умовн|تعلیق|موقوف|缓刑|집행유예", re.IGNORECASE)
_OPEN_ENDED = re.compile(r"or more|at least|\+|не менее|and up", re.IGNORECASE)


@lru_cache(maxsize=100_000)
def read_sentence(raw: str) -> Sentence:
    """Read a sentence as a register writes it; what is not understood leaves the days unknown.

    Years are 365.25 days and months 30.4375. "10 years or more" counts as its least.
    """
    text = raw.translate(_DIGITS)
    found = [(float(n.replace(",", ".")), _unit(word)) for n, word in _AMOUNT.findall(text)]
    days = sum(n * unit for n, unit in found if unit)
    known = bool(found) and all(unit for _, unit in found)
    return Sentence(
        days if known and days else None,
        bool(_LIFE.search(text)),
        bool(_DEATH.search(text)),
        bool(_SUSPENDED.search(text)),
        bool(_OPEN_ENDED.search(text)),
        raw,
    )


_DIGITS = {0x0660 + i: str(i) for i in range(10)} | {0x06F0 + i: str(i) for i in range(10)}


def _unit(word: str) -> float:
    folded = word.casefold()
    return next((days for days, heads in _UNITS if folded.startswith(heads)), 0.0)


_ARTICLE = re.compile(r"\d+(?:[.-]\d+)?\s?[a-dA-D]?\b")
_STATUTES = read_yaml("registry/statutes.yaml").data
CHECKED: str = _STATUTES["checked"]
_CODES = {
    (country, article): Family(family)
    for country, families in _STATUTES["codes"].items()
    for family, articles in families.items()
    for article in articles
}
_WORDS = tuple(
    (re.compile("|".join(words), re.IGNORECASE), Family(family))
    for family, words in _STATUTES["words"].items()
)


@lru_cache(maxsize=100_000)
def family_of(country: str, charge: str) -> Family:
    """Tell the family of a charge by its words, else by its article in the code of the country.

    UNKNOWN where neither says so; ``CHECKED`` says how far the table of articles may be relied on.
    """
    for words, family in _WORDS:
        if words.search(charge):
            return family
    for found in _ARTICLE.findall(charge.translate(_DIGITS)):
        article = found.replace(" ", "").casefold()
        for known in (article, article.rstrip("abcd")):
            if (country, known) in _CODES:
                return _CODES[country, known]
    return Family.UNKNOWN


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """Persons with at least one charge of a family; shares exceed 100 % together."""

    families: tuple[tuple[Family, Share], ...]
    charges: int
    no_charge: Share


def legal_basis(episodes: Iterable[Episode]) -> LegalBasis:
    """Count persons by the families of their charges, of all persons with known charges.

    No charge is known only where the register says so; an episode without any row of charges is
    unknown, and in neither part of a share.
    """
    families: dict[str, set[Family]] = {}
    charges = 0
    for episode in episodes:
        for charge in episode.charges:
            if charge.family is not Family.UNKNOWN:
                families.setdefault(episode.person, set()).add(charge.family)
                charges += charge.family is not Family.NO_CHARGE
    counted = Counter(family for held in families.values() for family in held)
    whole = len(families)
    shares = [(family, Share(counted[family], whole)) for family in Family if counted[family]]
    shares.sort(key=lambda pair: (-pair[1].part, pair[0]))
    only = sum(held == {Family.NO_CHARGE} for held in families.values())
    return LegalBasis(tuple(shares), charges, Share(only, whole))


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences to custody; the three quartiles in years, None where no sentence has years."""

    number: int
    quartiles: tuple[float, float, float] | None
    long: Share
    life: int
    death: int
    unread: int


def sentences(charges: Iterable[Charge]) -> Sentences:
    """Describe the sentences of charges: median and quartiles in years, the long, life, death.

    Life and death count among the long and have no years; suspended sentences are no custody.
    """
    held = [one.sentence for one in charges if one.sentence and not one.sentence.suspended]
    years = np.array([_years(one) for one in held], dtype=np.float64)
    known = years[~np.isnan(years)]
    return Sentences(
        len(known),
        _quartiles(known[np.isfinite(known)]),
        Share(int((known >= LONG).sum()), len(known)),
        sum(one.life for one in held),
        sum(one.death for one in held),
        len(held) - len(known),
    )


def _years(one: Sentence) -> float:
    """Years of a sentence: endless for life and death, not a number where it could not be read."""
    if one.ends_never:
        return inf
    return one.days / YEAR if one.days else nan


def _quartiles(values: NDArray[np.float64]) -> tuple[float, float, float] | None:
    if not len(values):
        return None
    low, middle, high = np.quantile(values, (0.25, 0.5, 0.75))
    return float(low), float(middle), float(high)
