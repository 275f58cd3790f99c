"""Two tables written out: what each path answers to each kind of user, and who sees which record."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.workspace.conftest import World
from tests.workspace.inventory import patterns

from standwith.kernel.policy import Purpose
from standwith.services import claims, receipts, situations, tasks
from standwith.services.sight import NothingThere

USERS = ("head", "desk", "counsel", "mission", "auditor", "ally", "stranger", "admin", "nobody")
# One digit for each user in the order above: 2 shown, 3 led to sign-in, 4 nothing there for him,
# 5 not in his roles, 1 sign in first (data). The case and the task are those of the Belarus desk.
ANSWERS = {
    "/": "222222233",
    "/situations/": "222222253",
    "/situations.json": "222222251",
    "/situations.csv": "222222251",
    "/situations/new": "222222223",
    "/situations/import": "222222223",
    "/situations/{case}/": "222222453",
    "/situations/{case}/case.yaml": "222222453",
    "/situations/{case}/edit": "222222453",
    "/situations/{case}/picture": "222222453",
    "/situations/{case}/claims/": "222222453",
    "/situations/{case}/claims.json": "222222451",
    "/situations/{case}/claims/new": "222222453",
    "/situations/{case}/sources/new": "222222453",
    "/situations/{case}/assess": "222222453",
    "/situations/{case}/brief": "222222453",
    "/situations/{case}/kept": "222222453",
    "/situations/{case}/kept.json": "222222451",
    "/assessments/{kept}/": "222424453",
    "/situations/{case}/propose/G-06": "222222453",
    "/situations/{case}/tasks/new": "225555453",
    "/situations/{secret}/": "244444453",
    "/situations/{secret}/claims.json": "244444451",
    "/situations/{secret}/brief": "244444453",
    "/claims/": "222222253",
    "/claims.json": "222222251",
    "/assess/": "222222253",
    "/choose/": "222222253",
    "/choose.json": "222222251",
    "/choose/matrix": "222222253",
    "/choose/actions/G-06": "222222253",
    "/decisions/": "222222253",
    "/decisions.csv": "222222251",
    "/tasks/": "222222253",
    "/tasks/list": "222222253",
    "/tasks/list.json": "222222251",
    "/tasks/week": "222222253",
    "/tasks/calendar": "222222253",
    "/tasks/calendar.ics": "222222251",
    "/tasks/{green}/": "222222453",
    "/tasks/{amber}/": "222244453",
    "/tasks/{red}/": "242444453",
    "/account/": "222222223",
    "/account/undercount": "222222223",
    "/account/entries": "255525553",
    "/account/checkpoint": "255525553",
    "/account/entries.csv?what=claim": "255525551",
    "/registry/": "222222253",
    "/registry.json": "222222251",
    "/registry/persons/{person}/": "222222453",
    "/registry/persons/{secretperson}/": "242444453",
    "/registry/lists/": "222222253",
    "/registry/lists.json": "222222251",
    "/registry/lists/new": "222222223",
    "/registry/lists/{list}/": "222222453",
    "/registry/lists/{list}/rows.json": "222222451",
    "/registry/lists/{secretlist}/rows.json": "242444451",
    "/registry/pairs/": "222222253",
    "/registry/pairs.json": "222222251",
    "/registry/pairs/{pair}/": "222222453",
    "/registry/figures": "222222253",
    "/registry/figures.json": "222222251",
    "/registry/figures/persons?day=2024-01-01": "222222253",
    "/registry/editions/": "222222253",
    "/registry/editions.json": "222222251",
    "/registry/editions/{edition}/": "222222453",
    "/registry/editions/{secretedition}/": "242444453",
    "/registry/editions/{edition}/report-en.json": "222222451",
    "/registry/editions/{secretedition}/report-en.json": "242444451",
    "/registry/editions/{edition}/memo-ar.pdf": "222222453",
    "/registry/publish": "222222253",
    "/registry/measures/": "222222253",
    "/registry/measures.json": "222222251",
    "/registry/measures/times": "222222253",
    "/registry/measures/new": "222222223",
    "/registry/measures/{notice}/step": "222222453",
    "/registry/persons/{person}/recognise": "222222453",
    "/registry/persons/{person}/involved": "222222453",
    "/registry/persons/{person}/relations": "222222453",
    "/registry/persons/{person}/relations.json": "222222451",
    "/registry/persons/{secretperson}/relations": "242444453",
    "/registry/acts/": "222222253",
    "/registry/acts.json": "222222251",
    "/registry/involvements/{involvement}/": "225555453",
    "/registry/map": "222222253",
    "/registry/timeline": "222222253",
    "/registry/saved": "222222253",
    "/help/": "222222253",
    "/help.json": "222222251",
    "/help/new": "222222223",
    "/help/{help}/": "222222453",
    "/help/{secrethelp}/": "242444453",
    "/people.json": "555555521",
    "/account/consistency?from=5": "255525553",
    "/account/records/{case}/use": "222222453",
    "/account/records/{redclaim}/use": "242444453",
    "/situations/{case}/organisations/new": "222222453",
    "/situations/{case}/organisations/protest-movement/name": "222222453",
    "/situations/{case}/requests/new": "222222453",
    "/account/key": "222222223",
    "/account/records/{case}/": "222222453",
    "/account/records/{redclaim}/": "242444453",
    "/compartments/": "222222223",
    "/compartments.csv": "222222221",
    "/compartments/{desk}/grant": "244444443",
    "/people/": "555555523",
    "/settings/": "222222223",
    "/search?q=bel": "222222253",
    "/search.json?q=bel": "222222251",
    "/keys": "222222223",
    "/accessibility": "222222222",
    "/robots.txt": "222222222",
    "/.well-known/security.txt": "222222222",
    "/api/v1/openapi.json": "222222222",
    "/api/v1/tasks": "111111111",
    "/nowhere": "444444444",
}
DIGITS = {"1": {401}, "2": {200}, "3": {302}, "4": {404}, "5": {403}}


def filled(world: World, path: str) -> str:
    """Fill a path with the records of the furnished workspace."""
    held = world.records
    return path.format(
        case=held["belarus"],
        secret=held["secret"],
        green=held["task GREEN"],
        amber=held["task AMBER"],
        red=held["task RED"],
        redclaim=held["red"],
        kept=held["kept"],
        person=held["person"],
        secretperson=held["secret person"],
        list=held["list"],
        secretlist=held["secret list"],
        pair=held["pair"],
        edition=held["edition"],
        secretedition=held["secret edition"],
        notice=held["notice"],
        involvement=held["involvement"],
        help=held["help"],
        secrethelp=held["secret help"],
        desk=world.compartments["desk"],
    )


# The auditor is cleared to AMBER+STRICT and so sees the task that is AMBER.
EXCEPTIONS = {("auditor", "/tasks/{amber}/"): "2", ("head", "/"): "2"}


@pytest.mark.parametrize("user", USERS)
def test_each_path_answers_each_user_as_the_table_says(world: World, user: str) -> None:
    client = Client() if user == "nobody" else world.client(user)
    wrong = []
    for path, digits in ANSWERS.items():
        wanted = EXCEPTIONS.get((user, path), digits[USERS.index(user)])
        status = client.get(filled(world, path)).status_code
        if status not in DIGITS[wanted]:
            wrong.append((path, status, wanted))
    assert wrong == []


def test_the_table_has_a_digit_for_every_user() -> None:
    assert {len(digits) for digits in ANSWERS.values()} == {len(USERS)}


# Asked with other values above, by POST alone, or on the way in: no row of their own.
OTHERWISE = {
    "sign-in",
    "second-factor",
    "enrol",
    "invitation",
    "sign-out",
    "language",
    "calendar-feed",
    "health",
    "metrics",
    "brief-as",
    "paper-as",
    "receipt",
}


@pytest.mark.usefixtures("world")
def test_every_path_that_can_be_read_has_its_row() -> None:
    import re

    rows = {re.sub(r"\{\w+\}|G-06|protest-movement", "X", path).split("?")[0] for path in ANSWERS}
    for name, pattern in patterns():
        if name in OTHERWISE or "api/v1" in pattern or "passkey" in pattern:
            continue
        shape = re.sub(r"\(\?P<suffix>[^)]*\)", "json", pattern)
        shape = re.sub(r"\(\?P<language>[^)]*\)", "en", shape)
        shape = re.sub(r"\(\?P<\w+>[^)]*\)|<[^>]+>", "X", shape).replace("\\", "").rstrip("$")
        posts: tuple[str, ...] = (
            *("/advise", "/decide", "/move", "/comment", "/attach", "/keep", "/erase", "/verify"),
            *("/state", "/advocacy", "/promote", "/compare", "/unpublish", "registry/site"),
            *("help/X/step", "/expiry", "/drop", "/answer", "/agree"),
        )
        gone = (
            "withdraw",
            "hand-over",
            "proposals/",
            "people/X",
            "settings/",
            "emergency",
            "decisions/X",
        )
        if shape.endswith(posts) or any(word in shape for word in gone):
            continue
        known = {f"/{shape}", f"/{shape}".replace(".json", ".csv")}
        assert known & rows, (name, shape)


# Who sees what: the situation, the claim that is RED, the one that rests on a source that stays
# within, and the three tasks. h head, s second head, d desk, c counsel, m mission, u auditor, y ally.
SEEN = {
    "situation": "hsdcmuy",
    "red claim": "hsc",
    "derived claim": "hsdcu",
    "task GREEN": "hsdcmuy",
    "task AMBER": "hsdcmu",
    "task RED": "hsc",
    "secret situation": "h",
}
LETTERS = {
    "h": "head",
    "s": "second",
    "d": "desk",
    "c": "counsel",
    "m": "mission",
    "u": "auditor",
    "y": "ally",
    "x": "stranger",
}


def sees(world: World, key: str, record: str) -> bool:
    """Whether a person sees a record, asked in the way of its kind."""
    reader, held = world.reader(key), world.records
    if record.startswith("task"):
        return held[record] in {row["id"] for row in tasks.export_tasks(reader, {})}
    if record.endswith("claim"):
        wanted = held["red" if record.startswith("red") else "derived"]
        return wanted in {row["uuid"] for row in claims.export_claims(reader, {})}
    wanted = held["secret" if record.startswith("secret") else "belarus"]
    return wanted in {row["id"] for row in situations.list_situations(reader, {}).rows}


@pytest.mark.parametrize("record", SEEN)
@pytest.mark.parametrize("letter", LETTERS)
def test_a_record_is_seen_by_whom_the_table_names(world: World, record: str, letter: str) -> None:
    assert sees(world, LETTERS[letter], record) is (letter in SEEN[record])


@pytest.mark.parametrize("record", SEEN)
@pytest.mark.parametrize("letter", LETTERS)
def test_a_receipt_is_given_to_whom_the_table_names(world: World, record: str, letter: str) -> None:
    names = {
        "situation": "belarus",
        "secret situation": "secret",
        "red claim": "red",
        "derived claim": "derived",
    }
    identifier = world.records[names.get(record, record)]
    reader = world.reader(LETTERS[letter])
    if letter in SEEN[record]:
        assert receipts.receipt(reader, identifier).startswith("c2sp.org/tlog-proof@v1")
    else:
        with pytest.raises(NothingThere):
            receipts.receipt(reader, identifier)


@pytest.mark.parametrize("purpose", list(Purpose), ids=lambda p: p.value)
def test_a_member_for_everything_within_sees_for_every_purpose_but_publishing(
    world: World, purpose: Purpose
) -> None:
    from standwith.services.sight import looking
    from standwith.store.models.case import Situation

    with looking(world.reader("desk"), purpose) as sight:
        found = sight.of(Situation).count()
    assert found == (0 if purpose is Purpose.PUBLISH else 1)
