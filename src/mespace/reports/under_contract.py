"""How the reactions promised under one contract were kept: what stands beside the contract, on both sides' pages."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.db.models.functions import TruncMonth

from mespace.accounts.actor import Actor
from mespace.customers.models import SupportContract
from mespace.regulation.queries import MOSCOW
from mespace.reports.months import MOST, Months, months_back
from mespace.reports.reaction import Figures, Line, Wanted, counts_by, rows_of
from mespace.tickets.lifecycle import TicketType


@dataclass(frozen=True)
class UnderContract:
    """The requests filed under a contract: all of them, by month with the newest first, and by their present type.

    `wanted` counts exactly them. Months without a request are left out: a contract lasts for years.
    """

    wanted: Wanted
    total: Figures
    by_month: list[Line]
    by_type: list[Line]

    @property
    def total_line(self) -> Line:
        """All of them as a row."""
        return Line(None, "", self.total)


def under_contract(*, actor: Actor, contract: SupportContract, now: datetime) -> UnderContract | None:
    """The figures of a contract up to `now`; None while it has not begun. One statement. Raises Refused."""
    present = now.astimezone(MOSCOW).date().replace(day=1)
    last = min(present, contract.valid_until.replace(day=1))
    first = contract.valid_from.replace(day=1)
    if first > present:
        return None
    months = Months(max(first, months_back(last, MOST - 1)), last)
    wanted = Wanted(months, customer=contract.customer_id, contract=contract.pk)
    rows = rows_of(actor=actor, wanted=wanted, now=now)
    by_month: defaultdict[date, Figures] = defaultdict(Figures)
    by_type: defaultdict[str, Figures] = defaultdict(Figures)
    total = Figures()
    month = TruncMonth("registered_at", tzinfo=MOSCOW)
    for row, figures in counts_by(rows, now, month=month, kind=F("type")):
        total += figures
        by_month[row["month"].date()] += figures
        by_type[row["kind"]] += figures
    return UnderContract(
        wanted=wanted,
        total=total,
        by_month=[Line(month, "", by_month[month]) for month in sorted(by_month, reverse=True)],
        by_type=[Line(code, "", by_type[code]) for code in TicketType.values if code in by_type],
    )
