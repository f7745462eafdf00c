"""A mail about a ticket, from what the rows say now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from mespace.accounts.models import User
from mespace.ledger.models import Event
from mespace.notifications.channels.mail.instants import day_words, instant_words
from mespace.notifications.channels.mail.letter import Letter, body_of, file_url, one_line
from mespace.notifications.channels.mail.session_words import KINDS as OF_SESSIONS
from mespace.notifications.channels.mail.session_words import session_lines
from mespace.notifications.kinds import Kind
from mespace.notifications.news import actor_id, message_of

if TYPE_CHECKING:
    from mespace.notifications.models import Delivery
    from mespace.tickets.models import Attachment, Message, Ticket

SAID = frozenset(
    {
        Kind.QUESTION,
        Kind.PROPOSAL,
        Kind.MESSAGE,
        Kind.NOTE,
        Kind.REACTION,
        Kind.CLOSED,
        Kind.FILED,
        Kind.SESSION,
        Kind.SESSION_ANSWER,
        Kind.SESSION_NEWS,
    }
)  # news that is a text


def ticket_letter(delivery: Delivery, ticket: Ticket) -> Letter:
    """What the mail says, in the present language and time zone."""
    kind = Kind(delivery.kind)
    event = Event.objects.filter(stream_id=ticket.stream_id, seq=delivery.seq).first() if delivery.seq else None
    message = message_of(event, ticket) if event is not None and kind in SAID else None
    text, html, cut = body_of(message.body if message is not None else "")
    lines = session_lines(kind, ticket, event, delivery) if kind in OF_SESSIONS else []
    lines = lines or [_what_happened(kind, ticket, event, delivery.recipient)]
    if message is not None and message.removed_at is not None:
        lines.append(_("The text of this message was removed."))
    return Letter(
        subject=one_line(f"[{ticket.key}] {kind.label}: {ticket.subject}"),
        heading=f"{ticket.key} · {ticket.subject}",
        lines=lines,
        text=text,
        html=html,
        cut=cut,
        url=f"{settings.BASE_URL}/t/{ticket.key}/",
        link=_("Open the request"),
        files=[(one.name, file_url(one.pk)) for one in _files(message)],
        holds_full_text=message is not None and message.removed_at is None and not cut,
    )


def _files(message: Message | None) -> list[Attachment]:
    return [] if message is None else [one for one in message.attachments.all() if one.removed_at is None]


def _what_happened(kind: Kind, ticket: Ticket, event: Event | None, reader: User) -> str:  # noqa: C901, PLR0911, PLR0912 - a sentence a kind
    facts = {
        "key": ticket.key,
        "name": _name(event),
        "customer": ticket.customer.name,
        "due": instant_words(ticket.reaction_due_at),
    }
    match kind:
        case Kind.ALARM if ticket.reacted_at is not None:
            return _("The request %(key)s of %(customer)s is now reported as critical.") % facts
        case Kind.ALARM:
            return (
                _("The request %(key)s of %(customer)s is now reported as critical. Reaction is due by %(due)s.")
                % facts
            )
        case Kind.NEAR_DEADLINE:
            return _("The request %(key)s of %(customer)s is not accepted yet. Reaction is due by %(due)s.") % facts
        case Kind.HALF_LEFT:
            return (
                _("Half of the time to react to the critical request %(key)s of %(customer)s is left: until %(due)s.")
                % facts
            )
        case Kind.QUARTER_LEFT:
            return (
                _("A quarter of the time to react to the critical request %(key)s of %(customer)s is left: %(due)s.")
                % facts
            )
        case Kind.UNDELIVERED:
            return (
                _("A mail about %(key)s to the customer did not arrive. The page of the request says which and why.")
                % facts
            )
        case Kind.BROKEN_DEADLINE:
            return _("The request %(key)s of %(customer)s was not accepted by %(due)s: the reaction is late.") % facts
        case Kind.FILED if not reader.is_customer:
            return _("%(customer)s filed the request %(key)s. Reaction is due by %(due)s.") % facts
        case Kind.FILED:
            return _("Support registered the request %(key)s. It will react by %(due)s.") % facts
        case Kind.ACCEPTED:
            return _("%(name)s accepted the request %(key)s.") % facts
        case Kind.QUESTION:
            return _("%(name)s needs information from you to go on with %(key)s.") % facts
        case Kind.PROPOSAL:
            return _("%(name)s proposes a solution for %(key)s. Accept it, or say why it does not help.") % facts
        case Kind.REMINDER if ticket.term_due_at is not None:
            return _("Support awaits your answer about %(key)s. Without one, the request is suspended on %(end)s.") % {
                "key": ticket.key,
                "end": instant_words(ticket.term_due_at),
            }
        case Kind.SUSPENDED if event is not None and event.kind == "suspended_unanswered":
            return (
                _("There was no answer in time, so the request %(key)s is suspended. Any answer takes it up again.")
                % facts
            )
        case Kind.SCHEDULED if ticket.planned_on is not None:
            return _("A fix for %(key)s is planned for %(target)s on %(day)s.") % {
                "key": ticket.key,
                "target": ticket.planned_target,
                "day": day_words(ticket.planned_on),
            }
        case Kind.CLOSED:
            return _("The request %(key)s is closed: %(resolution)s.") % {
                "key": ticket.key,
                "resolution": ticket.get_resolution_display(),
            }
        case Kind.NOTE:
            return _("%(name)s wrote an internal note on %(key)s. Customers do not see it.") % facts
        case Kind.ASSIGNED:
            return _("%(name)s assigned the request %(key)s of %(customer)s to you.") % facts
        case Kind.HANDED_OVER:
            return (
                _("%(name)s handed the request %(key)s over. Its questions now go to the colleague who took it.")
                % facts
            )
        case Kind.MESSAGE | Kind.REACTION:
            return _("%(name)s wrote about %(key)s.") % facts
    return _("%(key)s: %(news)s.") % {"key": ticket.key, "news": kind.label}


def _name(event: Event | None) -> str:
    number = actor_id(event) if event is not None else None
    person = User.objects.filter(pk=number).first() if number is not None else None
    return person.full_name if person is not None else _("The system")
