"""The roster of a week or a month, and taking a shift off it."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts import duty
from mespace.accounts.operations.remove_shift import remove_shift
from mespace.accounts.permissions import Permission
from mespace.accounts.roster import Shift
from mespace.customers.entitlement import moscow_date
from mespace.platform import clock
from mespace.platform.rows import RowNotFound
from mespace.web.duty.table import columns_of, table_rows
from mespace.web.instants import day_words
from mespace.web.manage.door import needs
from mespace.web.manage.page import Question, asked, remove
from mespace.web.middleware import ActorRequest
from mespace.web.staff_page import draw_staff

SECTION = "duty:roster"
WEEK, MONTH = "week", "month"


@needs(Permission.DUTY_READ)
def roster(request: ActorRequest) -> HttpResponse:
    """Who is on duty, day by day, for a week or a month; who is on duty now; who is away."""
    now = clock.now()
    today = moscow_date(now)
    span = MONTH if asked(request, "span") == MONTH else WEEK
    first, last = period(asked_day(request, today), span)
    found = duty.roster(actor=request.actor, first=first, last=last)
    present = set(duty.on_duty(now))
    columns = columns_of(first, last, now=now)
    context = {
        "columns": columns,
        "rows": table_rows(found, columns),
        "first": first,
        "last": last,
        "today": today,
        "span": span,
        "present": [person for person in found.people if person.pk in present],
        "has_roster": bool(found.shifts),
        "has_people": bool(found.people),
        "tabs": [
            {"url": _address(today if first <= today <= last else first, each), "label": label, "current": each == span}
            for each, label in ((WEEK, _("Week")), (MONTH, _("Month")))
        ],
        "earlier_url": _address(first - timedelta(days=1), span),
        "later_url": _address(last + timedelta(days=1), span),
        "today_url": _address(today, span),
        "is_now": first <= today <= last,
        "may_plan": request.actor.can(Permission.DUTY_MANAGE),
        "plan_url": f"{reverse('duty:plan')}?{urlencode({'first': first.isoformat(), 'last': last.isoformat()})}",
    }
    return draw_staff(request, "duty/roster", context, section=SECTION)


@needs(Permission.DUTY_MANAGE, "POST")
def shift_remove(request: ActorRequest, shift_id: int) -> HttpResponse:
    """Take one shift off the roster, after a question."""
    shift = Shift.objects.select_related("user").filter(pk=shift_id).first()
    if shift is None:
        raise RowNotFound("accounts.shift")
    day = moscow_date(shift.starts_at)
    url = _address(day, WEEK)
    question = Question(
        title=_("Take the shift off the roster?"),
        text=_("%(name)s is no longer on duty on %(day)s.") % {"name": shift.user.full_name, "day": day_words(day)},
        label=_("Take it off"),
        done=_("The shift is off the roster."),
        done_url=url,
        back_url=url,
    )
    return remove(request, question, lambda: remove_shift(actor=request.actor, shift_id=shift_id))


def asked_day(request: ActorRequest, default: date, name: str = "from") -> date:
    """The date that the address names; `default` for none and for anything that is no date."""
    try:
        day = date.fromisoformat(asked(request, name))
    except ValueError:
        return default
    return day if abs(day.year - default.year) <= 20 else default  # noqa: PLR2004 - years, not to run out of dates


def period(day: date, span: str) -> tuple[date, date]:
    """The first and last date of the week or month that a date lies in."""
    if span == MONTH:
        first = day.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    first = day - timedelta(days=day.weekday())
    return first, first + timedelta(days=6)


def _address(day: date, span: str) -> str:
    query: dict[str, Any] = {"from": day.isoformat(), "span": span}
    return f"{reverse('duty:roster')}?{urlencode(query)}"
