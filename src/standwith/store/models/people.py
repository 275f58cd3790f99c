"""People who sign in, the institutions they belong to, and what they sign in with."""

from __future__ import annotations

import uuid

from django.db import models


class Institution(models.Model):
    """A ministry, mission or partner; at home where the workspace is run."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=200, unique=True)
    home = models.BooleanField(default=False)
    country = models.CharField(max_length=2, blank=True)


class Person(models.Model):
    """Somebody with an account; roles are words separated by blanks."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    handle = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    password = models.CharField(max_length=200)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    roles = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=12, default="en")
    epoch = models.PositiveIntegerField(default=0)
    enrolled_at = models.DateTimeField(null=True)
    single_keys = models.BooleanField(default=True)


class Invitation(models.Model):
    """A link that works once and not for long; only the hash of its token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    token_hash = models.CharField(max_length=64, unique=True)
    handle = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    roles = models.CharField(max_length=120)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    invited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    returning = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")


class Factor(models.Model):
    """A second factor: the secret of a time-based code, or a passkey; sealed at rest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=[("totp", "totp"), ("passkey", "passkey")])
    name = models.CharField(max_length=60)
    secret = models.BinaryField()
    last_step = models.BigIntegerField(default=0)
    confirmed = models.BooleanField(default=False)
    created_at = models.DateTimeField()


class RecoveryCode(models.Model):
    """A code that replaces the second factor once; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)


class Attempt(models.Model):
    """Failed attempts on one account and door; ``until`` is when the next one is heard."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(null=True)
