"""Amend a support contract: what it says from a day on, as a new revision."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.contract_files import NewFile, take
from mespace.customers.contract_terms import ContractTerms
from mespace.customers.entitlement import moscow_date
from mespace.customers.models import ContractRevision, RevisionKind, SupportContract
from mespace.customers.onboarding.naming import NamedPerson, contract_signed
from mespace.customers.operations._contract import add_revision, latest, write
from mespace.customers.tickets_of import last_filing
from mespace.platform.rows import locked

_SAME = ("number", "title", "type", "form", "signed_on", "valid_from", "valid_until", "division_of_responsibility")


@dataclass(frozen=True)
class Amendment:
    """What is agreed: the terms, from which Moscow date on, why, files that come with it and files that no longer hold.

    `people` are the responsible employees whom it adds. `based_on` is the number of the revision that the form showed.
    """

    terms: ContractTerms
    effective_on: date
    reason: str
    files: Sequence[NewFile] = ()
    dropped_files: Collection[int] = ()
    people: Sequence[NamedPerson] = ()
    based_on: int | None = None


@transaction.atomic
def amend_contract(*, actor: Actor, now: datetime, contract_id: int, amendment: Amendment) -> ContractRevision:
    """The new revision. Tickets keep the revision by which they were entitled; none of their clocks changes.

    Once a ticket was filed under the contract, its right at that day stays provable: the dates of signing and beginning
    stand, it cannot end before the last filing, and software is taken away only from a later day on.
    To people whom it adds, access is owed from its day on, or from the signing where that came later (E5).
    Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.CUSTOMERS_MANAGE)
    contract = locked(SupportContract, contract_id)
    before, terms = latest(contract), amendment.terms
    if amendment.based_on not in {None, before.number}:
        raise ValidationError(_("The contract was amended in the meantime. Open it again and look what it says now."))
    filed_at = last_filing(contract)
    filed_on = moscow_date(filed_at) if filed_at is not None else None
    errors = _day_errors(contract, amendment, filed_on)
    if filed_on is not None:
        errors |= _reliance_errors(before, amendment, filed_on)
    if not amendment.reason.strip():
        errors["reason"] = _("Say what was agreed and why, such as the amendment's number.")
    if errors:
        raise ValidationError({field: [text] for field, text in errors.items()})
    was = {name: getattr(contract, name) for name in _SAME}
    write(contract, terms)
    kept = [file for file in before.files.all() if file.pk not in set(amendment.dropped_files)]
    files = [*kept, *take(contract, amendment.files, actor=actor, now=now)]
    same_terms = all(getattr(contract, name) == value for name, value in was.items())
    same_products = {product.pk for product in before.products.all()} == set(terms.product_ids)
    same_files = {file.pk for file in files} == {file.pk for file in before.files.all()}
    if same_terms and same_products and same_files and not _adds_somebody(contract, amendment.people):
        raise ValidationError(_("Nothing differs from what the contract says already."))
    named_on = max(amendment.effective_on, contract.signed_on)
    contract_signed(contract=contract, people=amendment.people, now=now, actor=actor, named_on=named_on)
    return add_revision(
        contract,
        actor=actor,
        now=now,
        kind=RevisionKind.AMENDED,
        effective_on=amendment.effective_on,
        reason=amendment.reason,
        files=files,
    )


def _adds_somebody(contract: SupportContract, people: Sequence[NamedPerson]) -> bool:
    named = {person.email for person in contract.named_people.filter(struck_at=None)}
    return any(person.email.strip().lower() not in named for person in people)


def _day_errors(contract: SupportContract, amendment: Amendment, filed_on: date | None) -> dict[str, str]:
    terms, day = amendment.terms, amendment.effective_on
    if day < terms.valid_from:
        return {"effective_on": _("An amendment holds at the earliest from the day on which the contract begins.")}
    if day > min(terms.valid_until, contract.agreed_until or contract.valid_until):
        return {"effective_on": _("An amendment begins to hold while the contract is valid. Record a new contract.")}
    agreed = contract.revisions.exclude(kind=RevisionKind.ENDED_EARLY).order_by("-number")
    last = agreed.values_list("effective_on", flat=True).first()
    if filed_on is not None and last is not None and day < last:
        text = _("The amendment before holds from %(day)s: a later one cannot begin before it.")
        return {"effective_on": text % {"day": date_format(last, "SHORT_DATE_FORMAT")}}
    return {}


def _reliance_errors(before: ContractRevision, amendment: Amendment, filed_on: date) -> dict[str, str]:
    terms, errors = amendment.terms, {}
    stays = _("Tickets were filed under this contract, so this date stays as it is.")
    day = {"day": date_format(filed_on, "SHORT_DATE_FORMAT")}
    if terms.signed_on != before.signed_on:
        errors["signed_on"] = stays
    if terms.valid_from != before.valid_from:
        errors["valid_from"] = stays
    if terms.valid_until < filed_on:
        text = _("A ticket was filed under this contract on %(day)s: it cannot end earlier.")
        errors["valid_until"] = text % day
    removed = {product.pk for product in before.products.all()} - set(terms.product_ids)
    if removed and amendment.effective_on <= filed_on:
        text = _("A ticket was filed under this contract on %(day)s: software is taken away from a later day on.")
        errors["products"] = text % day
    return errors
