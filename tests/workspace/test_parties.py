"""Organisations, requests, and texts in several languages; the proof that the log only grew."""

from __future__ import annotations

import base64
import re

import pytest
from django.test import Client
from tests.workspace.conftest import World
from tests.workspace.test_permissions import REQUEST

from standwith.kernel.merkle import consistent
from standwith.kernel.note import open_note, parse_checkpoint, parse_key
from standwith.services import briefs, parties, receipts, situations
from standwith.services.invalid import Invalid
from standwith.services.keys import verify_ed25519
from standwith.services.listing import UnusableQuery
from standwith.services.sight import NothingThere
from standwith.services.verification import verify
from standwith.web.forms.languages import LANGUAGES

PARTY = {"id": "union", "name": "Незалежны прафсаюз", "kind": "civic", "aliases": [], "note": ""}


def add(world: World, who: str = "desk", level: str = "TLP:GREEN", **changed: object) -> str:
    """Record an organisation."""
    return parties.record_organisation(
        world.reader(who), world.records["belarus"], PARTY | changed, language="be", level=level
    )


def organisations(world: World, who: str) -> dict[str, dict[str, str]]:
    """Return the names of the organisations that somebody sees."""
    found = situations.read_situation(world.reader(who), world.records["belarus"])
    return {row["id"]: row["name"] for row in found["organisations"]}


def test_an_organisation_is_recorded_in_its_own_language(world: World) -> None:
    assert add(world) == "union"
    assert organisations(world, "ally")["union"] == {"be": "Незалежны прафсаюз"}
    found = world.client("ally").get("/search.json?q=прафсаюз").json()["hits"]
    assert [hit["title"] for hit in found] == ["Незалежны прафсаюз"]
    page = world.client("ally").get(f"/situations/{world.records['belarus']}/")
    assert '<span lang="be" dir="ltr">Незалежны прафсаюз</span>' in page.content.decode()
    assert verify().sound


