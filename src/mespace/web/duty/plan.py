"""The form by which a manager plans a week or a month."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mespace.accounts import duty
from mespace.accounts.operations.plan_shifts import ShiftPlan, plan_shifts
from mespace.accounts.permissions import Permission
from mespace.customers.entitlement import moscow_date
from mespace.platform import clock
from mespace.web.duty.fill import Form, fill
from mespace.web.duty.forms import WEEKDAYS, PlanForm
from mespace.web.duty.roster import MONTH, WEEK, asked_day, period
from mespace.web.duty.table import columns_of
from mespace.web.manage.door import needs
from mespace.web.manage.page import posted
from mespace.web.middleware import ActorRequest


@needs(Permission.DUTY_MANAGE, "GET", "HEAD", "POST")
def plan(request: ActorRequest) -> HttpResponse:
    """Shifts by a weekly pattern, or by hand for a single day."""
    now = clock.now()
    monday, sunday = period(moscow_date(now) + timedelta(days=7), WEEK)
    people = list(duty.agents())
    initial = {"first": asked_day(request, monday, "first"), "last": asked_day(request, sunday, "last")}
    form = PlanForm(posted(request), people=people, initial=initial)

    def save(data: dict[str, Any]) -> tuple[str, str]:
        days = _days(data)
        added = plan_shifts(
            actor=request.actor,
            now=now,
            key=data["key"],
            plan=ShiftPlan(data["people"], days, data["starts"], data["ends"], data["replaces"]),
        )
        span = WEEK if period(data["first"], WEEK) == period(data["last"], WEEK) else MONTH
        url = f"{reverse('duty:roster')}?{urlencode({'from': data['first'].isoformat(), 'span': span})}"
        return url, ngettext("%(n)d shift is planned.", "%(n)d shifts are planned.", added) % {"n": added}

    def _days(data: dict[str, Any]) -> list[date]:
        columns = columns_of(data["first"], data["last"], now=now)
        if data["pattern"] == WEEKDAYS:
            return [column.date for column in columns if column.date.weekday() in data["days"]]
        return [column.date for column in columns if column.is_working]

    texts = Form(
        heading=_("Plan duty"),
        lead=_("The same hours on the days of a period. For a single day, give it as the first and the last."),
        submit=_("Plan"),
        back_url=reverse("duty:roster"),
        back_label=_("Duty roster"),
    )
    return fill(request, form, texts, save)
