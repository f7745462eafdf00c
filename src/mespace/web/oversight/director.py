"""The director's page: the whole promise at a glance, read only; every number opens its list."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts.permissions import Permission
from mespace.customers.entitlement import moscow_date
from mespace.customers.models import SupportContract
from mespace.obligations.lifecycle import State
from mespace.platform import clock
from mespace.regulation.calendar_proposal import year_without_transfers
from mespace.reports.at_risk import outlook
from mespace.reports.months import Months, months_back
from mespace.reports.reaction import Wanted, by_month
from mespace.tickets.queries.owed import REACTION, reactions_overdue
from mespace.tickets.queries.owed_by_kind import STATES as OWED_STATES
from mespace.web.ledger.words import STATES, list_url
from mespace.web.manage.door import needs
from mespace.web.middleware import ActorRequest
from mespace.web.oversight.figures import (
    balls,
    ending_contracts,
    ending_tiles,
    kinds_table,
    obligation_tiles,
    reaction_tiles,
)
from mespace.web.reports.address import query_of
from mespace.web.reports.bars import chart_of
from mespace.web.reports.rows import month_rows, state_words
from mespace.web.staff_page import draw_staff

SECTION = "oversight:director"
MONTHS = 12


@needs(Permission.OVERSIGHT_READ)
def director(request: ActorRequest) -> HttpResponse:
    """This month's promise and its trend, what is late, contracts, where the ball lies."""
    now = clock.now()
    actor = request.actor
    today = moscow_date(now)
    present = today.replace(day=1)
    wanted = Wanted(Months(months_back(present, MONTHS - 1), present))
    lines = by_month(actor=actor, wanted=wanted, now=now)
    before, current = lines[-2], lines[-1]
    risk = outlook(actor=actor, now=now)
    contracts = ending_contracts(now)
    valid = {
        "label": _("Valid contracts"),
        "value": SupportContract.objects.filter(valid_from__lte=today, valid_until__gte=today).count(),
        "icon": "file-certificate",
        "url": reverse("manage:contracts"),
    }
    context = {
        "tiles": reaction_tiles(current, Wanted(Months(present, present))),
        "percent": current.figures.percent,
        "percent_before": before.figures.percent,
        "chart": chart_of(lines),
        "states": state_words(),
        "table": {"title": _("By month"), "head": _("Month"), "rows": month_rows(wanted, lines)},
        "report_url": f"{reverse('reports:reaction')}?{query_of(wanted)}",
        "late": reactions_overdue(actor=actor, now=now),
        "late_url": list_url(REACTION, State.MISSED, present),
        "at_risk": len(risk.reactions) + len(risk.plans),
        "more_at_risk": risk.more,
        "owed_tiles": obligation_tiles(actor, now),
        "kinds": kinds_table(actor, now, months_back(present, MONTHS - 1)),
        "kind_states": [STATES[state] for state in OWED_STATES],
        "contracts": [valid, *ending_tiles(contracts, now)],
        "balls": balls(actor=actor, now=now),
        "provisional_year": year_without_transfers(now),
    }
    return draw_staff(request, "oversight/director", context, section=SECTION)
