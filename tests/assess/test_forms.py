"""Forms and problems: sentences with place and mend, schemas that bite."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from standwith.assess.form import check_form
from standwith.assess.problem import Findings, Problem, UnusableCase
from standwith.kernel.document import Place, read_document
from standwith.kernel.pack import names, parse_json, read_bytes, read_json, read_yaml


def findings(text: str) -> Findings:
    """Check a text against the schema of case files."""
    found = Findings(read_document(text.encode(), "x.yaml"))
    check_form(found, "case")
    return found


def test_a_problem_is_one_sentence_with_place_and_mend() -> None:
    problem = Problem(Place(3, 7), "this is wrong", "do that")
    assert problem.sentence("f.yaml") == "f.yaml, line 3, column 7: this is wrong; do that"


def test_problems_stand_in_the_order_of_the_file_and_once_each() -> None:
    found = Findings(read_document(b"a: 1\nb: 2\n", "x.yaml"))
    found.add(("b",), "second", "mend it")
    found.add(("a",), "first", "mend it")
    found.add(("a",), "first", "mend it")
    with pytest.raises(UnusableCase) as caught:
        found.stop()
    assert [p.what for p in caught.value.problems] == ["first", "second"]
    assert caught.value.name == "x.yaml"


def test_nothing_noted_stops_nothing() -> None:
    Findings(read_document(b"a: 1\n", "x.yaml")).stop()


def test_every_missing_field_is_named() -> None:
    missing = {problem.what for problem in findings("case: x\n").problems}
    assert missing == {
        "'title' is missing",
        "'country' is missing",
        "'as_of' is missing",
        "'sources' is missing",
        "'organisations' is missing",
        "'claims' is missing",
    }


@pytest.mark.parametrize(
    ("text", "what", "mend"),
    [
        ("clams: []", "'clams' is no part of it", "did you mean claims?"),
        ("zzzzz: []", "'zzzzz' is no part of it", "allowed are case, title"),
        ("case: A b", "case 'A b' has the wrong form", "use small letters"),
        ("claims: {}", "claims is not array", "see docs/reference/case-file"),
        ("as_of: soon", "as_of 'soon' has the wrong form", "write a day as"),
    ],
)
def test_each_slip_of_form_has_its_sentence(text: str, what: str, mend: str) -> None:
    found = [p for p in findings(text).problems if p.what == what]
    assert found
    assert found[0].mend.startswith(mend)


@pytest.mark.parametrize("name", names("schemas", ".json"))
def test_every_schema_is_a_schema(name: str) -> None:
    schema = read_json(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"].startswith("urn:standwith:schema:")
    assert schema["title"]


@pytest.mark.parametrize("name", names("cases"))
def test_every_shipped_case_fits_its_schema(name: str) -> None:
    found = Findings(read_yaml(name))
    check_form(found, "case")
    assert found.problems == []


@pytest.mark.parametrize("folder", ["cases", "profiles", "rules", "words", "schemas"])
def test_data_files_are_listed_sorted(folder: str) -> None:
    suffix = ".json" if folder in {"words", "schemas"} else ".yaml"
    found = names(folder, suffix)
    assert found
    assert list(found) == sorted(found)


def test_a_data_file_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        read_bytes("catalogue/none.yaml")


def test_json_is_read_once_and_kept() -> None:
    assert read_json("catalogue/release.json") is read_json("catalogue/release.json")


@pytest.mark.parametrize("enabled", [True, False])
def test_parsing_leaves_the_collector_as_it_was(*, enabled: bool) -> None:
    import gc

    before = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        assert parse_json(b'{"a": [1, 2]}') == {"a": [1, 2]}
        assert gc.isenabled() is enabled
        with pytest.raises(json.JSONDecodeError):
            parse_json(b"{")
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()
