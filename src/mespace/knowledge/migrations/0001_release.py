"""The tables of this room."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from mespace.platform.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [("knowledge", "0001_initial"), ("knowledge", "0002_feedback_views_search")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("products", "0001_release"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Article",
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
                                    ("how_to", "How-to"),
                                    ("solution", "Typical solution"),
                                    ("known_error", "Known error"),
                                    ("release_notes", "Release notes"),
                                    ("notice", "Notice"),
                                    ("regulation", "Regulation"),
                                ],
                                max_length=16,
                                verbose_name="kind of article",
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("public", "Everybody, also without signing in"),
                                    ("customers", "All customers"),
                                    ("product_users", "Customers with contracts for its software"),
                                    ("staff", "Staff only"),
                                ],
                                default="customers",
                                max_length=16,
                                verbose_name="who reads it",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("review", "In review"),
                                    ("published", "Published"),
                                    ("outdated", "Outdated"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("first_published_at", models.DateTimeField(null=True)),
                        ("published_at", models.DateTimeField(null=True)),
                        ("outdated_at", models.DateTimeField(null=True)),
                        ("outdated_reason", models.CharField(blank=True, max_length=500)),
                        (
                            "build",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="article",
                                to="products.build",
                                verbose_name="build",
                            ),
                        ),
                        (
                            "components",
                            models.ManyToManyField(
                                blank=True, related_name="articles", to="products.component", verbose_name="components"
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "known_error",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="article",
                                to="products.knownerror",
                                verbose_name="known error",
                            ),
                        ),
                        (
                            "products",
                            models.ManyToManyField(
                                blank=True, related_name="articles", to="products.product", verbose_name="software"
                            ),
                        ),
                        (
                            "versions",
                            models.ManyToManyField(
                                blank=True,
                                related_name="articles",
                                to="products.version",
                                verbose_name="valid for versions",
                            ),
                        ),
                        (
                            "head",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="knowledge.revision",
                            ),
                        ),
                        (
                            "shown",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="knowledge.revision",
                            ),
                        ),
                        (
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="articles",
                                to="knowledge.section",
                                verbose_name="section",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["state", "-id"], name="article_by_state"),
                            models.Index(
                                condition=models.Q(("shown__isnull", False)),
                                fields=["-published_at"],
                                name="article_newest",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "known_error"), ("known_error__isnull", False)),
                                    models.Q(
                                        models.Q(("kind", "known_error"), _negated=True), ("known_error__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="article_known_error_is_bound",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("build__isnull", False), ("kind", "release_notes")),
                                    models.Q(
                                        models.Q(("kind", "release_notes"), _negated=True), ("build__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="article_release_notes_are_bound",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), _negated=True),
                                    models.Q(("outdated_at__isnull", True), ("shown", models.F("head"))),
                                    _connector="OR",
                                ),
                                name="article_published_shows_the_newest",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "outdated"), _negated=True),
                                    models.Q(("outdated_at__isnull", False), ("shown__isnull", False)),
                                    _connector="OR",
                                ),
                                name="article_outdated_was_published",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("outdated_at__isnull", True),
                                        ("published_at__isnull", True),
                                        ("shown__isnull", True),
                                    ),
                                    models.Q(
                                        ("first_published_at__isnull", False),
                                        ("published_at__isnull", False),
                                        ("shown__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="article_shown_was_published",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="article",
                    trigger=pgtrigger.compiler.Trigger(
                        name="article_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:outdated,draft:review,outdated:draft,outdated:published,published:draft,published:outdated,review:draft,review:outdated,review:published}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="574498849cbef3f801686e801d303e7167634bc9",
                            operation="UPDATE",
                            pgid="pgtrigger_article_moves_23361",
                            table="knowledge_article",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="article",
                    trigger=pgtrigger.compiler.Trigger(
                        name="article_is_born_a_draft",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.state <> 'draft' OR NEW.shown_id IS NOT NULL)",
                            func="RAISE EXCEPTION 'an article is born a draft' USING ERRCODE = 'P0001';",
                            hash="1f5656dae49f5d904b9a5d16e26712d37f3e4b3b",
                            operation="INSERT",
                            pgid="pgtrigger_article_is_born_a_draft_ca3b6",
                            table="knowledge_article",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="article",
                    trigger=pgtrigger.compiler.Trigger(
                        name="article_shows_what_was_reviewed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.shown_id IS DISTINCT FROM OLD.shown_id AND NOT (OLD.state = 'review' AND NEW.state = 'published' AND NEW.shown_id = OLD.head_id))",
                            func="RAISE EXCEPTION 'readers get what was in review' USING ERRCODE = 'P0001';",
                            hash="1a8c4d683cf8c6e11c62c73c5f6911ece4ba69dd",
                            operation="UPDATE",
                            pgid="pgtrigger_article_shows_what_was_reviewed_a94c7",
                            table="knowledge_article",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="article",
                    trigger=pgtrigger.compiler.Trigger(
                        name="article_is_never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="070978b8ff2fe2f6e0d05df2e02c157cc439190f",
                            operation="DELETE",
                            pgid="pgtrigger_article_is_never_deleted_f19d9",
                            table="knowledge_article",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="article",
                    trigger=pgtrigger.compiler.Trigger(
                        name="article_identity_is_fixed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="2010d2cfbf1ef2d701ac1de91813095167e8adf0",
                            operation="UPDATE",
                            pgid="pgtrigger_article_identity_is_fixed_74720",
                            table="knowledge_article",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="article",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "knowledge_articleaudit" ("audience", "build_id", "created_at", "created_by_id", "first_published_at", "head_id", "id", "kind", "known_error_id", "outdated_at", "outdated_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "section_id", "shown_id", "state") VALUES (NEW."audience", NEW."build_id", NEW."created_at", NEW."created_by_id", NEW."first_published_at", NEW."head_id", NEW."id", NEW."kind", NEW."known_error_id", NEW."outdated_at", NEW."outdated_reason", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."section_id", NEW."shown_id", NEW."state"); RETURN NULL;',
                            hash="8abb15cd2df67623b333c8c75487dac2f724e83b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e52aa",
                            table="knowledge_article",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="article",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "knowledge_articleaudit" ("audience", "build_id", "created_at", "created_by_id", "first_published_at", "head_id", "id", "kind", "known_error_id", "outdated_at", "outdated_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "section_id", "shown_id", "state") VALUES (NEW."audience", NEW."build_id", NEW."created_at", NEW."created_by_id", NEW."first_published_at", NEW."head_id", NEW."id", NEW."kind", NEW."known_error_id", NEW."outdated_at", NEW."outdated_reason", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."section_id", NEW."shown_id", NEW."state"); RETURN NULL;',
                            hash="01ea86f05beb7f674d2101aa3c45d0afd321366e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_020d0",
                            table="knowledge_article",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="article",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "knowledge_articleaudit" ("audience", "build_id", "created_at", "created_by_id", "first_published_at", "head_id", "id", "kind", "known_error_id", "outdated_at", "outdated_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "section_id", "shown_id", "state") VALUES (OLD."audience", OLD."build_id", OLD."created_at", OLD."created_by_id", OLD."first_published_at", OLD."head_id", OLD."id", OLD."kind", OLD."known_error_id", OLD."outdated_at", OLD."outdated_reason", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."section_id", OLD."shown_id", OLD."state"); RETURN NULL;',
                            hash="ac62edf4cd7adbcb394dbf2c1fc1345b357cca5b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_67746",
                            table="knowledge_article",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ArticleAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("how_to", "How-to"),
                                    ("solution", "Typical solution"),
                                    ("known_error", "Known error"),
                                    ("release_notes", "Release notes"),
                                    ("notice", "Notice"),
                                    ("regulation", "Regulation"),
                                ],
                                max_length=16,
                                verbose_name="kind of article",
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("public", "Everybody, also without signing in"),
                                    ("customers", "All customers"),
                                    ("product_users", "Customers with contracts for its software"),
                                    ("staff", "Staff only"),
                                ],
                                default="customers",
                                max_length=16,
                                verbose_name="who reads it",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("review", "In review"),
                                    ("published", "Published"),
                                    ("outdated", "Outdated"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("first_published_at", models.DateTimeField(null=True)),
                        ("published_at", models.DateTimeField(null=True)),
                        ("outdated_at", models.DateTimeField(null=True)),
                        ("outdated_reason", models.CharField(blank=True, max_length=500)),
                        (
                            "build",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="products.build",
                                verbose_name="build",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "known_error",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="products.knownerror",
                                verbose_name="known error",
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
                                to="knowledge.article",
                            ),
                        ),
                        (
                            "head",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="knowledge.revision",
                            ),
                        ),
                        (
                            "shown",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="knowledge.revision",
                            ),
                        ),
                        (
                            "section",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="knowledge.section",
                                verbose_name="section",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="articleaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="43cb529147efcfd1170140a9aaf0f6fb6f02960f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6ddc5",
                            table="knowledge_articleaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ArticleComponentAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        (
                            "article",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="knowledge.article",
                            ),
                        ),
                        (
                            "component",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="products.component",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="articlecomponentaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5af6be0d43cbf3b208c66ea0f416ed753821671a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a8bcc",
                            table="knowledge_articlecomponentaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ArticleFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("size", models.PositiveBigIntegerField()),
                        ("media_type", models.CharField(max_length=100)),
                        ("is_image", models.BooleanField(default=False)),
                        ("sha256", models.CharField(max_length=64)),
                        ("blob", models.CharField(max_length=100)),
                        ("uploaded_at", models.DateTimeField(db_index=True)),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleProductAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        (
                            "article",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="knowledge.article",
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
                            "product",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="products.product",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="articleproductaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0890897f614cb749979784f09a6dfd6474c3d816",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8b214",
                            table="knowledge_articleproductaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ArticleStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("verb", models.CharField(max_length=12)),
                        (
                            "before",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("draft", "Draft"),
                                    ("review", "In review"),
                                    ("published", "Published"),
                                    ("outdated", "Outdated"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "after",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("review", "In review"),
                                    ("published", "Published"),
                                    ("outdated", "Outdated"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("at", models.DateTimeField()),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="knowledge.article",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="knowledge.revision",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="articlestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="article_step_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a62e6a9b831714bf902e1c5708507ffddcf9342e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_article_step_stays_59a9d",
                            table="knowledge_articlestep",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ArticleVersionAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        (
                            "article",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="knowledge.article",
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
                            "version",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="products.version",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="articleversionaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cd4f04a24acf62b78c3175cd1e18ceb201580528",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_91280",
                            table="knowledge_articleversionaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ArticleViews",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("count", models.PositiveIntegerField(default=0)),
                        (
                            "article",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="views",
                                to="knowledge.article",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("article", "day"), name="article_views_of_day")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Feedback",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("helped", models.BooleanField()),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("other_case", "My case is another one"),
                                    ("did_not_work", "I did it, and it did not help"),
                                    ("unclear", "I do not understand what to do"),
                                    ("wrong", "Something in it is wrong or out of date"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=1000)),
                        (
                            "source",
                            models.CharField(
                                choices=[("reading", "while reading"), ("filing", "instead of a request")],
                                default="reading",
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "article",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="feedback",
                                to="knowledge.article",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="knowledge.revision",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["article", "-id"], name="feedback_of_article")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("by__isnull", False)),
                                fields=("article", "by"),
                                name="feedback_one_answer_each",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("helped", True), ("reason", "")),
                                    models.Q(("helped", False), models.Q(("reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="feedback_not_helped_has_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KnownWord",
                    fields=[
                        ("word", models.CharField(max_length=40, primary_key=True, serialize=False)),
                        ("articles", models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="Publication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="publications",
                                to="knowledge.revision",
                            ),
                        ),
                    ],
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publication",
                    trigger=pgtrigger.compiler.Trigger(
                        name="publication_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="66d3926cdf9dbbb524ad97c77d80e58d7a7e331b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_publication_stays_283f2",
                            table="knowledge_publication",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="Revision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("title", models.CharField(max_length=200)),
                        ("summary", models.CharField(blank=True, max_length=400)),
                        ("body", models.TextField()),
                        ("details", models.JSONField(default=dict)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField()),
                        (
                            "article",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revisions",
                                to="knowledge.article",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "files",
                            models.ManyToManyField(
                                related_name="revisions", through="knowledge.RevisionFile", to="knowledge.articlefile"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["article", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("article", "number"), name="revision_number_unique")
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="revision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revision_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="bb418b7e2ffa4a9bc97629ab3d4ac842b226fe75",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_revision_never_changes_2bed8",
                            table="knowledge_revision",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="RevisionFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ties",
                                to="knowledge.articlefile",
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="file_ties",
                                to="knowledge.revision",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("revision", "file"), name="revision_file_once")
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="revisionfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revision_file_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ef89956b9ea05c83edc4076ac9b238f9a02611bb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_revision_file_stays_eb8bf",
                            table="knowledge_revisionfile",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="Section",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("position", models.PositiveSmallIntegerField(default=100, verbose_name="place in the list")),
                        (
                            "space",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sections",
                                to="knowledge.space",
                                verbose_name="space",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "name"],
                        "constraints": [models.UniqueConstraint(fields=("space", "name"), name="section_name_unique")],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="section",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "knowledge_sectionaudit" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "space_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."space_id"); RETURN NULL;',
                            hash="48a52d749e7ed9876c96e87f3eceafd0bdfe1550",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3b57f",
                            table="knowledge_section",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="section",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "knowledge_sectionaudit" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "space_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."space_id"); RETURN NULL;',
                            hash="583ea44a7c0a136b2b8525be4942cf4ee867b593",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1b507",
                            table="knowledge_section",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="section",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "knowledge_sectionaudit" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "space_id") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."space_id"); RETURN NULL;',
                            hash="218c6c434d66667e52629614ca2dd580ecdbaf29",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_87de1",
                            table="knowledge_section",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="SectionAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("position", models.PositiveSmallIntegerField(default=100, verbose_name="place in the list")),
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
                                to="knowledge.section",
                            ),
                        ),
                        (
                            "space",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="knowledge.space",
                                verbose_name="space",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sectionaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d6c56ff06badddf91c729293d4c894ceba965f74",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6e34e",
                            table="knowledge_sectionaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="Space",
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
                                help_text="Latin letters, for addresses and exports.",
                                max_length=30,
                                unique=True,
                                verbose_name="code",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                        ("description", models.CharField(blank=True, max_length=300, verbose_name="description")),
                        ("position", models.PositiveSmallIntegerField(default=100, verbose_name="place in the list")),
                    ],
                    options={
                        "ordering": ["position", "name"],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="space",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "knowledge_spaceaudit" ("code", "description", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."code", NEW."description", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position"); RETURN NULL;',
                            hash="3f80a6079a83524178f6ba6eff4cce2a4455141d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_616bd",
                            table="knowledge_space",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="space",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "knowledge_spaceaudit" ("code", "description", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."code", NEW."description", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position"); RETURN NULL;',
                            hash="0c1a4f6c15f8a8c5c56a1d3d3173fd10ca4f5b38",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b3c20",
                            table="knowledge_space",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="space",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "knowledge_spaceaudit" ("code", "description", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (OLD."code", OLD."description", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position"); RETURN NULL;',
                            hash="df2dfa30d14c77d968554c1cf22b98cd10f8085d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_56603",
                            table="knowledge_space",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="SpaceAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        (
                            "code",
                            models.SlugField(
                                db_index=False,
                                help_text="Latin letters, for addresses and exports.",
                                max_length=30,
                                verbose_name="code",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("description", models.CharField(blank=True, max_length=300, verbose_name="description")),
                        ("position", models.PositiveSmallIntegerField(default=100, verbose_name="place in the list")),
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
                                to="knowledge.space",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="spaceaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4f5f1b10b6b87fc886a4d6a857625a1867043f23",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4863b",
                            table="knowledge_spaceaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="WordWithout",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("without", models.CharField(max_length=40)),
                        (
                            "word",
                            models.ForeignKey(
                                db_index=False, on_delete=django.db.models.deletion.CASCADE, to="knowledge.knownword"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("without", "word"), name="word_without_once")],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleEntry",
                    fields=[
                        (
                            "article",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="entry",
                                serialize=False,
                                to="knowledge.article",
                            ),
                        ),
                        ("shown", django.contrib.postgres.search.SearchVectorField(null=True)),
                        ("shown_title", django.contrib.postgres.search.SearchVectorField(null=True)),
                        ("newest", django.contrib.postgres.search.SearchVectorField()),
                        ("newest_title", django.contrib.postgres.search.SearchVectorField()),
                        ("shown_text", models.TextField(blank=True)),
                        ("newest_text", models.TextField()),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(fields=["shown"], name="article_search_shown"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["shown_title"], name="article_search_shown_title"
                            ),
                            django.contrib.postgres.indexes.GinIndex(fields=["newest"], name="article_search_newest"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["newest_title"], name="article_search_newest_t"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleComponent",
                    fields=[],
                    options={
                        "proxy": True,
                    },
                    bases=("knowledge.article_components",),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="articlecomponent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "knowledge_articlecomponentaudit" ("article_id", "component_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label") VALUES (NEW."article_id", NEW."component_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\'); RETURN NULL;',
                            hash="a7b3e79cb82fdee617c37571deecacb16387b0a1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f4107",
                            table="knowledge_article_components",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="articlecomponent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "knowledge_articlecomponentaudit" ("article_id", "component_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label") VALUES (OLD."article_id", OLD."component_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\'); RETURN NULL;',
                            hash="b03b93d62a91faa2f73d32aa778f590b4e6666ff",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f8a96",
                            table="knowledge_article_components",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ArticleProduct",
                    fields=[],
                    options={
                        "proxy": True,
                    },
                    bases=("knowledge.article_products",),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="articleproduct",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "knowledge_articleproductaudit" ("article_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "product_id") VALUES (NEW."article_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."product_id"); RETURN NULL;',
                            hash="9ecd1cd7b91ce74b7d0d65e89a6be4d0e7ad2386",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c90f5",
                            table="knowledge_article_products",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="articleproduct",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "knowledge_articleproductaudit" ("article_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "product_id") VALUES (OLD."article_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."product_id"); RETURN NULL;',
                            hash="b9a02a56ab021647267704b54303322f33671a44",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ae068",
                            table="knowledge_article_products",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ArticleVersion",
                    fields=[],
                    options={
                        "proxy": True,
                    },
                    bases=("knowledge.article_versions",),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="articleversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "knowledge_articleversionaudit" ("article_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "version_id") VALUES (NEW."article_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."version_id"); RETURN NULL;',
                            hash="422020a7e0cafd6abaedcc2b62703aba3959584d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e8865",
                            table="knowledge_article_versions",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="articleversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "knowledge_articleversionaudit" ("article_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "version_id") VALUES (OLD."article_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."version_id"); RETURN NULL;',
                            hash="47682ebdb662541e0741d97984590165faa87509",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6b84d",
                            table="knowledge_article_versions",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
