"""Rows as canonical records: what the log commits to, and what a verification compares."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from functools import lru_cache
from operator import attrgetter, methodcaller
from typing import Any

import rfc8785
from django.db import models

from standwith.store.models.policy import Label

Record = dict[str, Any]
Read = Callable[[Any], Any]
Write = Callable[[Any], Any]


def record_of(row: models.Model) -> Record:
    """Write every column of a row in plain values; labels in words, so that they outlive ids."""
    fields = {}
    for name, read, write in _plan(type(row)):
        value = read(row)
        fields[name] = value if write is None or value is None else write(value)
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
    return hashlib.sha256(salt + _DUMP(record_of(row)).encode()).digest()


_DUMP = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@lru_cache(maxsize=64)
def _plan(model: type[models.Model]) -> tuple[tuple[str, Read, Write | None], ...]:
    """List how each column is read and written plainly; it is asked for once for each kind."""
    fields = model._meta.concrete_fields  # noqa: SLF001 - Django's documented API of models
    return tuple((field.attname, *_way(field)) for field in fields)


def _way(field: models.Field[Any, Any]) -> tuple[Read, Write | None]:
    if isinstance(field, models.ForeignKey):
        if field.related_model is Label:
            return attrgetter(field.name), attrgetter("key")
        return attrgetter(field.attname), _way(field.target_field)[1]
    read = attrgetter(field.attname)
    if isinstance(field, models.UUIDField):
        return read, str
    if isinstance(field, models.DateField):  # also days with a time of day
        return read, methodcaller("isoformat")
    return read, _text if isinstance(field, models.BinaryField) else None


def _text(value: bytes | memoryview) -> str:
    return base64.b64encode(bytes(value)).decode("ascii")
