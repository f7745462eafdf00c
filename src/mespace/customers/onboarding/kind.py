"""Onboarding as a kind of obligation."""

from collections.abc import Collection, Mapping
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.onboarding.models import ContractPerson, HandedOver, StruckFor
from mespace.obligations.kinds import ByHand, Change, Name, ObligationKind, Whom

CODE: Final = "onboarding"


def name_of(person: ContractPerson) -> Name:
    """How the obligation to a named person is called."""
    return Name(CODE, person.pk)


def _people(ids: Collection[int], actor: Actor) -> Mapping[int, Whom]:
    rows = ContractPerson.objects.filter(pk__in=ids).select_related("contract__customer")
    if not actor.can(Permission.CUSTOMERS_READ):
        rows = rows.filter(contract__customer_id=actor.customer_id or 0)
    enters = actor.can(Permission.CUSTOMERS_READ)
    return {
        row.pk: Whom(
            _("%(name)s, contract %(number)s") % {"name": row.full_name, "number": row.contract.number},
            reverse("manage:responsible", args=[row.pk]) if enters else "",
        )
        for row in rows
    }


def _strike(change: Change) -> None:
    from mespace.customers.operations.strike_responsible import strike_responsible

    reason = StruckFor(change.reason)
    strike_responsible(
        actor=change.actor, now=change.now, person_id=change.name.whom_id, reason=reason, note=change.note
    )


ONBOARDING = ObligationKind(
    code=CODE,
    clause="3.1",
    word=gettext_lazy("Access for a responsible employee"),
    what=gettext_lazy("Create the account and hand over the invitation (clauses 3.1 and 4.2)."),
    whom_kind="contract_person",
    resolve=_people,
    shown_to_customers=True,
    reasons={each.value: each.label for each in StruckFor},
    ways={each.value: each.label for each in HandedOver},
    # The regulation names its term, so nobody moves it.
    withdrawing=ByHand(Permission.CUSTOMERS_MANAGE, tuple(StruckFor.values), _strike),
)
