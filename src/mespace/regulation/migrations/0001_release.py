"""The tables of this room."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from mespace.platform.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("regulation", "0001_initial"),
        ("regulation", "0003_who_adopted_and_why"),
        ("regulation", "0004_clauses_of_editions"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="CalendarEdition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True)),
                        ("adopted_at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("content", models.JSONField()),
                        ("digest", models.CharField(max_length=64)),
                        (
                            "adopted_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-adopted_at"],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="calendaredition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="calendar_is_fixed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0967f6bccf2bba82b953a46234a2cc758e79dae0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_calendar_is_fixed_e5eea",
                            table="regulation_calendaredition",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="EditionDraft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(blank=True, max_length=20)),
                        ("title", models.CharField(blank=True, max_length=200)),
                        ("in_force_from", models.DateField(null=True)),
                        ("parameters", models.JSONField()),
                        ("source", models.TextField(blank=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        (
                            "changed_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-changed_at"],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="editiondraft",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "regulation_editiondraftaudit" ("changed_at", "changed_by_id", "code", "created_at", "id", "in_force_from", "parameters", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title", "version") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."code", NEW."created_at", NEW."id", NEW."in_force_from", NEW."parameters", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."title", NEW."version"); RETURN NULL;',
                            hash="9be64e3917c655864ac88ff4d150385f0e679704",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d6b2f",
                            table="regulation_editiondraft",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="editiondraft",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "regulation_editiondraftaudit" ("changed_at", "changed_by_id", "code", "created_at", "id", "in_force_from", "parameters", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title", "version") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."code", NEW."created_at", NEW."id", NEW."in_force_from", NEW."parameters", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."title", NEW."version"); RETURN NULL;',
                            hash="e35bc6b5a1ec0887d71bd736a9fc160e011830e2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_79f5d",
                            table="regulation_editiondraft",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="editiondraft",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "regulation_editiondraftaudit" ("changed_at", "changed_by_id", "code", "created_at", "id", "in_force_from", "parameters", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title", "version") VALUES (OLD."changed_at", OLD."changed_by_id", OLD."code", OLD."created_at", OLD."id", OLD."in_force_from", OLD."parameters", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."title", OLD."version"); RETURN NULL;',
                            hash="556c94d3c78767cc18d6ce3537b9c1992b41e0a1",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_50134",
                            table="regulation_editiondraft",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="EditionDraftAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        ("code", models.CharField(blank=True, max_length=20)),
                        ("title", models.CharField(blank=True, max_length=200)),
                        ("in_force_from", models.DateField(null=True)),
                        ("parameters", models.JSONField()),
                        ("source", models.TextField(blank=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        (
                            "changed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                                to="regulation.editiondraft",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="editiondraftaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="33a331bf04175adab5af90f2496041b3fd68d2bd",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6b19e",
                            table="regulation_editiondraftaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="RegulationEdition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True)),
                        ("title", models.CharField(max_length=200)),
                        ("published_on", models.DateField()),
                        ("in_force_from", models.DateField()),
                        ("parameters", models.JSONField()),
                        ("digest", models.CharField(max_length=64)),
                        ("published_at", models.DateTimeField(null=True)),
                        ("text_digest", models.CharField(blank=True, db_default="", default="", max_length=64)),
                        (
                            "published_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-in_force_from"],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="regulationedition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="edition_is_fixed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="17e5e27dbb5c4e84fa92b94515054529bfa0ad6f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_edition_is_fixed_0e705",
                            table="regulation_regulationedition",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="regulationedition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="edition_comes_after_notice",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE last date; notice integer;",
                            func="\n        SELECT max(in_force_from) INTO last FROM regulation_regulationedition;\n        IF last IS NULL THEN\n            RETURN NEW;\n        END IF;\n        SELECT (parameters ->> 'notice_days')::integer INTO notice FROM regulation_regulationedition\n            WHERE in_force_from <= NEW.published_on ORDER BY in_force_from DESC, id DESC LIMIT 1;\n        IF notice IS NULL OR NEW.in_force_from < NEW.published_on + notice THEN\n            RAISE EXCEPTION 'edition %: in force sooner after its publication than the notice of % days allows',\n                NEW.code, notice USING ERRCODE = 'check_violation';\n        END IF;\n        IF NEW.in_force_from <= last THEN\n            RAISE EXCEPTION 'edition %: not after the edition in force from %', NEW.code, last\n                USING ERRCODE = 'check_violation';\n        END IF;\n        IF (NEW.published_at AT TIME ZONE 'Europe/Moscow')::date <> NEW.published_on THEN\n            RAISE EXCEPTION 'edition %: published on another date than at that instant', NEW.code\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                            hash="fd1ac1ff3e3cd8869310dcc579f1146948cb1f36",
                            operation="INSERT",
                            pgid="pgtrigger_edition_comes_after_notice_dabab",
                            table="regulation_regulationedition",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="EditionText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("source", models.TextField()),
                        ("digest", models.CharField(max_length=64)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("entered_at", models.DateTimeField()),
                        (
                            "entered_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="texts",
                                to="regulation.regulationedition",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "number"), name="edition_text_number"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number", 1), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="edition_text_correction_says_why",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="editiontext",
                    trigger=pgtrigger.compiler.Trigger(
                        name="text_is_fixed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8783c9ec604c5731b4bcc03bd47c5f3ef8a37c09",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_text_is_fixed_090ed",
                            table="regulation_editiontext",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="editiontext",
                    trigger=pgtrigger.compiler.Trigger(
                        name="text_is_the_published_one",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE published text;",
                            func="\n        IF NEW.digest <> encode(sha256(convert_to(NEW.source, 'UTF8')), 'hex') THEN\n            RAISE EXCEPTION 'the digest is not that of the text' USING ERRCODE = 'check_violation';\n        END IF;\n        SELECT text_digest INTO published FROM regulation_regulationedition WHERE id = NEW.edition_id;\n        IF published <> '' AND (published <> NEW.digest OR NEW.number <> 1) THEN\n            RAISE EXCEPTION 'the edition was published with another text' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                            hash="61b547af93e800bcf2f545cbc517b7722f2458b7",
                            operation="INSERT",
                            pgid="pgtrigger_text_is_the_published_one_33d00",
                            table="regulation_editiontext",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="EditionReading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="regulation.regulationedition",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "user"), name="edition_reading_once")
                        ],
                    },
                ),
            ]
        ),
    ]
