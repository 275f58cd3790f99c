"""Tokens of programs: scoped, limited in time, revocable; shown once and kept as a hash."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from standwith.kernel.policy import Purpose, Reader
from standwith.services import account, moment
from standwith.services.change import changing
from standwith.services.people import token_hash
from standwith.services.sight import NothingThere, as_uuid
from standwith.store.models.exchange import Token
from standwith.store.models.people import Person

SCOPES = ("read", "write", "calendar")


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as its owner sees it."""

    id: str
    name: str
    scopes: tuple[str, ...]
    expires: str


def make_token(reader: Reader, name: str, scopes: frozenset[str], days: int) -> str:
    """Make a token; return it, which is the only time that it is shown.

    Raises:
        NotAllowed: the reader reads no content.
        ValueError: a scope or the length is none.
    """
    if not scopes or scopes - set(SCOPES) or not 1 <= days <= 365 or not name.strip():
        raise ValueError(f"name the token, choose from {', '.join(SCOPES)}, and 1 to 365 days")
    made = f"sw_{secrets.token_urlsafe(32)}"
    with changing(reader, Purpose.ACCOUNT, "token.make") as change:
        row = Token.objects.create(
            person=Person.objects.get(pk=reader.id),
            name=name.strip()[:60],
            token_hash=token_hash(made),
            scopes=" ".join(sorted(scopes)),
            expires_at=moment.now() + timedelta(days=days),
        )
        change.note(row, "made")
    return made


def my_tokens(reader: Reader) -> list[TokenRow]:
    """List the reader's tokens that still work."""
    rows = Token.objects.filter(person_id=reader.id, revoked_at=None, expires_at__gt=moment.now())
    return [
        TokenRow(str(r.pk), r.name, tuple(r.scopes.split()), r.expires_at.date().isoformat())
        for r in rows.order_by("expires_at")
    ]


def revoke_token(reader: Reader, identifier: str) -> None:
    """End a token of the reader's own.

    Raises:
        NothingThere: the reader has no such token.
    """
    with changing(reader, Purpose.ACCOUNT, "token.make") as change:
        row = Token.objects.filter(pk=as_uuid(identifier), person_id=reader.id).first()
        if row is None:
            raise NothingThere("there is no such token")
        row.revoked_at = moment.now()
        row.save()
        change.note(row, "revoked")


def reader_by_token(token: str, scope: str) -> Reader | None:
    """Return the reader that a token acts for; None where it does not hold for the scope."""
    rows = Token.objects.select_related("person__institution")
    row = rows.filter(token_hash=token_hash(token), revoked_at=None).first()
    if row is None or row.expires_at <= moment.now() or scope not in row.scopes.split():
        return None
    return account.reader_from(row.person) if row.person.is_active else None
