"""Figures that the manager's home and the director's page share, each with the address of its list."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.customers.entitlement import moscow_date
from mespace.customers.models import SupportContract
from mespace.customers.queries import WARNING_DAYS
from mespace.obligations.lifecycle import State
from mespace.reports.balls import balls_by_customer, together
from mespace.reports.months import Months, months_back
from mespace.reports.reaction import STATES as REACTION_STATES
from mespace.reports.reaction import Line, Wanted
from mespace.tickets.queries.owed import BESIDES, owed_soon
from mespace.tickets.queries.owed_by_kind import owed_by_kind
from mespace.web.ledger.words import STATES, kind_word, list_url
from mespace.web.reports.address import query_of, requests_url
from mespace.web.reports.rows import state_words

BALL_MONTHS = 3
WEEK = 7  # days


def this_month(now: datetime) -> Months:
    """The present month."""
    first = moscow_date(now).replace(day=1)
    return Months(first, first)


def ending_contracts(now: datetime) -> list[SupportContract]:
    """Contracts that end within the longest warning, soonest first, with their customers (clause 2.2)."""
    today = moscow_date(now)
    rows = SupportContract.objects.filter(
        valid_from__lte=today, valid_until__gte=today, valid_until__lte=today + timedelta(days=max(WARNING_DAYS))
    )
    return list(rows.select_related("customer").order_by("valid_until", "pk"))


def ending_tiles(contracts: list[SupportContract], now: datetime) -> list[dict[str, Any]]:
    """How many contracts end within 60, 30 and 7 days."""
    today = moscow_date(now)
    return [
        {
            "label": _("End within %(days)d days") % {"days": days},
            "value": sum((contract.valid_until - today).days <= days for contract in contracts),
            "icon": "file-certificate",
            "url": f"{reverse('manage:contracts')}?{urlencode({'shown': 'ending', 'days': days})}",
        }
        for days in sorted(WARNING_DAYS, reverse=True)
    ]


def reaction_tiles(line: Line, wanted: Wanted) -> list[dict[str, Any]]:
    """Kept, broken, withdrawn and running, each opening its requests."""
    words = state_words()
    return [
        {
            "label": words[state]["word"],
            "value": getattr(line.figures, state),
            "icon": words[state]["icon"],
            "url": requests_url(wanted, state=state),
        }
        for state in REACTION_STATES
    ]


def obligation_tiles(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """What is owed besides reactions: overdue, due within a week and later, each opening its list."""
    today = moscow_date(now)
    week = today + timedelta(days=WEEK)
    counts = owed_soon(actor=actor, now=now, until=week)

    def url(**wanted: object) -> str:
        return f"{reverse('ledger:list')}?{urlencode({'kind': BESIDES, **wanted})}"

    return [
        {
            "label": _("Overdue, still owed"),
            "value": counts.overdue,
            "icon": "alert-triangle",
            "tone": "bad" if counts.overdue else "",
            "url": url(state=State.MISSED.value),
        },
        {
            "label": _("Due within 7 days"),
            "value": counts.soon,
            "icon": "calendar-event",
            "tone": "warn" if counts.soon else "",
            "url": url(state=State.OPEN.value, last=week),
        },
        {
            "label": _("Due later"),
            "value": counts.later,
            "icon": "clock",
            "url": url(state=State.OPEN.value, first=week + timedelta(days=1)),
        },
    ]


def kinds_table(actor: Actor, now: datetime, first: date) -> list[dict[str, Any]]:
    """What was owed by kind: each number with the address of its list."""
    return [
        {
            "word": kind_word(row.kind),
            "clause": row.clause,
            "cells": [
                {"state": state, "look": STATES[state], "count": count, "url": list_url(row.kind, state, first)}
                for state, count in row.counts.items()
            ],
        }
        for row in owed_by_kind(actor=actor, now=now, first=first)
    ]


def balls(*, actor: Actor, now: datetime) -> dict[str, Any]:
    """Where the ball lay in the requests of the last months, together and by customer."""
    present = this_month(now).first
    wanted = Wanted(Months(months_back(present, BALL_MONTHS - 1), present))
    shares = balls_by_customer(actor=actor, wanted=wanted, now=now)
    return {
        "together": together(shares),
        "rows": [
            {"share": share, "parts": share.parts(), "url": requests_url(wanted, customer=share.customer_id)}
            for share in shares
        ],
        "months": wanted.months,
        "url": f"{reverse('reports:reaction')}?{query_of(wanted)}",
    }
