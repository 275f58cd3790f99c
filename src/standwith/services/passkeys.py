"""Passkeys (WebAuthn level 3): a second factor that cannot be phished, with user verification."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

from standwith.services import factors, moment, throttle
from standwith.services.place import keys
from standwith.store.models.people import Factor, Person

Data = dict[str, Any]
REQUIRED = UserVerificationRequirement.REQUIRED


class UnusablePasskey(ValueError):  # noqa: N818 - named for the situation
    """What the browser sent is no passkey of this account and place."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """What the browser is asked, and what the session must remember until it answers."""

    options: Data
    state: Data


def _server(host: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(name="Standwith", id=host))


def _held(person: UUID) -> list[AttestedCredentialData]:
    rows = Factor.objects.filter(person_id=person, kind="passkey", confirmed=True)
    return [AttestedCredentialData(keys().open(r.secret, f"factor|{r.pk}")) for r in rows]


def begin_new(person: UUID, host: str) -> Challenge:
    """Ask the browser to make a passkey."""
    row = Person.objects.get(pk=person)
    user = PublicKeyCredentialUserEntity(id=person.bytes, name=row.handle, display_name=row.name)
    made, state = _server(host).register_begin(user, _held(person), user_verification=REQUIRED)
    return Challenge(dict(made), state)


def finish_new(person: UUID, host: str, state: Data, answer: Mapping[str, Any]) -> list[str]:
    """Keep the passkey that the browser made; return new recovery codes.

    Raises:
        UnusablePasskey: the answer does not fit what was asked.
    """
    try:
        made = _server(host).register_complete(state, answer)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnusablePasskey("this passkey could not be added; begin again") from error
    if made.credential_data is None:
        raise UnusablePasskey("the browser sent no passkey; begin again")
    row = Factor(person_id=person, kind="passkey", name="passkey", created_at=moment.now())
    row.secret = keys().seal(bytes(made.credential_data), f"factor|{row.pk}")
    row.save()
    return factors.enrolled(person, row)


def begin_use(person: UUID, host: str) -> Challenge:
    """Ask the browser for a passkey of this person.

    Raises:
        TooManyAttempts: wait before the next one.
    """
    throttle.check(factors.DOOR, str(person))
    asked, state = _server(host).authenticate_begin(_held(person), user_verification=REQUIRED)
    return Challenge(dict(asked), state)


def finish_use(person: UUID, host: str, state: Data, answer: Mapping[str, Any]) -> None:
    """Check what the browser answered.

    Raises:
        UnusablePasskey: it is not signed by a passkey of this person, for this place and challenge.
    """
    try:
        _server(host).authenticate_complete(state, _held(person), answer)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        throttle.failed(factors.DOOR, str(person))
        raise UnusablePasskey("this passkey does not open this account") from error
    throttle.passed(factors.DOOR, str(person))
