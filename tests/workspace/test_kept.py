"""Assessments that were kept: listed, read, compared with the brief of now, and sealed from others."""

from __future__ import annotations

import re

import pytest
from tests.workspace.conftest import World, claim_form

from standwith.services import briefs, claims, decisions, kept
from standwith.services.sight import NothingThere


def keep(world: World, who: str = "desk") -> str:
    """Keep the brief of the Belarus case, and return the id of what was kept."""
    case = world.records["belarus"]
    decisions.keep_assessment(world.reader(who), case, "strictest")
    return str(kept.list_kept(world.reader(who), case)["rows"][0]["id"])


def contest(world: World) -> None:
    """Record that a court found what others deny: the brief changes."""
    said = claim_form(fact="repression", value="false", authoritative="finding of a court")
    claims.record_claim(world.reader("desk"), world.records["belarus"], said)


def test_what_was_kept_is_listed_with_its_verdicts(world: World) -> None:
    case = world.records["belarus"]
    assert kept.list_kept(world.reader("desk"), case)["rows"] == []
    keep(world)
    (row,) = kept.list_kept(world.reader("desk"), case)["rows"]
    brief = briefs.read_brief(world.reader("desk"), case)
    assert row["sha256"] == brief.sha256
    assert sum(n for _, n in row["counts"]) == len(brief.brief["recommendations"])
    assert row["author"] == "Dario Desk"


def test_nothing_is_otherwise_until_something_changes(world: World) -> None:
    made = keep(world)
    assert kept.read_kept(world.reader("desk"), made)["same"]
    contest(world)
    found = kept.read_kept(world.reader("desk"), made)
    assert not found["same"]
    assert found["changes"]
    assert all(row["then"] != row["now"] for row in found["changes"])


def test_what_was_kept_is_as_closed_as_what_it_was_worked_out_from(world: World) -> None:
    made = keep(world, "head")
    with pytest.raises(NothingThere):
        kept.read_kept(world.reader("ally"), made)
    assert kept.list_kept(world.reader("ally"), world.records["belarus"])["rows"] == []
    with pytest.raises(NothingThere):
        kept.list_kept(world.reader("stranger"), world.records["belarus"])


def test_the_pages_list_it_and_say_what_is_otherwise(world: World) -> None:
    client, case = world.client("desk"), world.records["belarus"]
    empty = client.get(f"/situations/{case}/kept").content.decode()
    assert "None was kept yet" in empty
    sent = client.post(f"/situations/{case}/keep", {"profile": "strictest"})
    assert sent.headers["Location"] == f"/situations/{case}/kept"
    page = client.get(f"/situations/{case}/kept").content.decode()
    (path,) = set(re.findall(r"/assessments/[\w-]+/", page))
    assert "every verdict is the same" in client.get(path).content.decode()
    contest(world)
    (change, *_) = kept.read_kept(world.reader("desk"), path.split("/")[2])["changes"]
    assert change["action"] in client.get(path).content.decode()
    assert world.client("stranger").get(path).status_code == 404
