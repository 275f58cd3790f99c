"""The structure of every page: headings, labels, ids, references, tables, links that lead somewhere."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from lxml import html
from tests.workspace.conftest import World

PAGES = (
    "/",
    "/situations/",
    "/situations/?q=zzzz",
    "/situations/new",
    "/situations/import",
    "/situations/{case}/",
    "/situations/{case}/edit",
    "/situations/{case}/picture",
    "/situations/{case}/claims/",
    "/situations/{case}/claims/?q=zzzz",
    "/situations/{case}/claims/new",
    "/situations/{case}/sources/new",
    "/situations/{case}/assess",
    "/situations/{case}/brief",
    "/situations/{case}/propose/G-06",
    "/situations/{case}/tasks/new",
    "/claims/",
    "/assess/",
    "/choose/",
    "/choose/?q=zzzz",
    "/choose/matrix",
    "/choose/actions/G-06",
    "/choose/actions/G-29",
    "/decisions/",
    "/tasks/",
    "/account/undercount",
    "/registry/",
    "/registry/?q=zzzz",
    "/registry/persons/{person}/",
    "/registry/lists/",
    "/registry/lists/new",
    "/registry/lists/{list}/",
    "/registry/pairs/",
    "/registry/pairs/{pair}/",
    "/registry/editions/",
    "/registry/editions/{edition}/",
    "/registry/publish",
    "/registry/measures/",
    "/registry/measures/new",
    "/registry/measures/times",
    "/registry/measures/{notice}/step",
    "/registry/acts/",
    "/registry/persons/{person}/involved",
    "/registry/involvements/{involvement}/",
    "/registry/persons/{person}/relations",
    "/registry/map",
    "/registry/timeline",
    "/registry/saved?place=registry&query=q%3Da",
    "/registry/persons/{person}/recognise",
    "/help/",
    "/help/?q=zzzz",
    "/help/new",
    "/help/{help}/",
    "/registry/figures?year=2023",
    "/registry/figures/persons?day=2024-01-01",
    "/tasks/list",
    "/tasks/list?q=zzzz",
    "/tasks/week",
    "/tasks/calendar",
    "/tasks/calendar?month=2020-08",
    "/tasks/{task}/",
    "/account/",
    "/account/entries",
    "/account/records/{case}/",
    "/compartments/",
    "/compartments/{desk}/grant",
    "/settings/",
    "/search",
    "/search?q=bel",
    "/search?q=zzzz",
    "/keys",
    "/accessibility",
    "/nowhere",
    "/claims/?after=x",
)
OPEN_PAGES = ("/sign-in", "/accessibility", "/nowhere")


def parse(text: str) -> Any:
    """Parse a page."""
    return html.document_fromstring(text)


def fetch(world: World, path: str, key: str = "head") -> Any:
    """Fetch a page and parse it."""
    whole = path.format(
        case=world.records["belarus"],
        task=world.records["task GREEN"],
        desk=world.compartments["desk"],
        person=world.records["person"],
        list=world.records["list"],
        pair=world.records["pair"],
        edition=world.records["edition"],
        notice=world.records["notice"],
        involvement=world.records["involvement"],
        help=world.records["help"],
    )
    return parse(world.client(key).get(whole).content.decode())


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_main_heading_and_its_headings_descend_in_order(
    world: World, path: str
) -> None:
    page = fetch(world, path)
    levels = [int(node.tag[1]) for node in page.iter("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    for before, after in itertools.pairwise(levels):
        assert after <= before + 1, levels


@pytest.mark.parametrize("path", PAGES)
def test_every_id_stands_once_and_every_reference_leads_to_one(world: World, path: str) -> None:
    page = fetch(world, path)
    ids = Counter(node.get("id") for node in page.xpath("//*[@id]"))
    assert [name for name, count in ids.items() if count > 1] == []
    for attribute in ("for", "aria-labelledby", "aria-describedby"):
        for node in page.xpath(f"//*[@{attribute}]"):
            for name in node.get(attribute).split():
                assert name in ids, (attribute, name)
    for node in page.xpath("//a[starts-with(@href, '#')]"):
        assert node.get("href")[1:] in ids


@pytest.mark.parametrize("path", PAGES)
def test_every_control_has_a_name(world: World, path: str) -> None:
    page = fetch(world, path)
    labelled = {node.get("for") for node in page.iter("label")}
    for node in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        if node.get("hidden") is None:
            assert node.get("id") in labelled or node.xpath("ancestor::label"), node.get("name")
    for node in page.iter("button", "a", "summary"):
        assert node.text_content().strip() or node.get("aria-label"), html.tostring(node)


@pytest.mark.parametrize("path", PAGES)
def test_tables_have_heads_and_scroll_in_named_regions(world: World, path: str) -> None:
    page = fetch(world, path)
    for table in page.iter("table"):
        if "month" not in (table.get("class") or ""):
            assert table.xpath(".//th[@scope]")
        region = table.getparent()
        assert region.get("role") == "region"
        assert region.get("tabindex") == "0"
        assert region.get("aria-label") or region.get("aria-labelledby")


@pytest.mark.parametrize("path", PAGES)
def test_landmarks_of_one_kind_have_names_of_their_own(world: World, path: str) -> None:
    page = fetch(world, path)
    regions = [
        node.get("aria-label") or node.get("aria-labelledby")
        for node in page.xpath("//*[@role='region'] | //section[@aria-labelledby]")
    ]
    assert len(regions) == len(set(regions)), regions
    assert len(page.xpath("//main")) == len(page.xpath("//footer")) == 1


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_its_language_title_and_skip_link(world: World, path: str) -> None:
    page = fetch(world, path)
    assert page.get("lang") == "en"
    assert page.get("dir") == "ltr"
    title = page.findtext(".//title") or ""
    assert title.endswith("· Standwith")
    assert len(title) > len("· Standwith") + 1
    first = page.xpath("//body//a")[0]
    assert first.get("class") == "skip"
    assert first.get("href") == "#main"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_marks_where_one_is(world: World, path: str) -> None:
    page = fetch(world, path)
    here = page.xpath("//nav[contains(@class, 'stages')]//a[@aria-current='page']")
    assert len(here) <= 1
    if path.startswith("/situations/") or path == "/":
        assert len(here) == 1


@pytest.mark.parametrize("path", PAGES)
def test_names_and_titles_of_pages_tell_no_content_of_restricted_records(
    world: World, path: str
) -> None:
    page = fetch(world, path)
    title = page.findtext(".//title") or ""
    for word in ("Tolik", "guard", "RED"):
        assert word not in title
    for node in page.xpath("//a[@href]"):
        assert "Tolik" not in node.get("href")


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_a_page_for_people_outside_tells_nothing_of_the_inside(world: World, path: str) -> None:
    page = Client().get(path, follow=True).content.decode()
    for word in ("Belarus", "Ministry", "Hanna", "compartment", "/situations/"):
        assert word not in page.split("<main", 1)[1].replace("next", ""), word
    assert world.records


def test_every_link_that_is_shown_leads_somewhere(world: World) -> None:
    """A crawl from the start: nothing that is offered is missing or refused."""
    client = world.client("head")
    waiting, seen = ["/"], {"/"}
    while waiting:
        path = waiting.pop()
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        if "html" not in answer.headers["Content-Type"]:
            continue
        page = parse(answer.content.decode())
        for node in page.xpath("//a[@href]"):
            target = urljoin(path, node.get("href"))
            parts = urlsplit(target)
            bare = parts.path
            kind = bare.replace(world.records["belarus"], "X")
            heavy = bare.endswith((".pdf", ".docx", ".html", ".tlog-proof", ".yaml"))
            if parts.netloc or heavy or bare.startswith("/choose/actions/"):
                continue
            known = kind if "/records/" not in kind else "/records/"
            if known not in seen and len(seen) < 160:
                seen.add(known)
                waiting.append(target.split("#")[0])
    assert len(seen) > 40


@pytest.mark.parametrize("key", ["desk", "counsel", "mission", "ally", "auditor", "stranger"])
def test_every_reader_s_own_links_lead_somewhere(world: World, key: str) -> None:
    client = world.client(key)
    for start in ("/", "/situations/", "/tasks/", "/account/", "/compartments/", "/settings/"):
        page = parse(client.get(start).content.decode())
        for node in page.xpath("//main//a[@href] | //nav//a[@href]"):
            target = urljoin(start, node.get("href")).split("#")[0]
            assert client.get(target).status_code == 200, (start, target)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "No situation is open"),
        ("/situations/", "Nothing fits"),
        ("/claims/", "Nothing fits"),
        ("/assess/", "No situation is open"),
        ("/decisions/", "Begin with the brief"),
        ("/tasks/", "Nothing here"),
        ("/tasks/list", "Nothing here"),
        ("/tasks/week", "Nothing is due"),
        ("/compartments/", "You belong to no compartment"),
        ("/search?q=bel", "Try the beginning of a name"),
        ("/situations/new", "You belong to no compartment yet"),
        ("/situations/import", "You belong to no compartment yet"),
    ],
)
def test_an_empty_page_says_what_to_do_next(world: World, path: str, words: str) -> None:
    assert words in fetch(world, path, "stranger").text_content()


FORMS = (
    ("/situations/new", {"slug": "", "title": "", "country": "", "as_of": ""}),
    ("/situations/{case}/claims/new", {"valid": "", "recorded": ""}),
    ("/situations/{case}/sources/new", {"id": ""}),
    ("/situations/{case}/propose/G-06", {"reason": ""}),
    ("/situations/{case}/tasks/new", {"title": ""}),
    ("/situations/{case}/edit", {"title": ""}),
    ("/tasks/{task}/comment", {"text": ""}),
    ("/tasks/{task}/attach", {"place": ""}),
    ("/compartments/", {"name": ""}),
    ("/compartments/{desk}/grant", {"reason": ""}),
    ("/settings/password", {"old": ""}),
    ("/settings/tokens", {"name": ""}),
    ("/account/records/{case}/erase", {"reason": "so"}),
)


@pytest.mark.parametrize(("path", "sent"), FORMS, ids=[path for path, _ in FORMS])
def test_a_form_that_was_refused_leads_to_each_of_its_errors(
    world: World, path: str, sent: dict[str, str]
) -> None:
    whole = path.format(
        case=world.records["belarus"],
        task=world.records["task GREEN"],
        desk=world.compartments["desk"],
        person=world.records["person"],
        list=world.records["list"],
        pair=world.records["pair"],
        edition=world.records["edition"],
        notice=world.records["notice"],
        help=world.records["help"],
    )
    answer = world.client("head").post(whole, sent)
    assert answer.status_code == 422
    page = parse(answer.content.decode())
    (box,) = page.xpath("//*[@role='alert']")
    assert box.get("tabindex") == "-1"
    links = box.xpath(".//a")
    assert links
    ids = {node.get("id") for node in page.xpath("//*[@id]")}
    for link in links:
        assert link.get("href")[1:] in ids
        assert link.text_content().strip()
    for field in page.xpath("//*[contains(@class, 'field') and contains(@class, 'wrong')]"):
        assert field.xpath(".//*[contains(@class, 'error')]")


def test_what_was_typed_stands_in_the_form_that_was_refused(world: World) -> None:
    sent = {"slug": "Not A Slug", "title": "My title", "country": "GE", "as_of": "2024-12-01"}
    sent |= {"compartment": world.compartments["desk"], "sensitivity": "TLP:GREEN"}
    answer = world.client("head").post("/situations/new", sent)
    page = parse(answer.content.decode())
    held = {node.get("name"): node.get("value") for node in page.iter("input")}
    assert held["slug"] == "Not A Slug"
    assert held["title"] == "My title"
    assert "small letters" in page.text_content()


def test_a_password_is_never_put_back_into_a_form(world: World) -> None:
    sent = {"handle": "desk", "password": "wrong horse battery"}
    page = Client().post("/sign-in", sent).content.decode()
    assert "wrong horse battery" not in page
    assert 'value="desk"' in page
    assert world.people


def test_both_profiles_can_be_chosen_on_the_brief(world: World) -> None:
    shown = {}
    for profile in ("icnc", "crm-atrocity", "strictest"):
        page = fetch(world, f"/situations/{{case}}/brief?profile={profile}")
        (chosen,) = page.xpath("//select[@id='profile']/option[@selected]")
        assert chosen.text == profile
        shown[profile] = page.xpath("//ul[contains(@class,'tabs')][2]")[0].text_content()
    assert len(set(shown.values())) >= 2


def test_the_brief_shows_what_it_advises_first(world: World) -> None:
    page = fetch(world, "/situations/{case}/brief")
    sections = [node.get("id") for node in page.xpath("//main//section[@id]")]
    assert sections == ["now", "approval", "ask", "hold", "never", "questions"]
    waiting = page.xpath("//section[@id='approval']//article")
    assert waiting
    assert all(card.xpath("./p/span[@class='tag']") for card in waiting)
    cards = page.xpath("//section[@id='now']//article")
    assert not any(card.xpath("./p/span[@class='tag']") for card in cards)
    assert cards
    assert all("recommend" in c.text_content() or "permit" in c.text_content() for c in cards)


def test_what_is_never_done_can_not_be_proposed_from_the_brief(world: World) -> None:
    page = fetch(world, "/situations/{case}/brief")
    never = page.xpath("//section[@id='never']//article")
    assert never
    for card in never:
        assert not card.xpath(".//a[contains(@href, 'propose')]")


def test_the_picture_shows_grades_sources_and_contradictions(world: World) -> None:
    page = fetch(world, "/situations/{case}/picture").text_content()
    for words in ("B2", "Dadonau", "a source that decides alone", "Correct"):
        assert words in page


def test_the_assessment_shows_arguments_and_what_is_unknown(world: World) -> None:
    page = fetch(world, "/situations/{case}/assess")
    assert len(page.xpath("//details")) > 15
    text = page.text_content()
    for head in page.xpath("//main//section//h3"):
        code, _, title = head.text_content().partition(": ")
        assert len(title.split()) >= 2, code
    assert "What is unknown, and worth asking" in text
    assert "risk of asking" in text


def test_a_task_shows_its_decision_only_to_who_may_see_it(world: World) -> None:
    from standwith.services import decisions, tasks

    head, case = world.reader("head"), world.records["belarus"]
    made = decisions.propose(head, case, "G-10", "because it was asked for in writing")
    new = tasks.NewTask("Follow up", "", "", "", "TLP:GREEN", made)
    task = tasks.assign(world.reader("head"), case, new)
    mine = world.client("head").get(f"/tasks/{task}/").content.decode()
    theirs = world.client("ally").get(f"/tasks/{task}/").content.decode()
    assert made in mine
    assert made not in theirs


def test_the_exports_are_offered_under_account(world: World) -> None:
    text = fetch(world, "/account/").text_content()
    for path in ("/situations.csv", "/claims.json", "/decisions.csv", "/tasks/list.json"):
        assert path in text
