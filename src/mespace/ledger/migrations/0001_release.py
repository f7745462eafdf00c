"""The tables of this room."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models
from mespace.platform.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [("ledger", "0001_initial"), ("ledger", "0002_events_by_time")]

    initial = True

    dependencies = []

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Stream",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("subject", models.CharField(max_length=20)),
                        ("head_seq", models.PositiveIntegerField(default=0)),
                        (
                            "head_hash",
                            models.CharField(
                                default="0000000000000000000000000000000000000000000000000000000000000000",
                                max_length=64,
                            ),
                        ),
                        ("head_at", models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.PositiveIntegerField()),
                        ("at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField()),
                        ("kind", models.CharField(max_length=40)),
                        ("actor", models.CharField(max_length=40)),
                        ("payload", models.JSONField()),
                        ("prev_hash", models.CharField(max_length=64)),
                        ("hash", models.CharField(max_length=64)),
                        (
                            "stream",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="ledger.stream",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.BrinIndex(
                                autosummarize=True, fields=["at"], name="event_by_time", pages_per_range=16
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("stream", "seq"), name="event_seq_unique"),
                            models.UniqueConstraint(fields=("stream", "prev_hash"), name="event_chain_cannot_fork"),
                            models.CheckConstraint(condition=models.Q(("seq__gte", 1)), name="event_seq_from_one"),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="event_is_forever",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="efe4d44df4adb1874bc9ce17630b44740069e907",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_event_is_forever_5a473",
                            table="ledger_event",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="events_are_not_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'the log is append-only';",
                            hash="60a7ab5930c36e65934c06c2bfcb75f35831ae15",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_events_are_not_truncated_54d89",
                            table="ledger_event",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
