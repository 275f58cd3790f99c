"""Case files: every problem is reported with its place and how to mend it."""

from __future__ import annotations

from datetime import date

import pytest

from standwith.assess.case import read_case
from standwith.assess.problem import UnusableCase
from standwith.assess.situation import Situation
from standwith.kernel.document import read_document
from standwith.kernel.verdict import Verdict

TODAY = date(2026, 1, 1)
VALID = """\
case: made-2024
title: A made case
country: BY
as_of: 2024-06-01
sources:
- {id: report, title: Report, author: Somebody, published: 2024-05-01, citation: Report 2024}
organisations:
- {id: movement, name: The movement, kind: civic}
- {id: union, name: The union, kind: civic}
claims:
- {id: c1, fact: repression, value: true, recorded: 2024-05-02, source: {id: report, lines: 3}, grade: B2}
- {id: c2, about: movement, fact: nonviolent, value: true, recorded: 2024-05-02, source: {id: report}, grade: B2}
relations:
- {from: movement, to: union, kind: allied-with}
requests:
- {id: r1, organisation: movement, actions: [G-33], given: 2024-05-03, verified: true, channel: letter, source: {id: report}, recorded: 2024-05-03}
phase_evidence:
- {indicator: strikes, source: {id: report}, recorded: 2024-05-02}
"""


def read(text: str) -> Situation:
    """Read a case text."""
    return read_case(read_document(text.encode(), "case.yaml"), today=TODAY)


def problems(text: str) -> list[str]:
    """Read a bad case text and return its sentences."""
    with pytest.raises(UnusableCase) as caught:
        read(text)
    return str(caught.value).splitlines()


def test_a_valid_case_is_read_whole() -> None:
    situation = read(VALID)
    assert situation.country.name == "Belarus"
    assert [c.id for c in situation.claims] == ["c1", "c2"]
    assert situation.claims[0].valid.first == date(2024, 5, 2)
    assert situation.requests[0].stands_on(date(2024, 6, 1))
    assert situation.phase_evidence[0].indicator == "strikes"


SLIPS = [
    ("country: BY", "country: Atlantis", "line 3, column 10: 'Atlantis' is no place"),
    (
        "as_of: 2024-06-01",
        "as_of: 01.06.2024",
        "line 4, column 8: as_of '01.06.2024' has the wrong form",
    ),
    ("as_of: 2024-06-01", "as_of: 2024-02-30", "names a day that does not exist"),
    ("as_of: 2024-06-01", "as_of: 2027-01-01", "after today"),
    ("title: A made case\n", "", "'title' is missing; add a line title: ..."),
    ("case: made-2024", "case: Made Case", "use small letters, digits and hyphens"),
    ("fact: repression", "fact: represion", "'represion' is no fact of the vocabulary"),
    ("fact: repression", "fact: phase", "'phase' is no fact of the vocabulary"),
    ("grade: B2}\n- {id: c2", "grade: Z9}\n- {id: c2", "write a letter A-F and a digit 1-6"),
    (
        "value: true, recorded: 2024-05-02, source: {id: report, lines: 3}",
        "value: perhaps, recorded: 2024-05-02, source: {id: report, lines: 3}",
        "value 'perhaps' is not allowed",
    ),
    ("lines: 3", "lines: three", "write numbers and ranges"),
    ("about: movement, fact", "about: nobody, fact", "is claimed about 'nobody'"),
    ("source: {id: report, lines: 3}", "source: {id: gossip}", "the source 'gossip' is not listed"),
    ("id: c2,", "id: c1,", "the id 'c1' stands 2 times in claims"),
    ("actions: [G-33]", "actions: [G-99]", "'G-99' is no action of the catalogue"),
    ("organisation: movement", "organisation: ghosts", "the organisation 'ghosts' is not listed"),
    ("to: union", "to: army", "the organisation 'army' is not listed"),
    ("to: union", "to: movement", "'movement' is tied to itself"),
    ("indicator: strikes", "indicator: stars", "'stars' is no sign of a phase"),
    (
        "recorded: 2024-05-02, source: {id: report, lines: 3}",
        "recorded: 2024-04-01, source: {id: report, lines: 3}",
        "before its source appeared",
    ),
    (
        "recorded: 2024-05-02, source: {id: report, lines: 3}",
        "recorded: 2026-04-01, source: {id: report, lines: 3}",
        "which is after today",
    ),
    (
        "kind: civic}\n- {id: union",
        "kind: militant}\n- {id: union",
        "write one of civic, political, armed",
    ),
    ("citation: Report 2024", "citations: Report 2024", "did you mean citation?"),
    (
        "- {id: union, name: The union, kind: civic}",
        "- {id: union, name: {English: x}, kind: civic}",
        "is no language tag",
    ),
    ("claims:", "claims: none\nclaim:", "claims is not array"),
    (
        "given: 2024-05-03, verified: true",
        "given: 2024-05-03, verified: perhaps",
        "verified is not boolean",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "sentence"), SLIPS)
