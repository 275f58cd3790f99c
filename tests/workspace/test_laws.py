"""Laws that hold for any input: cases in and out, lists against a plain writing, any bend is found."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
import yaml
from django.db import connection, models
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as pace
from hypothesis import strategies as st
from tests.workspace.conftest import POSTGRESQL, World, claim_form
from tests.workspace.test_log import run

from standwith.assess.case import read_case, situation_of
from standwith.assess.fact import fact_definitions
from standwith.assess.problem import UnusableCase
from standwith.kernel.document import read_document
from standwith.kernel.policy import Label, Purpose
from standwith.kernel.sensitivity import Sensitivity
from standwith.services import briefs, cases, claims, moment, situations, tasks, terms
from standwith.services.cases import Marking
from standwith.services.labels import label_of
from standwith.services.sight import looking, whole_database
from standwith.services.verification import verify
from standwith.store.models.case import Claim
from standwith.store.models.work import Task

PACE = pace(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
WORDS = st.text("abcdefgh жш αβ عر 東", min_size=1, max_size=24).map(str.strip).filter(bool)
SLUGS = st.from_regex(r"[a-z][a-z0-9]{1,8}(-[a-z0-9]{1,4})?", fullmatch=True)
DAYS = st.dates(date(2020, 8, 9), date(2020, 12, 31)).map(date.isoformat)
LEVELS = [level.value for level in Sensitivity]
FACTS = sorted(key for key, held in fact_definitions().items() if held.scope == "situation")


@st.composite
def case_files(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a case that fits form and sense."""
    sources = [
        {
            "id": key,
            "title": draw(WORDS),
            "author": draw(WORDS),
            "published": "2020-08-09",
            "citation": draw(WORDS),
        }
        for key in draw(st.lists(SLUGS, min_size=1, max_size=3, unique=True))
    ]
    parties = [
        {"id": key, "name": {"en": draw(WORDS), "be": draw(WORDS)}, "kind": "civic"}
        for key in draw(st.lists(SLUGS, max_size=2, unique=True))
        if key != "situation"
    ]
    made = [
        {
            "id": f"c{i}",
            "fact": draw(st.sampled_from(FACTS)),
            "value": draw(st.booleans()),
            "valid": draw(st.sampled_from(["2020-08-09", "2020-08", "2020-08-09/..", "2020-08~"])),
            "recorded": draw(DAYS),
            "source": {"id": draw(st.sampled_from(sources))["id"], "lines": "3, 5-7"},
            "grade": draw(st.sampled_from(["A1", "B2", "C3", "D4", "F6"])),
            "note": draw(WORDS),
            "sensitivity": draw(st.sampled_from(LEVELS)),
        }
        for i in range(draw(st.integers(0, 6)))
    ]
    return {
        "case": draw(SLUGS),
        "title": {"en": draw(WORDS), "ar": draw(WORDS)},
        "country": draw(st.sampled_from(["BY", "MM", "GE"])),
        "as_of": "2020-12-31",
        "summary": {"en": draw(WORDS)},
        "sources": sources,
        "organisations": parties,
        "claims": made,
    }


def raw_of(data: dict[str, Any]) -> bytes:
    """Write a case as a file."""
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode()


@given(data=case_files())
@PACE
def test_any_case_comes_out_with_what_went_in(world: World, data: dict[str, Any]) -> None:
    raw = raw_of(data)
    try:
        before = read_case(read_document(raw, "it"), today=moment.today())
    except UnusableCase:
        assume(False)
        raise
    place = Marking(world.compartments["desk"], Sensitivity.CLEAR)
    made = cases.import_case(world.reader("head"), raw, "it", place)
    after = situation_of(situations.whole_case(world.reader("head"), made))
    assert {c.id: c for c in after.claims} == {c.id: c for c in before.claims}
    assert after.sources == before.sources
    assert {o.id for o in after.organisations} == {o.id for o in before.organisations}
    assert after.country == before.country


