"""How the page is drawn on which changes to a year are decided."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse, QueryDict

from mespace.customers.entitlement import moscow_date
from mespace.platform import clock
from mespace.platform.rows import RowNotFound
from mespace.regulation.core.calendar_changes import DayChange
from mespace.regulation.core.calendar_content import Year, parse_content
from mespace.regulation.models import CalendarEdition
from mespace.regulation.queries import calendar_at
from mespace.tickets.queries.calendar_effects import Effects
from mespace.web.calendars.changes_form import ChangesForm, rows_of
from mespace.web.calendars.owed_moves import owed_moves
from mespace.web.middleware import ActorRequest
from mespace.web.staff_page import draw_staff

SECTION = "calendars"
SHOWN = 50


def present_year(year: int) -> tuple[CalendarEdition, Year]:
    """The edition in use and one of its years. Raises RowNotFound."""
    edition = calendar_at(clock.now())
    content = parse_content(CalendarEdition.objects.values_list("content", flat=True).get(pk=edition.pk))
    if year not in content.years:
        raise RowNotFound(str(year))
    return edition, content.years[year]


def draw_changes(  # noqa: PLR0913 - what a page shows
    request: ActorRequest,
    *,
    year: Year,
    base: str,
    changes: Sequence[DayChange],
    heading: str,
    lead: str = "",
    moved_from: dict[date, date] | None = None,
    data: QueryDict | None = None,
    form: ChangesForm | None = None,
    effects: Effects | None = None,
    is_whole: bool = True,
    status: int = 200,
) -> HttpResponse:
    """The page: the changes, what they would do to tickets and other promises once that was counted, and the form."""
    today = moscow_date(clock.now())
    # One day that is put right says nothing of whether the year's transfers are known.
    initial = {"base": base, "is_adopted": is_whole or not year.is_provisional, "known_from": today.isoformat()}
    context: dict[str, Any] = {
        "year": year,
        "heading": heading,
        "lead": lead,
        "rows": rows_of(changes, moved_from=moved_from or {}, data=data),
        "form": form or ChangesForm(initial=initial),
        "effects": effects,
        "running": effects.running[:SHOWN] if effects else [],
        "given": effects.given[:SHOWN] if effects else [],
        "owed_running": owed_moves(request.actor, effects.owed_running[:SHOWN]) if effects else [],
        "owed_given": owed_moves(request.actor, effects.owed_given[:SHOWN]) if effects else [],
        "code": base,
    }
    return draw_staff(request, "calendars/decide", context, section=SECTION, status=status)
