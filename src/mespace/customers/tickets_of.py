"""What this room must know of tickets, asked by name: tickets is the room above."""

from datetime import datetime

from django.db.models import Max

from mespace.customers.models import SupportContract


def last_filing(contract: SupportContract) -> datetime | None:
    """When the last ticket was filed under the contract; None if there is none."""
    # With the customer, because tickets are indexed by it.
    rows = SupportContract.objects.filter(pk=contract.pk, tickets__customer_id=contract.customer_id)
    last: datetime | None = rows.aggregate(last=Max("tickets__registered_at"))["last"]
    return last
