"""How much one may ask in a while, and what stands in the logs of those who were refused."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from tests.workspace.conftest import World

from standwith.services import account, moment, tokens
from standwith.web.logs import Lines
from standwith.web.middleware import pace
from standwith.web.middleware.pace import Pace, who_of


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three at once, then one in two seconds."""
    monkeypatch.setattr(settings, "REQUEST_PACE", (3.0, 0.5))


def answered(_: HttpRequest) -> HttpResponse:
    """Answer with a page."""
    return HttpResponse("well")


def asked(who: str, path: str = "/claims/") -> HttpRequest:
    """Ask from an address."""
    return RequestFactory().get(path, REMOTE_ADDR=who)


@pytest.mark.usefixtures("slow")
def test_a_burst_is_answered_and_then_one_waits(clock: Callable[..., None]) -> None:
    clock(0)
    door = Pace(answered)
    assert [door(asked("a")).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = door(asked("a", "/claims.json"))
    assert refused.headers["Retry-After"] in {"1", "2"}
    assert json.loads(refused.content)["title"] == "Too much in a short time"
    clock(2.1)
    assert door(asked("a")).status_code == 200
    assert door(asked("a")).status_code == 429


@pytest.mark.usefixtures("slow")
def test_one_s_haste_slows_nobody_else() -> None:
    door = Pace(answered)
    for _ in range(5):
        door(asked("a"))
    assert door(asked("b")).status_code == 200


@pytest.mark.usefixtures("slow")
def test_health_and_static_files_are_always_answered() -> None:
    door = Pace(answered)
    for path in ("/static/app.js", "/health", "/metrics"):
        assert {door(asked("a", path)).status_code for _ in range(6)} == {200}


@pytest.mark.usefixtures("slow")
def test_a_clock_that_was_set_back_gives_nothing_away(clock: Callable[..., None]) -> None:
    clock(100)
    door = Pace(answered)
    for _ in range(4):
        door(asked("a"))
    clock(-1000)
    assert door(asked("a")).status_code == 429
    clock(-997)
    assert door(asked("a")).status_code == 200


@given(steps=st.lists(st.floats(0, 20), max_size=60))
def test_never_more_than_the_burst_and_the_rate(steps: list[float]) -> None:
    now, passed = [moment.now().timestamp()], 0
    door = Pace(answered)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "REQUEST_PACE", (3.0, 0.5))
        begun, real = now[0], moment.now()
        shift = type(real)
        patch.setattr(moment, "now", lambda: shift.fromtimestamp(now[0], real.tzinfo))
        for step in steps:
            now[0] += step
            passed += door(asked("a")).status_code == 200
    assert passed <= 3 + 0.5 * (now[0] - begun) + 1e-6


def test_only_so_many_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "KNOWN", 5)
    door = Pace(answered)
    for number in range(20):
        door(asked(f"10.0.0.{number}"))
    assert len(door._held) == 5


def test_who_asks_is_told_apart_and_not_written_down(world: World) -> None:
    request = asked("10.0.0.7")
    assert "10.0.0.7" not in who_of(request)
    request.META["HTTP_AUTHORIZATION"] = "Bearer sw_x"
    with_token = RequestFactory().get("/", headers={"authorization": "Bearer sw_x"})
    assert who_of(with_token) != who_of(asked("10.0.0.7"))
    vars(with_token)["reader"] = world.reader("desk")
    assert who_of(with_token) != who_of(RequestFactory().get("/"))


@pytest.mark.usefixtures("slow")
def test_a_person_in_too_great_haste_is_told_in_words(world: World) -> None:
    client = world.client("desk")
    found = [client.get("/claims/") for _ in range(5)]
    assert found[-1].status_code == 429
    assert "Wait" in found[-1].content.decode()
    token = tokens.make_token(world.reader("head"), "t", frozenset({"read"}), 1)
    program, holding = Client(), {"authorization": f"Bearer {token}"}
    calls = [program.get("/api/v1/claims", headers=holding) for _ in range(5)]
    assert calls[0].status_code == 200
    assert calls[-1].json()["status"] == 429


def test_a_failed_sign_in_is_logged_under_a_pseudonym(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "standwith")
    with pytest.raises(account.WrongSignIn):
        account.check_password("desk", "wrong")
    (record,) = [r for r in caplog.records if vars(r).get("event") == "door"]
    line = json.loads(Lines().format(record))
    assert line["kind"] == "password"
    assert line["who"]
    assert "desk" not in json.dumps(line)
    assert world.people["desk"] not in json.dumps(line)


@pytest.mark.parametrize(
    ("path", "kind"), [("/people/", "NotAllowed"), ("/tasks/{red}/", "NothingThere")]
)
def test_a_refusal_is_logged_without_what_was_asked_for(
    world: World, caplog: pytest.LogCaptureFixture, path: str, kind: str
) -> None:
    caplog.set_level(logging.INFO, "standwith")
    red = world.records["task RED"]
    world.client("ally").get(path.replace("{red}", red))
    (record,) = [r for r in caplog.records if vars(r).get("event") == "refused"]
    line = Lines().format(record)
    assert json.loads(line)["kind"] == kind
    assert json.loads(line)["who"] == account.pseudonym(world.reader("ally"))
    assert red not in line
    assert "tasks" not in line
