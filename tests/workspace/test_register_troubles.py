"""The troubles of real lists, one by one: days, names, files, exports; nothing breaks, nothing is lost."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from tests.workspace.conftest import World
from tests.workspace.register_lists import bring, register
from tests.workspace.register_texts import COURT, HEAD

from standwith.services import intakes, promotions, registered, terms, verification
from standwith.services.invalid import Invalid
from standwith.services.sight import whole_database
from standwith.store.models.register import Intake

NEW = "troubles"


def one(world: World, **cells: str) -> dict[str, Any]:
    """Promote a list of one row; return the person."""
    heads = (
        "id",
        "name",
        "birth date",
        "date of arrest",
        "articles",
        "sentence",
        "status",
        "prison",
    )
    held = {"id": "1", "name": "Ana Example"} | {
        key.replace("_", " "): v for key, v in cells.items()
    }
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerow([held.get(head, "") for head in heads])
    register(world, out.getvalue(), source=NEW)
    (row,) = registered.export_persons(world.reader("desk"), {"source": NEW})
    return row


def told(world: World, row: dict[str, Any], field: str) -> list[str]:
    """What sources say of a field."""
    dossier = registered.read_person(world.reader("desk"), row["id"])
    fields = {one_["field"]: one_["values"] for one_ in dossier.fields}
    return [value["value"] for value in fields.get(field, [])]


@pytest.mark.parametrize(
    ("said", "since"),
    [
        ("2023-04-05", "2023-04-05"),
        ("05.04.2023", "2023-04-05"),
        ("1402/01/16 ش", "2023-04-05"),
        ("۱۴۰۲/۰۱/۱۶ ش", "2023-04-05"),
        ("14 رمضان 1444 هـ", "2023-04-05"),
        ("5 апреля 2023", "2023-04-05"),
        ("2023年4月5日", "2023-04-05"),
        ("2023-04", "2023-04-01"),
        ("2023", "2023-01-01"),
    ],
)
def test_an_arrest_is_read_in_four_calendars_and_many_languages(
    world: World, said: str, since: str
) -> None:
    assert one(world, date_of_arrest=said)["since"] == since


@pytest.mark.parametrize(
    "said", ["31.02.2023", "2023-02-29", "2023-13-01", "some day", "32/13/2023"]
)
def test_a_day_that_there_is_not_withholds_the_day_and_keeps_the_person(
    world: World, said: str
) -> None:
    row = one(world, date_of_arrest=said)
    assert (row["name"], row["since"]) == ("Ana Example", "")
    assert told(world, row, "arrested") == [said], "the cell is kept as it came"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ana\u200fExample", "AnaExample"),
        ("\u202eelpmaxE anA\u202c", "elpmaxE anA"),
        ("  Ana   Example ", "Ana Example"),
        ("Ana Example (Anya)", "Ana Example"),
        ("李敏 (Li Min)", "李敏"),
        ("مریم احمدی", "مریم احمدی"),
    ],
)
def test_a_name_is_shown_clean_and_its_cell_is_kept(world: World, name: str, shown: str) -> None:
    row = one(world, name=name)
    assert row["name"] == shown
    dossier = registered.read_person(world.reader("desk"), row["id"])
    assert dossier.rows[0]["raw"]["name"] == name


@pytest.mark.parametrize(
    ("status", "stands"),
    [
        ("", "held"),
        ("detained", "held"),
        ("released", "ended"),
        ("released?", "unsure"),
        ("former", "unsure"),
        ("died in prison", "unsure"),
        ("pardoned", "ended"),
        ("освобожден", "ended"),
        ("آزاد شد", "ended"),
        ("获释", "ended"),
        ("exploded", "held"),
    ],
)
def test_words_of_status_are_read_and_none_is_overread(
    world: World, status: str, stands: str
) -> None:
    assert one(world, date_of_arrest="2023-01-02", status=status)["status"] == stands


def test_a_term_that_is_over_frees_nobody(world: World) -> None:
    text = "id,name,date of arrest,sentence ends\n1,Ana Example,2019-01-02,2021-01-02\n"
    register(world, text, source=NEW)
    (row,) = registered.export_persons(world.reader("desk"), {"source": NEW})
    assert row["status"] == "unsure"


def test_a_prison_cell_that_holds_a_status_is_no_place(world: World) -> None:
    row = one(world, date_of_arrest="2023-01-02", prison="released 2023-05-01")
    dossier = registered.read_person(world.reader("desk"), row["id"])
    assert dossier.episodes[0]["facility"] == ""


DANGEROUS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1")


@pytest.mark.parametrize("name", DANGEROUS)
def test_a_cell_that_a_spreadsheet_would_run_is_neutral_in_every_export(
    world: World, name: str
) -> None:
    row = one(world, name=name)
    client = world.client("desk")
    for path in (f"/registry.csv?source={NEW}", f"/registry/lists/{lists(world)[0]}/rows.csv"):
        cells = [
            cell
            for line in csv.reader(StringIO(client.get(path).content.decode()))
            for cell in line
        ]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert row["status"] in {"held", "unsure"}


def lists(world: World) -> list[str]:
    """Ids of the lists of these tests."""
    return [row["id"] for row in intakes.export_intakes(world.reader("desk"), {"source": NEW})]


@pytest.mark.parametrize("name", ["<script>alert</script>", '"><img src=x onerror=1>', "{{ 7*7 }}"])
def test_a_name_stays_text_on_every_page(world: World, name: str) -> None:
    row = one(world, name=name)
    client = world.client("desk")
    for path in (
        "/registry/",
        f"/registry/persons/{row['id']}/",
        f"/registry/lists/{lists(world)[0]}/",
    ):
        page: Any = html.document_fromstring(client.get(path).content.decode())
        assert name in page.text_content()
        assert not page.xpath("//main//script | //main//img")


def test_names_are_set_apart_from_the_direction_of_the_page(world: World) -> None:
    row = one(world, name="مریم احمدی")
    client = world.client("desk")
    for path in ("/registry/", f"/registry/persons/{row['id']}/"):
        page = html.document_fromstring(client.get(path).content.decode())
        assert page.xpath("//bdi[text()='مریم احمدی']"), path


def test_a_file_beyond_eight_megabytes_is_refused_in_words(world: World) -> None:
    text = HEAD + ("1," + "x" * 1000 + ",,,,,,\n") * 9_000
    sent = {"source": NEW, "country": "BY", "known": "2024-06-01", "sensitivity": "TLP:GREEN",
            "compartment": world.compartments["desk"],
            "file": SimpleUploadedFile("big.csv", text.encode())}  # fmt: skip
    answer = world.client("desk").post("/registry/lists/new", sent)
    assert answer.status_code == 422
    assert "larger than 8 MB" in answer.content.decode()
    assert lists(world) == []


def test_an_upload_that_breaks_off_leaves_nothing(world: World) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="source"\r\n\r\ntroubles\r\n'
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="l.csv"\r\n'
        b"Content-Type: text/csv\r\n\r\nid,name\n1,An"
    )
    answer = world.client("desk").post(
        "/registry/lists/new", body, content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code in {400, 422}
    assert lists(world) == []


def test_power_that_goes_while_rows_are_written_leaves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from standwith.services import batches

    class PowerError(RuntimeError):
        """The power went."""

    def gone(*_: object) -> None:
        raise PowerError

    monkeypatch.setattr(batches.Batch, "_seal", gone)
    with pytest.raises(PowerError):
        bring(world, COURT, source=NEW)
    monkeypatch.undo()
    assert lists(world) == []
    assert verification.verify().sound
    bring(world, COURT, source=NEW)
    assert len(lists(world)) == 1


def test_power_that_goes_while_a_list_is_promoted_leaves_it_staged(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = bring(world, COURT, source=NEW)

    class PowerError(RuntimeError):
        """The power went."""

    def gone(*_: object) -> None:
        raise PowerError

    monkeypatch.setattr(terms, "index_many", gone)
    with pytest.raises(PowerError):
        promotions.promote_list(world.reader("desk"), found)
    monkeypatch.undo()
    with whole_database():
        assert Intake.unguarded.get(pk=found).state == "staged"
    assert registered.export_persons(world.reader("desk"), {"source": NEW}) == []
    assert promotions.promote_list(world.reader("desk"), found) == 3


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=6))
@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_stands_in_the_cells_comes_in_whole_or_is_refused(
    furnished: World, rows: list[tuple[str, ...]]
) -> None:
    for world in worlds(furnished):
        out = StringIO()
        writer = csv.writer(out)
        writer.writerow(["name", "date of arrest", "articles", "status"])
        writer.writerows(rows)
        try:
            found = bring(world, out.getvalue(), source=NEW)
        except Invalid:
            assert lists(world) == []
            return
        kept = intakes.export_rows(world.reader("desk"), found, {})
        receipt = intakes.read_intake(world.reader("desk"), found, {}).receipt
        assert receipt["rows"] == len(kept)
        promotions.promote_list(world.reader("desk"), found, "whatever stands in it")
        persons = registered.export_persons(world.reader("desk"), {"source": NEW})
        assert len(persons) == receipt["staged"]
        assert json.dumps(kept)


def worlds(furnished: World) -> Iterator[World]:
    """Give a workspace of its own to each example."""
    from tests.workspace.conftest import _clone

    for home in _clone():
        yield World(furnished.people, dict(furnished.compartments), dict(furnished.records), home)


def test_pages_of_the_list_of_persons_join_without_gap_or_repeat(world: World) -> None:
    rows = [f"{i},Person {i % 7},,2023-01-02,,,," for i in range(120)]
    register(world, HEAD + "\n".join(rows) + "\n", source=NEW)
    whole = [row["id"] for row in registered.export_persons(world.reader("desk"), {"source": NEW})]
    found, after = list[str](), ""
    while True:
        listing = registered.list_persons(world.reader("desk"), {"source": NEW, "after": after})
        found += [row["id"] for row in listing.rows]
        if listing.after is None:
            break
        after = listing.after
    assert found == whole
    assert len(found) == 120


def test_a_list_of_rows_is_shown_page_by_page(world: World) -> None:
    rows = [f"{i},Person {i},,2023-01-02,,,," for i in range(70)]
    found = bring(world, HEAD + "\n".join(rows) + "\n", source=NEW)
    first = intakes.read_intake(world.reader("desk"), found, {}).rows
    assert (len(first.rows), first.total) == (50, 70)
    second = intakes.read_intake(world.reader("desk"), found, {"after": first.after or ""}).rows
    assert [row["row"] for row in second.rows] == list(range(50, 70))


def test_ids_that_begin_alike_are_kept_apart_however_long_they_are(world: World) -> None:
    begin = "x" * 300
    text = HEAD + f"{begin}1,Ana One,,2023-01-02,,,,\n{begin}2,Bea Two,,2023-01-02,,,,\n"
    register(world, text, source=NEW)
    rows = registered.export_persons(world.reader("desk"), {"source": NEW})
    for row in rows:
        assert told(world, row, "name") == [row["name"]]
    assert {row["name"] for row in rows} == {"Ana One", "Bea Two"}


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "[1, 2", "\ufeff"])
def test_data_without_end_is_refused_in_words(world: World, text: str) -> None:
    with pytest.raises(Invalid) as caught:
        bring(world, text, source=NEW, name="l.json")
    assert "no JSON" in caught.value.fields["file"][0]
