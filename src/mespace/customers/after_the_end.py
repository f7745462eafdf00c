"""What a contract's end takes away, known before it happens (clause 2.2)."""

from collections.abc import Iterable
from datetime import date, timedelta

from mespace.customers.models import SupportContract
from mespace.products.models import Product

ONE_DAY = timedelta(days=1)


def uncovered_after(contracts: Iterable[SupportContract]) -> dict[int, list[Product]]:
    """By contract, its software that no other contract of the customer covers on the day after its end.

    Two statements, however many contracts there are.
    """
    asked = list(contracts)
    rows = SupportContract.objects.filter(customer_id__in={row.customer_id for row in asked})
    every = {row.pk: row for row in rows.prefetch_related("products")} if asked else {}
    return {row.pk: _uncovered(every[row.pk], every.values()) for row in asked}


def _uncovered(contract: SupportContract, every: Iterable[SupportContract]) -> list[Product]:
    covered = _covered_on(contract.valid_until + ONE_DAY, customer_id=contract.customer_id, every=every)
    return [product for product in contract.products.all() if product.pk not in covered]


def _covered_on(day: date, *, customer_id: int, every: Iterable[SupportContract]) -> set[int]:
    valid = [row for row in every if row.customer_id == customer_id and row.is_valid_on(day)]
    return {product.pk for row in valid for product in row.products.all()}
