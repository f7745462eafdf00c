"""Record a support contract."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.contract_terms import ContractTerms
from mespace.customers.models import Customer, SupportContract
from mespace.customers.operations._contract import write
from mespace.platform.rows import locked


@transaction.atomic
def add_contract(*, actor: Actor, customer_id: int, terms: ContractTerms) -> SupportContract:
    """The new contract: the right to file while it is valid (clause 2.2).

    Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.CUSTOMERS_MANAGE)
    contract = SupportContract(customer=locked(Customer, customer_id))
    write(contract, terms)
    return contract
