"""The settings file, the folder and the columns of a linkage, piece by piece."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st
from numpy.random import PCG64, Generator
from tests.engine.invented import people

from standwith.account.linkage.cluster import UnusableLinks
from standwith.account.linkage.partition import Known, draw
from standwith.account.linkage.review import queue
from standwith.account.linkage.weigh import Record
from standwith.engine.linkage.fields import Field, Kind, comparison, condition, conditions, rules
from standwith.engine.linkage.folder import Folder, read_folder, write_folder
from standwith.engine.linkage.link import Linked, link
from standwith.engine.linkage.model import (
    UNSEEN,
    between,
    completed,
    passes,
    read,
    settings,
    sure,
    written,
)
from standwith.engine.linkage.prepare import fields_of, prepared, table_of
from standwith.engine.linkage.run import _chosen, _connected, _pairs

NAME, BORN = Field("name", Kind.NAME), Field("born", Kind.DATE)
PLACE, CODE = Field("place", Kind.PLACE), Field("code", Kind.CODE)
RECORDS, TRUTH = people(60, seed=3)


def test_a_rule_is_a_condition_on_two_records() -> None:
    assert condition((("a", "a"), ("substr(b, 1, 3)", "substr(b, 1, 3)"))) == (
        "l.a = r.a and substr(l.b, 1, 3) = substr(r.b, 1, 3)"
    )
    assert condition((("x", "y"),)) == "l.x = r.y"
    assert conditions(("{n}_a & {d}",), [NAME, BORN]) == ["l.name_a = r.name_a and l.born = r.born"]
    assert conditions(("{n}_a & {c}",), [NAME, BORN]) == []


def test_two_dates_make_each_rule_of_dates_twice() -> None:
    other = Field("happened", Kind.DATE)
    one, two = rules([NAME, BORN]), rules([NAME, BORN, other])
    assert set(one) <= set(two)
    assert len(two) - len(one) == len([rule for rule in one if "born" in str(rule)])


def test_records_of_one_list_without_duplicates_never_meet() -> None:
    said = between("l.a = r.a")
    with duckdb.connect() as connection:
        connection.execute("create table t(id int, a text, alone text)")
        connection.execute("insert into t values (1,'x','p'),(2,'x','p'),(3,'x',null),(4,'x','q')")
        met = connection.execute(
            f"select l.id, r.id from t l join t r on l.id < r.id and {said}"
        ).fetchall()
    assert (1, 2) not in met
    assert sorted(met) == [(1, 3), (1, 4), (2, 3), (2, 4), (3, 4)]


@given(st.lists(st.sampled_from(["anna", "olga", "zoya", None]), min_size=2, max_size=20))
@pace(max_examples=25)
def test_pairs_are_counted_as_they_are_met(names: list[str | None]) -> None:
    rows = [{"unique_id": f"r{i}", "alone": None, "name": name} for i, name in enumerate(names)]
    table = prepared(pa.Table.from_pylist(rows), [NAME])
    wanted = sum(a == b for a, b in combinations([n for n in names if n], 2))
    with _connected(table) as connection:
        assert _pairs(connection, (("name_a", "name_a"),)) == wanted


def test_ways_that_bring_too_many_together_are_left_out() -> None:
    table = prepared(table_of(RECORDS, frozenset()), [NAME, BORN])
    with _connected(table) as connection:
        chosen = _chosen(connection, [NAME, BORN], table.num_rows)
        assert 3 < len(chosen) <= len(rules([NAME, BORN]))
        with pytest.raises(UnusableLinks, match="too many records together"):
            _chosen(connection, [NAME, BORN], 0)


def test_what_is_learned_from_needs_a_name_and_more() -> None:
    assert sure([NAME, BORN]) == ["l.name = r.name and l.born = r.born"]
    assert len(sure([NAME, BORN, CODE, PLACE])) == 4
    with pytest.raises(UnusableLinks, match="a name and a date or a code"):
        sure([NAME, PLACE])
    with pytest.raises(UnusableLinks, match="a name and a date or a code"):
        sure([BORN, CODE])
    assert passes([NAME, CODE]) == [
        "l.code = r.code",
        "l.name_a = r.name_a and l.name_z = r.name_z",
    ]


def untrained() -> dict[str, Any]:
    """Make a model in which some levels were seen and some not."""
    model = settings([NAME, BORN], ["l.name = r.name"])
    for held in model["comparisons"]:
        for level in held["comparison_levels"][1:3]:
            level |= {"m_probability": 0.5, "u_probability": 0.25}
    return model | {"probability_two_random_records_match": 0.123456789012345, "linker_uid": "x"}


def test_levels_that_were_never_seen_get_a_little_and_shares_sum_to_one() -> None:
    found = completed(untrained())
    for held in found["comparisons"]:
        levels = [level for level in held["comparison_levels"] if not level.get("is_null_level")]
        for key, least in UNSEEN.items():
            assert sum(level[key] for level in levels) == pytest.approx(1, abs=1e-6)
            assert min(level[key] for level in levels) >= least / 2
    assert found["probability_two_random_records_match"] == 0.123456789
    assert "linker_uid" not in found


def test_a_model_that_was_written_is_read_as_it_was() -> None:
    found = completed(untrained())
    assert read(written(found)) == found
    assert written(read(written(found))) == written(found)


def test_conditions_of_levels_are_understood_by_the_engine() -> None:
    fields = [NAME, BORN, PLACE, CODE]
    columns = [column for field in fields for column in field.columns]
    with duckdb.connect() as connection:
        cells = ", ".join(f"'1990-01-01' as {c}_l, '1990-01-02' as {c}_r" for c in columns)
        for field in fields:
            for level in comparison(field)["comparison_levels"]:
                if level["sql_condition"] != "ELSE":
                    asked = f"select {level['sql_condition']} from (select {cells})"
                    assert connection.execute(asked).fetchone() in {(True,), (False,)}


def level_of(kind: Kind, left: str | None, right: str | None) -> str:
    """Say on which level two values are alike."""
    field = Field("held", kind)
    rows = [{"unique_id": f"r{i}", "alone": None, "held": x} for i, x in enumerate((left, right))]
    made = prepared(pa.Table.from_pylist(rows, schema=pa.schema(
        [("unique_id", pa.string()), ("alone", pa.string()), ("held", pa.string())]
    )), [field])  # fmt: skip
    with _connected(made) as connection:
        sides = ", ".join(f"l.{c} as {c}_l, r.{c} as {c}_r" for c in field.columns)
        pair = f"(select {sides} from records l, records r where l.unique_id < r.unique_id)"
        for level in comparison(field)["comparison_levels"]:
            if level["sql_condition"] == "ELSE":
                break
            row = connection.execute(f"select {level['sql_condition']} from {pair}").fetchone()
            if row == (True,):
                return str(level["label_for_charts"])
    return "unlike"


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("Anna Belova", "anna belova", "same name"),
        ("Anna Maria Belova", "Anna Belova", "first and last word"),
        ("Belova Anna", "Anna Belova", "first and last word"),
        ("Anna Belova", "Анна Белова", "same consonants"),
        ("Walter Bryant", "Wally Bryant", "last word, first begins alike"),
        ("A. Belova", "Anna Belova", "last word, first begins alike"),
        ("Anna Belova", "Zoya Belova", "last word alone"),
        ("Anna Belova", "Anna", "one word of one"),
        ("Anna Belova", "Anna Sokolova", "first word alone"),
        ("Anna Belova", None, "missing"),
        ("...", "...", "missing"),
        ("Anna Belova", "Viktor Sokolov", "unlike"),
    ],
)
def test_names_are_alike_by_levels(left: str | None, right: str | None, level: str) -> None:
    assert level_of(Kind.NAME, left, right) == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("1990-01-02", "1990-01-02", "same date"),
        ("1990", "1990-01-02", "same as far as known"),
        ("1990-01-02", "1990-01-03", "one digit differs"),
        ("1990-01-02", "1990-11-25", "same year"),
        ("1990-01-02", "1980-01-12", "two digits differ"),
        ("1990-01-02", "1971-12-30", "unlike"),
        (None, None, "missing"),
    ],
)
def test_dates_are_alike_by_levels(left: str | None, right: str | None, level: str) -> None:
    assert level_of(Kind.DATE, left, right) == level


@pytest.mark.parametrize(
    ("kind", "left", "right", "level"),
    [
        (Kind.PLACE, "Minsk", "Минск", "same"),
        (Kind.PLACE, "Hrodna", "Grodna", "one letter differs"),
        (Kind.PLACE, "Brest", "Homel", "unlike"),
        (Kind.CODE, "AB 1234", "ab 1234", "same"),
        (Kind.CODE, "AB 1234", "AB 1299", "all but the last two signs"),
        (Kind.CODE, "AB 1234", "AC 1234", "one sign differs"),
        (Kind.CODE, "AB 1234", "AB 9876", "same first part"),
        (Kind.CODE, "AB1234", "AB9876", "same first two signs"),
        (Kind.CODE, "AB 1234", "ZY 9876", "unlike"),
    ],
)
def test_places_and_codes_are_alike_by_levels(
    kind: Kind, left: str, right: str, level: str
) -> None:
    assert level_of(kind, left, right) == level


@pytest.fixture(scope="module")
def linked() -> Linked:
    """Link the invented people by fixed weights."""
    return link(RECORDS, single=frozenset("a"))


@pytest.fixture
def folder(linked: Linked, tmp_path: Path) -> Folder:
    """Write the linkage to a folder, and open it."""
    known, rng = Known(linked.prior), Generator(PCG64(1))
    draws = draw(linked.where(), linked.links, rng, single=linked.single, count=20, known=known)
    write_folder(tmp_path / "linked", linked, draws, {"seed": 1}, b"")
    return read_folder(tmp_path / "linked")


def test_what_was_written_is_read_back(linked: Linked, folder: Folder) -> None:
    labels, mine = folder.labels(), linked.clusters.labels()
    pairs = list(combinations(sorted(mine), 2))
    assert [labels[a] == labels[b] for a, b in pairs] == [mine[a] == mine[b] for a, b in pairs]
    assert [(x.left, x.right) for x in folder.links()] == [(x.left, x.right) for x in linked.links]
    assert [x.weight for x in folder.links()] == pytest.approx(
        [x.weight for x in linked.links], abs=1e-5
    )
    assert set(folder.records()) == {record.id for record in RECORDS}
    assert folder.draws().persons.shape == (20, len(RECORDS))


def test_draws_are_a_table_of_draw_record_and_entity(folder: Folder) -> None:
    table = pq.read_table(folder.place / "draws.parquet")
    assert table.column_names == ["draw", "record_id", "entity_id"]
    assert table.num_rows == 20 * len(RECORDS)
    assert folder.draws().records == tuple(sorted(record.id for record in RECORDS))


def test_the_review_reads_what_the_folder_holds(folder: Folder) -> None:
    questions = queue(folder.draws(), folder.links(), count=5)
    assert questions
    assert all(q.left in TRUTH and q.right in TRUTH for q in questions)


def test_a_folder_that_is_there_is_never_written_over(linked: Linked, folder: Folder) -> None:
    before = (folder.place / "manifest.json").read_bytes()
    with pytest.raises(UnusableLinks, match="is there already"):
        write_folder(folder.place, linked, None, {}, b"")
    assert (folder.place / "manifest.json").read_bytes() == before


def test_a_run_that_fails_halfway_leaves_nothing(linked: Linked, tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        write_folder(tmp_path / "linked", linked, None, {"seed": object()}, b"")
    assert list(tmp_path.iterdir()) == []


def damage(name: str, how: Callable[[Path], object]) -> Callable[[Path], object]:
    """Change one file of a folder."""
    return lambda place: how(place / name)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (damage("persons.csv", lambda path: path.write_text("x")), "not as it was written"),
        (damage("draws.parquet", Path.unlink), "not as it was written"),
        (damage("manifest.json", Path.unlink), "no folder of a linkage"),
        (damage("manifest.json", lambda path: path.write_text("{")), "no folder of a linkage"),
    ],
)
def test_a_folder_that_was_changed_is_not_opened(
    folder: Folder, change: Callable[[Path], object], why: str
) -> None:
    change(folder.place)
    with pytest.raises(UnusableLinks, match=why):
        read_folder(folder.place)


def test_decisions_may_be_added_to_a_folder(folder: Folder) -> None:
    with (folder.place / "decisions.csv").open("a") as file:
        file.write("a:1,b:1,same,Zoya,seen\n")
    assert read_folder(folder.place).manifest == folder.manifest


def test_draws_that_were_not_made_are_missed(linked: Linked, tmp_path: Path) -> None:
    write_folder(tmp_path / "bare", linked, None, {}, b"")
    with pytest.raises(UnusableLinks, match="has no draws; link again with --draws"):
        read_folder(tmp_path / "bare").draws()


def test_columns_that_hold_one_value_are_no_field() -> None:
    fields = {field.column for field in fields_of(table_of(RECORDS, frozenset()))}
    assert fields == {"name", "born", "place"}


def test_the_manifest_says_what_made_the_folder(folder: Folder) -> None:
    held = folder.manifest
    assert held["engine"] == "plain"
    assert held["single"] == ["a"]
    assert {"splink", "duckdb", "numpy", "python", "standwith"} <= set(held["versions"])
    assert all(len(digest) == 64 for digest in held["files"].values())
    assert json.loads((folder.place / "manifest.json").read_text()) == held


def test_the_counts_of_the_capture_table_are_those_of_the_persons(
    linked: Linked, folder: Folder
) -> None:
    rows = folder.rows("captures.csv")
    where = linked.where()
    both = sum({"a", "b"} == {where[r] for r in person} for person in linked.clusters.persons)
    counted = {(row["a"], row["b"]): int(row["count"]) for row in rows}
    assert counted["1", "1"] == both
    assert sum(counted.values()) == len(linked.clusters.persons)
    assert np.isfinite(list(counted.values())).all()


def test_a_name_with_a_separator_of_lines_in_it_is_one_record(tmp_path: Path) -> None:
    odd = [Record("a:1", "a", "Anna\u2028Belova"), Record("b:1", "b", "Anna\u0085Belova")]
    write_folder(tmp_path / "odd", link(odd), None, {}, b"")
    assert [r["name"] for r in read_folder(tmp_path / "odd").records().values()] == [
        record.name for record in odd
    ]
