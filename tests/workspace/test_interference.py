"""What a reader gets is what he would get from a database without everything he may not see.

Every path of the workspace is asked, with every record and many queries, by every kind of reader,
before and after the rest was physically removed. Then single checks of the policy are taken out,
and the same comparison must notice each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest
from django.test import Client
from tests.workspace.conftest import POSTGRESQL, World
from tests.workspace.inventory import Way, patterns, ways
from tests.workspace.strip import strip

from standwith.kernel import policy
from standwith.kernel.policy import Answer, Label, Purpose, Reader
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import (
    claims,
    decisions,
    listing,
    overview,
    sight,
    situations,
    tasks,
    terms,
    tokens,
)
from standwith.services.listing import list_rows
from standwith.services.sight import Sight, whole_database
from standwith.services.tallies import Counts, counts_of
from standwith.store.models.case import Claim, Situation
from standwith.store.models.policy import Label as Label_
from standwith.store.models.search import Word
from standwith.store.models.work import Task

READERS = ("ally", "stranger") if POSTGRESQL else ("ally", "mission", "desk", "stranger")
VOLATILE = re.compile(
    rb"csrfmiddlewaretoken\" value=\"[^\"]+\"|\d{4}-\d\d-\d\d \d\d:\d\d UTC|"
    rb"standwith_log_entries [\d.e+]+"
)
NOT_CONTENT = {"metrics", "health", "enrol", "second-factor", "sign-in", "invitation"}


def answers(client: Client, asked: list[Way], token: str) -> Mapping[Way, object]:
    """Ask everything, and keep status, kind, tag, target and body of each answer."""
    found: dict[Way, object] = {}
    for way in asked:
        headers = dict(way.headers) | (
            {"Authorization": f"Bearer {token}"} if "/api/" in way.path else {}
        )
        reply = client.get(way.path, headers=headers)
        body = VOLATILE.sub(b"", reply.content)
        kept = ("ETag", "Content-Type", "Location", "Link", "Content-Disposition")
        found[way] = (reply.status_code, *(reply.headers.get(name) for name in kept), body)
    return found


def asked_of(world: World) -> list[Way]:
    """Every way to read content."""
    return [way for way in ways(world) if way.name not in NOT_CONTENT and not _sets(way.path)]


def _sets(path: str) -> bool:
    """Documents are left out here: that one was taken stands in the log, and so changes receipts."""
    return path.split("?", maxsplit=1)[0].endswith(
        ("brief.json", "brief.html", "brief.pdf", "brief.docx", "report-en.json", "memo-en.pdf")
    )


def compare(world: World, key: str, asked: list[Way]) -> list[str]:
    """Return the paths that answer otherwise once the rest was removed."""
    token = tokens.make_token(world.reader(key), "test", frozenset({"read"}), 30)
    client = world.client(key)
    before = answers(client, asked, token)
    strip(world, key)
    after = answers(client, asked, token)
    return [way.path for way in asked if before[way] != after[way]]


@pytest.mark.parametrize("key", READERS)
def test_what_may_not_be_seen_leaves_no_trace(world: World, key: str) -> None:
    asked = asked_of(world)
    assert len(asked) > 300
    assert compare(world, key, asked) == []


def test_the_comparison_removes_something_from_every_reader(world: World) -> None:
    gone = strip(world, "ally")
    assert gone > 20


def test_a_reader_still_sees_what_is_for_him(world: World) -> None:
    """Zero leaks would be cheap if nobody saw anything."""
    case = world.records["belarus"]
    for key in ("ally", "mission", "desk", "auditor", "counsel", "second"):
        client = world.client(key)
        assert client.get(f"/situations/{case}/").status_code == 200
        assert "Visit the trial GREEN" in client.get("/tasks/").content.decode()
    assert "RED" in world.client("counsel").get("/tasks/").content.decode()


@pytest.mark.parametrize(
    ("key", "seen"),
    [("ally", 1), ("mission", 2), ("desk", 2), ("counsel", 3), ("head", 3), ("stranger", 0)],
)
def test_each_reader_counts_the_tasks_that_are_for_him(world: World, key: str, seen: int) -> None:
    assert tasks.list_tasks(world.reader(key), {}).total == seen


def test_the_endpoints_are_all_walked(world: World) -> None:
    walked = {way.name for way in ways(world)}
    assert {name for name, _ in patterns()} <= walked


def without(name: str) -> Callable[[Reader, Purpose, Label], Answer]:
    """The policy without one of its checks."""

    def weaker(reader: Reader, purpose: Purpose, label: Label) -> Answer:
        given = label
        if name == "compartments":
            given = Label(frozenset(), Sensitivity.CLEAR, label.purposes, label.consents)
        if name == "level":
            given = Label(label.compartments, Sensitivity.CLEAR, label.purposes, label.consents)
        if name == "one compartment of several":
            kept = frozenset(sorted(label.compartments)[:1])
            given = Label(kept, label.sensitivity, label.purposes, label.consents)
        return policy.may(reader, purpose, given)

    return weaker


@pytest.mark.skipif(POSTGRESQL, reason="there the row policies stop it: see test_rows.py")
@pytest.mark.parametrize("name", ["compartments", "level"])
def test_taking_a_check_out_of_the_policy_is_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(sight, "may", without(name))
    asked = [
        way for way in asked_of(world) if way.path in {"/tasks/", "/claims.json", "/situations/"}
    ]
    assert compare(world, "ally", asked) != []


def everything(_: Sight, model: type) -> object:
    """A query layer that forgot to narrow."""
    return model.unguarded.all()  # type: ignore[attr-defined]


@pytest.mark.skipif(POSTGRESQL, reason="there the row policies stop it: see test_rows.py")
@pytest.mark.parametrize(
    "path",
    ["/", "/claims/", "/situations.csv", "/tasks/", "/tasks/list", "/claims.csv", "/api/v1/tasks"],
)
def test_forgetting_to_narrow_a_query_is_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(Sight, "of", everything)
    assert compare(world, "ally", [Way(path, path)]) != []


@pytest.mark.skipif(POSTGRESQL, reason="there the row policies stop it: see test_rows.py")
@pytest.mark.parametrize("path", ["/", "/situations/", "/claims/", "/claims/?fact=torture"])
def test_forgetting_to_narrow_the_counts_is_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def all_counts(held: Sight, kind: str) -> Counts:
        every = frozenset(Label_.objects.values_list("pk", flat=True))
        return counts_of(Sight(held.reader, held.purpose, every), kind)

    monkeypatch.setattr(listing, "counts_of", all_counts)
    monkeypatch.setattr(overview, "counts_of", all_counts)
    assert compare(world, "ally", [Way(path, path)]) != []


@pytest.mark.skipif(POSTGRESQL, reason="there the row policies stop it: see test_rows.py")
@pytest.mark.parametrize("path", ["/situations/", "/claims/", "/claims/?q=tolik"])
def test_forgetting_to_narrow_what_is_walked_in_order_is_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(listing, "FEW", 0)
    for model in (Claim, Situation):
        monkeypatch.setattr(model, "visible_in_order", lambda _, m=model: m.unguarded.all())
    if "q=" in path:
        monkeypatch.setattr(terms, "_words", lambda *_: Word.unguarded.all())
    assert compare(world, "ally", [Way(path, path)]) != []


@pytest.mark.skipif(POSTGRESQL, reason="there the row policies stop it: see test_rows.py")
def test_forgetting_to_narrow_the_search_is_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    class All(frozenset[int]):
        """Every label."""

    every = All(Label_.objects.values_list("pk", flat=True))
    monkeypatch.setattr(sight, "visible_labels", lambda *_: every)
    assert compare(world, "ally", [Way("search", "/search?q=tri")]) != []


def test_a_facet_and_a_total_count_only_what_is_seen(world: World) -> None:
    ally, head = world.reader("ally"), world.reader("head")
    case = world.records["belarus"]
    mine, all_of_it = claims.list_claims(ally, {}, case), claims.list_claims(head, {}, case)
    assert mine.total is not None
    assert all_of_it.total is not None
    assert mine.total < all_of_it.total
    for found in (mine, all_of_it):
        for facet in found.facets:
            assert sum(choice.count or 0 for choice in facet.choices) == found.total


def test_a_label_that_opens_in_part_opens_nothing(world: World) -> None:
    """A claim that derives from two compartments is seen only by members of both."""
    from standwith.services.labels import label_of, label_row

    with whole_database():
        row = Claim.unguarded.get(pk=world.records["derived"])
        both = label_of(row.label)
        wide = Label(both.compartments | {world.compartments["sources"]}, Sensitivity.GREEN)
        Claim.unguarded.filter(pk=row.pk).update(label=label_row(wide))
    shown = {c["uuid"] for c in claims.export_claims(world.reader("desk"), {})}
    assert world.records["derived"] not in shown
    shown = {c["uuid"] for c in claims.export_claims(world.reader("head"), {})}
    assert world.records["derived"] in shown


def test_a_purpose_that_was_not_granted_shows_nothing(world: World) -> None:
    from standwith.services import compartments

    asked = compartments.Grant(
        world.people["mission"],
        Sensitivity.AMBER,
        frozenset({Purpose.ACT}),
        None,
        "acts, no more",
    )
    compartments.grant(world.reader("head"), world.compartments["desk"], asked)
    mission = world.reader("mission")
    assert tasks.list_tasks(mission, {}).total == 2
    assert situations.list_situations(mission, {}).total == 0
    assert claims.list_claims(mission, {}).total == 0
    assert decisions.list_decisions(mission, {}).total == 0
    assert terms.find(mission, "belarus") == []


def test_pages_of_a_list_join_without_gap_or_repeat(world: World) -> None:
    with sight.looking(world.reader("head"), Purpose.ASSESS) as seen:
        whole = list_rows(seen.of(Claim), claims.SPEC, {}, page=1000).rows
        parts: list[dict[str, object]] = []
        after: str | None = ""
        while after is not None:
            found = list_rows(seen.of(Claim), claims.SPEC, {"after": after}, page=7)
            parts += found.rows
            after = found.after
    assert [row["uuid"] for row in parts] == [row["uuid"] for row in whole]


def test_an_unknown_and_a_hidden_record_are_answered_byte_for_byte_alike(world: World) -> None:
    client = world.client("ally")
    hidden = world.records["secret"]
    unknown = "00000000-0000-4000-8000-000000000000"
    for begin, end in (("/situations/", "/"), ("/tasks/", "/"), ("/account/records/", "/")):
        one = client.get(f"{begin}{hidden}{end}")
        other = client.get(f"{begin}{unknown}{end}")
        assert one.status_code == other.status_code == 404
        bare = [
            VOLATILE.sub(b"", r.content).replace(i.encode(), b"")
            for r, i in ((one, hidden), (other, unknown))
        ]
        assert bare[0] == bare[1]


WRITES = (
    ("/situations/{secret}/edit", {"title": "x", "summary": "x", "as_of": "2020-01-01"}),
    ("/situations/{secret}/claims/new", {"fact": "torture"}),
    ("/situations/{secret}/propose/G-06", {"reason": "because it is needed"}),
    ("/situations/{secret}/tasks/new", {"title": "a task", "sensitivity": "TLP:GREEN"}),
    ("/situations/{secret}/keep", {"profile": "icnc"}),
    ("/tasks/{task}/move", {"state": "done", "version": "1"}),
    ("/tasks/{task}/comment", {"text": "x"}),
    ("/account/records/{secret}/erase", {"reason": "because it is needed"}),
)


@pytest.mark.parametrize(("path", "sent"), WRITES)
def test_nobody_writes_to_what_he_does_not_see(
    world: World, path: str, sent: dict[str, str]
) -> None:
    client = world.client("desk")
    target = path.format(secret=world.records["secret"], task=world.records["task RED"])
    more = {"version": "1", "state": "open"} if "edit" in path else {}
    assert client.post(target, sent | more).status_code in {404, 422}
    with whole_database():
        assert Task.unguarded.get(pk=world.records["task RED"]).state == "todo"


def test_a_document_is_set_from_what_its_reader_sees(world: World) -> None:
    path = f"/situations/{world.records['belarus']}/brief.html"
    before = world.client("ally").get(path).content
    strip(world, "ally")
    assert world.client("ally").get(path).content == before


def test_that_a_document_was_taken_stands_in_the_log(world: World) -> None:
    from standwith.services import journal

    size = journal.log_size()
    world.client("ally").get(f"/situations/{world.records['belarus']}/brief.html")
    assert journal.log_size() == size + 1
