"""Record a support contract."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.contract_files import NewFile, take
from mespace.customers.contract_terms import ContractTerms
from mespace.customers.models import Customer, RevisionKind, SupportContract
from mespace.customers.onboarding.naming import NamedPerson, contract_signed
from mespace.customers.operations._contract import add_revision, write
from mespace.platform.rows import RowNotFound, locked


@transaction.atomic
def add_contract(
    *,
    actor: Actor,
    now: datetime,
    customer_id: int,
    terms: ContractTerms,
    files: Sequence[NewFile] = (),
    people: Sequence[NamedPerson] = (),
    renews_id: int | None = None,
) -> SupportContract:
    """The new contract with its first revision: the right to file while it is valid (clause 2.2).

    `people` are the responsible employees whom it names: their access is owed from its signing on (clauses 3.1, 4.2);
    entered after that term, it is broken from the start (E5). `renews_id` names the contract that it succeeds.
    Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.CUSTOMERS_MANAGE)
    contract = SupportContract(customer=locked(Customer, customer_id))
    if renews_id is not None:
        contract.renews = _renewed(renews_id, customer_id=customer_id, terms=terms)
    write(contract, terms)
    kept = take(contract, files, actor=actor, now=now)
    add_revision(contract, actor=actor, now=now, kind=RevisionKind.SIGNED, effective_on=contract.valid_from, files=kept)
    contract_signed(contract=contract, people=people, now=now, actor=actor)
    return contract


def _renewed(contract_id: int, *, customer_id: int, terms: ContractTerms) -> SupportContract:
    former = locked(SupportContract, contract_id)
    if former.customer_id != customer_id:
        raise RowNotFound("customers.supportcontract")
    if SupportContract.objects.filter(renews=former).exists():
        raise ValidationError(_("This contract is renewed already: open its successor."))
    if terms.valid_from <= former.valid_from:
        raise ValidationError({"valid_from": _("The successor begins after the contract that it renews.")})
    return former
