"""Change a support contract."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.contract_terms import ContractTerms
from mespace.customers.entitlement import moscow_date
from mespace.customers.models import SupportContract
from mespace.customers.operations._contract import write
from mespace.customers.tickets_of import last_filing
from mespace.platform.rows import locked


@transaction.atomic
def change_contract(*, actor: Actor, contract_id: int, terms: ContractTerms) -> SupportContract:
    """The contract with its new terms.

    Once a ticket was filed under it, its right at that day stays provable: the dates of signing and beginning stand,
    products can only be added, and it cannot end before the last filing.
    Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.CUSTOMERS_MANAGE)
    contract = locked(SupportContract, contract_id)
    filed_at = last_filing(contract)
    if filed_at is not None:
        _keep_what_was_relied_on(contract, terms, moscow_date(filed_at))
    write(contract, terms)
    return contract


def _keep_what_was_relied_on(contract: SupportContract, terms: ContractTerms, filed_on: date) -> None:
    errors: dict[str, str] = {}
    stays = _("Tickets were filed under this contract, so this date stays as it is.")
    if terms.signed_on != contract.signed_on:
        errors["signed_on"] = stays
    if terms.valid_from != contract.valid_from:
        errors["valid_from"] = stays
    if terms.valid_until < filed_on:
        day = date_format(filed_on, "SHORT_DATE_FORMAT")
        errors["valid_until"] = _("A ticket was filed under this contract on %(day)s: it cannot end earlier.") % {
            "day": day
        }
    covered = set(contract.products.values_list("pk", flat=True))
    if covered - set(terms.product_ids):
        errors["products"] = _("Tickets were filed under this contract: software can be added to it, not taken away.")
    if errors:
        raise ValidationError({field: [text] for field, text in errors.items()})
