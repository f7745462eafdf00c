"""A manager corrects a year of the production calendar, or adopts its transfers, day by day (E1, E4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.idempotency import once
from mespace.regulation.core.calendar_changes import DayChange, with_changes
from mespace.regulation.core.calendar_content import ADOPTED, PROVISIONAL
from mespace.regulation.models import CalendarEdition
from mespace.regulation.operations.adopt_calendar import CalendarRefusedError, adopt
from mespace.regulation.queries import MOSCOW, calendar_at

LONGEST_SOURCE = 300


@dataclass(frozen=True)
class Correction:
    """Changes to a year of the edition `base`, on which they were decided."""

    base: str
    year: int
    changes: Sequence[DayChange]
    is_adopted: bool
    """Whether the year's transfers are known from now on; otherwise it stays provisional."""
    known_from: date | None
    reason: str


def corrected_content(former: CalendarEdition, correction: Correction, *, code: str) -> dict[str, Any]:
    """The content that a correction makes of an edition; CalendarRefusedError for a year that it lacks."""
    if str(correction.year) not in former.content["years"]:
        raise CalendarRefusedError(_("The calendar has no year %(year)d.") % {"year": correction.year})
    return with_changes(
        former.content,
        correction.year,
        correction.changes,
        edition=code,
        state=ADOPTED if correction.is_adopted else PROVISIONAL,
        known_from=correction.known_from,
    )


@transaction.atomic
def correct_calendar(*, actor: Actor, now: datetime, key: str, correction: Correction) -> CalendarEdition:
    """The new edition, in use from `now` on; terms that run are re-pinned to it by the tickets.

    Raises Refused, KeyReused, or CalendarRefusedError: no reason, nothing changed, another edition adopted meanwhile,
    or a day that the calendar does not take.
    """
    actor.require(Permission.EDITIONS_MANAGE)
    claim = once(actor=actor.log_name, key=key, act="correct_calendar", content=_comparable(correction), now=now)
    if not claim.first:
        return CalendarEdition.objects.get(pk=claim.answer)
    codes = set(CalendarEdition.objects.select_for_update().values_list("code", flat=True))  # one at a time
    former = calendar_at(now)
    if former.code != correction.base:
        raise CalendarRefusedError(
            _("Meanwhile the edition “%(code)s” was adopted. Look at the changes against it, please.")
            % {"code": former.code}
        )
    content = corrected_content(former, correction, code=_free_code(codes, now))
    if content["years"] == former.content["years"]:
        raise CalendarRefusedError(_("Nothing would change. Choose at least one day, or adopt the year."))
    edition = adopt(actor=actor, now=now, content=content, former=former, reason=correction.reason)
    claim.keep(edition.pk)
    return edition


def _free_code(taken: set[str], now: datetime) -> str:
    """A code by the day of adoption, so that it never meets one that a later version of the product ships."""
    day = f"ru-{now.astimezone(MOSCOW):%Y%m%d}"
    return next(code for code in (day, *(f"{day}-{number}" for number in range(2, 1000))) if code not in taken)


def _comparable(correction: Correction) -> list[object]:
    days = [[change.day, change.type, change.source] for change in correction.changes]
    return [correction.base, correction.year, days, correction.is_adopted, correction.known_from, correction.reason]
