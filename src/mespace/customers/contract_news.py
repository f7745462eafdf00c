"""Contracts as a subject of news: their end, before it comes."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.accounts.subjects import About, Subject, Words
from mespace.customers.after_the_end import uncovered_after
from mespace.customers.models import SupportContract

if TYPE_CHECKING:
    from django.db.models import QuerySet

CONTRACT = "support_contract"


def visible_contracts(actor: Actor) -> "QuerySet[SupportContract]":
    """All for readers of customers, the own customer's for a responsible employee, none for anybody else."""
    if actor.can(Permission.CUSTOMERS_READ):
        return SupportContract.objects.all()
    if actor.can(Permission.CONTRACT_READ_OWN) and actor.customer_id is not None:
        return SupportContract.objects.filter(customer_id=actor.customer_id)
    return SupportContract.objects.none()


def contract_words(actor: Actor, news: Collection[About]) -> Mapping[About, Words]:
    """Which contract ends when, what is refused then and what stays possible; three statements."""
    rows = visible_contracts(actor).select_related("customer").in_bulk({about.subject_id for about in news})
    lost = uncovered_after(rows.values())
    address = "manage:contract" if actor.can(Permission.CUSTOMERS_READ) else "contract"
    told = {}
    for about in news:
        if (row := rows.get(about.subject_id)) is None:
            continue
        values = {
            "number": row.number,
            "customer": str(row.customer),
            "day": date_format(row.valid_until, "SHORT_DATE_FORMAT"),
            "software": ", ".join(product.name for product in lost[row.pk]),
        }
        text = _("All software of the contract is covered further on.")
        if lost[row.pk]:
            text = _(
                "After that day nobody can file requests about %(software)s. What was filed before is worked on to its "
                "end, and everything can be read."
            )
        told[about] = Words(
            title=_("%(customer)s: contract %(number)s ends on %(day)s") % values,
            url=reverse(address, args=[row.pk]),
            text=text % values,
        )
    return told


SUBJECT = Subject(CONTRACT, visible_contracts, contract_words)