@given(data=case_files())
@PACE
def test_a_reader_s_case_holds_no_claim_above_his_level(world: World, data: dict[str, Any]) -> None:
    raw = raw_of(data)
    try:
        read_case(read_document(raw, "it"), today=moment.today())
    except UnusableCase:
        assume(False)
        raise
    place = Marking(world.compartments["desk"], Sensitivity.CLEAR)
    made = cases.import_case(world.reader("head"), raw, "it", place)
    rank = {level: i for i, level in enumerate(LEVELS)}
    for key, most in (("ally", 1), ("mission", 2), ("desk", 3), ("counsel", 4)):
        held = situations.whole_case(world.reader(key), made)["claims"]
        wanted = {c["id"] for c in data["claims"] if rank[c["sensitivity"]] <= most}
        assert {c["id"] for c in held} == wanted


@given(data=case_files(), cut=st.integers(1, 400))
@PACE
def test_a_cut_case_file_is_refused_or_whole(world: World, data: dict[str, Any], cut: int) -> None:
    raw = raw_of(data)[:-cut]
    place = Marking(world.compartments["desk"], Sensitivity.CLEAR)
    before = situations.list_situations(world.reader("head"), {}).total or 0
    try:
        cases.import_case(world.reader("head"), raw, "it", place)
        grown = 1
    except ValueError:
        grown = 0
    assert situations.list_situations(world.reader("head"), {}).total == before + grown


@given(
    level=st.sampled_from(LEVELS[1:]),
    value=st.sampled_from(["true", "false"]),
    fact=st.sampled_from(FACTS[:8]),
)
@PACE
def test_a_list_is_what_a_plain_filter_gives(
    world: World, level: str, value: str, fact: str
) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    claims.record_claim(head, case, claim_form(sensitivity=level, value=value, fact=fact))
    for key in ("ally", "desk", "head"):
        reader = world.reader(key)
        everything = claims.export_claims(reader, {}, case)
        for query in ({"fact": fact}, {"value": value}, {"fact": fact, "value": value}):
            wanted = [row for row in everything if all(row[n] == v for n, v in query.items())]
            found = claims.list_claims(reader, query, case)
            assert found.total == len(wanted)
            assert [row["uuid"] for row in found.rows] == [row["uuid"] for row in wanted][:50]
            for facet in found.facets:
                others = {n: v for n, v in query.items() if n != facet.name}
                rest = [r for r in everything if all(r[n] == v for n, v in others.items())]
                for choice in facet.choices:
                    assert choice.count == sum(r[facet.name] == choice.value for r in rest)


@given(words=st.lists(WORDS, min_size=1, max_size=3))
@PACE
def test_a_title_is_found_by_the_begin_of_any_of_its_words(world: World, words: list[str]) -> None:
    title = " ".join(["Xq", *words])
    new = tasks.NewTask(title[:190], "", "", "", "TLP:GREEN")
    made = tasks.assign(world.reader("head"), world.records["belarus"], new)
    for word in terms.fold(title):
        hits = terms.find(world.reader("ally"), word[: max(1, len(word) - 1)] + " xq", limit=500)
        assert made in {hit.id for hit in hits}


@given(as_of=st.dates(date(2020, 8, 1), date(2020, 12, 31)))
@PACE
def test_what_becomes_known_later_changes_no_earlier_brief(world: World, as_of: date) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    day = as_of.isoformat()
    before = briefs.read_brief(head, case, as_of=day).brief["recommendations"]
    later = max(as_of, date(2020, 8, 18)) + timedelta(days=1)
    form = claim_form(
        fact="repression",
        value="false",
        recorded=later.isoformat(),
        authoritative="a court found so",
    )
    claims.record_claim(head, case, form)
    assert briefs.read_brief(head, case, as_of=day).brief["recommendations"] == before


