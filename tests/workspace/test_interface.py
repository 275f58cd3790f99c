"""The programming interface: tokens, scopes, ETags, problem documents, repeats, its description."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.workspace.conftest import World

from standwith.services import claims, journal, tokens
from standwith.services.sight import whole_database
from standwith.store.models.work import Task

ROOT = Path(__file__).parents[2]


class Caller:
    """Calls the interface with a token."""

    def __init__(self, world: World, key: str = "desk", *scopes: str) -> None:
        held = frozenset(scopes or ("read", "write"))
        self.token = tokens.make_token(world.reader(key), "test", held, 30)
        self.client = Client()

    def get(self, path: str, **headers: str) -> Any:
        """Ask."""
        return self.client.get(f"/api/v1/{path}", headers=self._headers(headers))

    def post(self, path: str, body: object, **headers: str) -> Any:
        """Send."""
        raw = body if isinstance(body, (str, bytes)) else json.dumps(body)
        return self.client.post(
            f"/api/v1/{path}",
            raw,
            content_type="application/json",
            headers=self._headers(headers),
        )

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        named = {key.replace("_", "-"): value for key, value in more.items()}
        return {"Authorization": f"Bearer {self.token}"} | named


def situation(world: World, **changed: object) -> dict[str, object]:
    """A body that opens a situation."""
    return {
        "case": "georgia-2024",
        "title": "Georgia after the vote",
        "country": "GE",
        "as_of": "2024-12-01",
        "compartment": world.compartments["desk"],
    } | changed


CLAIM = {
    "fact": "strikes",
    "value": "true",
    "valid": "2020-08-17",
    "recorded": "2020-08-18",
    "source": "belarus-2020",
    "grade": "B2",
    "note": "by the interface",
}


def test_a_list_has_rows_total_and_facets(world: World) -> None:
    found = Caller(world).get("claims?fact=torture").json()
    assert found["total"] == len(found["rows"]) > 0
    assert found["facets"]["fact"]["torture"] == found["total"]


def test_the_next_page_is_linked(world: World) -> None:
    answer = Caller(world, "head").get("claims")
    if answer.json()["after"]:
        assert 'rel="next"' in answer.headers["Link"]
    else:
        assert "Link" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["situations", "claims", "decisions", "tasks", "catalogue", "search?q=bel"],
)
def test_an_answer_that_is_known_is_not_sent_again(world: World, path: str) -> None:
    caller = Caller(world)
    tag = caller.get(path).headers["ETag"]
    again = caller.get(path, If_None_Match=tag)
    assert again.status_code == 304
    assert again.content == b""
    assert caller.get(path, If_None_Match='"other"').status_code == 200


def test_a_tag_changes_with_what_the_reader_sees_and_only_then(world: World) -> None:
    caller, ally = Caller(world), Caller(world, "ally", "read")
    case = world.records["belarus"]
    mine, theirs = caller.get("claims").headers["ETag"], ally.get("claims").headers["ETag"]
    from tests.workspace.conftest import claim_form

    claims.record_claim(world.reader("head"), case, claim_form(sensitivity="TLP:AMBER+STRICT"))
    assert caller.get("claims").headers["ETag"] != mine
    assert ally.get("claims").headers["ETag"] == theirs


@pytest.mark.parametrize(
    "path",
    ["situations/{case}", "situations/{case}/claims", "situations/{case}/brief", "tasks/{task}"],
)
def test_a_record_is_read(world: World, path: str) -> None:
    whole = path.format(case=world.records["belarus"], task=world.records["task GREEN"])
    answer = Caller(world).get(whole)
    assert answer.status_code == 200
    assert answer.json()


def test_a_receipt_is_fetched(world: World) -> None:
    text = Caller(world).get(f"records/{world.records['belarus']}/receipt").content.decode()
    assert text.startswith("c2sp.org/tlog-proof@v1")


def test_a_situation_a_claim_and_a_task_are_written(world: World) -> None:
    caller, case = Caller(world), world.records["belarus"]
    made = caller.post("situations", situation(world))
    assert made.status_code == 201
    assert caller.get(made.headers["Location"].removeprefix("/api/v1/")).status_code == 200
    assert caller.post(f"situations/{case}/claims", CLAIM).status_code == 201
    task = caller.post(f"situations/{case}/tasks", {"title": "Call the lawyer"}).json()["id"]
    moved = caller.post(f"tasks/{task}/move", {"state": "doing", "version": 1})
    assert moved.status_code == 204
    late = caller.post(f"tasks/{task}/move", {"state": "done", "version": 1})
    assert late.status_code == 409
    assert late.json()["present"]["state"] == "doing"


def test_a_repeat_with_the_same_key_changes_nothing(world: World) -> None:
    caller, case = Caller(world), world.records["belarus"]
    body = {"title": "Call the lawyer"}
    first = caller.post(f"situations/{case}/tasks", body, Idempotency_Key="k1")
    size = journal.log_size()
    second = caller.post(f"situations/{case}/tasks", body, Idempotency_Key="k1")
    assert first.content == second.content
    assert second.status_code == 201
    assert journal.log_size() == size
    with whole_database():
        assert Task.unguarded.filter(title="Call the lawyer").count() == 1


def test_a_key_serves_one_call(world: World) -> None:
    caller, case = Caller(world), world.records["belarus"]
    caller.post(f"situations/{case}/tasks", {"title": "Call the lawyer"}, Idempotency_Key="k1")
    other = caller.post(f"situations/{case}/tasks", {"title": "Another"}, Idempotency_Key="k1")
    assert other.status_code == 409
    assert other.json()["title"] == "Key used before"


def test_keys_of_two_callers_do_not_meet(world: World) -> None:
    case = world.records["belarus"]
    for key in ("desk", "head"):
        body = {"title": f"For {key}"}
        answer = Caller(world, key).post(f"situations/{case}/tasks", body, Idempotency_Key="k1")
        assert answer.status_code == 201


def test_a_refused_call_can_be_repeated_with_its_key(world: World) -> None:
    caller, case = Caller(world), world.records["belarus"]
    bad = caller.post(f"situations/{case}/tasks", {"title": ""}, Idempotency_Key="k2")
    assert bad.status_code == 422
    good = caller.post(f"situations/{case}/tasks", {"title": "Mended"}, Idempotency_Key="k2")
    assert good.status_code == 201


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("situations", {}),
        ("situations", {"case": 1}),
        ("situations", {"unknown": "x"}),
        ("situations", []),
        ("situations", "not json"),
        ("situations", '{"a": 1e999}'),
        ("situations", "[" * 3000),
        ("situations/{case}/claims", CLAIM | {"fact": "weather"}),
        ("situations/{case}/claims", CLAIM | {"grade": "Z9"}),
        ("situations/{case}/claims", CLAIM | {"sensitivity": "secret"}),
        ("situations/{case}/claims", CLAIM | {"note": "x" * 2001}),
        ("situations/{case}/claims", CLAIM | {"author": "somebody else"}),
        ("situations/{case}/tasks", {"title": ""}),
        ("situations/{case}/tasks", {"title": "x", "state": "done"}),
        ("tasks/{task}/move", {"state": "flying", "version": 1}),
        ("tasks/{task}/move", {"state": "done", "version": -1}),
        ("tasks/{task}/move", {"state": "done", "version": 10**30}),
    ],
)
def test_a_body_that_does_not_fit_is_a_problem_document(
    world: World, path: str, body: object
) -> None:
    size = journal.log_size()
    whole = path.format(case=world.records["belarus"], task=world.records["task GREEN"])
    caller = Caller(world)
    size = journal.log_size()
    answer = caller.post(whole, body)
    assert answer.status_code in {400, 422}
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["title"]
    assert problem["detail"]
    assert journal.log_size() == size


def test_what_is_hidden_or_unknown_is_the_same_problem(world: World) -> None:
    caller = Caller(world, "ally", "read")
    hidden = caller.get(f"situations/{world.records['secret']}")
    unknown = caller.get("situations/00000000-0000-4000-8000-000000000000")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content == unknown.content


@pytest.mark.parametrize("scope", ["read", "calendar"])
def test_a_token_does_only_what_its_scope_says(world: World, scope: str) -> None:
    caller = Caller(world, "desk", scope)
    assert caller.get("tasks").status_code == (200 if scope == "read" else 401)
    assert caller.post("situations", situation(world)).status_code == 401


def test_a_token_does_no_more_than_its_owner(world: World) -> None:
    caller = Caller(world, "ally")
    assert caller.post("situations", situation(world)).status_code == 403


def test_a_revoked_late_or_foreign_token_opens_nothing(world: World, clock: Any) -> None:
    caller = Caller(world)
    reader = world.reader("desk")
    tokens.revoke_token(reader, tokens.my_tokens(reader)[0].id)
    assert caller.get("tasks").status_code == 401
    late = Caller(world)
    clock(31 * 86400)
    assert late.get("tasks").status_code == 401
    late.token = "sw_invented"  # noqa: S105 - no token of anybody
    assert late.get("tasks").status_code == 401


def test_a_closed_account_s_token_opens_nothing(world: World) -> None:
    from standwith.services import people

    caller = Caller(world)
    roles = frozenset({"desk"})
    people.change_person(world.reader("admin"), world.people["desk"], roles=roles, active=False)
    assert caller.get("tasks").status_code == 401


def test_a_session_is_no_token(world: World) -> None:
    assert world.client("desk").get("/api/v1/tasks").status_code == 401


def test_of_a_token_only_the_hash_is_kept(world: World) -> None:
    from standwith.store.models.exchange import Token

    caller = Caller(world)
    assert all(caller.token not in str(vars(row)) for row in Token.objects.all())


def described(world: World) -> dict[str, Any]:
    """The description of the interface."""
    found: dict[str, Any] = Client().get("/api/v1/openapi.json").json()
    assert world.people
    return found


def test_the_description_is_open_api_3_1(world: World) -> None:
    assert described(world)["openapi"].startswith("3.1")


def test_the_description_that_is_published_is_current(world: World) -> None:
    published = ROOT / "docs" / "reference" / "schemas" / "openapi.json"
    found = json.dumps(described(world), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    assert published.read_text("utf-8") == found, "run: python docs/openapi.py"


def test_every_operation_has_a_summary_and_needs_a_token(world: World) -> None:
    for path, operations in described(world)["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], (path, method)
            assert operation["security"], (path, method)


@pytest.mark.parametrize("key", ["head", "ally"])
def test_calls_made_up_from_the_description_find_no_server_error(world: World, key: str) -> None:
    """Schemathesis makes calls from the description, right and wrong ones."""
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, settings

    from standwith.web.wsgi import application

    caller = Caller(world, key)
    schema = schemathesis.openapi.from_dict(described(world))
    seen = set()
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]

        @given(case=operation.as_strategy())
        @settings(
            max_examples=12,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def call(case: Any) -> None:
            asked = case.as_transport_kwargs(base_url="http://testserver/api/v1")
            answer = ask(caller, asked)
            seen.add((case.method, case.path))
            assert answer.status_code < 500, (case.path, answer.content[:300])

        call()
    assert len(seen) >= 15
    assert application


def ask(caller: Caller, asked: dict[str, Any]) -> Any:
    """Make a call in process as it was made up."""
    from urllib.parse import urlencode, urlsplit

    parts = urlsplit(asked["url"])
    path = parts.path if parts.path.startswith("/api/v1") else f"/api/v1{parts.path}"
    query = urlencode(asked.get("params") or {}, doseq=True)
    body = asked.get("json", asked.get("data"))
    raw = body if isinstance(body, bytes) else json.dumps(body, default=str).encode()
    headers = {
        name: str(value)
        for name, value in (asked.get("headers") or {}).items()
        if name.isascii() and str(value).isascii() and str(value).isprintable()
    }
    headers = {n: v for n, v in headers.items() if n.casefold() not in {"content-type", "host"}}
    return caller.client.generic(
        asked["method"],
        f"{path}?{query}" if query else path,
        raw if asked["method"] != "GET" else b"",
        content_type="application/json",
        headers=headers | {"Authorization": f"Bearer {caller.token}"},
    )


def test_a_token_that_is_sent_in_the_clear_opens_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tokens.make_token(world.reader("head"), "t", frozenset({"read"}), 1)
    monkeypatch.setattr(settings, "SECURE_SSL_REDIRECT", True)
    client, holding = Client(), {"authorization": f"Bearer {made}"}
    clear = client.get("/api/v1/claims", headers=holding)
    assert clear.status_code == 401, "not redirected: the program has to notice"
    assert client.get("/api/v1/claims", headers=holding, secure=True).status_code == 200
    assert client.get("/claims/").headers["Location"] == "https://testserver/claims/"


def test_a_source_an_organisation_and_a_request_are_written(world: World) -> None:
    made = tokens.make_token(world.reader("desk"), "t", frozenset({"read", "write"}), 1)
    client, case = Client(), world.records["belarus"]
    holding = {"authorization": f"Bearer {made}"}

    def send(where: str, body: dict[str, Any]) -> Any:
        path = f"/api/v1/situations/{case}/{where}"
        return client.post(path, json.dumps(body), "application/json", headers=holding)

    source = {
        "id": "letter",
        "title": "A letter",
        "author": "a family",
        "published": "2020-08-16",
        "citation": "Letter of 16 August 2020",
    }
    assert send("sources", source).status_code == 201
    party = {"id": "families", "name": "Сем'і зняволеных", "language": "be", "kind": "civic"}
    assert send("organisations", party).status_code == 201
    asked = {
        "organisation": "families",
        "actions": ["G-06"],
        "given": "2020-08-16",
        "channel": "letter",
        "source": "letter",
        "recorded": "2020-08-18",
    }
    assert send("requests", asked).status_code == 201
    found = client.get(f"/api/v1/situations/{case}", headers=holding).json()
    assert "letter" in {row["id"] for row in found["sources"]}
    assert {"be": "Сем'і зняволеных"} in [row["name"] for row in found["organisations"]]
    assert [r["verified"] for r in found["requests"] if r["organisation"] == "families"] == [False]
    for where, body in (
        ("sources", source),
        ("organisations", party | {"id": "Two words"}),
        ("requests", asked | {"organisation": "nobody"}),
        ("requests", asked | {"extra": "x"}),
    ):
        refused = send(where, body)
        assert refused.status_code == 422, where
        assert refused.json()["fields"]
