"""`standwith registry report` and `render`: one command for the annual report, and any of the past."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from standwith.cli.main import standwith

HEAD = "id,name,birth date,sex,date of arrest,articles,status,release date\n"
FIRST = HEAD + "1,Ana Example,1990-02-03,f,2022-04-05,369,,\n2,Bob Sample,1980,m,2023-02-03,342,,\n"
SECOND = FIRST.replace("2023-02-03,342,,", "2023-02-03,342,released,2023-08-09")


def run(*words: str) -> Result:
    """Run the program."""
    return CliRunner().invoke(standwith, ["registry", *words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two imports of one source."""
    for name, text, day in (("one", FIRST, "2023-03-01"), ("two", SECOND, "2024-01-15")):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
        words = [str(tmp_path / f"{name}.csv"), "--source", "court", "--country", "BY"]
        found = run("import", *words, "--on", day, "-o", str(tmp_path / name), "--anyway", "small")
        assert found.exit_code == 0, found.output
    return tmp_path


def report(folder: Path, *more: str, year: str = "2023") -> Result:
    """Write a report of both imports."""
    lists = [str(folder / "one"), str(folder / "two")]
    return run("report", *lists, "--year", year, "--as-of", "2024-02-01", *more)


def test_one_command_writes_the_report_in_every_form(folder: Path) -> None:
    for form, begin in (("html", b"<!doc"), ("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")):
        place = folder / f"report.{form}"
        found = report(folder, "--format", form, "-o", str(place))
        assert found.exit_code == 0, found.output
        assert place.read_bytes().startswith(begin)


def test_the_json_is_the_whole_edition_and_names_nobody(folder: Path) -> None:
    found = report(folder, "--format", "json")
    made = json.loads(found.stdout)
    assert (made["year"], made["known"], made["publishable"]) == (2023, "2024-02-01", True)
    assert "Ana" not in found.stdout
    world = next(one for one in made["tables"] if one["id"] == "world")
    assert world["rows"][-1] == [{"w": "all"}, 1, 1, 0, 0.0]


def test_a_past_edition_is_rendered_the_same_in_every_form(folder: Path) -> None:
    kept = folder / "2023.json"
    report(folder, "--format", "json", "-o", str(kept))
    for form in ("html", "pdf", "docx", "xlsx"):
        direct, again = folder / f"a.{form}", folder / f"b.{form}"
        report(folder, "--format", form, "-l", "ru", "-o", str(direct))
        found = run("render", str(kept), "--format", form, "-l", "ru", "-o", str(again))
        assert found.exit_code == 0, found.output
        assert direct.read_bytes() == again.read_bytes()


def test_the_report_of_the_next_year_tells_what_was_revised(folder: Path) -> None:
    last = folder / "2022.json"
    report(folder, "--format", "json", "-o", str(last), year="2022")
    found = report(folder, "--edition", str(last), "--format", "json")
    made = json.loads(found.stdout)
    revised = next(one for one in made["tables"] if one["id"] == "revisions")["rows"]
    assert revised[-1] == [{"w": "all"}, 1, 1, 0]


def test_a_residual_ends_with_one_and_is_shown(folder: Path) -> None:
    last = folder / "2022.json"
    report(folder, "--format", "json", "-o", str(last), year="2022")
    held = json.loads(last.read_text("utf-8"))
    held["annual"]["stock"]["all"][1]["value"] = 5
    last.write_text(json.dumps(held), "utf-8")
    found = report(folder, "--edition", str(last), "--format", "html")
    assert found.exit_code == 1
    assert "Not to be published" in found.stdout


def test_rates_are_given_where_inhabitants_are(folder: Path) -> None:
    people = folder / "people.csv"
    people.write_text("country,inhabitants,year,source\nBY,9000000,2023,Belstat\n", "utf-8")
    made = json.loads(report(folder, "--population", str(people), "--format", "json").stdout)
    rates = next(one for one in made["tables"] if one["id"] == "rates")["rows"]
    assert rates[0][3] == {"t": "Belstat (2023)"}
    people.write_text("country,inhabitants\nBY,many\n", "utf-8")
    found = report(folder, "--population", str(people))
    assert found.exit_code == 2
    assert "columns country, inhabitants, year and source" in found.output


def test_small_numbers_are_withheld_from_the_public(folder: Path) -> None:
    made = json.loads(report(folder, "--public", "--format", "json").stdout)
    rows = next(one for one in made["tables"] if one["id"] == "gender_and_age")["rows"]
    assert {"x": 1} in [cell for row in rows for cell in row[1:-1]]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["-l", "xx"], "no language of the report"),
        (["--edition", "nowhere.json"], "no edition that"),
        (["--persons", "nowhere"], "no folder of a linkage"),
        (["--population", "nowhere.csv"], "columns country"),
    ],
)
def test_what_cannot_be_used_is_said(folder: Path, more: list[str], said: str) -> None:
    found = report(folder, *more)
    assert found.exit_code == 2
    assert said in found.output


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1}', '{"version": 2, "year": 1}'])
def test_what_is_no_edition_is_not_rendered(tmp_path: Path, text: str) -> None:
    place = tmp_path / "e.json"
    place.write_text(text, "utf-8")
    found = run("render", str(place))
    assert found.exit_code == 2
    assert "edition" in found.output


def test_lists_of_two_sources_need_to_be_linked(folder: Path) -> None:
    words = [str(folder / "one.csv"), "--source", "press", "--country", "BY", "--on", "2023-03-01"]
    run("import", *words, "-o", str(folder / "other"), "--anyway", "small")
    both = [str(folder / "one"), str(folder / "other")]
    found = run("report", *both, "--year", "2023", "--as-of", "2024-02-01")
    assert found.exit_code == 2
    assert "may hold the same persons" in found.output
    found = run("report", *both, "--year", "2023", "--as-of", "2024-02-01", "--distinct")
    assert found.exit_code == 0
