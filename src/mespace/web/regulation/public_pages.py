"""The regulation as everybody reads it: the edition in force, any edition, and what differs between two."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from mespace.accounts.permissions import Permission
from mespace.customers.entitlement import moscow_date
from mespace.platform.clock import now as clock_now
from mespace.regulation.models import RegulationEdition
from mespace.regulation.operations.note_reading import note_reading
from mespace.regulation.queries import Editions, editions_at, parameters_of, text_of
from mespace.web.acts.page import is_prefetch
from mespace.web.errors import error_page
from mespace.web.gate import public
from mespace.web.middleware import ActorRequest
from mespace.web.prose import prose
from mespace.web.regulation.clause_rows import sections_of
from mespace.web.regulation.differences import differences
from mespace.web.regulation.parameter_words import parameter_rows
from mespace.web.regulation.shell import draw
from mespace.web.regulation.standing import edition_rows, standing_of


@public
@require_safe
def regulation(request: ActorRequest) -> HttpResponse:
    """The edition in force, with those that were announced."""
    now = clock_now()
    editions = editions_at(now)
    return _edition_page(request, editions, editions.present, now, is_home=True)


@public
@require_safe
def edition(request: ActorRequest, code: str) -> HttpResponse:
    """Any published edition; 404 for a code that none has."""
    now = clock_now()
    editions = editions_at(now)
    row = editions.by_code(code)
    if row is None:
        return error_page(request, 404)
    return _edition_page(request, editions, row, now, is_home=False)


def _edition_page(
    request: ActorRequest, editions: Editions, row: RegulationEdition, now: datetime, *, is_home: bool
) -> HttpResponse:
    text, today = text_of(row), moscow_date(now)
    before = editions.before(row)
    context: dict[str, Any] = {
        "edition": row,
        "is_home": is_home,
        "standing": standing_of(row, present=editions.present, today=today),
        "announced": editions.announced if is_home else [],
        "parameters": parameter_rows(parameters_of(row.code)),
        "sections": sections_of(text),
        "has_text": text is not None,
        "preamble": prose(text.preamble) if text is not None and text.preamble else "",
        "before": before,
        "others": [each for each in edition_rows(editions, today) if each["edition"] != row],
        "reads_receipts": request.actor.can(Permission.CUSTOMERS_READ) and row.published_at is not None,
        "may_enter_text": request.actor.can(Permission.EDITIONS_MANAGE) and not row.text_digest,
    }
    response = draw(request, "edition", context)
    if not is_prefetch(request):
        note_reading(actor=request.actor, edition_id=row.pk, now=now)
    return response


@public
@require_safe
def compared(request: ActorRequest, code: str, against: str) -> HttpResponse:
    """What the edition `code` changes against `against`; 404 where either is not there."""
    editions = editions_at(clock_now())
    after, before = editions.by_code(code), editions.by_code(against)
    if after is None or before is None or after == before:
        return error_page(request, 404)
    return draw(request, "compared", {"found": differences(before, after), "after": after, "before": before})
