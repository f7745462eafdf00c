"""Support contracts: the list with those that end soon, one contract, and its revisions."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.customers import queries
from mespace.customers.after_the_end import uncovered_after
from mespace.customers.contract_pages import contract_card, revision_card
from mespace.customers.queries import Shown
from mespace.platform import clock
from mespace.platform.forms import row_id
from mespace.web.contract_words import contract_row
from mespace.web.contracts import file_rows, revision_context
from mespace.web.manage.door import reads_customers
from mespace.web.manage.page import asked, draw
from mespace.web.middleware import ActorRequest
from mespace.web.prose import prose
from mespace.web.reports.under_contract import figures_of

SECTION = "contracts"


def contract_url(contract_id: int) -> str:
    """The contract's page."""
    return reverse("manage:contract", args=[contract_id])


@reads_customers
def contracts(request: ActorRequest) -> HttpResponse:
    """Contracts in force with the soonest end first; those to come; those that end within 60, 30 or 7 days; ended."""
    wish = asked(request, "shown")
    shown = Shown(wish) if wish in set(Shown) else Shown.CURRENT
    after = asked(request, "after")
    days = row_id(asked(request, "days"))
    within = days if days in queries.WARNING_DAYS else max(queries.WARNING_DAYS)
    page = queries.contracts(actor=request.actor, now=clock.now(), shown=shown, within=within, after=after)
    url = reverse("manage:contracts")
    here = {"shown": shown.value} | ({"days": str(within)} if shown == Shown.ENDING else {})
    words = {
        Shown.CURRENT: (_("In force"), "file-certificate"),
        Shown.AHEAD: (_("To come"), "calendar-event"),
        Shown.ENDING: (_("Ending within %(days)d days") % {"days": within}, "clock-exclamation"),
        Shown.ENDED: (_("Ended"), "circle-x"),
    }
    tabs = [
        {
            "url": f"{url}?{urlencode({'shown': kind.value})}",
            "label": label,
            "icon": icon,
            "current": kind == shown,
            "count": page.counts[kind],
        }
        for kind, (label, icon) in words.items()
    ]
    older = f"{url}?{urlencode(here | {'after': page.after})}" if page.after else ""
    lost = uncovered_after(page.rows) if shown == Shown.ENDING else {}
    context = {
        "rows": [contract_row(row, page.today) | {"uncovered": lost.get(row.pk)} for row in page.rows],
        "tabs": tabs,
        "shown": shown.value,
        "within": within,
        "older_url": older,
        "newer_url": f"{url}?{urlencode(here)}" if after else "",
    }
    return draw(request, "contracts", context, section=SECTION)


@reads_customers
def contract(request: ActorRequest, contract_id: int) -> HttpResponse:
    """What stands in a contract, how it stands today, what it said before, and what ends with it."""
    now = clock.now()
    card = contract_card(actor=request.actor, contract_id=contract_id, now=now)
    division = card.in_force.division_of_responsibility
    context = {
        "row": contract_row(card.contract, card.today),
        "card": card,
        "contract": card.contract,
        "customer": card.contract.customer,
        "division": prose(division),
        "scans": file_rows(card.scans),
        "division_files": file_rows(card.division_files),
        "figures": figures_of(actor=request.actor, contract=card.contract, now=now),
        "may_renew": card.successor is None,
        "may_end": card.contract.valid_until >= card.today,
    }
    return draw(request, "contract", context, section=SECTION)


@reads_customers
def contract_revision(request: ActorRequest, contract_id: int, number: int) -> HttpResponse:
    """What a contract said by one revision, and what differs from the one before or from another (`against`)."""
    against = row_id(request.GET.get("against", ""))
    card = revision_card(actor=request.actor, contract_id=contract_id, number=number, against=against)
    context = revision_context(card) | {"back_url": contract_url(contract_id)}
    return draw(request, "revision", context, section=SECTION)
