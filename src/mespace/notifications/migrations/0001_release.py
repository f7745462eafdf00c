"""The tables of this room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from mespace.platform.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("notifications", "0001_initial"),
        ("notifications", "0002_other_subjects"),
        ("notifications", "0003_timings_and_digests"),
        ("notifications", "0004_delivery_status"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_release"),
        ("accounts", "__first__"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Preference",
                    fields=[
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="notification_preference",
                                serialize=False,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("timings", models.JSONField(default=dict)),
                        ("digest", models.BooleanField(default=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("address", models.EmailField(max_length=254)),
                        ("subject_kind", models.CharField(default="ticket", max_length=20)),
                        ("subject_id", models.BigIntegerField()),
                        ("seq", models.PositiveIntegerField(default=0)),
                        ("kind", models.CharField(max_length=20)),
                        ("occasion", models.CharField(blank=True, default="", max_length=60)),
                        (
                            "relation",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("party", "the request is yours"),
                                    ("colleague", "you follow a colleague's request"),
                                    ("duty", "you are on duty"),
                                    ("held", "you work on the request or follow it"),
                                    ("agent", "nobody works on the request yet"),
                                    ("customer", "it concerns your company"),
                                    ("staff", "it belongs to your work"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("message_id", models.CharField(max_length=150, unique=True)),
                        ("reply_token", models.CharField(blank=True, max_length=40, null=True, unique=True)),
                        ("envelope_id", models.CharField(blank=True, max_length=40, null=True, unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "waiting to be sent"),
                                    ("sending", "being handed over"),
                                    ("sent", "taken by the mail server"),
                                    ("kept", "kept in the folder: no mail server is set"),
                                    ("returned", "taken, and then not delivered"),
                                    ("uncertain", "perhaps sent: the connection broke while it was handed over"),
                                    ("failed", "refused by the mail server"),
                                    ("not_sent", "not sent"),
                                ],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("no_server", "no mail server is set"),
                                    ("outdated", "it was no longer news"),
                                    ("no_longer_seen", "the person no longer sees the request"),
                                    ("not_wanted", "the person turned such mails off"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("created_at", models.DateTimeField()),
                        ("next_attempt_at", models.DateTimeField(null=True)),
                        ("claimed_at", models.DateTimeField(null=True)),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("last_error", models.CharField(blank=True, max_length=60)),
                        ("reply_code", models.PositiveSmallIntegerField(null=True)),
                        ("reply_text", models.CharField(blank=True, default="", max_length=300)),
                        ("queue_id", models.CharField(blank=True, default="", max_length=100)),
                        ("asked_for_status", models.BooleanField(default=False)),
                        ("kept_as", models.CharField(blank=True, default="", max_length=60)),
                        ("holds_full_text", models.BooleanField(default=False)),
                        (
                            "evidence",
                            models.CharField(
                                choices=[
                                    ("none", "none"),
                                    ("relay", "a relay took it: no evidence of receipt"),
                                    ("direct", "handed to the recipient's own mail server"),
                                    ("confirmed", "the recipient's own mail server reported it delivered"),
                                ],
                                default="none",
                                max_length=10,
                            ),
                        ),
                        ("evidence_at", models.DateTimeField(null=True)),
                        ("resent_at", models.DateTimeField(null=True)),
                        (
                            "recipient",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "resent_by",
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
                        "verbose_name_plural": "deliveries",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "planned")),
                                fields=["next_attempt_at"],
                                name="delivery_planned",
                            ),
                            models.Index(
                                condition=models.Q(("state", "sending")), fields=["claimed_at"], name="delivery_sending"
                            ),
                            models.Index(
                                fields=["recipient", "subject_kind", "subject_id", "-id"], name="delivery_thread"
                            ),
                            models.Index(fields=["subject_kind", "subject_id", "-id"], name="delivery_of_subject"),
                            models.Index(fields=["state", "-id"], name="delivery_by_state"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subject_kind", "subject_id", "recipient", "seq", "kind", "occasion"),
                                name="delivery_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "planned"), ("next_attempt_at__isnull", False)),
                                    models.Q(
                                        models.Q(("state", "planned"), _negated=True), ("next_attempt_at__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="delivery_planned_has_an_instant",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "sending"), _negated=True),
                                    ("claimed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="delivery_sending_was_claimed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["sent", "returned"]), ("sent_at__isnull", False)),
                                    models.Q(
                                        models.Q(("state__in", ["sent", "returned"]), _negated=True),
                                        ("sent_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="delivery_sent_has_an_instant",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "not_sent"), models.Q(("reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "not_sent"), _negated=True), ("reason", "")),
                                    _connector="OR",
                                ),
                                name="delivery_not_sent_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject_kind", models.CharField(default="ticket", max_length=20)),
                        ("subject_id", models.BigIntegerField()),
                        ("kind", models.CharField(max_length=20)),
                        ("seq", models.PositiveIntegerField(default=0)),
                        ("occasion", models.CharField(blank=True, default="", max_length=60)),
                        ("created_at", models.DateTimeField()),
                        ("read_at", models.DateTimeField(null=True)),
                        (
                            "relation",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("party", "the request is yours"),
                                    ("colleague", "you follow a colleague's request"),
                                    ("duty", "you are on duty"),
                                    ("held", "you work on the request or follow it"),
                                    ("agent", "nobody works on the request yet"),
                                    ("customer", "it concerns your company"),
                                    ("staff", "it belongs to your work"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "timing",
                            models.CharField(
                                choices=[("now", "at once"), ("digest", "in the morning's digest"), ("off", "no mail")],
                                default="now",
                                max_length=6,
                            ),
                        ),
                        (
                            "digest",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="notifications.delivery",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notifications",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["user", "-created_at", "-id"], name="notification_latest"),
                            models.Index(
                                condition=models.Q(("read_at__isnull", True)),
                                fields=["user", "subject_kind", "subject_id"],
                                name="notification_unread",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("digest__isnull", True), ("read_at__isnull", True), ("timing", "digest")
                                ),
                                fields=["user"],
                                name="notification_for_digest",
                            ),
                            models.Index(
                                condition=models.Q(("digest__isnull", False)),
                                fields=["digest"],
                                name="notification_of_digest",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subject_kind", "subject_id", "user", "seq", "kind", "occasion"),
                                name="notification_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StatusReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("received_at", models.DateTimeField()),
                        ("digest", models.CharField(max_length=64)),
                        ("action", models.CharField(max_length=10)),
                        ("status", models.CharField(blank=True, max_length=12)),
                        ("server", models.CharField(blank=True, max_length=300)),
                        ("words", models.CharField(blank=True, max_length=300)),
                        ("is_evidence", models.BooleanField(default=False)),
                        (
                            "delivery",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="notifications.delivery",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("delivery", "digest"), name="status_report_once")
                        ],
                    },
                ),
            ]
        ),
    ]
