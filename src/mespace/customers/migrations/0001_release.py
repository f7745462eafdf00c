"""The tables of this room."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import mespace.accounts.models
import mespace.customers.requisites
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from mespace.platform.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("customers", "0001_initial"),
        ("customers", "0002_row_audit"),
        ("customers", "0003_passports"),
        ("customers", "0004_contract_revisions"),
        ("customers", "0005_first_revisions"),
        ("customers", "0006_onboarding"),
        ("customers", "0007_release_sites"),
        ("customers", "0008_requisites_warnings_imports"),
        ("customers", "0009_installation_source_name"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("obligations", "0001_release"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("products", "0001_release"),
        ("regulation", "0001_release"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Area",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="areas",
                                to="customers.site",
                                verbose_name="site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [models.UniqueConstraint(fields=("site", "name"), name="area_name_unique")],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="area",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_areaaudit" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."site_id"); RETURN NULL;',
                            hash="1f32c973902fc17fe0feaac8185680638eb38a82",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7e421",
                            table="customers_area",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="area",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_areaaudit" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."site_id"); RETURN NULL;',
                            hash="78758ee8473efceb9a6d2826079c0f0698b9e160",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_91f61",
                            table="customers_area",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="area",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_areaaudit" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."site_id"); RETURN NULL;',
                            hash="21537f06ebd635466ba16da3ccb2f0820a905b23",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_43091",
                            table="customers_area",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ContractPersonAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        ("full_name", models.CharField(max_length=200, verbose_name="full name")),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("phone", models.CharField(blank=True, max_length=50, verbose_name="phone")),
                        ("job_title", models.CharField(blank=True, max_length=200, verbose_name="job title")),
                        ("named_on", models.DateField(verbose_name="named on")),
                        ("entered_at", models.DateTimeField()),
                        ("handed_over_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "handed_over_how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("mail", "mailed"),
                                    ("in_person", "link handed over in person"),
                                    ("accepted", "the person chose a password"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("struck_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "struck_for",
                            models.CharField(
                                blank=True,
                                choices=[("mistake", "named by mistake"), ("left", "no longer works there")],
                                max_length=10,
                            ),
                        ),
                        (
                            "entered_by",
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
                            "handed_over_by",
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
                            "obligation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="obligations.obligation",
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
                                to="customers.contractperson",
                            ),
                        ),
                        (
                            "user",
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
                            "contract",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.supportcontract",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractpersonaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b5f6296c426111b5f15b43a18add1ccebafe7522",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b378f",
                            table="customers_contractpersonaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ContractProductAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
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
                        (
                            "supportcontract",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.supportcontract",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractproductaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="125cb164e59885ce222e1ac0050f312eb99b25c1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_58569",
                            table="customers_contractproductaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ContractRevision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("signed", "recorded"),
                                    ("amended", "amendment"),
                                    ("ended_early", "early end"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("effective_on", models.DateField(verbose_name="effective from")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("contract_number", models.CharField(max_length=60, verbose_name="number")),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        ("type", models.CharField(blank=True, max_length=100, verbose_name="type")),
                        ("form", models.CharField(max_length=12, verbose_name="form")),
                        ("signed_on", models.DateField(verbose_name="signed on")),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("valid_until", models.DateField(verbose_name="valid until")),
                        ("agreed_until", models.DateField(null=True, verbose_name="agreed until")),
                        (
                            "division_of_responsibility",
                            models.TextField(blank=True, verbose_name="division of responsibility"),
                        ),
                        ("has_division_files", models.BooleanField(default=False)),
                        (
                            "accepted_edition",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regulation.regulationedition",
                            ),
                        ),
                        ("files", models.ManyToManyField(related_name="revisions", to="customers.contractfile")),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("products", models.ManyToManyField(related_name="+", to="products.product")),
                        (
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="revisions",
                                to="customers.supportcontract",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["contract", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("contract", "number"), name="contract_revision_number_unique"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)), name="contract_revision_number_from_one"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "signed"), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="contract_revision_amendment_has_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("agreed_until__isnull", True),
                                    ("agreed_until__gt", models.F("valid_until")),
                                    _connector="OR",
                                ),
                                name="contract_revision_cut_short_ends_before_agreed",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractrevision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="contract_revision_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="1197b6053ad61e2513f5f716b74f303bf05fd603",
                            operation="UPDATE",
                            pgid="pgtrigger_contract_revision_never_changes_fbd83",
                            table="customers_contractrevision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractrevision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_contractrevisionaudit" ("accepted_edition_id", "agreed_until", "contract_id", "contract_number", "division_of_responsibility", "effective_on", "form", "has_division_files", "id", "kind", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "signed_on", "title", "type", "valid_from", "valid_until") VALUES (NEW."accepted_edition_id", NEW."agreed_until", NEW."contract_id", NEW."contract_number", NEW."division_of_responsibility", NEW."effective_on", NEW."form", NEW."has_division_files", NEW."id", NEW."kind", NEW."made_at", NEW."made_by_id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."signed_on", NEW."title", NEW."type", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                            hash="a320498432e3339396db50cbc68a2afa21a64ea8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4110c",
                            table="customers_contractrevision",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractrevision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_contractrevisionaudit" ("accepted_edition_id", "agreed_until", "contract_id", "contract_number", "division_of_responsibility", "effective_on", "form", "has_division_files", "id", "kind", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "signed_on", "title", "type", "valid_from", "valid_until") VALUES (NEW."accepted_edition_id", NEW."agreed_until", NEW."contract_id", NEW."contract_number", NEW."division_of_responsibility", NEW."effective_on", NEW."form", NEW."has_division_files", NEW."id", NEW."kind", NEW."made_at", NEW."made_by_id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."signed_on", NEW."title", NEW."type", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                            hash="dc2128f91f4e115bb9325c50bfcc1345dcae3a82",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_35c5e",
                            table="customers_contractrevision",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractrevision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_contractrevisionaudit" ("accepted_edition_id", "agreed_until", "contract_id", "contract_number", "division_of_responsibility", "effective_on", "form", "has_division_files", "id", "kind", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "signed_on", "title", "type", "valid_from", "valid_until") VALUES (OLD."accepted_edition_id", OLD."agreed_until", OLD."contract_id", OLD."contract_number", OLD."division_of_responsibility", OLD."effective_on", OLD."form", OLD."has_division_files", OLD."id", OLD."kind", OLD."made_at", OLD."made_by_id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."signed_on", OLD."title", OLD."type", OLD."valid_from", OLD."valid_until"); RETURN NULL;',
                            hash="890b629eae97fff883a77f7f92d9be1606c4725b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1a93e",
                            table="customers_contractrevision",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ContractRevisionAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        ("number", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("signed", "recorded"),
                                    ("amended", "amendment"),
                                    ("ended_early", "early end"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("effective_on", models.DateField(verbose_name="effective from")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("contract_number", models.CharField(max_length=60, verbose_name="number")),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        ("type", models.CharField(blank=True, max_length=100, verbose_name="type")),
                        ("form", models.CharField(max_length=12, verbose_name="form")),
                        ("signed_on", models.DateField(verbose_name="signed on")),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("valid_until", models.DateField(verbose_name="valid until")),
                        ("agreed_until", models.DateField(null=True, verbose_name="agreed until")),
                        (
                            "division_of_responsibility",
                            models.TextField(blank=True, verbose_name="division of responsibility"),
                        ),
                        ("has_division_files", models.BooleanField(default=False)),
                        (
                            "accepted_edition",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="regulation.regulationedition",
                            ),
                        ),
                        (
                            "made_by",
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
                                to="customers.contractrevision",
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.supportcontract",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractrevisionaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="994c2a0ebc6859d20021486ec116d124aae23cde",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_589b6",
                            table="customers_contractrevisionaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ContractWarning",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("days", models.PositiveSmallIntegerField()),
                        ("given_at", models.DateTimeField()),
                        (
                            "revision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="warnings",
                                to="customers.contractrevision",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("revision", "days"), name="contract_warning_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Customer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                        ("short_name", models.CharField(max_length=60, verbose_name="short name")),
                        (
                            "inn",
                            models.CharField(
                                blank=True,
                                max_length=12,
                                null=True,
                                unique=True,
                                validators=[mespace.customers.requisites.check_inn],
                                verbose_name="INN",
                            ),
                        ),
                        (
                            "kpp",
                            models.CharField(
                                blank=True,
                                max_length=9,
                                validators=[mespace.customers.requisites.check_kpp],
                                verbose_name="KPP",
                            ),
                        ),
                        (
                            "ogrn",
                            models.CharField(
                                blank=True,
                                max_length=15,
                                validators=[mespace.customers.requisites.check_ogrn],
                                verbose_name="OGRN",
                            ),
                        ),
                        ("legal_address", models.CharField(blank=True, max_length=300, verbose_name="legal address")),
                        (
                            "narrow_to_sites",
                            models.BooleanField(
                                default=False,
                                help_text="Otherwise everyone sees all requests of the company. Responsible employees always see all.",
                                verbose_name="people see only their own sites",
                            ),
                        ),
                        (
                            "ticket_types",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                help_text="Nothing chosen: all types.",
                                size=None,
                                verbose_name="types offered",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note for staff")),
                        ("created_at", models.DateTimeField(verbose_name="created")),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_customeraudit" ("created_at", "id", "inn", "kpp", "legal_address", "name", "narrow_to_sites", "note", "ogrn", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "ticket_types") VALUES (NEW."created_at", NEW."id", NEW."inn", NEW."kpp", NEW."legal_address", NEW."name", NEW."narrow_to_sites", NEW."note", NEW."ogrn", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."short_name", NEW."ticket_types"); RETURN NULL;',
                            hash="a23866d4ebe0ca9fadbde3fd1dc5bb32627ed277",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a36e0",
                            table="customers_customer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_customeraudit" ("created_at", "id", "inn", "kpp", "legal_address", "name", "narrow_to_sites", "note", "ogrn", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "ticket_types") VALUES (NEW."created_at", NEW."id", NEW."inn", NEW."kpp", NEW."legal_address", NEW."name", NEW."narrow_to_sites", NEW."note", NEW."ogrn", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."short_name", NEW."ticket_types"); RETURN NULL;',
                            hash="654573af35ea85ebbbb6ac88709b357d827a80a8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ca86d",
                            table="customers_customer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_customeraudit" ("created_at", "id", "inn", "kpp", "legal_address", "name", "narrow_to_sites", "note", "ogrn", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "ticket_types") VALUES (OLD."created_at", OLD."id", OLD."inn", OLD."kpp", OLD."legal_address", OLD."name", OLD."narrow_to_sites", OLD."note", OLD."ogrn", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."short_name", OLD."ticket_types"); RETURN NULL;',
                            hash="346e71fa37f99c3986ddd972f5bfcf733d3b1722",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_939ca",
                            table="customers_customer",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="CustomerAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("short_name", models.CharField(max_length=60, verbose_name="short name")),
                        (
                            "inn",
                            models.CharField(
                                blank=True,
                                max_length=12,
                                null=True,
                                validators=[mespace.customers.requisites.check_inn],
                                verbose_name="INN",
                            ),
                        ),
                        (
                            "kpp",
                            models.CharField(
                                blank=True,
                                max_length=9,
                                validators=[mespace.customers.requisites.check_kpp],
                                verbose_name="KPP",
                            ),
                        ),
                        (
                            "ogrn",
                            models.CharField(
                                blank=True,
                                max_length=15,
                                validators=[mespace.customers.requisites.check_ogrn],
                                verbose_name="OGRN",
                            ),
                        ),
                        ("legal_address", models.CharField(blank=True, max_length=300, verbose_name="legal address")),
                        (
                            "narrow_to_sites",
                            models.BooleanField(
                                default=False,
                                help_text="Otherwise everyone sees all requests of the company. Responsible employees always see all.",
                                verbose_name="people see only their own sites",
                            ),
                        ),
                        (
                            "ticket_types",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                help_text="Nothing chosen: all types.",
                                size=None,
                                verbose_name="types offered",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note for staff")),
                        ("created_at", models.DateTimeField(verbose_name="created")),
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
                                to="customers.customer",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customeraudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="efb84972102b033f6c3ca1ca51558b56d45fa176",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_bffc9",
                            table="customers_customeraudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="CustomerImport",
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
                                choices=[("people", "people"), ("sites", "sites, shops and sections")], max_length=10
                            ),
                        ),
                        ("file_name", models.CharField(max_length=200)),
                        ("rows", models.JSONField(default=list)),
                        ("uploaded_at", models.DateTimeField()),
                        ("applied_at", models.DateTimeField(null=True)),
                        ("added", models.PositiveIntegerField(default=0)),
                        ("changed", models.PositiveIntegerField(default=0)),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="imports",
                                to="customers.customer",
                            ),
                        ),
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
                        "indexes": [
                            models.Index(
                                condition=models.Q(("applied_at", None)),
                                fields=["uploaded_at"],
                                name="customer_import_waiting",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Installation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True, verbose_name="since")),
                        ("configuration", models.JSONField(blank=True, default=list)),
                        (
                            "build",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="installations",
                                to="products.build",
                                verbose_name="build",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="installations",
                                to="products.product",
                                verbose_name="product",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="installations",
                                to="customers.site",
                                verbose_name="site",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("site", "product"), name="installation_one_build_per_site")
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="installation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_installationaudit" ("build_id", "configuration", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "since", "site_id") VALUES (NEW."build_id", NEW."configuration", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id", NEW."since", NEW."site_id"); RETURN NULL;',
                            hash="4273eef7467a6ef388d318a653b6157d8ba7524f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3ad60",
                            table="customers_installation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="installation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_installationaudit" ("build_id", "configuration", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "since", "site_id") VALUES (NEW."build_id", NEW."configuration", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."since", NEW."site_id"); RETURN NULL;',
                            hash="882b2c46a290274c59ebc3d00c2d2e914348bcdd",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d8111",
                            table="customers_installation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="installation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_installationaudit" ("build_id", "configuration", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "since", "site_id") VALUES (OLD."build_id", OLD."configuration", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product_id", OLD."since", OLD."site_id"); RETURN NULL;',
                            hash="9246d43a2044899679eca56238e2d06badfbc62d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_59f5b",
                            table="customers_installation",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="InstallationAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        ("since", models.DateField(blank=True, null=True, verbose_name="since")),
                        ("configuration", models.JSONField(blank=True, default=list)),
                        (
                            "build",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="products.build",
                                verbose_name="build",
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
                                to="customers.installation",
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
                            "site",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.site",
                                verbose_name="site",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="installationaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="37b9aa6d1cb064c44dcd3bc09d1530332953f282",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_54291",
                            table="customers_installationaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="InstallationRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(null=True)),
                        ("configuration", models.JSONField(default=list)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("entered", "entered"),
                                    ("release", "a release was installed"),
                                    ("session", "a remote session"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("source_name", models.CharField(blank=True, max_length=60)),
                        ("at", models.DateTimeField()),
                        (
                            "build",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="products.build",
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
                            "product",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="products.product",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="installation_records",
                                to="customers.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["site", "product", "-id"], name="installation_history")],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="membership",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "home_site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="customers.site",
                                verbose_name="usual site",
                            ),
                        ),
                        (
                            "sites",
                            models.ManyToManyField(
                                blank=True, related_name="memberships", to="customers.site", verbose_name="own sites"
                            ),
                        ),
                    ],
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_membershipaudit" ("customer_id", "home_site_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."customer_id", NEW."home_site_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;',
                            hash="509c8d5565fa339abe61ca59059b7ff310c7b458",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_359f1",
                            table="customers_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_membershipaudit" ("customer_id", "home_site_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."customer_id", NEW."home_site_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;',
                            hash="7371f5016996814e86845a105e6340a68e8c62c6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8d2cb",
                            table="customers_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_membershipaudit" ("customer_id", "home_site_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."customer_id", OLD."home_site_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;',
                            hash="3a4cc0a3964c6a75f7f9934970c34dcbb0bb95b6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_32226",
                            table="customers_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="MembershipAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        (
                            "customer",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customer",
                                verbose_name="customer",
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
                                to="customers.membership",
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
                        (
                            "home_site",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.site",
                                verbose_name="usual site",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membershipaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="256eb95ae7ed1384125aee10e8df3c38a3c9c257",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8c428",
                            table="customers_membershipaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="MembershipSiteAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        (
                            "membership",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.membership",
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
                            "site",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.site",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membershipsiteaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="361dba59c37514f70ec672c8a9a99d0afd35a0c4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6911e",
                            table="customers_membershipsiteaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="Project",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                help_text="The first part of ticket keys, as in ZAVOD-42. It cannot be changed later.",
                                max_length=12,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z][A-Z0-9]{1,11}\\Z",
                                        "Two to twelve capital Latin letters and digits, a letter first.",
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("last_number", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "customer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="project",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                    ],
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="project",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_projectaudit" ("code", "customer_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."customer_id", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="605792edab2724bd33aed2d9cc438695e8ae063c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_74ece",
                            table="customers_project",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="project",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name"))',
                            func='INSERT INTO "customers_projectaudit" ("code", "customer_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."customer_id", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="6b17b89d18b8cac3e81a1409804fcfe2202c7b7f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_88e71",
                            table="customers_project",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="project",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_projectaudit" ("code", "customer_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."customer_id", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="7f33f4a33851ac4b92cdbf2f9321491b7f3d4edd",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6056a",
                            table="customers_project",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ProjectAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        (
                            "code",
                            models.CharField(
                                help_text="The first part of ticket keys, as in ZAVOD-42. It cannot be changed later.",
                                max_length=12,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z][A-Z0-9]{1,11}\\Z",
                                        "Two to twelve capital Latin letters and digits, a letter first.",
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "customer",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customer",
                                verbose_name="customer",
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
                                to="customers.project",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="projectaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="16e80f43fce38bf8516bd274d0ec4ba8d93bba4a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_5aa2f",
                            table="customers_projectaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ReleaseSite",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "build",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="release_sites",
                                to="products.build",
                            ),
                        ),
                        (
                            "ran",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="products.build",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="customers.site",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("build", "site"), name="release_site_once")],
                    },
                ),
                migrations.CreateModel(
                    name="RevisionFileAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        (
                            "contractfile",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.contractfile",
                            ),
                        ),
                        (
                            "contractrevision",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.contractrevision",
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
                    model_name="revisionfileaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="58a4977d95bf013924a5b321fd4a8394434a0804",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_43464",
                            table="customers_revisionfileaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="RevisionProductAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        (
                            "contractrevision",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.contractrevision",
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
                    model_name="revisionproductaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9a82d1060f6774b6b9f6916a757241766b752ac3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_48f65",
                            table="customers_revisionproductaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="Site",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                        (
                            "time_zone",
                            models.CharField(
                                default="Europe/Moscow",
                                max_length=50,
                                validators=[mespace.accounts.models.check_time_zone],
                                verbose_name="time zone",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sites",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [models.UniqueConstraint(fields=("customer", "name"), name="site_name_unique")],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="site",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_siteaudit" ("address", "customer_id", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "time_zone") VALUES (NEW."address", NEW."customer_id", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."time_zone"); RETURN NULL;',
                            hash="d105a510af896ea4762819f300211857b401b732",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_652e0",
                            table="customers_site",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="site",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_siteaudit" ("address", "customer_id", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "time_zone") VALUES (NEW."address", NEW."customer_id", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."time_zone"); RETURN NULL;',
                            hash="074cb30a9cfc5cdcc4b74a9f5e3bb77d08c1f40b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_aa9a4",
                            table="customers_site",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="site",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_siteaudit" ("address", "customer_id", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "time_zone") VALUES (OLD."address", OLD."customer_id", OLD."id", OLD."is_active", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."time_zone"); RETURN NULL;',
                            hash="f758edb3f1b9313a36872ab51deb42e2657c8489",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_779d2",
                            table="customers_site",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="SiteAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                        (
                            "time_zone",
                            models.CharField(
                                default="Europe/Moscow",
                                max_length=50,
                                validators=[mespace.accounts.models.check_time_zone],
                                verbose_name="time zone",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "customer",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customer",
                                verbose_name="customer",
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
                                to="customers.site",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="siteaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4ca9e03270c014e1941ccebfce5adfbfb2e09b36",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_5def4",
                            table="customers_siteaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="SupportContract",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=60, verbose_name="number")),
                        ("type", models.CharField(blank=True, max_length=100, verbose_name="type")),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        (
                            "form",
                            models.CharField(
                                choices=[("electronic", "electronic"), ("paper", "paper")],
                                default="electronic",
                                max_length=12,
                                verbose_name="form",
                            ),
                        ),
                        ("signed_on", models.DateField(verbose_name="signed on")),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        (
                            "valid_until",
                            models.DateField(
                                help_text="The last day on which requests can be filed.", verbose_name="valid until"
                            ),
                        ),
                        ("agreed_until", models.DateField(blank=True, null=True, verbose_name="agreed until")),
                        (
                            "division_of_responsibility",
                            models.TextField(blank=True, verbose_name="division of responsibility"),
                        ),
                        (
                            "accepted_edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regulation.regulationedition",
                                verbose_name="edition of the regulation accepted",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contracts",
                                to="customers.customer",
                                verbose_name="customer",
                            ),
                        ),
                        (
                            "products",
                            models.ManyToManyField(
                                related_name="contracts", to="products.product", verbose_name="software covered"
                            ),
                        ),
                        (
                            "renews",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="renewed_by",
                                to="customers.supportcontract",
                                verbose_name="renews",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-valid_until"],
                        "constraints": [
                            models.UniqueConstraint(fields=("customer", "number"), name="contract_number_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                                name="contract_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("agreed_until__isnull", True),
                                    ("agreed_until__gt", models.F("valid_until")),
                                    _connector="OR",
                                ),
                                name="contract_cut_short_ends_before_agreed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("renews", models.F("id")), _negated=True),
                                name="contract_does_not_renew_itself",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="supportcontract",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_supportcontractaudit" ("accepted_edition_id", "agreed_until", "customer_id", "division_of_responsibility", "form", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renews_id", "signed_on", "title", "type", "valid_from", "valid_until") VALUES (NEW."accepted_edition_id", NEW."agreed_until", NEW."customer_id", NEW."division_of_responsibility", NEW."form", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."renews_id", NEW."signed_on", NEW."title", NEW."type", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                            hash="f7a328c89556e83f12806097dddf66c3b0361981",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e4d59",
                            table="customers_supportcontract",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="supportcontract",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_supportcontractaudit" ("accepted_edition_id", "agreed_until", "customer_id", "division_of_responsibility", "form", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renews_id", "signed_on", "title", "type", "valid_from", "valid_until") VALUES (NEW."accepted_edition_id", NEW."agreed_until", NEW."customer_id", NEW."division_of_responsibility", NEW."form", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."renews_id", NEW."signed_on", NEW."title", NEW."type", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                            hash="dd68a5a0fb3e63e3f73bf4aa21fb708d0385ba03",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a3174",
                            table="customers_supportcontract",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="supportcontract",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_supportcontractaudit" ("accepted_edition_id", "agreed_until", "customer_id", "division_of_responsibility", "form", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renews_id", "signed_on", "title", "type", "valid_from", "valid_until") VALUES (OLD."accepted_edition_id", OLD."agreed_until", OLD."customer_id", OLD."division_of_responsibility", OLD."form", OLD."id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."renews_id", OLD."signed_on", OLD."title", OLD."type", OLD."valid_from", OLD."valid_until"); RETURN NULL;',
                            hash="670285897b09de7f760f08b9ba5707c567c8c122",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f4745",
                            table="customers_supportcontract",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="SupportContractAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        ("number", models.CharField(max_length=60, verbose_name="number")),
                        ("type", models.CharField(blank=True, max_length=100, verbose_name="type")),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        (
                            "form",
                            models.CharField(
                                choices=[("electronic", "electronic"), ("paper", "paper")],
                                default="electronic",
                                max_length=12,
                                verbose_name="form",
                            ),
                        ),
                        ("signed_on", models.DateField(verbose_name="signed on")),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        (
                            "valid_until",
                            models.DateField(
                                help_text="The last day on which requests can be filed.", verbose_name="valid until"
                            ),
                        ),
                        ("agreed_until", models.DateField(blank=True, null=True, verbose_name="agreed until")),
                        (
                            "division_of_responsibility",
                            models.TextField(blank=True, verbose_name="division of responsibility"),
                        ),
                        (
                            "accepted_edition",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="regulation.regulationedition",
                                verbose_name="edition of the regulation accepted",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customer",
                                verbose_name="customer",
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
                                to="customers.supportcontract",
                            ),
                        ),
                        (
                            "renews",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.supportcontract",
                                verbose_name="renews",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="supportcontractaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="259321bcc10a9352da3947c7c8ad0e677a375be3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4b1c2",
                            table="customers_supportcontractaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="WorkCenter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="work_centers",
                                to="customers.area",
                                verbose_name="area",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("area", "name"), name="work_center_name_unique")
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="workcenter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_workcenteraudit" ("area_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."area_id", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="53daaeccaea0e4977965ab08a2bca18bd3af8ab8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7457e",
                            table="customers_workcenter",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="workcenter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_workcenteraudit" ("area_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."area_id", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="e296c1831656955d52e553cdac38ff560f9eebd1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_101af",
                            table="customers_workcenter",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="workcenter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_workcenteraudit" ("area_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."area_id", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="d7e31d67761d641500ecb6490070de8eef12ee10",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_580ce",
                            table="customers_workcenter",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="WorkCenterAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.area",
                                verbose_name="area",
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
                                to="customers.workcenter",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="workcenteraudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="96eaa85b3f34391247820d688ec95731f88cfdb8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a83de",
                            table="customers_workcenteraudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="AreaAudit",
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
                                to="customers.area",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.site",
                                verbose_name="site",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="areaaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ad12809899cf9c2807fd31969fa080459e4a1de2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_44c53",
                            table="customers_areaaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ContractFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[("scan", "scan of the contract"), ("division", "division of responsibility")],
                                max_length=10,
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("size", models.PositiveBigIntegerField()),
                        ("media_type", models.CharField(max_length=100)),
                        ("is_image", models.BooleanField(default=False)),
                        ("sha256", models.CharField(max_length=64)),
                        ("blob", models.CharField(max_length=100, unique=True)),
                        ("uploaded_at", models.DateTimeField()),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="customers.supportcontract",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="contract_file_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="f932a5e5ee037d54186ded5f464e2fd1b588c472",
                            operation="UPDATE",
                            pgid="pgtrigger_contract_file_never_changes_8fe0f",
                            table="customers_contractfile",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_contractfileaudit" ("blob", "contract_id", "id", "is_image", "media_type", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "sha256", "size", "uploaded_at", "uploaded_by_id") VALUES (NEW."blob", NEW."contract_id", NEW."id", NEW."is_image", NEW."media_type", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."sha256", NEW."size", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;',
                            hash="58fc4860a500c361a1859670467b7182330ce8a9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_65f4e",
                            table="customers_contractfile",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_contractfileaudit" ("blob", "contract_id", "id", "is_image", "media_type", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "sha256", "size", "uploaded_at", "uploaded_by_id") VALUES (NEW."blob", NEW."contract_id", NEW."id", NEW."is_image", NEW."media_type", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."sha256", NEW."size", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;',
                            hash="731db7d18441b275d05cec3369756e5390cd9490",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8c01e",
                            table="customers_contractfile",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_contractfileaudit" ("blob", "contract_id", "id", "is_image", "media_type", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "sha256", "size", "uploaded_at", "uploaded_by_id") VALUES (OLD."blob", OLD."contract_id", OLD."id", OLD."is_image", OLD."media_type", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."purpose", OLD."sha256", OLD."size", OLD."uploaded_at", OLD."uploaded_by_id"); RETURN NULL;',
                            hash="eb532b61d8cdcda8c57a67c894a3b6e7c23dc70f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3eafa",
                            table="customers_contractfile",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ContractFileAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        (
                            "purpose",
                            models.CharField(
                                choices=[("scan", "scan of the contract"), ("division", "division of responsibility")],
                                max_length=10,
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("size", models.PositiveBigIntegerField()),
                        ("media_type", models.CharField(max_length=100)),
                        ("is_image", models.BooleanField(default=False)),
                        ("sha256", models.CharField(max_length=64)),
                        ("blob", models.CharField(max_length=100)),
                        ("uploaded_at", models.DateTimeField()),
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
                                to="customers.contractfile",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.supportcontract",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractfileaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9f93940672fdebd0229b941de13cafb2f37ccd61",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_076ce",
                            table="customers_contractfileaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ContractPerson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("full_name", models.CharField(max_length=200, verbose_name="full name")),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("phone", models.CharField(blank=True, max_length=50, verbose_name="phone")),
                        ("job_title", models.CharField(blank=True, max_length=200, verbose_name="job title")),
                        ("named_on", models.DateField(verbose_name="named on")),
                        ("entered_at", models.DateTimeField()),
                        ("handed_over_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "handed_over_how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("mail", "mailed"),
                                    ("in_person", "link handed over in person"),
                                    ("accepted", "the person chose a password"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("struck_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "struck_for",
                            models.CharField(
                                blank=True,
                                choices=[("mistake", "named by mistake"), ("left", "no longer works there")],
                                max_length=10,
                            ),
                        ),
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
                            "handed_over_by",
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
                            "obligation",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="obligations.obligation",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="named_in",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="named_people",
                                to="customers.supportcontract",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                django.db.models.functions.text.Lower("email"),
                                condition=models.Q(("handed_over_at__isnull", True), ("struck_at__isnull", True)),
                                name="contract_person_waits",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("contract"),
                                django.db.models.functions.text.Lower("email"),
                                condition=models.Q(("struck_at__isnull", True)),
                                name="contract_person_unique",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("handed_over_at__isnull", True), ("handed_over_how", "")),
                                    models.Q(
                                        ("handed_over_at__isnull", False),
                                        models.Q(("handed_over_how", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="contract_person_handed_over_somehow",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("struck_at__isnull", True), ("struck_for", "")),
                                    models.Q(("struck_at__isnull", False), models.Q(("struck_for", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="contract_person_struck_for_a_reason",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractperson",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_contractpersonaudit" ("contract_id", "email", "entered_at", "entered_by_id", "full_name", "handed_over_at", "handed_over_by_id", "handed_over_how", "id", "job_title", "named_on", "obligation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "struck_at", "struck_for", "user_id") VALUES (NEW."contract_id", NEW."email", NEW."entered_at", NEW."entered_by_id", NEW."full_name", NEW."handed_over_at", NEW."handed_over_by_id", NEW."handed_over_how", NEW."id", NEW."job_title", NEW."named_on", NEW."obligation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."struck_at", NEW."struck_for", NEW."user_id"); RETURN NULL;',
                            hash="d345157954a3042f250411e2b170546e5c9369ec",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_99d74",
                            table="customers_contractperson",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractperson",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "customers_contractpersonaudit" ("contract_id", "email", "entered_at", "entered_by_id", "full_name", "handed_over_at", "handed_over_by_id", "handed_over_how", "id", "job_title", "named_on", "obligation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "struck_at", "struck_for", "user_id") VALUES (NEW."contract_id", NEW."email", NEW."entered_at", NEW."entered_by_id", NEW."full_name", NEW."handed_over_at", NEW."handed_over_by_id", NEW."handed_over_how", NEW."id", NEW."job_title", NEW."named_on", NEW."obligation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."struck_at", NEW."struck_for", NEW."user_id"); RETURN NULL;',
                            hash="2ba50ffd2f62f3a94dc3dbec19cd859434b58cfb",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9a720",
                            table="customers_contractperson",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractperson",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_contractpersonaudit" ("contract_id", "email", "entered_at", "entered_by_id", "full_name", "handed_over_at", "handed_over_by_id", "handed_over_how", "id", "job_title", "named_on", "obligation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "struck_at", "struck_for", "user_id") VALUES (OLD."contract_id", OLD."email", OLD."entered_at", OLD."entered_by_id", OLD."full_name", OLD."handed_over_at", OLD."handed_over_by_id", OLD."handed_over_how", OLD."id", OLD."job_title", OLD."named_on", OLD."obligation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."struck_at", OLD."struck_for", OLD."user_id"); RETURN NULL;',
                            hash="5df41769b85221c60615be73bf53ac9aa3988ebf",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_04671",
                            table="customers_contractperson",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="RevisionFile",
                    fields=[],
                    options={
                        "proxy": True,
                    },
                    bases=("customers.contractrevision_files",),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="revisionfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_revisionfileaudit" ("contractfile_id", "contractrevision_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label") VALUES (NEW."contractfile_id", NEW."contractrevision_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\'); RETURN NULL;',
                            hash="be89098586dc7859b2d2a36b5c8f7f7274b88714",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a04ab",
                            table="customers_contractrevision_files",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="revisionfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_revisionfileaudit" ("contractfile_id", "contractrevision_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label") VALUES (OLD."contractfile_id", OLD."contractrevision_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\'); RETURN NULL;',
                            hash="6cc852ba1d227f0944b7c027cc69d851f453d097",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a1636",
                            table="customers_contractrevision_files",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="RevisionProduct",
                    fields=[],
                    options={
                        "proxy": True,
                    },
                    bases=("customers.contractrevision_products",),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="revisionproduct",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_revisionproductaudit" ("contractrevision_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "product_id") VALUES (NEW."contractrevision_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."product_id"); RETURN NULL;',
                            hash="5d7f4c6ec53432fb6167492095a5ed5e3f77a774",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1f6d4",
                            table="customers_contractrevision_products",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="revisionproduct",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_revisionproductaudit" ("contractrevision_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "product_id") VALUES (OLD."contractrevision_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."product_id"); RETURN NULL;',
                            hash="1646fc27e6572f1965028b4128626de7c7e00aca",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2272c",
                            table="customers_contractrevision_products",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="MembershipSite",
                    fields=[],
                    options={
                        "proxy": True,
                    },
                    bases=("customers.membership_sites",),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membershipsite",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_membershipsiteaudit" ("id", "membership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "site_id") VALUES (NEW."id", NEW."membership_id", _pgh_attach_context(), NOW(), \'insert\', NEW."site_id"); RETURN NULL;',
                            hash="7e1452f3e70d7e354b4a9d37ea49ae9ca57cdb48",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cefe7",
                            table="customers_membership_sites",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membershipsite",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_membershipsiteaudit" ("id", "membership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "site_id") VALUES (OLD."id", OLD."membership_id", _pgh_attach_context(), NOW(), \'delete\', OLD."site_id"); RETURN NULL;',
                            hash="ae1794b26109d3dc69b000ed4874d717f87dffc7",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4abde",
                            table="customers_membership_sites",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ContractProduct",
                    fields=[],
                    options={
                        "proxy": True,
                    },
                    bases=("customers.supportcontract_products",),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractproduct",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_contractproductaudit" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "product_id", "supportcontract_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."product_id", NEW."supportcontract_id"); RETURN NULL;',
                            hash="5affbe4428b44758cc9910bebf977fb4e86e2ce4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c7410",
                            table="customers_supportcontract_products",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractproduct",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "customers_contractproductaudit" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "product_id", "supportcontract_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."product_id", OLD."supportcontract_id"); RETURN NULL;',
                            hash="2ea6842c0b6b7d167851917ec2143cd12a81efc2",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9de5d",
                            table="customers_supportcontract_products",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
