"""One obligation: its course, why it is due when it is, its verdict, and the bundle that proves it."""

import json
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mespace.accounts.permissions import Permission
from mespace.obligations.by_hand import may_move, may_withdraw
from mespace.obligations.clocks import instant
from mespace.obligations.errors import ObligationNotFound
from mespace.obligations.queries.evidence import bundle
from mespace.obligations.queries.obligation import ObligationView, obligation_view
from mespace.platform.clock import now as clock_now
from mespace.platform.files import download_headers
from mespace.regulation.core.obligation_days import (
    ANNOUNCED_DAY,
    CALENDAR_RUN,
    COUNTED,
    DAY_ZERO,
    DAYS_OFF,
    CountedDays,
)
from mespace.web.acts.clock import day_group_words
from mespace.web.errors import error_page
from mespace.web.instants import day_words
from mespace.web.ledger.course import course_of, deadline_rows
from mespace.web.ledger.shell import shell_of
from mespace.web.ledger.words import STATES, kind_word, owed_to_words
from mespace.web.middleware import ActorRequest


@require_safe
def obligation(request: ActorRequest, obligation_id: int) -> HttpResponse:
    """The page of one obligation that the reader may see; 404 otherwise."""
    try:
        view = obligation_view(actor=request.actor, obligation_id=obligation_id, now=clock_now())
    except ObligationNotFound:
        return error_page(request, 404)
    verdict, row = view.verdict, view.obligation
    seconds = None if verdict.is_owed else _late_by(view)
    context = {
        **shell_of(request),
        "view": view,
        "obligation": row,
        "verdict": verdict,
        "kind": kind_word(row.kind),
        "what": view.kind.what if view.kind else "",
        "look": STATES[verdict.state],
        "due": instant(verdict.due),
        "left": view.left_seconds,
        "late_by": seconds,
        "deadlines": deadline_rows(view),
        "days": [_day_row(each) for each in view.days],
        "course": course_of(view),
        "may_move": may_move(request.actor, row),
        "may_withdraw": may_withdraw(request.actor, row),
        "owed_to": owed_to_words(row),
        "may_export": request.actor.can(Permission.BUNDLE_EXPORT),
        "bundle_name": _file_name(row.key),
    }
    return render(request, "web/ledger/obligation.html", context)


@require_safe
def evidence(request: ActorRequest, obligation_id: int) -> HttpResponse:
    """The obligation's bundle as of now: one JSON file for the verifier."""
    try:
        content = bundle(actor=request.actor, obligation_id=obligation_id, as_of=clock_now())
    except ObligationNotFound:
        return error_page(request, 404)
    response = HttpResponse(json.dumps(content, ensure_ascii=False, indent=1), content_type="application/json")
    name = _file_name(content["obligation"])
    for header, value in download_headers(name, "application/json", inline=False).items():
        response[header] = value
    return response


def _file_name(key: str) -> str:
    return key.replace(":", "-") + ".json"


def _late_by(view: ObligationView) -> int | None:
    done = view.verdict.fulfilled_at
    return done - view.verdict.due if done is not None and done > view.verdict.due else None


def _day_row(given: CountedDays) -> dict[str, Any]:
    days = given.days
    plain = day_words(days.first) if days.first == days.last else f"{day_words(days.first)} – {day_words(days.last)}"
    why = {
        DAY_ZERO: _("The day on which it began does not count"),
        DAYS_OFF: _("Days off"),
        ANNOUNCED_DAY: _("The day that was announced"),
    }
    if given.why == COUNTED:
        why[COUNTED] = _("Working day %(n)d") % {"n": given.number}
    if given.why == CALENDAR_RUN:
        why[CALENDAR_RUN] = _("Calendar days: %(n)d") % {"n": given.number}
    return {
        "is_counted": given.number is not None,
        "dates": day_group_words(days) if days.type else plain,
        "why": why[given.why],
        "number": given.number,
        "is_long": days.last - days.first > timedelta(days=0),
    }
