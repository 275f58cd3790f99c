"""How passwords are hashed: Argon2id with 64 MiB and three passes (RFC 9106)."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

_ONE_AT_A_TIME = Lock()
# Words that a guesser would try here first; docs/reference/security-controls.md lists them.
NEAR = ("standwith", "workspace", "ministry", "taskforce", "democracy", "freedom", "password")


class Argon2(Argon2PasswordHasher):
    """Argon2id at the strength that the security reference asks for."""

    time_cost = 3
    memory_cost = 65_536
    parallelism = 4


class WeakPassword(ValueError):  # noqa: N818 - named for the situation
    """A password that is refused; the message says why."""


def hash_password(password: str, *, about: Iterable[str] = ()) -> str:
    """Hash a new password; ``about`` are words that it must not be made of, such as one's name.

    Raises:
        WeakPassword: it is short, common, digits alone, made of near words, or was breached.
    """
    try:
        validate_password(password)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from error
    _check_words(password, about)
    file = settings.STANDWITH_BREACHED
    if file and breached(password, Path(file)):
        raise WeakPassword("this password stands in a list of breached ones; choose another")
    with _ONE_AT_A_TIME:
        return make_password(password)


def _check_words(password: str, about: Iterable[str]) -> None:
    """Refuse what is left with less than eight letters once words of the place are taken out."""
    near = {*NEAR, *(word for text in about for word in re.findall(r"\w{3,}", text.casefold()))}
    rest = password.casefold()
    for word in sorted(near, key=len, reverse=True):
        rest = rest.replace(word, "")
    if len(re.sub(r"[\W\d_]", "", rest)) < 8:
        raise WeakPassword("this is made of names and words of this place; choose other words")


def breached(password: str, file: Path) -> bool:
    """Whether a password stands in a file of SHA-1 hashes, sorted, one "HASH:COUNT" in each line.

    That is the form in which the corpus of breached passwords is published; SHA-1 is its index
    and protects nothing. The file is searched by halves and never read whole.

    Raises:
        OSError: the file cannot be read.
    """
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with file.open("rb") as held:
        low, high = 0, held.seek(0, 2)
        while low < high:
            middle = (low + high) // 2
            held.seek(middle)
            if middle:
                held.readline()
            line = held.readline()[:40].upper()
            if line == wanted:
                return True
            if line and line < wanted:
                low = held.tell()
            else:
                high = middle
        held.seek(low)
        return held.readline()[:40].upper() == wanted


def fits(password: str, hashed: str | None) -> bool:
    """Whether a password fits; without a hash the same work is done, and the answer is no."""
    with _ONE_AT_A_TIME:
        return check_password(password, hashed or _nobody()) and hashed is not None


@cache
def _nobody() -> str:
    return make_password(secrets.token_hex(16))
