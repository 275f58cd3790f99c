"""How passwords are hashed: Argon2id with 64 MiB and three passes (RFC 9106)."""

from __future__ import annotations

import secrets
from functools import cache
from threading import Lock

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

_ONE_AT_A_TIME = Lock()


class Argon2(Argon2PasswordHasher):
    """Argon2id at the strength that the security reference asks for."""

    time_cost = 3
    memory_cost = 65_536
    parallelism = 4


class WeakPassword(ValueError):  # noqa: N818 - named for the situation
    """A password that is refused; the message says why."""


def hash_password(password: str) -> str:
    """Hash a new password.

    Raises:
        WeakPassword: it is short, common, or digits alone.
    """
    try:
        validate_password(password)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from error
    with _ONE_AT_A_TIME:
        return make_password(password)


def fits(password: str, hashed: str | None) -> bool:
    """Whether a password fits; without a hash the same work is done, and the answer is no."""
    with _ONE_AT_A_TIME:
        return check_password(password, hashed or _nobody()) and hashed is not None


@cache
def _nobody() -> str:
    return make_password(secrets.token_hex(16))
