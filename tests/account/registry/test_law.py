"""Families of statutes, and sentences in the words of registers."""

from __future__ import annotations

import pytest
from tests.account.registry.episodes import episode

from standwith.account.registry.comparison import Share
from standwith.account.registry.law import (
    MONTH,
    YEAR,
    legal_basis,
    read_sentence,
    sentences,
)
from standwith.account.registry.record import Charge, Episode, Sentence
from standwith.account.registry.vocabulary import Family


@pytest.mark.parametrize(
    ("raw", "years", "months", "days"),
    [
        ("5 years", 5, 0, 0),
        ("2 years 6 months", 2, 6, 0),
        ("15 days of administrative arrest", 0, 0, 15),
        ("3,5 года", 3.5, 0, 0),
        ("8 лет 6 месяцев колонии", 8, 6, 0),
        ("2 гады і 3 месяцы", 2, 3, 0),
        ("۱۰ سال", 10, 0, 0),
        ("٥ سنوات", 5, 0, 0),
        ("7年6个月", 7, 6, 0),
        ("18개월", 0, 18, 0),
        ("1 рік", 1, 0, 0),
    ],
)
def test_terms_are_read_in_the_languages_of_registers(
    raw: str, years: float, months: float, days: float
) -> None:
    wanted = years * YEAR + months * MONTH + days
    found = read_sentence(raw)
    assert found.days == pytest.approx(wanted)
    assert found.raw == raw
    assert not found.life
    assert not found.death


@pytest.mark.parametrize("raw", ["", "unknown", "detention", "art. 130 part 3", "12 lashes 1 year"])
def test_what_is_not_understood_stays_unknown(raw: str) -> None:
    assert read_sentence(raw).days is None


def test_life_death_suspension_and_least_terms_are_told_apart() -> None:
    assert read_sentence("life imprisonment").life
    assert read_sentence("пожизненное заключение").life
    assert read_sentence("اعدام").death
    assert read_sentence("2 years suspended").suspended
    more = read_sentence("10 years or more")
    assert more.open_ended
    assert more.days == pytest.approx(10 * YEAR)


def charged(person: str, *families: Family) -> Episode:
    return episode("arrested 2020", person=person, charges=tuple(map(Charge, families)))


def test_shares_of_families_are_of_persons_with_known_charges() -> None:
    found = legal_basis(
        [
            charged("a", Family.SPEECH, Family.SPEECH, Family.TERRORISM),
            charged("b", Family.SPEECH),
            charged("c", Family.NO_CHARGE),
            charged("d", Family.UNKNOWN),
            charged("e"),
        ]
    )
    assert dict(found.families) == {
        Family.SPEECH: Share(2, 3),
        Family.TERRORISM: Share(1, 3),
        Family.NO_CHARGE: Share(1, 3),
    }
    assert found.families[0][0] is Family.SPEECH
    assert (found.charges, found.no_charge) == (4, Share(1, 3))


def test_persons_without_any_charge_are_unknown_not_uncharged() -> None:
    assert legal_basis([charged("e")]).no_charge == Share(0, 0)


def test_published_share_without_trial_or_charge() -> None:
    """PEN 2024: 80 of 375 are held before trial or without a charge."""
    assert Share(80, 375).agrees(21.3, 1)


def sentence(raw: str) -> Charge:
    return Charge(Family.SPEECH, sentence=read_sentence(raw))


def test_sentences_have_a_median_quartiles_and_a_long_share() -> None:
    raw = ["1 year", "2 years", "3 years", "4 years", "12 years", "life", "3 years suspended"]
    found = sentences([*map(sentence, raw), sentence("?"), Charge(Family.SPEECH)])
    assert found.number == 6
    assert found.quartiles == pytest.approx((2, 3, 4))
    assert found.long == Share(2, 6)
    assert (found.life, found.death, found.unread) == (1, 0, 1)


def test_no_sentence_has_no_median() -> None:
    found = sentences([Charge(Family.SPEECH, sentence=Sentence())])
    assert (found.quartiles, found.unread) == (None, 1)
    assert found.long.value is None
