"""Profiles: the two shipped ones, and a ministry's own, which may only be stricter."""

from __future__ import annotations

import pytest

from standwith.assess.profile import UnknownProfile, own_profile, shipped, shipped_profile
from standwith.kernel.document import read_document

OWN = """\
id: ministry
extends: crm-atrocity
title: House rules
hold: {RS-16: "no payments to soldiers under our law"}
gates: {G-38: [LB]}
nonviolent_recipients: true
"""


def test_the_two_profiles_of_the_sources_are_shipped() -> None:
    assert [profile.id for profile in shipped()] == ["icnc", "crm-atrocity"]
    assert shipped_profile("icnc").nonviolent_recipients
    assert shipped_profile("crm-atrocity").out_of_scope_if == ("X1",)


def test_an_unknown_profile_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownProfile, match="icnc, crm-atrocity, strictest"):
        shipped_profile("realist")


def test_a_ministry_adds_its_own_profile_as_a_file() -> None:
    profile = own_profile(read_document(OWN.encode(), "own.yaml"))
    assert (profile.id, profile.base) == ("ministry", "crm-atrocity")
    assert profile.hold["RS-16"].startswith("no payments")
    assert profile.gates["G-38"] == ("LB",)
    assert profile.nonviolent_recipients


def test_a_profile_names_only_actions_and_gates_that_exist() -> None:
    text = 'id: own\nextends: icnc\nhold: {G-99: "x"}\ngates: {G-38: [ZZ], G-98: [LB]}\n'
    with pytest.raises(UnknownProfile) as caught:
        own_profile(read_document(text.encode(), "own.yaml"))
    lines = str(caught.value).splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("own.yaml, line 3, column 14: 'G-99' is no action; see")
    assert "'ZZ' is no gate; write CN, CS" in lines[1]
    assert "'G-98' is no action" in lines[2]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("id: x\n", "'extends' is missing"),
        ("- 1\n", "the file is not object"),
        ("id: x\nextends: none\n", "write one of icnc, crm-atrocity"),
        (OWN + "allow: [RS-12]\n", "line 7, column 8: 'allow' is no part of it"),
    ],
)
def test_a_profile_cannot_loosen_or_invent_anything(text: str, sentence: str) -> None:
    with pytest.raises(UnknownProfile, match=sentence):
        own_profile(read_document(text.encode(), "own.yaml"))
