"""The list of compartments: searched, given as data, and silent about those of others."""

from __future__ import annotations

from tests.workspace.conftest import World


def test_the_list_of_compartments_is_searched_by_name_and_people(world: World) -> None:
    client = world.client("head")
    whole = client.get("/compartments/").content.decode()
    assert "<h2>Belarus desk</h2>" in whole
    assert "<h2>Sources</h2>" in whole
    found = client.get("/compartments/", {"q": "mikko MINSK"}).content.decode()
    assert "<h2>Belarus desk</h2>" in found
    assert "<h2>Sources</h2>" not in found
    assert "Nothing here." in client.get("/compartments/", {"q": "zzzz"}).content.decode()


def test_the_places_are_given_as_data_one_row_each(world: World) -> None:
    client = world.client("head")
    rows = client.get("/compartments.json", {"q": "minsk"}).json()["rows"]
    assert {row["compartment"] for row in rows} == {"Belarus desk"}
    (mission,) = [row for row in rows if row["name"] == "Mikko Mission"]
    assert mission["clearance"] == "TLP:AMBER"
    lines = client.get("/compartments.csv", {"q": "minsk"}).content.decode().splitlines()
    assert len(lines) == len(rows) + 1
    assert lines[0].startswith("compartment,lead,person,name,institution,home,clearance")


def test_who_belongs_to_no_compartment_finds_none_by_any_word(world: World) -> None:
    client = world.client("stranger")
    for word in ("", "Belarus", "Hanna", "a"):
        assert client.get("/compartments.json", {"q": word}).json() == {"rows": [], "total": 0}
