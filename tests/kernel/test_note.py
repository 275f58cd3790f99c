"""Signed notes and checkpoints: the published example, the form, and everything that is refused."""

from __future__ import annotations

import base64
from contextlib import suppress

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from standwith.kernel.note import (
    MOST_SIGNATURES,
    Checkpoint,
    Key,
    UnusableNote,
    decode,
    encode,
    open_note,
    parse_checkpoint,
    parse_key,
    sign_note,
)

PUBLISHED_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PUBLISHED_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PUBLISHED_SIGNATURE = (
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
)
PUBLISHED = f"{PUBLISHED_TEXT}\n— PeterNeumann {PUBLISHED_SIGNATURE}\n"

SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = Key("example.org/log", SECRET.public_key().public_bytes_raw())
OTHER_SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
OTHER = Key("example.org/other", OTHER_SECRET.public_key().public_bytes_raw())
STATEMENT = Checkpoint("example.org/log", 3, bytes(range(32)))


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Verify by the library, without anything of ours."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def note() -> str:
    """A signed checkpoint."""
    return sign_note(str(STATEMENT), KEY, SECRET.sign)


def test_the_published_note_opens_with_the_published_key() -> None:
    assert open_note(PUBLISHED, [parse_key(PUBLISHED_KEY)], verify) == PUBLISHED_TEXT


def test_the_published_key_is_written_as_it_was_read() -> None:
    assert str(parse_key(PUBLISHED_KEY)) == PUBLISHED_KEY


def test_a_key_reads_back() -> None:
    assert parse_key(str(KEY)) == KEY


def test_a_note_opens_with_its_key_and_gives_its_text() -> None:
    assert open_note(note(), [KEY], verify) == str(STATEMENT)


def test_a_checkpoint_reads_back() -> None:
    assert parse_checkpoint(open_note(note(), [KEY], verify)) == STATEMENT


def test_further_lines_of_a_checkpoint_are_passed_over() -> None:
    assert parse_checkpoint(f"{STATEMENT}extension\n") == STATEMENT


def test_signatures_of_unknown_keys_are_passed_over() -> None:
    cosigned = note() + sign_note(str(STATEMENT), OTHER, OTHER_SECRET.sign).split("\n\n")[1]
    assert open_note(cosigned, [KEY], verify) == str(STATEMENT)
    assert open_note(cosigned, [OTHER], verify) == str(STATEMENT)


def test_a_note_of_another_log_is_refused() -> None:
    with pytest.raises(UnusableNote, match="another log"):
        open_note(note(), [OTHER], verify)


def test_a_wrong_signature_of_a_known_key_refuses_the_note_even_beside_a_right_one() -> None:
    forged = encode(KEY.id + OTHER_SECRET.sign(str(STATEMENT).encode()))
    bent = f"{note()}— {KEY.name} {forged}\n"
    with pytest.raises(UnusableNote, match="wrong"):
        open_note(bent, [KEY], verify)


@pytest.mark.parametrize("place", range(0, 60, 3))
def test_any_changed_letter_is_noticed(place: int) -> None:
    whole = note()
    bent = whole[:place] + ("x" if whole[place] != "x" else "y") + whole[place + 1 :]
    with pytest.raises(UnusableNote):
        parse_checkpoint(open_note(bent, [KEY], verify))


@pytest.mark.parametrize(
    ("bent", "why"),
    [
        ("no signature at all\n", "no blank line"),
        (note().rstrip("\n"), "cut"),
        (note().replace("— ", "- "), "no signature"),
        (note() + "\n", "no signature|cut|no blank"),
        ("tab\there\n\n— a b\n", "control"),
        ("bell\x07\n\n— a b\n", "control"),
        (note().replace("\n\n", "\n\n" + "— a AAAA\n" * (MOST_SIGNATURES + 1)), "more than"),
    ],
)
def test_a_note_of_another_form_is_refused(bent: str, why: str) -> None:
    with pytest.raises(UnusableNote, match=why):
        open_note(bent, [KEY], verify)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "lines"),
        ("origin\n3\n", "lines"),
        ("origin\n03\n" + encode(bytes(32)) + "\n", "lines"),
        ("origin\n-1\n" + encode(bytes(32)) + "\n", "lines"),
        ("\n3\n" + encode(bytes(32)) + "\n", "lines"),
        ("origin\n3\nnot base64!\n", "base64"),
        ("origin\n3\n" + encode(bytes(31)) + "\n", "32 bytes"),
    ],
)
def test_a_checkpoint_of_another_form_is_refused(text: str, why: str) -> None:
    with pytest.raises(UnusableNote, match=why):
        parse_checkpoint(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "name"),
        ("name", "name"),
        ("na me+00000000+AAAA", "name"),
        ("name+00000000+!!!!", "base64"),
        ("name+00000000+" + encode(b"\x01" + bytes(31)), "no Ed25519"),
        ("name+00000000+" + encode(b"\x02" + bytes(32)), "no Ed25519"),
        ("name+00000000+" + encode(b"\x01" + bytes(32)), "does not fit"),
    ],
)
def test_a_key_of_another_form_is_refused(text: str, why: str) -> None:
    with pytest.raises(UnusableNote, match=why):
        parse_key(text)


def test_a_text_without_line_feed_at_its_end_is_not_signed() -> None:
    with pytest.raises(UnusableNote, match="line feed"):
        sign_note("text", KEY, SECRET.sign)


def test_base64_is_read_in_its_one_canonical_form() -> None:
    loose = base64.b64encode(b"\x00").decode().replace("AA==", "AB==")
    with pytest.raises(UnusableNote, match="canonical"):
        decode(loose, "it")


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for read in (parse_checkpoint, parse_key):
        with suppress(UnusableNote):
            assert str(read(text))
    with pytest.raises(UnusableNote):
        open_note(text, [KEY], verify)
