"""What holds for a contract whoever writes it; shared by the operations that do."""

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.customers.contract_terms import ContractTerms
from mespace.customers.entitlement import MOSCOW
from mespace.customers.models import SupportContract
from mespace.platform.rows import save_checked
from mespace.products.models import Product
from mespace.regulation.models import RegulationEdition
from mespace.regulation.queries import NoEdition, edition_in_force


def write(contract: SupportContract, terms: ContractTerms) -> None:
    """Save the contract with these terms and the edition accepted by signing (clause 2.3).

    Raises ValidationError by field.
    """
    contract.number, contract.title = " ".join(terms.number.split()), " ".join(terms.title.split())
    contract.type, contract.form = " ".join(terms.type.split()), terms.form
    contract.division_of_responsibility = terms.division_of_responsibility.strip()
    contract.signed_on, contract.valid_from, contract.valid_until = terms.signed_on, terms.valid_from, terms.valid_until
    wanted = set(terms.product_ids)
    if not wanted or Product.objects.filter(pk__in=wanted).count() != len(wanted):
        raise ValidationError({"products": _("Choose the software that the contract covers.")})
    if contract.valid_until < contract.valid_from:
        raise ValidationError({"valid_until": _("The contract cannot end before it begins.")})
    contract.accepted_edition = _edition_of(contract.signed_on)
    save_checked(contract, taken=_("The customer has a contract with this number already."))
    contract.products.set(wanted)


def _edition_of(signed_on: date) -> RegulationEdition:
    try:
        return edition_in_force(datetime.combine(signed_on, time(), MOSCOW))
    except NoEdition:
        text = _("No edition of the regulation was in force on this date, so there is none that the contract accepts.")
        raise ValidationError({"signed_on": text}) from None
