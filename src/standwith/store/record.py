"""Rows as canonical records: what the log commits to, and what a verification compares."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

import rfc8785
from django.db import models

from standwith.store.models.policy import Label

Record = dict[str, Any]


def record_of(row: models.Model) -> Record:
    """Write every column of a row in plain values; labels in words, so that they outlive ids."""
    fields = {field.attname: _plain(row, field) for field in row._meta.concrete_fields}  # noqa: SLF001 - Django's documented API of models
    return {"kind": kind_of(row), "fields": fields}


def kind_of(row: models.Model | type[models.Model]) -> str:
    """Name the kind of a row, such as claim."""
    return str(row._meta.model_name)  # noqa: SLF001 - Django's documented API of models


def canonical(record: Record) -> str:
    """Write a record in the one canonical form (RFC 8785).

    Raises:
        rfc8785.CanonicalizationError: it holds a number or a text that has no canonical form.
    """
    return rfc8785.dumps(record).decode("utf-8")


def leaf_of(row: models.Model, salt: bytes) -> bytes:
    """Hash a row with a salt: what a batch keeps of it."""
    text = json.dumps(record_of(row), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(salt + text.encode()).digest()


def _plain(row: models.Model, field: models.Field[Any, Any]) -> Any:  # noqa: ANN401 - columns hold what they hold
    value = getattr(row, field.attname)
    if isinstance(field, models.ForeignKey) and field.related_model is Label and value is not None:
        return getattr(row, field.name).key
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value
