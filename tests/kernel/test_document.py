"""YAML that may come from anybody: places are kept, tricks are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.kernel.document import LIMIT, Place, UnreadableDocument, read_document


def read(text: str) -> object:
    """Read a text as a document and return its data."""
    return read_document(text.encode(), "case.yaml").data


def test_every_value_knows_its_line_and_column() -> None:
    document = read_document(b"a: 1\nb:\n- c: 2\n  d: 3\n", "x.yaml")
    assert document.place(("a",)) == Place(1, 4)
    assert document.place(("b", 0, "d")) == Place(4, 6)
    assert document.place(("b", 0, "missing", "deep")) == Place(3, 3)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("12", 12),
        ("-3", -3),
        ("0.25", 0.25),
        ("2020-08-18", "2020-08-18"),
        ("007", "007"),
        ("'12'", "12"),
        ("yes", "yes"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("12345678901234567890", "12345678901234567890"),
    ],
)
def test_only_plain_values_are_turned_into_values(text: str, value: object) -> None:
    assert read(f"a: {text}") == {"a": value}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: &x 1\nb: *x\n", "line 1, column 4: anchors and aliases"),
        ("a: 1\nb: 2\na: 3\n", "line 3, column 1: the key 'a' stands here a second time"),
        ("a: [1, 2\nb: 3\n", "this is not YAML"),
        ("a: 'x\n", "this is not YAML"),
        ("? [1, 2]\n: 3\n", "a key must be one word"),
        ("---\na: 1\n---\nb: 2\n", "this is not YAML"),
        ("a:\n\t- 1\n", "this is not YAML"),
    ],
)
def test_tricks_and_slips_are_refused_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(UnreadableDocument, match=sentence.replace("(", r"\(")) as caught:
        read(text)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("case.yaml, line ")


def test_a_yaml_bomb_is_refused_before_it_grows() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 9)]
    with pytest.raises(UnreadableDocument, match="anchors and aliases"):
        read("\n".join(lines))


def test_too_large_a_file_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="at most 2 MB are read"):
        read_document(b"a" * (LIMIT + 1), "big.yaml")


@pytest.mark.parametrize("depth", [60, 5_000])
def test_too_deep_a_nest_is_refused(depth: int) -> None:
    with pytest.raises(UnreadableDocument, match="deep"):
        read("[" * depth + "]" * depth)


def test_another_encoding_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableDocument, match="line 2, column 1: this is not UTF-8"):
        read_document("a: 1\nb: Мінск\n".encode("cp1251"), "case.yaml")


def test_an_empty_file_is_nothing() -> None:
    assert read("") is None
    assert read("# only a comment\n") is None


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read_document("a: 1".encode("utf-8-sig"), "x").data == {"a": 1}


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(raw: bytes) -> None:
    assert outcome(raw).startswith(("read", "any.yaml, line "))


def outcome(raw: bytes) -> str:
    """Read bytes and return the word read, or the sentence of the refusal."""
    try:
        read_document(raw, "any.yaml")
    except UnreadableDocument as error:
        return str(error)
    return "read"
