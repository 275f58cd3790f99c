"""Words of titles and names, for search and completion under the reader's labels."""

from __future__ import annotations

import uuid

from django.db import models

from standwith.store.models.policy import Label


class Term(models.Model):
    """One folded word of a record's title; found by its beginning."""

    term = models.CharField(max_length=60)
    label = models.ForeignKey(Label, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    record = models.UUIDField(default=uuid.uuid4, db_index=True)
    title = models.CharField(max_length=300)

    unguarded = models.Manager()

    class Meta:
        """Asked for by beginning, in order of title."""

        indexes = [models.Index(fields=["term", "title", "label"])]
