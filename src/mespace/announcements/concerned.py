"""Whom an announcement concerns: everybody, or those who use the software that its components serve."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.accounts.permissions import CUSTOMER_ROLES, STAFF_ROLES
from mespace.announcements.models import ServiceComponent
from mespace.customers.entitlement import moscow_date
from mespace.products.models import Product


def products_of(actor: Actor, *, now: datetime) -> "QuerySet[Product] | list[int]":
    """The products that concern the actor: all for staff; for a customer's person what it has or has a contract for."""
    if actor.is_staff:
        return Product.objects.all()
    if actor.customer_id is None:
        return []
    today = moscow_date(now)
    installed = Q(installations__site__customer=actor.customer_id)
    covered = Q(
        contracts__customer=actor.customer_id, contracts__valid_from__lte=today, contracts__valid_until__gte=today
    )
    return Product.objects.filter(installed | covered)


def people_concerned(components: Collection[ServiceComponent], *, at: datetime) -> list[int]:
    """Everybody who may sign in and uses one of the components, by id; staff always."""
    ids = [component.pk for component in components]
    rows = ServiceComponent.objects.filter(pk__in=ids).values_list("products", flat=True)
    products = list(rows)
    staff = Q(roles__overlap=sorted(STAFF_ROLES))
    if None in products:
        customers = Q(roles__overlap=sorted(CUSTOMER_ROLES), membership__isnull=False)
    else:
        today = moscow_date(at)
        customers = Q(membership__customer__sites__installations__product__in=products) | Q(
            membership__customer__contracts__products__in=products,
            membership__customer__contracts__valid_from__lte=today,
            membership__customer__contracts__valid_until__gte=today,
        )
    people = User.objects.filter(Q(is_active=True) & (staff | customers))
    return list(people.order_by("pk").values_list("pk", flat=True).distinct())
