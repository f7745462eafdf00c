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
    replaces = [
        ("tickets", "0001_initial"),
        ("tickets", "0002_outside_support"),
        ("tickets", "0003_contract_revision"),
        ("tickets", "0004_fill_contract_revision"),
        ("tickets", "0005_contract_revision_is_known"),
        ("tickets", "0006_contacts"),
        ("tickets", "0007_reaction_due_indexes"),
        ("tickets", "0008_mailed_messages"),
        ("tickets", "0009_releases_and_referrals"),
        ("tickets", "0010_whose_ball_and_reports"),
        ("tickets", "0011_fill_whose_ball"),
        ("tickets", "0012_work_and_sessions"),
        ("tickets", "0013_articles_of_tickets"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("customers", "0001_release"),
        ("knowledge", "0001_release"),
        ("ledger", "0001_release"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("products", "0001_release"),
        ("regulation", "0001_release"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[("customer", "customer and support"), ("staff", "support only")], max_length=10
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("description", "description"),
                                    ("comment", "message"),
                                    ("note", "internal note"),
                                    ("question", "question"),
                                    ("proposal", "proposed solution"),
                                    ("closing", "answer on closing"),
                                    ("reaction", "answer"),
                                    ("reason", "reason"),
                                    ("session", "remote session"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("body", models.TextField()),
                        ("html", models.TextField()),
                        ("renderer", models.PositiveSmallIntegerField()),
                        ("salt", models.CharField(max_length=32)),
                        ("created_at", models.DateTimeField()),
                        ("corrected_at", models.DateTimeField(null=True)),
                        ("removed_at", models.DateTimeField(null=True)),
                        ("removed_digest", models.CharField(blank=True, max_length=64)),
                        (
                            "author",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="tickets.ticket",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [models.Index(fields=["ticket", "id"], name="message_of_ticket")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("removed_at__isnull", True),
                                    models.Q(("body", ""), ("html", ""), ("salt", "")),
                                    _connector="OR",
                                ),
                                name="message_removed_is_empty",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "note"), _negated=True), ("audience", "staff"), _connector="OR"
                                ),
                                name="message_note_is_for_staff",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Ticket",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("key", models.CharField(max_length=24, unique=True)),
                        ("registered_at", models.DateTimeField()),
                        ("contact_at", models.DateTimeField(null=True)),
                        ("subject", models.CharField(max_length=250)),
                        ("what_was_done", models.TextField(blank=True)),
                        ("expected", models.TextField(blank=True)),
                        ("stopped_process", models.CharField(blank=True, max_length=300)),
                        ("developers_task", models.URLField(blank=True, max_length=500)),
                        ("outside_support", models.BooleanField(default=False)),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("consultation", "Consultation"),
                                    ("bug", "Bug"),
                                    ("incident", "Incident"),
                                    ("change_request", "Change request"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "criticality",
                            models.CharField(
                                choices=[("critical", "Critical"), ("non_critical", "Non-critical")], max_length=20
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("analysis", "Analysis"),
                                    ("in_progress", "In progress"),
                                    ("scheduled", "Scheduled"),
                                    ("info_requested", "Information requested"),
                                    ("solution_proposed", "Solution proposed"),
                                    ("suspended", "Suspended"),
                                    ("closed", "Closed"),
                                ],
                                default="open",
                                max_length=20,
                            ),
                        ),
                        (
                            "resolution",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("solved", "Solved"),
                                    ("consultation", "Answered by consultation"),
                                    ("known_error", "Known error"),
                                    ("third_party", "Another vendor must act"),
                                    ("duplicate", "Duplicate"),
                                    ("declined", "Declined"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "waiting_for",
                            models.CharField(
                                blank=True,
                                choices=[("customer", "the customer"), ("third_party", "a third party")],
                                max_length=20,
                            ),
                        ),
                        (
                            "reaction_state",
                            models.CharField(
                                choices=[
                                    ("running", "running"),
                                    ("kept", "in time"),
                                    ("broken", "late"),
                                    ("withdrawn", "withdrawn before the reaction"),
                                ],
                                default="running",
                                max_length=20,
                            ),
                        ),
                        ("reaction_due_at", models.DateTimeField()),
                        ("reacted_at", models.DateTimeField(null=True)),
                        ("term", models.PositiveIntegerField(default=0)),
                        ("term_opened_at", models.DateTimeField(null=True)),
                        ("term_received_at", models.DateTimeField(null=True)),
                        ("term_evidence", models.CharField(blank=True, max_length=10)),
                        ("term_due_at", models.DateTimeField(null=True)),
                        ("term_reminded", models.BooleanField(default=False)),
                        ("wake_at", models.DateTimeField(null=True)),
                        ("time_vendor", models.BigIntegerField(default=0)),
                        ("time_customer", models.BigIntegerField(default=0)),
                        ("time_third_party", models.BigIntegerField(default=0)),
                        ("time_outside", models.BigIntegerField(default=0)),
                        ("time_to", models.DateTimeField(null=True)),
                        ("time_calendar", models.CharField(blank=True, max_length=20)),
                        ("planned_target", models.CharField(blank=True, max_length=60)),
                        ("planned_on", models.DateField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("status_since", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("public_version", models.PositiveIntegerField(default=0)),
                        ("active_at", models.DateTimeField()),
                        ("queue_rank", models.PositiveSmallIntegerField(default=0)),
                        ("queue_at", models.DateTimeField()),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="customers.area",
                            ),
                        ),
                        (
                            "assignee",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                            "calendar_edition",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regulation.calendaredition",
                            ),
                        ),
                        (
                            "continues",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="continued_by",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tickets",
                                to="customers.supportcontract",
                            ),
                        ),
                        (
                            "contract_revision",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tickets",
                                to="customers.contractrevision",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tickets",
                                to="customers.customer",
                            ),
                        ),
                        (
                            "duplicate_of",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duplicates",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "holder",
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tickets",
                                to="products.knownerror",
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
                            "project",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tickets",
                                to="customers.project",
                            ),
                        ),
                        (
                            "registered_by",
                            models.ForeignKey(
                                db_index=False,
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
                            "requester",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="customers.site",
                            ),
                        ),
                        (
                            "stream",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="ticket", to="ledger.stream"
                            ),
                        ),
                        (
                            "vendor",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="products.othervendor",
                            ),
                        ),
                        (
                            "work_center",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="customers.workcenter",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("queue_rank"),
                                models.F("queue_at"),
                                models.F("id"),
                                condition=models.Q(("status", "closed"), _negated=True),
                                name="ticket_queue",
                            ),
                            models.Index(
                                models.F("assignee"),
                                models.F("queue_rank"),
                                models.F("queue_at"),
                                models.F("id"),
                                condition=models.Q(("status", "closed"), _negated=True),
                                name="ticket_queue_of",
                            ),
                            models.Index(fields=["assignee", "-active_at", "-id"], name="ticket_assigned_recent"),
                            models.Index(fields=["customer", "-active_at", "-id"], name="ticket_customer_recent"),
                            models.Index(fields=["requester", "-active_at", "-id"], name="ticket_requester_recent"),
                            models.Index(fields=["holder", "-active_at", "-id"], name="ticket_holder_recent"),
                            models.Index(fields=["-active_at", "-id"], name="ticket_recent"),
                            models.Index(fields=["reaction_due_at", "id"], name="ticket_reaction_due"),
                            models.Index(
                                fields=["customer", "reaction_due_at", "id"], name="ticket_customer_reaction_due"
                            ),
                            models.Index(
                                condition=models.Q(("wake_at__isnull", False)), fields=["wake_at"], name="ticket_wake"
                            ),
                            models.Index(
                                fields=["registered_at", "id"],
                                include=("customer", "type", "criticality", "reaction_state", "reaction_due_at"),
                                name="ticket_reaction_report",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "number"), name="ticket_number_unique"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("criticality", "non_critical"), ("type", "incident"), _connector="OR"
                                ),
                                name="ticket_only_incidents_are_critical",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status", "closed"),
                                        models.Q(("resolution", ""), _negated=True),
                                        ("closed_at__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("status", "closed"), _negated=True),
                                        ("resolution", ""),
                                        ("closed_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="ticket_closed_has_resolution",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "suspended"), models.Q(("waiting_for", ""), _negated=True)),
                                    models.Q(models.Q(("status", "suspended"), _negated=True), ("waiting_for", "")),
                                    _connector="OR",
                                ),
                                name="ticket_suspended_waits_for_someone",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("resolution", "third_party"), _negated=True),
                                    ("vendor__isnull", False),
                                    _connector="OR",
                                ),
                                name="ticket_third_party_names_vendor",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("resolution", "duplicate"), ("duplicate_of__isnull", False)),
                                    models.Q(
                                        models.Q(("resolution", "duplicate"), _negated=True),
                                        ("duplicate_of__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="ticket_duplicate_names_other",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("duplicate_of", models.F("id")), _negated=True),
                                name="ticket_no_duplicate_of_itself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "open"), _negated=True),
                                    ("reacted_at__isnull", True),
                                    _connector="OR",
                                ),
                                name="ticket_open_is_not_reacted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("term_opened_at__isnull", True),
                                    ("status__in", ["info_requested", "solution_proposed"]),
                                    _connector="OR",
                                ),
                                name="ticket_term_runs_while_customer_is_asked",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ticket",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ticket_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{analysis:closed,analysis:in_progress,analysis:info_requested,analysis:scheduled,analysis:solution_proposed,analysis:suspended,closed:analysis,in_progress:analysis,in_progress:closed,in_progress:info_requested,in_progress:scheduled,in_progress:solution_proposed,in_progress:suspended,info_requested:analysis,info_requested:closed,info_requested:solution_proposed,info_requested:suspended,open:analysis,open:closed,scheduled:analysis,scheduled:closed,scheduled:in_progress,scheduled:info_requested,scheduled:solution_proposed,scheduled:suspended,solution_proposed:analysis,solution_proposed:closed,solution_proposed:info_requested,solution_proposed:suspended,suspended:analysis,suspended:closed,suspended:info_requested,suspended:solution_proposed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="8d52547fff888967e02ce0de9ec9746c145872bc",
                            operation="UPDATE",
                            pgid="pgtrigger_ticket_moves_ba5c6",
                            table="tickets_ticket",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ticket",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ticket_is_never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="4839d816e2c2592ac4e6dd43cb5197e44e1a4d4b",
                            operation="DELETE",
                            pgid="pgtrigger_ticket_is_never_deleted_5242b",
                            table="tickets_ticket",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ticket",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ticket_is_born_open",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"status\" IS DISTINCT FROM 'open')",
                            func="RAISE EXCEPTION 'a ticket is born open' USING ERRCODE = 'P0001';",
                            hash="b2e8ede120a656cc885d3e0f512968f6fb6c592c",
                            operation="INSERT",
                            pgid="pgtrigger_ticket_is_born_open_7d238",
                            table="tickets_ticket",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ticket",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ticket_identity_is_fixed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."stream_id" IS DISTINCT FROM (NEW."stream_id") OR OLD."project_id" IS DISTINCT FROM (NEW."project_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."contract_id" IS DISTINCT FROM (NEW."contract_id") OR OLD."contract_revision_id" IS DISTINCT FROM (NEW."contract_revision_id") OR OLD."regulation_edition_id" IS DISTINCT FROM (NEW."regulation_edition_id") OR OLD."registered_at" IS DISTINCT FROM (NEW."registered_at") OR OLD."registered_by_id" IS DISTINCT FROM (NEW."registered_by_id") OR OLD."requester_id" IS DISTINCT FROM (NEW."requester_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="4b0b3bb19142dd302a9d6d71f22530ee4dfd22f7",
                            operation="UPDATE",
                            pgid="pgtrigger_ticket_identity_is_fixed_fd358",
                            table="tickets_ticket",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="AnswerTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=120, unique=True, verbose_name="title")),
                        ("body", models.TextField(verbose_name="text")),
                        ("is_active", models.BooleanField(default=True, verbose_name="offered")),
                        (
                            "product",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="products.product",
                                verbose_name="only for",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["title"],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[("phone", "phone"), ("mail", "e-mail"), ("other", "other")], max_length=10
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("logged_at", models.DateTimeField()),
                        ("caller_name", models.CharField(blank=True, max_length=200)),
                        ("caller_phone", models.CharField(blank=True, max_length=50)),
                        ("caller_address", models.CharField(blank=True, max_length=254)),
                        ("subject", models.CharField(blank=True, max_length=250)),
                        ("said", models.TextField()),
                        ("whole", models.TextField(blank=True)),
                        ("remarks", models.JSONField(blank=True, default=list)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("registered", "registered"),
                                    ("attached", "belongs to a request"),
                                    ("dismissed", "no request needed"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("handled_at", models.DateTimeField(null=True)),
                        ("rank", models.PositiveSmallIntegerField(default=0)),
                        ("search", django.contrib.postgres.search.SearchVectorField()),
                        (
                            "customer",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="customers.customer",
                            ),
                        ),
                        (
                            "handled_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "logged_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "about",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="tickets.ticket",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("rank"),
                                models.OrderBy(models.F("at"), descending=True),
                                models.OrderBy(models.F("id"), descending=True),
                                name="contact_list",
                            ),
                            models.Index(
                                models.F("customer"),
                                models.OrderBy(models.F("at"), descending=True),
                                models.OrderBy(models.F("id"), descending=True),
                                name="contact_of_customer",
                            ),
                            django.contrib.postgres.indexes.GinIndex(fields=["search"], name="contact_search"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("handled_at__isnull", True),
                                        ("outcome", ""),
                                        ("rank", 0),
                                        ("ticket__isnull", True),
                                    ),
                                    models.Q(
                                        models.Q(("outcome", ""), _negated=True),
                                        ("handled_at__isnull", False),
                                        ("rank", 1),
                                    ),
                                    _connector="OR",
                                ),
                                name="contact_is_handled_or_not",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome__in", ["registered", "attached"]), _negated=True),
                                    ("ticket__isnull", False),
                                    _connector="OR",
                                ),
                                name="contact_names_its_ticket",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "dismissed"), _negated=True),
                                    models.Q(("ticket__isnull", True), models.Q(("reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="contact_dismissed_with_a_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("outcome", "registered")),
                                fields=("ticket",),
                                name="contact_of_a_ticket_unique",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tickets_contactaudit" ("about_id", "at", "caller_address", "caller_name", "caller_phone", "channel", "customer_id", "handled_at", "handled_by_id", "id", "logged_at", "logged_by_id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "reason", "remarks", "said", "subject", "ticket_id", "whole") VALUES (NEW."about_id", NEW."at", NEW."caller_address", NEW."caller_name", NEW."caller_phone", NEW."channel", NEW."customer_id", NEW."handled_at", NEW."handled_by_id", NEW."id", NEW."logged_at", NEW."logged_by_id", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rank", NEW."reason", NEW."remarks", NEW."said", NEW."subject", NEW."ticket_id", NEW."whole"); RETURN NULL;',
                            hash="161b63b20ec86ef963738a699f0b35a98b9ec1d7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2b098",
                            table="tickets_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."about_id" IS DISTINCT FROM (NEW."about_id") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."caller_address" IS DISTINCT FROM (NEW."caller_address") OR OLD."caller_name" IS DISTINCT FROM (NEW."caller_name") OR OLD."caller_phone" IS DISTINCT FROM (NEW."caller_phone") OR OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."handled_at" IS DISTINCT FROM (NEW."handled_at") OR OLD."handled_by_id" IS DISTINCT FROM (NEW."handled_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."logged_at" IS DISTINCT FROM (NEW."logged_at") OR OLD."logged_by_id" IS DISTINCT FROM (NEW."logged_by_id") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."rank" IS DISTINCT FROM (NEW."rank") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."remarks" IS DISTINCT FROM (NEW."remarks") OR OLD."said" IS DISTINCT FROM (NEW."said") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."ticket_id" IS DISTINCT FROM (NEW."ticket_id") OR OLD."whole" IS DISTINCT FROM (NEW."whole"))',
                            func='INSERT INTO "tickets_contactaudit" ("about_id", "at", "caller_address", "caller_name", "caller_phone", "channel", "customer_id", "handled_at", "handled_by_id", "id", "logged_at", "logged_by_id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "reason", "remarks", "said", "subject", "ticket_id", "whole") VALUES (NEW."about_id", NEW."at", NEW."caller_address", NEW."caller_name", NEW."caller_phone", NEW."channel", NEW."customer_id", NEW."handled_at", NEW."handled_by_id", NEW."id", NEW."logged_at", NEW."logged_by_id", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rank", NEW."reason", NEW."remarks", NEW."said", NEW."subject", NEW."ticket_id", NEW."whole"); RETURN NULL;',
                            hash="63c89b3349ec54c3eb7afc21f444b4d76b998afe",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_88ace",
                            table="tickets_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tickets_contactaudit" ("about_id", "at", "caller_address", "caller_name", "caller_phone", "channel", "customer_id", "handled_at", "handled_by_id", "id", "logged_at", "logged_by_id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "reason", "remarks", "said", "subject", "ticket_id", "whole") VALUES (OLD."about_id", OLD."at", OLD."caller_address", OLD."caller_name", OLD."caller_phone", OLD."channel", OLD."customer_id", OLD."handled_at", OLD."handled_by_id", OLD."id", OLD."logged_at", OLD."logged_by_id", OLD."outcome", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rank", OLD."reason", OLD."remarks", OLD."said", OLD."subject", OLD."ticket_id", OLD."whole"); RETURN NULL;',
                            hash="7626e413c4ba98ead705f0c69978b0c181ce2519",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7716b",
                            table="tickets_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="MailedMessage",
                    fields=[
                        (
                            "message",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="mailed",
                                serialize=False,
                                to="tickets.message",
                            ),
                        ),
                        ("received_at", models.DateTimeField()),
                        ("whole", models.TextField(blank=True)),
                        ("refused_files", models.JSONField(blank=True, default=list)),
                    ],
                ),
                migrations.CreateModel(
                    name="MessageRevision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("body", models.TextField()),
                        ("html", models.TextField()),
                        ("salt", models.CharField(max_length=32)),
                        ("digest", models.CharField(max_length=64)),
                        ("replaced_at", models.DateTimeField()),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revisions",
                                to="tickets.message",
                            ),
                        ),
                        (
                            "replaced_by",
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
                    name="RemoteSession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "waits for the consent"),
                                    ("agreed", "agreed"),
                                    ("running", "running"),
                                    ("ended", "ended"),
                                    ("refused", "refused"),
                                    ("withdrawn", "consent withdrawn"),
                                    ("cancelled", "cancelled"),
                                    ("missed", "did not take place"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        ("proposed_at", models.DateTimeField()),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("tool", models.CharField(max_length=80)),
                        ("target", models.CharField(max_length=200)),
                        ("salt", models.CharField(max_length=32)),
                        ("consented_at", models.DateTimeField(null=True)),
                        ("refused_at", models.DateTimeField(null=True)),
                        ("started_at", models.DateTimeField(null=True)),
                        ("used_tool", models.CharField(blank=True, max_length=80)),
                        ("deviates", models.BooleanField(default=False)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("done", "all of it was done"),
                                    ("partly", "a part of it was done"),
                                    ("not_done", "it was not done"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "build_after",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="products.build",
                            ),
                        ),
                        (
                            "build_before",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="products.build",
                            ),
                        ),
                        (
                            "connected",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "consented_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "purpose",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tickets.message",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "refused_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tickets.message",
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="tickets.ticket",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["ticket", "number"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["agreed", "proposed", "running"])),
                                fields=["starts_at", "id"],
                                name="session_coming",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("ticket", "number"), name="session_number_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="session_window_has_a_length",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["agreed", "ended", "missed", "running", "withdrawn"]),
                                        _negated=True,
                                    ),
                                    models.Q(("consented_at__isnull", False), ("consented_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="session_nothing_without_consent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("started_at__isnull", True),
                                    ("deviates", True),
                                    models.Q(
                                        ("connected", models.F("person")),
                                        ("started_at__gte", models.F("starts_at")),
                                        ("started_at__lt", models.F("ends_at")),
                                        ("used_tool", models.F("tool")),
                                    ),
                                    _connector="OR",
                                ),
                                name="session_starts_as_agreed_or_says_so",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("connected__isnull", False),
                                        ("started_at__isnull", False),
                                        ("state__in", ["ended", "running"]),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["ended", "running"]), _negated=True),
                                        ("started_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="session_begun_has_a_beginning",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "ended"),
                                        ("ended_at__isnull", False),
                                        ("report__isnull", False),
                                        models.Q(("outcome", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "ended"), _negated=True),
                                        ("ended_at__isnull", True),
                                        ("outcome", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="session_ended_has_an_outcome",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["refused", "withdrawn"]), _negated=True),
                                    ("refused_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="session_refused_by_somebody",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="remotesession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="session_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{agreed:cancelled,agreed:missed,agreed:running,agreed:withdrawn,proposed:agreed,proposed:cancelled,proposed:refused,running:ended}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="b11a0d90d9094653f4a0f5e2f2961566743357cc",
                            operation="UPDATE",
                            pgid="pgtrigger_session_moves_40b1b",
                            table="tickets_remotesession",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="remotesession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="session_is_never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="e03f9de075b2d4af07b1692cfa12d65ddd1d56ac",
                            operation="DELETE",
                            pgid="pgtrigger_session_is_never_deleted_d54ad",
                            table="tickets_remotesession",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="remotesession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="session_is_born_proposed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" IS DISTINCT FROM 'proposed')",
                            func="RAISE EXCEPTION 'a session is born proposed' USING ERRCODE = 'P0001';",
                            hash="cd8da204f4262c0bb5b68fade4f1a97e7c43376a",
                            operation="INSERT",
                            pgid="pgtrigger_session_is_born_proposed_3cc86",
                            table="tickets_remotesession",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="remotesession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="session_terms_are_fixed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ticket_id" IS DISTINCT FROM (NEW."ticket_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."proposed_by_id" IS DISTINCT FROM (NEW."proposed_by_id") OR OLD."proposed_at" IS DISTINCT FROM (NEW."proposed_at") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."tool" IS DISTINCT FROM (NEW."tool") OR OLD."target" IS DISTINCT FROM (NEW."target") OR OLD."purpose_id" IS DISTINCT FROM (NEW."purpose_id") OR OLD."salt" IS DISTINCT FROM (NEW."salt"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="af9ad03f4f25045f3e3880a4e948b780831f5a8e",
                            operation="UPDATE",
                            pgid="pgtrigger_session_terms_are_fixed_fd51b",
                            table="tickets_remotesession",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ReleaseAsk",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed as the solution"),
                                    ("written", "told in a message"),
                                    ("failed", "failed: it is tried again"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "build",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="asks", to="products.build"
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tickets.ticket",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("build", "ticket"), name="release_ask_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Referral",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("found", models.TextField()),
                        ("tell", models.TextField()),
                        ("salt", models.CharField(max_length=32)),
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
                            "vendor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referrals",
                                to="products.othervendor",
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referrals",
                                to="tickets.ticket",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="ReadMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.PositiveIntegerField()),
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
                            "ticket",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="read_marks",
                                to="tickets.ticket",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("ticket", "user"), name="read_mark_unique")],
                    },
                ),
                migrations.CreateModel(
                    name="Presence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seen_at", models.DateTimeField()),
                        ("is_writing", models.BooleanField(default=False)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tickets.ticket"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("ticket", "user"), name="presence_unique")],
                    },
                ),
                migrations.CreateModel(
                    name="Link",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "relation",
                            models.CharField(
                                choices=[
                                    ("related", "related to"),
                                    ("duplicate", "duplicate of"),
                                    ("continues", "continues"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
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
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="back_links",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="links", to="tickets.ticket"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("ticket", "other", "relation"), name="link_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("ticket", models.F("other")), _negated=True),
                                name="link_not_to_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("form", models.CharField(max_length=20)),
                        ("body", models.TextField()),
                        ("saved_at", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tickets.ticket"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "ticket", "form"), name="draft_unique")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactAudit",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("id", models.BigIntegerField()),
                        (
                            "channel",
                            models.CharField(
                                choices=[("phone", "phone"), ("mail", "e-mail"), ("other", "other")], max_length=10
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("logged_at", models.DateTimeField()),
                        ("caller_name", models.CharField(blank=True, max_length=200)),
                        ("caller_phone", models.CharField(blank=True, max_length=50)),
                        ("caller_address", models.CharField(blank=True, max_length=254)),
                        ("subject", models.CharField(blank=True, max_length=250)),
                        ("said", models.TextField()),
                        ("whole", models.TextField(blank=True)),
                        ("remarks", models.JSONField(blank=True, default=list)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("registered", "registered"),
                                    ("attached", "belongs to a request"),
                                    ("dismissed", "no request needed"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("handled_at", models.DateTimeField(null=True)),
                        ("rank", models.PositiveSmallIntegerField(default=0)),
                        (
                            "customer",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="customers.customer",
                            ),
                        ),
                        (
                            "handled_by",
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
                            "logged_by",
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
                            "person",
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
                                to="tickets.contact",
                            ),
                        ),
                        (
                            "about",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tickets.ticket",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactaudit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="746a9980bf2ef7a66cba217235b1e042d5f464f1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_1113a",
                            table="tickets_contactaudit",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="Attachment",
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
                        ("salt", models.CharField(max_length=32)),
                        ("blob", models.CharField(max_length=100)),
                        ("created_at", models.DateTimeField()),
                        ("removed_at", models.DateTimeField(null=True)),
                        ("removed_digest", models.CharField(blank=True, max_length=64)),
                        (
                            "removed_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        (
                            "message",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attachments",
                                to="tickets.message",
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attachments",
                                to="tickets.ticket",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("message__isnull", True)),
                                fields=["created_at"],
                                name="attachment_unclaimed",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TicketArticle",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "tie",
                            models.CharField(
                                choices=[("answers", "answers it"), ("made_from", "was made from it")], max_length=10
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tickets",
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
                            "ticket",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="articles",
                                to="tickets.ticket",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("ticket", "article", "tie"), name="ticket_article_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Watcher",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("joined_at", models.DateTimeField(null=True)),
                        ("since", models.DateTimeField()),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="watchers",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="watching",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("ticket", "user"), name="watcher_unique")],
                    },
                ),
                migrations.CreateModel(
                    name="WorkEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "service",
                            models.CharField(
                                choices=[
                                    ("installation_advice", "Advice on installation and settings"),
                                    ("administration_advice", "Advice on running the components"),
                                    ("kit_restoring", "Restoring a purchased kit"),
                                    ("recovery_advice", "Advice on recovering components"),
                                    ("upgrade_advice", "Advice on upgrading builds"),
                                    ("knowledge_base", "Access to the knowledge base"),
                                    ("improvement", "Proposals for improvement"),
                                    ("remote_analysis", "Remote analysis by specialists"),
                                    ("remote_upgrade", "Remote upgrade of the version"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("minutes", models.PositiveSmallIntegerField()),
                        ("worked_on", models.DateField()),
                        ("logged_at", models.DateTimeField()),
                        ("is_withdrawn", models.BooleanField(default=False)),
                        (
                            "logged_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "note",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tickets.message",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="tickets.workentry",
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="work",
                                to="tickets.ticket",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["ticket", "id"], name="work_of_ticket"),
                            models.Index(
                                condition=models.Q(("is_withdrawn", False)),
                                fields=["worked_on", "id"],
                                include=("ticket", "service", "person", "minutes"),
                                name="work_report",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gte", 1), ("minutes__lte", 1440)),
                                name="work_minutes_of_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_withdrawn", False), ("replaces__isnull", False), _connector="OR"
                                ),
                                name="work_withdrawn_was_there",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("replaces__isnull", True),
                                    models.Q(("replaces", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="work_replaces_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactFile",
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
                        (
                            "contact",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="files", to="tickets.contact"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [models.Index(fields=["blob"], name="contact_file_blob")],
                    },
                ),
                migrations.CreateModel(
                    name="SavedView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        ("query", models.CharField(max_length=1000)),
                        ("is_shared", models.BooleanField(default=False, verbose_name="for all agents")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "name"), name="saved_view_name_unique")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchEntry",
                    fields=[
                        (
                            "ticket",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="search_entry",
                                serialize=False,
                                to="tickets.ticket",
                            ),
                        ),
                        ("public", django.contrib.postgres.search.SearchVectorField()),
                        ("internal", django.contrib.postgres.search.SearchVectorField()),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(fields=["public"], name="search_public"),
                            django.contrib.postgres.indexes.GinIndex(fields=["internal"], name="search_internal"),
                        ],
                    },
                ),
            ]
        ),
    ]
