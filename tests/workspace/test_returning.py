"""Coming back, confirming who one is, one's sessions, and which passwords are refused."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from hypothesis import given
from hypothesis import strategies as st
from tests.workspace.conftest import PASSWORD, World, claim_form, code_of

from standwith.kernel.policy import WITHIN
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import (
    account,
    claims,
    compartments,
    factors,
    people,
    sessions,
    situations,
    tokens,
)
from standwith.services.compartments import Grant
from standwith.services.password import NEAR, WeakPassword, breached, hash_password
from standwith.services.returning import UnusableInvitation
from standwith.services.roles import NotAllowed
from standwith.services.second import NeedsAnother
from standwith.services.sight import NothingThere
from standwith.services.verification import verify
from standwith.store.models.people import Factor, Person

NEW = "seven quiet herons over water"


def come_back(world: World, key: str) -> None:
    """Walk through a link for somebody who lost everything."""
    token = people.invite_again(world.reader("admin"), world.people[key])
    assert str(people.join(token, NEW)) == world.people[key]


def test_who_lost_everything_comes_back_with_a_new_password_and_factor(world: World) -> None:
    client, desk = Client(), world.people["desk"]
    old = world.client("desk")
    token = people.invite_again(world.reader("admin"), desk)
    page = client.get(f"/invitation/{token}").content.decode()
    assert "Dario Desk" in page
    assert client.post(f"/invitation/{token}", {"password": NEW}).headers["Location"] == "/enrol"
    client.get("/enrol")
    done = client.post("/enrol", {"code": code_of(desk, later=1)})
    assert "recovery" in done.content.decode().casefold()
    assert old.get("/situations/").status_code == 302, "the old sessions are over"
    with pytest.raises(account.WrongSignIn):
        account.check_password("desk", PASSWORD)
    account.check_password("desk", NEW)
    assert Factor.objects.filter(person_id=desk).count() == 1
    assert verify().sound


def test_a_link_back_opens_no_content_by_itself(world: World) -> None:
    assert claims.list_claims(world.reader("desk"), {}).total
    made = tokens.make_token(world.reader("desk"), "script", frozenset({"read"}), 5)
    come_back(world, "desk")
    assert claims.list_claims(world.reader("desk"), {}).total == 0
    assert situations.list_situations(world.reader("desk"), {}).total == 0
    assert tokens.reader_by_token(made, "read") is None


def test_a_head_of_the_compartment_lets_somebody_back_in(world: World) -> None:
    before = claims.list_claims(world.reader("desk"), {}).total
    come_back(world, "desk")
    (waiting,) = compartments.circles(world.reader("head"))[0].proposals
    assert waiting.kind == "return"
    assert "make sure in person" in waiting.text
    compartments.decide(world.reader("head"), waiting.id, agree=True)
    assert claims.list_claims(world.reader("desk"), {}).total == before


def test_a_lead_who_comes_back_cannot_let_himself_in(world: World) -> None:
    come_back(world, "head")
    head, desk = world.reader("head"), world.compartments["desk"]
    place = Grant(head.id, Sensitivity.RED, WITHIN, None, "I lead it")
    with pytest.raises(NothingThere):
        compartments.grant(head, desk, place)
    assert compartments.circles(head) == []
    waiting = [p for c in compartments.circles(world.reader("second")) for p in c.proposals]
    (mine,) = [p for p in waiting if p.kind == "return"]
    with pytest.raises((NeedsAnother, NothingThere)):
        compartments.decide(head, mine.id, agree=True)
    compartments.decide(world.reader("second"), mine.id, agree=True)
    assert [c.leads for c in compartments.circles(world.reader("head"))] == [True]


def test_a_refused_return_stays_outside(world: World) -> None:
    come_back(world, "mission")
    (waiting,) = compartments.circles(world.reader("head"))[0].proposals
    compartments.decide(world.reader("head"), waiting.id, agree=False)
    assert world.reader("mission").memberships == ()


def test_a_link_back_works_once_and_only_for_open_accounts(world: World) -> None:
    token = people.invite_again(world.reader("admin"), world.people["ally"])
    people.join(token, NEW)
    with pytest.raises(UnusableInvitation, match="used"):
        people.join(token, NEW)
    later = people.invite_again(world.reader("admin"), world.people["ally"])
    people.change_person(
        world.reader("admin"), world.people["ally"], roles=frozenset({"ally"}), active=False
    )
    with pytest.raises(UnusableInvitation):
        people.join(later, NEW)
    with pytest.raises(NothingThere):
        people.invite_again(world.reader("admin"), world.people["ally"])


def test_only_an_administrator_makes_a_link_back_and_not_for_himself(world: World) -> None:
    with pytest.raises(NotAllowed):
        people.invite_again(world.reader("head"), world.people["desk"])
    with pytest.raises(ValueError, match="another administrator"):
        people.invite_again(world.reader("admin"), world.people["admin"])


def test_the_page_of_people_makes_the_link(world: World) -> None:
    page = world.client("admin").post(f"/people/{world.people['desk']}/again")
    found = re.search(r"/invitation/([\w-]+)", page.content.decode())
    assert found
    assert people.read_invitation(found[1]).handle == "desk"
    own = world.client("admin").post(f"/people/{world.people['admin']}/again")
    assert own.status_code == 422
    assert "another administrator" in own.content.decode()


def test_the_lead_is_handed_over_to_a_member_with_a_lasting_place(world: World) -> None:
    head, desk = world.reader("head"), world.compartments["desk"]
    with pytest.raises(NothingThere):
        compartments.hand_over(head, desk, world.people["mission"])
    with pytest.raises(NothingThere):
        compartments.hand_over(world.reader("second"), desk, world.people["second"])
    answer = world.client("head").post(
        f"/compartments/{desk}/hand-over/{world.people['second']}", follow=True
    )
    assert answer.status_code == 200
    (circle,) = compartments.circles(world.reader("second"))
    assert circle.leads
    compartments.withdraw(world.reader("second"), desk, head.id)
    assert claims.list_claims(world.reader("head"), {"q": "tolik"}).total == 0


@pytest.mark.parametrize("path", ["/settings/tokens", "/passkey/new/begin"])
def test_what_opens_an_account_is_changed_only_shortly_after_a_second_factor(
    world: World, clock: Callable[..., None], path: str
) -> None:
    client = world.client("desk")
    clock(11 * 60)
    form: dict[str, object] = {"name": "script", "scopes": ["read"], "days": "5"}
    json = "passkey" in path
    sent: dict[str, object] = {} if json else form
    kind = "application/json" if json else MULTIPART_CONTENT
    refused = client.post(path, sent, kind)
    if json:
        assert refused.status_code == 403
        assert refused.json()["title"] == "Confirm that it is you"
    else:
        assert refused.headers["Location"] == "/settings/confirm?next=%2Fsettings%2F"
        assert tokens.my_tokens(world.reader("desk")) == []
    page = client.get("/settings/").content.decode()
    assert "Confirm that it is you" in page
    assert 'action="/settings/tokens"' not in page
    wrong = client.post("/settings/confirm", {"code": "000000", "next": "/settings/"})
    assert wrong.status_code == 422
    right = {"code": code_of(world.people["desk"], later=1), "next": "/settings/"}
    assert client.post("/settings/confirm", right).headers["Location"] == "/settings/"
    assert client.post(path, sent, kind).status_code == 200


def test_confirming_leads_nowhere_outside(world: World) -> None:
    client = world.client("desk")
    sent = {"code": code_of(world.people["desk"], later=1), "next": "https://evil.example/"}
    assert client.post("/settings/confirm", sent).headers["Location"] == "/"


def test_accounts_are_changed_only_shortly_after_a_second_factor(
    world: World, clock: Callable[..., None]
) -> None:
    client = world.client("admin")
    clock(11 * 60)
    for path in (f"/people/{world.people['desk']}", f"/people/{world.people['desk']}/again"):
        answer = client.post(path, {"roles": ["desk"]})
        assert answer.headers["Location"] == "/settings/confirm?next=%2Fpeople%2F"
    assert Person.objects.get(pk=world.people["desk"]).is_active


def test_one_sees_one_s_sessions_and_ends_one_of_them(world: World) -> None:
    here, there, other = world.client("desk"), world.client("desk"), world.client("mission")
    page = here.get("/settings/").content.decode()
    marks = re.findall(r"/settings/sessions/(\w+)", page)
    assert len(marks) == 1, "the present one is not ended this way"
    key = str(here.session.session_key)
    assert key not in page
    assert [row.this for row in sessions.my_sessions(world.reader("desk"), key)] == [True, False]
    assert here.post(f"/settings/sessions/{marks[0]}").status_code == 302
    assert there.get("/situations/").status_code == 302
    assert here.get("/situations/").status_code == 200
    assert other.get("/situations/").status_code == 200


def test_nobody_ends_another_s_session(world: World) -> None:
    world.client("mission")
    (mark,) = [
        row.mark for row in sessions.my_sessions(world.reader("mission"), "") if not row.this
    ]
    answer = world.client("desk").post(f"/settings/sessions/{mark}")
    assert answer.status_code == 404
    assert len(sessions.my_sessions(world.reader("mission"), "")) == 1


@pytest.mark.parametrize(
    "password", ["standwith-workspace-1", "Dario.Desk.Ministry!", "ministry ministry ab", *NEAR]
)
def test_a_password_of_near_words_is_refused(password: str) -> None:
    with pytest.raises(WeakPassword):
        hash_password(password, about=("desk", "Dario Desk", "Ministry"))


def test_a_long_phrase_in_any_script_is_taken_as_it_is() -> None:
    for password in ("тихая вода берега точит", "ماء هادئ ينحت الصخر", NEW, "  spaces count  too "):
        assert hash_password(password).startswith("argon2$argon2id$")


def listed(words: list[str], file: Path) -> None:
    """Write a file of breached passwords as it is published."""
    hashes = sorted(hashlib.sha1(w.encode(), usedforsecurity=False).hexdigest() for w in words)
    file.write_text("".join(f"{h.upper()}:{i + 1}\r\n" for i, h in enumerate(hashes)), "ascii")


@given(words=st.lists(st.text(min_size=1, max_size=12), max_size=40), other=st.text(max_size=12))
def test_a_breached_password_is_found_wherever_it_stands(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], other: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "breached.txt"
    listed(words, file)
    assert all(breached(word, file) for word in words)
    assert breached(other, file) == (other in words)


def test_a_password_of_the_administrator_s_list_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "breached.txt"
    listed([NEW, "another of the same length"], file)
    monkeypatch.setattr(settings, "STANDWITH_BREACHED", str(file), raising=False)
    with pytest.raises(WeakPassword, match="breached"):
        hash_password(NEW)
    assert hash_password(f"{NEW} again")


def test_a_change_of_password_knows_the_own_name(world: World) -> None:
    with pytest.raises(WeakPassword, match="names"):
        account.change_password(world.reader("desk"), PASSWORD, "dario desk ministry")
    assert factors.kinds(UUID(world.people["desk"])) == {"totp"}
    claims.record_claim(world.reader("desk"), world.records["belarus"], claim_form())
