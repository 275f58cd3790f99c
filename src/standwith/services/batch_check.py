"""The check of batches: what is kept of each row that was written with many others."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import models

from standwith.services.batches import GONE, WHAT, digest_of
from standwith.services.change import REMARK
from standwith.store.models.register import Leaf
from standwith.store.record import canonical, leaf_of


@dataclass(frozen=True, slots=True)
class Kept:
    """What the last batch with a row keeps of it, and the number of the entry of that batch."""

    seq: int
    salt: bytes | None
    hash: bytes

    @property
    def gone(self) -> bool:
        """Whether the row was removed, or erased with its salt."""
        return self.salt is None


def last_leaves(batches: Mapping[UUID, int]) -> dict[UUID, Kept]:
    """Return what is kept of each row, by the last of the batches (ids to numbers of entries)."""
    found: dict[UUID, Kept] = {}
    rows = Leaf.objects.order_by("id").values_list("record", "batch", "salt", "hash")
    for record, batch, salt, value in rows.iterator(5000):
        seq = batches.get(batch)
        if seq is not None and (record not in found or found[record].seq < seq):
            found[record] = Kept(seq, None if salt is None else bytes(salt), bytes(value))
    return found


def fits(kept: Kept, row: models.Model) -> bool:
    """Whether a row is as its batch wrote it."""
    if kept.salt is None or kept.hash == GONE:
        return False
    return hmac.compare_digest(leaf_of(row, kept.salt), kept.hash)


def took(kept: Kept | None, seq: int) -> bool:
    """Whether a batch after an entry took its row away."""
    return kept is not None and kept.gone and kept.seq > seq


def committed(batch: UUID) -> str:
    """Write what the entry of a batch must hold, from the hashes that are kept."""
    number, digest = digest_of(batch)
    body = {"rows": number, "sha256": digest}
    return canonical({"kind": f"{REMARK}.{WHAT}", "fields": body})
