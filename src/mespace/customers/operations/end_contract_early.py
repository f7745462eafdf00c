"""End a support contract before the day that was agreed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.contract_files import NewFile, take
from mespace.customers.entitlement import moscow_date
from mespace.customers.models import ContractRevision, RevisionKind, SupportContract
from mespace.customers.operations._contract import add_revision, latest
from mespace.customers.tickets_of import last_filing
from mespace.platform.rows import locked


@transaction.atomic
def end_contract_early(
    *,
    actor: Actor,
    now: datetime,
    contract_id: int,
    last_day: date,
    reason: str,
    files: Sequence[NewFile] = (),
) -> ContractRevision:
    """The revision by which the right to file ends after the Moscow date `last_day`.

    What was filed is served to its end (clause 2.2). Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.CUSTOMERS_MANAGE)
    contract = locked(SupportContract, contract_id)
    errors = _errors(contract, last_day)
    if not reason.strip():
        errors["reason"] = _("Say why the contract ends early: both sides read it.")
    if errors:
        raise ValidationError({field: [text] for field, text in errors.items()})
    kept = [*latest(contract).files.all(), *take(contract, files, actor=actor, now=now)]
    contract.agreed_until = contract.agreed_until or contract.valid_until
    contract.valid_until = last_day
    contract.save(update_fields=["agreed_until", "valid_until"])
    return add_revision(
        contract,
        actor=actor,
        now=now,
        kind=RevisionKind.ENDED_EARLY,
        effective_on=last_day + timedelta(days=1),
        reason=reason,
        files=kept,
    )


def _errors(contract: SupportContract, last_day: date) -> dict[str, str]:
    if last_day < contract.valid_from:
        return {"last_day": _("The contract cannot end before it begins.")}
    if last_day >= contract.valid_until:
        text = _("The contract ends on %(day)s anyway: an early end lies before it.")
        return {"last_day": text % {"day": date_format(contract.valid_until, "SHORT_DATE_FORMAT")}}
    filed_at = last_filing(contract)
    if filed_at is not None and last_day < moscow_date(filed_at):
        text = _("A ticket was filed under this contract on %(day)s: it cannot end earlier.")
        return {"last_day": text % {"day": date_format(moscow_date(filed_at), "SHORT_DATE_FORMAT")}}
    return {}
