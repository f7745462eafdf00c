"""Editions of the regulation and of the production calendar, to read."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format

from mespace.accounts.permissions import Permission
from mespace.customers.entitlement import moscow_date
from mespace.platform import clock
from mespace.platform.rows import RowNotFound
from mespace.regulation.calendar_proposal import year_without_transfers
from mespace.regulation.core.errors import CalendarMissing
from mespace.regulation.models import CalendarEdition, EditionDraft
from mespace.regulation.queries import calendar_at, compiled, edition_in_force, editions_at, parameters_of
from mespace.regulation.words import DAY_TYPES, HOLIDAYS, source_words
from mespace.web.manage.door import reads_customers
from mespace.web.manage.page import draw, see
from mespace.web.manage.year import Group, year_view
from mespace.web.middleware import ActorRequest
from mespace.web.regulation.standing import edition_rows


@reads_customers
def editions(request: ActorRequest) -> HttpResponse:
    """Every edition of the regulation, newest first, the one in force marked; and what managers prepare."""
    now, may_publish = clock.now(), request.actor.can(Permission.EDITIONS_MANAGE)
    context = {
        "rows": edition_rows(editions_at(now), moscow_date(now)),
        "may_publish": may_publish,
        "drafts": list(EditionDraft.objects.defer("source").select_related("changed_by")) if may_publish else [],
    }
    return draw(request, "editions", context, section="editions")


@reads_customers
def calendars(_request: ActorRequest) -> HttpResponse:
    """To the present year of the calendar adopted last."""
    now = clock.now()
    return see(reverse("manage:calendar", args=[calendar_at(now).code, moscow_date(now).year]))


@reads_customers
def calendar(request: ActorRequest, code: str, year: int) -> HttpResponse:
    """One year of a calendar edition: its days by type, each with the act behind it."""
    row = CalendarEdition.objects.filter(code=code).first()
    if row is None or str(year) not in row.content["years"]:
        raise RowNotFound(code)
    now = clock.now()
    regulation = edition_in_force(now)
    parameters = parameters_of(regulation.code)
    try:
        view = year_view(compiled(code, regulation.code), year)
    except CalendarMissing:
        raise RowNotFound(code) from None
    hours = (parameters.day_end - parameters.day_start) // 3600
    facts = row.content["years"][str(year)]
    context = {
        "calendar": row,
        "year": year,
        "view": view,
        "hours": view.working_days * hours,
        "is_provisional": facts["state"] == "provisional",
        "known_from": date.fromisoformat(facts["known_from"]) if facts["known_from"] else None,
        "groups": [_group(group) for group in view.groups],
        "weekdays": [date_format(date(2024, 1, number), "D") for number in range(1, 8)],  # a week from Monday on
        "legend": [(code, word) for code, word in DAY_TYPES.items() if code not in ("working", "weekend")],
        "tabs": [
            {
                "url": reverse("manage:calendar", args=[code, number]),
                "label": number,
                "current": int(number) == year,
                "icon": "hourglass" if row.content["years"][number]["state"] == "provisional" else "",
            }
            for number in sorted(row.content["years"])
        ],
        "others": list(
            CalendarEdition.objects.select_related("adopted_by").defer("content").order_by("-adopted_at", "-pk")
        ),
        "present": calendar_at(now).code,
        "may_correct": request.actor.can(Permission.EDITIONS_MANAGE) and calendar_at(now).code == code,
        "alarm_year": year_without_transfers(now),
        "decreed_days_work": parameters.decreed_days_work,
        "today": moscow_date(now),
    }
    return draw(request, "calendar", context, section="calendars")


def _group(group: Group) -> dict[str, Any]:
    words = HOLIDAYS[group.name] if group.name else DAY_TYPES[group.type]
    return {"group": group, "words": words, "source": source_words(group.source), "is_verified": group.is_verified}
