"""Counts of lists, kept by triggers; words of claims; indexes for rare values."""

import uuid

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

from standwith.store.guards import count_rows, uncount_rows


class Migration(migrations.Migration):
    """Count what is there, and keep counting."""

    dependencies = [
        ("store", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("first", models.CharField(max_length=80)),
                ("second", models.CharField(max_length=80)),
                ("third", models.CharField(max_length=80)),
                ("n", models.BigIntegerField()),
            ],
            managers=[
                ("unguarded", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("term", models.CharField(max_length=60)),
                ("record", models.UUIDField(db_index=True, default=uuid.uuid4)),
            ],
            managers=[
                ("unguarded", django.db.models.manager.Manager()),
            ],
        ),
        migrations.RemoveIndex(
            model_name="situation",
            name="store_situa_label_i_82cf6c_idx",
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                fields=["label", "fact", "value", "grade"], name="store_claim_label_i_d3247c_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="situation",
            index=models.Index(
                fields=["label", "country", "state"], name="store_situa_label_i_f0003a_idx"
            ),
        ),
        migrations.AddField(
            model_name="tally",
            name="label",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.label"
            ),
        ),
        migrations.AddField(
            model_name="word",
            name="label",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.label"
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(
                fields=("kind", "label", "first", "second", "third"), name="one_tally"
            ),
        ),
        migrations.AddIndex(
            model_name="word",
            index=models.Index(
                fields=["term", "label", "record"], name="store_word_term_79bb6d_idx"
            ),
        ),
        migrations.RunPython(count_rows, uncount_rows),
    ]
