"""What a report's address says, and the addresses of its numbers."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from mespace.platform.forms import row_id
from mespace.reports.months import asked_months, month_code
from mespace.reports.reaction import STATES, Wanted
from mespace.tickets.lifecycle import Criticality, TicketType


def wanted_of(query: QueryDict, *, now: datetime) -> Wanted:
    """What is counted; what is not understood means any."""
    return Wanted(
        months=asked_months(query.get("from", ""), query.get("to", ""), now=now),
        customer=row_id(query.get("customer", "")),
        contract=row_id(query.get("contract", "")),
        type=_one_of(query.get("type", ""), TicketType.values),
        criticality=_one_of(query.get("criticality", ""), Criticality.values),
        state=_one_of(query.get("state", ""), STATES),
    )


def query_of(wanted: Wanted, **changes: Any) -> str:
    """The address's query, with `first` and `last` months and the rest changed as asked."""
    values = {
        "from": month_code(changes.pop("first", wanted.months.first)),
        "to": month_code(changes.pop("last", wanted.months.last)),
        "customer": wanted.customer,
        "contract": wanted.contract,
        "type": wanted.type,
        "criticality": wanted.criticality,
        "state": wanted.state,
    } | changes
    return urlencode({name: value for name, value in values.items() if value})


def requests_url(wanted: Wanted, **changes: Any) -> str:
    """The address of the tickets that a number counts."""
    return f"{reverse('reports:requests')}?{query_of(wanted, **changes)}"


def _one_of(text: str, known: Collection[str]) -> str:
    return text if text in known else ""
