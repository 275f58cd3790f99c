"""What lists and search are answered from: words of titles, and counts kept with each change."""

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
        """Asked for by beginning, in order of title; what is asked for stands in the index."""

        indexes = [models.Index(fields=["term", "title", "label", "kind", "record"])]


class Word(models.Model):
    """One folded word of what a claim says; lists are narrowed by it, completion never shows it."""

    term = models.CharField(max_length=60)
    label = models.ForeignKey(Label, models.PROTECT, related_name="+")
    record = models.UUIDField(default=uuid.uuid4, db_index=True)

    unguarded = models.Manager()

    class Meta:
        """Asked for by beginning."""

        indexes = [models.Index(fields=["term", "label", "record"])]


class Tally(models.Model):
    """How many rows of a kind have one label and these values; kept by triggers of the database.

    ``first`` to ``third`` are the values of the facets of the kind's list, in their order.
    """

    kind = models.CharField(max_length=16)
    label = models.ForeignKey(Label, models.PROTECT, related_name="+")
    first = models.CharField(max_length=80)
    second = models.CharField(max_length=80)
    third = models.CharField(max_length=80)
    n = models.BigIntegerField()

    unguarded = models.Manager()

    class Meta:
        """One row for each combination, found by its label."""

        constraints = [
            models.UniqueConstraint(
                fields=["kind", "label", "first", "second", "third"], name="one_tally"
            ),
        ]
