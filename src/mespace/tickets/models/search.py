"""The search index: one row per ticket, two vectors by audience."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from mespace.tickets.models.ticket import Ticket


class SearchEntry(models.Model):
    """What can be found of a ticket.

    `public` holds what its customer may read; `internal` that and the internal notes.
    """

    ticket = models.OneToOneField(Ticket, on_delete=models.PROTECT, primary_key=True, related_name="search_entry")
    public = SearchVectorField()
    internal = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(fields=["public"], name="search_public"),
            GinIndex(fields=["internal"], name="search_internal"),
        ]

    def __str__(self) -> str:
        return f"search entry of {self.ticket_id}"
