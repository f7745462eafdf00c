"""What this room must know of tickets, asked by name: tickets is the room above."""

from datetime import datetime

from django.db.models import Max

from mespace.customers.models import Area, Customer, SupportContract, WorkCenter


def last_filing(contract: SupportContract) -> datetime | None:
    """When the last ticket was filed under the contract; None if there is none."""
    # With the customer, because tickets are indexed by it.
    rows = SupportContract.objects.filter(pk=contract.pk, tickets__customer_id=contract.customer_id)
    last: datetime | None = rows.aggregate(last=Max("tickets__registered_at"))["last"]
    return last


def is_named(place: Area | WorkCenter) -> bool:
    """Whether a ticket names the place."""
    site = place.site if isinstance(place, Area) else place.area.site
    named = {"tickets__area": place.pk} if isinstance(place, Area) else {"tickets__work_center": place.pk}
    return Customer.objects.filter(pk=site.customer_id, **named).exists()  # tickets are indexed by their customer
