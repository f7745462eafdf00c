"""What a reader's company runs: by it what is found is ordered."""

from dataclasses import dataclass

from mespace.accounts.actor import Actor
from mespace.accounts.prepared_gate import PreparedFor
from mespace.customers.models import Installation, SupportContract
from mespace.customers.sites_seen import sites_seen
from mespace.platform.prepared import Given, Prepared


@dataclass(frozen=True)
class Interests:
    """The software, versions and components that are preferred; nothing prefers nothing."""

    product_ids: frozenset[int] = frozenset()
    version_ids: frozenset[int] = frozenset()
    component_ids: frozenset[int] = frozenset()  # that are named in a text that is being typed

    @property
    def are_any(self) -> bool:
        """Whether there is something to prefer."""
        return bool(self.product_ids or self.version_ids or self.component_ids)


_COVERED = Prepared(
    lambda: (
        SupportContract.products.through.objects.filter(supportcontract__customer_id=Given("customer"))
        .values_list("product_id", flat=True)
        .distinct()
    )
)
_RUNNING = PreparedFor(
    lambda actor: (
        Installation.objects.filter(site__in=sites_seen(actor))
        .order_by()
        .values_list("product_id", "build__version_id")
        .distinct()
    )
)


def interests_of(actor: Actor, *, component_ids: frozenset[int] = frozenset()) -> Interests:
    """The software of the reader's contracts and sites, and the versions that run there; none of it for staff."""
    if not actor.is_customer or actor.customer_id is None:
        return Interests(component_ids=component_ids)
    covered, running = _COVERED.rows(customer=actor.customer_id), _RUNNING.rows(actor)
    return Interests(
        frozenset({*covered, *(product for product, _version in running)}),
        frozenset(version for _product, version in running if version is not None),
        component_ids,
    )
