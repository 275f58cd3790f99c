"""The family of a charge: by its words, else by its article; unknown where neither tells."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.account.registry.law import CHECKED, family_of
from standwith.account.registry.mapping import propose
from standwith.account.registry.promotion import promote
from standwith.account.registry.staging import Row, stage
from standwith.account.registry.vocabulary import Family

TOLD = [
    ("BY", "art. 342", Family.ASSEMBLY),
    ("BY", "342 ч. 1", Family.ASSEMBLY),
    ("BY", "ч. 1 ст. 342", Family.ASSEMBLY),
    ("BY", "368", Family.SPEECH),
    ("BY", "361-1", Family.EXTREMISM),
    ("BY", "361", Family.ANTI_STATE),
    ("BY", "411 ч. 2", Family.IN_CUSTODY),
    ("BY", "375", Family.ESPIONAGE),
    ("BY", "243", Family.FINANCE),
    ("RU", "207.3", Family.SPEECH),
    ("RU", "330.1", Family.FOREIGN_AGENT),
    ("RU", "205.5", Family.TERRORISM),
    ("RU", "228", Family.ORDINARY),
    ("RU", "318", Family.RESISTING_POLICE),
    ("RU", "148", Family.RELIGION),
    ("MM", "505(a)", Family.SPEECH),
    ("MM", "505A", Family.SPEECH),
    ("MM", "66d", Family.CYBER),
    ("CN", "105", Family.ANTI_STATE),
    ("CN", "300", Family.RELIGION),
    ("IR", "۵۰۰", Family.SPEECH),
    ("IR", "٥٠٠", Family.SPEECH),
    ("FR", "342", Family.UNKNOWN),
    ("BY", "", Family.UNKNOWN),
    ("BY", "no idea", Family.UNKNOWN),
    ("XX", "insulting the president", Family.SPEECH),
    ("XX", "Propaganda against the state", Family.SPEECH),
    ("XX", "membership of a terrorist group", Family.TERRORISM),
    ("XX", "financing of extremism", Family.EXTREMISM),
    ("XX", "high treason", Family.ANTI_STATE),
    ("XX", "inciting subversion of state power", Family.ANTI_STATE),
    ("XX", "acting as a foreign agent", Family.FOREIGN_AGENT),
    ("XX", "unlawful assembly", Family.ASSEMBLY),
    ("XX", "disclosing state secrets", Family.ESPIONAGE),
    ("XX", "blasphemy", Family.RELIGION),
    ("XX", "tax evasion", Family.FINANCE),
    ("XX", "possession of drugs", Family.ORDINARY),
    ("XX", "hooliganism", Family.RESISTING_POLICE),
    ("XX", "cyber crime law", Family.CYBER),
    ("XX", "under the emergency law", Family.EMERGENCY),
    ("XX", "held without charge", Family.NO_CHARGE),
    ("XX", "Оскорбление власти", Family.SPEECH),
    ("XX", "Дискредитация армии", Family.SPEECH),
    ("XX", "государственная измена", Family.ANTI_STATE),
    ("XX", "масавыя беспарадкі", Family.ASSEMBLY),
    ("XX", "تبلیغ علیه نظام", Family.SPEECH),
    ("XX", "اقدام علیه امنیت ملی", Family.ANTI_STATE),
    ("XX", "إهانة الرئيس", Family.SPEECH),
    ("XX", "颠覆国家政权", Family.ANTI_STATE),
    ("XX", "寻衅滋事", Family.SPEECH),
]


@pytest.mark.parametrize(("country", "charge", "family"), TOLD)
def test_a_charge_tells_its_family(country: str, charge: str, family: Family) -> None:
    assert family_of(country, charge) is family


def test_words_of_a_charge_outweigh_its_number() -> None:
    assert family_of("BY", "342 terrorism") is Family.TERRORISM


def test_the_table_of_articles_says_that_it_needs_counsel() -> None:
    assert "counsel" in CHECKED


@given(st.text(max_size=60), st.text(alphabet="ABCDEFG", min_size=2, max_size=2))
def test_any_text_has_a_family_or_none_and_never_fails(charge: str, country: str) -> None:
    assert family_of(country, charge) in Family


def test_a_list_s_charges_have_their_families_when_it_is_promoted() -> None:
    cells = {"name": "Ana", "date of arrest": "2023-01-02", "articles": "369; 342; odd one",
             "status": ""}  # fmt: skip
    staged = stage([Row("line 2", cells)], propose(list(cells)), date(2024, 1, 1))
    _, episodes = promote(staged.observations, "court", "BY", date(2024, 1, 1))
    found = [(charge.raw, charge.family) for charge in episodes[0].charges]
    assert found == [
        ("369", Family.SPEECH),
        ("342", Family.ASSEMBLY),
        ("odd one", Family.UNKNOWN),
    ]
