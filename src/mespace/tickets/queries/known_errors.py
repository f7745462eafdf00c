"""A known error with whom it concerns: staff see everything, customers only what is theirs."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Installation
from mespace.customers.sites_seen import sites_seen
from mespace.platform.rows import RowNotFound, found
from mespace.products.affected import affects
from mespace.products.models import FixChange, KnownError
from mespace.products.queries import known_errors_whole
from mespace.tickets.models import Ticket

MOST = 100  # tickets and sites shown


@dataclass(frozen=True)
class KnownErrorView:
    """A known error as one actor sees it."""

    error: KnownError
    changes: Sequence[FixChange]
    running: list[Installation]  # at sites that the actor sees, on an affected build
    tickets: list[Ticket]  # linked, that the actor sees
    ticket_count: int

    @property
    def customers(self) -> list[str]:
        """The customers concerned, by name; staff only are shown them."""
        running = {row.site.customer.short_name for row in self.running}
        return sorted(running | {one.customer.short_name for one in self.tickets})


def known_error_view(*, actor: Actor, known_error_id: int) -> KnownErrorView:
    """The known error with the sites that run an affected build and the linked tickets, as far as the actor sees them.

    Raises RowNotFound unless the actor reads the catalogue, or one of their tickets or sites is concerned.
    """
    error = found(known_errors_whole(), known_error_id)
    running = _running(actor, error)
    linked = Ticket.objects.visible_to(actor).filter(known_error=error)
    tickets = list(linked.select_related("customer", "site").order_by("-pk")[:MOST])
    if not actor.can(Permission.PRODUCTS_READ) and not running and not tickets:
        raise RowNotFound(KnownError._meta.label_lower)  # noqa: SLF001 - Django's public name
    count = len(tickets) if len(tickets) < MOST else linked.count()
    return KnownErrorView(error, list(error.fix_changes.all()), running, tickets, count)


def _running(actor: Actor, error: KnownError) -> list[Installation]:
    builds = {build.pk for build in error.affected_builds.all()}
    versions = {version.pk for version in error.affected_versions.all()}
    rows = Installation.objects.filter(Q(build__in=builds) | Q(build__version__in=versions))
    rows = rows.filter(site__in=sites_seen(actor), site__is_active=True)
    rows = rows.select_related("site__customer", "build__version").order_by("site__customer__short_name", "site__name")
    return [row for row in rows if affects(row.build, error, build_ids=builds, version_ids=versions)]


def caused_ticket(*, actor: Actor, key: str, product_id: int) -> Ticket | None:
    """The ticket of this product by its key, if the actor sees it: the one whose cause is about to be confirmed."""
    return Ticket.objects.visible_to(actor).filter(key=key, product_id=product_id).first() if key else None
