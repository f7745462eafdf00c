"""The tables of this room."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import mespace.accounts.models
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from mespace.platform.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_links_and_sign_ins"),
        ("accounts", "0003_row_audit"),
        ("accounts", "0004_duty_roster"),
    ]

    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Absence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("vacation", "vacation"),
                                    ("sick_leave", "sick leave"),
                                    ("business_trip", "business trip"),
                                    ("training", "training"),
                                    ("other", "other"),
                                ],
                                max_length=20,
                                verbose_name="reason",
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="absences",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["ends_at"], name="absence_not_over")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="absence_ends_after_its_start",
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="absence",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_absenceaudit" ("ends_at", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "user_id") VALUES (NEW."ends_at", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_at", NEW."user_id"); RETURN NULL;',
                            hash="8874bc83f803e9f7ef1b24a353ac031808074800",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b9041",
                            table="accounts_absence",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="absence",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_absenceaudit" ("ends_at", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "user_id") VALUES (NEW."ends_at", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_at", NEW."user_id"); RETURN NULL;',
                            hash="7c307d6e11624d8f169f803eab4b09013c234831",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b558a",
                            table="accounts_absence",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="absence",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_absenceaudit" ("ends_at", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "user_id") VALUES (OLD."ends_at", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts_at", OLD."user_id"); RETURN NULL;',
                            hash="e35a70ed4591edcd8b3c232f4a0b35275c192937",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1cc4d",
                            table="accounts_absence",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="AbsenceAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("vacation", "vacation"),
                                    ("sick_leave", "sick leave"),
                                    ("business_trip", "business trip"),
                                    ("training", "training"),
                                    ("other", "other"),
                                ],
                                max_length=20,
                                verbose_name="reason",
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
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
                                to="accounts.absence",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="absenceaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a3911df6f966fe60808959278d928868fd6e5307",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f5829",
                            table="accounts_absenceaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="PasswordLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("invitation", "invitation"), ("reset", "password reset")], max_length=12
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("created_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(null=True)),
                        ("revoked_at", models.DateTimeField(null=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="password_links",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at", None), ("used_at", None)),
                                fields=("user", "kind"),
                                name="password_link_one_open_per_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Shift",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shifts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="shift_ends_after_its_start",
                            ),
                            models.UniqueConstraint(fields=("starts_at", "user"), name="shift_one_at_a_time"),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="shift",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_shiftaudit" ("ends_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "user_id") VALUES (NEW."ends_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_at", NEW."user_id"); RETURN NULL;',
                            hash="d202aaf0078ed3c8afe7fa0f7efc7a6b8ca814bb",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_743d7",
                            table="accounts_shift",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="shift",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_shiftaudit" ("ends_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "user_id") VALUES (NEW."ends_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_at", NEW."user_id"); RETURN NULL;',
                            hash="ff71c9c4691a3aab12df604af0441028a349c911",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_17be6",
                            table="accounts_shift",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="shift",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_shiftaudit" ("ends_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "user_id") VALUES (OLD."ends_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts_at", OLD."user_id"); RETURN NULL;',
                            hash="ae84f8cb901e1f7c6a74bcbd60afcc3613fbbf44",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_db7c6",
                            table="accounts_shift",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ShiftAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
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
                                to="accounts.shift",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="shiftaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6827640b7eb300f4804af5edeadfea70e5eaedb9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a1eb1",
                            table="accounts_shiftaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="SignIn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("password", "signed in with a password"),
                                    ("second_factor", "signed in with a password and a second factor"),
                                    ("passkey", "signed in with a passkey"),
                                    ("signed_out", "signed out"),
                                    ("wrong_password", "wrong e-mail or password"),
                                    ("wrong_code", "wrong second factor"),
                                    ("disabled", "right password, but the account is disabled"),
                                    ("throttled", "too many attempts"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("network", models.CharField(blank=True, max_length=43)),
                        ("user_agent", models.CharField(blank=True, max_length=200)),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_ins",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["user", "-id"], name="sign_in_by_user")],
                    },
                ),
                migrations.CreateModel(
                    name="UserAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("full_name", models.CharField(max_length=200, verbose_name="full name")),
                        ("job_title", models.CharField(blank=True, max_length=200, verbose_name="job title")),
                        ("phone", models.CharField(blank=True, max_length=50, verbose_name="phone")),
                        (
                            "roles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("customer_user", "customer's user"),
                                        ("responsible", "responsible employee"),
                                        ("agent", "support agent"),
                                        ("contractor", "contractor"),
                                        ("manager", "support manager"),
                                        ("director", "director"),
                                        ("auditor", "auditor"),
                                        ("administrator", "administrator"),
                                    ],
                                    max_length=20,
                                ),
                                size=None,
                                verbose_name="roles",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("ru", "Русский"), ("en", "English")],
                                default="ru",
                                max_length=2,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "time_zone",
                            models.CharField(
                                default="Europe/Moscow",
                                max_length=50,
                                validators=[mespace.accounts.models.check_time_zone],
                                verbose_name="time zone",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="may sign in")),
                        ("created_at", models.DateTimeField(verbose_name="created")),
                        ("session_generation", models.PositiveIntegerField(default=0, editable=False)),
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
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="useraudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b1a1377bfd16ebb21226334a6055ecc2bfc283f8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8dcd8",
                            table="accounts_useraudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                        ("full_name", models.CharField(max_length=200, verbose_name="full name")),
                        ("job_title", models.CharField(blank=True, max_length=200, verbose_name="job title")),
                        ("phone", models.CharField(blank=True, max_length=50, verbose_name="phone")),
                        (
                            "roles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("customer_user", "customer's user"),
                                        ("responsible", "responsible employee"),
                                        ("agent", "support agent"),
                                        ("contractor", "contractor"),
                                        ("manager", "support manager"),
                                        ("director", "director"),
                                        ("auditor", "auditor"),
                                        ("administrator", "administrator"),
                                    ],
                                    max_length=20,
                                ),
                                size=None,
                                verbose_name="roles",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("ru", "Русский"), ("en", "English")],
                                default="ru",
                                max_length=2,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "time_zone",
                            models.CharField(
                                default="Europe/Moscow",
                                max_length=50,
                                validators=[mespace.accounts.models.check_time_zone],
                                verbose_name="time zone",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="may sign in")),
                        ("created_at", models.DateTimeField(verbose_name="created")),
                        ("session_generation", models.PositiveIntegerField(default=0, editable=False)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"), name="user_email_ci_unique"
                            ),
                            models.CheckConstraint(condition=models.Q(("roles__len__gte", 1)), name="user_has_a_role"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("roles__overlap", ["customer_user", "responsible"]), _negated=True),
                                    ("roles__len", 1),
                                    _connector="OR",
                                ),
                                name="user_customer_role_stands_alone",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="user",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_useraudit" ("created_at", "email", "full_name", "id", "is_active", "job_title", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "roles", "session_generation", "time_zone") VALUES (NEW."created_at", NEW."email", NEW."full_name", NEW."id", NEW."is_active", NEW."job_title", NEW."language", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."roles", NEW."session_generation", NEW."time_zone"); RETURN NULL;',
                            hash="53f441f9ddfaebf6d925ae7369ca5e037c57af0a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3867c",
                            table="accounts_user",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="user",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."full_name" IS DISTINCT FROM (NEW."full_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."job_title" IS DISTINCT FROM (NEW."job_title") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."roles" IS DISTINCT FROM (NEW."roles") OR OLD."session_generation" IS DISTINCT FROM (NEW."session_generation") OR OLD."time_zone" IS DISTINCT FROM (NEW."time_zone"))',
                            func='INSERT INTO "accounts_useraudit" ("created_at", "email", "full_name", "id", "is_active", "job_title", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "roles", "session_generation", "time_zone") VALUES (NEW."created_at", NEW."email", NEW."full_name", NEW."id", NEW."is_active", NEW."job_title", NEW."language", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."roles", NEW."session_generation", NEW."time_zone"); RETURN NULL;',
                            hash="0ebd55f076ac51edf242d700da1f5a378531f701",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0e890",
                            table="accounts_user",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="user",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_useraudit" ("created_at", "email", "full_name", "id", "is_active", "job_title", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "roles", "session_generation", "time_zone") VALUES (OLD."created_at", OLD."email", OLD."full_name", OLD."id", OLD."is_active", OLD."job_title", OLD."language", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."roles", OLD."session_generation", OLD."time_zone"); RETURN NULL;',
                            hash="bb741ed36aab5a2790f0165c72cce0f6fbfe919e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_19f14",
                            table="accounts_user",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
