"""Words of claims and titles: found by their beginning in any script, the same in both ways."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as pace
from hypothesis import strategies as st
from tests.workspace.conftest import World, claim_form

from standwith.kernel.policy import Purpose
from standwith.services import claims, terms
from standwith.services.sight import looking, whole_database
from standwith.services.tallies import Counts
from standwith.store.counts import COUNTED, TABLE, recounts, triggers, untriggers
from standwith.store.models.case import Claim
from standwith.store.models.search import Word

SLOW = pace(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
NOTES = (
    "Guards beat people in Akrestsina",
    "охранники били людей на Окрестина",
    "ضرب الحراس الناس في السجن",
    "အစောင့်များက လူများကို ရိုက်နှက်သည်",
    "Straße und Ärzte: GROSS geschrieben",
)


@pytest.mark.parametrize(
    ("note", "asked"),
    [
        (NOTES[0], "akrest"),
        (NOTES[0], "GUARDS beat"),
        (NOTES[1], "окрестина"),
        (NOTES[1], "Охранники"),
        (NOTES[2], "الحراس"),
        (NOTES[4], "strasse"),
        (NOTES[4], "arzte"),
        (NOTES[4], "gross"),
    ],
)
def test_a_claim_is_found_in_its_own_script_without_case_and_accents(
    world: World, note: str, asked: str
) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    made = claims.record_claim(head, case, claim_form(note=note))
    for found in (
        claims.list_claims(head, {"q": asked}),
        claims.list_claims(head, {"q": asked}, case),
    ):
        assert made in {row["uuid"] for row in found.rows}


@given(text=st.text(alphabet="abt gуж'-%_\\\"ظ", max_size=12))
@SLOW
def test_records_and_conditions_find_the_same(world: World, text: str) -> None:
    with looking(world.reader("head"), Purpose.ASSESS) as sight:
        listed = terms.records(sight, "claim", text, 100_000)
        asked = sight.of(Claim).filter(terms.holding(sight, "claim", text))
        if listed is None:
            assert not terms.fold(text)
            assert asked.count() == sight.of(Claim).count()
        else:
            assert set(listed) == set(asked.values_list("pk", flat=True))


@given(text=st.text(max_size=200))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = terms.fold(text)
    assert terms.fold(" ".join(once)) == once


def test_more_than_so_many_are_not_listed(world: World) -> None:
    with looking(world.reader("head"), Purpose.ASSESS) as sight:
        every = terms.records(sight, "claim", "the", 100_000)
        assert every is not None
        assert len(every) > 3
        assert terms.records(sight, "claim", "the", 3) is None
        assert terms.records(sight, "claim", "tolik the", 3) is not None


def test_a_very_long_note_keeps_its_first_words_only(world: World) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    note = " ".join(f"w{number:04d}" for number in range(300))
    made = claims.record_claim(head, case, claim_form(note=note))
    with whole_database():
        assert Word.unguarded.filter(record=made).count() == 200


def test_a_correction_brings_its_own_words(world: World) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    first = claims.record_claim(head, case, claim_form(note="a zubr"))
    claims.record_claim(head, case, claim_form(note="a wisent"), corrects=first)
    assert claims.list_claims(head, {"q": "zubr"}).total == 1, "nothing is forgotten"
    assert claims.list_claims(head, {"q": "wisent"}).total == 1


cells = st.dictionaries(
    st.tuples(st.sampled_from("ab"), st.sampled_from("xy"), st.sampled_from("12")),
    st.integers(1, 50),
)


@given(held=cells, asked=st.sampled_from([{}, {"fact": "a"}, {"value": "y", "grade": "1"}]))
def test_the_choices_of_a_facet_add_up_to_the_total_without_it(
    held: dict[tuple[str, ...], int], asked: dict[str, str]
) -> None:
    counts = Counts(("fact", "value", "grade"), held)
    for name in counts.names:
        without = {key: value for key, value in asked.items() if key != name}
        assert sum(counts.by(name, asked).values()) == counts.total(without)
    found = counts.found_in(asked)
    for name, value in asked.items():
        assert found[name] <= {value}


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_every_counted_kind_has_three_triggers_and_each_can_go(vendor: str) -> None:
    made, gone = triggers(vendor), untriggers(vendor)
    assert len([line for line in made if "CREATE TRIGGER" in line]) == 3 * len(COUNTED)
    assert len(gone) == 3 * len(COUNTED)
    for kind, names in COUNTED.items():
        mine = [line for line in made if f"store_{kind}_" in line]
        assert mine
        recounted = [line for line in mine if "recounted" in line and "UPDATE OF" in line]
        assert all(name in line for line in recounted for name in ("label_id", *names))
    assert all(TABLE in line for line in recounts())


def test_the_measurement_of_lists_runs(tmp_path: Path) -> None:
    script = Path(__file__).parents[2] / "benchmarks" / "lists.py"
    asked = ["--claims", "12000", "--on", "sqlite", "--no-datasette"]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(script), *asked],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(" 150\n") >= 11
    assert done.stdout.count(" 50\n") == 3
