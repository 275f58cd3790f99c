"""The registry on a map and along time, relations, kept queries, acts and the gate before names."""

from __future__ import annotations

import base64
import re
from datetime import date, timedelta
from typing import Any

import pytest
from tests.workspace.conftest import World
from tests.workspace.register_lists import register

from standwith.kernel.receipt import parse_receipt
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import (
    browse,
    involvements,
    measures,
    moment,
    promotions,
    receipts,
    registered,
    relations,
    saved,
)
from standwith.services.cases import Marking
from standwith.services.change import ChangedMeanwhile
from standwith.services.invalid import Invalid
from standwith.services.roles import NotAllowed
from standwith.services.second import NeedsAnother
from standwith.services.sight import NothingThere

DATED = (
    "id,name,arrested,released,status,prison,charges\n"
    "1,Early Example,2019-03-01,2019-09-01,released,Colony 1,art. 1\n"
    "2,Vague Example,2020,,detained,Colony 2,art. 2\n"
    "3,Late Example,2022-05-05,,detained,Colony 3,art. 3\n"
)


def dated_persons(world: World) -> list[dict[str, Any]]:
    return registered.export_persons(world.reader("desk"), {"source": "dated"})


def dated(world: World) -> list[dict[str, Any]]:
    register(world, DATED, source="dated")
    return list(browse.timeline(world.reader("desk"), {"source": "dated"}).rows)


def test_the_map_counts_by_country_what_the_list_counts(world: World) -> None:
    register(world, DATED, source="abroad", country="MM")
    whole = browse.world(world.reader("desk"), {})
    assert whole.total == registered.list_persons(world.reader("desk"), {}).total
    here = {one.code: one.open for one, _ in whole.countries}
    for code, number in here.items():
        found = registered.list_persons(world.reader("desk"), {"country": code})
        assert found.total == number
    assert {"BY", "MM"} <= set(here)
    steps = {one.code: step for one, step in whole.countries}
    assert steps[max(here, key=lambda code: here[code])] == browse.STEPS


def test_the_map_keeps_the_filters_but_that_of_the_country(world: World) -> None:
    register(world, DATED, source="abroad", country="MM")
    found = browse.world(world.reader("desk"), {"source": "abroad", "country": "BY"})
    assert [(one.code, one.open) for one, _ in found.countries] == [("MM", 3)]
    assert found.total == 3


def test_a_timeline_begins_with_who_may_have_been_taken_first(world: World) -> None:
    assert [row["name"] for row in dated(world)] == [
        "Early Example", "Vague Example", "Late Example",
    ]  # fmt: skip


def test_a_full_bar_is_sure_time_and_a_light_one_is_open(world: World) -> None:
    early, vague, late = (row["spells"][0] for row in dated(world))
    assert [bar.sure for bar in early["bars"]] == [True]
    assert (early["begin"], early["end"], early["how"]) == ("2019-03-01", "2019-09-01", "released")
    assert [bar.sure for bar in vague["bars"]] == [False, True]
    assert (vague["begin"], vague["end"]) == ("2020-01-01/2020-12-31", "")
    assert late["bars"][-1].x + late["bars"][-1].width == pytest.approx(browse.WIDTH, abs=0.2)


def test_bars_stand_where_their_days_are(world: World) -> None:
    early, _, late = (row["spells"][0] for row in dated(world))
    whole = (moment.today() - date(2019, 3, 1)).days
    assert early["bars"][0].x == 0
    assert late["bars"][0].x == pytest.approx(
        browse.WIDTH * (date(2022, 5, 5) - date(2019, 3, 1)).days / whole, abs=0.2
    )


def test_a_begin_that_nobody_knows_is_left_open_and_drawn_up_to_today(world: World) -> None:
    register(world, DATED + "4,Nobody Knows,,,detained,Colony 4,art. 4\n", source="dated")
    rows = {
        row["name"]: row for row in browse.timeline(world.reader("desk"), {"source": "dated"}).rows
    }
    for spell in rows["Nobody Knows"]["spells"]:
        assert (spell["begin"], spell["end"]) == ("/2024-06-01", "")  # by the day of the list
        assert [bar.sure for bar in spell["bars"]] == [False, True]
    page = world.client("desk").get("/registry/timeline?source=dated").content.decode()
    assert "9999" not in page
    assert "1900" not in page


