"""The pages of the registry: what a documenter sees and sends, without a script, in any language."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html
from tests.workspace.conftest import World
from tests.workspace.register_texts import COURT, HEAD

from standwith.services import moment, pairs, registered

TODAY = moment.today().isoformat()


def page(client: Client, path: str, status: int = 200) -> Any:
    """Fetch a page and parse it."""
    answer = client.get(path)
    assert answer.status_code == status, answer.content[:500]
    return html.document_fromstring(answer.content.decode())


def words(node: Any) -> str:
    """The words of a page, blanks as one."""
    return " ".join(node.text_content().split())


def send_list(world: World, client: Client, text: str = COURT, **changed: str) -> Any:
    """Hand a list in by the form."""
    sent = {
        "source": "page",
        "country": "by",
        "known": "2024-06-01",
        "compartment": world.compartments["desk"],
        "sensitivity": "TLP:GREEN",
    } | changed
    file = SimpleUploadedFile("list.csv", text.encode())
    return client.post("/registry/lists/new", {**sent, "file": file})


def test_a_list_is_staged_promoted_and_taken_back_by_the_forms(world: World) -> None:
    client = world.client("desk")
    answer = send_list(world, client)
    assert answer.status_code == 302
    place = answer["Location"]
    assert "3 = 3 staged + 0 quarantined" in words(page(client, place))
    assert client.post(f"{place}promote", {"reason": ""}).status_code == 302
    assert "promoted" in words(page(client, place))
    assert "李敏" in words(page(client, "/registry/?source=page"))
    assert client.post(f"{place}withdraw", {"reason": "wrong file"}).status_code == 302
    assert "Nothing fits" in words(page(client, "/registry/?source=page"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"source": "Not Good"}, "small letters, digits and hyphens"),
        ({"known": "1.6.2024"}, "write a day as"),
        ({"mapping": "no"}, "no mapping of columns"),
    ],
)
def test_a_form_that_cannot_be_taken_says_where(
    world: World, changed: dict[str, str], said: str
) -> None:
    answer = send_list(world, world.client("desk"), **changed)
    assert answer.status_code == 422
    shown = html.document_fromstring(answer.content.decode())
    assert said in words(shown)
    assert shown.xpath("//div[@role='alert']//a[starts-with(@href, '#')]")


def test_a_login_page_saved_as_a_list_is_refused_in_words(world: World) -> None:
    answer = send_list(world, world.client("desk"), "<!doctype html><form>Sign in</form>")
    assert answer.status_code == 422
    assert "web page" in answer.content.decode()


def test_a_list_without_a_file_is_asked_for_again(world: World) -> None:
    sent = {"source": "page", "country": "BY", "known": TODAY, "sensitivity": "TLP:GREEN",
            "compartment": world.compartments["desk"]}  # fmt: skip
    answer = world.client("desk").post("/registry/lists/new", sent)
    assert answer.status_code == 422


def test_a_gate_stops_a_list_until_a_reason_is_given(world: World) -> None:
    client = world.client("desk")
    place = send_list(world, client, claimed="9")["Location"]
    shown = words(page(client, place))
    assert "A gate stops this list" in shown
    assert "the source claims 9, the file has 3" in shown
    assert client.post(f"{place}promote", {"reason": ""}).status_code == 422
    sent = {"reason": "the source counts families"}
    assert client.post(f"{place}promote", sent).status_code == 302


def test_rows_are_shown_with_what_is_odd_and_given_as_data(world: World) -> None:
    client = world.client("desk")
    text = HEAD + "1,Ana,31.02.1990,2023-01-01,,,,\n2,too,few\n"
    place = send_list(world, client, text)["Location"]
    shown = words(page(client, place))
    assert "IMPOSSIBLE_DATE" in shown
    assert "3 cells under 8 heads" in shown
    rows = client.get(f"{place}rows.json").json()["rows"]
    assert [row["reason"] for row in rows] == ["", "3 cells under 8 heads"]
    assert "Ana" not in words(page(client, f"{place}?odd=FORMULA_CELL"))


def test_a_person_s_page_tells_each_source(world: World) -> None:
    client, person = world.client("desk"), world.records["person"]
    shown = words(page(client, f"/registry/persons/{person}/"))
    for said in ("李敏", "Qingpu", "court 2024-06-01", "known since 2024-06-01", "WGAD"):
        assert said in shown
    assert "seen in the yard" not in shown, "a statement that is RED"
    head = words(page(world.client("head"), f"/registry/persons/{person}/"))
    assert "seen in the yard" in head


def test_what_a_source_says_is_added_by_the_form(world: World) -> None:
    client, person = world.client("desk"), world.records["person"]
    path = f"/registry/persons/{person}/state"
    sent = {"field": "released", "when": "2024-05-05", "value": "", "cited": "a lawyer",
            "grade": "B2", "sensitivity": "TLP:GREEN", "supersedes": ""}  # fmt: skip
    assert client.post(path, sent).status_code == 302
    assert "no longer held" not in words(page(client, f"/registry/persons/{person}/"))
    assert "released" in words(page(client, f"/registry/persons/{person}/"))
    answer = client.post(path, sent | {"when": "tomorrow", "grade": "ZZ"})
    assert answer.status_code == 422
    shown = words(html.document_fromstring(answer.content.decode()))
    assert "when was it?" in shown
    assert "a letter A to F" in shown


def test_a_case_falls_quiet_by_the_form(world: World) -> None:
    client, person = world.client("desk"), world.records["person"]
    version = registered.read_person(world.reader("desk"), person).version
    path = f"/registry/persons/{person}/advocacy"
    assert client.post(path, {"advocacy": "quiet", "version": version}).status_code == 302
    assert client.post(path, {"advocacy": "public", "version": version}).status_code == 409
    assert client.post(path, {"advocacy": "loud", "version": version}).status_code == 422


def test_pairs_are_decided_one_after_the_other(world: World) -> None:
    client = world.client("desk")
    assert client.post("/registry/pairs/compare").status_code == 302
    shown = page(client, "/registry/pairs/")
    first = shown.xpath("//table//a/@href")[0]
    beside = words(page(client, first))
    assert "What speaks for and against" in beside
    answer = client.post(f"{first}decide", {"answer": "joined", "reason": ""})
    assert answer.status_code == 302
    assert re.match(r"/registry/pairs/[0-9a-f-]{36}/$", answer["Location"])
    last = client.post(f"{answer['Location']}decide", {"answer": "distinct", "reason": ""})
    assert last["Location"] == "/registry/pairs/"


def test_a_decision_that_cannot_be_taken_stays_on_its_page(world: World) -> None:
    client, pair = world.client("desk"), world.records["pair"]
    path = f"/registry/pairs/{pair}/decide"
    assert client.post(path, {"answer": "joined"}).status_code == 302
    answer = client.post(path, {"answer": "joined"})
    assert answer.status_code == 422
    assert "one person already" in answer.content.decode()
    assert client.post(path, {"answer": "perhaps"}).status_code == 422


def test_a_joined_person_leads_to_who_stands_for_both(world: World) -> None:
    client, desk = world.client("desk"), world.reader("desk")
    pairs.decide_pair(desk, world.records["pair"], "joined", "")
    ends = pairs.read_pair(desk, world.records["pair"]).ends
    answers = {end: client.get(f"/registry/persons/{end}/") for end in ends}
    led = [end for end, answer in answers.items() if answer.status_code == 302]
    assert len(led) == 1
    survivor = next(end for end in ends if end != led[0])
    assert answers[led[0]]["Location"] == f"/registry/persons/{survivor}/"
    assert client.get(f"/registry/persons/{led[0]}/?here=1").status_code == 200


def test_figures_show_ranges_and_lead_to_the_persons_behind_them(world: World) -> None:
    client = world.client("desk")
    shown = page(client, "/registry/figures?year=2023&known=2024-06-01")
    links = [a for a in shown.xpath("//table//a/@href") if "day=2024-01-01" in a]
    number = shown.xpath(f"//a[@href='{links[0]}']/text()")[0]
    behind = page(client, links[0])
    assert f"{number} persons" in words(behind)
    assert len(behind.xpath("//main//li/a")) == int(number)
    assert client.get("/registry/figures?year=soon").status_code == 400
    assert "left out" in words(page(client, "/registry/figures?year=2023&unsure=out"))


def test_an_edition_is_made_and_taken_in_every_form(world: World) -> None:
    client = world.client("desk")
    sent = {"year": "2023", "known": "2024-06-01"}
    place = client.post("/registry/editions/", sent)["Location"]
    assert "every table is the same" not in words(page(client, place)), "asked for, not on opening"
    shown = page(client, f"{place}?again=1")
    assert "every table is the same" in words(shown)
    links = [a for a in shown.xpath("//main//a/@href") if a.startswith(place)]
    assert len(links) == 3 * (5 + 4)
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200, link
        assert "attachment" in answer["Content-Disposition"]
    assert client.get(f"{place}report-xx.pdf").status_code == 400


@pytest.mark.parametrize("sent", [{"year": "x", "known": TODAY}, {"year": "2023", "known": "x"}])
def test_an_edition_that_cannot_be_made_says_why(world: World, sent: dict[str, str]) -> None:
    assert world.client("desk").post("/registry/editions/", sent).status_code == 422


def test_a_residual_is_shown_where_a_public_edition_is_asked_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from standwith.account.reports.edition import edition as real
    from standwith.services import editions

    def planted(given: Any) -> dict[str, Any]:
        return real(given) | {"publishable": False, "residuals": {"BY": 2, "": 2}}

    monkeypatch.setattr(editions, "edition", planted)
    sent = {"year": "2023", "known": "2024-06-01", "public": "on"}
    answer = world.client("desk").post("/registry/editions/", sent)
    assert answer.status_code == 422
    assert "a residual (BY: +2, all: +2)" in answer.content.decode()


def test_cases_are_published_by_form_and_by_a_second_person(world: World) -> None:
    desk, client, person = world.reader("desk"), world.client("desk"), world.records["person"]
    assert "Nobody waits" in words(page(client, "/registry/publish"))
    version = registered.read_person(desk, person).version
    registered.set_advocacy(desk, person, "public", seen=version)
    assert "李敏" in words(page(client, "/registry/publish"))
    sent = {"people": [person], "reason": "the family asks for publicity"}
    assert client.post("/registry/publish", sent)["Location"] == "/compartments/"
    assert client.post("/registry/publish", {"reason": "no one"}).status_code == 422
    waiting = page(world.client("head"), "/compartments/")
    (action,) = set(waiting.xpath("//form[starts-with(@action, '/proposals/')]/@action"))
    world.client("head").post(action, {"answer": "yes"})
    answer = client.post("/registry/site", {"language": "ar"})
    with ZipFile(BytesIO(answer.content)) as archive:
        assert "李敏" in archive.read("BY.html").decode()
    assert client.post("/registry/site", {"language": "xx"}).status_code == 400
    assert client.post(f"/registry/persons/{person}/unpublish").status_code == 302
    assert registered.read_person(desk, person).head["published"] == ""


def test_a_measure_is_recorded_and_taken_back_by_the_forms(world: World) -> None:
    client, person = world.client("desk"), world.records["person"]
    sent = {"kind": "notice", "notice": "red", "person": person, "country": "BY",
            "when": "2024-01-01", "source": "a border guard", "sensitivity": "TLP:GREEN",
            "compartment": world.compartments["desk"]}  # fmt: skip
    asked = page(client, f"/registry/measures/new?person={person}")
    assert asked.xpath(f"//input[@name='person' and @value='{person}']")
    assert client.post("/registry/measures/new", sent).status_code == 302
    assert client.post("/registry/measures/new", sent | {"country": ""}).status_code == 422
    notice = world.records["notice"]
    step = f"/registry/measures/{notice}/step"
    assert client.post(step, {"step": "access_asked", "day": TODAY}).status_code == 302
    assert client.post(step, {"step": "access_asked", "day": "soon"}).status_code == 422
    assert client.post(step, {"step": "sung", "day": TODAY}).status_code == 422
    assert "access_asked, due" in words(page(client, "/registry/measures/"))
    assert client.post(f"/registry/measures/{notice}/withdraw").status_code == 302


def test_a_recognition_is_proposed_and_agreed_by_the_forms(world: World) -> None:
    client, person = world.client("desk"), world.records["person"]
    path = f"/registry/persons/{person}/recognise"
    sent = {"standard": "PEN", "body": "a writers' union", "criteria": ["writing"],
            "reasoning": "held for two poems in a magazine", "cited": "the magazine"}  # fmt: skip
    assert client.post(path, sent).status_code == 302
    assert client.post(path, sent | {"criteria": ["work"]}).status_code == 422
    assert client.post(path, sent | {"reasoning": ""}).status_code == 422
    head = world.client("head")
    shown = page(head, f"/registry/persons/{person}/")
    actions = shown.xpath("//form[contains(@action, '/recognitions/')]/@action")
    assert head.post(actions[-1], {"answer": "agree"}).status_code == 302
    assert "Recognised by a writers' union" in words(page(client, f"/registry/persons/{person}/"))


def test_a_case_of_help_is_kept_by_the_forms(world: World) -> None:
    client = world.client("desk")
    sent = {"title": "A doctor at risk", "kind": "emergency", "name": "Ada Other", "born": "1991",
            "need": "a lawyer", "sensitivity": "TLP:GREEN",
            "compartment": world.compartments["desk"]}  # fmt: skip
    place = client.post("/help/new", sent)["Location"]
    assert client.post("/help/new", sent | {"need": ""}).status_code == 422
    assert "Next step: acknowledged" in words(page(client, place))
    done = client.post(f"{place}step", {"step": "acknowledged", "version": "1"})
    assert done.status_code == 302
    asked = page(client, place)
    assert asked.xpath("//select[@name='priority']")
    assert client.post(f"{place}step", {"step": "triaged", "version": "2"}).status_code == 422
    late = client.post(f"{place}step", {"step": "triaged", "version": "1", "priority": "P1"})
    assert late.status_code == 409
    until = {"until-what": "visa", "until-day": "2024-01-01", "until-version": "2"}
    assert client.post(f"{place}expiry", until).status_code == 302
    assert "warning 30" in words(page(client, place))
    assert client.post(f"{place}expiry", until | {"until-day": "x"}).status_code == 422
    assert client.post(f"{place}expiry", until | {"until-what": "x"}).status_code == 422


@pytest.mark.parametrize(
    "path", ["/registry/", "/registry/lists/", "/registry/pairs/", "/registry/measures/", "/help/"]
)
def test_a_list_gives_its_results_alone_to_the_script(world: World, path: str) -> None:
    client = world.client("desk")
    whole = client.get(path).content.decode()
    part = client.get(path, headers={"HX-Request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    assert 'id="count"' in part


@pytest.mark.parametrize("language", ["fr", "ru", "ar", "my"])
@pytest.mark.parametrize(
    "path", ["/registry/", "/registry/lists/new", "/registry/figures?year=2023", "/help/new"]
)
def test_pages_speak_the_language_that_was_chosen(world: World, path: str, language: str) -> None:
    client = world.client("desk")
    english = words(page(client, path).xpath("//main")[0])
    client.cookies["django_language"] = language
    shown = page(client, path)
    assert shown.get("lang") == language
    assert shown.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert words(shown.xpath("//main")[0]) != english


@pytest.mark.parametrize("who", ["mission", "counsel", "auditor", "ally"])
def test_who_only_reads_is_offered_no_form(world: World, who: str) -> None:
    client = world.client(who)
    for path in ("/registry/", f"/registry/persons/{world.records['person']}/",
                 f"/registry/lists/{world.records['list']}/", "/registry/editions/"):  # fmt: skip
        main = page(client, path).xpath("//main")[0]
        assert main.xpath(".//form[@method='post']") == []
