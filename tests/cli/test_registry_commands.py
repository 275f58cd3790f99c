"""`standwith registry` as a documenter uses it, from dirty lists to a figure."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from standwith.cli.main import standwith

HEAD = "id,name,date of arrest,articles,status,release date\n"


def run(*words: object) -> Result:
    """Run a command; whatever it says, it never fails with a traceback."""
    done = CliRunner().invoke(standwith, ["registry", *map(str, words)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def good(*words: object) -> str:
    done = run(*words)
    assert done.exit_code == 0, done.output
    return done.output


def bad(*words: object) -> str:
    done = run(*words)
    assert done.exit_code == 2, done.output
    return done.output


def written(folder: Path, *rows: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), "utf-8")
    return path


def imported(folder: Path, path: Path, on: str, *more: object, source: str = "list") -> Path:
    place = folder / f"{source}-{on}"
    words = ["import", path, "--source", source, "--country", "BY", "--on", on, *more]
    good(*words, "-o", place)
    return place


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Three made-up lists."""
    good("synthesize", "--persons", 150, "--seed", 4, "-o", tmp_path / "made")
    return tmp_path / "made"


def test_made_up_lists_are_written_with_the_truth(made: Path) -> None:
    assert sorted(path.name for path in made.iterdir()) == [
        "court.csv",
        "families.csv",
        "persons.csv",
        "press.csv",
        "truth.csv",
    ]
    with (made / "truth.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = [(made / f"{name}.csv").read_text("utf-8") for name in ("court", "families", "press")]
    counts = [text.count("\n") - 1 for text in texts]
    assert len(rows) == sum(counts)
    assert "is there already" in bad("synthesize", "-o", made)


def test_a_day_from_three_lists_to_a_figure(made: Path, tmp_path: Path) -> None:
    places = [
        imported(tmp_path, made / f"{name}.csv", "2024-06-01", source=name)
        for name in ("court", "families", "press")
    ]
    year = ["--year", 2023, "--as-of", "2024-06-01"]
    assert "link them" in bad("statistics", *places, *year)
    lists = [place / f"{name}.csv" for place, name in zip(places, ("court", "families", "press"),
                                                          strict=True)]  # fmt: skip
    words = ["linkage", "link", *lists, "-o", tmp_path / "linked", "--draws", "0"]
    done = CliRunner().invoke(standwith, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    linked = json.loads(
        good("statistics", *places, *year, "--persons", tmp_path / "linked", "--format", "json")
    )
    apart = json.loads(good("statistics", *places, *year, "--distinct", "--format", "json"))
    one, other = (found["stock"]["all"][1]["value"] for found in (linked, apart))
    assert one < other, "linked persons count once"
    assert linked["quality"]["two_sources"]["part"] > 0
    assert linked["publishable"]


def test_an_import_says_what_came_in_and_keeps_it(tmp_path: Path) -> None:
    path = written(
        tmp_path, "1,Ana,31.02.2021,130,active,", "2,Bo,2021-05-01,342,released,", "3,Cy,only"
    )
    done = run("import", path, "--source", "list", "--country", "BY", "--on", "2024-06-01",
               "-o", tmp_path / "in")  # fmt: skip
    assert "quarantine: 33.3%" in done.output
    assert done.exit_code == 2
    assert not (tmp_path / "in").exists(), "nothing is half-written"
    place = imported(tmp_path, path, "2024-06-01", "--anyway", "a short test list")
    told = json.loads((place / "receipt.json").read_text("utf-8"))
    assert (told["rows"], told["staged"], told["quarantined"]) == (3, 2, 1)
    assert told["anyway"] == "a short test list"
    assert told["anomalies"] == {"IMPOSSIBLE_DATE": 1}
    assert len(told["sha256"]) == 64
    kept = (place / "observations.jsonl").read_text("utf-8")
    assert "31.02.2021" in kept
    assert "only" in (place / "quarantine.jsonl").read_text("utf-8")


def test_the_list_after_is_compared_and_nobody_is_freed_by_silence(tmp_path: Path) -> None:
    rows = [f"{i},Person {i},2021-05-01,130,active," for i in range(20)]
    first = imported(tmp_path, written(tmp_path, *rows), "2023-01-01")
    later = written(tmp_path, *rows[1:], "99,New,2023-03-01,130,active,")
    second = tmp_path / "second"
    told = good("import", later, "--source", "list", "--country", "BY", "--on", "2024-01-01",
                "--before", first, "-o", second)  # fmt: skip
    assert "1 added, 1 no longer listed, 0 changed, 19 the same" in told
    alone = imported(tmp_path, later, "2024-01-01")
    asked = ["--year", 2023, "--as-of", "2024-01-02", "--format", "json"]
    found, without = (json.loads(good("statistics", first, one, *asked)) for one in (second, alone))
    assert without["stock"] == found["stock"], "whoever forgets --before gets the same figures"
    assert found["stock"]["all"] == [
        {"value": 20, "least": 20, "most": 20},
        {"value": 21, "least": 20, "most": 21},
    ]


def test_an_edition_is_explained_or_shown_as_a_residual(tmp_path: Path) -> None:
    rows = [f"{i},Person {i},2021-05-01,130,active," for i in range(5)]
    place = imported(tmp_path, written(tmp_path, *rows), "2022-01-15")
    edition = tmp_path / "2021.json"
    good("statistics", place, "--year", 2021, "--as-of", "2022-01-15", "--format", "json",
         "-o", edition)  # fmt: skip
    year = ["statistics", place, "--year", 2022, "--as-of", "2023-01-15", "--edition", edition]
    assert "5 = 5 (closes)" in good(*year)
    held = json.loads(edition.read_text("utf-8"))
    held["stock"]["all"][1]["value"] = 4
    edition.write_text(json.dumps(held), "utf-8")
    done = run(*year)
    assert done.exit_code == 1
    assert "4 = 5 (residual +1)" in done.output
    assert "NOT TO BE PUBLISHED" in done.output


def test_a_past_edition_comes_out_again_byte_for_byte(tmp_path: Path) -> None:
    first = imported(tmp_path, written(tmp_path, "1,Ana,2021-05-01,130,active,"), "2022-01-15")
    asked = ["--year", 2021, "--as-of", "2022-02-01", "--format", "json"]
    then = good("statistics", first, *asked)
    second = tmp_path / "second"
    path = written(tmp_path, "1,Ana Petrova,2021-05-01,289; 342,released,2021-11-01")
    good("import", path, "--source", "list", "--country", "BY", "--on", "2023-01-15",
         "-o", second)  # fmt: skip
    assert good("statistics", first, second, *asked) == then
    later = ["--year", 2021, "--as-of", "2023-02-01", "--format", "json"]
    assert json.loads(good("statistics", first, second, *later))["stock"]["all"][1]["value"] == 0
    shutil.rmtree(second)
    assert good("statistics", first, *asked) == then, "an import is taken back by its folder"


def test_a_saved_mapping_is_used_again(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("quem,preso em,lei,status\nAna,1399/05/20,130,active\n", "utf-8")
    asked = ["import", path, "--source", "list", "--country", "IR", "--on", "2024-06-01"]
    assert "columns: 25%" in bad(*asked, "-o", tmp_path / "in")
    mapping = tmp_path / "map.json"
    columns = {"name": "quem", "arrested": "preso em", "charges": "lei", "status": "status"}
    dates = {"arrested": {"calendar": "jalali"}}
    mapping.write_text(json.dumps({"columns": columns, "dates": dates}), "utf-8")
    good(*asked, "--mapping", mapping, "-o", tmp_path / "in")
    episodes = (tmp_path / "in" / "episodes.jsonl").read_text("utf-8")
    assert json.loads(episodes)["events"][0]["when"] == "2020-08-10"
    saved = (tmp_path / "in" / "mapping.json").read_text("utf-8")
    assert json.loads(saved)["columns"] == columns


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("login.csv", b"<!DOCTYPE html><title>Sign in</title>", "web page"),
        ("list.xlsx", b"no workbook", "no workbook"),
        ("list.json", b"{", "no JSON"),
        ("list.odt", b"PK", "no form that is known"),
    ],
)
def test_what_is_no_list_is_refused_in_words(
    tmp_path: Path, name: str, data: bytes, why: str
) -> None:
    (tmp_path / name).write_bytes(data)
    told = bad("import", tmp_path / name, "--source", "x", "--country", "BY", "-o", tmp_path / "in")
    assert why in told
    assert name in told
    assert not (tmp_path / "in").exists()


def test_words_that_cannot_be_meant_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "1,Ana,2021-05-01,130,active,")
    base = ["import", path, "--source", "list", "--country", "BY"]
    out = ["-o", tmp_path / "in"]
    assert "two capitals" in bad("import", path, "--source", "A:b", "--country", "BY", *out)
    assert "two capitals" in bad("import", path, "--source", "a", "--country", "Belarus", *out)
    assert "is no day" in bad(*base, "--on", "31.02.2021", *out)
    assert "claims 7" in bad(*base, "--claimed", 7, *out)
    assert "no folder of an import" in bad(*base, "--before", tmp_path, *out)
    assert "cannot be read" in bad(*base, "--mapping", tmp_path / "none.json", *out)
    assert "No such file" in bad("import", tmp_path / "none.csv", *base[2:], *out)
    place = imported(tmp_path, path, "2024-01-01")
    assert "is there already" in bad(*base, "-o", place)
    assert "another source, or a later one" in bad(
        *base, "--on", "2023-01-01", "--before", place, *out
    )


