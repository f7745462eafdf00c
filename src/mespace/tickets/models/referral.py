"""What the customer takes to another vendor's support (clause 5.4)."""

from django.conf import settings
from django.db import models

from mespace.products.models import OtherVendor
from mespace.tickets.models.ticket import Ticket


class Referral(models.Model):
    """The pack of one closing: what was found and what to tell that support; its digest is in the log."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="referrals")
    vendor = models.ForeignKey(OtherVendor, on_delete=models.PROTECT, related_name="referrals")
    found = models.TextField()
    tell = models.TextField()
    salt = models.CharField(max_length=32)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.ticket_id} to {self.vendor_id}"

    @property
    def text(self) -> str:
        """What the digest in the log is made of."""
        return f"{self.found}\n\n{self.tell}"
