"""Assessments that were kept: listed, read, compared with the brief of now, and sealed from others."""

from __future__ import annotations

import re

import pytest
from tests.workspace.conftest import World, claim_form

from standwith.kernel.sensitivity import Sensitivity
from standwith.services import briefs, cases, claims, decisions, kept
from standwith.services.cases import Marking
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
    (before,) = kept.list_kept(world.reader("desk"), case)["rows"]
    keep(world)
    row, again = kept.list_kept(world.reader("desk"), case)["rows"]
    assert again == before
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
    bare = cases.load_shipped(
        world.reader("desk"),
        "myanmar-2023",
        Marking(world.compartments["desk"], Sensitivity.GREEN),
    )
    empty = client.get(f"/situations/{bare}/kept").content.decode()
    assert "None was kept yet" in empty
    sent = client.post(f"/situations/{case}/keep", {"profile": "strictest"})
    assert sent.headers["Location"] == f"/situations/{case}/kept"
    page = client.get(f"/situations/{case}/kept").content.decode()
    path, earlier = re.findall(r"/assessments/[\w-]+/", page)
    assert earlier == f"/assessments/{world.records['kept']}/"
    assert "every verdict is the same" in client.get(path).content.decode()
    contest(world)
    (change, *_) = kept.read_kept(world.reader("desk"), path.split("/")[2])["changes"]
    assert change["action"] in client.get(path).content.decode()
    assert world.client("stranger").get(path).status_code == 404


def test_the_list_is_searched_and_given_as_data(world: World) -> None:
    keep(world)
    client, path = world.client("desk"), f"/situations/{world.records['belarus']}/kept"
    assert [row["profile"] for row in client.get(f"{path}.json").json()["rows"]] == [
        "strictest",
        "icnc",
    ]
    (row,) = client.get(f"{path}.json", {"q": "dario ICNC"}).json()["rows"]
    assert row["id"] == world.records["kept"]
    assert "Nothing here." in client.get(path, {"q": "zzzz"}).content.decode()
    head, *lines = client.get(f"{path}.csv", {"q": "strictest"}).content.decode().splitlines()
    assert len(lines) == 1
    verdicts = dict(zip(head.split(","), lines[0].split(","), strict=True))
    counts = kept.list_kept(world.reader("desk"), world.records["belarus"])["rows"][0]["counts"]
    assert {word: int(verdicts[word]) for word, _ in counts} == dict(counts)
    assert client.get(f"{path}.csv", {"q": "zzzz"}).content.decode().splitlines() == ["id"]
