"""The store: rows as records, labels as numbers, the schema current, words folded, lists joined."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as pace
from hypothesis import strategies as st
from tests.workspace.conftest import POSTGRESQL, World

from standwith.kernel.pack import read_yaml
from standwith.kernel.policy import Consent, Label, Purpose
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import cases, claims, listing, overview, shelf, terms
from standwith.services.labels import (
    bits,
    key_of,
    label_of,
    label_row,
    purpose_bits,
    purposes_of,
    words,
)
from standwith.services.listing import UnusableQuery
from standwith.services.rows import tables
from standwith.services.sight import (
    NothingThere,
    Sight,
    as_uuid,
    looking,
    visible_labels,
    whole_database,
)
from standwith.services.verification import watched_rows
from standwith.store.models.case import Claim, Situation
from standwith.store.models.labelled import Labelled
from standwith.store.models.policy import Label as Row
from standwith.store.models.search import Tally
from standwith.store.record import canonical, kind_of, record_of
from standwith.store.repos import case as repo


@pytest.mark.usefixtures("world")
def test_the_migrations_are_those_of_the_models() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite changes no schema inside a transaction")
@pytest.mark.usefixtures("world")
def test_the_guards_can_be_lowered_and_raised_again() -> None:
    from standwith.store.guards import lower_guards, raise_guards

    with whole_database(), connection.schema_editor(atomic=False) as editor:
        lower_guards(apps, editor)
        raise_guards(apps, editor)


@pytest.mark.usefixtures("world")
def test_every_row_has_one_canonical_record() -> None:
    with whole_database():
        rows = list(watched_rows())
    assert len(rows) > 150
    for row in rows:
        text = canonical(record_of(row))
        assert json.loads(text) == record_of(row)
        assert json.loads(text)["kind"] == kind_of(row)
        assert "label_id" not in text or "TLP:" in text


@pytest.mark.usefixtures("world")
def test_a_record_changes_with_every_column() -> None:
    with whole_database():
        row = Claim.unguarded.select_related("label", "own_label").first()
    assert row
    before = canonical(record_of(row))
    for name, value in (("value", "false"), ("note", "x"), ("version", 9), ("grade", "A1")):
        kept = getattr(row, name)
        setattr(row, name, value if kept != value else "other")
        assert canonical(record_of(row)) != before, name
        setattr(row, name, kept)
    assert canonical(record_of(row)) == before


def test_a_column_is_written_in_plain_values() -> None:
    from standwith.store.models.log import Check, Node
    from standwith.store.record import record_of as plain

    node = Node(level=1, position=2, hash=b"\x00\x01")
    assert plain(node)["fields"]["hash"] == "AAE="
    at = datetime(2020, 8, 18, tzinfo=UTC)
    check = Check(at=at, size=3, sound=True, findings=[])
    assert plain(check)["fields"]["at"] == at.isoformat()


def test_the_tables_stand_in_an_order_in_which_all_is_found() -> None:
    order = tables()
    assert {*order, Tally} == set(apps.get_app_config("store").get_models())
    for position, model in enumerate(order):
        for field in model._meta.concrete_fields:
            target = field.related_model
            if isinstance(field, models.ForeignKey) and target is not model:
                assert order.index(target) < position  # type: ignore[arg-type]


labels = st.builds(
    Label,
    st.just(frozenset[str]()),
    st.sampled_from(list(Sensitivity)),
    st.frozensets(st.sampled_from(list(Purpose))),
    st.frozensets(st.sampled_from(list(Consent))),
)


@given(label=labels)
@pace(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_label_comes_back_from_its_row(world: World, label: Label) -> None:
    assert world.records
    row = label_row(label)
    assert label_of(row) == label
    assert label_row(label).pk == row.pk


def test_a_label_of_compartments_comes_back_too(world: World) -> None:
    label = Label(frozenset(world.compartments.values()), Sensitivity.RED)
    row = label_row(label)
    assert label_of(Row.objects.get(pk=row.pk)) == label
    assert row.compartments.count() == 2


@given(st.frozensets(st.sampled_from(list(Purpose))))
def test_purposes_are_bits_there_and_back(purposes: frozenset[Purpose]) -> None:
    assert purposes_of(purpose_bits(purposes)) == purposes


@given(st.frozensets(st.sampled_from(list(Consent))))
def test_consents_are_bits_there_and_back(consents: frozenset[Consent]) -> None:
    order = tuple(Consent)
    assert words(bits(consents, order), order) == consents


def test_the_bits_of_purposes_are_those_that_the_row_policies_know() -> None:
    from tests.workspace.strip import BITS

    for purpose in Purpose:
        assert purpose_bits(frozenset({purpose})) == BITS[purpose.value]


def test_the_key_of_a_label_does_not_depend_on_order() -> None:
    one = Label(frozenset({"b", "a"}), Sensitivity.GREEN)
    other = Label(frozenset({"a", "b"}), Sensitivity.GREEN)
    assert key_of(one) == key_of(other)


def test_a_label_row_is_unique_in_the_database(world: World) -> None:
    row = Row.objects.first()
    assert row
    assert world.records
    with pytest.raises(IntegrityError), transaction.atomic():
        Row.objects.create(level=row.level, purposes=0, consents=0, key=row.key)


def test_labels_are_asked_for_once_for_a_list(world: World) -> None:
    """The number of queries of a list does not grow with its rows."""
    from django.test.utils import CaptureQueriesContext

    reader = world.reader("head")
    with CaptureQueriesContext(connection) as few:
        claims.list_claims(reader, {"fact": "torture"})
    with CaptureQueriesContext(connection) as many:
        claims.list_claims(reader, {})
    assert len(few) == len(many) <= 14


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/situations/", 24),
        ("/claims/", 24),
        ("/tasks/", 24),
        ("/tasks/list", 24),
        ("/decisions/", 24),
        ("/search?q=bel", 20),
        ("/", 24),
    ],
)
def test_a_page_asks_the_database_a_bounded_number_of_times(
    world: World, path: str, most: int
) -> None:
    from django.test.utils import CaptureQueriesContext

    client = world.client("head")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    assert len(asked) <= most, [q["sql"][:90] for q in asked]


@pytest.mark.parametrize("name", ["belarus-2020", "myanmar-2023"])
def test_the_parts_of_a_case_come_back_from_their_rows(name: str) -> None:
    data = read_yaml(f"cases/{name}.yaml").data
    head = repo.situation_row(data)
    assert repo.head_data(head)["case"] == data["case"]
    for row in data["sources"]:
        assert repo.source_data(repo.source_row(row, head)) == row
    for row in data["organisations"]:
        back = repo.organisation_data(repo.organisation_row(row, head))
        assert {k: v for k, v in back.items() if k != "name"} == {
            k: v for k, v in row.items() if k != "name" and v
        }
    sources = {row["id"]: repo.source_row(row, head) for row in data["sources"]}
    for row in data["requests"]:
        made = repo.request_row(row, head, sources[row["source"]["id"]])
        assert repo.request_data(made) == {k: v for k, v in row.items() if v is not None}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Belarus", ["belarus"]),
        ("Éléphant", ["elephant"]),
        ("ШКОЛА №5", ["школа", "no5"]),
        ("Ёлка", ["елка"]),
        ("فعالیت", ["فعالیت"]),
        ("فعاليت", ["فعالیت"]),
        ("كتاب", ["کتاب"]),
        ("ﬁle", ["file"]),
        ("a-b_c", ["a", "b_c"]),
        ("  ", []),
        ("🏳️", []),
        ("東京", ["東京"]),
        ("STRASSE straße", ["strasse", "strasse"]),
    ],
)
def test_words_are_folded_over_case_accents_and_forms(text: str, found: list[str]) -> None:
    assert terms.fold(text) == found


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = terms.fold(text)
    assert terms.fold(" ".join(once)) == once


def test_records_are_found_by_the_beginnings_of_all_their_words(world: World) -> None:
    head = world.reader("head")
    assert {hit.kind for hit in terms.find(head, "belarus")} >= {"situation"}
    (hit,) = [h for h in terms.find(head, "vote bela aug") if h.kind == "situation"]
    assert hit.id == world.records["belarus"]
    assert terms.find(head, "vote zzz") == []
    assert terms.find(head, "") == []
    assert [h.id for h in terms.find(head, "беларусь")][:1] == [world.records["belarus"]]
    assert [h.id for h in terms.find(head, "بيلاروس")][:1] == [world.records["belarus"]]


def test_a_record_that_is_forgotten_is_not_found(world: World) -> None:
    with whole_database():
        terms.forget(as_uuid(world.records["belarus"]))
    found = {hit.id for hit in terms.find(world.reader("head"), "belarus")}
    assert world.records["belarus"] not in found


def test_texts_begin_with_english() -> None:
    assert terms.texts({"be": "b", "en": "e"}) == ["e", "b"]
    assert terms.texts("plain") == ["plain"]


@pytest.mark.parametrize("text", ["", "x", "00000000-0000-4000-8000", "'; --", "１２"])
def test_what_is_no_identifier_is_nothing(text: str) -> None:
    with pytest.raises(NothingThere):
        as_uuid(text)


def test_the_sight_of_a_reader_is_what_the_policy_allows(world: World) -> None:
    from standwith.kernel.policy import may

    for key in ("ally", "desk", "head", "stranger"):
        reader = world.reader(key)
        found = visible_labels(reader, Purpose.ASSESS)
        for row in Row.objects.all():
            assert (row.pk in found) is may(reader, Purpose.ASSESS, label_of(row)).allowed


def test_a_list_is_filtered_searched_and_counted(world: World) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    everything = claims.list_claims(head, {}, case)
    torture = claims.list_claims(head, {"fact": "torture"}, case)
    assert torture.total is not None
    assert everything.total is not None
    assert 0 < torture.total < everything.total
    assert {row["fact"] for row in torture.rows} == {"torture"}
    tolik = claims.list_claims(head, {"q": "Tolik"}, case)
    assert [row["uuid"] for row in tolik.rows] == [world.records["red"]]
    assert claims.list_claims(head, {"fact": "weather"}, case).total == 0


def test_the_facets_of_a_list_keep_the_other_choices(world: World) -> None:
    found = claims.list_claims(world.reader("head"), {"fact": "torture"}, world.records["belarus"])
    (facts,) = [facet for facet in found.facets if facet.name == "fact"]
    assert len(facts.choices) > 5
    assert [choice.value for choice in facts.choices if choice.chosen] == ["torture"]
    (values,) = [facet for facet in found.facets if facet.name == "value"]
    assert sum(choice.count or 0 for choice in values.choices) == found.total


@pytest.mark.parametrize("mark", ["x", "!!!!", "W10=", "WyJhIl0", "bnVsbA", "WyJhIiwiYiIsImMiXQ"])
def test_a_mark_that_leads_nowhere_is_refused(world: World, mark: str) -> None:
    with pytest.raises(UnusableQuery, match="first page"):
        claims.list_claims(world.reader("head"), {"after": mark})


@pytest.mark.parametrize("path", ["situations", "claims", "decisions", "tasks/list", "choose"])
def test_a_list_gives_the_same_rows_in_every_form(world: World, path: str) -> None:
    import csv
    import io

    client = world.client("head")
    rows = client.get(f"/{path}.json").json()
    text = client.get(f"/{path}.csv").content.decode()
    lines = list(csv.DictReader(io.StringIO(text)))
    assert rows["total"] == len(rows["rows"]) == len(lines)
    for row, line in zip(rows["rows"], lines, strict=True):
        assert line["id"].lstrip("'") == str(row["id"])


@pytest.mark.parametrize(
    "path", ["/situations/", "/claims/", "/tasks/list", "/choose/", "/assess/"]
)
def test_htmx_gets_the_results_alone(world: World, path: str) -> None:
    client = world.client("head")
    part = client.get(path, headers={"HX-Request": "true"})
    whole = client.get(path)
    assert "<html" not in part.content.decode()
    assert 'id="count"' in part.content.decode()
    assert "<html" in whole.content.decode()
    assert "HX-Request" in part.headers["Vary"]


def test_a_query_is_kept_in_the_links_of_its_list(world: World) -> None:
    page = world.client("head").get("/claims/?fact=torture").content.decode()
    assert "/claims.csv?fact=torture" in page


def test_the_board_counts_what_its_reader_sees(world: World) -> None:
    for key, codes in (("head", {"BY", "MM"}), ("ally", {"BY"}), ("stranger", set())):
        found = overview.board(world.reader(key))
        assert {country.code for country in found.countries} == codes
        assert {row["country"] for row in found.situations} == codes
        assert found.rest


def test_every_outline_of_the_map_is_path_data() -> None:
    import re

    from standwith.kernel.pack import read_json

    rows = read_json("places/world.json")["countries"]
    assert len(rows) == 177
    for row in rows:
        assert re.fullmatch(r"[Mlzh0-9 -]+", row["path"])
    assert {"BY", "MM", "RU", "FJ"} <= {row["code"] for row in rows}


def test_no_outline_runs_across_the_whole_map() -> None:
    """Russia and Fiji cross the antimeridian: uncut, they would draw bars over the map."""
    import re

    from standwith.kernel.pack import read_json

    for row in read_json("places/world.json")["countries"]:
        for step in re.findall(r"(-?\d+)[ -]", row["path"]):
            assert abs(int(step)) <= 960
        longest = max((abs(int(s)) for s in re.findall(r"[l ](-?\d+)", row["path"])), default=0)
        assert longest < 500 or row["name"] == "Antarctica", row["name"]


@pytest.mark.parametrize(
    ("query", "every"),
    [({"tier": "T2"}, "tier"), ({"where": "W1"}, "where"), ({}, "id")],
)
def test_the_catalogue_is_filtered_by_its_dimensions(
    world: World, query: dict[str, str], every: str
) -> None:
    found = shelf.list_actions(world.reader("ally"), query)
    assert found.total == len(found.rows)
    for row in found.rows:
        assert not query or query[every] in row[every]
    tier = next(facet for facet in found.facets if facet.name == "tier")
    assert all(choice.count for choice in tier.choices)


def test_the_catalogue_is_searched_by_words(world: World) -> None:
    found = shelf.list_actions(world.reader("ally"), {"q": "embassy sanctuary"})
    assert "G-06" in {row["id"] for row in found.rows}
    assert shelf.list_actions(world.reader("ally"), {"q": "zzzz"}).total == 0


def test_an_action_that_is_not_there_is_nothing(world: World) -> None:
    with pytest.raises(NothingThere):
        shelf.read_action(world.reader("ally"), "XX-1")


@pytest.mark.parametrize(("rows", "columns"), [("where", "where"), ("x", "target"), ("where", "")])
def test_a_matrix_that_cannot_be_is_refused(world: World, rows: str, columns: str) -> None:
    with pytest.raises(UnusableQuery):
        shelf.read_matrix(world.reader("ally"), rows, columns)


def test_a_matrix_holds_every_action_in_its_cells(world: World) -> None:
    found = shelf.read_matrix(world.reader("ally"), "where", "tier")
    held = {action for _, _, cells in found.lines for cell in cells for action in cell}
    assert len(held) > 150


def test_a_page_of_a_list_is_at_most_fifty_rows(world: World) -> None:
    with looking(world.reader("head"), Purpose.ASSESS) as sight:
        assert sight.of(Claim).count() > listing.PAGE
    found = claims.list_claims(world.reader("head"), {})
    assert len(found.rows) == listing.PAGE
    assert found.after
    assert found.total is not None
    assert found.total > listing.PAGE


def test_there_is_no_manager_by_which_content_is_asked_for_unseen() -> None:
    for model in apps.get_app_config("store").get_models():
        if issubclass(model, Labelled):
            assert not hasattr(model, "objects")
            assert {manager.name for manager in model._meta.managers} == {"unguarded"}


def test_no_row_leads_backwards_to_content() -> None:
    """A related name would be a way round the policy."""
    for model in apps.get_app_config("store").get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.auto_created and not field.concrete:
                assert field.hidden


def test_a_correction_counts_from_the_day_it_was_known(world: World) -> None:
    from tests.workspace.conftest import claim_form

    head, case = world.reader("head"), world.records["belarus"]
    first = claims.record_claim(head, case, claim_form(note="first", recorded="2020-08-18"))
    later = claim_form(note="second", value="false", recorded="2020-09-01")
    claims.record_claim(head, case, later, corrects=first)
    with looking(head, Purpose.ASSESS) as sight:
        row = sight.one(Situation, case)
        early = cases.standing_claims(sight, row, as_of=date(2020, 8, 20))
        late = cases.standing_claims(sight, row, as_of=date(2020, 9, 2))
    assert "first" in {claim.note for claim in early}
    assert "first" not in {claim.note for claim in late}


@pytest.mark.skipif(POSTGRESQL, reason="SQLite alone is set by pragmas")
@pytest.mark.usefixtures("world")
def test_sqlite_is_set_as_the_reference_asks() -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
    with connection.cursor() as cursor:
        for name, value in wanted.items():
            cursor.execute(f"PRAGMA {name}")
            assert cursor.fetchone() == (value,), name


def test_a_sight_is_frozen(world: World) -> None:
    with looking(world.reader("head"), Purpose.ASSESS) as sight:
        assert isinstance(sight, Sight)
        with pytest.raises(AttributeError):
            sight.labels = frozenset()  # type: ignore[misc]
