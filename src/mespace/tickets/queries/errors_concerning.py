"""Which known errors concern a customer: those linked to its tickets, and those of what its sites run."""

from typing import Any

from django.db.models import Q, QuerySet

from mespace.customers.models import Installation
from mespace.products.models import KnownError
from mespace.tickets.models import Ticket


def errors_concerning(customer_id: int) -> "QuerySet[KnownError, Any]":
    """The numbers of the known errors whose pages the customer's responsible employees find; made to be a sub-query.

    A version that an error affects as a whole concerns a site until the error is fixed.
    """
    linked = Ticket.objects.filter(customer_id=customer_id, known_error__isnull=False)
    running = Installation.objects.filter(site__customer_id=customer_id, site__is_active=True)
    named = KnownError.affected_builds.through.objects.filter(build__in=running.values("build"))
    whole = KnownError.affected_versions.through.objects.filter(
        version__in=running.values("build__version"), knownerror__fixed_in=None, knownerror__fixed_in_version=None
    )
    concerned = Q(pk__in=linked.values("known_error"))
    concerned |= Q(pk__in=named.values("knownerror")) | Q(pk__in=whole.values("knownerror"))
    return KnownError.objects.filter(concerned).order_by().values("pk")
