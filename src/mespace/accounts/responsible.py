"""A customer that has a responsible employee keeps one."""

from mespace.accounts.models import User
from mespace.accounts.permissions import Role


class LastResponsible(Exception):  # noqa: N818 - named as what it says
    """The customer would have nobody responsible: name another of its people first (409)."""


def require_another_responsible(user: User) -> None:
    """Raise LastResponsible if the person is their customer's only active responsible employee; inside a transaction.

    The rows of all of them are locked, so of two who leave at once one waits for the other.
    """
    if Role.RESPONSIBLE not in user.roles or not user.is_active:
        return
    # By name, because customers is the room above: the membership is what makes a colleague.
    of_customer = User.objects.filter(membership__customer__memberships__user=user, roles__contains=[Role.RESPONSIBLE])
    active = of_customer.filter(is_active=True).select_for_update(of=("self",)).order_by("pk")
    if set(active.values_list("pk", flat=True)) == {user.pk}:
        raise LastResponsible
