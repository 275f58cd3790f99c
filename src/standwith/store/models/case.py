"""Situations and what is known of them: sources, organisations, claims, requests, notes."""

from __future__ import annotations

from django.db import models

from standwith.store.models.labelled import Labelled
from standwith.store.models.people import Person


class Situation(Labelled):
    """A movement in a country, kept current; texts are mappings of language to text."""

    slug = models.CharField(max_length=80)
    title = models.JSONField()
    country = models.CharField(max_length=3)
    as_of = models.CharField(max_length=10)
    summary = models.JSONField()
    trigger = models.JSONField(null=True)
    state = models.CharField(max_length=8, default="open")

    class Meta(Labelled.Meta):
        """Asked for by country, and by day."""

        indexes = [
            models.Index(fields=["label", "country", "state"]),
            models.Index(fields=["-as_of", "id"]),
        ]


class Part(Labelled):
    """What belongs to a situation; ``key`` is its name in a case file."""

    situation = models.ForeignKey(Situation, models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)

    class Meta(Labelled.Meta):
        """No table of its own."""

        abstract = True


class Source(Part):
    """A text or witness that claims rest on."""

    title = models.CharField(max_length=500)
    author = models.CharField(max_length=300)
    published = models.CharField(max_length=10)
    citation = models.CharField(max_length=1000)
    licence = models.CharField(max_length=100, blank=True)


class Organisation(Part):
    """A part of the movement."""

    name = models.JSONField()
    kind = models.CharField(max_length=40)
    aliases = models.JSONField(default=list)
    note = models.CharField(max_length=1000, blank=True)


class Claim(Part):
    """What a source says: a value, the time it is about, the time it became known."""

    subject = models.CharField(max_length=80)
    fact = models.CharField(max_length=80)
    value = models.CharField(max_length=8)
    valid = models.CharField(max_length=40)
    recorded = models.CharField(max_length=10)
    source = models.ForeignKey(Source, models.CASCADE, related_name="+")
    lines = models.CharField(max_length=100, blank=True)
    grade = models.CharField(max_length=2)
    note = models.CharField(max_length=2000, blank=True)
    authoritative = models.CharField(max_length=300, blank=True)
    inadmissible = models.CharField(max_length=300, blank=True)
    supersedes = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    author = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta(Part.Meta):
        """Asked for by situation, and by fact, newest first."""

        indexes = [
            models.Index(fields=["situation", "fact"]),
            models.Index(fields=["-recorded", "id"]),
            models.Index(fields=["fact", "-recorded", "id"]),
            models.Index(fields=["label", "fact", "value", "grade"]),
        ]


class Request(Part):
    """What an organisation asked for."""

    organisation = models.CharField(max_length=80)
    actions = models.JSONField()
    given = models.CharField(max_length=10)
    until = models.CharField(max_length=10, blank=True)
    withdrawn = models.CharField(max_length=10, blank=True)
    verified = models.BooleanField(default=False)
    channel = models.CharField(max_length=100)
    source = models.ForeignKey(Source, models.CASCADE, related_name="+")
    lines = models.CharField(max_length=100, blank=True)
    recorded = models.CharField(max_length=10)
    note = models.CharField(max_length=1000, blank=True)


class Note(Part):
    """The other parts of a case file: relations, signs of phase, acts, appraisals, warnings."""

    kind = models.CharField(max_length=16)
    body = models.JSONField()
    source = models.ForeignKey(Source, models.CASCADE, null=True, related_name="+")