def test_statistics_of_what_is_none_are_refused(tmp_path: Path) -> None:
    place = imported(tmp_path, written(tmp_path, "1,Ana,2021-05-01,130,active,"), "2024-01-01")
    year = ["statistics", place, "--year", 2023]
    assert "no folder of an import" in bad("statistics", tmp_path, "--year", 2023)
    assert "the first is of 2024-01-01" in bad(*year, "--as-of", "2023-12-31")
    assert "no edition" in bad(*year, "--edition", place / "receipt.json")
    assert "no folder of a linkage" in bad(*year, "--persons", tmp_path)
    edition = tmp_path / "2021.json"
    good("statistics", place, "--year", 2021, "--format", "json", "-o", edition)
    assert "the one before 2023 is of 2022" in bad(*year, "--edition", edition)
    later = ["statistics", place, "--year", 2022, "--as-of", "2024-01-02", "--edition", edition]
    assert "made from what was known on" in bad(*later)
    (place / "episodes.jsonl").write_text("{}\n", "utf-8")
    assert "no folder of an import" in bad(*year)


def test_an_import_of_many_small_files_reconciles(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for i in range(287):
        text = f"id: {i}\nname: Person {i}\narrested: 2021-05-01\narticles: '130'\nstatus: active\n"
        (folder / f"{i}.yaml").write_text("name: [" if i < 13 else text, "utf-8")
    place = imported(tmp_path, folder, "2024-01-01", "--claimed", 287)
    told = json.loads((place / "receipt.json").read_text("utf-8"))
    assert (told["rows"], told["staged"], told["quarantined"]) == (287, 274, 13)


def test_a_list_is_the_same_list_in_any_form(tmp_path: Path) -> None:
    from openpyxl import Workbook

    heads = ["id", "name", "arrested", "articles", "status"]
    people = [[str(i), f"Person {i}", f"2021-05-{i + 10}", "130; 342", "active"] for i in range(9)]
    book = Workbook()
    for row in [heads, *people]:
        book.worksheets[0].append(row)
    book.save(tmp_path / "a.xlsx")
    records = [dict(zip(heads, row, strict=True)) for row in people]
    (tmp_path / "a.json").write_text(json.dumps({"items": records}), "utf-8")
    lines = [";".join(row) for row in [heads, *([*r[:3], f'"{r[3]}"', r[4]] for r in people)]]
    (tmp_path / "a.csv").write_text("\n".join(lines), "utf-8")
    (tmp_path / "files").mkdir()
    for record in records:
        path = tmp_path / "files" / f"{record['id']}.json"
        path.write_text(json.dumps(record), "utf-8")
    texts = set()
    for number, name in enumerate(("a.xlsx", "a.json", "a.csv", "files")):
        place = tmp_path / f"in-{number}"
        good("import", tmp_path / name, "--source", "list", "--country", "BY",
             "--on", "2024-01-01", "-o", place)  # fmt: skip
        episodes = [json.loads(line) for line in
                    (place / "episodes.jsonl").read_text("utf-8").splitlines()]  # fmt: skip
        texts.add(json.dumps(sorted(episodes, key=lambda one: str(one["id"]))))
    assert len(texts) == 1


def test_an_import_tells_where_it_is_beside_what_it_prints(tmp_path: Path) -> None:
    path = written(tmp_path, "1,Ana,2021-05-01,130,active,")
    done = run("import", path, "--source", "list", "--country", "BY", "-o", tmp_path / "in")
    assert done.stderr.splitlines() == ["reading list.csv ...", "staging 1 rows ..."]
    assert done.stdout.startswith("1 rows: 1 imported, 0 quarantined.\n")


def test_the_receipt_names_the_file_by_its_hash(tmp_path: Path) -> None:
    import hashlib

    path = written(tmp_path, "1,Ana,2021-05-01,130,active,")
    told = json.loads((imported(tmp_path, path, "2024-01-01") / "receipt.json").read_text("utf-8"))
    assert told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (told["file"], told["encoding"]) == ("list.csv", "utf-8-sig")
    assert told["gates"][0] == {
        "id": "columns",
        "passed": True,
        "detail": "100% of the essential fields have a column",
    }


def test_unsure_persons_leave_the_headline_when_asked_and_stay_in_the_range(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "1,Ana,2021-05-01,130,former,", "2,Bo,2021-05-01,130,active,")
    place = imported(tmp_path, path, "2022-06-01")
    asked = ["statistics", place, "--year", 2022, "--as-of", "2023-02-01", "--format", "json"]
    with_them, without = (json.loads(good(*asked, *more)) for more in ((), ("--without-unsure",)))
    assert with_them["stock"]["all"][1] == {"value": 2, "least": 1, "most": 2}
    assert without["stock"]["all"][1] == {"value": 1, "least": 1, "most": 2}


def test_figures_are_written_to_a_file_whole(tmp_path: Path) -> None:
    place = imported(tmp_path, written(tmp_path, "1,Ana,2021-05-01,130,active,"), "2024-01-01")
    out = tmp_path / "2023.json"
    good("statistics", place, "--year", 2023, "--format", "json", "-o", out)
    assert json.loads(out.read_text("utf-8"))["stock"]["all"][1]["value"] == 1
    assert "choose another place" in bad(
        "statistics", place, "--year", 2023, "-o", tmp_path / "none" / "x.json"
    )
