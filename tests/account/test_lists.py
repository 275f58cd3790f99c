"""Lists of persons and decisions about pairs as text: what is read, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.account.linkage.cluster import UnusableLinks
from standwith.account.linkage.decisions import HEAD, read_decisions, written
from standwith.account.linkage.lists import read_list
from standwith.account.linkage.review import Decision, standing
from standwith.account.linkage.weigh import Record


def test_columns_are_found_by_what_lists_call_them() -> None:
    text = "ID,ФИО,Date of birth,Gender,Arrested,City,Case number\n7,Анна Белова,1990,f,2020-08-11,Minsk,12/3\n"
    assert read_list("court", text) == [
        Record("court:7", "court", "Анна Белова", "1990", "f", "2020-08-11", "Minsk", "12/3")
    ]


def test_given_and_family_names_make_a_name_and_lines_make_ids() -> None:
    text = "\ufefffirst_name,surname\nAnna,Belova\n,\nZoya,\n"
    assert [(r.id, r.name) for r in read_list("press", text)] == [
        ("press:2", "Anna Belova"),
        ("press:4", "Zoya"),
    ]


def test_a_head_that_nobody_knows_is_named_by_the_caller() -> None:
    found = read_list("a", "nomen,natus\nAnna,1990-02\n", {"name": "nomen", "born": "natus"})
    assert (found[0].name, found[0].born) == ("Anna", "1990-02")


@pytest.mark.parametrize(
    ("text", "columns", "why"),
    [
        ("", {}, "no column of names"),
        ("id,born\n1,1990\n", {}, "no column of names among id, born"),
        ("name\n", {}, "no record under the head"),
        ("name\n  \n", {}, "no record under the head"),
        ("name,born\nAnna\n", {}, "a row has 1 cells under 2 columns"),
        ("name,born\nAnna,11.8.2020\n", {}, r"line 2: '11\.8\.2020' is no date; write YYYY"),
        ("name,born\nAnna,1990-02-30\n", {}, "is no date"),
        ("id,name\n1,Anna\n1,Olga\n", {}, "'list:1' stands 2 times"),
        ("name\nAnna\n", {"name": "nomen"}, "no column 'nomen'; there are name"),
        ('name\n"Anna\n' + "x" * 200_000, {}, "no comma-separated text"),
    ],
)
def test_a_list_that_cannot_be_read_says_where_and_how_to_mend_it(
    text: str, columns: dict[str, str], why: str
) -> None:
    with pytest.raises(UnusableLinks, match=why):
        read_list("list", text, columns)


def test_decisions_are_read_in_order_and_the_last_one_stands() -> None:
    text = "left,right,decision,by,reason\na,b,same,Zoya,photo\nb,a,open,Zoya,other photo\n"
    found = read_decisions(text)
    assert found[0] == Decision("a", "b", True, "Zoya", "photo")
    assert standing(found) == {}
    assert read_decisions("") == []


CELLS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(
    lambda text: text == text.strip() and text
)


@given(CELLS, CELLS, st.sampled_from([True, False, None]), CELLS, CELLS)
def test_a_decision_that_was_written_is_read_as_it_was(
    left: str,
    right: str,
    same: bool | None,  # noqa: FBT001 - drawn
    by: str,
    reason: str,
) -> None:
    decision = Decision(left, right + "'", same, by, reason)
    text = ",".join(HEAD) + "\n" + written(decision)
    if left == right + "'":
        return
    assert read_decisions(text) == [decision]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a,b,same,Zoya,photo\n", "line 1: the columns are left, right, decision, by, reason"),
        ("left,right,decision,by,reason\na,b,maybe,Zoya,photo\n", "line 2: write same, different"),
        ("left,right,decision,by,reason\na,a,same,Zoya,photo\n", "line 2: write same, different"),
        ("left,right,decision,by,reason\na,b,same,,photo\n", "line 2: fill in"),
        ("left,right,decision,by,reason\na,b,same\n", "line 2: fill in"),
    ],
)
def test_decisions_that_cannot_be_read_say_where(text: str, why: str) -> None:
    with pytest.raises(UnusableLinks, match=why):
        read_decisions(text)
