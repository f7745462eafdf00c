"""What an adopted edition would change in verdicts that were given by the one before it (E4)."""

from typing import Any

from django.http import HttpResponse

from mespace.platform import clock
from mespace.platform.forms import row_id
from mespace.platform.rows import RowNotFound
from mespace.regulation.core.calendar_content import parse_content
from mespace.regulation.models import CalendarEdition
from mespace.tickets.queries.calendar_effects import effects
from mespace.web.calendars.decide import SECTION, SHOWN
from mespace.web.calendars.owed_moves import owed_moves
from mespace.web.manage.door import reads_customers
from mespace.web.manage.page import asked
from mespace.web.middleware import ActorRequest
from mespace.web.staff_page import draw_staff


@reads_customers
def effects_of(request: ActorRequest, code: str) -> HttpResponse:
    """The given verdicts that would differ by this edition; they stay as they were given."""
    edition = CalendarEdition.objects.select_related("adopted_by").filter(code=code).first()
    if edition is None:
        raise RowNotFound(code)
    rows = CalendarEdition.objects.filter(adopted_at__lte=edition.adopted_at).exclude(pk=edition.pk)
    former = rows.order_by("-adopted_at", "-pk").first()
    changed = _changed(former.content, edition.content) if former else set()
    found = effects(actor=request.actor, content=edition.content, changed=changed, now=clock.now())
    page = max(1, row_id(asked(request, "page", longest=6)) or 1)
    tickets = found.given[(page - 1) * SHOWN : page * SHOWN]
    context: dict[str, Any] = {
        "edition": edition,
        "former": former,
        "days": len(changed),
        "total": found.differing,
        "rows": tickets,
        "owed": owed_moves(request.actor, found.owed_given[:SHOWN]) if page == 1 else [],
        "newer_url": f"?page={page - 1}" if page > 1 else "",
        "older_url": f"?page={page + 1}" if page * SHOWN < len(found.given) else "",
    }
    return draw_staff(request, "calendars/effects", context, section=SECTION)


def _changed(before: dict[str, Any], after: dict[str, Any]) -> set[Any]:
    old, new = parse_content(before).years, parse_content(after).years
    return {
        day
        for number in old.keys() & new.keys()
        for day in old[number].days.keys() | new[number].days.keys()
        if getattr(old[number].days.get(day), "type", "") != getattr(new[number].days.get(day), "type", "")
    }
