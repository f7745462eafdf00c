"""What helps agents at the desk; none of it is business fact."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mespace.products.models import Product
from mespace.tickets.models.ticket import Ticket

_USER = settings.AUTH_USER_MODEL


class Draft(models.Model):
    """An unsent answer, one per person, ticket and form."""

    user = models.ForeignKey(_USER, on_delete=models.CASCADE, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=20)
    body = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "ticket", "form"], name="draft_unique")]

    def __str__(self) -> str:
        return f"draft of {self.user_id} on {self.ticket_id}"


class AnswerTemplate(models.Model):
    """A text to start an answer from."""

    title = models.CharField(_("title"), max_length=120, unique=True)
    body = models.TextField(_("text"))
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only for")
    )
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class SavedView(models.Model):
    """A named set of queue filters: the address's query string."""

    user = models.ForeignKey(_USER, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=1000)
    is_shared = models.BooleanField(_("for all agents"), default=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_view_name_unique")]

    def __str__(self) -> str:
        return self.name


class Presence(models.Model):
    """Who has a ticket open at the desk, for the collision notice; rows older than a minute mean nothing."""

    user = models.ForeignKey(_USER, on_delete=models.CASCADE, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    is_writing = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="presence_unique")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.ticket_id}"
