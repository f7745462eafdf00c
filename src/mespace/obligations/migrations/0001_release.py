"""The tables of this room."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from mespace.platform.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [("obligations", "0001_initial"), ("obligations", "0002_obligations_of_a_kind")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("ledger", "0001_release"),
        ("regulation", "0001_release"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Note",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.PositiveIntegerField()),
                        ("text", models.TextField()),
                        ("salt", models.CharField(max_length=32)),
                        (
                            "obligation",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notes",
                                to="obligations.obligation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("obligation", "seq"), name="obligation_note_unique")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Obligation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=200, unique=True)),
                        ("kind", models.CharField(max_length=40)),
                        ("clause", models.CharField(max_length=20)),
                        ("whom_kind", models.CharField(max_length=40)),
                        ("whom_id", models.BigIntegerField()),
                        ("owed_to", models.BigIntegerField(null=True)),
                        ("since", models.DateTimeField()),
                        ("opened_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "running"),
                                    ("missed", "overdue, still owed"),
                                    ("fulfilled", "done in time"),
                                    ("late", "done late"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("follows_calendar", models.BooleanField()),
                        ("rests_on_provisional", models.BooleanField(default=False)),
                        ("first_due_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("missed_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("reason", models.CharField(blank=True, max_length=40)),
                        ("wake_at", models.DateTimeField(null=True)),
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "calendar_edition",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regulation.calendaredition",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "regulation_edition",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regulation.regulationedition",
                            ),
                        ),
                        (
                            "stream",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="obligation",
                                to="ledger.stream",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("wake_at__isnull", False)),
                                fields=["wake_at"],
                                name="obligation_wake",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ["missed", "open"])),
                                fields=["due_at", "id"],
                                name="obligation_owed_by_due",
                            ),
                            models.Index(fields=["due_at", "id"], name="obligation_by_due"),
                            models.Index(fields=["owed_to", "due_at", "id"], name="obligation_of_customer"),
                            models.Index(
                                fields=["kind", "due_at", "id"], include=("state",), name="obligation_of_kind"
                            ),
                            models.Index(fields=["whom_kind", "whom_id"], name="obligation_of_whom"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("state__in", ["missed", "open"])),
                                    models.Q(
                                        ("ended_at__isnull", False), ("state__in", ["fulfilled", "late", "withdrawn"])
                                    ),
                                    _connector="OR",
                                ),
                                name="obligation_ended_has_an_instant",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "withdrawn"),
                                    models.Q(("missed_at__isnull", True), ("state__in", ["open", "fulfilled"])),
                                    models.Q(("missed_at__isnull", False), ("state__in", ["missed", "late"])),
                                    _connector="OR",
                                ),
                                name="obligation_late_was_missed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "open"), ("wake_at__isnull", False)),
                                    models.Q(models.Q(("state", "open"), _negated=True), ("wake_at__isnull", True)),
                                    _connector="OR",
                                ),
                                name="obligation_open_has_a_timer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "withdrawn"), models.Q(("reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "withdrawn"), _negated=True), ("reason", "")),
                                    _connector="OR",
                                ),
                                name="obligation_withdrawn_has_a_reason",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="obligation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="obligation_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:missed,open:fulfilled,missed:late,open:withdrawn,missed:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="8fa0d2aece1cd2674c22d7efe7f0f3231bf840b0",
                            operation="UPDATE",
                            pgid="pgtrigger_obligation_moves_92c3d",
                            table="obligations_obligation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="obligation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="obligation_is_never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="3517579b75fb6b7f652fe085898028bed554ed77",
                            operation="DELETE",
                            pgid="pgtrigger_obligation_is_never_deleted_34fb0",
                            table="obligations_obligation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="obligation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="obligation_is_born_owed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.state NOT IN ('open', 'missed'))",
                            func="RAISE EXCEPTION 'an obligation is born open or missed' USING ERRCODE = 'P0001';",
                            hash="2d85cfd92584534d5daa0f63938af5529d7f1d1e",
                            operation="INSERT",
                            pgid="pgtrigger_obligation_is_born_owed_4c35d",
                            table="obligations_obligation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="obligation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="obligation_identity_is_fixed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."stream_id" IS DISTINCT FROM (NEW."stream_id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."clause" IS DISTINCT FROM (NEW."clause") OR OLD."whom_kind" IS DISTINCT FROM (NEW."whom_kind") OR OLD."whom_id" IS DISTINCT FROM (NEW."whom_id") OR OLD."owed_to" IS DISTINCT FROM (NEW."owed_to") OR OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."opened_by_id" IS DISTINCT FROM (NEW."opened_by_id") OR OLD."regulation_edition_id" IS DISTINCT FROM (NEW."regulation_edition_id") OR OLD."first_due_at" IS DISTINCT FROM (NEW."first_due_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="3c773488ac27717649721caebc074cd70321fce6",
                            operation="UPDATE",
                            pgid="pgtrigger_obligation_identity_is_fixed_11805",
                            table="obligations_obligation",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
