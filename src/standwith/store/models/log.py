"""The transparency log: entries, nodes of its tree, checkpoints, sealed records and their keys."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One entry, as canonical JSON; it holds commitments and no content."""

    seq = models.BigIntegerField(primary_key=True)
    text = models.TextField()


class Node(models.Model):
    """A complete node of the tree: the root of 2**level leaves."""

    level = models.SmallIntegerField()
    position = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        """One hash for each place."""

        constraints = [
            models.UniqueConstraint(fields=["level", "position"], name="one_node"),
        ]


class Checkpoint(models.Model):
    """What was signed when the log had this size."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()


class RecordKey(models.Model):
    """The wrapped key of one record's envelopes; without it they are noise."""

    record = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=24)
    wrapped = models.BinaryField(null=True)
    erased_at = models.DateTimeField(null=True)


class Envelope(models.Model):
    """The salt and the record behind an entry, sealed with the record's key."""

    seq = models.BigIntegerField(primary_key=True)
    record = models.UUIDField(db_index=True)
    sealed = models.BinaryField()


class Check(models.Model):
    """What the last verification of the log found."""

    at = models.DateTimeField()
    size = models.BigIntegerField()
    sound = models.BooleanField()
    findings = models.JSONField()
