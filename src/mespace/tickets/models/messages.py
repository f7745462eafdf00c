"""What people write on a ticket, and the files with it."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from mespace.tickets.models.ticket import Ticket

_USER = settings.AUTH_USER_MODEL


class Audience(models.TextChoices):
    """Who may read a message. `staff` reaches no customer by any way."""

    CUSTOMER = "customer", pgettext_lazy("audience", "customer and support")
    STAFF = "staff", pgettext_lazy("audience", "support only")


class MessageKind(models.TextChoices):
    """What a message is."""

    DESCRIPTION = "description", pgettext_lazy("kind of message", "description")
    COMMENT = "comment", pgettext_lazy("kind of message", "message")
    NOTE = "note", pgettext_lazy("kind of message", "internal note")
    QUESTION = "question", pgettext_lazy("kind of message", "question")
    PROPOSAL = "proposal", pgettext_lazy("kind of message", "proposed solution")
    CLOSING = "closing", pgettext_lazy("kind of message", "answer on closing")
    REACTION = "reaction", pgettext_lazy("kind of message", "answer")
    REASON = "reason", pgettext_lazy("kind of message", "reason")
    SESSION = "session", pgettext_lazy("kind of message", "remote session")


class Message(models.Model):
    """One text.

    Its salted digest is in the log; the text can be corrected (former texts are kept) or removed (a tombstone stays).
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="messages", db_index=False)
    author = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    kind = models.CharField(max_length=12, choices=MessageKind.choices)
    body = models.TextField()
    html = models.TextField()
    renderer = models.PositiveSmallIntegerField()
    salt = models.CharField(max_length=32)
    created_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    removed_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["ticket", "id"], name="message_of_ticket")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True) | models.Q(body="", html="", salt=""),
                name="message_removed_is_empty",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="note") | models.Q(audience="staff"), name="message_note_is_for_staff"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class MailedMessage(models.Model):
    """That a message came by mail: the mail's whole text, of which the message is what was written anew."""

    message = models.OneToOneField(Message, on_delete=models.PROTECT, primary_key=True, related_name="mailed")
    received_at = models.DateTimeField()
    whole = models.TextField(blank=True)  # emptied when the message is removed
    refused_files = models.JSONField(default=list, blank=True)  # names of files that were not taken

    def __str__(self) -> str:
        return f"mail of message {self.message_id}"


class MessageRevision(models.Model):
    """A former text of a corrected message; emptied when the message is removed."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="revisions")
    body = models.TextField()
    html = models.TextField()
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"revision of {self.message_id}"


class Attachment(models.Model):
    """A file with a ticket.

    Uploaded first (`message` null, seen by its uploader alone), then claimed by the message that is sent with it.
    """

    blob_fields = ("blob",)

    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="attachments")
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, null=True, related_name="attachments")
    uploaded_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    is_image = models.BooleanField(default=False)  # decoded and written again by us: may be shown inline
    sha256 = models.CharField(max_length=64)
    salt = models.CharField(max_length=32)
    blob = models.CharField(max_length=100)  # generated name in the file store; empty once removed
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    removed_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["created_at"], name="attachment_unclaimed", condition=models.Q(message__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.name
