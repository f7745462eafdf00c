"""A responsible employee's own contracts: what they say, what ends with them, what they said before."""

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mespace.accounts.actor import Actor
from mespace.customers.after_the_end import uncovered_after
from mespace.customers.contract_pages import own_contract_card, own_contracts, revision_card
from mespace.customers.entitlement import moscow_date
from mespace.obligations.lifecycle import OWED, State
from mespace.platform.clock import now as clock_now
from mespace.platform.forms import row_id
from mespace.platform.rows import RowNotFound
from mespace.tickets.queries.owed import BESIDES, OwedFilter, OwedPage, owed
from mespace.tickets.queries.owed_by_kind import owed_by_kind
from mespace.web.contract_words import contract_row, is_ending
from mespace.web.contracts import file_rows, revision_context
from mespace.web.ledger.words import STATES, ledger_row, list_url
from mespace.web.middleware import ActorRequest
from mespace.web.portal.customers_only import customers_only
from mespace.web.prose import prose
from mespace.web.reports.under_contract import figures_of

SHOWN = 5  # what is owed, on a contract's page
YEAR = timedelta(days=330)  # and so the month of eleven months ago


@require_safe
@customers_only
def contracts(request: ActorRequest) -> HttpResponse:
    """The company's contracts, the longest-lived first."""
    now = clock_now()
    rows = own_contracts(actor=request.actor)
    today = moscow_date(now)
    return render(request, "web/portal/contracts.html", {"rows": [contract_row(row, today) for row in rows]})


@require_safe
@customers_only
def contract(request: ActorRequest, contract_id: int) -> HttpResponse:
    """One of them, and what support owes the company. 404 for another company's."""
    now = clock_now()
    try:
        card = own_contract_card(actor=request.actor, contract_id=contract_id, now=now)
    except RowNotFound:
        raise Http404 from None
    division = card.in_force.division_of_responsibility
    context = {
        "row": contract_row(card.contract, card.today),
        "card": card,
        "contract": card.contract,
        "division": prose(division),
        "scans": file_rows(card.scans),
        "division_files": file_rows(card.division_files),
        "figures": figures_of(actor=request.actor, contract=card.contract, now=now),
        **owed_to_us(request.actor, now=now),
    }
    return render(request, "web/portal/contract.html", context)


@require_safe
@customers_only
def contract_revision(request: ActorRequest, contract_id: int, number: int) -> HttpResponse:
    """What the contract said by one revision, and what differs from another."""
    against = row_id(request.GET.get("against", ""))
    try:
        card = revision_card(actor=request.actor, contract_id=contract_id, number=number, against=against)
    except RowNotFound:
        raise Http404 from None
    context = revision_context(card) | {"back_url": reverse("contract", args=[contract_id])}
    return render(request, "web/portal/revision.html", context)


def owed_to_us(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """What support owes the reader's company besides reactions: the soonest due, and figures that open their lists."""
    first = (moscow_date(now) - YEAR).replace(day=1)
    kinds = owed_by_kind(actor=actor, now=now, first=first)
    states = (State.OPEN, State.MISSED, State.FULFILLED, State.LATE)
    tiles = [(state, sum(kind.counts[state] for kind in kinds)) for state in states]
    is_owed = any(count for state, count in tiles if state in OWED)
    page = owed(actor=actor, now=now, wanted=OwedFilter(kind=BESIDES), limit=SHOWN) if is_owed else OwedPage([], None)
    return {
        "owed": [ledger_row(row, now) for row in page.rows],
        "owed_tiles": [
            {
                "label": STATES[state].word,
                "value": count,
                "icon": STATES[state].icon,
                "tone": "bad" if state == State.MISSED and count else "",
                "url": list_url(BESIDES, state, first),
            }
            for state, count in tiles
        ],
        "more_owed_url": f"{reverse('ledger:list')}?kind={BESIDES}" if page.next_cursor else "",
    }


def ending_soon(actor: Actor, *, now: datetime) -> list[dict[str, Any]]:
    """What to say on a responsible employee's first page of contracts that end within 60 days, before they do."""
    today = moscow_date(now)
    rows = [row for row in own_contracts(actor=actor) if is_ending(row, today)]
    lost = uncovered_after(rows)
    return [contract_row(row, today) | {"uncovered": lost[row.pk]} for row in rows if lost[row.pk]]
