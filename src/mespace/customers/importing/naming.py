"""The contracts that name imported responsible employees."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.accounts.permissions import Role
from mespace.customers.entitlement import MOSCOW
from mespace.customers.importing.columns import ImportKind, Record, title_of
from mespace.customers.importing.plan import CellChange
from mespace.customers.models import Customer, SupportContract
from mespace.customers.onboarding.becoming import naming_contract
from mespace.customers.onboarding.models import ContractPerson
from mespace.customers.onboarding.naming import NamedPerson, name, require_come

_FORMS = ("%d.%m.%Y", "%Y-%m-%d")


class Contracts:
    """A customer's contracts, locked as long as the import lasts."""

    def __init__(self, customer: Customer, *, actor: Actor, now: datetime) -> None:
        self.customer, self.actor, self.now = customer, actor, now
        rows = SupportContract.objects.filter(customer=customer).select_for_update(of=("self",))
        self._by_number = {row.number.casefold(): row for row in rows.order_by("pk")}

    def name(self, record: Record, *, email: str, is_newly_responsible: bool) -> CellChange | None:
        """Name the person in the contract of the row; who becomes responsible without one, in the valid contract.

        None when that changes nothing. Without a date the signing is meant; a term that has passed since is broken from
        the start (E5), and the preview says so. Raises ValidationError by field.
        """
        contract = self._contract(record, is_newly_responsible=is_newly_responsible)
        if contract is None:
            return None
        user = User.objects.get(email=email)
        if Role.RESPONSIBLE not in user.roles:
            raise ValidationError({"contract": _("A contract names responsible employees only: write the role.")})
        if ContractPerson.objects.filter(contract=contract, email__iexact=email, struck_at=None).exists():
            return None
        named_on = _day(record.get("named_on")) or contract.signed_on
        require_come(named_on, self.now)
        person = NamedPerson(user.full_name, email, user.job_title, user.phone)
        row = name(contract, person, named_on, actor=self.actor, now=self.now)
        return CellChange(title_of(ImportKind.PEOPLE, "contract"), "", _words(row))

    def _contract(self, record: Record, *, is_newly_responsible: bool) -> SupportContract | None:
        number = " ".join(record.get("contract").split())
        if number:
            found = self._by_number.get(number.casefold())
            if found is None:
                text = _("The customer has no contract “%(number)s”.")
                raise ValidationError({"contract": text % {"number": number}})
            return found
        if record.get("named_on"):
            raise ValidationError({"contract": _("Write the contract that names the person from this date on.")})
        if not is_newly_responsible:
            return None
        return naming_contract(customer_id=self.customer.pk, now=self.now)


def _day(text: str) -> date | None:
    if not text:
        return None
    for form in _FORMS:
        try:
            return datetime.strptime(text.removesuffix("T00:00:00"), form).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    raise ValidationError({"named_on": _("Write a date such as 26.11.2026.")})


def _words(row: ContractPerson) -> str:
    said = _("%(number)s, from %(day)s") % {
        "number": row.contract.number,
        "day": date_format(row.named_on, "SHORT_DATE_FORMAT"),
    }
    if row.obligation is None:
        return said
    due = {"due": date_format(row.obligation.due_at.astimezone(MOSCOW), "SHORT_DATETIME_FORMAT")}
    late = _("access was owed until %(due)s: broken from the start")
    owed = late if row.obligation.was_entered_late else _("access is owed until %(due)s")
    return f"{said}; {owed % due}"
