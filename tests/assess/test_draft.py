"""Drafts: the answers of an interview make a valid case file."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from standwith.assess.case import read_case
from standwith.assess.draft import FIRST_FACTS, Draft, draft_text
from standwith.kernel.document import read_document

answers = st.dictionaries(st.sampled_from(FIRST_FACTS), st.sampled_from(["true", "false"]))
words = st.text(min_size=1, max_size=40).filter(lambda t: t.strip() and t.isprintable())


def draft(facts: tuple[tuple[str, str], ...], title: str = "A case", decides: str = "") -> Draft:
    """A draft with the given answers."""
    return Draft(
        case="made-2024",
        title=title,
        country="BY",
        as_of="2024-06-01",
        trigger="a vote",
        trigger_date="2024-05-01",
        source="report",
        source_title="Report: part 1",
        source_author="Somebody",
        source_published="2024-05-10",
        organisation="movement",
        organisation_name='The "movement"',
        organisation_kind="civic",
        facts=facts,
        decides=decides,
        signs=("strikes",),
    )


@given(answers, words, words)
def test_any_answers_make_a_valid_case(facts: dict[str, str], title: str, decides: str) -> None:
    text = draft_text(draft(tuple(facts.items()), title, decides))
    read = read_case(read_document(text.encode(), "new.yaml"), today=date(2026, 1, 1))
    assert {c.fact: c.value for c in read.claims} == facts
    assert str(read.title) == title


def test_unanswered_facts_stay_out() -> None:
    text = draft_text(draft((("repression", "true"),)))
    assert "repression" in text
    assert "detentions" not in text
