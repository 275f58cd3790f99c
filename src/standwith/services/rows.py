"""The tables of the workspace in an order in which every row finds what it points to.

Counts are not among them: the database counts again as rows arrive.
"""

from __future__ import annotations

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models

from standwith.store.models.search import Tally


def tables() -> list[type[models.Model]]:
    """Return the models, what is pointed to before what points; sessions are not among them."""
    waiting = [m for m in apps.get_app_config("store").get_models() if m is not Tally]
    found: list[type[models.Model]] = []
    while waiting:
        ready = [model for model in waiting if _needs(model) <= {*found, model}]
        found += sorted(ready, key=lambda model: model.__name__)
        waiting = [model for model in waiting if model not in found]
    return found


def _needs(model: type[models.Model]) -> set[type[models.Model]]:
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]  # noqa: SLF001 - Django's documented API of models
    return {
        f.related_model for f in fields if f.related_model and not isinstance(f.related_model, str)
    }


def go_on_counting(alias: str) -> None:
    """Let numbers that the database gives out go on after the highest that was copied."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)
