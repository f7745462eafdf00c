"""A manager adopts an edition of the production calendar (E1, E4)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.jobs import Job, defer
from mespace.regulation.core.calendar_content import CalendarContent, parse_content
from mespace.regulation.core.canonical import digest
from mespace.regulation.core.errors import RegulationError
from mespace.regulation.models import CalendarEdition
from mespace.regulation.queries import calendar_at

# Filing must never fail for want of a calendar: this many years after the present one are always there.
YEARS_AHEAD = 2


class CalendarRefusedError(Exception):
    """The calendar cannot be adopted; `message` says why, in the reader's language."""

    def __init__(self, message: str | Promise) -> None:
        self.message = message
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.message)


@transaction.atomic
def adopt_calendar(*, actor: Actor, now: datetime, content: dict[str, Any]) -> CalendarEdition:
    """Return the adopted edition, in use from `now` on; terms that run are re-pinned to it by the tickets.

    Raises Refused without the right, CalendarRefusedError when the content is malformed, repeats a code, changes the
    zone, or leaves out a year that was covered or one of the two years ahead.
    """
    actor.require(Permission.EDITIONS_MANAGE)
    try:
        parsed = parse_content(content)
    except RegulationError as error:
        raise CalendarRefusedError(_("The calendar cannot be read: %(problem)s") % {"problem": error}) from error
    adopted = set(CalendarEdition.objects.select_for_update().values_list("code", flat=True))  # one at a time
    if parsed.edition in adopted:
        raise CalendarRefusedError(
            _("edition: an edition “%(code)s” was adopted before. Give the new one a code of its own.")
            % {"code": parsed.edition}
        )
    _check_against(calendar_at(now), parsed, now)
    edition = CalendarEdition.objects.create(
        code=parsed.edition, adopted_at=now, content=content, digest=digest(content)
    )
    defer(Job.REPIN_TICKETS, calendar=edition.code)
    return edition


def _check_against(former: CalendarEdition, parsed: CalendarContent, now: datetime) -> None:
    before = parse_content(former.content)
    if parsed.zone != before.zone:
        raise CalendarRefusedError(
            _("zone: the calendar in use is of %(zone)s; a new edition cannot change that.") % {"zone": before.zone}
        )
    wanted = {*before.years, *range(now.year, now.year + YEARS_AHEAD + 1)}
    for year in sorted(wanted - parsed.years.keys()):
        raise CalendarRefusedError(
            _(
                "years: %(year)s is missing. An edition holds every year of the former one and at least two years "
                "ahead, provisional where the transfers are not known yet."
            )
            % {"year": year}
        )
