"""The reaction figures beside a contract, on the customer's page and on the managers'."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mespace.accounts.actor import Actor
from mespace.customers.models import SupportContract
from mespace.reports.reaction import may_read
from mespace.reports.under_contract import under_contract
from mespace.web.reports.address import query_of
from mespace.web.reports.rows import line_row, month_rows, state_words, type_rows

RECENT = 12  # months that are shown at once


def figures_of(*, actor: Actor, contract: SupportContract, now: datetime) -> dict[str, Any] | None:
    """The context of `web/reports/_under_contract.html`; None for those who read no reports. One statement."""
    if not may_read(actor):
        return None
    found = under_contract(actor=actor, contract=contract, now=now)
    if found is None:
        return {"has_begun": False}
    wanted, month = found.wanted, _("Month")
    recent, earlier = found.by_month[:RECENT], found.by_month[RECENT:]
    return {
        "has_begun": True,
        "total": line_row(wanted, found.total_line, ""),
        "recent": {"title": _("By month"), "head": month, "rows": month_rows(wanted, recent)},
        "earlier": {"title": _("Earlier months"), "head": month, "rows": month_rows(wanted, earlier)},
        "types": {
            "title": _("By type"),
            "head": pgettext("of a request", "Type"),
            "rows": type_rows(wanted, found.by_type),
        },
        "states": state_words(),
        "report_url": f"{reverse('reports:reaction')}?{query_of(wanted)}",
    }