def test_an_organisation_is_as_sensitive_as_it_is_said_to_be(world: World) -> None:
    add(world, "head", "TLP:RED")
    assert "union" not in organisations(world, "ally")
    assert "union" in organisations(world, "second")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"id": "Two words"}, "id"),
        ({"id": "protest-movement"}, "id"),
        ({"kind": "secret"}, "kind"),
        ({"name": " "}, "name"),
    ],
)
def test_an_organisation_that_cannot_be_is_refused_at_its_field(
    world: World, changed: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        add(world, **changed)
    assert field in refused.value.fields or "organisations" in refused.value.fields
    assert set(organisations(world, "head")) == {"protest-movement"}


def test_a_name_in_a_further_language_keeps_the_others(world: World) -> None:
    add(world)
    case = world.records["belarus"]
    parties.name_organisation(world.reader("desk"), case, "union", "en", "Free union")
    parties.name_organisation(world.reader("desk"), case, "union", "ar", "النقابة الحرة")
    assert set(organisations(world, "ally")["union"]) == {"be", "en", "ar"}
    assert world.client("ally").get("/search.json?q=free+uni").json()["hits"]
    with pytest.raises(Invalid):
        parties.name_organisation(world.reader("desk"), case, "union", "fr", "  ")
    with pytest.raises(NothingThere):
        parties.name_organisation(world.reader("desk"), case, "nobody", "fr", "Personne")


def test_the_pages_record_and_name_an_organisation(world: World) -> None:
    client, case = world.client("desk"), world.records["belarus"]
    form = {
        "id": "strikers",
        "name": "Стачкам",
        "language": "be",
        "kind": "civic",
        "aliases": "strike committee\n\nstachkam",
        "note": "",
        "sensitivity": "TLP:GREEN",
    }
    path = f"/situations/{case}/organisations/new"
    assert client.get(path).status_code == 200
    assert client.post(path, form).status_code == 302
    refused = client.post(path, form)
    assert refused.status_code == 422
    assert "strikers" in refused.content.decode()
    name = f"/situations/{case}/organisations/strikers/name"
    assert client.get(name).status_code == 200
    assert client.post(name, {"language": "en", "name": "Strike committee"}).status_code == 302
    assert client.post(name, {"language": "xx", "name": "Strike committee"}).status_code == 422
    assert organisations(world, "desk")["strikers"]["en"] == "Strike committee"
    case_file = situations.whole_case(world.reader("desk"), case)
    (row,) = [item for item in case_file["organisations"] if item["id"] == "strikers"]
    assert row["aliases"] == ["strike committee", "stachkam"]


def test_a_request_changes_what_may_be_done_and_its_withdrawal_takes_it_back(world: World) -> None:
    case, desk = world.records["belarus"], world.reader("desk")
    before = briefs.read_brief(desk, case).sha256
    key = parties.record_request(desk, case, REQUEST, "TLP:GREEN")
    asked = briefs.read_brief(desk, case)
    assert asked.sha256 != before
    (seen,) = [r for r in situations.read_situation(desk, case)["requests"] if r["id"] == key]
    assert seen["verified"] is True
    assert seen["actions"] == ["G-06"]
    client = world.client("desk")
    path = f"/situations/{case}/requests/{key}/withdraw"
    assert client.post(path).status_code == 302
    assert client.post(path).status_code == 404, "it was withdrawn before"
    assert "withdrawn" in client.get(f"/situations/{case}/").content.decode()
    assert verify().sound


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"organisation": "nobody"}, "organisation"),
        ({"source": "nowhere"}, "source"),
        ({"given": "yesterday"}, "given"),
        ({"actions": ["XX-99"]}, "actions"),
        ({"actions": []}, "actions"),
    ],
)
def test_a_request_that_cannot_be_is_refused_at_its_field(
    world: World, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        parties.record_request(
            world.reader("desk"), world.records["belarus"], REQUEST | changed, "TLP:GREEN"
        )
    assert field in refused.value.fields


def test_the_page_records_a_request(world: World) -> None:
    client, case = world.client("mission"), world.records["belarus"]
    path = f"/situations/{case}/requests/new"
    assert client.get(path).status_code == 200
    form = REQUEST | {"actions": "G-06, G-01", "verified": "on", "sensitivity": "TLP:GREEN"}
    assert client.post(path, form).status_code == 302
    assert situations.read_situation(world.reader("ally"), case)["requests"]
    assert client.post(path, form | {"given": "soon"}).status_code == 422


def test_a_situation_is_opened_and_kept_in_any_language(world: World) -> None:
    client: Client = world.client("desk")
    form = {
        "slug": "belarus-2026",
        "language": "ar",
        "title": "بيلاروس",
        "country": "BY",
        "as_of": "2026-01-05",
        "summary": "ملخص",
        "compartment": world.compartments["desk"],
        "sensitivity": "TLP:GREEN",
    }
    made = client.post("/situations/new", form).headers["Location"]
    case = made.rstrip("/").rsplit("/", 1)[1]
    assert situations.read_situation(world.reader("desk"), case)["title"] == {"ar": "بيلاروس"}
    page = client.get(f"/situations/{case}/edit").content.decode()
    assert "بيلاروس" in page, "where there is no text in the reader's language, one that there is"
    assert re.search(r'<input[^>]*value="بيلاروس"[^>]*dir="auto"', page), "from right to left"
    french = client.get(f"/situations/{case}/edit?language=fr").content.decode()
    assert 'lang="ar"' in french, "the others are shown beside"
    change = {
        "language": "fr",
        "title": "Bélarus",
        "summary": "Résumé",
        "as_of": "2026-01-06",
        "state": "open",
        "version": "1",
    }
    assert client.post(f"/situations/{case}/edit", change).status_code == 302
    found = situations.read_situation(world.reader("desk"), case)
    assert found["title"] == {"ar": "بيلاروس", "fr": "Bélarus"}
    assert client.get("/search.json?q=belarus").json()["hits"]
    wrong = change | {"language": "tlh", "version": "2"}
    assert client.post(f"/situations/{case}/edit", wrong).status_code == 422


def test_every_language_has_one_name_of_its_own() -> None:
    assert len(dict(LANGUAGES)) == len(LANGUAGES) == len(set(dict(LANGUAGES).values()))


def test_a_witness_gets_the_proof_that_the_log_only_grew(world: World) -> None:
    auditor, key = world.client("auditor"), parse_key(receipts.verifier_key())
    older = parse_checkpoint(
        open_note(auditor.get("/account/checkpoint").content.decode(), [key], verify_ed25519)
    )
    add(world)
    text = auditor.get(f"/account/consistency?from={older.size}").content.decode()
    proof, _, note = text.partition("\n\n")
    first, *hashes = proof.splitlines()
    assert first == f"old {older.size}"
    newer = parse_checkpoint(open_note(note, [key], verify_ed25519))
    path = [base64.b64decode(line) for line in hashes]
    assert newer.size > older.size
    assert consistent((older.size, older.root), (newer.size, newer.root), path)
    same = auditor.get(f"/account/consistency?from={newer.size}").content.decode()
    assert same.startswith(f"old {newer.size}\n\n")


@pytest.mark.parametrize("size", ["0", "-1", "9999999", "x", ""])
def test_a_size_that_the_log_never_had_has_no_proof(world: World, size: str) -> None:
    answer = world.client("auditor").get(f"/account/consistency?from={size}")
    assert answer.status_code == 400
    with pytest.raises(UnusableQuery):
        receipts.consistency_note(world.reader("auditor"), 10**7)
