"""Counterexamples of the sources, as unit tests of the rules."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from standwith.assess.picture import Assessment
from standwith.assess.profile import shipped_profile
from standwith.choose.advice import Advice
from standwith.choose.catalogue import catalogue
from standwith.choose.decide import Judge
from standwith.choose.decision import Decision
from standwith.choose.score import grade_evidence
from standwith.kernel.verdict import Verdict

Make = Callable[..., Assessment]
MET = dict.fromkeys(
    (
        "elected-mandate",
        "inclusive",
        "deliberative",
        "democratic-resolution",
        "humanitarian-law",
        "human-rights",
        "nonviolent",
    ),
    "true",
)
BASE = {
    "repression": "true",
    "coup": "true",
    "armed-conflict": "true",
    "movement-active": "true",
    "invasion": "false",
}


def decide(found: Assessment, action: str, profile: str = "crm-atrocity") -> Decision:
    """Decide one action for the first organisation."""
    judge = Judge(found, shipped_profile(profile))
    entry = catalogue()[action]
    return judge.decide(entry, judge.recipients(entry)[0])


def test_libya_a_front_recognised_early_may_break(made: Make) -> None:
    found = decide(made({**BASE, **MET, "fragmentation": "true"}), "RS-18")
    assert found.advice is Advice.RECOMMEND
    assert "REC-08" in [row.id for row in found.rows]
    assert any("Libya" in row.because for row in found.rows)


def test_libya_is_evidence_against_recognition() -> None:
    assert "EV-08" in catalogue()["RS-18"].evidence_against


def test_bosnia_the_exception_is_shown_but_never_emitted(made: Make) -> None:
    """E1 may hold; tier T3 stays: the engine cannot emit lethal support."""
    found = made(
        {
            **BASE,
            **MET,
            "chance-of-success": "true",
            "escalation-expected": "false",
            "foreign-patron": "false",
            "fragmentation": "false",
            "security-council-mandate": "true",
        },
        kinds=("armed",),
    )
    assert found.organisations["armed"]["E1"].verdict is Verdict.TRUE
    assert decide(found, "RS-12").advice is Advice.PROHIBITED


def test_guaido_recognition_by_others_is_a_signal_and_no_criterion(made: Make) -> None:
    """A claim that states recognise somebody leaves R1 to R6 as they were."""
    found = made({**BASE, "recognised-as-government": "true", "elected-mandate": "true"})
    assert decide(found, "RS-19").advice is Advice.HOLD
    assert decide(found, "RS-18").advice is Advice.NEEDS_INFO


def test_otpor_is_the_precedent_for_funding_and_stays_gated(made: Make) -> None:
    assert "EV-31" in catalogue()["RS-17"].evidence_for
    found = decide(made({**BASE, "nonviolent": "unknown"}), "RS-17")
    assert found.advice is Advice.NEEDS_INFO
    assert decide(made({**BASE, "nonviolent": "true"}), "RS-17").advice is Advice.RECOMMEND


def test_funding_an_armed_group_needs_the_nonlethal_tests_or_is_held(made: Make) -> None:
    facts = {**BASE, "nonviolent": "false", "protects-civilians": "true", "no-escalation": "true"}
    assert decide(made(facts, kinds=("armed",)), "RS-17").advice is Advice.HOLD
    assert decide(made(facts, kinds=("political",)), "RS-17").advice is Advice.RECOMMEND
    assert decide(made(facts, kinds=("political",)), "RS-17", "icnc").advice is Advice.HOLD


@pytest.mark.parametrize("place", ["Cambodia", "Sierra Leone", "Honduras", "Cote d'Ivoire"])
def test_refused_credentials_are_a_sparing_signal(place: str) -> None:
    from standwith.choose.release import by_id, current

    record = by_id(current()["evidence"])["EV-28"]
    assert place in record["study"]
    assert "EV-28" in catalogue()["RS-20"].evidence_for


def test_after_a_coup_credentials_follow_the_lesser_degree(made: Make) -> None:
    assert decide(made({**BASE, **MET}), "RS-20").advice is Advice.RECOMMEND
    assert decide(made({**BASE, **MET, "inclusive": "false"}), "RS-20").advice is Advice.HOLD


def test_a_foreign_invasion_is_out_of_scope_of_the_article_alone(made: Make) -> None:
    found = made({**BASE, **MET, "invasion": "true"})
    assert decide(found, "RS-33").advice is Advice.OUT_OF_SCOPE
    assert decide(found, "RS-33", "icnc").advice is Advice.RECOMMEND


def test_lethal_support_carries_the_grade_of_harm() -> None:
    assert grade_evidence(catalogue()["RS-12"]).letter == "X"
