"""A remote session ends: what came of it, what was changed, and which build runs there now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.entitlement import moscow_date
from mespace.customers.models import InstallationSource, Site
from mespace.customers.operations._installed import note_installed
from mespace.platform.rows import locked
from mespace.products.models import Build
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.models import MessageKind, RemoteSession, Ticket
from mespace.tickets.operations._act import Act, acting
from mespace.tickets.operations._messages import write_message
from mespace.tickets.operations._sessions import change_state, session_of
from mespace.tickets.session_lifecycle import SessionOutcome, SessionVerb, check_session_move


@dataclass(frozen=True)
class Report:
    """What came of a session; the builds of the ticket's software before and after it, as far as they are known."""

    outcome: str
    changed: str
    build_before_id: int | None = None
    build_after_id: int | None = None


def end_session(
    *, ticket_id: int, actor: Actor, now: datetime, session_id: int, report: Report, key: str | None = None
) -> Ticket:
    """The ticket, whose session has ended; both sides read what was changed. A closed ticket's session ends, too.

    When the build after differs from the one before, the site's passport is updated in the same transaction and names
    the session as its source. Raises TicketNotFound, SessionNotFound, Refused, IllegalSessionMove, Invalid by field.
    """
    content = [session_id, report]
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="end_session", content=content) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        session = session_of(act, session_id)
        check_session_move(SessionVerb.END, session.state)
        if report.outcome not in SessionOutcome.values:
            raise Invalid({"outcome": _("Choose what came of it.")})
        before = _build(act, report.build_before_id, "build_before")
        after = _build(act, report.build_after_id, "build_after")
        written = write_message(act, body=report.changed, kind=MessageKind.SESSION, field="changed")
        if after is not None and after != before:
            _note_installed(act, session, after)
        change_state(
            session,
            SessionVerb.END,
            ended_at=act.now,
            outcome=report.outcome,
            report_id=written.message.pk,
            build_before_id=before.pk if before is not None else None,
            build_after_id=after.pk if after is not None else None,
        )
        payload: dict[str, Any] = {"session": session.pk, "outcome": str(report.outcome), **written.payload}
        payload |= {"build_before": before.pk} if before is not None else {}
        payload |= {"build_after": after.pk} if after is not None else {}
        act.record(Kind.SESSION_ENDED, payload)
    return act.ticket


def _build(act: Act, build_id: int | None, field: str) -> Build | None:
    if build_id is None:
        return None
    rows = Build.objects.filter(pk=build_id, version__product_id=act.ticket.product_id)
    build = rows.select_related("version").first()
    if build is None:
        raise Invalid({field: _("Choose a build of this software.")})
    return build


def _note_installed(act: Act, session: RemoteSession, build: Build) -> None:
    """Write into the site's passport what runs there now.

    It follows from the session, so a contractor who led it need not have the right to passports.
    """
    site_id = act.ticket.site_id
    if site_id is None:
        raise Invalid(
            {"build_after": _("The request names no site, so no passport can be kept. Complete its details first.")}
        )
    try:
        note_installed(
            actor=act.actor,
            now=act.now,
            site=locked(Site, site_id),
            build=build,
            since=moscow_date(act.now),
            source=InstallationSource.SESSION,
            source_name=f"{act.ticket.key} № {session.number}",
        )
    except ValidationError as refusal:
        raise Invalid({"build_after": " ".join(refusal.messages)}) from refusal
