"""What holds for a contract whoever writes it; shared by the operations that do."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.customers.contract_terms import ContractTerms
from mespace.customers.entitlement import MOSCOW
from mespace.customers.models import ContractFile, ContractRevision, FilePurpose, RevisionKind, SupportContract
from mespace.platform.rows import save_checked
from mespace.products.models import Product
from mespace.regulation.models import RegulationEdition
from mespace.regulation.queries import NoEdition, edition_in_force


def write(contract: SupportContract, terms: ContractTerms) -> None:
    """Save the contract with these terms and the edition accepted by signing (clause 2.3).

    An end that is agreed anew is no early end any more. Raises ValidationError by field.
    """
    contract.number, contract.title = " ".join(terms.number.split()), " ".join(terms.title.split())
    contract.type, contract.form = " ".join(terms.type.split()), terms.form
    contract.division_of_responsibility = terms.division_of_responsibility.strip()
    if contract.valid_until != terms.valid_until:
        contract.agreed_until = None
    contract.signed_on, contract.valid_from, contract.valid_until = terms.signed_on, terms.valid_from, terms.valid_until
    wanted = set(terms.product_ids)
    if not wanted or Product.objects.filter(pk__in=wanted).count() != len(wanted):
        raise ValidationError({"products": _("Choose the software that the contract covers.")})
    if contract.valid_until < contract.valid_from:
        raise ValidationError({"valid_until": _("The contract cannot end before it begins.")})
    contract.accepted_edition = _edition_of(contract.signed_on)
    save_checked(contract, taken=_("The customer has a contract with this number already."))
    contract.products.set(wanted)


def add_revision(
    contract: SupportContract,
    *,
    actor: Actor,
    now: datetime,
    kind: RevisionKind,
    effective_on: date,
    reason: str = "",
    files: Iterable[ContractFile] = (),
) -> ContractRevision:
    """The contract as it stands now, kept as its next revision. Its row is locked by the caller."""
    kept = list(files)
    last = contract.revisions.order_by("-number").values_list("number", flat=True).first()
    revision = ContractRevision.objects.create(
        contract=contract,
        number=(last or 0) + 1,
        kind=kind,
        made_at=now,
        made_by_id=actor.user_id,
        effective_on=effective_on,
        reason=reason.strip(),
        contract_number=contract.number,
        title=contract.title,
        type=contract.type,
        form=contract.form,
        signed_on=contract.signed_on,
        valid_from=contract.valid_from,
        valid_until=contract.valid_until,
        agreed_until=contract.agreed_until,
        accepted_edition=contract.accepted_edition,
        division_of_responsibility=contract.division_of_responsibility,
        has_division_files=any(file.purpose == FilePurpose.DIVISION for file in kept),
    )
    revision.products.set(contract.products.values_list("pk", flat=True))
    revision.files.set(kept)
    return revision


def latest(contract: SupportContract) -> ContractRevision:
    """The contract's last revision with its software and files."""
    return contract.revisions.prefetch_related("products", "files").order_by("-number")[0]


def _edition_of(signed_on: date) -> RegulationEdition:
    try:
        return edition_in_force(datetime.combine(signed_on, time(), MOSCOW))
    except NoEdition:
        text = _("No edition of the regulation was in force on this date, so there is none that the contract accepts.")
        raise ValidationError({"signed_on": text}) from None
