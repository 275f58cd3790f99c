"""The registry: lists as received, what each row says, persons, joins, what editors add."""

from __future__ import annotations

import uuid

from django.db import models

from standwith.store.models.labelled import Labelled
from standwith.store.models.people import Person


class Intake(Labelled):
    """A list of one source as it was on a day, with how it was read and what it came to.

    ``line`` is the first list of the source, whose persons later lists speak of again. ``state`` is
    staged, promoted or withdrawn; ``receipt`` counts rows in and out.
    """

    line = models.UUIDField(default=uuid.uuid4)

    source = models.CharField(max_length=60)
    country = models.CharField(max_length=2)
    known = models.CharField(max_length=10)
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    mapping = models.JSONField()
    receipt = models.JSONField()
    state = models.CharField(max_length=10, default="staged")
    promoted = models.CharField(max_length=32, blank=True)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta(Labelled.Meta):
        """Asked for by source, newest first."""

        indexes = [
            models.Index(fields=["-known", "id"]),
            models.Index(fields=["line", "known"]),
        ]


class Observation(Labelled):
    """A row of a list: its raw cells, what was read from them, what is odd in it.

    A row with a ``reason`` is quarantined: it says nothing of anybody.
    """

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="+", db_index=False)
    line = models.UUIDField(default=uuid.uuid4)
    row = models.PositiveIntegerField()
    key = models.CharField(max_length=200)
    body = models.JSONField()
    odd = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta(Labelled.Meta):
        """Asked for by list in its order, and by what one source says of one person."""

        indexes = [
            models.Index(fields=["intake", "row"]),
            models.Index(fields=["line", "key"]),
        ]


class RegisteredPerson(Labelled):
    """A person as one source knows them; what the columns say is read from the records.

    ``status`` is held, unsure, ended, dead or joined (to another person); ``since`` the first day
    on which the person may have been taken. ``published`` is the day of the decision to publish.
    """

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="+")
    line = models.UUIDField(default=uuid.uuid4)
    key = models.CharField(max_length=200)
    source = models.CharField(max_length=60)
    name = models.CharField(max_length=300)
    country = models.CharField(max_length=2)
    status = models.CharField(max_length=10)
    since = models.CharField(max_length=10, blank=True)
    published = models.CharField(max_length=10, blank=True)
    advocacy = models.CharField(max_length=10, default="none")

    class Meta(Labelled.Meta):
        """Asked for by facet under a label, in the order of names, and by key of a source."""

        indexes = [
            models.Index(fields=["label", "country", "status", "source"]),
            models.Index(fields=["name", "id"]),
            models.Index(fields=["since", "id"]),
            models.Index(fields=["line", "key"]),
        ]


class Statement(Labelled):
    """What an editor adds of a person, from a source: a field or an event, with its two times."""

    person = models.ForeignKey(RegisteredPerson, models.CASCADE, related_name="+")
    field = models.CharField(max_length=40)
    value = models.CharField(max_length=2000)
    valid = models.CharField(max_length=40, blank=True)
    recorded = models.CharField(max_length=10)
    supersedes = models.CharField(max_length=400, blank=True)
    cited = models.CharField(max_length=500)
    grade = models.CharField(max_length=2)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")


class Pair(Labelled):
    """Two persons who may be one, why, and what people decided: open, joined or distinct.

    Of persons who are joined the one who was written first stands for all. ``history`` is each
    decision with its time, the first first.
    """

    one = models.ForeignKey(RegisteredPerson, models.CASCADE, related_name="+")
    other = models.ForeignKey(RegisteredPerson, models.CASCADE, related_name="+")
    score = models.FloatField()
    why = models.JSONField()
    state = models.CharField(max_length=10, default="open")
    history = models.JSONField(default=list)
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta(Labelled.Meta):
        """The queue is asked for by state, likeliest first."""

        indexes = [models.Index(fields=["state", "-score", "id"])]


class Relation(Labelled):
    """That two persons belong together: as a source says it, of a kind, the same both ways."""

    one = models.ForeignKey(RegisteredPerson, models.CASCADE, related_name="+")
    other = models.ForeignKey(RegisteredPerson, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    cited = models.CharField(max_length=500)
    recorded = models.CharField(max_length=10)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")


class SavedQuery(models.Model):
    """A query of a list under a name: its owner's alone, run anew each time under the policy."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    place = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    query = models.JSONField()
    made = models.DateTimeField()


class Edition(Labelled):
    """An annual report as it was made: the whole model, from which every form is written again."""

    year = models.PositiveSmallIntegerField()
    known = models.CharField(max_length=10)
    made = models.CharField(max_length=32)
    public = models.BooleanField(default=False)
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta(Labelled.Meta):
        """Asked for newest first."""

        indexes = [models.Index(fields=["-made", "id"])]


class Measure(Labelled):
    """What is done beyond prison, or for a person: a restriction, an act across borders, and so on.

    ``body`` is the measure as plain data of its ``kind``.
    """

    kind = models.CharField(max_length=16)
    person = models.ForeignKey(RegisteredPerson, models.CASCADE, null=True, related_name="+")
    country = models.CharField(max_length=2)
    day = models.CharField(max_length=10)
    recorded = models.CharField(max_length=10)
    body = models.JSONField()
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta(Labelled.Meta):
        """Asked for newest first, and by person."""

        indexes = [models.Index(fields=["-day", "id"])]


class Recognition(Labelled):
    """What a body holds of a person under a standard: proposed by one editor, agreed by another."""

    person = models.ForeignKey(RegisteredPerson, models.CASCADE, related_name="+")
    standard = models.CharField(max_length=20)
    body = models.CharField(max_length=200)
    criteria = models.JSONField()
    excluded = models.BooleanField(default=False)
    reasoning = models.CharField(max_length=4000)
    cited = models.CharField(max_length=500)
    decided = models.CharField(max_length=10, blank=True)
    withdrawn = models.CharField(max_length=10, blank=True)
    conflict = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, default="proposed")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")


class Help(Labelled):
    """A case of emergency help or relocation, in its own compartment; the registry sees none of it.

    ``history`` is each step with its time and its author; ``body`` what the step needed.
    """

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)
    priority = models.CharField(max_length=2, blank=True)
    state = models.CharField(max_length=16, default="received")
    received = models.CharField(max_length=10)
    body = models.JSONField(default=dict)
    history = models.JSONField(default=list)
    mark = models.CharField(max_length=64, blank=True)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta(Labelled.Meta):
        """Asked for by state, the most urgent first."""

        indexes = [models.Index(fields=["priority", "received", "id"])]


class Leaf(models.Model):
    """A row that was written with many others: its hash, salted, under one entry of the log."""

    record = models.UUIDField(default=uuid.uuid4, db_index=True)
    batch = models.UUIDField()
    place = models.PositiveIntegerField()
    salt = models.BinaryField(max_length=16, null=True)
    hash = models.BinaryField(max_length=32)

    class Meta:
        """Asked for in the order in which the rows were written."""

        indexes = [models.Index(fields=["batch", "place"])]
