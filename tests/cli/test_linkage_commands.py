"""`standwith linkage` from lists to persons, review, decisions and measures, as one would use it."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.account.made_lists import LISTS
from tests.account.made_lists import lists as made_lists
from tests.engine.invented import people

from standwith.cli.main import standwith

RECORDS, TRUTH = people(60, seed=3)


def run(*words: str | Path | int) -> Result:
    """Run a command."""
    return CliRunner().invoke(standwith, [str(word) for word in words])


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a table."""
    return list(csv.DictReader(StringIO(path.read_text(encoding="utf-8"))))


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write two lists, and the truth, to a folder."""
    folder = tmp_path_factory.mktemp("lists")
    for name in "ab":
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(["id", "name", "born", "place"])
            rows.writerows(
                [r.id.split(":")[1], r.name, r.born, r.place] for r in RECORDS if r.list == name
            )
    with (folder / "truth.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["unique_id", "person"])
        rows.writerows(TRUTH.items())
    return folder


@pytest.fixture(scope="module")
def linked(lists: Path) -> Path:
    """Link the lists by fixed weights."""
    done = run("linkage", "link", lists / "a.csv", lists / "b.csv", "--single", "a", "--draws", 40,
               "-o", lists / "linked")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert f"{len(RECORDS)} records of 2 lists are" in done.output
    return lists / "linked"


def test_a_linkage_is_a_folder_of_files_that_others_read(linked: Path) -> None:
    names = {path.name for path in linked.iterdir()}
    assert names == {"records.jsonl", "pairs.csv", "persons.csv", "captures.csv", "draws.parquet",
                     "decisions.csv", "manifest.json"}  # fmt: skip
    rows = rows_of(linked / "captures.csv")
    assert list(rows[0]) == ["a", "b", "count"]
    persons = rows_of(linked / "persons.csv")
    assert sum(int(row["count"]) for row in rows) == len({row["cluster_id"] for row in persons})
    assert {row["unique_id"] for row in persons} == {record.id for record in RECORDS}
    manifest = json.loads((linked / "manifest.json").read_text())
    assert manifest["single"] == ["a"]
    assert set(manifest["inputs_sha256"]) == {"a.csv", "b.csv"}


def test_the_contributions_of_a_pair_sum_to_its_weight(linked: Path) -> None:
    for row in rows_of(linked / "pairs.csv"):
        parts = [float(value) for value in list(row.values())[5:] if value]
        assert sum(parts) / 0.6931471805599453 == pytest.approx(
            float(row["match_weight"]), abs=1e-5
        )


def test_two_runs_write_the_same_bytes(lists: Path, linked: Path) -> None:
    run("linkage", "link", lists / "a.csv", lists / "b.csv", "--single", "a", "--draws", 40,
        "-o", lists / "again")  # fmt: skip
    for path in {*linked.iterdir()} - {linked / "decisions.csv"}:
        assert path.read_bytes() == (lists / "again" / path.name).read_bytes(), path.name


def test_learned_weights_are_kept_as_a_settings_file_that_links_again(lists: Path) -> None:
    done = run("linkage", "link", lists / "a.csv", lists / "b.csv", "--engine", "duckdb",
               "--draws", 0, "-o", lists / "learned")  # fmt: skip
    assert done.exit_code == 0, done.output
    again = run("linkage", "link", lists / "a.csv", lists / "b.csv", "--model",
                lists / "learned" / "model.json", "--draws", 0, "-o", lists / "kept")  # fmt: skip
    assert again.exit_code == 0, again.output
    for name in ("persons.csv", "pairs.csv", "model.json"):
        assert (lists / "learned" / name).read_bytes() == (lists / "kept" / name).read_bytes()


def test_the_review_shows_both_records_and_a_decision_counts_in_the_next_run(
    lists: Path, linked: Path
) -> None:
    told = run("linkage", "review", linked, "--format", "json", "--count", 5)
    first = json.loads(told.output)[0]
    left, right = first["left"]["id"], first["right"]["id"]
    assert 0 < first["together"] < 1
    text = run("linkage", "review", linked, "--count", 1).output
    assert left in text
    assert first["right"]["name"] in text
    for word in ("--same", "--different"):
        done = run(
            "linkage", "review", linked, word, left, right, "--by", "Zoya", "--reason", "seen"
        )
        assert done.exit_code == 0, done.output
    decided = lists / f"decided-{word.strip('-')}"
    again = run("linkage", "link", lists / "a.csv", lists / "b.csv", "--single", "a", "--draws", 20,
                "--decisions", linked / "decisions.csv", "-o", decided)  # fmt: skip
    assert again.exit_code == 0, again.output
    persons = {r["unique_id"]: r["cluster_id"] for r in rows_of(decided / "persons.csv")}
    assert persons[left] != persons[right]
    rest = json.loads(run("linkage", "review", decided, "--format", "json").output)
    assert {left, right} not in [{q["left"]["id"], q["right"]["id"]} for q in rest]


def test_a_linkage_is_measured_against_the_truth_and_against_a_sample(
    lists: Path, linked: Path
) -> None:
    whole = run("linkage", "evaluate", linked, "--truth", lists / "truth.csv", "--format", "json")
    found = json.loads(whole.output)
    assert found["pairs_f1"] > 0.85
    assert found["persons_true"] == 60
    sample = lists / "sample.csv"
    kept = [row for row in rows_of(lists / "truth.csv") if int(row["person"]) < 30]
    lines = (f"{row['unique_id']},{row['person']}\n" for row in kept)
    sample.write_text("unique_id,person\n" + "".join(lines))
    part = run("linkage", "evaluate", linked, "--sample", sample)
    assert "persons sampled" in part.output
    assert "pairs recall error" in part.output


def test_a_folder_that_was_changed_is_not_trusted(lists: Path, linked: Path) -> None:
    copy = lists / "changed"
    copy.mkdir()
    for path in linked.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    with (copy / "persons.csv").open("a") as file:
        file.write("x,a,x\n")
    done = run("linkage", "review", copy)
    assert done.exit_code == 2
    assert "persons.csv is not as it was written" in done.output


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["link", "a.csv", "-o", "linked"], "is there already; name a new folder"),
        (["link", "none.csv", "-o", "new"], "No such file"),
        (["link", "a.csv", "--single", "q", "-o", "new"], "no list is called q"),
        (["link", "a.csv", "--column", "nomen=x", "-o", "new"], "write FIELD=HEAD"),
        (["link", "a.csv", "--column", "name=x", "-o", "new"], "no column 'x'"),
        (["link", "a.csv", "--model", "truth.csv", "-o", "new"], "no settings file"),
        (["link", "a.csv", "--engine", "plain", "--model", "a.csv", "-o", "new"], "not with plain"),
        (["link", "a.csv", "--decisions", "truth.csv", "-o", "new"], "decisions, line 1"),
        (["link", "a.csv", "a.csv", "-o", "new"], "the name is the list's"),
        (["review", "nowhere"], "is no folder of a linkage"),
        (
            ["review", "linked", "--same", "a:1", "q:1", "--by", "Z", "--reason", "x"],
            "two different",
        ),
        (["review", "linked", "--same", "a:1", "b:1"], "say --by and --reason"),
        (["evaluate", "linked"], "give --truth or --sample"),
        (["evaluate", "linked", "--truth", "a.csv"], "the columns are unique_id and person"),
        (["evaluate", "linked", "--sample", "one.csv"], "line 2: write a record and its person"),
    ],
)
def test_what_cannot_be_used_is_refused_and_leaves_nothing_behind(
    lists: Path, linked: Path, words: list[str], why: str
) -> None:
    (lists / "one.csv").write_text("unique_id,person\na:1\n")
    known = {path.name for path in lists.iterdir()} | {"nowhere", "none.csv", "new"}
    done = run("linkage", *(lists / word if word in known else word for word in words))
    assert done.exit_code == 2
    assert why in done.output.replace("\n", " ")
    assert linked.is_dir()
    assert not (lists / "new").exists()
    assert not list(lists.glob(".new*"))


def test_the_estimate_over_draws_says_how_much_of_the_variance_is_the_linkage(
    tmp_path: Path,
) -> None:
    records, _ = made_lists(150, 5)
    for name in LISTS:
        lines = (
            f'"{r.name}",{r.born or ""},{r.happened or ""}\n' for r in records if r.list == name
        )
        (tmp_path / f"{name}.csv").write_text("name,born,arrested\n" + "".join(lines))
    single = [word for name in LISTS for word in ("--single", name)]
    files = [tmp_path / f"{name}.csv" for name in LISTS]
    done = run("linkage", "link", *files, *single, "--draws", 60, "-o", tmp_path / "linked")
    assert done.exit_code == 0, done.output
    found = json.loads(run("undercount", "average", tmp_path / "linked", "--format", "json").output)
    assert sum(found["linkage"]["shares"].values()) == pytest.approx(1, abs=1e-3)
    assert found["linkage"]["draws"] == 60
    assert found["estimate"]["q025"] < 150 < found["estimate"]["q975"]
    text = run("undercount", "average", tmp_path / "linked").output
    assert "over 60 draws of the linkage" in text
    page = run("undercount", "average", tmp_path / "linked", "--format", "html").output
    assert "How unsure the linkage is" in page


def test_an_estimate_over_draws_needs_draws(lists: Path, linked: Path) -> None:
    done = run(
        "linkage", "link", lists / "a.csv", lists / "b.csv", "--draws", 0, "-o", lists / "none"
    )
    assert done.exit_code == 0
    for folder, why in ((lists / "none", "has no draws"), (lists / "nowhere", "no folder of a")):
        failed = run("undercount", "average", folder)
        assert failed.exit_code == 2
        assert why in failed.output
    two = json.loads(run("undercount", "average", linked, "--format", "json").output)
    assert two["refused"]
    assert two["estimate"] is None
