"""What a successor of a contract is offered with."""

from calendar import monthrange
from datetime import date, timedelta

from mespace.customers.contract_terms import ContractTerms
from mespace.customers.models import SupportContract

ONE_DAY = timedelta(days=1)
MONTHS = 12


def renewal_terms(contract: SupportContract, *, today: date) -> ContractTerms:
    """The same terms for the same length of time, from the day after the end; the number is still to be given."""
    begins = (contract.agreed_until or contract.valid_until) + ONE_DAY
    if contract.is_cut_short:
        begins = max(contract.valid_until + ONE_DAY, today)
    return ContractTerms(
        number="",
        title=contract.title,
        form=contract.form,
        product_ids=[product.pk for product in contract.products.all()],
        signed_on=today,
        valid_from=begins,
        valid_until=_as_long(contract.valid_from, contract.agreed_until or contract.valid_until, begins),
        type=contract.type,
        division_of_responsibility=contract.division_of_responsibility,
    )


def _as_long(first: date, last: date, begins: date) -> date:
    """The last day of a term that begins on `begins` and lasts as from `first` to `last`: in months where they fit."""
    end = last + ONE_DAY
    months = (end.year - first.year) * MONTHS + end.month - first.month
    if _later(first, months) == end:
        return _later(begins, months) - ONE_DAY
    return begins + (last - first)


def _later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, MONTHS)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
