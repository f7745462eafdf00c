"""Counting what changes to a year would do, and adopting them."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts.permissions import Permission
from mespace.platform import clock
from mespace.regulation.models import CalendarEdition
from mespace.regulation.operations.adopt_calendar import CalendarRefusedError
from mespace.regulation.operations.correct_calendar import Correction, correct_calendar, corrected_content
from mespace.tickets.queries.calendar_effects import effects
from mespace.web.calendars.changes_form import ChangesForm, posted_changes, posted_origins, rows_of, taken_changes
from mespace.web.calendars.decide import draw_changes, present_year
from mespace.web.drafts import accepted
from mespace.web.manage.door import needs
from mespace.web.manage.page import see
from mespace.web.middleware import ActorRequest


@needs(Permission.EDITIONS_MANAGE, "POST")
def adoption(request: ActorRequest, year: int) -> HttpResponse:
    """Adopt the ticked changes as a new edition; with `act=count`, only say what they would do."""
    now = clock.now()
    edition, present = present_year(year)
    form = ChangesForm(request.POST)
    changes = posted_changes(request.POST, present)
    taken = taken_changes(rows_of(changes, moved_from={}, data=request.POST))
    page: dict[str, Any] = {
        "year": present,
        "base": edition.code,
        "changes": changes,
        "moved_from": posted_origins(request.POST),
        "data": request.POST,
        "form": form,
        "heading": _("Changes to %(year)d") % {"year": year},
    }
    is_valid = form.is_valid()
    correction = Correction(
        base=form.cleaned_data.get("base", ""),
        year=year,
        changes=taken,
        is_adopted=bool(form.cleaned_data.get("is_adopted")),
        known_from=form.cleaned_data.get("known_from"),
        reason=form.cleaned_data.get("reason", ""),
    )
    if request.POST.get("act") == "count":
        row = CalendarEdition.objects.get(pk=edition.pk)
        content = corrected_content(row, correction, code="trial")
        form.errors.clear()  # only counting: a reason may follow
        try:
            page["effects"] = effects(
                actor=request.actor, content=content, changed={change.day for change in taken}, now=now
            )
        except ValueError as refusal:  # a day that the calendar does not take
            form.add_error(None, str(refusal))
        return draw_changes(request, **page, status=422 if form.errors else 200)
    if is_valid:
        try:
            made = correct_calendar(actor=request.actor, now=now, key=form.cleaned_data["key"], correction=correction)
        except CalendarRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            accepted(request, request.path, _("Edition %(code)s is adopted.") % {"code": made.code})
            return see(reverse("manage:calendar", args=[made.code, year]))
    return draw_changes(request, **page, status=422)
