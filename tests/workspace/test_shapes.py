"""The shapes that programs rely on: the members of every answer of the interface and of every export."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from tests.workspace.conftest import World
from tests.workspace.test_interface import Caller

from standwith.services import decisions, tasks

REASON = "asked for by the council in writing"
SITUATION = {"id", "case", "title", "country", "country_name", "as_of", "state", "tlp"}
WHOLE_SITUATION = SITUATION | {
    "version",
    "summary",
    "trigger",
    "sources",
    "organisations",
    "requests",
    "timeline",
    "decisions",
}
CLAIM = {
    "id",
    "uuid",
    "situation",
    "case",
    "about",
    "fact",
    "value",
    "valid",
    "recorded",
    "source",
    "citation",
    "grade",
    "sensitivity",
    "supersedes",
}
TASK = {
    "id",
    "situation",
    "case",
    "title",
    "detail",
    "assignee",
    "institution",
    "due",
    "state",
    "tlp",
    "version",
}
DECISION = {
    "id",
    "situation",
    "case",
    "action",
    "title",
    "tier",
    "advice",
    "reason",
    "state",
    "proposed_by",
    "proposed_at",
    "needs_counsel",
    "counsel",
    "counsel_allows",
    "counsel_view",
    "decided_by",
    "decided_at",
    "decided_why",
    "brief_sha256",
    "tlp",
    "version",
}
ACTION = {"id", "title", "tier", "where", "target", "nature", "phases"}
BRIEF = {
    "case",
    "as_of",
    "profile",
    "catalogue",
    "sensitivity",
    "recommendations",
    "questions",
    "warnings",
    "timeliness",
    "sources",
}
OPTIONAL = {"note", "authoritative", "inadmissible"}
LISTS = {
    "situations": SITUATION,
    "claims": CLAIM,
    "tasks": TASK,
    "decisions": DECISION,
    "catalogue": ACTION,
}
EXPORTS = {
    "situations": SITUATION,
    "claims": CLAIM,
    "tasks/list": TASK,
    "decisions": DECISION,
    "choose": ACTION,
}


def furnish(world: World) -> str:
    """Add a decision, so that every list has a row."""
    return decisions.propose(world.reader("desk"), world.records["belarus"], "G-06", REASON)


@pytest.mark.parametrize("name", LISTS)
def test_a_row_of_a_list_has_these_members(world: World, name: str) -> None:
    furnish(world)
    found = Caller(world).get(name).json()
    assert set(found) == {"rows", "total", "facets", "after"}
    assert found["rows"]
    for row in found["rows"]:
        assert set(row) - OPTIONAL == LISTS[name]


@pytest.mark.parametrize("name", EXPORTS)
def test_a_row_of_an_export_has_these_members(world: World, name: str) -> None:
    furnish(world)
    found = world.client("desk").get(f"/{name}.json").json()
    assert set(found) == {"rows", "total"}
    for row in found["rows"]:
        assert set(row) - OPTIONAL == EXPORTS[name]


@pytest.mark.parametrize("name", EXPORTS)
def test_the_columns_of_a_table_are_the_members_of_its_rows(world: World, name: str) -> None:
    furnish(world)
    text = world.client("desk").get(f"/{name}.csv").content.decode()
    columns = next(csv.reader(io.StringIO(text)))
    assert set(columns) - OPTIONAL == EXPORTS[name]
    assert len(columns) == len(set(columns))


def record(world: World, path: str) -> dict[str, Any]:
    """Read one record."""
    found: dict[str, Any] = Caller(world).get(path).json()
    return found


def test_a_situation_has_these_members(world: World) -> None:
    found = record(world, f"situations/{world.records['belarus']}")
    assert set(found) == WHOLE_SITUATION
    assert set(found["trigger"]) == {"what", "date", "source"}
    for source in found["sources"]:
        assert {"id", "title", "author", "published", "citation", "uuid", "tlp"} <= set(source)
    for party in found["organisations"]:
        assert {"id", "name", "kind", "tlp"} <= set(party)
    for item in found["timeline"]:
        assert {"when", "what", "who"} <= set(item)


def test_a_task_has_these_members(world: World) -> None:
    tasks.attach(world.reader("head"), world.records["task GREEN"], "a.txt", b"text", "shelf")
    found = record(world, f"tasks/{world.records['task GREEN']}")
    more = {"decision", "assignee_id", "comments", "attachments"}
    assert set(found) == TASK | more
    assert set(found["comments"][0]) == {"by", "at", "text"}
    assert set(found["attachments"][0]) == {
        "name",
        "media_type",
        "size",
        "sha256",
        "place",
        "by",
    }


def test_a_decision_has_these_members(world: World) -> None:
    found = record(world, f"decisions/{furnish(world)}")
    assert set(found) == DECISION | {"own"}
    assert found["needs_counsel"] is True
    assert found["own"] is True


def test_a_brief_fits_the_published_schema(world: World) -> None:
    from jsonschema import Draft202012Validator

    from standwith.kernel.pack import read_json

    found = record(world, f"situations/{world.records['belarus']}/brief")
    assert set(found) == BRIEF
    Draft202012Validator(read_json("schemas/brief.schema.json")).validate(found)


@pytest.mark.parametrize("profile", ["icnc", "crm-atrocity", "strictest"])
def test_a_brief_is_asked_for_under_each_profile(world: World, profile: str) -> None:
    case = world.records["belarus"]
    found = record(world, f"situations/{case}/brief?profile={profile}")
    assert found["profile"] == profile


def test_a_brief_that_cannot_be_is_a_problem_with_its_reason(world: World) -> None:
    case = world.records["belarus"]
    for query, why in (("profile=king", "profile"), ("as_of=soon", "no day")):
        answer = Caller(world).get(f"situations/{case}/brief?{query}")
        assert answer.status_code == 422
        assert why in answer.json()["detail"]


def test_a_hit_of_the_search_has_these_members(world: World) -> None:
    found = record(world, "search?q=bel")
    assert found["hits"]
    for hit in found["hits"]:
        assert set(hit) == {"kind", "id", "title"}


@pytest.mark.parametrize(
    ("query", "facets"),
    [
        ("situations", {"country", "state"}),
        ("claims", {"fact", "value", "grade"}),
        ("tasks", {"state", "institution__name", "assignee__name"}),
        ("decisions", {"state", "tier", "action"}),
        ("catalogue", {"where", "target", "nature", "tier"}),
    ],
)
def test_a_list_has_these_facets(world: World, query: str, facets: set[str]) -> None:
    furnish(world)
    found = Caller(world).get(query).json()
    assert set(found["facets"]) == facets
    for counts in found["facets"].values():
        assert all(isinstance(count, int) and count > 0 for count in counts.values())


def test_health_names_its_points_and_nothing_else(world: World) -> None:
    found = world.client("head").get("/health").json()
    assert set(found) == {"ok", "points"}
    assert set(found["points"]) == {"keys", "database", "log", "clock", "disk"}
    assert all(isinstance(value, bool) for value in found["points"].values())


def test_figures_are_for_this_host_alone(world: World) -> None:
    from django.test import Client

    here = Client().get("/metrics")
    assert here.status_code == 200
    assert b"standwith_log_entries" in here.content
    away = Client(REMOTE_ADDR="203.0.113.7").get("/metrics")
    assert away.status_code == 404
    assert world.people