def test_a_timeline_goes_on_after_a_page(world: World) -> None:
    rows = "".join(
        f"{i},Person {i:03},{date(2020, 1, 1) + timedelta(days=i)},art. 1,detained\n"
        for i in range(120)
    )
    register(world, "id,name,arrested,charges,status\n" + rows, source="many")
    seen, after = list[str](), ""
    for _ in range(3):
        found = browse.timeline(world.reader("desk"), {"source": "many", "after": after})
        seen += [row["name"] for row in found.rows]
        after = found.after or ""
    assert seen == [f"Person {i:03}" for i in range(120)]
    assert after == ""


# Relations


def test_a_relation_is_seen_from_both_ends(world: World) -> None:
    person = world.records["person"]
    found = relations.list_relations(world.reader("desk"), person, {}).listing
    (row,) = found.rows
    assert (row["kind"], row["name"]) == ("family", "Aung Ko Win")
    back = relations.list_relations(world.reader("desk"), row["person"], {}).listing
    assert [one["person"] for one in back.rows] == [person]


def test_a_relation_with_somebody_hidden_is_hidden(world: World) -> None:
    person, hidden = world.records["person"], world.records["secret person"]
    said = relations.Related(hidden, "tried_with", "a file", "TLP:GREEN")
    relations.relate(world.reader("head"), person, said)
    assert len(relations.export_relations(world.reader("head"), person, {})) == 3
    assert len(relations.export_relations(world.reader("desk"), person, {})) == 1


def test_a_relation_that_is_more_secret_than_its_persons_is_hidden(world: World) -> None:
    person = world.records["person"]
    assert len(relations.export_relations(world.reader("head"), person, {})) == 2
    assert len(relations.export_relations(world.reader("desk"), person, {})) == 1


@pytest.mark.parametrize(
    ("other", "kind", "cited", "field"),
    [
        ("person", "enemy", "a cousin", "kind"),
        ("person", "family", "", "cited"),
        ("person", "family", "a cousin", "other"),
        ("nowhere", "family", "a cousin", "other"),
        ("secret person", "family", "a cousin", "other"),
    ],
)
def test_what_is_wrong_in_a_relation_is_told_at_its_field(
    world: World, other: str, kind: str, cited: str, field: str
) -> None:
    end = world.records.get(other, other)
    said = relations.Related(end, kind, cited, "TLP:GREEN")
    with pytest.raises(Invalid) as caught:
        relations.relate(world.reader("desk"), world.records["person"], said)
    assert set(caught.value.fields) == {field}


def test_a_relation_is_taken_back_by_its_form(world: World) -> None:
    person, client = world.records["person"], world.client("desk")
    path = f"/registry/relations/{world.records['relation']}/withdraw"
    assert client.post(path)["Location"].startswith("/registry/persons/")
    assert relations.export_relations(world.reader("desk"), person, {}) == []
    assert client.post(path).status_code == 404


def test_who_lets_a_list_go_is_told_of_the_work_that_rests_on_it(world: World) -> None:
    made = register(world, DATED, source="dated")
    first, second = (row["id"] for row in dated_persons(world)[:2])
    said = relations.Related(second, "works_with", "a letter", "TLP:GREEN")
    found = relations.relate(world.reader("desk"), first, said)
    with pytest.raises(Invalid, match="1 statements, measures, relations, decisions"):
        promotions.withdraw_list(world.reader("desk"), made, "a mistake of ours")
    relations.withdraw_relation(world.reader("desk"), found)
    assert promotions.withdraw_list(world.reader("desk"), made, "a mistake of ours") == 3


# Queries under a name


def test_a_kept_query_leads_to_the_same_list(world: World) -> None:
    client = world.client("desk")
    page = client.get("/registry/?status=held&source=court").content.decode()
    (link,) = re.findall(r'href="(/registry/saved\?place=registry[^"]+)"', page)
    shown = client.get(link.replace("&amp;", "&")).content.decode()
    query = re.search(r'name="query" value="([^"]*)"', shown)
    assert query is not None
    sent = {"name": "held, court", "place": "registry", "query": query[1].replace("&amp;", "&")}
    assert client.post("/registry/saved", sent).status_code == 302
    (kept,) = saved.my_queries(world.reader("desk"))
    assert set(kept.address.partition("?")[2].split("&")) == {"status=held", "source=court"}
    assert kept.address.replace("&", "&amp;") in client.get("/registry/saved").content.decode()


