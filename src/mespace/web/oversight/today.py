"""The manager's home: what ends soon, what is late, what will break by tomorrow morning, where the ball lies."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from mespace.accounts.duty import agents, on_duty
from mespace.accounts.permissions import Permission
from mespace.customers.entitlement import moscow_date
from mespace.platform import clock
from mespace.regulation.calendar_proposal import year_without_transfers
from mespace.reports.at_risk import outlook
from mespace.reports.reaction import Wanted, by_month
from mespace.tickets.queries.releases import unfinished_releases
from mespace.web.ledger.words import ledger_row
from mespace.web.manage.door import needs
from mespace.web.middleware import ActorRequest
from mespace.web.oversight.figures import (
    balls,
    ending_contracts,
    ending_tiles,
    obligation_tiles,
    reaction_tiles,
    this_month,
)
from mespace.web.staff_page import draw_staff

SECTION = "oversight:today"
SHOWN = 8  # contracts by name; the rest is behind the figures


@needs(Permission.OVERSIGHT_READ)
def today(request: ActorRequest) -> HttpResponse:
    """Everything that a support manager has to look at today, on one page."""
    now = clock.now()
    actor = request.actor
    risk = outlook(actor=actor, now=now)
    month = Wanted(this_month(now))
    contracts = ending_contracts(now)
    present = set(on_duty(now))
    context = {
        "risk": risk,
        "unattended": sum(each.is_unattended for each in risk.reactions),
        "present": [person for person in agents() if person.pk in present],
        "tiles": reaction_tiles(by_month(actor=actor, wanted=month, now=now)[0], month),
        "owed": [ledger_row(row, now) for row in risk.obligations],
        "owed_tiles": obligation_tiles(actor, now),
        "releases": unfinished_releases(actor=actor),
        "ending": ending_tiles(contracts, now),
        "contracts": [(contract, (contract.valid_until - moscow_date(now)).days) for contract in contracts[:SHOWN]],
        "balls": balls(actor=actor, now=now),
        "provisional_year": year_without_transfers(now),
        "heading": _("Today"),
    }
    return draw_staff(request, "oversight/today", context, section=SECTION)
