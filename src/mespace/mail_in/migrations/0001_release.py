"""The tables of this room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from mespace.platform.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [("mail_in", "0001_initial"), ("mail_in", "0002_unclear_bounces")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("tickets", "0001_release"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Arrival",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("folder", models.CharField(max_length=200)),
                        ("uid_validity", models.PositiveBigIntegerField()),
                        ("uid", models.PositiveBigIntegerField()),
                        ("at", models.DateTimeField()),
                        (
                            "inbound",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="arrivals",
                                to="mail_in.inbound",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("folder", "uid_validity", "uid"), name="arrival_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AutoAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("address", models.CharField(max_length=254)),
                        ("day", models.DateField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("contact", "where requests are filed, and why the clock counts only there"),
                                    ("not_taken", "the answer could not be put on the request"),
                                    ("files_refused", "some files were not taken"),
                                    ("too_large", "the mail was too large"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("languages", models.CharField(max_length=5)),
                        ("message_id", models.CharField(max_length=150, unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "waiting to be sent"),
                                    ("sending", "being handed over"),
                                    ("sent", "taken by the mail server"),
                                    ("kept", "kept in the folder: no mail server is set"),
                                    ("uncertain", "perhaps sent"),
                                    ("failed", "not sent"),
                                ],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("next_attempt_at", models.DateTimeField(null=True)),
                        ("created_at", models.DateTimeField()),
                        ("claimed_at", models.DateTimeField(null=True)),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("error", models.CharField(blank=True, max_length=60)),
                        (
                            "inbound",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="mail_in.inbound",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "planned")),
                                fields=["next_attempt_at"],
                                name="auto_answer_planned",
                            ),
                            models.Index(
                                condition=models.Q(("state", "sending")),
                                fields=["claimed_at"],
                                name="auto_answer_sending",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("address", "day"), name="auto_answer_one_a_day")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Inbound",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("message_id", models.CharField(blank=True, max_length=250)),
                        ("digest", models.CharField(max_length=64)),
                        ("blob", models.CharField(max_length=100)),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.PositiveBigIntegerField()),
                        ("is_whole", models.BooleanField(default=True)),
                        ("kept_at", models.DateTimeField()),
                        ("arrived_at", models.DateTimeField()),
                        ("sender", models.CharField(blank=True, max_length=254)),
                        ("sender_name", models.CharField(blank=True, max_length=200)),
                        ("subject", models.CharField(blank=True, max_length=250)),
                        (
                            "state",
                            models.CharField(
                                choices=[("waiting", "waits"), ("done", "handled"), ("quarantined", "in quarantine")],
                                default="waiting",
                                max_length=12,
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("reaction", "the customer’s answer on the request"),
                                    ("comment", "a message on the request"),
                                    ("note", "an internal note on the request"),
                                    ("contact", "a contact for support"),
                                    ("delivery_status", "a report on the delivery of a mail of ours"),
                                    ("read_receipt", "a read receipt: proves nothing, kept"),
                                    ("unclear_bounce", "not delivered, but it cannot be told which mail"),
                                    ("automatic", "an automatic answer, kept"),
                                    ("own", "a mail of ours that came back, kept"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("remarks", models.JSONField(blank=True, default=list)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("next_attempt_at", models.DateTimeField(null=True)),
                        ("error", models.CharField(blank=True, max_length=80)),
                        ("handled_at", models.DateTimeField(null=True)),
                        ("looked_at", models.DateTimeField(null=True)),
                        (
                            "contact",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inbound",
                                to="tickets.contact",
                            ),
                        ),
                        (
                            "looked_by",
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tickets.ticket",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")),
                                fields=["next_attempt_at"],
                                name="inbound_waiting",
                            ),
                            models.Index(
                                condition=models.Q(("state", "quarantined")), fields=["-id"], name="inbound_quarantined"
                            ),
                            models.Index(fields=["outcome", "-id"], name="inbound_outcome"),
                            models.Index(
                                condition=models.Q(("looked_at__isnull", True), ("outcome", "unclear_bounce")),
                                fields=["-id"],
                                name="inbound_unclear",
                            ),
                            models.Index(fields=["blob"], name="inbound_blob"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("message_id", "digest"), name="inbound_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), ("next_attempt_at__isnull", False)),
                                    models.Q(
                                        models.Q(("state", "waiting"), _negated=True), ("next_attempt_at__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="inbound_waiting_has_an_instant",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "done"),
                                        models.Q(("outcome", ""), _negated=True),
                                        ("handled_at__isnull", False),
                                    ),
                                    models.Q(models.Q(("state", "done"), _negated=True), ("outcome", "")),
                                    _connector="OR",
                                ),
                                name="inbound_done_has_an_outcome",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