def test_a_query_is_its_owners_alone(world: World) -> None:
    saved.save_query(world.reader("desk"), "mine", "registry", "q=li")
    (kept,) = saved.my_queries(world.reader("desk"))
    assert saved.my_queries(world.reader("head")) == []
    with pytest.raises(NothingThere):
        saved.drop_query(world.reader("head"), kept.id)
    saved.drop_query(world.reader("desk"), kept.id)
    assert saved.my_queries(world.reader("desk")) == []


def test_a_query_of_the_same_name_replaces_the_one_before(world: World) -> None:
    for query in ("q=li&after=x", "q=min"):
        saved.save_query(world.reader("desk"), "mine", "registry", query)
    assert [one.address for one in saved.my_queries(world.reader("desk"))] == ["/registry/?q=min"]


def test_a_query_with_signs_that_no_database_holds_is_kept_without_them(world: World) -> None:
    saved.save_query(world.reader("desk"), "odd", "registry", "q=a%00b%ff&state=")
    (kept,) = saved.my_queries(world.reader("desk"))
    assert world.client("desk").get(kept.address).status_code == 200


def test_no_more_queries_are_kept_than_can_be_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "MOST", 1)
    saved.save_query(world.reader("desk"), "one", "registry", "")
    with pytest.raises(Invalid, match="let one go first"):
        saved.save_query(world.reader("desk"), "two", "registry", "")
    with pytest.raises(Invalid, match="choose registry"):
        saved.save_query(world.reader("head"), "two", "https://elsewhere", "")


# Acts, and the gate before a name


def involved(world: World, **more: str) -> str:
    told = {"person": world.records["person"], "name": "Colonel Invented", "office": "a prison",
            "country": "BY", "degree": "ordered", "evidence": "reasonable_grounds", "sources": "2",
            "rank": "senior", "minor": "no", "when": "2023-05-01", "source": "a court file"}  # fmt: skip
    marking = Marking(world.compartments["desk"], Sensitivity.GREEN)
    return measures.record_measure(world.reader("desk"), "involvement", told | more, marking)


def answer(world: World, identifier: str, asked: str = "2024-01-01", reply: str = "") -> None:
    seen = involvements.read_involvement(world.reader("desk"), identifier).version
    involvements.note_answer(world.reader("desk"), identifier, asked, reply, seen=seen)


def agree(world: World, identifier: str, who: str = "head") -> None:
    seen = involvements.read_involvement(world.reader("desk"), identifier).version
    involvements.agree_to_name(world.reader(who), identifier, seen=seen)


def told(world: World, who: str = "desk") -> str:
    rows = involvements.export_acts(world.reader(who), {})
    pages = [world.client(who).get(path).content.decode()
             for path in ("/registry/acts/", "/registry/acts.csv", "/registry/measures/",
                          "/registry/measures.json")]  # fmt: skip
    return str(rows) + "".join(pages)


def test_a_name_is_withheld_until_two_persons_and_an_answer_open_the_gate(world: World) -> None:
    found = involved(world)
    assert "Colonel Invented" not in told(world)
    answer(world, found, reply="I was on leave.")
    assert "Colonel Invented" not in told(world)
    agree(world, found)
    assert "Colonel Invented" in told(world)
    (row,) = [one for one in involvements.export_acts(world.reader("desk"), {})
              if one["name"] == "Colonel Invented"]  # fmt: skip
    assert (row["kind"], row["reply"]) == ("deprivation_of_liberty", "I was on leave.")
    assert row["victim"] == "李敏"


def test_who_recorded_a_name_does_not_agree_to_it(world: World) -> None:
    found = involved(world)
    answer(world, found)
    with pytest.raises(NeedsAnother):
        agree(world, found, "desk")


def test_nobody_agrees_before_the_other_conditions_are_met(world: World) -> None:
    found = involved(world, evidence="alleged")
    answer(world, found)
    with pytest.raises(Invalid, match="not yet: alleged"):
        agree(world, found)


