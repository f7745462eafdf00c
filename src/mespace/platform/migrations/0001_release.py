"""The tables of this room."""

from django.db import migrations, models
from mespace.platform.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [("platform", "0001_initial"), ("platform", "0002_pace")]

    initial = True

    dependencies = []

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="IdempotencyKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("actor", models.CharField(max_length=40)),
                        ("key", models.CharField(max_length=64)),
                        ("act", models.CharField(max_length=40)),
                        ("digest", models.CharField(max_length=64)),
                        ("answer", models.JSONField(null=True)),
                        ("created_at", models.DateTimeField(db_index=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("actor", "key"), name="idempotency_key_unique")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("person", models.CharField(max_length=40)),
                        ("company", models.CharField(max_length=40)),
                        ("act", models.CharField(max_length=20)),
                        ("level", models.FloatField()),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["company", "act"], name="pace_of_company")],
                        "constraints": [
                            models.UniqueConstraint(fields=("person", "act"), name="pace_of_person_unique")
                        ],
                    },
                ),
            ]
        ),
        migrations.RunSQL("ALTER TABLE platform_pace SET UNLOGGED", reverse_sql="ALTER TABLE platform_pace SET LOGGED"),
    ]
