"""What a mail says of a remote session: everything that a person agrees to, or what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mespace.notifications.channels.mail.instants import instant_words
from mespace.notifications.kinds import Kind
from mespace.notifications.operations.remind_of_sessions import session_id_of
from mespace.tickets.events import SESSIONS
from mespace.tickets.models import RemoteSession
from mespace.tickets.session_lifecycle import SessionState

if TYPE_CHECKING:
    from mespace.accounts.models import User
    from mespace.ledger.models import Event
    from mespace.notifications.models import Delivery
    from mespace.tickets.models import Ticket

KINDS = frozenset({Kind.SESSION, Kind.SESSION_ANSWER, Kind.SESSION_LEFT, Kind.SESSION_NEWS, Kind.SESSION_SOON})


def session_lines(kind: Kind, ticket: Ticket, event: Event | None, delivery: Delivery) -> list[str]:
    """The lines of the mail; nothing when the session is not there."""
    session = _session(ticket, event, delivery.occasion)
    if session is None:
        return []
    return [_what_happened(kind, ticket, event, session, delivery.recipient), *_terms(session)]


def _session(ticket: Ticket, event: Event | None, occasion: str) -> RemoteSession | None:
    named = event.payload["session"] if event is not None and event.kind in SESSIONS else session_id_of(occasion)
    rows = RemoteSession.objects.filter(ticket=ticket, pk=named or 0)
    return rows.select_related("person", "consented_by", "refused_by", "connected").first()


def _what_happened(kind: Kind, ticket: Ticket, event: Event | None, session: RemoteSession, reader: User) -> str:
    facts: dict[str, object] = {"key": ticket.key, "number": session.number}
    if kind is Kind.SESSION:
        return (
            _(
                "Support asks for your consent to a remote session about %(key)s. Nobody connects before somebody of "
                "your company has agreed on the page of the request or by phone; refusing is just as easy."
            )
            % facts
        )
    if kind is Kind.SESSION_LEFT:
        facts["left"] = ", ".join(person.full_name for person in session.left_by)
        return (
            _(
                "%(left)s was to take part in the remote session № %(number)s about %(key)s and can no longer sign in. "
                "The session cannot begin: cancel it, or propose another one."
            )
            % facts
        )
    if kind is Kind.SESSION_SOON:
        if session.state == SessionState.AGREED:
            return _("The remote session № %(number)s about %(key)s begins soon.") % facts
        if reader.is_customer:
            return _("A remote session about %(key)s is proposed for soon, and your consent is still awaited.") % facts
        return _("The remote session № %(number)s about %(key)s is near, and nobody has agreed to it yet.") % facts
    name = session.consented_by.full_name if session.consented_by is not None else ""
    refused = session.refused_by.full_name if session.refused_by is not None else ""
    words = {
        "session_proposed": _("A remote session about %(key)s was proposed to the customer."),
        "session_consented": _("%(name)s agreed to the remote session № %(number)s about %(key)s."),
        "session_refused": _("%(refused)s refused the remote session № %(number)s about %(key)s."),
        "session_consent_withdrawn": _(
            "%(refused)s withdrew the consent to the remote session № %(number)s about %(key)s: it will not take place."
        ),
        "session_started": _("The remote session № %(number)s about %(key)s has begun."),
        "session_ended": _("The remote session № %(number)s about %(key)s has ended: %(outcome)s."),
        "session_cancelled": _("Support cancelled the remote session № %(number)s about %(key)s."),
        "session_missed": _("The remote session № %(number)s about %(key)s did not take place."),
    }
    facts |= {"name": name, "refused": refused, "outcome": session.get_outcome_display()}
    return words[event.kind if event is not None else "session_proposed"] % facts


def _terms(session: RemoteSession) -> list[str]:
    start, end = instant_words(session.starts_at), instant_words(session.ends_at)
    return [
        _("When: %(start)s – %(end)s") % {"start": start, "end": end},
        _("Who connects: %(name)s") % {"name": session.person.full_name},
        _("To what: %(target)s") % {"target": session.target},
        _("With what tool: %(tool)s") % {"tool": session.tool},
    ]