def test_who_changes_the_answer_asks_for_agreement_again(world: World) -> None:
    found = involved(world)
    answer(world, found)
    agree(world, found)
    assert involvements.read_involvement(world.reader("desk"), found).nameable
    answer(world, found, reply="a new letter")
    assert not involvements.read_involvement(world.reader("desk"), found).nameable


def test_two_who_write_at_once_are_told(world: World) -> None:
    found = involved(world)
    answer(world, found)
    with pytest.raises(ChangedMeanwhile):
        involvements.note_answer(world.reader("desk"), found, "2024-01-01", "", seen=1)


@pytest.mark.parametrize("asked", ["soon", "2999-01-01", ""])
def test_a_day_on_which_nobody_can_have_been_asked_is_refused(world: World, asked: str) -> None:
    found = involved(world)
    with pytest.raises(Invalid) as caught:
        answer(world, found, asked=asked)
    assert set(caught.value.fields) == {"asked"}


def test_an_involvement_is_never_open_wider_than_within_the_institution(world: World) -> None:
    found = involved(world)
    head = involvements.read_involvement(world.reader("desk"), found).head
    assert head["tlp"] == Sensitivity.AMBER_STRICT.value
    assert found in str(measures.export_measures(world.reader("desk"), {}))
    assert found not in str(measures.export_measures(world.reader("mission"), {}))
    with pytest.raises(NothingThere):
        involvements.read_involvement(world.reader("stranger"), found)


def test_the_page_of_a_name_is_for_those_who_keep_the_registry(world: World) -> None:
    with pytest.raises(NotAllowed):
        involvements.read_involvement(world.reader("auditor"), world.records["involvement"])
    with pytest.raises(NothingThere):
        involvements.read_involvement(world.reader("desk"), world.records["measure"])


def test_a_receipt_tells_a_name_to_those_alone_who_keep_the_registry(world: World) -> None:
    found = involved(world)
    whole = receipts.receipt(world.reader("desk"), found)
    sealed = receipts.receipt(world.reader("auditor"), found)
    assert "Colonel Invented" in unpacked(whole)
    assert "Colonel Invented" not in unpacked(sealed)
    for text in (whole, sealed):
        assert parse_receipt(text).index > 0


def unpacked(text: str) -> str:
    """Write a receipt with everything in it that is packed in base64."""
    words = re.findall(r"[A-Za-z0-9+/=]{40,}", text)
    held = b"".join(base64.b64decode(word + "=" * (-len(word) % 4)) for word in words)
    return text + held.decode("utf-8", "replace")


def test_a_name_is_recorded_asked_and_agreed_to_by_the_forms(world: World) -> None:
    client, person = world.client("desk"), world.records["person"]
    sent = {"name": "Major Example", "country": "BY", "degree": "ordered", "rank": "middle",
            "evidence": "court_finding", "minor": "no", "when": "2023-05", "source": "a verdict",
            "sensitivity": "TLP:AMBER+STRICT"}  # fmt: skip
    wrong = client.post(f"/registry/persons/{person}/involved", sent | {"country": "Oz"})
    assert wrong.status_code == 422
    made = client.post(f"/registry/persons/{person}/involved", sent)["Location"]
    assert "nobody asked for an answer" in client.get(made).content.decode()
    assert client.post(f"{made}answer", {"asked": "never", "version": "1"}).status_code == 422
    early = world.client("head").post(f"{made}agree", {"version": "1"})
    assert early.status_code == 422
    assert "not yet: nobody asked for an answer" in early.content.decode()
    noted = {"asked": "2024-01-01", "reply": "No comment.", "version": "1"}
    assert client.post(f"{made}answer", noted).status_code == 302
    assert client.post(f"{made}agree", {"version": "2"}).status_code == 403
    assert world.client("head").post(f"{made}agree", {"version": "2"}).status_code == 302
    assert "Major Example" in client.get("/registry/acts/").content.decode()


def test_acts_of_a_word_are_those_of_the_persons_who_have_it(world: World) -> None:
    found = involvements.export_acts(world.reader("desk"), {"q": "李"})
    assert {row["victim"] for row in found} == {"李敏"}
    assert {row["kind"] for row in found} >= {"deprivation_of_liberty", "travel_ban"}
    listed = involvements.list_acts(world.reader("desk"), {"q": "李"})
    assert {row["act"] for row in found} == {row["id"] for row in listed.rows}
