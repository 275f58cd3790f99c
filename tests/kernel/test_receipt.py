"""Receipts: they prove what they hold, say when they were bent, and show no more than they must."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.test_merkle import Tree
from tests.kernel.test_note import KEY, OTHER, SECRET, verify

from standwith.kernel.merkle import inclusion_proof, root
from standwith.kernel.note import Checkpoint, UnusableNote, sign_note
from standwith.kernel.receipt import (
    HEADER,
    Disclosure,
    check_receipt,
    commitment,
    parse_receipt,
    write_receipt,
)

SALT = bytes(32)
RECORD = '{"fields":{"value":"true"},"kind":"claim"}'


def entry(seq: int, record: str = RECORD) -> str:
    """An entry that commits to a record."""
    held = {"seq": seq, "type": "claim.recorded", "commit": commitment(SALT, record)}
    return json.dumps(held, sort_keys=True, separators=(",", ":"))


ENTRIES = [entry(i) for i in range(11)]
TREE = Tree([text.encode() for text in ENTRIES])
NOTE = sign_note(str(Checkpoint(KEY.name, 11, root(11, TREE.at))), KEY, SECRET.sign)


def receipt(seq: int = 4, disclosure: Disclosure | None = None) -> str:
    """The receipt of an entry."""
    shown = disclosure or Disclosure(ENTRIES[seq], RECORD, SALT)
    return write_receipt(shown, seq, inclusion_proof(seq, 11, TREE.at), NOTE)


@pytest.mark.parametrize("seq", range(11))
def test_a_receipt_proves_its_entry_and_its_record(seq: int) -> None:
    found = check_receipt(parse_receipt(receipt(seq)), [KEY], verify)
    assert found.index == seq
    assert found.entry["type"] == "claim.recorded"
    assert found.record == json.loads(RECORD)
    assert found.checkpoint.size == 11


def test_a_receipt_reads_back_as_it_was_written() -> None:
    read = parse_receipt(receipt())
    assert write_receipt(read.disclosure, read.index, read.path, read.checkpoint) == receipt()


def test_an_erased_record_is_still_proved_to_have_been_there() -> None:
    text = receipt(4, Disclosure(ENTRIES[4], None, None))
    found = check_receipt(parse_receipt(text), [KEY], verify)
    assert found.record is None
    assert found.entry["seq"] == 4


def test_the_first_line_names_the_format() -> None:
    assert receipt().split("\n")[0] == HEADER == "c2sp.org/tlog-proof@v1"


def test_another_record_is_noticed() -> None:
    text = receipt(4, Disclosure(ENTRIES[4], RECORD.replace("true", "false"), SALT))
    with pytest.raises(UnusableNote, match="committed"):
        check_receipt(parse_receipt(text), [KEY], verify)


def test_another_salt_is_noticed() -> None:
    text = receipt(4, Disclosure(ENTRIES[4], RECORD, bytes([1]) * 32))
    with pytest.raises(UnusableNote, match="committed"):
        check_receipt(parse_receipt(text), [KEY], verify)


def test_another_entry_is_noticed() -> None:
    text = receipt(4, Disclosure(ENTRIES[5], RECORD, SALT))
    with pytest.raises(UnusableNote, match="does not hold"):
        check_receipt(parse_receipt(text), [KEY], verify)


def test_another_index_is_noticed() -> None:
    read = replace(parse_receipt(receipt()), index=5)
    with pytest.raises(UnusableNote, match="does not hold"):
        check_receipt(read, [KEY], verify)


def test_an_entry_that_names_another_number_is_noticed() -> None:
    odd = [entry(7)]
    tree = Tree([odd[0].encode()])
    signed = sign_note(str(Checkpoint(KEY.name, 1, root(1, tree.at))), KEY, SECRET.sign)
    text = write_receipt(Disclosure(odd[0], RECORD, SALT), 0, [], signed)
    with pytest.raises(UnusableNote, match="another number"):
        check_receipt(parse_receipt(text), [KEY], verify)


def test_a_receipt_of_another_log_is_refused() -> None:
    with pytest.raises(UnusableNote, match="another log"):
        check_receipt(parse_receipt(receipt()), [OTHER], verify)


def test_what_is_no_json_is_refused_even_when_the_log_holds_it() -> None:
    for text in ("not json", "[1]"):
        tree = Tree([text.encode()])
        signed = sign_note(str(Checkpoint(KEY.name, 1, root(1, tree.at))), KEY, SECRET.sign)
        bent = write_receipt(Disclosure(text, None, None), 0, [], signed)
        with pytest.raises(UnusableNote, match="no JSON"):
            check_receipt(parse_receipt(bent), [KEY], verify)


LINES = receipt().split("\n")


@pytest.mark.parametrize(
    ("bent", "why"),
    [
        ("", "no receipt"),
        ("\n".join(["something else", *LINES[1:]]), "no receipt"),
        ("\n".join([LINES[0], LINES[2], *LINES[3:]]), "extra"),
        ("\n".join([*LINES[:2], "index x", *LINES[3:]]), "index"),
        ("\n".join([*LINES[:2], "index 04", *LINES[3:]]), "index"),
        ("\n".join([*LINES[:2], "index -4", *LINES[3:]]), "index"),
        ("\n".join([*LINES[:3], "AAAA", *LINES[4:]]), "32 bytes"),
        ("\n".join([*LINES[:3], "????", *LINES[4:]]), "base64"),
        ("\n".join([*LINES[:3], *[LINES[3]] * 64, *LINES[4:]]), "too many"),
        ("\n".join([LINES[0], "extra !!!!", *LINES[2:]]), "extra"),
        ("\n".join([LINES[0], "extra e30=", *LINES[2:]]), "extra"),
        ("\n".join([LINES[0], "extra eyJlbnRyeSI6IDF9", *LINES[2:]]), "extra"),
        ("\n".join(LINES[:5]), "no receipt"),
    ],
)
def test_a_receipt_of_another_form_is_refused(bent: str, why: str) -> None:
    with pytest.raises(UnusableNote, match=why):
        parse_receipt(bent)


def test_a_record_without_its_salt_is_refused() -> None:
    from standwith.kernel.note import encode

    extra = encode(json.dumps({"entry": ENTRIES[4], "record": RECORD}).encode())
    with pytest.raises(UnusableNote, match="extra"):
        parse_receipt("\n".join([LINES[0], f"extra {extra}", *LINES[2:]]))


@given(st.integers(0, len(receipt()) - 1), st.characters(codec="utf-8"))
def test_any_changed_letter_is_noticed(place: int, letter: str) -> None:
    whole = receipt()
    bent = whole[:place] + letter + whole[place + 1 :]
    if bent == whole:
        return
    with pytest.raises(UnusableNote):
        check_receipt(parse_receipt(bent), [KEY], verify)


@given(st.integers(0, len(receipt()) - 2))
def test_a_cut_receipt_is_noticed(length: int) -> None:
    with pytest.raises(UnusableNote):
        check_receipt(parse_receipt(receipt()[:length]), [KEY], verify)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(raw: bytes) -> None:
    with pytest.raises(UnusableNote):
        parse_receipt(raw.decode("utf-8", "replace"))


def test_a_commitment_needs_record_and_salt() -> None:
    assert commitment(SALT, RECORD) != commitment(bytes([1]) * 32, RECORD)
    assert commitment(SALT, RECORD) != commitment(SALT, RECORD + " ")
