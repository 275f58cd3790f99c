"""Many new rows at once: one prepared statement, values converted by a plan made once.

The ORM writes a statement for each hundred rows and asks each field of each row how to; a list of
a million rows would take most of its time there. Defaults, constraints, triggers and row policies
of the database hold as for any other row.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.db import connection, models

Convert = Callable[[Any], Any]


def insert(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Write new rows of one kind.

    Raises:
        django.db.IntegrityError: one of them cannot be.
    """
    if rows:
        fields = _written(model)
        values = _plan(model, connection.vendor)
        names = attrgetter(*(field.attname for field in fields))
        insert_values(model, (_converted(values, names(row)) for row in rows))


def insert_values(model: type[models.Model], rows: Iterable[Sequence[Any]]) -> None:
    """Write new rows that are given as the values of all columns but an automatic key.

    Raises:
        django.db.IntegrityError: one of them cannot be.
    """
    quote = connection.ops.quote_name
    columns = [quote(str(field.column)) for field in _written(model)]
    marks = ", ".join(["%s"] * len(columns))
    table = quote(model._meta.db_table)  # noqa: SLF001 - Django's documented API of models
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - names of columns alone
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(rows))


def plain(value: object) -> object:
    """Convert a value that is the same in many rows, such as a key, as the database wants it."""
    return _UUID[connection.vendor == "postgresql"](value)


def _written(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    fields = model._meta.concrete_fields  # noqa: SLF001 - likewise
    return [field for field in fields if not isinstance(field, models.AutoField)]


def _converted(plan: Sequence[Convert | None], values: Sequence[Any]) -> list[Any]:
    return [value if convert is None else convert(value)
            for convert, value in zip(plan, values, strict=True)]  # fmt: skip


@lru_cache(maxsize=64)
def _plan(model: type[models.Model], vendor: str) -> tuple[Convert | None, ...]:
    """List how to convert the value of each column; None where it goes in as it is."""
    return tuple(_convert(field, vendor) for field in _written(model))


def _convert(field: models.Field[Any, Any], vendor: str) -> Convert | None:
    end: Any = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(end, models.UUIDField):
        return _UUID[vendor == "postgresql"]
    if isinstance(end, models.JSONField):
        return _JSON[vendor == "postgresql"]
    if isinstance(end, models.CharField | models.IntegerField | models.AutoField):
        return None
    return lru_cache(maxsize=4)(lambda value: end.get_db_prep_save(value, connection))


def _hexadecimal(value: Any) -> str | None:  # noqa: ANN401 - a column that may be empty
    return None if value is None else value.hex


def _same(value: Any) -> Any:  # noqa: ANN401 - of any column
    return value


def _jsonb(value: Any) -> Any:  # noqa: ANN401 - of the driver
    from psycopg.types.json import Jsonb  # noqa: PLC0415 - an extra of the package

    return Jsonb(value)


_UUID: dict[bool, Convert] = {False: _hexadecimal, True: _same}
_JSON: dict[bool, Convert] = {False: json.dumps, True: _jsonb}
