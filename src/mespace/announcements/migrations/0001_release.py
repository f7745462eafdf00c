"""The tables of this room."""

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from mespace.platform.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [("announcements", "0001_initial")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("ledger", "0001_release"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("products", "0001_release"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="DayFigure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("up", models.PositiveIntegerField()),
                        ("down", models.PositiveIntegerField()),
                        ("planned", models.PositiveIntegerField()),
                        (
                            "component",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="days",
                                to="announcements.servicecomponent",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["day"], name="day_figure_by_day")],
                        "constraints": [
                            models.UniqueConstraint(fields=("component", "day"), name="day_figure_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("planned__lte", models.F("down"))),
                                name="day_figure_planned_is_down",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Probe",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=30, unique=True, verbose_name="code")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="where it runs")),
                        (
                            "public_key",
                            models.CharField(
                                max_length=64,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "\\A[0-9a-f]{64}\\Z", "64 hexadecimal digits, as the prober prints them."
                                    )
                                ],
                                verbose_name="public key",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="its deliveries are taken")),
                        ("last_seq", models.PositiveBigIntegerField(default=0)),
                        (
                            "last_hash",
                            models.CharField(
                                default="0000000000000000000000000000000000000000000000000000000000000000",
                                max_length=64,
                            ),
                        ),
                        ("last_at", models.DateTimeField(blank=True, null=True)),
                        ("last_counts_at", models.DateTimeField(blank=True, null=True)),
                        ("last_received_at", models.DateTimeField(blank=True, null=True)),
                        ("skew_seconds", models.IntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["code"],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="probe",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "announcements_probeaudit" ("code", "id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "public_key") VALUES (NEW."code", NEW."id", NEW."is_active", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."public_key"); RETURN NULL;',
                            hash="d90d515e473523e155cdbd1e32dd0ba7204d6039",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0a046",
                            table="announcements_probe",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="probe",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."public_key" IS DISTINCT FROM (NEW."public_key"))',
                            func='INSERT INTO "announcements_probeaudit" ("code", "id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "public_key") VALUES (NEW."code", NEW."id", NEW."is_active", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."public_key"); RETURN NULL;',
                            hash="13d398452afd42d90f49785023e95e6f85b0e626",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_547d5",
                            table="announcements_probe",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="probe",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "announcements_probeaudit" ("code", "id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "public_key") VALUES (OLD."code", OLD."id", OLD."is_active", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."public_key"); RETURN NULL;',
                            hash="ab827026fb6d59cc2881aacd9a16851cc25183bd",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8bc96",
                            table="announcements_probe",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ProbeAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        ("code", models.SlugField(db_index=False, max_length=30, verbose_name="code")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="where it runs")),
                        (
                            "public_key",
                            models.CharField(
                                max_length=64,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "\\A[0-9a-f]{64}\\Z", "64 hexadecimal digits, as the prober prints them."
                                    )
                                ],
                                verbose_name="public key",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="its deliveries are taken")),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="audits",
                                related_query_name="audits_query",
                                to="announcements.probe",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="probeaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="acf9c62c6ab343bb7e89027eaafb746cb630a1a7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e2b6e",
                            table="announcements_probeaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ProbeRound",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.PositiveBigIntegerField()),
                        ("at", models.DateTimeField()),
                        ("counts_at", models.DateTimeField()),
                        ("results", models.JSONField()),
                        ("prev_hash", models.CharField(max_length=64)),
                        ("hash", models.CharField(max_length=64)),
                        ("signature", models.CharField(max_length=128)),
                        ("received_at", models.DateTimeField()),
                        (
                            "probe",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="announcements.probe",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["counts_at"], name="probe_round_by_instant")],
                        "constraints": [models.UniqueConstraint(fields=("probe", "seq"), name="probe_round_unique")],
                    },
                ),
                migrations.CreateModel(
                    name="Seen",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField()),
                        ("at", models.DateTimeField()),
                        (
                            "stream",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.stream",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("stream", "user", "version"), name="announcement_seen_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceComponent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            models.SlugField(
                                help_text="Latin letters: the prober calls the component so. It cannot be changed.",
                                max_length=30,
                                unique=True,
                                verbose_name="code",
                            ),
                        ),
                        ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=100, verbose_name="name in English")),
                        ("position", models.PositiveSmallIntegerField(default=10, verbose_name="place in the list")),
                        ("is_active", models.BooleanField(default=True, verbose_name="shown on the status page")),
                        (
                            "products",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Choose none for what everybody uses.",
                                related_name="service_components",
                                to="products.product",
                                verbose_name="only for users of",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "name"],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicecomponent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "announcements_servicecomponentaudit" ("code", "id", "is_active", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."code", NEW."id", NEW."is_active", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position"); RETURN NULL;',
                            hash="58e48a15e9d12314e9725139e2393583becbc23a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6d0d8",
                            table="announcements_servicecomponent",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicecomponent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "announcements_servicecomponentaudit" ("code", "id", "is_active", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."code", NEW."id", NEW."is_active", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position"); RETURN NULL;',
                            hash="7ac9a0bc57e1bdd1719fa8733cfd7facb5a4c077",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_382be",
                            table="announcements_servicecomponent",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicecomponent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "announcements_servicecomponentaudit" ("code", "id", "is_active", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (OLD."code", OLD."id", OLD."is_active", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position"); RETURN NULL;',
                            hash="2af4d3a865f9b4517cee089c16f6c24c5814fe87",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cb5aa",
                            table="announcements_servicecomponent",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ServiceComponentAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        (
                            "code",
                            models.SlugField(
                                db_index=False,
                                help_text="Latin letters: the prober calls the component so. It cannot be changed.",
                                max_length=30,
                                verbose_name="code",
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=100, verbose_name="name in English")),
                        ("position", models.PositiveSmallIntegerField(default=10, verbose_name="place in the list")),
                        ("is_active", models.BooleanField(default=True, verbose_name="shown on the status page")),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="audits",
                                related_query_name="audits_query",
                                to="announcements.servicecomponent",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicecomponentaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="732e21d7a73a7b0f5cafc8b516ac7a319af2f79f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_1953d",
                            table="announcements_servicecomponentaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.PositiveIntegerField()),
                        ("kind", models.CharField(max_length=12)),
                        ("at", models.DateTimeField()),
                        ("title", models.CharField(blank=True, max_length=200)),
                        ("text", models.TextField(blank=True)),
                        ("salt", models.CharField(max_length=32)),
                        (
                            "stream",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="ledger.stream",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("stream", "seq"), name="announcement_entry_unique")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeedAddress",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "digest",
                            models.CharField(
                                max_length=64,
                                unique=True,
                                validators=[django.core.validators.RegexValidator("\\A[0-9a-f]{64}\\Z")],
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="MaintenanceWindow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("announced_at", models.DateTimeField()),
                        ("first_restore_at", models.DateTimeField()),
                        ("title", models.CharField(max_length=200)),
                        ("text", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("announced", "announced"),
                                    ("running", "under way"),
                                    ("restored", "access restored"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="announced",
                                max_length=10,
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("restore_at", models.DateTimeField()),
                        ("lead_seconds", models.PositiveIntegerField()),
                        ("restored_at", models.DateTimeField(null=True)),
                        ("cancelled_at", models.DateTimeField(null=True)),
                        ("overrun_at", models.DateTimeField(null=True)),
                        ("told_at", models.DateTimeField()),
                        ("is_current", models.BooleanField(default=False)),
                        ("wake_at", models.DateTimeField(null=True)),
                        ("sequence", models.PositiveIntegerField(default=0)),
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "announced_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "stream",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="maintenance",
                                to="ledger.stream",
                            ),
                        ),
                        (
                            "components",
                            models.ManyToManyField(
                                related_name="maintenance",
                                through="announcements.MaintenanceComponent",
                                to="announcements.servicecomponent",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("wake_at__isnull", False)),
                                fields=["wake_at"],
                                name="maintenance_wake",
                            ),
                            models.Index(
                                condition=models.Q(("is_current", True)), fields=["id"], name="maintenance_current"
                            ),
                            models.Index(fields=["starts_at", "id"], name="maintenance_by_start"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("restore_at__gt", models.F("starts_at"))),
                                name="maintenance_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("cancelled_at__isnull", True),
                                        ("restored_at__isnull", True),
                                        ("state__in", ["announced", "running"]),
                                    ),
                                    models.Q(
                                        ("cancelled_at__isnull", True),
                                        ("restored_at__gte", models.F("starts_at")),
                                        ("state", "restored"),
                                    ),
                                    models.Q(
                                        ("cancelled_at__isnull", False),
                                        ("restored_at__isnull", True),
                                        ("state", "cancelled"),
                                    ),
                                    _connector="OR",
                                ),
                                name="maintenance_ended_has_an_instant",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "announced"), ("wake_at__isnull", False)),
                                    ("state", "running"),
                                    models.Q(
                                        ("is_current", False),
                                        ("state__in", ["restored", "cancelled"]),
                                        ("wake_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="maintenance_ahead_has_a_timer",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="maintenancewindow",
                    trigger=pgtrigger.compiler.Trigger(
                        name="maintenance_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{announced:running,announced:cancelled,running:restored}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="023c5859fa03dfe963617579062c37728336aad2",
                            operation="UPDATE",
                            pgid="pgtrigger_maintenance_moves_dcc21",
                            table="announcements_maintenancewindow",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="maintenancewindow",
                    trigger=pgtrigger.compiler.Trigger(
                        name="maintenance_is_never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="71417197d1e62d681ad9db3fc2f350264afb045f",
                            operation="DELETE",
                            pgid="pgtrigger_maintenance_is_never_deleted_0faf0",
                            table="announcements_maintenancewindow",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="maintenancewindow",
                    trigger=pgtrigger.compiler.Trigger(
                        name="maintenance_identity_is_fixed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."stream_id" IS DISTINCT FROM (NEW."stream_id") OR OLD."announced_at" IS DISTINCT FROM (NEW."announced_at") OR OLD."announced_by_id" IS DISTINCT FROM (NEW."announced_by_id") OR OLD."first_restore_at" IS DISTINCT FROM (NEW."first_restore_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="fba3e7ab19a2176f4c88d179833bfb73d04e32bd",
                            operation="UPDATE",
                            pgid="pgtrigger_maintenance_identity_is_fixed_c0d60",
                            table="announcements_maintenancewindow",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="MaintenanceComponent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "maintenancewindow",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="announcements.maintenancewindow",
                            ),
                        ),
                        (
                            "component",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="announcements.servicecomponent"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("maintenancewindow", "component"), name="maintenance_component_unique"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Outage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        (
                            "impact",
                            models.CharField(
                                choices=[("down", "does not work"), ("degraded", "works with disturbances")],
                                max_length=10,
                            ),
                        ),
                        ("began_at", models.DateTimeField()),
                        ("reported_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("changed_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "reported_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "stream",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="outage", to="ledger.stream"
                            ),
                        ),
                        (
                            "components",
                            models.ManyToManyField(
                                related_name="outages",
                                through="announcements.OutageComponent",
                                to="announcements.servicecomponent",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)), fields=["id"], name="outage_open"
                            ),
                            models.Index(fields=["began_at", "id"], name="outage_by_beginning"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True), ("ended_at__gte", models.F("began_at")), _connector="OR"
                                ),
                                name="outage_ends_after_beginning",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reported_at__gte", models.F("began_at"))),
                                name="outage_reported_after_beginning",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="outage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="outage_is_never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="8f4468a1994d925598a60ab070c215bfbddcaeb5",
                            operation="DELETE",
                            pgid="pgtrigger_outage_is_never_deleted_c5c78",
                            table="announcements_outage",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="outage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="outage_identity_is_fixed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."stream_id" IS DISTINCT FROM (NEW."stream_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."began_at" IS DISTINCT FROM (NEW."began_at") OR OLD."reported_at" IS DISTINCT FROM (NEW."reported_at") OR OLD."reported_by_id" IS DISTINCT FROM (NEW."reported_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="16eb55335baf7ff36e111c029839482bb9c3d4d8",
                            operation="UPDATE",
                            pgid="pgtrigger_outage_identity_is_fixed_f7b36",
                            table="announcements_outage",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="outage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="outage_ends_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.ended_at IS NOT NULL)",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="a621de75331bf7c360f44999a0f670e8ab739335",
                            operation="UPDATE",
                            pgid="pgtrigger_outage_ends_once_3a0d2",
                            table="announcements_outage",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="OutageComponent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "outage",
                            models.ForeignKey(
                                db_index=False, on_delete=django.db.models.deletion.PROTECT, to="announcements.outage"
                            ),
                        ),
                        (
                            "component",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="announcements.servicecomponent"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("outage", "component"), name="outage_component_unique")
                        ],
                    },
                ),
            ]
        ),
    ]
