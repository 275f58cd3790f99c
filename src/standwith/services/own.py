"""Everybody's own page: preferences, second factors, tokens, sessions."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from standwith.kernel.policy import Reader
from standwith.services import account, factors, sessions, tokens


@dataclass(frozen=True, slots=True)
class Own:
    """One's own account as its page shows it."""

    name: str
    handle: str
    language: str
    single_keys: bool
    roles: tuple[str, ...]
    factors: tuple[str, ...]
    codes_left: int
    tokens: tuple[tokens.TokenRow, ...]
    sessions: tuple[sessions.SessionRow, ...]


def read(reader: Reader, session: str) -> Own:
    """Return the reader's own account; ``session`` is the key of the present session."""
    name, language, single_keys = account.preferences(reader.id)
    person = UUID(reader.id)
    handle = account.handle_of(person)
    return Own(
        name,
        handle,
        language,
        single_keys,
        tuple(sorted(reader.roles)),
        tuple(sorted(factors.kinds(person))),
        factors.codes_left(person),
        tuple(tokens.my_tokens(reader)),
        tuple(sessions.my_sessions(reader, session)),
    )
