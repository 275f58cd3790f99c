"""Lists in PDF: tables by their lines, persons by their headings, in scripts of both directions."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import as_file, files
from typing import Any

import pytest
import typst

from standwith.account.registry.mapping import UnusableRegister, field_of
from standwith.ingest.pdf import read_pdf
from standwith.ingest.pdf_page import logical

FONTS = '#set text(font: ("Libertinus Serif", "Noto Naskh Arabic"), size: 10pt)\n'
LABELS = {
    "latin": ("Date of arrest", "Charges", "Place of detention", "Background"),
    "cyrillic": ("Дата задержания", "Статья", "Место содержания", "Описание"),
    "arabic": ("تاريخ الاعتقال", "التهمة", "السجن", "تفاصيل القضية"),
}
NAMES = {
    "latin": ("Ana Petrova", "Nguyễn Văn Mẫu", "O Min Thu"),
    "cyrillic": ("Алесь Прыкладны", "Анна Вымышленная", "Ігор Зразок"),
    "arabic": ("سارة المثالي", "علی نمونه", "کاوه خیالی"),
}
PRISONS = {"latin": "Colony No. 9", "cyrillic": "Колония № 9", "arabic": "سجن المثال"}
CHARGES = {"latin": "Article 342, part 1", "cyrillic": "ст. 342 ч. 1", "arabic": "المادة 342"}
Cells = dict[str, str]


def printed(text: str) -> bytes:
    compiled: Any = typst.compile  # its types want every path to be of the kind of the source
    with as_file(files("standwith").joinpath("data", "fonts")) as fonts:
        return bytes(
            compiled(
                (FONTS + text).encode(),
                format="pdf",
                font_paths=[str(fonts)],
                ignore_system_fonts=True,
            )
        )


def people(script: str, number: int) -> list[Cells]:
    """Persons of whom some have no place of custody, some no charges."""
    found = []
    for i in range(number):
        one = {
            "name": f"{NAMES[script][i % 3]} {i + 1}" if i % 4 else NAMES[script][i % 3],
            "arrested": f"{1 + i % 28:02}.{1 + i % 12:02}.2021",
            "charges": "" if i % 7 == 3 else CHARGES[script],
            "prison": "" if i % 5 == 2 else PRISONS[script],
        }
        found.append(one)
    return found


def blocks(script: str, rows: list[Cells]) -> str:
    """Write a list as a coalition does: a heading, labelled lines, text over several lines."""
    language = "ar" if script == "arabic" else "en"
    taken, charged, held, told = LABELS[script]
    page = "#set page(height: 12cm, footer: context [List of a committee, page #counter(page).display()])"
    parts = [page, f'#set text(lang: "{language}")']
    for one in rows:
        parts.append(f"#text(size: 13pt)[{one['name']}]\n")
        labelled = [f"{taken}: {one['arrested']}"]
        labelled += [f"{charged}: {one['charges']}"] if one["charges"] else []
        labelled += [f"{held}: {one['prison']}"] if one["prison"] else []
        parts.append(" \\\n".join([*labelled, f"{told}: #lorem(30)"]).replace("№", "№") + "\n")
    return "\n".join(parts)


def read(data: bytes) -> list[Cells]:
    return [
        {field_of(head): text for head, text in row.cells.items()}
        for row in read_pdf("list.pdf", data).rows
    ]


@pytest.mark.parametrize("script", sorted(LABELS))
def test_persons_under_headings_are_read_in_every_script(script: str) -> None:
    wanted = people(script, 40)
    found = read(printed(blocks(script, wanted)))
    assert len(found) == len(wanted)
    for field in ("name", "arrested", "charges", "prison"):
        pairs = list(zip(wanted, found, strict=True))
        right = sum(bool(one[field]) and one[field] == other.get(field) for one, other in pairs)
        told = sum(bool(one[field]) for one in wanted) + sum(bool(o.get(field)) for o in found)
        assert 2 * right / told >= 0.97, field


def table(rows: list[list[str]]) -> str:
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    return f"#set page(height: 8cm)\n#table(columns: {len(rows[0])}, {cells})"


def test_a_table_over_several_pages_is_one_list() -> None:
    rows = [[f"Person {i}", f"2021-01-{i:02}", "Article 1"] for i in range(1, 29)]
    found = read_pdf("list.pdf", printed(table([["Name", "Arrest date", "Charges"], *rows])))
    assert [list(row.cells.values()) for row in found.rows] == rows
    assert found.head == ("Name", "Arrest date", "Charges")
    assert not found.lost
    assert found.rows[0].where == "page 1, row 2"


def test_a_table_of_another_width_is_given_back_with_its_text() -> None:
    text = table([["Name", "Arrest date"], ["Ana", "2021"]])
    text += "\n#pagebreak()\n#table(columns: 3, [Bo], [2022], [extra])"
    found = read_pdf("list.pdf", printed(text))
    assert [row.cells["Name"] for row in found.rows] == ["Ana"]
    assert [(one.where, one.raw) for one in found.lost] == [("page 2, row 1", "Bo | 2022 | extra")]


def test_a_heading_without_labelled_lines_is_no_person_and_is_not_lost() -> None:
    rows = people("latin", 6)
    text = blocks("latin", rows) + "\n#text(size: 13pt)[Nobody Says More]\n"
    found = read_pdf("list.pdf", printed(text))
    assert [one.raw for one in found.lost] == ["Nobody Says More"]
    assert len(found.rows) == 6


def test_the_place_in_the_list_is_no_part_of_the_name() -> None:
    one = people("latin", 1)[0]
    rows = [one | {"name": f"{i}. {one['name']}"} for i in range(1, 4)]
    found = read_pdf("list.pdf", printed(blocks("latin", rows)))
    assert {row.cells["name"] for row in found.rows} == {"Ana Petrova"}
    assert [row.cells["place in the list"] for row in found.rows] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("shown", "reads"),
    [
        ("abc 12", "abc 12"),
        ("باتك", "كتاب"),
        ("2021.01.05 :خيرات", "تاريخ: 2021.01.05"),
        ("Ana Petrova :مسالا", "الاسم: Ana Petrova"),
        ("Name: باتك 12", "Name: كتاب 12"),
    ],
)
def test_lines_are_put_in_the_order_of_reading(shown: str, reads: str) -> None:
    assert logical(list(shown)) == reads


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<html>sign in</html>", "no PDF; download it again"),
        (b"%PDF-1.7\nnothing else", "no PDF that can be read"),
        (printed("#rect(width: 3cm)"), "recognise the text first"),
        (printed("A letter about something else."), "neither a table nor labelled lines"),
    ],
)
def test_what_is_no_list_is_refused_in_words(data: bytes, says: str) -> None:
    with pytest.raises(UnusableRegister, match=says):
        read_pdf("list.pdf", data)


def test_nothing_that_was_sent_is_part_of_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[tuple[Any, dict[str, Any]]]()

    def stopped(words: list[str], **held: Any) -> subprocess.CompletedProcess[bytes]:
        asked.append((words, held))
        return subprocess.CompletedProcess(words, 1, b"", b"")

    monkeypatch.setattr(subprocess, "run", stopped)
    with pytest.raises(UnusableRegister, match="it was stopped"):
        read_pdf("$(reboot); `id`.pdf", b"%PDF-1.7 $(reboot)")
    ((words, held),) = asked
    assert words == [sys.executable, "-m", "standwith.ingest.pdf_page"]
    assert not held.get("shell")
    assert held["timeout"] <= 180


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_asked: Any, **_held: Any) -> None:
        raise subprocess.TimeoutExpired("read", 1)

    monkeypatch.setattr(subprocess, "run", slow)
    with pytest.raises(UnusableRegister, match="split it"):
        read_pdf("list.pdf", printed("Ana"))
