"""What the operations on logged work share: who may have worked, the reading under the ticket's lock, its columns."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor, Refused
from mespace.accounts.models import User
from mespace.accounts.permissions import PERMISSIONS, Permission, Role
from mespace.customers.entitlement import moscow_date
from mespace.platform.writing import insert
from mespace.regulation.services import Service
from mespace.tickets.errors import Invalid
from mespace.tickets.models import Ticket, WorkEntry
from mespace.tickets.models.work import MOST_MINUTES
from mespace.tickets.operations._act import Act

WORKERS = [role.value for role in Role if Permission.TICKET_WORK in PERMISSIONS[role]]


@dataclass(frozen=True)
class Work:
    """What was done: by service of clause 6.3, in minutes, on a Moscow date; by the one who logs it unless named."""

    service: str
    minutes: int
    worked_on: date
    person_id: int | None = None


def worker(ticket: Ticket, user_id: int | None, *, actor: Actor, field: str) -> User:
    """One of the vendor's people who works on the ticket; the actor when nobody is named. Raises Invalid on `field`."""
    seen = Q(roles__contains=[Role.AGENT]) | Q(pk=ticket.assignee_id)  # contractors see what is assigned to them
    rows = User.objects.filter(seen, pk=user_id or actor.person_id, is_active=True, roles__overlap=WORKERS)
    person = rows.first()
    if person is None:
        raise Invalid({field: _("Choose somebody of support who works on this request.")})
    return person


def checked_columns(act: Act, work: Work) -> dict[str, Any]:
    """The columns of a new reading. Raises Invalid by field, all fields at once."""
    errors: dict[str, str] = {}
    if work.service not in Service.values:
        errors["service"] = _("Choose the service.")
    if not 1 <= work.minutes <= MOST_MINUTES:
        errors["minutes"] = _("From one minute to a day; log several days one by one.")
    began = min(act.ticket.registered_at, act.ticket.contact_at or act.ticket.registered_at)
    if work.worked_on > moscow_date(act.now):
        errors["worked_on"] = _("This day lies ahead.")
    elif work.worked_on < moscow_date(began):
        errors["worked_on"] = _("The request was not there yet on that day.")
    try:
        person = worker(act.ticket, work.person_id, actor=act.actor, field="person")
    except Invalid as refusal:
        errors |= refusal.errors
    if errors:
        raise Invalid(errors)
    if not act.actor.can(Permission.TICKET_READ_ALL) and person.pk != act.actor.user_id:
        raise Invalid({"person": _("Log your own work.")})
    return {
        "service": work.service,
        "minutes": work.minutes,
        "worked_on": work.worked_on,
        "person_id": person.pk,
    }


def new_reading(act: Act, columns: dict[str, Any], **more: Any) -> tuple[WorkEntry, dict[str, Any]]:
    """Store a reading; it, and what the log says of it."""
    entry = WorkEntry(ticket=act.ticket, logged_by_id=act.actor.person_id, logged_at=act.now, **columns, **more)
    insert(entry)
    payload = {
        "work": entry.pk,
        "service": str(entry.service),
        "person": entry.person_id,
        "minutes": entry.minutes,
        "on": entry.worked_on.isoformat(),
    }
    return entry, payload


def holding_reading(act: Act, work_id: int) -> WorkEntry:
    """The ticket's reading that holds now. Raises Invalid when there is none, Refused when it is somebody else's.

    Those who see all requests put anybody's entries right; a contractor, the own ones.
    """
    entry = WorkEntry.objects.counting().filter(ticket=act.ticket, pk=work_id).first()
    if entry is None:
        raise Invalid({"": _("This entry was corrected or withdrawn meanwhile, or is not there.")})
    own = act.actor.user_id in {entry.person_id, entry.logged_by_id}
    if not own and not act.actor.can(Permission.TICKET_READ_ALL):
        raise Refused("work.correct")
    return entry
