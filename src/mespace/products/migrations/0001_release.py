"""The tables of this room."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from mespace.platform.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("products", "0001_initial"),
        ("products", "0002_row_audit"),
        ("products", "0003_supported_configurations"),
        ("products", "0004_known_errors_confirmed"),
        ("products", "0005_releases"),
        ("products", "0006_other_vendors"),
        ("products", "0007_known_errors_withdrawn"),
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
                    name="Component",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="components",
                                to="products.product",
                                verbose_name="product",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("product", "name"), name="component_name_unique")
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="component",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "products_componentaudit" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id"); RETURN NULL;',
                            hash="6468ec8ed6053267f05bb147e9ad084a0e852f15",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_98d03",
                            table="products_component",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="component",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "products_componentaudit" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id"); RETURN NULL;',
                            hash="08a493c3725751ef6a3f840a1062ae469925addb",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c2a5d",
                            table="products_component",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="component",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "products_componentaudit" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product_id"); RETURN NULL;',
                            hash="dc5d6aff74cd8a5da6b6d572f30af3c1a01715ba",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6efea",
                            table="products_component",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="OtherVendor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="support e-mail")),
                        ("phone", models.CharField(blank=True, max_length=100, verbose_name="support phone")),
                        ("url", models.URLField(blank=True, verbose_name="support site")),
                        ("how_to_reach", models.TextField(verbose_name="how to reach its support")),
                        ("product_lines", models.TextField(blank=True, verbose_name="product lines")),
                        ("portal", models.URLField(blank=True, verbose_name="support portal")),
                        ("hours", models.CharField(blank=True, max_length=200, verbose_name="support hours")),
                        (
                            "contract",
                            models.CharField(
                                choices=[("unknown", "not known"), ("yes", "yes"), ("no", "no")],
                                default="unknown",
                                max_length=10,
                                verbose_name="contract needed",
                            ),
                        ),
                        ("asks_for", models.TextField(blank=True, verbose_name="what its support asks for")),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="othervendor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "products_othervendoraudit" ("asks_for", "contract", "email", "hours", "how_to_reach", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "portal", "product_lines", "url") VALUES (NEW."asks_for", NEW."contract", NEW."email", NEW."hours", NEW."how_to_reach", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."portal", NEW."product_lines", NEW."url"); RETURN NULL;',
                            hash="5a091d9d1d25b5f76e4c48f586c1be3cf481fb41",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a4a3a",
                            table="products_othervendor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="othervendor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "products_othervendoraudit" ("asks_for", "contract", "email", "hours", "how_to_reach", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "portal", "product_lines", "url") VALUES (NEW."asks_for", NEW."contract", NEW."email", NEW."hours", NEW."how_to_reach", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."portal", NEW."product_lines", NEW."url"); RETURN NULL;',
                            hash="48de562da08d6abd7558f997f7017514ee7813fb",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e861b",
                            table="products_othervendor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="othervendor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "products_othervendoraudit" ("asks_for", "contract", "email", "hours", "how_to_reach", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "portal", "product_lines", "url") VALUES (OLD."asks_for", OLD."contract", OLD."email", OLD."hours", OLD."how_to_reach", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."portal", OLD."product_lines", OLD."url"); RETURN NULL;',
                            hash="a88491705dbde9c8aa691f84999b9df32c3b1960",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_39a4f",
                            table="products_othervendor",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="OtherVendorAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="support e-mail")),
                        ("phone", models.CharField(blank=True, max_length=100, verbose_name="support phone")),
                        ("url", models.URLField(blank=True, verbose_name="support site")),
                        ("how_to_reach", models.TextField(verbose_name="how to reach its support")),
                        ("product_lines", models.TextField(blank=True, verbose_name="product lines")),
                        ("portal", models.URLField(blank=True, verbose_name="support portal")),
                        ("hours", models.CharField(blank=True, max_length=200, verbose_name="support hours")),
                        (
                            "contract",
                            models.CharField(
                                choices=[("unknown", "not known"), ("yes", "yes"), ("no", "no")],
                                default="unknown",
                                max_length=10,
                                verbose_name="contract needed",
                            ),
                        ),
                        ("asks_for", models.TextField(blank=True, verbose_name="what its support asks for")),
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
                                to="products.othervendor",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="othervendoraudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="53dcc263beb7a7db7d62129bfb831806a09c8905",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_40920",
                            table="products_othervendoraudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="Product",
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
                                help_text="Latin letters, for addresses and lists.",
                                max_length=30,
                                unique=True,
                                verbose_name="code",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        ("is_active", models.BooleanField(default=True, verbose_name="offered in the filing form")),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="product",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "products_productaudit" ("code", "description", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."description", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="40f4546dcdba9c86e87ca3c85bca1e0f09e38b93",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1fd97",
                            table="products_product",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="product",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "products_productaudit" ("code", "description", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."description", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="8dd039c718a9820aa787bb685053ce82474dba9f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_18d15",
                            table="products_product",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="product",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "products_productaudit" ("code", "description", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."description", OLD."id", OLD."is_active", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="d73be5ca30fd3bb8c6ff0eaadea6b7b2ecc49440",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cb7df",
                            table="products_product",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ProductAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        (
                            "code",
                            models.SlugField(
                                db_index=False,
                                help_text="Latin letters, for addresses and lists.",
                                max_length=30,
                                verbose_name="code",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        ("is_active", models.BooleanField(default=True, verbose_name="offered in the filing form")),
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
                                to="products.product",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="productaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="74ec97d9ac0f9c0b84e74089d69cc9a58f27ea31",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_620f5",
                            table="products_productaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="SupportedConfiguration",
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
                                    ("os", "operating system"),
                                    ("device", "device"),
                                    ("driver", "driver"),
                                    ("application", "application"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("lowest", models.CharField(blank=True, max_length=40, verbose_name="from version")),
                        ("highest", models.CharField(blank=True, max_length=40, verbose_name="up to version")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        ("supported_from", models.DateField(blank=True, null=True, verbose_name="supported from")),
                        ("supported_until", models.DateField(blank=True, null=True, verbose_name="supported until")),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="configurations",
                                to="products.product",
                                verbose_name="product",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: for every version.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="configurations",
                                to="products.version",
                                verbose_name="for version",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "name", "lowest"],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="supportedconfiguration",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "products_supportedconfigurationaudit" ("highest", "id", "kind", "lowest", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "supported_from", "supported_until", "version_id") VALUES (NEW."highest", NEW."id", NEW."kind", NEW."lowest", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id", NEW."supported_from", NEW."supported_until", NEW."version_id"); RETURN NULL;',
                            hash="34ec86b31117fd468401deba70041c1f813f19f5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_507a4",
                            table="products_supportedconfiguration",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="supportedconfiguration",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "products_supportedconfigurationaudit" ("highest", "id", "kind", "lowest", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "supported_from", "supported_until", "version_id") VALUES (NEW."highest", NEW."id", NEW."kind", NEW."lowest", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."supported_from", NEW."supported_until", NEW."version_id"); RETURN NULL;',
                            hash="2f78554e6631a6f6868818eb3fe2361c47b56b61",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_37441",
                            table="products_supportedconfiguration",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="supportedconfiguration",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "products_supportedconfigurationaudit" ("highest", "id", "kind", "lowest", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "supported_from", "supported_until", "version_id") VALUES (OLD."highest", OLD."id", OLD."kind", OLD."lowest", OLD."name", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product_id", OLD."supported_from", OLD."supported_until", OLD."version_id"); RETURN NULL;',
                            hash="1bc3beb457e40b1facd9ebfac11f6916fce75668",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_eed60",
                            table="products_supportedconfiguration",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="SupportedConfigurationAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("os", "operating system"),
                                    ("device", "device"),
                                    ("driver", "driver"),
                                    ("application", "application"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("lowest", models.CharField(blank=True, max_length=40, verbose_name="from version")),
                        ("highest", models.CharField(blank=True, max_length=40, verbose_name="up to version")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        ("supported_from", models.DateField(blank=True, null=True, verbose_name="supported from")),
                        ("supported_until", models.DateField(blank=True, null=True, verbose_name="supported until")),
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
                                to="products.supportedconfiguration",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="products.product",
                                verbose_name="product",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty: for every version.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="products.version",
                                verbose_name="for version",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="supportedconfigurationaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d75134e407b848235799a817926f5a0d8006a643",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_eebf3",
                            table="products_supportedconfigurationaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="Version",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        ("limited_from", models.DateField(blank=True, null=True, verbose_name="limited support from")),
                        ("ended_from", models.DateField(blank=True, null=True, verbose_name="no support from")),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="products.product",
                                verbose_name="product",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["product", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("product", "number"), name="version_number_unique")
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="version",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "products_versionaudit" ("ended_from", "id", "limited_from", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id") VALUES (NEW."ended_from", NEW."id", NEW."limited_from", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id"); RETURN NULL;',
                            hash="70e2066a8b7f66d551d1086131ed6398092ce552",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d6076",
                            table="products_version",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="version",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "products_versionaudit" ("ended_from", "id", "limited_from", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id") VALUES (NEW."ended_from", NEW."id", NEW."limited_from", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id"); RETURN NULL;',
                            hash="198ef13ad86b58c23fe9e97060d74cfe9c0aab08",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_642a2",
                            table="products_version",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="version",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "products_versionaudit" ("ended_from", "id", "limited_from", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id") VALUES (OLD."ended_from", OLD."id", OLD."limited_from", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product_id"); RETURN NULL;',
                            hash="2662865e3e60bd40cdda7be24faf04f9da1c9928",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a2f88",
                            table="products_version",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="VersionAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        ("limited_from", models.DateField(blank=True, null=True, verbose_name="limited support from")),
                        ("ended_from", models.DateField(blank=True, null=True, verbose_name="no support from")),
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
                                to="products.version",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="products.product",
                                verbose_name="product",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="versionaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c548bd1e316c7281537319b26dc9b0bb42987f13",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_feee7",
                            table="products_versionaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="Build",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("major", models.PositiveIntegerField(verbose_name="second group")),
                        ("minor", models.PositiveIntegerField(verbose_name="third group")),
                        ("released_on", models.DateField(blank=True, null=True, verbose_name="released on")),
                        ("notes", models.TextField(blank=True, verbose_name="release notes")),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "resolves",
                            models.ManyToManyField(
                                blank=True,
                                related_name="resolved_by",
                                to="products.knownerror",
                                verbose_name="known errors that it fixes",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="builds",
                                to="products.version",
                                verbose_name="version",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version", "-major", "-minor"],
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "major", "minor"), name="build_number_unique")
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="build",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "products_buildaudit" ("id", "major", "minor", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "released_on", "version_id") VALUES (NEW."id", NEW."major", NEW."minor", NEW."notes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."released_on", NEW."version_id"); RETURN NULL;',
                            hash="7757bf1c123e1bd96e87d17d0119a629b338c346",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c2138",
                            table="products_build",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="build",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "products_buildaudit" ("id", "major", "minor", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "released_on", "version_id") VALUES (NEW."id", NEW."major", NEW."minor", NEW."notes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."released_on", NEW."version_id"); RETURN NULL;',
                            hash="318c2bf745ef586ffbc397b16e77c703070cda2c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_77963",
                            table="products_build",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="build",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "products_buildaudit" ("id", "major", "minor", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "released_on", "version_id") VALUES (OLD."id", OLD."major", OLD."minor", OLD."notes", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."published_by_id", OLD."released_on", OLD."version_id"); RETURN NULL;',
                            hash="67e6371f04f7c64169275df0bb1f91d41e9d5be5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9bfa2",
                            table="products_build",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="BuildAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        ("major", models.PositiveIntegerField(verbose_name="second group")),
                        ("minor", models.PositiveIntegerField(verbose_name="third group")),
                        ("released_on", models.DateField(blank=True, null=True, verbose_name="released on")),
                        ("notes", models.TextField(blank=True, verbose_name="release notes")),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
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
                                to="products.build",
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="products.version",
                                verbose_name="version",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="buildaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a911415c77a8f4608e4d8b8288c894da83a20f7c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a5b29",
                            table="products_buildaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ComponentAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
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
                                to="products.component",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="products.product",
                                verbose_name="product",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="componentaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b17753adcfffe3d3131481255c1074836c891bf2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_326fe",
                            table="products_componentaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="KnownError",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=30, unique=True, verbose_name="code")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        ("workaround", models.TextField(blank=True, verbose_name="workaround")),
                        ("planned_on", models.DateField(blank=True, null=True, verbose_name="planned date of the fix")),
                        ("differs_from", models.TextField(blank=True, verbose_name="differs from the documentation")),
                        ("reproduced", models.TextField(blank=True, verbose_name="how it is reproduced")),
                        (
                            "ruled_out",
                            models.TextField(
                                blank=True, verbose_name="why it is not settings, the user or the environment"
                            ),
                        ),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_for", models.TextField(blank=True, verbose_name="why it was withdrawn")),
                        (
                            "affected_builds",
                            models.ManyToManyField(
                                blank=True,
                                related_name="known_errors",
                                to="products.build",
                                verbose_name="affected builds",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "fixed_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fixes",
                                to="products.build",
                                verbose_name="fixed in build",
                            ),
                        ),
                        (
                            "planned_for",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="planned_fixes",
                                to="products.build",
                                verbose_name="planned for build",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="known_errors",
                                to="products.product",
                                verbose_name="product",
                            ),
                        ),
                        (
                            "affected_versions",
                            models.ManyToManyField(
                                blank=True,
                                related_name="known_errors",
                                to="products.version",
                                verbose_name="affected versions",
                            ),
                        ),
                        (
                            "fixed_in_version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="products.version",
                                verbose_name="fixed in version",
                            ),
                        ),
                        (
                            "planned_for_version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="products.version",
                                verbose_name="planned for version",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    models.Q(
                                        ("fixed_in__isnull", True),
                                        ("fixed_in_version__isnull", True),
                                        ("planned_for__isnull", True),
                                        ("planned_for_version__isnull", True),
                                        ("planned_on__isnull", True),
                                        models.Q(("withdrawn_for", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="known_error_withdrawn_promises_nothing",
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="knownerror",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "products_knownerroraudit" ("code", "confirmed_at", "confirmed_by_id", "description", "differs_from", "fixed_in_id", "fixed_in_version_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_for_id", "planned_for_version_id", "planned_on", "product_id", "reproduced", "ruled_out", "title", "withdrawn_at", "withdrawn_by_id", "withdrawn_for", "workaround") VALUES (NEW."code", NEW."confirmed_at", NEW."confirmed_by_id", NEW."description", NEW."differs_from", NEW."fixed_in_id", NEW."fixed_in_version_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."planned_for_id", NEW."planned_for_version_id", NEW."planned_on", NEW."product_id", NEW."reproduced", NEW."ruled_out", NEW."title", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_for", NEW."workaround"); RETURN NULL;',
                            hash="0926ffa9d66aa4883c71ebc12dda3b89ad9426e1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_82839",
                            table="products_knownerror",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="knownerror",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "products_knownerroraudit" ("code", "confirmed_at", "confirmed_by_id", "description", "differs_from", "fixed_in_id", "fixed_in_version_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_for_id", "planned_for_version_id", "planned_on", "product_id", "reproduced", "ruled_out", "title", "withdrawn_at", "withdrawn_by_id", "withdrawn_for", "workaround") VALUES (NEW."code", NEW."confirmed_at", NEW."confirmed_by_id", NEW."description", NEW."differs_from", NEW."fixed_in_id", NEW."fixed_in_version_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_for_id", NEW."planned_for_version_id", NEW."planned_on", NEW."product_id", NEW."reproduced", NEW."ruled_out", NEW."title", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_for", NEW."workaround"); RETURN NULL;',
                            hash="480c496d9c17ce5e208264187fa95e57fd2ea561",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7f8ae",
                            table="products_knownerror",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="knownerror",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "products_knownerroraudit" ("code", "confirmed_at", "confirmed_by_id", "description", "differs_from", "fixed_in_id", "fixed_in_version_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_for_id", "planned_for_version_id", "planned_on", "product_id", "reproduced", "ruled_out", "title", "withdrawn_at", "withdrawn_by_id", "withdrawn_for", "workaround") VALUES (OLD."code", OLD."confirmed_at", OLD."confirmed_by_id", OLD."description", OLD."differs_from", OLD."fixed_in_id", OLD."fixed_in_version_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."planned_for_id", OLD."planned_for_version_id", OLD."planned_on", OLD."product_id", OLD."reproduced", OLD."ruled_out", OLD."title", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."withdrawn_for", OLD."workaround"); RETURN NULL;',
                            hash="6d46d375a7be6fce8bc356308fdb9cba8ae1faab",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a0740",
                            table="products_knownerror",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="FixChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state_before",
                            models.CharField(
                                choices=[("fixed", "fixed"), ("planned", "planned"), ("open", "not planned")],
                                max_length=8,
                            ),
                        ),
                        ("target_before", models.CharField(blank=True, max_length=30)),
                        ("on_before", models.DateField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("fixed", "fixed"), ("planned", "planned"), ("open", "not planned")],
                                max_length=8,
                            ),
                        ),
                        ("target", models.CharField(blank=True, max_length=30)),
                        ("on", models.DateField(null=True)),
                        ("reason", models.TextField(blank=True)),
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
                            "known_error",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fix_changes",
                                to="products.knownerror",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="KnownErrorAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        ("code", models.CharField(max_length=30, verbose_name="code")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        ("workaround", models.TextField(blank=True, verbose_name="workaround")),
                        ("planned_on", models.DateField(blank=True, null=True, verbose_name="planned date of the fix")),
                        ("differs_from", models.TextField(blank=True, verbose_name="differs from the documentation")),
                        ("reproduced", models.TextField(blank=True, verbose_name="how it is reproduced")),
                        (
                            "ruled_out",
                            models.TextField(
                                blank=True, verbose_name="why it is not settings, the user or the environment"
                            ),
                        ),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_for", models.TextField(blank=True, verbose_name="why it was withdrawn")),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "fixed_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="products.build",
                                verbose_name="fixed in build",
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
                                to="products.knownerror",
                            ),
                        ),
                        (
                            "planned_for",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="products.build",
                                verbose_name="planned for build",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="products.product",
                                verbose_name="product",
                            ),
                        ),
                        (
                            "fixed_in_version",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="products.version",
                                verbose_name="fixed in version",
                            ),
                        ),
                        (
                            "planned_for_version",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="products.version",
                                verbose_name="planned for version",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="knownerroraudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="00a6d4b5625a91e4fc8896f0839824d744e9ace2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_52c68",
                            table="products_knownerroraudit",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
