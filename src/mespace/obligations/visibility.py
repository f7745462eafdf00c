"""The one gate: which obligations an actor sees. Deny by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from mespace.accounts.permissions import Permission
from mespace.obligations.kinds import concerning, kinds
from mespace.obligations.lifecycle import OWED

if TYPE_CHECKING:
    from mespace.accounts.actor import Actor
    from mespace.obligations.models import Obligation  # noqa: F401 - named in the type below


def visible(actor: Actor) -> Q | None:
    """The condition under which `actor` sees an obligation; None when they see none."""
    if actor.can(Permission.OBLIGATIONS_READ):
        return Q()
    if actor.can(Permission.OBLIGATIONS_READ_OWN_CUSTOMER) and actor.customer_id is not None:
        shown = [kind for kind in kinds() if kind.shown_to_customers]
        for_every = Q(owed_to=None, kind__in=[kind.code for kind in shown if not kind.only_concerned])
        return Q(kind__in=[kind.code for kind in shown]) & (owed_to_customer(actor.customer_id) | for_every)
    return None


def owed_to_customer(customer_id: int) -> Q:
    """The condition under which something is owed to a customer: to it alone, or to those whom it concerns."""
    condition = Q(owed_to=customer_id)
    for code, whom_ids in concerning(customer_id).items():
        condition |= Q(owed_to=None, kind=code, whom_id__in=whom_ids)
    return condition


class ObligationQuerySet(models.QuerySet["Obligation"]):
    """Chainable filters of obligations."""

    def visible_to(self, actor: Actor) -> ObligationQuerySet:
        """Those that `actor` may see; nothing for anybody else."""
        condition = visible(actor)
        return self.none() if condition is None else self.filter(condition)

    def owed(self) -> ObligationQuerySet:
        """Still to be done; matches the partial index's condition."""
        return self.filter(state__in=sorted(OWED))
