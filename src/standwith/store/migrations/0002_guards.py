"""Triggers and row policies: what the database itself enforces."""

from __future__ import annotations

from django.db import migrations

from standwith.store.guards import lower_guards, raise_guards


class Migration(migrations.Migration):
    """Raise the guards once the tables stand."""

    dependencies = [("store", "0001_tables")]

    operations = [migrations.RunPython(raise_guards, lower_guards)]
