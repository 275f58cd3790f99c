"""Calls answered once: a repeat with the same key changes nothing and is answered alike."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from standwith.kernel.policy import Reader
from standwith.services import moment
from standwith.store.models.exchange import Reply


class KeyUsedBefore(ValueError):  # noqa: N818 - named for the situation
    """An idempotency key that was used for another call."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a call was answered."""

    status: int
    body: str


def once(reader: Reader, key: str, asked: bytes, act: Callable[[], Said]) -> Said:
    """Act unless a call with this key was answered already; change and answer are kept together.

    Raises:
        KeyUsedBefore: the key belongs to a call with another body.
    """
    if not key:
        return act()
    digest = hashlib.sha256(asked).hexdigest()
    with transaction.atomic():
        row = Reply.objects.select_for_update().filter(person_id=reader.id, key=key).first()
        if row is not None:
            if row.asked_sha256 != digest:
                raise KeyUsedBefore(
                    "this idempotency key was used for another call; take a new one"
                )
            return Said(row.status, row.body)
        said = act()
        Reply.objects.create(
            person_id=reader.id,
            key=key,
            asked_sha256=digest,
            status=said.status,
            body=said.body,
            at=moment.now(),
        )
    return said
