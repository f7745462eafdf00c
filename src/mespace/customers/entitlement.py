"""Who may file today (clause 2.2)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from mespace.customers.models import SupportContract
from mespace.products.models import Product

MOSCOW = ZoneInfo("Europe/Moscow")


class NotEntitled(Exception):
    """No contract that covers the product is valid today; `contract` is the one that comes nearest, if there is any."""

    def __init__(self, contract: SupportContract | None, *, today: date) -> None:
        self.contract, self.today = contract, today
        super().__init__(f"no valid contract on {today}; nearest: {contract}")


def moscow_date(at: datetime) -> date:
    """The date in Moscow at an instant: the day by which contracts are judged."""
    return at.astimezone(MOSCOW).date()


def entitling_contract(*, customer_id: int, product_id: int, at: datetime) -> SupportContract:
    """The contract that gives the right at `at`: valid that Moscow date and covering the product; the longest-lived.

    Raises NotEntitled with the contract to name in the refusal.
    """
    today = moscow_date(at)
    covering = SupportContract.objects.filter(customer_id=customer_id, products=product_id)
    contract = covering.filter(valid_from__lte=today, valid_until__gte=today).order_by("-valid_until", "pk").first()
    if contract is None:
        nearest = covering.order_by("-valid_until", "pk").first()
        if nearest is None:
            nearest = SupportContract.objects.filter(customer_id=customer_id).order_by("-valid_until", "pk").first()
        raise NotEntitled(nearest, today=today)
    return contract


def covered_products(*, customer_id: int, at: datetime) -> list[Product]:
    """The products for which the customer may file at `at`, by name."""
    today = moscow_date(at)
    return list(
        Product.objects.filter(
            is_active=True,
            contracts__customer_id=customer_id,
            contracts__valid_from__lte=today,
            contracts__valid_until__gte=today,
        )
        .distinct()
        .order_by("name")
    )
