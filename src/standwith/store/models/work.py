"""Assessments kept as they were, decisions on record, tasks, comments, what was attached."""

from __future__ import annotations

from django.db import models

from standwith.store.models.case import Situation
from standwith.store.models.labelled import Labelled
from standwith.store.models.people import Institution, Person


class Assessment(Labelled):
    """A brief as it stood when somebody kept it."""

    situation = models.ForeignKey(Situation, models.CASCADE, related_name="+")
    as_of = models.CharField(max_length=10)
    profile = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    body = models.TextField()
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")


class Decision(Labelled):
    """A decision on one action: proposed by one, decided by another, with counsel where asked."""

    situation = models.ForeignKey(Situation, models.CASCADE, related_name="+")
    action = models.CharField(max_length=8)
    tier = models.CharField(max_length=8)
    advice = models.CharField(max_length=24)
    reason = models.CharField(max_length=2000)
    state = models.CharField(max_length=12, default="proposed")
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    counsel_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    counsel_view = models.CharField(max_length=2000, blank=True)
    counsel_allows = models.BooleanField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_why = models.CharField(max_length=2000, blank=True)
    brief_sha256 = models.CharField(max_length=64)


class Task(Labelled):
    """Something that somebody does by a day."""

    situation = models.ForeignKey(Situation, models.CASCADE, related_name="+")
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=200)
    detail = models.CharField(max_length=4000, blank=True)
    assignee = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    due = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=8, default="todo")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta(Labelled.Meta):
        """Asked for by day."""

        indexes = [models.Index(fields=["due", "id"])]


class Comment(Labelled):
    """What somebody said on a task."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="+")
    text = models.CharField(max_length=4000)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")


class Attachment(Labelled):
    """What is known of a file that belongs to a task; the file itself is kept elsewhere."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=80)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    place = models.CharField(max_length=300)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
