"""Walks by forms, on either database: what each kind of user does, from sign-in to receipt."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from lxml import html
from tests.workspace.conftest import PASSWORD, World, code_of

from standwith.kernel.note import parse_key
from standwith.kernel.pack import read_bytes
from standwith.kernel.receipt import check_receipt, parse_receipt
from standwith.services import account, journal, receipts
from standwith.services.keys import verify_ed25519
from standwith.services.setup import welcome
from standwith.services.verification import verify
from standwith.store.models.people import Person


def sign_in(world: World, key: str) -> Client:
    """Sign in by the forms, both factors."""
    client = Client()
    client.post("/sign-in", {"handle": key, "password": PASSWORD})
    answer = client.post("/second-factor", {"code": code_of(world.people[key], later=1)})
    assert answer.status_code == 302
    return client


def text_of(answer: Any) -> str:
    """The words of a page."""
    page: Any = html.document_fromstring(answer.content.decode())
    words: str = page.text_content()
    return re.sub(r"\s+", " ", words)


def last(answer: Any) -> str:
    """The last part of where an answer leads."""
    return str(answer["Location"]).strip("/").rsplit("/", 1)[-1]


CLAIM = {
    "fact": "strikes",
    "about": "situation",
    "value": "true",
    "valid": "2020-08-17",
    "recorded": "2020-08-18",
    "source": "belarus-2020",
    "lines": "20",
    "reliability": "B",
    "credibility": "2",
    "note": "workers at the tractor plant",
    "sensitivity": "TLP:GREEN",
}


def test_a_desk_officer_opens_a_situation_and_fills_it(world: World) -> None:
    client = sign_in(world, "desk")
    sent = {
        "slug": "georgia-2024",
        "title": "Georgia after the vote",
        "country": "ge",
        "as_of": "2024-12-01",
        "compartment": world.compartments["desk"],
        "sensitivity": "TLP:AMBER",
    }
    case = last(client.post("/situations/new", sent))
    assert "Georgia after the vote" in text_of(client.get(f"/situations/{case}/"))
    source = {
        "id": "observers",
        "title": "Statement of the observers",
        "author": "Mission of observers",
        "published": "2024-11-20",
        "citation": "Statement of 20 November 2024",
        "sensitivity": "TLP:GREEN",
    }
    assert client.post(f"/situations/{case}/sources/new", source).status_code == 302
    claim = CLAIM | {
        "fact": "election-dispute",
        "source": "observers",
        "valid": "2024-10",
        "recorded": "2024-11-20",
        "lines": "",
    }
    assert client.post(f"/situations/{case}/claims/new", claim).status_code == 302
    assert "Statement of the observers" in text_of(client.get(f"/situations/{case}/claims/"))
    brief = text_of(client.get(f"/situations/{case}/brief"))
    assert "Find out first" in brief
    assert verify().sound


def test_a_case_file_goes_in_and_comes_out_again(world: World) -> None:
    client = sign_in(world, "head")
    file = BytesIO(read_bytes("cases/myanmar-2023.yaml"))
    file.name = "myanmar.yaml"
    sent = {"compartment": world.compartments["desk"], "sensitivity": "TLP:GREEN", "file": file}
    case = last(client.post("/situations/import", sent))
    taken = client.get(f"/situations/{case}/case.yaml")
    again = BytesIO(taken.content)
    again.name = "again.yaml"
    more = {"compartment": world.compartments["desk"], "sensitivity": "TLP:GREEN", "file": again}
    second = last(client.post("/situations/import", more))
    one = client.get(f"/situations/{case}/brief.json").json()
    other = client.get(f"/situations/{second}/brief.json").json()
    assert [r["verdict"] for r in one["recommendations"]] == [
        r["verdict"] for r in other["recommendations"]
    ]


def test_a_shipped_case_is_loaded_from_the_form(world: World) -> None:
    client = sign_in(world, "head")
    sent = {
        "compartment": world.compartments["desk"],
        "sensitivity": "TLP:GREEN",
        "shipped": "myanmar-2023",
    }
    answer = client.post("/situations/import", sent)
    assert "Myanmar" in text_of(client.get(answer["Location"]))


def test_an_import_without_any_file_says_what_to_choose(world: World) -> None:
    client = sign_in(world, "head")
    sent = {"compartment": world.compartments["desk"], "sensitivity": "TLP:GREEN"}
    answer = client.post("/situations/import", sent)
    assert answer.status_code == 422
    assert "a case that ships" in text_of(answer)


def test_a_decision_is_proposed_advised_decided_and_acted_on(world: World) -> None:
    desk, counsel, head = (sign_in(world, key) for key in ("desk", "counsel", "head"))
    case = world.records["belarus"]
    reason = {"reason": "asked for by the council in writing"}
    decision = last(desk.post(f"/situations/{case}/propose/G-06", reason))
    assert "another person decides" in text_of(desk.get(f"/decisions/{decision}/"))
    yes = {"answer": "yes"} | reason
    early = head.post(f"/decisions/{decision}/decide", yes)
    assert early.status_code == 409
    assert "Counsel is needed first" in text_of(early)
    assert counsel.post(f"/decisions/{decision}/advise", yes).status_code == 302
    assert head.post(f"/decisions/{decision}/decide", yes).status_code == 302
    shown = text_of(head.get(f"/decisions/{decision}/"))
    for words in ("approved", "Hanna Head", "Clara Counsel", "Dario Desk"):
        assert words in shown
    task = {
        "title": "Prepare the rooms",
        "assignee": world.people["mission"],
        "due": "2020-08-21",
        "sensitivity": "TLP:AMBER",
        "decision": decision,
    }
    made = last(desk.post(f"/situations/{case}/tasks/new", task))
    mission = sign_in(world, "mission")
    assert "Prepare the rooms" in text_of(mission.get("/tasks/week"))
    assert decision in desk.get(f"/tasks/{made}/").content.decode()
    assert decision not in mission.get(f"/tasks/{made}/").content.decode()


def test_a_mission_works_on_its_task(world: World) -> None:
    client, task = sign_in(world, "mission"), world.records["task AMBER"]
    assert client.post(f"/tasks/{task}/move", {"state": "doing", "version": "1"}).status_code == 302
    assert client.post(f"/tasks/{task}/comment", {"text": "The hall is full."}).status_code == 302
    file = BytesIO(b"%PDF-1.7")
    file.name = "list.pdf"
    sent = {"file": file, "place": "safe of the mission"}
    assert client.post(f"/tasks/{task}/attach", sent).status_code == 302
    shown = text_of(client.get(f"/tasks/{task}/"))
    for words in ("doing", "The hall is full.", "application/pdf", "safe of the mission"):
        assert words in shown
    late = client.post(f"/tasks/{task}/move", {"state": "done", "version": "1"})
    assert late.status_code == 409
    assert "Changed meanwhile" in text_of(late)


def test_a_move_without_a_version_changes_nothing(world: World) -> None:
    client, task = sign_in(world, "mission"), world.records["task AMBER"]
    client.post(f"/tasks/{task}/move", {"state": "done"})
    assert "todo" in text_of(client.get(f"/tasks/{task}/"))


def test_an_ally_sees_the_share_and_comments_on_it(world: World) -> None:
    client = sign_in(world, "ally")
    case, task = world.records["belarus"], world.records["task GREEN"]
    shown = text_of(client.get(f"/situations/{case}/"))
    assert "Belarus" in shown
    assert "Record a claim" not in shown
    assert client.post(f"/tasks/{task}/comment", {"text": "We can help."}).status_code == 302
    for path in ("claims/new", "edit", "tasks/new"):
        answer = client.post(f"/situations/{case}/{path}", {"title": "x"})
        assert answer.status_code in {403, 422}
    assert client.get("/people/").status_code == 403


def test_an_auditor_verifies_and_takes_a_checkpoint(world: World) -> None:
    client = sign_in(world, "auditor")
    assert client.post("/account/verify").status_code == 302
    assert "nothing was altered" in text_of(client.get("/account/"))
    note = client.get("/account/checkpoint").content.decode()
    assert note.startswith("standwith.")
    assert "— standwith." in note
    assert client.get("/account/key").content.decode().startswith("standwith.")
    entries = text_of(client.get("/account/entries"))
    assert "situation.recorded" in entries or "claim.recorded" in entries
    earlier = client.get("/account/entries?before=20")
    assert earlier.status_code == 200


def test_a_receipt_is_fetched_from_the_history_and_proves_its_entry(world: World) -> None:
    client = sign_in(world, "desk")
    page = client.get(f"/account/records/{world.records['derived']}/").content.decode()
    (link,) = re.findall(r"/account/records/[^\"]+\.tlog-proof", page)
    text = client.get(link).content.decode()
    key = parse_key(receipts.verifier_key())
    proven = check_receipt(parse_receipt(text), [key], verify_ed25519)
    assert proven.record
    assert proven.record["fields"]["note"] == "cells hold forty"


def test_somebody_is_let_in_and_out_by_the_lead(world: World) -> None:
    head, stranger = sign_in(world, "head"), sign_in(world, "stranger")
    desk = world.compartments["desk"]
    page = text_of(head.get(f"/compartments/{desk}/grant"))
    assert "What each level would show" in page
    sent = {
        "person": world.people["stranger"],
        "clearance": "TLP:GREEN",
        "purposes": ["assess", "act"],
        "days": "7",
        "reason": "stands in for Dario",
    }
    assert stranger.get(f"/situations/{world.records['belarus']}/").status_code == 404
    assert head.post(f"/compartments/{desk}/grant", sent).status_code == 302
    assert stranger.get(f"/situations/{world.records['belarus']}/").status_code == 200
    assert stranger.get(f"/situations/{world.records['belarus']}/brief").status_code == 404
    path = f"/compartments/{desk}/withdraw/{world.people['stranger']}"
    assert head.post(path).status_code == 302
    assert stranger.get(f"/situations/{world.records['belarus']}/").status_code == 404
    assert head.post(f"/compartments/{desk}/withdraw/{world.people['head']}").status_code == 302
    assert head.get(f"/situations/{world.records['belarus']}/").status_code == 200


def test_a_place_that_cannot_be_given_is_refused_on_its_form(world: World) -> None:
    head, desk = sign_in(world, "head"), world.compartments["desk"]
    sent = {
        "person": world.people["ally"],
        "clearance": "TLP:RED",
        "purposes": ["assess"],
        "reason": "wants everything",
    }
    answer = head.post(f"/compartments/{desk}/grant", sent)
    assert answer.status_code == 422
    assert "stays within the organisation" in text_of(answer)
    assert head.get("/compartments/nonsense/grant").status_code == 404


def test_an_emergency_is_asked_and_decided_by_forms(world: World) -> None:
    stranger, head = sign_in(world, "stranger"), sign_in(world, "head")
    sent = {"compartment": "Belarus desk", "reason": "a life is in danger tonight"}
    assert "stands in the log" in text_of(stranger.post("/compartments/emergency", sent))
    assert "asks for emergency access" in text_of(head.get("/"))
    page = head.get("/compartments/").content.decode()
    (alarm,) = set(re.findall(r"/proposals/([0-9a-f-]+)", page))
    assert head.post(f"/proposals/{alarm}", {"answer": "yes"}).status_code == 302
    assert stranger.get(f"/situations/{world.records['belarus']}/").status_code == 200
    assert "Emergency access: Stefan Stranger" in text_of(head.get("/"))
    again = head.post(f"/proposals/{alarm}", {"answer": "yes"})
    assert again.status_code == 404


def test_an_emergency_without_a_reason_is_not_asked(world: World) -> None:
    size = journal.log_size()
    client = world.client("stranger")
    sent = {"compartment": "Belarus desk", "reason": "now"}
    assert client.post("/compartments/emergency", sent).status_code in {200, 422}
    assert journal.log_size() == size


def test_an_erasure_is_proposed_and_agreed_by_forms(world: World) -> None:
    desk, head = sign_in(world, "desk"), sign_in(world, "head")
    record = world.records["derived"]
    sent = {"reason": "order of the court of 3 May"}
    assert desk.post(f"/account/records/{record}/erase", sent).status_code == 302
    page = head.get("/compartments/").content.decode()
    (proposal,) = set(re.findall(r"/proposals/([0-9a-f-]+)", page))
    assert head.post(f"/proposals/{proposal}", {"answer": "yes"}).status_code == 302
    assert head.get(f"/account/records/{record}/").status_code == 404
    assert verify().sound


def test_an_erasure_can_be_refused(world: World) -> None:
    desk, head = sign_in(world, "desk"), sign_in(world, "head")
    record = world.records["derived"]
    desk.post(f"/account/records/{record}/erase", {"reason": "order of the court of 3 May"})
    page = head.get("/compartments/").content.decode()
    (proposal,) = set(re.findall(r"/proposals/([0-9a-f-]+)", page))
    assert head.post(f"/proposals/{proposal}", {"answer": "no"}).status_code == 302
    assert head.get(f"/account/records/{record}/").status_code == 200


def test_an_administrator_invites_closes_and_opens_accounts(world: World) -> None:
    client = sign_in(world, "admin")
    sent = {
        "handle": "nadia",
        "name": "Nadia New",
        "institution": "Ministry",
        "roles": ["documenter"],
    }
    page = client.post("/people/", sent).content.decode()
    (token,) = re.findall(r"/invitation/([\w-]+)", page)
    joined = Client()
    joined.post(f"/invitation/{token}", {"password": PASSWORD})
    assert Person.objects.get(handle="nadia").roles == "documenter"
    wrong = client.post("/people/", sent | {"handle": "No Name"})
    assert wrong.status_code == 422
    target = f"/people/{world.people['desk']}"
    assert client.post(target, {"roles": ["desk"]}).status_code == 302
    assert not Person.objects.get(pk=world.people["desk"]).is_active
    assert client.post(target, {"roles": ["desk"], "active": "on"}).status_code == 302
    assert Person.objects.get(pk=world.people["desk"]).is_active
    both = client.post(target, {"roles": ["desk", "administrator"], "active": "on"})
    assert "reads no content" in text_of(both)


def test_everybody_keeps_the_own_account(world: World) -> None:
    client = sign_in(world, "desk")
    page = client.post(
        "/settings/tokens", {"name": "script", "scopes": ["read"], "days": "30"}
    ).content.decode()
    (token,) = set(re.findall(r"sw_[\w-]+", page))
    assert token not in client.get("/settings/").content.decode()
    headers = {"Authorization": f"Bearer {token}"}
    assert Client().get("/api/v1/tasks", headers=headers).status_code == 200
    (revoke,) = re.findall(
        r"/settings/tokens/([0-9a-f-]+)", client.get("/settings/").content.decode()
    )
    assert client.post(f"/settings/tokens/{revoke}").status_code == 302
    assert Client().get("/api/v1/tasks", headers=headers).status_code == 401
    assert client.post("/settings/preferences", {"language": "xx"}).status_code == 200


def test_the_first_head_finds_the_demo_cases_once(world: World) -> None:
    (world.home / "load-demo").touch()
    welcome(world.reader("desk"))
    assert (world.home / "load-demo").exists()
    welcome(world.reader("head"))
    assert not (world.home / "load-demo").exists()
    size = journal.log_size()
    welcome(world.reader("head"))
    assert journal.log_size() == size
    client = world.client("head")
    assert "Demo cases" in text_of(client.get("/compartments/"))
    assert verify().sound


def test_a_passkey_is_only_offered_after_the_password(world: World) -> None:
    client = Client()
    for path in ("/passkey/use/begin", "/passkey/use/finish"):
        answer = client.post(path, "{}", content_type="application/json")
        assert answer.status_code == 401
        assert answer.json()["detail"]
    assert world.people


@pytest.mark.parametrize("body", ["{}", "[]", "nonsense", '{"id": "x"}', "[" * 5000])
def test_a_passkey_that_is_none_is_refused(world: World, body: str) -> None:
    client = world.client("desk")
    begun = client.post("/passkey/new/begin", "{}", content_type="application/json")
    assert begun.json()["publicKey"]["challenge"]
    answer = client.post("/passkey/new/finish", body, content_type="application/json")
    assert answer.status_code == 422
    again = client.post("/passkey/new/finish", body, content_type="application/json")
    assert again.json()["detail"] == "begin again"
    half = Client()
    half.post("/sign-in", {"handle": "desk", "password": PASSWORD})
    half.post("/passkey/use/begin", "{}", content_type="application/json")
    answer = half.post("/passkey/use/finish", body, content_type="application/json")
    assert answer.status_code == 422
    assert half.get("/situations/").status_code == 302


def test_who_has_a_factor_cannot_set_another_by_the_way_in(world: World) -> None:
    client = Client()
    client.post("/sign-in", {"handle": "desk", "password": PASSWORD})
    assert client.get("/enrol")["Location"] == "/second-factor"
    assert client.post("/enrol", {"code": "000000"})["Location"] == "/second-factor"
    assert world.people


@pytest.mark.usefixtures("world")
def test_the_doors_lead_back_to_sign_in_without_a_first_factor() -> None:
    client = Client()
    for path in ("/second-factor", "/enrol"):
        assert client.get(path).status_code == 302
        assert client.post(path, {"code": "1"}).status_code == 302


def test_signing_in_again_leads_to_the_start(world: World) -> None:
    assert world.client("desk").get("/sign-in")["Location"] == "/"


def test_signing_in_leads_back_to_where_one_wanted_to_go(world: World) -> None:
    client = Client()
    wanted = client.get("/tasks/week")["Location"]
    assert wanted == "/sign-in?next=%2Ftasks%2Fweek"
    client.post("/sign-in", {"handle": "desk", "password": PASSWORD, "next": "/tasks/week"})
    answer = client.post("/second-factor", {"code": code_of(world.people["desk"], later=1)})
    assert answer["Location"] == "/tasks/week"


def test_a_wrong_code_is_said_at_its_field(world: World) -> None:
    client = Client()
    client.post("/sign-in", {"handle": "desk", "password": PASSWORD})
    answer = client.post("/second-factor", {"code": "000000"})
    assert answer.status_code == 422
    assert "does not fit" in text_of(answer)
    assert account.reader_of(world.people["desk"], 0) is not None


def test_an_account_whose_epoch_passed_is_nobody(world: World) -> None:
    assert account.reader_of(world.people["desk"], 7) is None
