"""Links for people who come back after they lost password or second factor."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Name whom a link lets in again."""

    dependencies = [
        ("store", "0003_counts"),
    ]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="returning",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="store.person",
            ),
        ),
    ]
