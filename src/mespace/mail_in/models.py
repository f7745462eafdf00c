"""Mails that came in, each kept as it came before anything is done with it; and the answers that they were given."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from mespace.tickets.models import Contact, Ticket


class State(models.TextChoices):
    """How far a mail's handling came."""

    WAITING = "waiting", pgettext_lazy("inbound mail", "waits")
    DONE = "done", pgettext_lazy("inbound mail", "handled")
    QUARANTINED = "quarantined", pgettext_lazy("inbound mail", "in quarantine")


class Outcome(models.TextChoices):
    """What became of a mail; empty while nothing did."""

    REACTION = "reaction", pgettext_lazy("inbound mail", "the customer’s answer on the request")
    COMMENT = "comment", pgettext_lazy("inbound mail", "a message on the request")
    NOTE = "note", pgettext_lazy("inbound mail", "an internal note on the request")
    CONTACT = "contact", pgettext_lazy("inbound mail", "a contact for support")
    DELIVERY_STATUS = "delivery_status", pgettext_lazy("inbound mail", "a report on the delivery of a mail of ours")
    READ_RECEIPT = "read_receipt", pgettext_lazy("inbound mail", "a read receipt: proves nothing, kept")
    UNCLEAR_BOUNCE = "unclear_bounce", pgettext_lazy("inbound mail", "not delivered, but it cannot be told which mail")
    AUTOMATIC = "automatic", pgettext_lazy("inbound mail", "an automatic answer, kept")
    OWN = "own", pgettext_lazy("inbound mail", "a mail of ours that came back, kept")


class Inbound(models.Model):
    """One mail. The same mail in the mailbox twice, or fetched twice, is one row with two arrivals."""

    blob_fields = ("blob",)

    message_id = models.CharField(max_length=250, blank=True)
    digest = models.CharField(max_length=64)  # of what its way does not change: see digest.py
    blob = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)  # of the bytes kept
    size = models.PositiveBigIntegerField()  # as the mailbox says
    is_whole = models.BooleanField(default=True)  # false: too large, only its beginning is kept
    kept_at = models.DateTimeField()
    arrived_at = models.DateTimeField()  # in the mailbox
    sender = models.CharField(max_length=254, blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    remarks = models.JSONField(default=list, blank=True)  # codes: why it is not what it might have been
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=80, blank=True)  # the class of what went wrong, never its text
    handled_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)  # when somebody said that nothing more need be done with it
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, null=True, related_name="inbound")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message_id", "digest"], name="inbound_once"),
            models.CheckConstraint(
                condition=(Q(state=State.WAITING) & Q(next_attempt_at__isnull=False))
                | (~Q(state=State.WAITING) & Q(next_attempt_at__isnull=True)),
                name="inbound_waiting_has_an_instant",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.DONE) & ~Q(outcome="") & Q(handled_at__isnull=False))
                | (~Q(state=State.DONE) & Q(outcome="")),
                name="inbound_done_has_an_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="inbound_waiting", condition=Q(state="waiting")),
            models.Index(fields=["-id"], name="inbound_quarantined", condition=Q(state="quarantined")),
            models.Index(fields=["outcome", "-id"], name="inbound_outcome"),
            models.Index(
                fields=["-id"], name="inbound_unclear", condition=Q(outcome="unclear_bounce", looked_at__isnull=True)
            ),
            models.Index(fields=["blob"], name="inbound_blob"),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}: {self.outcome or self.state}"


class Arrival(models.Model):
    """A place in the mailbox where a mail was found: once it is here, it is never fetched again."""

    folder = models.CharField(max_length=200)
    uid_validity = models.PositiveBigIntegerField()
    uid = models.PositiveBigIntegerField()
    inbound = models.ForeignKey(Inbound, on_delete=models.PROTECT, related_name="arrivals")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["folder", "uid_validity", "uid"], name="arrival_once")]

    def __str__(self) -> str:
        return f"{self.folder} {self.uid_validity}/{self.uid}"


class AnswerKind(models.TextChoices):
    """What an automatic answer says."""

    CONTACT = (
        "contact",
        pgettext_lazy("automatic answer", "where requests are filed, and why the clock counts only there"),
    )
    NOT_TAKEN = "not_taken", pgettext_lazy("automatic answer", "the answer could not be put on the request")
    FILES_REFUSED = "files_refused", pgettext_lazy("automatic answer", "some files were not taken")
    TOO_LARGE = "too_large", pgettext_lazy("automatic answer", "the mail was too large")


class AnswerState(models.TextChoices):
    """How far an automatic answer came."""

    PLANNED = "planned", pgettext_lazy("automatic answer", "waiting to be sent")
    SENDING = "sending", pgettext_lazy("automatic answer", "being handed over")
    SENT = "sent", pgettext_lazy("automatic answer", "taken by the mail server")
    KEPT = "kept", pgettext_lazy("automatic answer", "kept in the folder: no mail server is set")
    UNCERTAIN = "uncertain", pgettext_lazy("automatic answer", "perhaps sent")
    FAILED = "failed", pgettext_lazy("automatic answer", "not sent")


class AutoAnswer(models.Model):
    """An automatic answer: at most one to an address on a Moscow day, whatever comes from there."""

    inbound = models.ForeignKey(Inbound, on_delete=models.PROTECT, related_name="answers")
    address = models.CharField(max_length=254)
    day = models.DateField()
    kind = models.CharField(max_length=14, choices=AnswerKind.choices)
    languages = models.CharField(max_length=5)  # of its texts, one after the other: `ru`, `en` or `ru en`
    message_id = models.CharField(max_length=150, unique=True)
    state = models.CharField(max_length=10, choices=AnswerState.choices, default=AnswerState.PLANNED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "day"], name="auto_answer_one_a_day")]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="auto_answer_planned", condition=Q(state="planned")),
            models.Index(fields=["claimed_at"], name="auto_answer_sending", condition=Q(state="sending")),
        ]

    def __str__(self) -> str:
        return f"answer to mail {self.inbound_id}: {self.state}"
