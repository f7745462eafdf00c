"""Two years ahead there is always a calendar, so filing never fails for want of one (E1)."""

import re
from datetime import datetime

from django.db import transaction

from mespace.platform.jobs import Job, defer
from mespace.regulation.core.canonical import digest
from mespace.regulation.core.provisional import provisional_year
from mespace.regulation.models import CalendarEdition
from mespace.regulation.operations.adopt_calendar import YEARS_AHEAD
from mespace.regulation.queries import calendar_at, forget_codes

_EXTENDED = re.compile(r"-to-\d{4}\Z")


@transaction.atomic
def extend_calendar(*, now: datetime) -> CalendarEdition | None:
    """Return the new edition: the one in use with the provisional years that it lacks; None when it lacks none.

    No day that was known changes. What runs is re-pinned as to any new edition, so none is passed over. Idempotent.
    """
    list(CalendarEdition.objects.select_for_update().order_by("pk").values_list("pk"))  # one at a time
    former = calendar_at(now)
    last, wanted = max(map(int, former.content["years"])), now.year + YEARS_AHEAD
    if last >= wanted:
        return None
    code = f"{_EXTENDED.sub('', former.code)[:12]}-to-{wanted}"
    years = former.content["years"] | {str(year): provisional_year(year) for year in range(last + 1, wanted + 1)}
    content = former.content | {"edition": code, "years": years}
    edition = CalendarEdition.objects.create(code=code, adopted_at=now, content=content, digest=digest(content))
    forget_codes()
    defer(Job.REPIN_TICKETS, calendar=edition.code)
    defer(Job.REPIN_OBLIGATIONS, calendar=edition.code)
    return edition
