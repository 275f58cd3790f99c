"""What every row of content has: an opaque id, labels, a version; and the one way to ask for it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Self, cast

from django.db import models

from standwith.store.models.policy import Label


class Labelled(models.Model):
    """Content. ``label`` is the join of what the row derives from, ``own_label`` what was set.

    There is no manager named objects: readers ask ``visible_to``; ``unguarded`` is for the log,
    for erasure and for moves of the whole database, and a test lists who may use it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    label = models.ForeignKey(Label, models.PROTECT, related_name="+")
    own_label = models.ForeignKey(Label, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()

    unguarded = models.Manager()

    class Meta:
        """No table of its own."""

        abstract = True

    @classmethod
    def visible_to(cls, labels: Collection[int]) -> models.QuerySet[Self]:
        """Return the rows whose label is among those that a reader may see."""
        return cls.unguarded.filter(label_id__in=labels)

    @classmethod
    def visible_in_order(cls, labels: Collection[int]) -> models.QuerySet[Self]:
        """Return the same rows, asked for so that the database walks the order of a list.

        An index on labels would have it collect and sort every visible row first.
        """
        plain = models.Func(models.F("label_id"), template="+%(expressions)s")
        rows: models.QuerySet[Self] = cls.unguarded.all()
        return cast("models.QuerySet[Self]", rows.alias(walked=plain).filter(walked__in=labels))
