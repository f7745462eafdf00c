"""Who was told what, and how far each mail came."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from mespace.accounts.subjects import About
from mespace.notifications.kinds import Kind
from mespace.notifications.table import Relation, Timing, timing_of
from mespace.tickets.subject import TICKET

_USER = settings.AUTH_USER_MODEL
DIGEST = "digest"  # the subject of a digest is its reader; its lines name the rest
OCCASION = 60


class Notification(models.Model):
    """A line behind the bell: something happened to a ticket or another thing (`accounts/subjects.py`).

    `seq` is the event in the thing's log; what is no event of a log is told apart by `occasion`.
    """

    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="notifications", db_index=False)
    subject_kind = models.CharField(max_length=20, default=TICKET)
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)  # kinds.Kind
    seq = models.PositiveIntegerField(default=0)
    occasion = models.CharField(max_length=OCCASION, blank=True, default="")
    created_at = models.DateTimeField()  # the instant of what happened
    read_at = models.DateTimeField(null=True)
    relation = models.CharField(max_length=10, choices=Relation.choices, blank=True)  # empty: told before this was kept
    timing = models.CharField(max_length=6, choices=Timing.choices, default=Timing.NOW)
    digest = models.ForeignKey("Delivery", on_delete=models.PROTECT, null=True, related_name="lines", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "user", "seq", "kind", "occasion"], name="notification_once"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notification_latest"),
            models.Index(
                fields=["user", "subject_kind", "subject_id"],
                name="notification_unread",
                condition=Q(read_at__isnull=True),
            ),
            models.Index(
                fields=["user"],
                name="notification_for_digest",
                condition=Q(timing=Timing.DIGEST, digest__isnull=True, read_at__isnull=True),
            ),
            models.Index(fields=["digest"], name="notification_of_digest", condition=Q(digest__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject_kind} {self.subject_id} for {self.user_id}"

    @property
    def about(self) -> About:
        """What the line tells of."""
        return About(self.kind, self.subject_id, self.seq, self.occasion)


class Preference(models.Model):
    """What a person wants to get by mail and when; without a row, the table's defaults."""

    user = models.OneToOneField(
        _USER, on_delete=models.CASCADE, related_name="notification_preference", primary_key=True
    )
    timings = models.JSONField(default=dict)  # Kind → Timing, only what differs from the default
    digest = models.BooleanField(default=True)  # the morning's mail about what was left for it

    def __str__(self) -> str:
        return f"preferences of {self.user_id}"

    def timing(self, kind: Kind, relation: Relation) -> Timing:
        """When a mail about `kind` goes to the person, who is that to its subject."""
        timing = timing_of(kind, relation, self.timings)
        return Timing.OFF if timing is Timing.DIGEST and not self.digest else timing


class State(models.TextChoices):
    """How far a mail came."""

    PLANNED = "planned", pgettext_lazy("delivery", "waiting to be sent")
    SENDING = "sending", pgettext_lazy("delivery", "being handed over")
    SENT = "sent", pgettext_lazy("delivery", "taken by the mail server")
    KEPT = "kept", pgettext_lazy("delivery", "kept in the folder: no mail server is set")
    RETURNED = "returned", pgettext_lazy("delivery", "taken, and then not delivered")
    UNCERTAIN = "uncertain", pgettext_lazy("delivery", "perhaps sent: the connection broke while it was handed over")
    FAILED = "failed", pgettext_lazy("delivery", "refused by the mail server")
    NOT_SENT = "not_sent", pgettext_lazy("delivery", "not sent")


class Reason(models.TextChoices):
    """Why a mail was not sent."""

    NO_SERVER = "no_server", pgettext_lazy("delivery", "no mail server is set")
    OUTDATED = "outdated", pgettext_lazy("delivery", "it was no longer news")
    NO_LONGER_SEEN = "no_longer_seen", pgettext_lazy("delivery", "the person no longer sees the request")
    NOT_WANTED = "not_wanted", pgettext_lazy("delivery", "the person turned such mails off")


class Evidence(models.TextChoices):
    """What a mail's way proves of its receipt (E3): a relay's acceptance proves nothing."""

    NONE = "none", pgettext_lazy("delivery", "none")
    RELAY = "relay", pgettext_lazy("delivery", "a relay took it: no evidence of receipt")
    DIRECT = "direct", pgettext_lazy("delivery", "handed to the recipient's own mail server")
    CONFIRMED = "confirmed", pgettext_lazy("delivery", "the recipient's own mail server reported it delivered")


