"""Formats field by field: STIX objects, tables, explorer, words of both languages."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from standwith.choose.action import DIMENSIONS
from standwith.choose.catalogue import catalogue
from standwith.choose.codes import CODES, TIERS
from standwith.choose.release import by_id, current
from standwith.kernel.document import Data
from standwith.publish.explorer import explorer_page
from standwith.publish.stix import STAMP, catalogue_stix
from standwith.publish.table import action_table, catalogue_csv
from standwith.publish.words import words

OBJECTS: list[Data] = catalogue_stix(current())["objects"]
ACTIONS = {row["name"].split()[0]: row for row in OBJECTS if row["type"] == "course-of-action"}
RELATIONS = [row for row in OBJECTS if row["type"] == "relationship"]
NAMES = {row["id"]: name for name, row in ACTIONS.items()}


def related(kind: str) -> set[tuple[str, str]]:
    """Return the pairs of entries that a kind of relationship joins."""
    return {
        (NAMES[row["source_ref"]], NAMES[row["target_ref"]])
        for row in RELATIONS
        if row["relationship_type"] == kind
    }


def test_every_entry_is_a_course_of_action() -> None:
    assert list(ACTIONS) == list(catalogue())


@pytest.mark.parametrize("name", ["G-37", "RS-12", "SF-08", "CO-05", "BY-04"])
def test_a_course_of_action_carries_its_coding(name: str) -> None:
    action, row = catalogue()[name], ACTIONS[name]
    (extension,) = row["extensions"].values()
    assert extension["extension_type"] == "property-extension"
    assert extension["tier"] == action.tier
    assert tuple(extension["where"]) == action.where
    assert tuple(extension["phases"]) == action.phases
    assert row["description"] == action.paraphrase
    assert row["external_references"][0]["source_name"] == action.citation.source


def test_the_substitute_travels_with_what_is_never_done() -> None:
    for action in catalogue().values():
        (extension,) = ACTIONS[action.id]["extensions"].values()
        assert extension.get("substitute", "") == action.substitute


@pytest.mark.parametrize(
    ("kind", "pair"),
    [
        ("requires", ("G-14", "G-01")),
        ("requires", ("RS-37", "RS-33")),
        ("conflicts-with", ("RS-06", "G-56")),
        ("conflicts-with", ("G-56", "RS-06")),
        ("related-to", ("G-12", "G-40d")),
        ("derived-from", ("G-06a", "G-06")),
        ("derived-from", ("CO-14c", "CO-14")),
    ],
)
def test_a_relation_of_the_catalogue_is_a_relationship(kind: str, pair: tuple[str, str]) -> None:
    assert pair in related(kind)


def test_an_overlap_is_written_once() -> None:
    pairs = related("related-to")
    assert not {(b, a) for a, b in pairs} & pairs


def test_every_object_has_a_uuid_of_version_5_and_one_date() -> None:
    for row in OBJECTS:
        assert UUID(row["id"].split("--")[1]).version == 5
        assert row["created"] == row["modified"] == STAMP


def test_no_field_of_an_extension_is_empty() -> None:
    for row in ACTIONS.values():
        (extension,) = row["extensions"].values()
        assert all(value not in ([], "", None) for value in extension.values())


def test_a_csv_cell_never_begins_a_formula() -> None:
    _, rows = action_table(current())
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert "\r" not in catalogue_csv(current())


@pytest.mark.parametrize("name", ["G-29", "G-30", "RS-12"])
def test_the_explorer_shows_the_substitute_beside_what_is_never_done(name: str) -> None:
    page = explorer_page(current())
    start = page.index(f'id="{name}"')
    article = page[start : page.index("</article>", start)]
    assert "Instead:" in article
    assert "never as worded" in article


@pytest.mark.parametrize("name", ["G-05", "G-21", "RS-16"])
def test_the_explorer_shows_where_the_coding_was_changed(name: str) -> None:
    page = explorer_page(current())
    start = page.index(f'id="{name}"')
    article = page[start : page.index("</article>", start)]
    note = by_id(current()["actions"])[name]["review"]
    assert note["first_coding"] in article
    assert "→" in article


def test_the_explorer_carries_the_codes_of_every_dimension() -> None:
    page = explorer_page(current())
    for dimension in DIMENSIONS:
        assert f'id="f-{dimension}"' in page
        for code in CODES[dimension]:
            assert f'value="{code}"' in page


def test_the_script_of_the_explorer_is_the_one_that_its_policy_allows() -> None:
    import hashlib
    from base64 import b64encode

    page = explorer_page(current())
    script = page[page.rindex("<script>") + 8 : page.rindex("</script>")]
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert re.search(r"script-src (?:&#39;|')sha256-([^&']+)", page)
    assert digest in page.replace("&#43;", "+").replace("&#x2B;", "+")


def test_every_tier_has_its_meaning() -> None:
    assert set(TIERS) == set(CODES["tier"]) == {a.tier for a in catalogue().values()}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_words_have_five_phases_and_all_places_of_the_headline(language: str) -> None:
    known = words(language)
    assert len(known["phases"].split("|")) == 5
    for place in ("country", "day", "now", "approval", "ask", "hold", "never"):
        assert f"{{{place}}}" in known["headline"]


def test_directions_follow_the_language() -> None:
    assert (words("en")["dir"], words("ar")["dir"]) == ("ltr", "rtl")
