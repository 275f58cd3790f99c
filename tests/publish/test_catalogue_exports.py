"""Exports of the catalogue: schemas fit, nothing is lost, nothing calls out."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import stix2
from jsonschema import Draft202012Validator
from openpyxl import load_workbook
from referencing import Registry, Resource
from tests.conftest import brief_of

from standwith.choose.catalogue import catalogue
from standwith.choose.release import current
from standwith.kernel.document import Data
from standwith.kernel.pack import read_json
from standwith.publish import contract
from standwith.publish.explorer import explorer_page
from standwith.publish.record import matrix_text, record_text
from standwith.publish.stix import catalogue_stix
from standwith.publish.table import ACTION_COLUMNS, catalogue_csv, catalogue_xlsx, safe

SCHEMAS = Path(__file__).parents[1] / "fixtures" / "stix-2.1"
BUNDLE = catalogue_stix(current())


def stix_registry() -> Registry[Data]:
    """Load the OASIS schemas under their own ids."""
    rows = (json.loads(path.read_text()) for path in SCHEMAS.glob("*.json"))
    return Registry().with_resources((row["$id"], Resource.from_contents(row)) for row in rows)


@pytest.mark.parametrize(
    "kind", ["course-of-action", "relationship", "identity", "extension-definition"]
)
def test_every_object_fits_the_schema_of_stix_2_1(kind: str) -> None:
    schema = json.loads((SCHEMAS / f"{kind}.json").read_text())
    validator = Draft202012Validator(schema, registry=stix_registry())
    found = [row for row in BUNDLE["objects"] if row["type"] == kind]
    assert found
    for row in found:
        assert [error.message for error in validator.iter_errors(row)] == []


def test_the_bundle_is_read_by_the_reference_library() -> None:
    parsed = stix2.parse(json.dumps(BUNDLE), allow_custom=False)
    assert len(parsed.objects) == len(BUNDLE["objects"])


def test_every_relationship_is_cited_and_ends_at_an_action() -> None:
    names = {row["id"] for row in BUNDLE["objects"]}
    relations = [row for row in BUNDLE["objects"] if row["type"] == "relationship"]
    assert len(relations) > 80
    for row in relations:
        assert {row["source_ref"], row["target_ref"]} <= names
        assert row["external_references"]


def test_stix_ids_are_stable_and_unique() -> None:
    again = catalogue_stix(current())
    assert again == BUNDLE
    ids = [row["id"] for row in BUNDLE["objects"]]
    assert len(ids) == len(set(ids))


def test_the_csv_holds_every_action_and_column() -> None:
    rows = list(csv.DictReader(StringIO(catalogue_csv(current()))))
    assert [row["id"] for row in rows] == list(catalogue())
    assert tuple(rows[0]) == ACTION_COLUMNS
    assert rows[0]["paraphrase"] == current()["actions"][0]["paraphrase"]["en"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_becomes_a_formula(text: str) -> None:
    assert safe(text) == f"'{text}"
    assert safe("plain = text") == "plain = text"


def test_the_workbook_has_a_sheet_for_each_kind() -> None:
    book = load_workbook(BytesIO(catalogue_xlsx(current())))
    assert book.sheetnames == ["actions", "criteria", "statistics", "definitions", "evidence"]
    assert [sheet.max_row - 1 for sheet in book] == [207, 37, 22, 21, 51]


def test_the_explorer_is_one_file_without_requests() -> None:
    page = explorer_page(current())
    assert len(page.encode()) < 2_000_000
    assert not re.findall(r"""(?:src|href)=["'](?!#|data:)""", page)
    assert not re.findall(r"https?://", page)


def test_the_explorer_holds_every_entry_and_its_figures() -> None:
    page = explorer_page(current())
    for name in catalogue():
        assert f'id="{name}"' in page
    assert "published model estimate" in page
    assert page.count("<article") == 207


def test_the_explorer_writes_arabic_from_right_to_left() -> None:
    assert '<html lang="ar" dir="rtl">' in explorer_page(current(), "ar")


def test_discreet_material_is_marked_as_such() -> None:
    assert explorer_page(current()).count("no details in public builds") == 1


CONTRACTS: dict[str, Callable[[], Data]] = {
    "catalogue-list": lambda: [contract.action(a) for a in catalogue().values()],
    "assess": lambda: contract.assessment(brief_of("myanmar-2023").assessment, "strictest"),
    "brief": lambda: contract.brief(brief_of("belarus-2020")),
}


@pytest.mark.parametrize("name", CONTRACTS)
def test_the_json_contracts_fit_their_published_schemas(name: str) -> None:
    shipped = read_json(f"schemas/{name}.schema.json")
    Draft202012Validator.check_schema(shipped)
    errors = list(Draft202012Validator(shipped).iter_errors(CONTRACTS[name]()))
    assert [error.message for error in errors] == []


@pytest.mark.parametrize("name", CONTRACTS)
def test_the_schemas_bite(name: str) -> None:
    data = json.loads(json.dumps(CONTRACTS[name]()))
    row = data[0] if isinstance(data, list) else data
    row["surplus"] = 1
    assert list(Draft202012Validator(read_json(f"schemas/{name}.schema.json")).iter_errors(data))


@pytest.mark.parametrize("folder", ["actions", "criteria", "statistics", "definitions", "evidence"])
def test_every_record_can_be_shown(folder: str) -> None:
    for row in current()[folder]:
        assert record_text(row, current()).startswith(row["id"])


def test_a_shown_action_writes_out_its_evidence() -> None:
    row = next(r for r in current()["actions"] if r["id"] == "RS-12")
    text = record_text(row, current())
    assert "evidence against: Salehyan, Siroky and Wood 2014" in text
    assert "substitute: actions RS-28, RS-33" in text


def test_a_matrix_in_the_terminal_names_cells() -> None:
    from standwith.choose.matrix import matrix

    text = matrix_text(matrix(catalogue().values(), "tier", "where"))
    assert text.splitlines()[0] == "tier x where"
    assert "T3 never as worded" in text
