"""Who may file today (clause 2.2)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from mespace.customers.models import ContractRevision, SupportContract
from mespace.platform.prepared import Given, Prepared
from mespace.products.models import Product

MOSCOW = ZoneInfo("Europe/Moscow")


def _entitling() -> QuerySet[ContractRevision]:
    return ContractRevision.objects.entitling_on(Given("day")).filter(contract__customer_id=Given("customer"))


_ENTITLING = Prepared(
    lambda: (
        _entitling()
        .filter(products=Given("product"))
        .select_related("contract")
        .order_by("-contract__valid_until", "contract_id")[:1]
    )
)
_COVERED = Prepared(
    lambda: Product.objects.filter(Exists(_entitling().filter(products=OuterRef("pk"))), is_active=True).order_by(
        "name"
    )
)


class NotEntitled(Exception):
    """No contract that covers the product is valid today; `contract` is the one that comes nearest, if there is any."""

    def __init__(self, contract: SupportContract | None, *, today: date) -> None:
        self.contract, self.today = contract, today
        super().__init__(f"no valid contract on {today}; nearest: {contract}")


def moscow_date(at: datetime) -> date:
    """The date in Moscow at an instant: the day by which contracts are judged."""
    return at.astimezone(MOSCOW).date()


def entitling_revision(*, customer_id: int, product_id: int, at: datetime) -> ContractRevision:
    """What gives the right at `at`: the revision in force that Moscow date, of a contract that is valid then.

    It covers the product; of several contracts the longest-lived. Raises NotEntitled with the contract to name in the
    refusal.
    """
    today = moscow_date(at)
    revision = _ENTITLING.first(customer=customer_id, product=product_id, day=today)
    if revision is None:
        covering = SupportContract.objects.filter(customer_id=customer_id, products=product_id)
        nearest = covering.order_by("-valid_until", "pk").first()
        if nearest is None:
            nearest = SupportContract.objects.filter(customer_id=customer_id).order_by("-valid_until", "pk").first()
        raise NotEntitled(nearest, today=today)
    return revision


def covered_products(*, customer_id: int, at: datetime) -> list[Product]:
    """The products for which the customer may file at `at`, by name."""
    return _COVERED.rows(customer=customer_id, day=moscow_date(at))