def test_a_slip_is_named_with_its_place_and_its_mend(right: str, wrong: str, sentence: str) -> None:
    assert right in VALID
    found = problems(VALID.replace(right, wrong, 1))
    assert any(sentence in line for line in found), found
    assert all(line.startswith("case.yaml, line ") for line in found)


def test_organisations_cannot_be_rivals_and_one_side_at_once() -> None:
    text = VALID.replace("requests:", "- {from: union, to: movement, kind: rivals}\nrequests:")
    assert any("rivals and one side at once" in line for line in problems(text))


CIRCLES = [
    ["{from: movement, to: union, kind: commands}", "{from: union, to: movement, kind: commands}"],
    [
        "{from: movement, to: union, kind: member-of}",
        "{from: union, to: third, kind: member-of}",
        "{from: third, to: movement, kind: member-of}",
    ],
    [
        "{from: union, to: third, kind: member-of}",
        "{from: movement, to: union, kind: member-of}",
        "{from: third, to: movement, kind: member-of}",
    ],
]


@pytest.mark.parametrize("relations", CIRCLES)
def test_nobody_commands_what_commands_him(relations: list[str]) -> None:
    third = "- {id: third, name: The third, kind: civic}\nclaims:"
    lines = "".join(f"- {line}\n" for line in relations)
    text = VALID.replace("claims:", third).replace(
        "- {from: movement, to: union, kind: allied-with}\n", lines
    )
    found = problems(text)
    assert len(found) == 1
    assert "closes a circle; drop one of its lines" in found[0]
    without = text.replace(f"- {relations[-1]}\n", "")
    assert len(read(without).relations) == len(relations) - 1


@pytest.mark.parametrize("title", ['"  "', "{en: ' '}", "''"])
def test_a_title_must_say_something(title: str) -> None:
    assert problems(VALID.replace("title: A made case", f"title: {title}"))


def test_all_problems_of_one_kind_are_reported_at_once() -> None:
    text = VALID.replace("repression", "x1").replace("nonviolent", "x2").replace("G-33", "G-98")
    assert len(problems(text)) == 3


def test_slips_of_form_and_of_sense_are_reported_together() -> None:
    text = (
        VALID.replace("grade: B2}\n- {id: c2", "grade: Z9}\n- {id: c2")
        .replace("country: BY", "country: Atlantis")
        .replace("actions: [G-33]", "actions: [G-99]")
        .replace("to: union", "to: army")
    )
    found = "\n".join(problems(text))
    for word in (
        "write a letter A-F",
        "is no place",
        "no action of the catalogue",
        "'army' is not listed",
    ):
        assert word in found


@pytest.mark.parametrize("key", ["title", "country", "as_of", "sources", "organisations", "claims"])
def test_a_part_of_the_wrong_form_is_reported_and_hides_nothing_else(key: str) -> None:
    lines = [f"{key}: 7" if line.startswith(f"{key}:") else line for line in VALID.splitlines()]
    text = "\n".join(line for line in lines if not line.startswith("- "))
    text = text.replace("relations:", "relations: []").replace("requests:", "requests: []")
    text = text.replace(
        "phase_evidence:",
        "phase_evidence:\n- {indicator: stars, source: {id: report}, recorded: 2024-05-02}",
    )
    found = "\n".join(problems(text))
    assert f"{key} is not" in found
    assert "'stars' is no sign of a phase" in found


def test_an_empty_file_is_told_what_it_lacks() -> None:
    assert problems("") == [
        "case.yaml, line 1, column 1: the file is not object; see docs/reference/case-file"
    ]


def test_a_withdrawn_or_expired_request_no_longer_stands() -> None:
    ended = read(VALID.replace("verified: true,", "verified: true, until: 2024-05-20,"))
    withdrawn = read(VALID.replace("verified: true,", "verified: true, withdrawn: 2024-05-20,"))
    unverified = read(VALID.replace("verified: true,", "verified: false,"))
    for situation in (ended, withdrawn, unverified):
        assert not situation.requests[0].stands_on(date(2024, 6, 1))


def test_a_country_without_a_code_can_be_named() -> None:
    assert read(VALID.replace("country: BY", "country: Tibet")).country.kind == "territory"


def test_verdicts_of_a_fresh_case_are_unknown_where_nothing_is_claimed() -> None:
    from standwith.assess.assessment import assess

    found = assess(read(VALID), as_of=date(2024, 6, 1))
    assert found.criteria["X1"].verdict is Verdict.UNKNOWN
    assert found.organisations["union"]["K02"].verdict is Verdict.UNKNOWN
