"""Compartments, memberships, labels, and acts that need two persons."""

from __future__ import annotations

import uuid

from django.db import models

from standwith.store.models.people import Person


class Compartment(models.Model):
    """A circle of need-to-know, led by one person, with its own wrapped key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=120, unique=True)
    lead = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()


class Membership(models.Model):
    """A person in a compartment: clearance 0 (CLEAR) to 4 (RED), purposes, and for how long."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    compartment = models.ForeignKey(Compartment, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    clearance = models.SmallIntegerField()
    purposes = models.PositiveIntegerField()
    until = models.DateTimeField(null=True)
    granted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300)
    emergency = models.BooleanField(default=False)

    class Meta:
        """One place for each person and compartment."""

        constraints = [
            models.UniqueConstraint(fields=["compartment", "person"], name="one_membership"),
        ]


class Label(models.Model):
    """One distinct label; rows point here, so that what a reader may see is a set of numbers.

    ``purposes`` and ``consents`` are bit sets; ``key`` is the label in words, and unique.
    """

    level = models.SmallIntegerField()
    purposes = models.PositiveIntegerField()
    consents = models.PositiveIntegerField()
    key = models.CharField(max_length=1000, unique=True)
    compartments = models.ManyToManyField(Compartment, related_name="+")


class Proposal(models.Model):
    """An act that waits for a second person: sharing, export, emergency access, erasure."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=24)
    body = models.JSONField()
    reason = models.CharField(max_length=500)
    compartment = models.ForeignKey(Compartment, models.CASCADE, related_name="+")
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, default="proposed")
