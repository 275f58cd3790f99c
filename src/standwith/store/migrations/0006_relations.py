"""Relations of persons, queries under a name, the order of a timeline, and of found words."""

import uuid
from typing import Any

from django.db import migrations, models
from django.db.models.deletion import CASCADE, PROTECT
from django.db.models.manager import Manager

from standwith.store.guards import guard_relations


def _to(name: str, table: str, gone: Any) -> tuple[str, Any]:  # noqa: ANN401 - as the field
    """A column that points to another table."""
    return name, models.ForeignKey(table, on_delete=gone, related_name="+")


class Migration(migrations.Migration):
    """Hold who belongs together, and what somebody asks for again and again."""

    dependencies = [
        ("store", "0005_register"),
    ]

    operations = [
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("written_at", models.DateTimeField()),
                ("kind", models.CharField(max_length=20)),
                ("cited", models.CharField(max_length=500)),
                ("recorded", models.CharField(max_length=10)),
                _to("author", "store.person", PROTECT),
                _to("label", "store.label", PROTECT),
                _to("own_label", "store.label", PROTECT),
                _to("one", "store.registeredperson", CASCADE),
                _to("other", "store.registeredperson", CASCADE),
            ],
            options={"abstract": False},
            managers=[("unguarded", Manager())],
        ),
        migrations.CreateModel(
            name="SavedQuery",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("place", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=80)),
                ("query", models.JSONField()),
                ("made", models.DateTimeField()),
                _to("person", "store.person", CASCADE),
            ],
        ),
        migrations.AddIndex(
            model_name="registeredperson",
            index=models.Index(fields=["since", "id"], name="store_regis_since_c18c51_idx"),
        ),
        migrations.RemoveIndex(model_name="term", name="store_term_term_8b1a79_idx"),
        migrations.AddIndex(
            model_name="term",
            index=models.Index(
                fields=["term", "title", "label", "kind", "record"],
                name="store_term_term_b9ec7c_idx",
            ),
        ),
        migrations.RunPython(guard_relations, migrations.RunPython.noop),
    ]