COLUMNS = {
    "store_claim": ("value", "note", "grade", "recorded", "fact", "version"),
    "store_task": ("title", "state", "due", "version"),
    "store_situation": ("slug", "country", "as_of", "state"),
    "store_source": ("title", "author", "published"),
    "store_person": ("name", "roles", "password", "epoch"),
    "store_membership": ("clearance", "purposes", "reason"),
    "store_compartment": ("name",),
    "store_institution": ("name", "country"),
    "store_comment": ("text",),
    "store_proposal": ("state", "reason"),
    "store_entry": ("text",),
    "store_checkpoint": ("note",),
    "store_envelope": ("sealed",),
}
NUMBERS = {"version", "epoch", "clearance", "purposes"}


@pytest.mark.parametrize("table", COLUMNS)
def test_a_change_of_any_column_of_any_row_is_found(world: World, table: str) -> None:
    """One random row of the table is bent, in each of its columns in turn."""
    rng = random.Random(table)  # noqa: S311 - a choice of rows, no secret
    assert world.records
    key = {"store_entry": "seq", "store_checkpoint": "size", "store_envelope": "seq"}.get(
        table, "id"
    )
    assert verify().sound
    with whole_database(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {key} FROM {table} ORDER BY {key}")
        keys = [row[0] for row in cursor.fetchall()]
    for column in COLUMNS[table]:
        target = rng.choice(keys)
        quoted = f"'{target}'" if key == "id" else str(target)
        if column in NUMBERS:
            bend = f"{column} + 1"
        elif column == "sealed":
            bend = "'\\x00'" if POSTGRESQL else "x'00'"
        else:
            bend = f"substr('x' || {column}, 1, {2 if column == 'grade' else 60})"
        done = run(f"UPDATE {table} SET {column} = {bend} WHERE {key} = {quoted}")
        found = verify()
        assert done == 1
        assert not found.sound, (table, column)


@pytest.mark.parametrize("share", [0.02, 0.2, 0.9])
def test_any_set_of_removed_entries_is_found(world: World, share: float) -> None:
    rng = random.Random(str(share))  # noqa: S311 - a choice of rows, no secret
    size = verify().size
    gone = sorted(rng.sample(range(size), max(1, int(size * share))))
    listed = ", ".join(str(number) for number in gone)
    run(f"DELETE FROM store_entry WHERE seq IN ({listed})")
    assert not verify().sound
    assert world.home


@pytest.mark.parametrize("model", [Claim, Task], ids=["claim", "task"])
def test_removed_rows_are_named_one_by_one(world: World, model: type[models.Model]) -> None:
    table = model._meta.db_table
    with whole_database():
        size = model._base_manager.count()
    run(f"DELETE FROM {'store_comment' if model is Task else 'store_request'}")
    run(f"DELETE FROM {table}")
    found = verify()
    removed = [item for item in found.findings if "was removed" in item.what]
    assert len(removed) >= min(size, 90)
    assert world.home


LABELS = st.builds(
    Label,
    st.frozensets(st.sampled_from(["desk", "sources"]), min_size=1),
    st.sampled_from(list(Sensitivity)),
    st.frozensets(st.sampled_from([p for p in Purpose if p is not Purpose.PUBLISH]), min_size=1),
)


@given(label=LABELS)
@PACE
def test_a_row_under_any_label_is_seen_by_exactly_those_who_may(world: World, label: Label) -> None:
    from tests.workspace.strip import may_see

    from standwith.services.labels import label_row
    from standwith.store.models.people import Person

    real = Label(
        frozenset(world.compartments[name] for name in label.compartments),
        label.sensitivity,
        label.purposes,
    )
    row = label_row(real)
    with whole_database():
        Task.unguarded.filter(pk=world.records["task GREEN"]).update(label=row)
    assert label_of(row) == real
    for key in ("head", "desk", "mission", "ally", "stranger"):
        person = Person.objects.select_related("institution").get(pk=world.people[key])
        for purpose in (Purpose.ACT, Purpose.ASSESS):
            with looking(world.reader(key), purpose) as sight:
                seen = sight.of(Task).filter(pk=world.records["task GREEN"]).exists()
            assert seen is may_see(person, row, purpose.value)
