"""Splink learns and weighs: good persons, the same each time, on DuckDB and on Spark."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from tests.engine.invented import people

from standwith.account.linkage.cluster import UnusableLinks
from standwith.account.linkage.evaluate import evaluate
from standwith.account.linkage.weigh import Record
from standwith.engine.linkage.fields import Field, Kind, comparison, rules
from standwith.engine.linkage.link import Linked, Manner, link
from standwith.engine.linkage.model import read, written
from standwith.engine.linkage.prepare import fields_of, prepared, table_of
from standwith.engine.linkage.run import learn, weigh

RECORDS, TRUTH = people(700)
SINGLE = frozenset("a")
TABLE = prepared(table_of(RECORDS, SINGLE), fields_of(table_of(RECORDS, SINGLE)))


@pytest.fixture(scope="module")
def learned() -> Linked:
    """Link the invented people by learned weights."""
    return link(RECORDS, single=SINGLE, manner=Manner("duckdb"))


def test_learned_weights_find_who_is_who_without_being_told(learned: Linked) -> None:
    score = evaluate(learned.clusters.labels(), TRUTH)
    assert score.pairs.precision > 0.97
    assert score.pairs.recall > 0.75  # some have no date and a name that others have too
    assert abs(score.error) < 0.2


def test_a_list_without_duplicates_holds_each_person_once(learned: Linked) -> None:
    where = learned.where()
    for person in learned.clusters.persons:
        assert sum(where[record] == "a" for record in person) <= 1


def test_the_same_records_in_any_order_give_the_same_model_and_persons(learned: Linked) -> None:
    again = link(RECORDS[::-1], single=SINGLE, manner=Manner("duckdb"))
    assert learned.model is not None
    assert again.model is not None
    assert written(again.model) == written(learned.model)
    assert again.links == learned.links
    assert again.clusters == learned.clusters


def test_a_model_that_was_kept_weighs_as_it_did(learned: Linked) -> None:
    assert learned.model is not None
    kept = read(written(learned.model))
    found = weigh(TABLE, kept)
    assert tuple(found.links()) == learned.links


def test_a_settings_file_reaches_no_file_of_the_machine(learned: Linked, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    assert learned.model is not None
    bent = json.loads(written(learned.model))
    rule = f"l.name = r.name and (select count(*) from '{secret}') > 0"
    bent["blocking_rules_to_generate_predictions"] = [{"blocking_rule": rule}]
    with pytest.raises(Exception, match=r"(?i)disabled|permission|access"):
        weigh(TABLE, bent)


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")
def test_the_same_settings_give_the_same_persons_on_spark(learned: Linked, tmp_path: Path) -> None:
    assert learned.model is not None
    key = "blocking_rules_to_generate_predictions"
    model = learned.model | {key: learned.model[key][:3]}  # each costs Spark seconds
    (tmp_path / "model.json").write_text(written(model))
    here = link(RECORDS, single=SINGLE, manner=Manner("duckdb", model))
    script = Path(__file__).with_name("on_spark.py")
    done = subprocess.run(
        [sys.executable, script, tmp_path / "model.json"],
        capture_output=True,
        text=True,
        timeout=600,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert [tuple(row) for row in found["links"]] == [
        (x.left, x.right, x.weight) for x in here.links
    ]
    assert [tuple(row) for row in found["persons"]] == list(here.clusters.persons)
    assert len(here.links) > 400


def test_small_lists_are_weighed_by_fixed_weights_with_reasons() -> None:
    few, truth = people(60, seed=3)
    found = link(few, single=SINGLE)
    assert found.engine == "plain"
    assert found.model is None
    assert {pair.left for pair in found.weighed} <= set(truth)
    assert evaluate(found.clusters.labels(), truth).pairs.f1 > 0.9


def test_what_somebody_decided_outweighs_what_was_learned(learned: Linked) -> None:
    together = next(person for person in learned.clusters.persons if len(person) == 2)
    alone = [person[0] for person in learned.clusters.persons if len(person) == 1]
    free = [record for record in alone if not record.startswith("a")]
    stands = {together: False, (free[0], free[1]): True}
    found = link(RECORDS, single=SINGLE, manner=Manner("duckdb", learned.model), stands=stands)
    labels = found.clusters.labels()
    assert labels[together[0]] != labels[together[1]]
    assert labels[free[0]] == labels[free[1]]


@pytest.mark.parametrize(
    ("records", "single", "stands", "why"),
    [
        ([], "", {}, "no record"),
        ([Record("a:1", "a", "Anna"), Record("a:1", "a", "Olga")], "", {}, "same id"),
        ([Record("a:1", "a", "Anna")], "q", {}, "no list is called q"),
        ([Record("a:1", "a", "Anna")], "a", {("a:1", "a:2"): True}, "'a:2', and there is no such"),
    ],
)
def test_records_that_cannot_be_linked_are_refused(
    records: list[Record], single: str, stands: dict[tuple[str, str], bool], why: str
) -> None:
    with pytest.raises(UnusableLinks, match=why):
        link(records, single=frozenset(single), stands=stands)


def test_too_little_to_learn_from_is_refused() -> None:
    with pytest.raises(UnusableLinks, match="50 records at least"):
        link(RECORDS[:40], manner=Manner("duckdb"))
    names = [Record(r.id, r.list, r.name) for r in RECORDS]
    with pytest.raises(UnusableLinks, match="a name and a date or a code"):
        link(names, manner=Manner("duckdb"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "no settings file"),
        ("[]", "no settings file"),
        ('{"comparisons": []}', "no settings file"),
        (
            json.dumps(
                {
                    "comparisons": [{"comparison_levels": [{"sql_condition": "ELSE"}]}],
                    "blocking_rules_to_generate_predictions": [{}],
                }
            ),
            "nothing was learned",
        ),
    ],
)
def test_a_settings_file_that_holds_nothing_is_refused(text: str, why: str) -> None:
    with pytest.raises(UnusableLinks, match=why):
        read(text)


def columns(**held: list[str | None]) -> pa.Table:
    """Make a table of records with ids."""
    size = len(next(iter(held.values())))
    ids = [f"r{i}" for i in range(size)]
    return pa.table({"unique_id": ids, "alone": [None] * size, **held})


def test_names_are_made_words_sounds_and_consonants_in_every_script() -> None:
    names = ["Dr. Anna Maria BELOVA", "Анна Белова", "محمد كريمي", "박정호", "--", None]
    made = prepared(columns(name=names), [Field("name", Kind.NAME)])
    rows = made.to_pylist()
    assert rows[0]["name"] == "anna maria belova"
    assert (rows[0]["name_a"], rows[0]["name_m"], rows[0]["name_z"]) == ("anna", "maria", "belova")
    assert rows[0]["name_zb"] == rows[1]["name_zb"]
    assert rows[0]["name_zs"] == rows[1]["name_zs"]
    assert rows[2]["name_ab"] == "MMD"
    assert rows[3]["name_a"].isascii()
    for empty in rows[4:]:
        assert all(empty[column] is None for column in Field("name", Kind.NAME).columns)


def test_places_meet_across_scripts_and_codes_have_their_parts() -> None:
    fields = [Field("place", Kind.PLACE), Field("code", Kind.CODE), Field("born", Kind.DATE)]
    made = prepared(
        columns(place=["Минск", " MINSK "], code=["TS19 0SH", "x"], born=["1990-02-30", "1990"]),
        fields,
    ).to_pylist()
    assert made[0]["place"] == made[1]["place"] == "minsk"
    assert (made[0]["code_w"], made[0]["code_p"]) == ("ts19", "ts19 0")
    assert (made[1]["code_w"], made[1]["code_p"]) == ("x", None)
    assert [row["born_y"] for row in made] == ["1990", "1990"]


@pytest.mark.parametrize(
    ("table", "field", "why"),
    [
        (columns(name=["Anna"]), Field("born", Kind.DATE), "no column born"),
        (columns(born=["11/8/2020"]), Field("born", Kind.DATE), "'11/8/2020' is no date"),
        (
            pa.table({"unique_id": ["x", "x"], "alone": ["", ""], "name": ["A", "B"]}),
            Field("name", Kind.NAME),
            "an id of its own",
        ),
    ],
)
def test_tables_that_cannot_be_prepared_are_refused(
    table: pa.Table, field: Field, why: str
) -> None:
    with pytest.raises(UnusableLinks, match=why):
        prepared(table, [field])


@pytest.mark.parametrize("column", ["", "Name", "a b", "a; drop table records", "1st", 'a"'])
def test_a_column_is_a_plain_name_and_nothing_else(column: str) -> None:
    with pytest.raises(UnusableLinks, match="no name for a column"):
        Field(column, Kind.NAME)


def test_every_kind_of_field_has_levels_from_missing_to_unlike() -> None:
    for kind in Kind:
        levels = comparison(Field("held", kind))["comparison_levels"]
        assert levels[0]["is_null_level"]
        assert levels[-1]["sql_condition"] == "ELSE"
        assert len(levels) > 3


def test_records_are_brought_together_by_sounds_and_dates() -> None:
    found = rules([Field("name", Kind.NAME), Field("born", Kind.DATE)])
    assert (("name_ab", "name_ab"), ("name_zb", "name_zb")) in found
    assert (("name_zb", "name_ab"), ("born_y", "born_y")) in found
    assert len(found) == len(set(found))


def test_weights_are_the_same_whatever_the_number_of_the_rows(learned: Linked) -> None:
    assert learned.model is not None
    turned = TABLE.take(pa.array(np.arange(TABLE.num_rows)[::-1].copy()))
    again = weigh(prepared_like(turned), learned.model)
    assert tuple(again.links()) == learned.links


def prepared_like(table: pa.Table) -> pa.Table:
    """Put a prepared table back into the order of its ids."""
    ids = table["unique_id"].to_pylist()
    return table.take(pa.array(sorted(range(len(ids)), key=ids.__getitem__)))


def test_learning_tells_how_far_it_is() -> None:
    told = list[str]()
    learn(TABLE, fields_of(table_of(RECORDS, SINGLE)), tell=told.append)
    assert "learning from" in told[0]
    assert told[-1] == "learning, pass 2"


def test_a_settings_file_serves_lists_that_lack_one_of_its_fields(learned: Linked) -> None:
    bare = [Record(r.id, r.list, r.name, r.born) for r in RECORDS]
    found = link(bare, single=SINGLE, manner=Manner("duckdb", learned.model))
    assert found.links
    assert found.links != learned.links


def test_a_settings_file_that_compares_what_no_list_has_is_refused(learned: Linked) -> None:
    assert learned.model is not None
    odd = json.loads(written(learned.model).replace("place", "village"))
    with pytest.raises(UnusableLinks, match="compares village, and no list has it"):
        weigh(TABLE, odd)
