"""Figures, editions and publication in the workspace: proved, kept, published by two persons."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from tests.workspace.conftest import World
from tests.workspace.register_lists import register
from tests.workspace.register_texts import HEAD

from standwith.kernel.sensitivity import Sensitivity
from standwith.services import (
    compartments,
    editions,
    figures,
    measures,
    moment,
    pairs,
    promotions,
    publications,
    registered,
    standing,
    verification,
)
from standwith.services.cases import Marking
from standwith.services.invalid import Invalid
from standwith.services.listing import UnusableQuery
from standwith.services.roles import NotAllowed
from standwith.services.second import NeedsAnother
from standwith.services.sight import NothingThere, whole_database
from standwith.store.models.register import Edition, RegisteredPerson

ASKED = {"year": "2023", "known": "2024-06-01"}
LIST = HEAD + (
    "1,Anna Example,1990-02-03,2022-04-05,art. 342,3 years,,\n"
    "2,Bela Sample,1980-01-01,2023-05-06,art. 369,,,\n"
    "3,Cora Specimen,1985-01-01,2023-06-07,,,,\n"
)


def held(world: World, who: str = "desk", **asked: str) -> dict[str, Any]:
    """The figures that somebody sees."""
    return figures.read_figures(world.reader(who), ASKED | asked).found


def make(world: World, who: str = "desk", *, public: bool = False, **asked: str) -> str:
    """Make an edition."""
    return editions.make_edition(world.reader(who), ASKED | asked, public=public)


def body(world: World, identifier: str, who: str = "desk") -> dict[str, Any]:
    """The model of an edition."""
    raw = editions.write_edition(world.reader(who), identifier, "json", "en")
    found: dict[str, Any] = json.loads(raw)
    return found


def test_joined_persons_count_once(world: World) -> None:
    before = held(world)["during"]["all"]["value"]
    pairs.decide_pair(world.reader("desk"), world.records["pair"], "joined", "the same")
    assert held(world)["during"]["all"]["value"] == before - 1


def test_each_reader_counts_whom_he_sees(world: World) -> None:
    desk, head = (held(world, who)["during"]["all"]["value"] for who in ("desk", "head"))
    assert (desk, head) == (6, 8)
    assert held(world, "stranger")["during"]["all"]["value"] == 0


def test_every_figure_opens_the_persons_behind_it(world: World) -> None:
    found = held(world)
    day = found["stock"]["days"][-1]
    cases = figures.behind(
        world.reader("desk"), {"day": day, "country": "BY", "known": "2024-06-01"}
    )
    assert len(cases) == found["stock"]["countries"]["BY"][-1]["value"]
    year = figures.behind(world.reader("desk"), {"year": "2023", "known": "2024-06-01"})
    assert len(year) == found["during"]["all"]["value"]
    assert {row["id"] for row in year} <= {
        row["id"] for row in registered.export_persons(world.reader("desk"), {})
    }


@pytest.mark.parametrize(
    "asked", [{"year": "soon"}, {"year": "1800"}, {"year": "2999"}, {"known": "1.1.2024"}]
)
def test_what_is_no_year_or_day_is_refused(world: World, asked: dict[str, str]) -> None:
    with pytest.raises(UnusableQuery):
        figures.read_figures(world.reader("desk"), asked)
    with pytest.raises(UnusableQuery):
        figures.behind(world.reader("desk"), {"day": "1.1.2024"})


def test_what_was_known_earlier_is_counted_as_it_was_known(world: World) -> None:
    register(world, LIST, source="early", known="2023-12-01")
    register(world, LIST + "4,Dora Late,,2023-07-08,,,,\n", source="early", known="2024-05-01")
    early, late = (held(world, known=day)["during"]["all"]["value"]
                   for day in ("2023-12-31", "2024-05-31"))  # fmt: skip
    assert (early, late) == (3, 4)


def test_an_edition_is_kept_whole_and_written_the_same_again(world: World) -> None:
    made = make(world)
    for form in editions.FORMS:
        first = editions.write_edition(world.reader("desk"), made, form, "en")
        assert first == editions.write_edition(world.reader("desk"), made, form, "en")
    register(world, LIST, source="more")
    assert body(world, made)["year"] == 2023
    assert editions.read_edition(world.reader("desk"), made).differ == ()


def test_what_is_learned_later_changes_no_past_edition(world: World) -> None:
    made = make(world)
    before = editions.write_edition(world.reader("desk"), made, "pdf", "ar")
    register(world, LIST, source="more", known="2024-06-02")
    pairs.decide_pair(world.reader("desk"), world.records["pair"], "joined", "the same")
    assert editions.read_edition(world.reader("desk"), made).differ == (), "by its vintage"
    assert editions.write_edition(world.reader("desk"), made, "pdf", "ar") == before


def test_records_that_were_taken_away_show_as_a_difference(world: World) -> None:
    made = make(world)
    families = world.records["families"]
    promotions.withdraw_list(world.reader("desk"), families, "the source withdrew it")
    kept = editions.read_edition(world.reader("desk"), made)
    assert kept.differ is not None
    assert "during" in kept.differ
    assert body(world, made)["annual"]["during"]["all"]["value"] == 6


def test_a_residual_stops_a_public_edition_and_is_mended(world: World) -> None:
    """A list of an earlier day that comes in after an edition changes what it said then."""
    register(world, LIST, source="base", known="2023-01-15")
    last = make(world, year="2022", known="2023-01-31", public=True)
    assert body(world, last)["publishable"]
    late = HEAD + "9,Ela Late,1970-01-01,2022-03-03,,,,\n"
    wrong = register(world, late, source="late", known="2023-01-20")
    with pytest.raises(Invalid, match=r"a residual .*\+1") as caught:
        make(world, public=True)
    assert "BY: +1" in caught.value.fields["year"][0]
    inside = make(world)
    assert body(world, inside)["publishable"], "no edition of the inside was made before"
    promotions.withdraw_list(world.reader("desk"), wrong, "it became known in 2024")
    register(world, late, source="late", known="2024-02-01")
    right = make(world, public=True)
    flows = next(t for t in body(world, right)["tables"] if t["id"] == "flows")
    assert "flow late_discovered" in [head for head, _ in flows["columns"]]


def test_the_next_edition_tells_what_was_revised(world: World) -> None:
    register(world, LIST, source="base", known="2023-01-15")
    make(world, year="2022", known="2023-01-31")
    made = make(world)
    rows = next(t for t in body(world, made)["tables"] if t["id"] == "revisions")["rows"]
    assert rows[-1][0] == {"w": "all"}
    assert rows[-1][1] == 1


def test_nobody_in_the_registry_gives_no_edition(world: World) -> None:
    with pytest.raises(Invalid, match="nobody whom you may see"):
        make(world, "stranger")


@pytest.mark.parametrize("who", ["mission", "counsel", "auditor", "ally"])
def test_only_keepers_of_records_make_editions(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        make(world, who)


def test_an_edition_is_seen_by_who_sees_all_that_it_was_made_of(world: World) -> None:
    secret = world.records["secret edition"]
    assert editions.read_edition(world.reader("head"), secret).head["tlp"] == "TLP:RED"
    with pytest.raises(NothingThere):
        editions.read_edition(world.reader("desk"), secret)
    with pytest.raises(NothingThere):
        editions.write_edition(world.reader("desk"), secret, "pdf", "en")


@pytest.mark.parametrize(("form", "language"), [("exe", "en"), ("pdf", "xx"), ("", "")])
def test_an_unknown_form_or_language_is_refused(world: World, form: str, language: str) -> None:
    with pytest.raises(UnusableQuery):
        editions.write_edition(world.reader("desk"), world.records["edition"], form, language)
    with pytest.raises(UnusableQuery):
        editions.write_paper(world.reader("desk"), world.records["edition"], "poem", form, language)


@pytest.mark.parametrize("kind", editions.PAPERS)
def test_the_shorter_papers_are_made_of_an_edition(world: World, kind: str) -> None:
    raw = editions.write_paper(world.reader("desk"), world.records["edition"], kind, "docx", "ru")
    assert raw[:2] == b"PK"


def test_measures_are_in_the_edition_of_their_year(world: World) -> None:
    told = {"when": "2023-02-02", "source": "s", "country": "BY", "host": "PL", "tactic": "assault"}
    marking = Marking(world.compartments["desk"], Sensitivity.GREEN)
    measures.record_measure(world.reader("desk"), "transnational", told, marking)
    today = moment.today().isoformat()
    found = body(world, make(world, known=today))
    rows = {t["id"]: t["rows"] for t in found["tables"]}
    assert rows["transnational"][0][:2] == [{"c": "BY"}, {"c": "PL"}]
    assert rows["tactics"] == [[{"w": "tactic travel_ban"}, {"c": "BY"}, 1]]


def test_an_edition_that_is_changed_past_the_services_is_found(world: World) -> None:
    with whole_database():
        Edition.unguarded.filter(pk=world.records["edition"]).update(year=1999)
    assert not verification.verify().sound


def speak(world: World, *names: str) -> list[str]:
    """Let persons be spoken of publicly; return their ids."""
    desk, found = world.reader("desk"), []
    for row in registered.export_persons(desk, {}):
        if row["name"] in names and row["source"] == "base":
            seen = registered.read_person(desk, row["id"]).version
            registered.set_advocacy(desk, row["id"], "public", seen=seen)
            found.append(row["id"])
    return found


WHY = "the families ask for publicity"


def published(world: World) -> list[str]:
    """The names on the public site."""
    raw = publications.public_site(world.reader("desk"), "en")
    with ZipFile(BytesIO(raw)) as archive:
        return [row["name"] for row in json.loads(archive.read("cases.json"))["cases"]]


def test_a_case_is_published_by_two_persons(world: World) -> None:
    register(world, LIST, source="base")
    chosen = speak(world, "Anna Example", "Bela Sample")
    waiting = publications.propose_publication(world.reader("desk"), chosen, WHY)
    assert published(world) == []
    with pytest.raises((NeedsAnother, NotAllowed)):
        standing.decide(world.reader("desk"), waiting, agree=True)
    (shown,) = [
        p for circle in compartments.circles(world.reader("head")) for p in circle.proposals
    ]
    assert shown.text == "publish 2 cases"
    standing.decide(world.reader("head"), waiting, agree=True)
    assert published(world) == ["Anna Example", "Bela Sample"]
    assert verification.verify().sound


def test_who_proposes_does_not_agree(world: World) -> None:
    register(world, LIST, source="base")
    chosen = speak(world, "Anna Example")
    waiting = publications.propose_publication(world.reader("head"), chosen, WHY)
    with pytest.raises(NeedsAnother):
        standing.decide(world.reader("head"), waiting, agree=True)
    standing.decide(world.reader("second"), waiting, agree=True)
    assert published(world) == ["Anna Example"]


def test_a_refused_publication_publishes_nothing(world: World) -> None:
    register(world, LIST, source="base")
    waiting = publications.propose_publication(
        world.reader("desk"), speak(world, "Anna Example"), WHY
    )
    standing.decide(world.reader("head"), waiting, agree=False)
    assert published(world) == []


def test_who_is_spoken_of_quietly_cannot_be_proposed(world: World) -> None:
    with pytest.raises(Invalid, match="not spoken of publicly: 李敏"):
        publications.propose_publication(world.reader("desk"), [world.records["person"]], WHY)


def test_who_fell_quiet_meanwhile_is_left_out(world: World) -> None:
    register(world, LIST, source="base")
    chosen = speak(world, "Anna Example", "Bela Sample")
    waiting = publications.propose_publication(world.reader("desk"), chosen, WHY)
    desk = world.reader("desk")
    seen = registered.read_person(desk, chosen[0]).version
    registered.set_advocacy(desk, chosen[0], "quiet", seen=seen)
    standing.decide(world.reader("head"), waiting, agree=True)
    assert len(published(world)) == 1


def test_silence_is_asked_for_by_one_and_holds_at_once(world: World) -> None:
    register(world, LIST, source="base")
    (key,) = speak(world, "Anna Example")
    waiting = publications.propose_publication(world.reader("desk"), [key], WHY)
    standing.decide(world.reader("head"), waiting, agree=True)
    desk = world.reader("desk")
    registered.set_advocacy(desk, key, "quiet", seen=registered.read_person(desk, key).version)
    assert published(world) == []


def test_what_is_published_can_be_taken_out_by_one(world: World) -> None:
    register(world, LIST, source="base")
    (key,) = speak(world, "Anna Example")
    waiting = publications.propose_publication(world.reader("desk"), [key], WHY)
    standing.decide(world.reader("head"), waiting, agree=True)
    publications.unpublish(world.reader("desk"), key)
    assert published(world) == []


@pytest.mark.parametrize(
    ("people", "reason", "field"),
    [([], WHY, "people"), (["x"] * 501, WHY, "people"), (["x"], "short", "reason")],
)
def test_what_is_wrong_with_a_proposal_is_said(
    world: World, people: list[str], reason: str, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        publications.propose_publication(world.reader("desk"), people, reason)
    assert field in caught.value.fields


def test_nobody_is_published_whom_the_proposer_does_not_see(world: World) -> None:
    with pytest.raises(NothingThere):
        publications.propose_publication(
            world.reader("desk"), [world.records["secret person"]], WHY
        )


def test_names_stand_in_an_edition_only_where_they_are_published(world: World) -> None:
    register(world, LIST, source="base")
    (key,) = speak(world, "Anna Example")
    waiting = publications.propose_publication(world.reader("desk"), [key], WHY)
    standing.decide(world.reader("head"), waiting, agree=True)
    text = json.dumps(body(world, make(world)), ensure_ascii=False)
    assert "Anna Example" in text
    with whole_database():
        others = set(RegisteredPerson.unguarded.exclude(pk=key).values_list("name", flat=True))
    assert not [name for name in others if name in text]


def test_what_leaves_the_house_stands_in_the_log(world: World) -> None:
    from standwith.services import journal

    size, kept = journal.log_size(), world.records["edition"]
    publications.public_site(world.reader("desk"), "en")
    assert journal.log_size() == size + 1
    editions.write_edition(world.reader("ally"), kept, "json", "en")
    assert journal.log_size() == size + 2
    editions.write_paper(world.reader("ally"), kept, "memo", "pdf", "en")
    assert journal.log_size() == size + 3


def test_the_figures_of_a_day_to_come_are_not_asked_for(world: World) -> None:
    later = moment.today() + timedelta(days=400)
    with pytest.raises(UnusableQuery):
        figures.read_figures(world.reader("desk"), {"year": str(later.year)})
    assert figures.asked_of({}) == (moment.today().year - 1, moment.today())
    assert figures.asked_of({"year": "2020", "known": "2021-01-02"}) == (2020, date(2021, 1, 2))


def only_open(world: World) -> None:
    """Take the secret list back, so that every person left is of the desk."""
    said = "its source withdrew it"
    promotions.withdraw_list(world.reader("head"), world.records["secret list"], said)


def test_an_edition_is_as_secret_as_a_statement_that_it_was_told_from(world: World) -> None:
    only_open(world)
    measures.withdraw_measure(world.reader("head"), world.records["secret measure"])
    before = make(world, "head", known="2024-06-02")
    assert editions.read_edition(world.reader("desk"), before).head["tlp"] == "TLP:GREEN"
    made = make(world, "head", known=moment.today().isoformat())
    assert editions.read_edition(world.reader("head"), made).head["tlp"] == "TLP:RED"
    with pytest.raises(NothingThere):
        editions.read_edition(world.reader("desk"), made)


def without_statements(world: World) -> None:
    """Erase the secret statement of the furnished workspace."""
    from standwith.services import erasure

    basis = "it was recorded against the law"
    waiting = erasure.propose_erasure(world.reader("head"), world.records["statement"], basis)
    standing.decide(world.reader("second"), waiting, agree=True)


def test_an_edition_is_as_secret_as_a_measure_that_it_counts(world: World) -> None:
    only_open(world)
    without_statements(world)
    today = moment.today().isoformat()
    made = make(world, "head", known=today)
    assert editions.read_edition(world.reader("head"), made).head["tlp"] == "TLP:RED"
    for name in ("secret measure", "involvement"):
        measures.withdraw_measure(world.reader("head"), world.records[name])
    again = make(world, "head", known=today)
    assert editions.read_edition(world.reader("desk"), again).head["tlp"] == "TLP:GREEN"


def test_an_edition_is_as_secret_as_the_one_whose_figures_it_revises(world: World) -> None:
    secret = make(world, "head", year="2022")
    assert editions.read_edition(world.reader("head"), secret).head["tlp"] == "TLP:RED"
    only_open(world)
    without_statements(world)
    after = make(world, "head")
    assert editions.read_edition(world.reader("head"), after).head["tlp"] == "TLP:RED"


def test_what_leaves_the_house_is_told_from_nothing_more_secret_than_its_person(
    world: World,
) -> None:
    register(world, LIST, source="base")
    (key,) = speak(world, "Anna Example")
    waiting = publications.propose_publication(world.reader("desk"), [key], WHY)
    standing.decide(world.reader("second"), waiting, agree=True)
    secret = registered.Said("released", "", "2024-05-05", "a guard", "B2", "TLP:RED")
    registered.state(world.reader("head"), key, secret)
    raw = publications.public_site(world.reader("head"), "en")
    with ZipFile(BytesIO(raw)) as archive:
        (case,) = json.loads(archive.read("cases.json"))["cases"]
    assert case["status"] == "held", "only who is cleared knows of the release"
    only_open(world)
    today = moment.today().isoformat()
    made = make(world, "head", known=today, public=True)
    assert editions.read_edition(world.reader("desk"), made).head["tlp"] == "TLP:GREEN"
    tables = {one["id"]: one["rows"] for one in body(world, made)["tables"]}
    assert tables["interventions"] == [], "the demarche is RED"
