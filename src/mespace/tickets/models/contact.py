"""Calls and mails outside the tracker (clause 3.3): who, when, what was said, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from mespace.accounts.permissions import Permission
from mespace.customers.models import Customer
from mespace.platform.audit import audited
from mespace.tickets.models.ticket import Ticket

if TYPE_CHECKING:
    from mespace.accounts.actor import Actor

_USER = settings.AUTH_USER_MODEL


class Channel(models.TextChoices):
    """By what way somebody reached support."""

    PHONE = "phone", pgettext_lazy("channel", "phone")
    MAIL = "mail", pgettext_lazy("channel", "e-mail")
    OTHER = "other", pgettext_lazy("channel", "other")


class Outcome(models.TextChoices):
    """What became of a contact; empty while nothing did."""

    REGISTERED = "registered", pgettext_lazy("contact", "registered")
    ATTACHED = "attached", pgettext_lazy("contact", "belongs to a request")
    DISMISSED = "dismissed", pgettext_lazy("contact", "no request needed")


class ContactQuerySet(models.QuerySet["Contact"]):
    """Chainable filters of contacts."""

    def visible_to(self, actor: Actor) -> ContactQuerySet:
        """All of them for staff who read all tickets; none for contractors, customers and strangers."""
        return self if actor.can(Permission.CONTACT_READ) else self.none()


@audited(without=["search"])
class Contact(models.Model):
    """One call or mail. It starts no clock: a ticket registered from it does, at its registration."""

    channel = models.CharField(max_length=10, choices=Channel.choices)
    at = models.DateTimeField()  # of the call or the mail itself
    logged_at = models.DateTimeField()
    logged_by = models.ForeignKey(  # null: a mail, taken in by the product
        _USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, related_name="contacts", db_index=False)
    person = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    caller_name = models.CharField(max_length=200, blank=True)  # as given by somebody whom the product may not know
    caller_phone = models.CharField(max_length=50, blank=True)
    caller_address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    said = models.TextField()
    whole = models.TextField(blank=True)  # a mail's whole text, when `said` is less than it
    remarks = models.JSONField(default=list, blank=True)  # codes of what a reader should know of a mail
    about = models.ForeignKey(Ticket, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, null=True, related_name="contacts")
    reason = models.CharField(max_length=500, blank=True)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    rank = models.PositiveSmallIntegerField(default=0)  # 0: waits for somebody; 1: handled
    search = SearchVectorField()

    objects: ClassVar[ContactQuerySet] = ContactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", rank=0, handled_at__isnull=True, ticket__isnull=True)
                | (~Q(outcome="") & Q(rank=1, handled_at__isnull=False)),
                name="contact_is_handled_or_not",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["registered", "attached"]) | Q(ticket__isnull=False),
                name="contact_names_its_ticket",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="dismissed") | (Q(ticket__isnull=True) & ~Q(reason="")),
                name="contact_dismissed_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(outcome="registered"), name="contact_of_a_ticket_unique"
            ),
        ]
        indexes = [
            models.Index("rank", models.F("at").desc(), models.F("id").desc(), name="contact_list"),
            models.Index("customer", models.F("at").desc(), models.F("id").desc(), name="contact_of_customer"),
            GinIndex(fields=["search"], name="contact_search"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_handled(self) -> bool:
        """Registered, attached to a ticket or dismissed."""
        return bool(self.outcome)

    @property
    def can_be_registered(self) -> bool:
        """No ticket was made of it, and it belongs to none."""
        return self.ticket_id is None

    @property
    def who(self) -> str:
        """Who it was, by the best name known; may be empty."""
        if self.person is not None:
            return self.person.full_name
        return self.caller_name or self.caller_address or self.caller_phone


class ContactFile(models.Model):
    """A file that came with a contact. A ticket registered from the contact gets copies of those that are chosen."""

    blob_fields = ("blob",)

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    is_image = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    blob = models.CharField(max_length=100)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["blob"], name="contact_file_blob")]

    def __str__(self) -> str:
        return self.name
