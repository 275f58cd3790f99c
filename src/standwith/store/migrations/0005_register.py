"""The registry: lists, rows, persons, what editors add, pairs, editions; hashes of rows in bulk."""

import uuid
from typing import Any

from django.db import migrations, models
from django.db.models.deletion import CASCADE, PROTECT
from django.db.models.manager import Manager

from standwith.store.guards import guard_register, unguard_register

_UNGUARDED: "list[tuple[str, Manager[Any]]]" = [("unguarded", Manager())]


def _head() -> list[tuple[str, Any]]:
    """Columns that every row of content begins with."""
    return [
        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
        ("version", models.PositiveIntegerField(default=1)),
        ("written_at", models.DateTimeField()),
    ]


def _labels() -> list[tuple[str, Any]]:
    """The labels that every row of content has."""
    return [_to(name, "store.label", PROTECT) for name in ("label", "own_label")]


def _to(name: str, table: str, gone: Any, **more: Any) -> tuple[str, Any]:  # noqa: ANN401 - as the field
    """A column that points to another table."""
    return name, models.ForeignKey(table, on_delete=gone, related_name="+", **more)


class Migration(migrations.Migration):
    """Hold lists of prisoners, and what is done for people."""

    dependencies = [
        ("store", "0004_returning"),
    ]

    operations = [
        migrations.CreateModel(
            name="Intake",
            fields=[
                *_head(),
                ("line", models.UUIDField(default=uuid.uuid4)),
                ("source", models.CharField(max_length=60)),
                ("country", models.CharField(max_length=2)),
                ("known", models.CharField(max_length=10)),
                ("file", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("mapping", models.JSONField()),
                ("receipt", models.JSONField()),
                ("state", models.CharField(default="staged", max_length=10)),
                ("promoted", models.CharField(blank=True, max_length=32)),
                _to("author", "store.person", PROTECT),
                *_labels(),
            ],
            options={"abstract": False},
            managers=_UNGUARDED,
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("record", models.UUIDField(db_index=True, default=uuid.uuid4)),
                ("batch", models.UUIDField()),
                ("place", models.PositiveIntegerField()),
                ("salt", models.BinaryField(max_length=16, null=True)),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["batch", "place"], name="store_leaf_batch_1690c9_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                *_head(),
                ("line", models.UUIDField(default=uuid.uuid4)),
                ("row", models.PositiveIntegerField()),
                ("key", models.CharField(max_length=200)),
                ("body", models.JSONField()),
                ("odd", models.CharField(blank=True, max_length=40)),
                ("reason", models.CharField(blank=True, max_length=300)),
                _to("intake", "store.intake", CASCADE, db_index=False),
                *_labels(),
            ],
            options={"abstract": False},
            managers=_UNGUARDED,
        ),
        migrations.CreateModel(
            name="RegisteredPerson",
            fields=[
                *_head(),
                ("line", models.UUIDField(default=uuid.uuid4)),
                ("key", models.CharField(max_length=200)),
                ("source", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=300)),
                ("country", models.CharField(max_length=2)),
                ("status", models.CharField(max_length=10)),
                ("since", models.CharField(blank=True, max_length=10)),
                ("published", models.CharField(blank=True, max_length=10)),
                ("advocacy", models.CharField(default="none", max_length=10)),
                _to("intake", "store.intake", CASCADE),
                *_labels(),
            ],
            options={"abstract": False},
            managers=_UNGUARDED,
        ),
        migrations.CreateModel(
            name="Recognition",
            fields=[
                *_head(),
                ("standard", models.CharField(max_length=20)),
                ("body", models.CharField(max_length=200)),
                ("criteria", models.JSONField()),
                ("excluded", models.BooleanField(default=False)),
                ("reasoning", models.CharField(max_length=4000)),
                ("cited", models.CharField(max_length=500)),
                ("decided", models.CharField(blank=True, max_length=10)),
                ("withdrawn", models.CharField(blank=True, max_length=10)),
                ("conflict", models.CharField(blank=True, max_length=300)),
                ("state", models.CharField(default="proposed", max_length=10)),
                _to("author", "store.person", PROTECT),
                *_labels(),
                _to("second", "store.person", PROTECT, null=True),
                _to("person", "store.registeredperson", CASCADE),
            ],
            options={"abstract": False},
            managers=_UNGUARDED,
        ),
        migrations.CreateModel(
            name="Pair",
            fields=[
                *_head(),
                ("score", models.FloatField()),
                ("why", models.JSONField()),
                ("state", models.CharField(default="open", max_length=10)),
                ("history", models.JSONField(default=list)),
                ("reason", models.CharField(blank=True, max_length=500)),
                _to("decided_by", "store.person", PROTECT, null=True),
                *_labels(),
                _to("one", "store.registeredperson", CASCADE),
                _to("other", "store.registeredperson", CASCADE),
            ],
            options={"abstract": False},
            managers=_UNGUARDED,
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                *_head(),
                ("kind", models.CharField(max_length=16)),
                ("country", models.CharField(max_length=2)),
                ("day", models.CharField(max_length=10)),
                ("recorded", models.CharField(max_length=10)),
                ("body", models.JSONField()),
                _to("author", "store.person", PROTECT),
                *_labels(),
                _to("person", "store.registeredperson", CASCADE, null=True),
            ],
            options={"abstract": False},
            managers=_UNGUARDED,
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                *_head(),
                ("field", models.CharField(max_length=40)),
                ("value", models.CharField(max_length=2000)),
                ("valid", models.CharField(blank=True, max_length=40)),
                ("recorded", models.CharField(max_length=10)),
                ("supersedes", models.CharField(blank=True, max_length=400)),
                ("cited", models.CharField(max_length=500)),
                ("grade", models.CharField(max_length=2)),
                _to("author", "store.person", PROTECT),
                *_labels(),
                _to("person", "store.registeredperson", CASCADE),
            ],
            options={"abstract": False},
            managers=_UNGUARDED,
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                *_head(),
                ("year", models.PositiveSmallIntegerField()),
                ("known", models.CharField(max_length=10)),
                ("made", models.CharField(max_length=32)),
                ("public", models.BooleanField(default=False)),
                ("body", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                _to("author", "store.person", PROTECT),
                *_labels(),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["-made", "id"], name="store_editi_made_89d0c9_idx")
                ],
            },
            managers=_UNGUARDED,
        ),
        migrations.CreateModel(
            name="Help",
            fields=[
                *_head(),
                ("title", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=12)),
                ("priority", models.CharField(blank=True, max_length=2)),
                ("state", models.CharField(default="received", max_length=16)),
                ("received", models.CharField(max_length=10)),
                ("body", models.JSONField(default=dict)),
                ("history", models.JSONField(default=list)),
                ("mark", models.CharField(blank=True, max_length=64)),
                _to("author", "store.person", PROTECT),
                *_labels(),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["priority", "received", "id"], name="store_help_priorit_bf62c6_idx"
                    )
                ],
            },
            managers=_UNGUARDED,
        ),
        migrations.AddIndex(
            model_name="intake",
            index=models.Index(fields=["-known", "id"], name="store_intak_known_bc65be_idx"),
        ),
        migrations.AddIndex(
            model_name="intake",
            index=models.Index(fields=["line", "known"], name="store_intak_line_ac14e7_idx"),
        ),
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(fields=["intake", "row"], name="store_obser_intake__559b95_idx"),
        ),
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(fields=["line", "key"], name="store_obser_line_31dabf_idx"),
        ),
        migrations.AddIndex(
            model_name="registeredperson",
            index=models.Index(
                fields=["label", "country", "status", "source"],
                name="store_regis_label_i_ae1fb3_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="registeredperson",
            index=models.Index(fields=["name", "id"], name="store_regis_name_ca8a0e_idx"),
        ),
        migrations.AddIndex(
            model_name="registeredperson",
            index=models.Index(fields=["line", "key"], name="store_regis_line_ea1bd0_idx"),
        ),
        migrations.AddIndex(
            model_name="pair",
            index=models.Index(
                fields=["state", "-score", "id"], name="store_pair_state_b96904_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(fields=["-day", "id"], name="store_measu_day_53d8c5_idx"),
        ),
        migrations.RunPython(guard_register, unguard_register),
    ]
