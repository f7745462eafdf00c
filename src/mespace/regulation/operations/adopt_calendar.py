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
from mespace.regulation.queries import calendar_at, forget_codes

# Filing must never fail for want of a calendar: this many years after the present one are always there.
YEARS_AHEAD = 2
LONGEST_REASON = 300


class CalendarRefusedError(Exception):
    """The calendar cannot be adopted; `message` says why, in the reader's language."""

    def __init__(self, message: str | Promise) -> None:
        self.message = message
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.message)


@transaction.atomic
def adopt_calendar(*, actor: Actor, now: datetime, content: dict[str, Any], reason: str) -> CalendarEdition:
    """Return the adopted edition, in use from `now` on; terms that run are re-pinned to it by the tickets.

    Raises Refused without the right, CalendarRefusedError when there is no reason, or the content is malformed, repeats
    a code, changes the zone, or leaves out a year that was covered or one of the two years ahead.
    """
    actor.require(Permission.EDITIONS_MANAGE)
    list(CalendarEdition.objects.select_for_update().order_by("pk").values_list("pk"))  # one at a time
    return adopt(actor=actor, now=now, content=content, former=calendar_at(now), reason=reason)


def adopt(
    *, actor: Actor, now: datetime, content: dict[str, Any], former: CalendarEdition, reason: str
) -> CalendarEdition:
    """The new row, inside the caller's transaction, which holds the lock; raises CalendarRefusedError as above."""
    reason = " ".join(reason.replace("\x00", "").split())
    if not reason or len(reason) > LONGEST_REASON:
        raise CalendarRefusedError(
            _("Say in at most %(most)d characters why the calendar changes.") % {"most": LONGEST_REASON}
        )
    try:
        parsed = parse_content(content)
    except RegulationError as error:
        raise CalendarRefusedError(_("The calendar cannot be read: %(problem)s") % {"problem": error}) from error
    if CalendarEdition.objects.filter(code=parsed.edition).exists():
        raise CalendarRefusedError(
            _("edition: an edition “%(code)s” was adopted before. Give the new one a code of its own.")
            % {"code": parsed.edition}
        )
    _check_against(former, parsed, now)
    edition = CalendarEdition.objects.create(
        code=parsed.edition,
        adopted_at=now,
        adopted_by_id=actor.user_id,
        reason=reason,
        content=content,
        digest=digest(content),
    )
    forget_codes()
    defer(Job.REPIN_TICKETS, calendar=edition.code)
    defer(Job.REPIN_OBLIGATIONS, calendar=edition.code)
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
