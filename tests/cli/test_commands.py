"""The commands as a user meets them: outputs, exit codes, one clear sentence for each slip."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.assess.test_case import VALID

from standwith.cli.main import COMMANDS, standwith

FUTURE = "2999-01-01"


def run(*arguments: str, answers: str = "") -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(standwith, list(arguments), input=answers)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A valid case file."""
    path = tmp_path / "case.yaml"
    path.write_text(VALID)
    return path


def test_help_lists_the_commands_in_the_order_of_the_work() -> None:
    text = run("--help").output
    places = [text.index(f"\n  {name} ") for name in COMMANDS]
    assert places == sorted(places)


def test_the_demo_runs_the_main_job() -> None:
    result = run("demo")
    assert result.exit_code == 0
    assert "DO NOW (30)" in result.stdout


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_brief_goes_to_standard_output(form: str) -> None:
    result = run("brief", "belarus-2020", "--format", form)
    assert result.exit_code == 0
    assert "G-39" in result.stdout


@pytest.mark.parametrize(
    ("form", "magic"), [("html", b"<!doctype"), ("pdf", b"%PDF"), ("docx", b"PK")]
)
def test_a_brief_is_written_to_a_file(form: str, magic: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"brief.{form}"
    result = run("brief", "belarus-2020", "--format", form, "-o", str(path))
    assert result.exit_code == 0
    assert path.read_bytes().startswith(magic)
    assert result.stdout == ""
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_as_of_replays_what_was_known_then() -> None:
    early = json.loads(
        run("brief", "belarus-2020", "--format", "json", "--as-of", "2020-08-10").stdout
    )
    assert early["as_of"] == "2020-08-10"
    assert not any(r["verdict"] == "recommend" for r in early["recommendations"])


def test_two_runs_give_identical_bytes() -> None:
    first = run("brief", "myanmar-2023", "--format", "json")
    assert first.stdout_bytes == run("brief", "myanmar-2023", "--format", "json").stdout_bytes


def test_an_assessment_names_its_profile() -> None:
    result = run("assess", "myanmar-2023", "--profile", "crm-atrocity", "--format", "json")
    data = json.loads(result.stdout)
    assert data["profile"] == "crm-atrocity"
    assert data["organisations"]["nug"]["criteria"]["R5"]["verdict"] == "both"
    assert "R5" in run("assess", "myanmar-2023").stdout


def test_a_profile_of_the_ministry_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text('id: own\nextends: icnc\nhold: {G-38: "not our way"}\n')
    data = json.loads(
        run("brief", "belarus-2020", "--profile", str(path), "--format", "json").stdout
    )
    verdicts = {r["action"]: r["verdict"] for r in data["recommendations"]}
    assert verdicts["G-38"] == "hold"
    assert data["profile"] == "own"


def spoilt(text: str, tmp_path: Path) -> str:
    """Write a bad case and return its path."""
    path = tmp_path / "bad.yaml"
    path.write_text(text)
    return str(path)


SLIPS = [
    ("a: [1, 2\n", "this is not YAML"),
    (VALID.replace("G-33", "G-99"), "'G-99' is no action of the catalogue"),
    (VALID.replace("2024-06-01", "2024-02-31"), "names a day that does not exist"),
    (VALID.replace("as_of: 2024-06-01", f"as_of: {FUTURE}"), "which is after today"),
    ("a: &x [1]\nb: *x\n", "anchors and aliases"),
    (
        VALID.replace(
            "kind: allied-with}", "kind: allied-with}\n- {from: union, to: movement, kind: rivals}"
        ),
        "rivals and one side at once",
    ),
    ("", "the file is not object"),
]


@pytest.mark.parametrize(("text", "sentence"), SLIPS)
@pytest.mark.parametrize("command", [("brief",), ("assess",), ("case", "check"), ("case", "show")])
def test_bad_cases_give_one_sentence_and_exit_2(
    text: str, sentence: str, command: tuple[str, ...], tmp_path: Path
) -> None:
    result = run(*command, spoilt(text, tmp_path))
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert "bad.yaml, line " in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_fifty_megabytes_of_yaml_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    result = run("brief", str(path))
    assert result.exit_code == 2
    assert "50.0 MB" in result.stderr


def test_a_bad_case_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "brief.html"
    result = run("brief", spoilt("a: [", tmp_path), "--format", "html", "-o", str(out))
    assert result.exit_code == 2
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("brief", "atlantis"), "shipped are belarus-2020, myanmar-2023"),
        (("brief", "missing.yaml"), "No such file"),
        (("brief", "belarus-2020", "--profile", "realist"), "'realist' is no profile"),
        (("brief", "belarus-2020", "--profile", "none.yaml"), "No such file"),
        (("brief", "belarus-2020", "--as-of", "18.8.2020"), "write it as 2020-08-18"),
        (("brief", "belarus-2020", "--as-of", FUTURE), "lies in the future"),
        (("brief", "belarus-2020", "-o", "/nowhere/x.txt"), "choose another place"),
        (("catalogue", "show", "G-99"), "'G-99' is no record"),
        (("catalogue", "list", "--tier", "T9"), "is no tier"),
        (("catalogue", "matrix", "--rows", "colour"), "is no dimension"),
        (("catalogue", "matrix", "--rows", "tier", "--columns", "tier"), "choose two"),
        (("catalogue", "diff", "none.json"), "check the path"),
        (("brief", "belarus-2020", "--format", "odt"), "is not one of"),
        (("nonsense",), "No such command"),
    ],
)
def test_each_slip_on_the_command_line_has_its_sentence(
    arguments: tuple[str, ...], sentence: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_a_folder_is_no_case(tmp_path: Path) -> None:
    result = run("brief", str(tmp_path))
    assert result.exit_code == 2
    assert "check the path" in result.stderr


def test_all_errors_of_a_case_are_reported_with_line_column_and_mend(tmp_path: Path) -> None:
    text = VALID.replace("repression", "x1").replace("nonviolent", "x2")
    lines = run("case", "check", spoilt(text, tmp_path)).stderr.strip().splitlines()
    assert len(lines) == 2
    assert all("; see docs/reference/facts" in line for line in lines)


def test_a_valid_case_is_told_so(case: Path) -> None:
    result = run("case", "check", str(case))
    assert result.exit_code == 0
    assert "valid; 2 claims" in result.stderr
    assert run("case", "check", "belarus-2020").exit_code == 0


def test_cases_are_listed_and_shown(case: Path) -> None:
    assert "myanmar-2023" in run("case", "list").stdout
    assert [c["case"] for c in json.loads(run("case", "list", "--format", "json").stdout)] == [
        "belarus-2020",
        "myanmar-2023",
    ]
    assert "r1 movement asks G-33: in force" in run("case", "show", str(case)).stdout
    data = json.loads(run("case", "show", str(case), "--format", "json").stdout)
    assert [c["id"] for c in data["claims"]] == ["c1", "c2"]
    assert "NOT COUNTED" in run("case", "show", "belarus-2020", "--as-of", "2020-12-31").stdout


ANSWERS = [
    "Bad Id",
    "new-2024",
    "A new case",
    "Nowhere",
    "BY",
    "2024-06-01",
    "a vote",
    "tomorrow",
    "2024-05-01",
    "report",
    "Report",
    "Somebody",
    "2024-05-02",
    "movement",
    "The movement",
    "civic",
    *["yes"] * 2,
    *["no"] * 2,
    *["unknown"] * 9,
    "yes",
    "eye witness",
    "stars",
    "strikes mass-march",
]


def test_case_new_asks_its_way_to_a_valid_file(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    result = run("case", "new", "-o", str(path), answers="\n".join(ANSWERS) + "\n")
    assert result.exit_code == 0, result.stderr
    assert "use small letters" in result.stderr
    assert "is no place" in result.stderr
    assert "stars: no such sign" in result.stderr
    assert run("case", "check", str(path)).exit_code == 0
    assert "DO NOW" in run("brief", str(path)).stdout


def test_case_new_that_is_broken_off_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    result = run("case", "new", "-o", str(path), answers="new-2024\nTitle\n")
    assert result.exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_the_catalogue_is_listed_shown_and_crossed() -> None:
    rows = json.loads(run("catalogue", "list", "--format", "json").stdout)
    assert len(rows) == 207
    assert rows[0]["sources"] == [{"source": "icnc-guide", "lines": "83"}]
    assert run("catalogue", "list", "--tier", "T3").stdout.count("\n") == 11
    assert "evidence against" in run("catalogue", "show", "G-37").stdout
    assert json.loads(run("catalogue", "show", "ST-03", "--format", "json").stdout)["value"] == 52
    assert "G4" in run("catalogue", "matrix").stdout
    cells = json.loads(run("catalogue", "matrix", "--format", "json").stdout)["cells"]
    assert "G-39" in cells["2"]["G4"]


def test_lint_says_what_it_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STANDWITH_SOURCES", raising=False)
    result = run("catalogue", "lint")
    assert result.exit_code == 0
    assert "0 findings in 207 actions; no source texts given" in result.stderr
    (tmp_path / "icnc-guide.txt").write_text("changed\n" * 400)
    changed = run("catalogue", "lint", "--sources", str(tmp_path), "--format", "json")
    assert changed.exit_code == 1
    assert {row["check"] for row in json.loads(changed.stdout)} == {11}


def test_diff_compares_two_releases(tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    assert run("catalogue", "export", "-o", str(old)).exit_code == 0
    assert run("catalogue", "diff", str(old)).stdout == "no difference\n"
    release = json.loads(old.read_text())
    release["actions"][0]["tier"] = "T2"
    old.write_text(json.dumps(release))
    assert "G-01 tier: T2 -> T1 (no reason given)" in run("catalogue", "diff", str(old)).stdout
    rows = json.loads(run("catalogue", "diff", str(old), "--format", "json").stdout)
    assert rows[0]["field"] == "tier"


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}'])
def test_diff_refuses_what_is_no_release(text: str, tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text(text)
    result = run("catalogue", "diff", str(path))
    assert result.exit_code == 2
    assert "release" in result.stderr


@pytest.mark.parametrize("form", ["json", "csv", "xlsx", "stix", "html"])
def test_the_catalogue_is_exported_in_every_form(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"catalogue.{form}"
    assert run("catalogue", "export", "--format", form, "-o", str(path)).exit_code == 0
    assert path.stat().st_size > 50_000


def test_build_compiles_the_shipped_release(tmp_path: Path) -> None:
    path = tmp_path / "release.json"
    assert run("catalogue", "build", "-o", str(path)).exit_code == 0
    assert path.read_text() == run("catalogue", "export").stdout


def test_the_doctor_finds_nothing_wrong(tmp_path: Path) -> None:
    result = run("doctor", "--home", str(tmp_path / "none"))
    assert result.exit_code == 0
    assert result.stdout.count("ok ") == 6
    assert "workspace: none" in result.stdout


def test_the_doctor_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str:
        raise OSError("no catalogue")

    monkeypatch.setattr("standwith.cli.doctor._catalogue", broken)
    result = run("doctor")
    assert result.exit_code == 1
    assert "fault catalogue: no catalogue; install the package again" in result.stdout


def test_build_refuses_records_that_require_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from standwith.choose.release import compile_release

    release = compile_release()
    release["actions"][0]["relations"]["requires"].append("G-14")
    monkeypatch.setattr("standwith.cli.catalogue.compile_release", lambda: release)
    result = run("catalogue", "build", "-o", str(tmp_path / "release.json"))
    assert result.exit_code == 2
    assert "G-01 requires itself" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_pdf_that_cannot_be_set_is_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    import typst

    def refuse(*_: object, **__: object) -> bytes:
        raise typst.TypstError("heading title is empty", "")

    monkeypatch.setattr("typst.compile", refuse)
    result = run("brief", "belarus-2020", "--format", "pdf")
    assert result.exit_code == 2
    assert "check the texts in it" in result.stderr
