"""Tokens of programs, calls that are answered once, and calendars that are subscribed to."""

from __future__ import annotations

import uuid

from django.db import models

from standwith.store.models.people import Person


class Token(models.Model):
    """Lets a program act for a person within scopes; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=200)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class Reply(models.Model):
    """What a call with an idempotency key was answered, so that a repeat changes nothing."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    asked_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        """One answer for each key of a person."""

        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="one_reply"),
        ]
