"""Accounts: invitations, passwords, second factors, throttling, sessions, roles."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from tests.workspace.conftest import PASSWORD, TEAM, World, code_of, join

from standwith.services import account, factors, people, throttle
from standwith.services.password import WeakPassword, hash_password
from standwith.services.people import Invited
from standwith.services.returning import UnusableInvitation
from standwith.services.roles import ROLES, USE_CASES, NotAllowed, check_roles, may_do
from standwith.services.sight import NothingThere
from standwith.store.models.people import Factor, Invitation, Person, RecoveryCode

NEW = Invited("nadia", "Nadia New", "Ministry", ("desk",))


def enter(handle: str, code: str | None = None) -> Client:
    """Sign in by the forms; without a code only by the first factor."""
    client = Client()
    sent = {"handle": handle, "password": PASSWORD}
    assert client.post("/sign-in", sent).status_code == 302
    if code is not None:
        client.post("/second-factor", {"code": code})
    return client


def test_an_invitation_leads_to_an_account_with_a_second_factor(world: World) -> None:
    token = people.invite(world.reader("admin"), NEW)
    client = Client()
    page = client.get(f"/invitation/{token}").content.decode()
    assert "Nadia New" in page
    assert client.post(f"/invitation/{token}", {"password": PASSWORD})["Location"] == "/enrol"
    person = Person.objects.get(handle="nadia")
    assert "svg" in client.get("/enrol").content.decode()
    page = client.post("/enrol", {"code": code_of(person.pk)}).content.decode()
    assert page.count("<li>") >= factors.CODES
    assert client.get("/situations/").status_code == 200


def test_an_invitation_works_once(world: World) -> None:
    token = people.invite(world.reader("admin"), NEW)
    people.join(token, PASSWORD)
    with pytest.raises(UnusableInvitation, match="used"):
        people.join(token, PASSWORD)
    assert Client().get(f"/invitation/{token}").status_code == 410


def test_an_invitation_ends_after_three_days(world: World, clock: Callable[..., None]) -> None:
    token = people.invite(world.reader("admin"), NEW)
    clock(3 * 86400 + 1)
    with pytest.raises(UnusableInvitation, match="three days"):
        people.read_invitation(token)


@pytest.mark.usefixtures("world")
def test_an_unknown_invitation_is_answered_like_a_used_one() -> None:
    assert Client().get("/invitation/abc").status_code == 410
    assert Client().post("/invitation/abc", {"password": PASSWORD}).status_code == 410


def test_of_an_invitation_only_the_hash_is_kept(world: World) -> None:
    token = people.invite(world.reader("admin"), NEW)
    row = Invitation.objects.get(handle="nadia")
    assert token not in str(vars(row))


@pytest.mark.parametrize(
    ("invited", "why"),
    [
        (Invited("N!", "N", "Ministry", ("desk",)), "sign-in name"),
        (Invited("desk", "N", "Ministry", ("desk",)), "already"),
        (Invited("nadia", " ", "Ministry", ("desk",)), "name the person"),
        (Invited("nadia", "N", "", ("desk",)), "institution"),
        (Invited("nadia", "N", "Ministry", ()), "roles"),
        (Invited("nadia", "N", "Ministry", ("king",)), "roles"),
        (Invited("nadia", "N", "Ministry", ("administrator", "desk")), "reads no content"),
    ],
)
def test_what_cannot_be_invited_is_refused_in_words(
    world: World, invited: Invited, why: str
) -> None:
    with pytest.raises(UnusableInvitation, match=why):
        people.invite(world.reader("admin"), invited)


@pytest.mark.parametrize("key", [key for key in TEAM if key != "admin"])
def test_only_administrators_invite(world: World, key: str) -> None:
    with pytest.raises(NotAllowed):
        people.invite(world.reader(key), NEW)


def test_a_new_institution_is_not_at_home(world: World) -> None:
    token = people.invite(world.reader("admin"), Invited("bo", "Bo", "Elsewhere", ("ally",)))
    person = people.join(token, PASSWORD)
    assert not account.reader_from(Person.objects.get(pk=person)).home


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "at least 14"),
        ("12345678901234567890", "numeric"),
        ("passwordpassword", "names and words"),
    ],
)
def test_weak_passwords_are_refused(password: str, why: str) -> None:
    with pytest.raises(WeakPassword, match=why):
        hash_password(password)
    assert hash_password(PASSWORD).startswith("argon2$argon2id$")


def test_a_weak_password_does_not_use_up_the_invitation(world: World) -> None:
    token = people.invite(world.reader("admin"), NEW)
    answer = Client().post(f"/invitation/{token}", {"password": "short"})
    assert answer.status_code == 422
    assert people.read_invitation(token).handle == "nadia"


@pytest.mark.usefixtures("world")
def test_signing_in_needs_both_factors() -> None:
    client = enter("desk")
    assert client.get("/situations/").status_code == 302
    person = Person.objects.get(handle="desk")
    client.post("/second-factor", {"code": code_of(person.pk, later=1)})
    assert client.get("/situations/").status_code == 200


@pytest.mark.usefixtures("world")
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer() -> None:
    answers = []
    for handle in ("desk", "nobody"):
        client = Client()
        sent = {"handle": handle, "password": "wrong horse battery"}
        answers.append(client.post("/sign-in", sent))
    first, second = (a.content.decode().replace("nobody", "desk") for a in answers)
    assert answers[0].status_code == answers[1].status_code == 422

    def bare(page: str) -> str:
        return page.split("<main")[1].split("csrfmiddlewaretoken", maxsplit=1)[0]

    assert bare(first) == bare(second)


@pytest.mark.usefixtures("world")
def test_a_code_works_once() -> None:
    person = Person.objects.get(handle="desk").pk
    code = code_of(person, later=1)
    assert factors.check_code(person, code) == "totp"
    with pytest.raises(factors.WrongCode):
        factors.check_code(person, code)


@pytest.mark.usefixtures("world")
def test_a_code_of_another_time_is_refused(clock: Callable[..., None]) -> None:
    person = Person.objects.get(handle="desk").pk
    code = code_of(person)
    clock(300)
    with pytest.raises(factors.WrongCode):
        factors.check_code(person, code)


def test_a_recovery_code_replaces_the_app_once(world: World) -> None:
    token = people.invite(world.reader("admin"), NEW)
    person = people.join(token, PASSWORD)
    factors.start_totp(person)
    codes = factors.confirm_totp(person, code_of(person))
    assert factors.check_code(person, codes[0].upper()) == "recovery"
    with pytest.raises(factors.WrongCode):
        factors.check_code(person, codes[0])
    assert factors.codes_left(person) == factors.CODES - 1


@pytest.mark.usefixtures("world")
def test_the_secret_of_a_factor_is_sealed_in_its_row() -> None:
    row = Factor.objects.filter(kind="totp").first()
    assert row
    raw = bytes(row.secret)
    other = Factor.objects.exclude(pk=row.pk).first()
    assert other
    other.secret = raw
    from standwith.services.keys import SealBroken

    with pytest.raises(SealBroken):
        factors._totp(other)


@pytest.mark.usefixtures("world")
def test_recovery_codes_are_kept_as_hashes() -> None:
    assert all(len(row.code_hash) == 64 for row in RecoveryCode.objects.all())


@pytest.mark.usefixtures("world")
def test_five_failures_bar_the_door_and_time_opens_it(clock: Callable[..., None]) -> None:
    for _ in range(throttle.FREE):
        with pytest.raises(account.WrongSignIn):
            account.check_password("desk", "wrong horse battery")
    with pytest.raises(throttle.TooManyAttempts):
        account.check_password("desk", PASSWORD)
    clock(6)
    assert account.check_password("desk", PASSWORD)


@pytest.mark.usefixtures("world")
def test_each_further_failure_doubles_the_wait(clock: Callable[..., None]) -> None:
    waits = []
    elapsed = 0.0
    for _ in range(14):
        throttle.failed("door", "somebody")
        try:
            throttle.check("door", "somebody")
            waits.append(0)
        except throttle.TooManyAttempts as error:
            waits.append(error.seconds)
            elapsed += error.seconds
            clock(elapsed)
    assert waits[:4] == [0, 0, 0, 0]
    assert waits[4] <= 6 < waits[5] <= 11 < waits[6]
    assert max(waits) <= 901


@pytest.mark.usefixtures("world")
def test_one_account_s_failures_do_not_bar_another() -> None:
    for _ in range(throttle.FREE):
        throttle.failed("door", "one")
    throttle.check("door", "other")


@pytest.mark.usefixtures("world")
def test_the_second_door_is_throttled_too() -> None:
    person = Person.objects.get(handle="desk").pk
    for _ in range(throttle.FREE):
        with pytest.raises(factors.WrongCode):
            factors.check_code(person, "000000")
    with pytest.raises(throttle.TooManyAttempts):
        factors.check_code(person, code_of(person, later=1))


def test_a_session_ends_after_fifteen_idle_minutes(
    world: World, clock: Callable[..., None]
) -> None:
    client = world.client("desk")
    assert client.get("/situations/").status_code == 200
    clock(15 * 60 + 60)
    assert client.get("/situations/").status_code == 302


def test_a_session_ends_after_eight_hours_of_use(world: World, clock: Callable[..., None]) -> None:
    client = world.client("desk")
    for minutes in range(0, 8 * 60, 10):
        clock(minutes * 60)
        assert client.get("/situations/").status_code == 200
    clock(8 * 3600 + 60)
    assert client.get("/situations/").status_code == 302


def test_a_clock_that_was_set_back_ends_a_session(world: World, clock: Callable[..., None]) -> None:
    client = world.client("desk")
    clock(-3600)
    assert client.get("/situations/").status_code == 302


def test_signing_out_everywhere_ends_every_session(world: World) -> None:
    first, second = world.client("desk"), world.client("desk")
    assert first.post("/settings/sign-out").status_code == 302
    assert first.get("/situations/").status_code == 302
    assert second.get("/situations/").status_code == 302


def test_signing_out_is_by_post_alone_and_clears_the_browser(world: World) -> None:
    client = world.client("desk")
    assert client.get("/sign-out").status_code == 405
    answer = client.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"*"'
    assert client.get("/situations/").status_code == 302


@pytest.mark.usefixtures("world")
def test_the_key_of_a_session_changes_when_somebody_signs_in() -> None:
    client = Client()
    client.get("/sign-in")
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["standwith"] = str(planted)
    client.post("/sign-in", {"handle": "desk", "password": PASSWORD})
    half = client.session.session_key
    assert half != planted
    assert "planted" not in client.session
    person = Person.objects.get(handle="desk")
    client.post("/second-factor", {"code": code_of(person.pk, later=1)})
    assert client.session.session_key not in {planted, half}


def test_a_new_password_ends_all_other_sessions(world: World) -> None:
    mine, other = world.client("desk"), world.client("desk")
    sent = {"old": PASSWORD, "password": "another horse battery staple"}
    assert mine.post("/settings/password", sent).status_code == 302
    assert mine.get("/situations/").status_code == 200
    assert other.get("/situations/").status_code == 302


def test_a_new_password_needs_the_old_one(world: World) -> None:
    sent = {"old": "wrong horse battery", "password": "another horse battery staple"}
    assert world.client("desk").post("/settings/password", sent).status_code == 422


def test_a_closed_account_is_out_at_once(world: World) -> None:
    client = world.client("desk")
    roles = frozenset({"desk"})
    people.change_person(world.reader("admin"), world.people["desk"], roles=roles, active=False)
    assert client.get("/situations/").status_code == 302
    with pytest.raises(account.WrongSignIn):
        account.check_password("desk", PASSWORD)


def test_changed_roles_end_the_sessions(world: World) -> None:
    client = world.client("desk")
    roles = frozenset({"counsel"})
    people.change_person(world.reader("admin"), world.people["desk"], roles=roles, active=True)
    assert client.get("/situations/").status_code == 302
    assert world.reader("desk").roles == roles


def test_nobody_changes_the_own_roles(world: World) -> None:
    with pytest.raises(ValueError, match="own roles"):
        people.change_person(
            world.reader("admin"),
            world.people["admin"],
            roles=frozenset({"administrator"}),
            active=True,
        )


def test_a_person_who_is_not_there_cannot_be_changed(world: World) -> None:
    for identifier in ("nonsense", str(UUID(int=1))):
        with pytest.raises(NothingThere):
            people.change_person(
                world.reader("admin"), identifier, roles=frozenset({"desk"}), active=True
            )


@pytest.mark.parametrize(
    "path",
    ["/situations/", "/claims/", "/assess/", "/decisions/", "/tasks/", "/search?q=b", "/choose/"],
)
def test_an_administrator_reads_no_content(world: World, path: str) -> None:
    assert world.client("admin").get(path).status_code == 403


def test_an_administrator_s_start_is_the_people(world: World) -> None:
    assert world.client("admin").get("/")["Location"] == "/people/"


@pytest.mark.parametrize("roles", [{"administrator", "head"}, {"king"}, set()])
def test_roles_that_exclude_each_other_are_refused(roles: set[str]) -> None:
    with pytest.raises(ValueError, match=r"role|content"):
        check_roles(frozenset(roles))


def test_every_use_case_names_known_roles() -> None:
    for use_case, roles in USE_CASES.items():
        assert roles <= set(ROLES), use_case


def test_no_use_case_on_content_is_open_to_administrators(world: World) -> None:
    admin = world.reader("admin")
    open_to = {use_case for use_case in USE_CASES if may_do(admin, use_case)}
    assert open_to == {"people.invite", "people.list", "people.change", "account.own"}


@pytest.mark.usefixtures("world")
def test_the_first_run_invites_a_head_until_somebody_has_joined() -> None:
    assert people.found_workspace("Ministry") is None


def test_what_one_signs_in_with_is_never_shown(world: World) -> None:
    page = world.client("admin").get("/people/").content.decode()
    for row in Person.objects.all():
        assert row.password not in page


def test_joining_by_the_host_can_make_an_institution_at_home(world: World) -> None:
    assert world.reader("mission").home
    person = join("late", "Lea Late", "Consulate", ("mission",))
    assert not account.reader_from(Person.objects.get(pk=person)).home


def test_preferences_are_kept(world: World) -> None:
    client = world.client("desk")
    client.post("/settings/preferences", {"language": "ar"})
    name, language, keys = account.preferences(world.people["desk"])
    assert (language, keys) == ("ar", False)
    assert 'dir="rtl"' in client.get("/situations/").content.decode()
    assert name == "Dario Desk"
