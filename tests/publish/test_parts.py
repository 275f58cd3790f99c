"""The run of parts that PDF and DOCX share, the terminal, the dossier, single records."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.conftest import brief_of, shipped_case

from standwith.assess.situation import as_known
from standwith.choose.catalogue import catalogue
from standwith.choose.matrix import matrix
from standwith.choose.release import by_id, current
from standwith.publish import contract
from standwith.publish.document import Part, document
from standwith.publish.dossier import case_data, case_text
from standwith.publish.plain import encode
from standwith.publish.record import matrix_text, record_text
from standwith.publish.table import action_table
from standwith.publish.template import environment, template_text
from standwith.publish.terminal import assessment_text, brief_text
from standwith.publish.words import words

KINDS = {"mark", "heading", "item", "text", "bullet", "pairs", "table"}


def parts(case: str, as_of: str = "", language: str = "en") -> list[Part]:
    """Walk the brief of a shipped case."""
    return list(document(brief_of(case, "", as_of), words(language)))


@pytest.mark.parametrize("case", ["belarus-2020", "myanmar-2023"])
def test_the_parts_are_of_known_kinds_and_never_empty(case: str) -> None:
    for part in parts(case):
        assert part.kind in KINDS
        assert part.text or part.rows
        if part.kind in {"heading", "item"}:
            assert part.text.strip()


def test_the_document_begins_with_its_marking() -> None:
    first = parts("belarus-2020")[0]
    assert (first.kind, first.text.split()[0]) == ("mark", "TLP:AMBER")


HEADINGS = [
    "Situation and phase",
    "What we do not know",
    "What the movement has asked for",
    "Do now",
    "Do with approval",
    "Ask first",
    "Hold",
    "Never",
    "Allowed, not called for",
    "To read only",
    "Questions that would change the advice",
    "Warnings",
    "Timeliness",
    "Sources",
]


def test_the_headings_follow_the_order_of_the_brief() -> None:
    found = [p.text.split(" (")[0] for p in parts("belarus-2020") if p.kind == "heading"]
    assert found == HEADINGS


def test_pairs_have_two_cells_and_tables_one_width() -> None:
    for part in parts("belarus-2020", "2020-12-31"):
        if part.kind == "pairs":
            assert {len(row) for row in part.rows} <= {2}
        if part.kind == "table":
            assert {len(row) for row in part.rows} == {4}


def test_acts_make_a_table_only_when_there_are_any() -> None:
    kinds = Counter(part.kind for part in parts("belarus-2020"))
    later = Counter(part.kind for part in parts("belarus-2020", "2020-12-31"))
    assert (kinds["table"], later["table"]) == (0, 1)


@pytest.mark.parametrize("case", ["belarus-2020", "myanmar-2023"])
def test_both_languages_have_the_same_parts(case: str) -> None:
    english = [part.kind for part in parts(case)]
    assert english == [part.kind for part in parts(case, language="ar")]


def test_every_entry_is_named_in_the_document() -> None:
    text = " ".join(
        f"{part.text} {' '.join(cell for row in part.rows for cell in row)}"
        for part in parts("myanmar-2023")
    )
    assert [name for name in catalogue() if f"{name} " not in text] == []


SHOWN = [
    "SITUATION AND PHASE",
    "WHAT WE DO NOT KNOW",
    "WHAT THE MOVEMENT HAS ASKED FOR",
    "DO NOW (",
    "DO WITH APPROVAL (",
    "ASK FIRST (",
    "HOLD (",
    "NEVER (",
    "QUESTIONS THAT WOULD CHANGE THE ADVICE",
    "WARNINGS",
    "TIMELINESS",
    "SOURCES",
]


@pytest.mark.parametrize("case", ["belarus-2020", "myanmar-2023"])
def test_the_terminal_shows_each_section_in_order(case: str) -> None:
    text = brief_text(brief_of(case))
    places = [text.index(title) for title in SHOWN]
    assert places == sorted(places)


def test_the_terminal_shows_every_entry_when_asked() -> None:
    text = brief_text(brief_of("myanmar-2023"), everything=True)
    missing = [name for name in catalogue() if name not in text]
    assert missing == []


def test_the_terminal_shows_all_that_is_never_done() -> None:
    text = brief_text(brief_of("belarus-2020"))
    for action in catalogue().values():
        if action.tier == "T3":
            assert action.id in text


def test_the_assessment_in_the_terminal_has_all_its_parts() -> None:
    text = assessment_text(brief_of("belarus-2020").assessment)
    for word in ("CONTEXT", "PHASE", "SITUATION", "partly: R4", "n/a: R1"):
        assert word in text


def test_a_dossier_shows_claims_with_grade_and_passage() -> None:
    text = case_text(shipped_case("myanmar-2023"))
    assert "nug backs pdf" in text
    assert "A2, crm-atrocity L166, 178" in text
    assert "n01 nug asks RS-37: in force" in text
    assert "c07 UN Human Rights Council" in text


def test_a_dossier_of_a_past_day_shows_what_was_known_then() -> None:
    situation = shipped_case("myanmar-2023")
    from datetime import date

    early = case_data(as_known(situation, as_of=date(2021, 3, 1)))
    full = case_data(situation)
    assert len(early["claims"]) < len(full["claims"])
    assert early["requests"] == []
    assert [row["in_force"] for row in full["requests"]] == [True, True]


def test_dossier_data_says_which_claims_count() -> None:
    from datetime import date

    situation = as_known(shipped_case("belarus-2020"), as_of=date(2020, 12, 31))
    counted = {row["id"]: row["counts"] for row in case_data(situation)["claims"]}
    assert counted["b19"] is False
    assert counted["b01"] is True


FIELDS = [
    ("G-37", "tier: T2"),
    ("G-37", "cost eur low 10000, high 500000"),
    ("K02", "rule: fact nonviolent"),
    ("R1", "because no coup"),
    ("ST-03", "recomputable: does-not-recompute"),
    ("DF-21", "status: undefined-in-sources"),
    ("EV-19", "checked: recomputed"),
]


@pytest.mark.parametrize(("name", "text"), FIELDS)
def test_a_record_is_shown_field_by_field(name: str, text: str) -> None:
    folders = ("actions", "criteria", "statistics", "definitions", "evidence")
    found = [by_id(current()[f])[name] for f in folders if name in by_id(current()[f])]
    assert text in record_text(found[0], current())


def test_a_shown_record_hides_hashes_and_empty_fields() -> None:
    row = by_id(current()["actions"])["G-37"]
    text = record_text(row, current())
    assert "sha256" not in text
    assert "substitute" not in text


def test_a_matrix_is_written_cell_by_cell() -> None:
    found = matrix(catalogue().values(), "target", "tier")
    text = matrix_text(found)
    for (down, across), ids in found.cells.items():
        assert f"({len(ids)}): " in text
        assert down in text
        assert across in text


def test_a_table_row_writes_lists_conditions_and_estimates() -> None:
    head, rows = action_table(current())
    cells = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert cells["G-39"]["preconditions"] == "CS when a person is named"
    assert cells["G-37"]["where"] == "O"
    assert cells["G-37"]["cost_eur"] == "10000 to 500000 (estimate)"
    assert cells["G-29"]["substitute"].endswith("; G-37; G-28")
    assert cells["G-06a"]["part_of"] == "G-06"
    assert cells["RS-06"]["conflicts"] == "G-56"


def test_templates_are_found_and_strict() -> None:
    assert "{{ css }}" in template_text("brief.html.jinja")
    with pytest.raises(FileNotFoundError):
        template_text("none.jinja")
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        environment().from_string("{{ nothing }}").render()
    assert environment().from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"


def test_plain_data_is_written_in_its_own_letters() -> None:
    assert encode({"b": "рух", "a": 1}) == '{\n  "b": "рух",\n  "a": 1\n}\n'


RECOMMENDATION = [
    "action",
    "title",
    "verdict",
    "profiles",
    "pending",
    "first",
    "limits",
    "band",
    "ranking",
    "evidence",
    "because",
    "would_change_if",
    "conflicts",
    "substitute",
]


def test_the_contract_of_a_recommendation_keeps_its_fields_in_order() -> None:
    data = contract.brief(brief_of("myanmar-2023"))
    for row in data["recommendations"]:
        assert list(row) == RECOMMENDATION


def test_the_contract_shows_each_organisation_under_each_profile() -> None:
    rows = contract.brief(brief_of("myanmar-2023"))["recommendations"]
    voice = next(row for row in rows if row["action"] == "G-20")
    assert set(voice["profiles"]) == {"icnc", "crm-atrocity"}
    assert voice["profiles"]["icnc"]["organisations"]["pdf"] == "hold"
    assert voice["profiles"]["icnc"]["fit_for"] == ["cdm"]


def test_central_weights_sum_to_one_where_an_action_can_be_first() -> None:
    rows = contract.brief(brief_of("myanmar-2023"))["recommendations"]
    found = [row["ranking"]["central_weights"] for row in rows if row["ranking"]]
    weights = [row for row in found if row]
    assert weights
    assert all(sum(row) == pytest.approx(1, abs=1e-3) for row in weights)


def test_timeliness_holds_findings_first_and_then_the_acts() -> None:
    rows = contract.brief(brief_of("belarus-2020", "", "2020-12-31"))["timeliness"]
    assert [next(iter(row)) for row in rows] == ["finding"] * 3 + ["actor"] * 6
    assert rows[3]["days"] == {"least": 31, "most": None}
