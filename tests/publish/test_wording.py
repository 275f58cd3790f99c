"""The words of a brief: sections, reasons, details, unknowns, asks, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from numpy.random import PCG64, Generator
from tests.conftest import DAY, brief_of, situation_of

from standwith.assess.assessment import assess
from standwith.assess.profile import shipped
from standwith.assess.situation import Situation
from standwith.choose.advice import Advice
from standwith.choose.brief import write_brief
from standwith.choose.page import Brief, Item
from standwith.choose.recommendation import Change
from standwith.kernel.verdict import Verdict
from standwith.publish.details import (
    details,
    instead,
    since_trigger,
    sources_known,
    worst_risks,
)
from standwith.publish.wording import (
    PENDING,
    asks,
    before,
    changed,
    differing,
    headline,
    held_phases,
    isolated,
    limits,
    pending,
    sections,
    unknowns,
    why,
)
from standwith.publish.words import words

ENGLISH = words("en")
ARABIC = words("ar")
OPEN = {
    "repression": "true",
    "movement-active": "true",
    "nonviolent": "true",
    "invasion": "false",
}


def brief(situation: Situation) -> Brief:
    """Write the brief of a made situation."""
    found = assess(situation, as_of=DAY)
    return write_brief(found, shipped(), rng=Generator(PCG64(1)))


def item(name: str, case: str = "belarus-2020") -> Item:
    """Find an item of a shipped case."""
    return next(i for i in brief_of(case).items if i.recommendation.action.id == name)


ORDER = ["now", "approval", "ask", "hold", "never", "permit", "reference"]


def test_sections_stand_in_the_order_of_urgency() -> None:
    assert [section.id for section in sections(brief_of("belarus-2020"))] == ORDER


def test_sections_hold_what_their_name_says() -> None:
    for section in sections(brief_of("myanmar-2023")):
        for line in section.lines:
            for held in (line.lead, *line.also):
                found = held.recommendation
                if section.id == "now":
                    assert found.advice is Advice.RECOMMEND
                    assert not found.pending
                if section.id == "approval":
                    assert found.advice is Advice.RECOMMEND
                    assert found.pending
                if section.id == "never":
                    assert found.advice is Advice.PROHIBITED


def test_what_overlaps_stands_on_one_line_of_action() -> None:
    now = sections(brief_of("belarus-2020"))[0]
    release = next(line for line in now.lines if line.lead.recommendation.action.id == "BY-04")
    assert {i.recommendation.action.id for i in release.also} == {"G-39", "CO-02"}


def test_what_is_held_or_never_done_stands_for_itself() -> None:
    for section in sections(brief_of("belarus-2020")):
        if section.id in {"hold", "never", "reference"}:
            assert all(line.also == () for line in section.lines)


def test_the_best_band_comes_first() -> None:
    for section in sections(brief_of("myanmar-2023"))[:2]:
        bands = [line.lead.standing.band for line in section.lines if line.lead.standing]
        assert bands == sorted(bands)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("G-43", ""),
        ("G-41", "neutrality"),
        ("G-37", "evidence file, legal basis, counsel, second approver"),
    ],
)
def test_sign_offs_are_said_in_words(name: str, text: str) -> None:
    assert pending(item(name)) == text


def test_every_sign_off_has_words() -> None:
    used = {word for i in brief_of("myanmar-2023").items for word in i.recommendation.pending}
    assert used <= set(PENDING)


@pytest.mark.parametrize(
    ("name", "text"),
    [("G-37", "talk to the coalition"), ("G-14", "G-01"), ("G-43", "")],
)
def test_what_comes_first_is_said_in_words(name: str, text: str) -> None:
    assert before(item(name)) == text


def test_limits_and_remarks_are_said_together() -> None:
    text = limits(item("RS-18", "myanmar-2023"))
    assert "support stays measured" in text
    assert "Libya" in text


def test_profiles_are_named_only_where_they_differ() -> None:
    assert differing(item("G-20")) == "icnc: recommend; crm-atrocity: needs-info"
    assert differing(item("G-39")) == ""


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("G-10", "not known whether: "),
        ("G-22", "closed: "),
        ("G-29", "closed: tier T3"),
    ],
)
def test_the_deciding_reason_is_named(name: str, begin: str) -> None:
    assert why(item(name)).startswith(begin)


def test_a_contested_reason_is_named_as_such() -> None:
    found = brief(situation_of({**OPEN, "nonviolent": "both"}))
    held = next(i for i in found.items if i.recommendation.action.id == "G-02")
    assert why(held).startswith("contested: ")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (("repression", "", Verdict.FALSE), "Has repression of the movement begun? no: then hold"),
        (("criterion", "R2", Verdict.TRUE), "R2 is met? yes: then hold"),
        (("consent", "G-10", Verdict.TRUE), "consent? yes: then hold"),
    ],
)
def test_a_change_is_said_as_question_answer_and_consequence(
    key: tuple[str, str, Verdict], text: str
) -> None:
    assert changed(Change((key,), Advice.HOLD)).endswith(text)


def test_the_headline_counts_what_the_sections_hold() -> None:
    found = brief_of("belarus-2020")
    line = headline(found, ENGLISH)
    counts = {section.id: section.size for section in sections(found)}
    assert f"{counts['now']} actions can start now" in line
    assert f"{counts['ask']} for a fact" in line
    assert f"{counts['never']} are never done" in line
    assert str(counts["now"]) in headline(found, ARABIC)


def test_phases_are_said_with_their_probability() -> None:
    assert "ascendance (30%), peak (70%)" in held_phases(brief_of("belarus-2020"), ENGLISH)
    nothing = brief(situation_of(OPEN, signs=()))
    assert "not known" in held_phases(nothing, ENGLISH)


def test_unknowns_are_grouped_by_what_they_are_about() -> None:
    lines = unknowns(brief_of("myanmar-2023"))
    assert any(line.startswith("National Unity Government, contested: K02") for line in lines)
    assert any(line.startswith("situation, not known: ") for line in lines)


def test_asks_say_whether_they_are_verified() -> None:
    assert "not verified" in asks(brief_of("belarus-2020"), ENGLISH)[0]
    shown = asks(brief_of("myanmar-2023"), ENGLISH)
    assert any("(verified;" in line and "RS-37" in line for line in shown)
    assert asks(brief(situation_of(OPEN)), ENGLISH) == ()


@pytest.mark.parametrize(
    ("text", "language", "isolates"),
    [("Belarus", "ar", True), ("بيلاروس", "ar", False), ("Belarus", "en", False)],
)
def test_foreign_text_is_isolated_where_directions_meet(
    text: str, language: str, *, isolates: bool
) -> None:
    shown = isolated(text, words(language))
    assert shown == (f"\u2066{text}\u2069" if isolates else text)


def test_details_leave_out_what_is_empty() -> None:
    for held in brief_of("belarus-2020").items:
        for name, text in details(held, (), ENGLISH):
            assert name
            assert text


def test_details_name_the_kin_with_its_own_sign_offs() -> None:
    lead, kin = item("RS-02"), item("G-38")
    shown = dict(details(lead, (kin,), ENGLISH))
    assert shown["same line of action"].startswith("G-38 Condemn repression of the movement")


def test_details_show_evidence_only_where_there_is_a_study() -> None:
    assert dict(details(item("RS-33"), (), ENGLISH))["evidence grade"] == "B (3 studies)"
    assert "evidence grade" not in dict(details(item("G-43"), (), ENGLISH))


def test_the_substitute_names_text_and_actions() -> None:
    assert instead(item("G-40a")) == "Support circumvention instead of intrusion. (G-34)"
    assert instead(item("G-30")).endswith("statelessness.")
    assert instead(item("G-39")) == ""


def test_the_gravest_risks_come_alone() -> None:
    assert {risk.severity for risk in worst_risks(item("G-37").recommendation.action)} == {"high"}
    assert {risk.severity for risk in worst_risks(item("G-05").recommendation.action)} == {"low"}
    assert worst_risks(item("G-52").recommendation.action) == ()


def test_only_sources_that_had_appeared_are_listed() -> None:
    early = [source.id for source in sources_known(brief_of("belarus-2020"))]
    late = [source.id for source in sources_known(brief_of("belarus-2020", "", "2020-12-31"))]
    assert early == ["belarus-2020", "service-video"]
    assert set(late) == {"belarus-2020", "service-video", "icnc-guide", "security-forces"}


def test_the_days_since_the_trigger_are_said() -> None:
    assert since_trigger(brief_of("belarus-2020"), ENGLISH).startswith("9 days after the trigger")
    assert since_trigger(brief(situation_of(OPEN)), ENGLISH) == ""


def test_an_inhabited_page_says_none_where_there_is_nothing() -> None:
    from standwith.publish.html import brief_page

    empty = replace(situation_of({}, signs=()), organisations=())
    page = brief_page(brief(empty))
    assert "No request is on record." in page
    assert ">none<" in page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_placeholder_of_the_words_is_filled(language: str) -> None:
    from standwith.publish.html import brief_page

    page = brief_page(brief_of("myanmar-2023"), language)
    body = page[page.index("<body") :]
    assert "{country}" not in body
    assert "{{" not in body
    assert "{days}" not in body


def test_what_was_asked_for_keeps_its_order_inside_arabic() -> None:
    line = asks(brief_of("belarus-2020"), ARABIC)[0]
    assert line.startswith("\u2066")
    assert ARABIC["unverified"] in line
    assert line.count("\u2066") == line.count("\u2069") == 2
    plain = asks(brief_of("belarus-2020"), ENGLISH)[0]
    assert "\u2066" not in plain
    assert plain.startswith("2020-08-18, protest-movement: ")
