"""Moves a workspace from SQLite to PostgreSQL, and checks every row on the other side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core import serializers
from django.core.management import call_command
from django.db import connections, models, transaction

from standwith.services.rows import go_on_counting, tables

SOURCE, TARGET = "default", "target"


class UnableToMove(RuntimeError):  # noqa: N818 - named for the situation
    """The target is not empty, or a row came out otherwise; nothing was kept there."""


@dataclass(frozen=True, slots=True)
class Moved:
    """How many rows of each table were moved and compared."""

    rows: dict[str, int]


def move(settings: dict[str, Any], progress: Callable[[str, int], None]) -> Moved:
    """Copy every row to another database, and compare each there with where it came from.

    Raises:
        UnableToMove: the target is not empty, or a row differs.
    """
    connections.settings[TARGET] = {**connections.settings[SOURCE], **settings}
    call_command("migrate", database=TARGET, verbosity=0, interactive=False)
    counts: dict[str, int] = {}
    with transaction.atomic(using=TARGET):
        _see_everything()
        for model in tables():
            if model._base_manager.using(TARGET).exists():  # noqa: SLF001 - Django's documented API of models
                raise UnableToMove("the target holds rows already; give an empty database")
        for model in tables():
            counts[model.__name__] = _copy(model)
            progress(model.__name__, counts[model.__name__])
        go_on_counting(TARGET)
        for model in tables():
            _compare(model)
    connections[TARGET].close()
    return Moved(counts)


def _see_everything() -> None:
    if connections[TARGET].vendor == "postgresql":
        with connections[TARGET].cursor() as cursor:
            cursor.execute("SELECT set_config('standwith.whole', 'on', true)")


def _copy(model: type[models.Model]) -> int:
    done = 0
    for row in model._base_manager.using(SOURCE).order_by("pk").iterator(1000):  # noqa: SLF001 - likewise
        (plain,) = serializers.serialize("python", [row])
        for found in serializers.deserialize("python", [plain], using=TARGET):
            found.save(using=TARGET)
        done += 1
    return done


def _compare(model: type[models.Model]) -> None:
    """Compare row by row, in the order of their keys as texts."""
    ours = {str(row.pk): row for row in model._base_manager.using(SOURCE).iterator(1000)}  # noqa: SLF001 - likewise
    theirs = model._base_manager.using(TARGET).iterator(1000)  # noqa: SLF001 - likewise
    for row in theirs:
        mine = ours.pop(str(row.pk), None)
        if mine is None or _plain(mine) != _plain(row):
            raise UnableToMove(f"{model.__name__} {row.pk} came out otherwise; nothing was kept")
    if ours:
        raise UnableToMove(f"{len(ours)} rows of {model.__name__} did not arrive; nothing was kept")


def _plain(row: models.Model) -> Any:  # noqa: ANN401 - columns hold what they hold
    (found,) = serializers.serialize("python", [row])
    return found