class Delivery(models.Model):
    """One mail to one person: the ledger line that is written before anything is sent, with its Message-ID."""

    recipient = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    address = models.EmailField()
    subject_kind = models.CharField(max_length=20, default=TICKET)
    subject_id = models.BigIntegerField()
    seq = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=20)  # kinds.Kind
    occasion = models.CharField(max_length=OCCASION, blank=True, default="")
    relation = models.CharField(max_length=10, choices=Relation.choices, blank=True)  # empty for a digest
    message_id = models.CharField(max_length=150, unique=True)
    # Lower-case letters and digits that nobody can guess; whoever answers to it and is the recipient means this mail.
    reply_token = models.CharField(max_length=40, unique=True, null=True, blank=True)
    # The name under which mail servers report what became of it: known to them and to us, and to no reader of the mail.
    envelope_id = models.CharField(max_length=40, unique=True, null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=60, blank=True)  # its class and the server's code
    reply_code = models.PositiveSmallIntegerField(null=True)  # the server's last answer, its words cut and in one line
    reply_text = models.CharField(max_length=300, blank=True, default="")
    queue_id = models.CharField(max_length=100, blank=True, default="")
    asked_for_status = models.BooleanField(default=False)
    kept_as = models.CharField(max_length=60, blank=True, default="")  # the file's name in the folder
    holds_full_text = models.BooleanField(default=False)
    evidence = models.CharField(max_length=10, choices=Evidence.choices, default=Evidence.NONE)
    evidence_at = models.DateTimeField(null=True)
    resent_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    resent_at = models.DateTimeField(null=True)

    OPEN: ClassVar = Q(state__in=[State.PLANNED, State.SENDING])

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "recipient", "seq", "kind", "occasion"], name="delivery_once"
            ),
            models.CheckConstraint(
                condition=(Q(state=State.PLANNED) & Q(next_attempt_at__isnull=False))
                | (~Q(state=State.PLANNED) & Q(next_attempt_at__isnull=True)),
                name="delivery_planned_has_an_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SENDING) | Q(claimed_at__isnull=False), name="delivery_sending_was_claimed"
            ),
            models.CheckConstraint(
                condition=(Q(state__in=[State.SENT, State.RETURNED]) & Q(sent_at__isnull=False))
                | (~Q(state__in=[State.SENT, State.RETURNED]) & Q(sent_at__isnull=True)),
                name="delivery_sent_has_an_instant",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.NOT_SENT) & ~Q(reason="")) | (~Q(state=State.NOT_SENT) & Q(reason="")),
                name="delivery_not_sent_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="delivery_planned", condition=Q(state="planned")),
            models.Index(fields=["claimed_at"], name="delivery_sending", condition=Q(state="sending")),
            models.Index(fields=["recipient", "subject_kind", "subject_id", "-id"], name="delivery_thread"),
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="delivery_of_subject"),
            models.Index(fields=["state", "-id"], name="delivery_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject_kind} {self.subject_id} to {self.recipient_id}: {self.state}"

    @property
    def about(self) -> About:
        """What the mail tells of."""
        return About(self.kind, self.subject_id, self.seq, self.occasion)

    @property
    def is_digest(self) -> bool:
        """A mail about other news: the lines that point at it."""
        return self.subject_kind == DIGEST

    @property
    def ticket_id(self) -> int | None:
        """The ticket that the mail is about; None for one about something else."""
        return self.subject_id if self.subject_kind == TICKET else None


class StatusReport(models.Model):
    """What a mail server reported of a delivery; each report is kept, whether it counted or not."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="reports", db_index=False)
    received_at = models.DateTimeField()
    digest = models.CharField(max_length=64)  # SHA-256 of the report
    action = models.CharField(max_length=10)  # channels.mail.status_report.Action
    status = models.CharField(max_length=12, blank=True)
    server = models.CharField(max_length=300, blank=True)
    words = models.CharField(max_length=300, blank=True)
    is_evidence = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "digest"], name="status_report_once")]

    def __str__(self) -> str:
        return f"{self.action} of {self.delivery_id}"
